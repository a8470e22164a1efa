"""SL: what a figure is for: a period, a level, an area and a closing day that can have one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bdg_cli.checks.check import check
from bdg_cli.data.observations import FigureStatus, Observation
from bdg_cli.data.results import Figure, is_published
from bdg_cli.dates import ADMINISTRATIVE, Period, PeriodKind
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.registry import Area, Indicator, Level, Window
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import period_words, short_date

# A figure that is published every two or five years is still a figure of one year; of half a year it is none.
_PARTS_OF_A_YEAR = {PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.NINE_MONTHS}
_ANY_PERIOD = Period.parse("2021-2030")  # as long as any publication asks for
_DECREE_09 = date(2019, 3, 12)  # NĐ 09/2019/NĐ-CP sets the administrative window from this day on


@check("SL107", WARNING, "Kỳ, cấp không có số liệu của chỉ tiêu")
def not_published(observations: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Chỉ tiêu công bố theo năm thì không có số chính thức của 6 tháng, của quý; chỉ tiêu chỉ có số của cả nước, của tỉnh
    thì không có số của cấp dưới. Con số ghi ở đó thường là số của kỳ khác, cấp khác chép sang. Số ước (`estimate`, hoặc
    chốt trước khi hết kỳ) của một kỳ ngắn hơn thì được; chỉ tiêu mà kỳ, cấp công bố chưa kiểm chứng không bị xét.

    Cách xử lý: chuyển về đúng kỳ, đúng cấp; là số ước thì ghi `estimate` ở cột vintage; không có số thì ghi `not-due` ở
    cột status.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,vintage,source
        cl-2-1,tra-vinh,2024H1,,,48.3,official,Cục Thống kê  # <- SL107
        cl-4-2,tra-vinh,2023,,,41,official,Sở Y tế  # <- SL107

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,vintage,status,source
        cl-2-1,tra-vinh,2023,,,48.3,official,,Cục Thống kê
        cl-4-2,viet-nam,2023,,,41,official,,Tổng cục Thống kê

    Không phải lỗi (số ước của 6 tháng; trả lời rằng chưa đến kỳ, chưa có):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,status,source
        cl-1-1,tra-vinh,2024H1,18,31,estimate,,Sở Nội vụ
        cl-4-1,tra-vinh,2024H1,,,,not-due,Sở Y tế
        cl-2-1,tra-vinh,2024H1,,,,missing,Cục Thống kê

    Không phải lỗi (số của 6 tháng chốt ngày 14/6, chưa hết cửa sổ thống kê; số của năm học; số 5 năm một lần của một năm):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,window,cutoff,source
        cl-2-1,tra-vinh,2024H1,,,48.3,statistical,2024-06-14,Cục Thống kê
        cl-5-2b,tra-vinh,2023SY,4023,4748,,,,Sở Giáo dục và Đào tạo
        cl-4-2,viet-nam,2019,,,46,,,Tổng điều tra dân số và nhà ở

    Không phải lỗi (chỉ tiêu mà kỳ công bố chưa kiểm chứng):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-2-3,tra-vinh,2024H1,310,1150,official,Sở Kế hoạch và Đầu tư
    """
    published: dict[tuple[str, Period, Level | None], bool] = {}
    for row in observations:
        indicator = registry.indicators.get(row.indicator)
        if indicator is None or not indicator.publication_known or not _has_figure(row):
            continue
        area = registry.areas.get(row.area)
        key = (row.indicator, row.period, area.level if area else None)
        if key not in published:
            published[key] = _can_be_final(indicator, *key[1:])
        if published[key]:
            continue
        column, reason, message = _unpublished(row, indicator, area)
        if column:
            about = f"{row.indicator}/{reason}"
            yield Fault(row.line.place(column), message, value=about, alike=f"{column}/{about}")


def _can_be_final(indicator: Indicator, period: Period, level: Level | None) -> bool:
    """Whether there can be a final figure of that level and period; a part of a year may be too short for one."""
    if level is not None and not is_published(indicator, level, _ANY_PERIOD):
        return False
    return period.kind not in _PARTS_OF_A_YEAR or is_published(indicator, None, period)


def _unpublished(row: Observation, indicator: Indicator, area: Area | None) -> tuple[str, str, str]:
    """The column that names a level or period without figures, which one it is, and the words; empty where none."""
    if area is not None and not is_published(indicator, area.level, _ANY_PERIOD):
        message = f"chỉ tiêu {row.indicator} không có số liệu {area.level.term}, mà ghi số của {area.name}"
        return "area", area.level.value, message
    if row.period.kind not in _PARTS_OF_A_YEAR or is_published(indicator, None, row.period):
        return "", "", ""
    if Figure(row, None, (row.window or indicator.window).value).estimate:
        return "", "", ""
    every = indicator.publication.term if indicator.publication else ""
    message = (
        f"chỉ tiêu {row.indicator} công bố theo kỳ {every}, mà số của {period_words(row.period)} không ghi là số ước"
    )
    return "period", str(row.period), message


@check("SL108", WARNING, "Địa bàn không tồn tại ở kỳ của số liệu")
def area_not_there(observations: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Số liệu phải ghi cho địa bàn của kỳ ấy: tỉnh đã nhập thì từ kỳ sau ghi cho tỉnh mới, đơn vị mới thì chưa có số của
    kỳ trước. Kỳ mà địa bàn còn tồn tại một phần thì không bị xét; địa bàn chưa kiểm chứng cũng không.

    Căn cứ: Nghị quyết số 202/2025/QH15 về việc sắp xếp đơn vị hành chính cấp tỉnh.

    Cách xử lý: ghi mã của địa bàn có ở kỳ ấy; số của kỳ trước tính lại theo địa giới mới thì nói ở cột note.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2025H2,18,31,estimate,Sở Nội vụ  # <- SL108
        cl-6-2,tra-vinh,2025H2,90,106,,Sở Nội vụ
        cl-1-1,hue,2023,20,35,,Sở Nội vụ  # <- SL108

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,vinh-long,2025H2,30,52,estimate,Sở Nội vụ
        cl-1-1,thua-thien-hue,2023,20,35,,Sở Nội vụ

    Không phải lỗi (năm 2025 Trà Vinh còn đến ngày 30/6):

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-1-1,tra-vinh,2025,18,31,Sở Nội vụ

    Không phải lỗi (nói rõ là số tính lại theo địa giới mới):

        # data/2024.csv
        indicator,area,period,numerator,denominator,source,note
        cl-1-1,hue,2023,20,35,Sở Nội vụ,Tính lại theo địa giới thành phố Huế

    Không phải lỗi (địa bàn của kho chưa kiểm chứng ngày kết thúc):

        # registry/areas.yaml
        areas:
          - id: huyen-mau
            name: Mẫu
            level: district
            parent: tra-vinh
            valid:
              to: 2022-12-31
            verified: false

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-6-2,huyen-mau,2023,9,11,Phòng Văn hóa và Thông tin
    """
    for row in observations:
        area = registry.areas.get(row.area)
        if area is None or not area.verified or area.valid is None or not _has_figure(row):
            continue
        ended = area.valid.to is not None and area.valid.to < row.period.start
        ahead = area.valid.from_ is not None and row.period.end < area.valid.from_
        if ended or (ahead and not row.note):
            about = f"{row.area}/{row.period}"
            message = _outlived(area, row.period, registry)
            yield Fault(row.line.place("area"), message, value=about, alike=about)


def _outlived(area: Area, period: Period, registry: Registry) -> str:
    assert area.valid is not None
    name = f"{area.unit} {area.name}" if area.unit else area.name
    if area.valid.to is not None and area.valid.to < period.start:
        heir = registry.areas.get(area.merged_into or "")
        now = f", nhập vào {heir.unit or ''} {heir.name}".replace("  ", " ") if heir else ""
        return f"{name} kết thúc ngày {short_date(area.valid.to)}{now}, mà ghi số của {period_words(period)}"
    assert area.valid.from_ is not None
    return f"{name} có từ ngày {short_date(area.valid.from_)}, mà ghi số của {period_words(period)}"


@check("SL114", WARNING, "Ngày chốt ngoài cửa sổ của kỳ")
def cutoff_outside(observations: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Ngày chốt số liệu (`cutoff`) phải nằm trong cửa sổ của kỳ: theo chế độ báo cáo hành chính, năm là từ 15/12 năm trước
    đến 14/12, 6 tháng đầu năm đến 14/6; theo lịch thống kê là từ ngày đầu đến ngày cuối của kỳ. Chốt sớm trong cửa sổ là
    số ước, không phải lỗi.

    Căn cứ: Nghị định 09/2019/NĐ-CP, Điều 12 (thời gian chốt số liệu, từ ngày 12/3/2019).

    Cách xử lý: sửa ngày chốt hoặc kỳ; số theo lịch thống kê thì ghi `statistical` ở cột window.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,cutoff,source
        cl-1-1,tra-vinh,2023,18,31,2023-12-31,Sở Nội vụ  # <- SL114
        cl-6-2,tra-vinh,2023,1260,1260,2023-12-31,Sở Nội vụ
        cl-4-1,tra-vinh,2022,7010,6420,2023-03-31,Sở Y tế  # <- SL114

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,cutoff,source
        cl-1-1,tra-vinh,2023,18,31,2023-12-14,Sở Nội vụ
        cl-6-2,tra-vinh,2023,1260,1260,2023-12-14,Sở Nội vụ
        cl-4-1,tra-vinh,2022,7010,6420,2022-12-31,Sở Y tế

    Không phải lỗi (dòng nói rõ là theo lịch thống kê; chốt sớm là số ước; ngày đầu cửa sổ):

        # data/2024.csv
        indicator,area,period,numerator,denominator,window,cutoff,source
        cl-1-1,tra-vinh,2022,17,31,statistical,2022-12-31,Sở Nội vụ
        cl-6-2,tra-vinh,2023,1260,1260,,2023-10-31,Sở Nội vụ
        cl-6-2,tra-vinh,2024H1,1260,1262,,2023-12-15,Sở Nội vụ

    Không phải lỗi (trước khi có Nghị định 09/2019/NĐ-CP; năm học):

        # data/2024.csv
        indicator,area,period,numerator,denominator,cutoff,source
        cl-1-1,tra-vinh,2018,15,31,2018-12-31,Sở Nội vụ
        cl-5-2b,tra-vinh,2023SY,4023,4748,2024-05-31,Sở Giáo dục và Đào tạo
    """
    windows: dict[tuple[Window, Period], tuple[date, date]] = {}
    for row in observations:
        window = _window(row, registry.indicators.get(row.indicator)) if row.cutoff is not None else None
        if row.cutoff is None or window is None or not _binding(window, row.period):
            continue
        key = (window, row.period)
        if key not in windows:
            windows[key] = row.period.window(window.value)
        first, last = windows[key]
        if not first <= row.cutoff <= last:
            about = f"{row.period}/{window.value}/{row.cutoff.isoformat()}"
            yield Fault(row.line.place("cutoff"), _missed_window(row, window), value=about, alike=about)


def _missed_window(row: Observation, window: Window) -> str:
    assert row.cutoff is not None
    first, last = row.period.window(window.value)
    message = (
        f"chốt ngày {short_date(row.cutoff)}, ngoài cửa sổ {window.term} của {period_words(row.period)} "
        f"({short_date(first)} - {short_date(last)})"
    )
    other = next(entry for entry in Window if entry is not window)
    begin, end = row.period.window(other.value)
    return f"{message}; hợp với cửa sổ {other.term}" if begin <= row.cutoff <= end else message


def _window(row: Observation, indicator: Indicator | None) -> Window | None:
    """The window the row must keep: its own, or that of its indicator where it is certain."""
    if row.window is not None:
        return row.window
    return indicator.window if indicator is not None and indicator.verified else None


def _binding(window: Window, period: Period) -> bool:
    return window.value != ADMINISTRATIVE or period.end >= _DECREE_09


def _has_figure(row: Observation) -> bool:
    figures = (row.numerator, row.denominator, row.value)
    return row.status is FigureStatus.ORDINARY and any(figure is not None for figure in figures)
