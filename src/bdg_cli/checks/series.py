"""SL: figures over time: against the period before, the revision before, and the plan that started from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bdg_cli.checks.check import check
from bdg_cli.checks.sums import Key, half_a_place, key_of, standing_rows
from bdg_cli.data.observations import FigureStatus, Observation, Sex, Vintage
from bdg_cli.data.results import Results, definition_at, same_definition
from bdg_cli.dates import PartialDate, Period, PeriodKind
from bdg_cli.facts import BaselineFact, Facts
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.registry import IndicatorKind
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number, period_words, short_date

# A jump: from so many cases on, by more than so many points, and by more than this part of the figure before.
_CASES, _POINTS, _PART = 30, 10, Decimal("0.5")


@check("SL109", WARNING, "Số liệu đột biến")
def sudden_jump(history: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Tỷ lệ tăng, giảm quá 10 điểm phần trăm và quá một nửa so với kỳ trước, cả hai kỳ có mẫu số từ 30 trở lên, thường là
    ghi nhầm tử số, mẫu số hoặc đổi cách đếm. Đã giải thích ở cột note, gần bằng cùng kỳ năm trước, hoặc chỉ trở lại mức
    trước khi đột biến thì không báo.

    Cách xử lý: đối chiếu với báo cáo của cơ quan cung cấp; số đúng thì ghi nguyên nhân ở cột note.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-1-1,tra-vinh,2022,128,232,Sở Nội vụ
        cl-1-1,tra-vinh,2023,36,232,Sở Nội vụ  # <- SL109

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-1-1,tra-vinh,2022,128,232,Sở Nội vụ
        cl-1-1,tra-vinh,2023,136,232,Sở Nội vụ

    Không phải lỗi (mẫu nhỏ; tăng hơn gấp đôi nhưng dưới 10 điểm phần trăm; có giải thích):

        # data/2024.csv
        indicator,area,period,numerator,denominator,source,note
        cl-3-3,tra-vinh,2022,1,4,Công an tỉnh,
        cl-3-3,tra-vinh,2023,3,3,Công an tỉnh,
        cl-5-4b,tra-vinh,2022,6,200,Sở Nội vụ,
        cl-5-4b,tra-vinh,2023,14,201,Sở Nội vụ,
        cl-6-3,tra-vinh,2022,30,106,Sở Thông tin và Truyền thông,
        cl-6-3,tra-vinh,2023,100,106,Sở Thông tin và Truyền thông,Từ năm 2023 hệ thống loa truyền thanh phủ hết các xã

    Không phải lỗi (sau một năm đột biến, năm 2024 trở lại như cũ):

        # data/2024.csv
        indicator,area,period,numerator,denominator,source,note
        cl-1-1,tra-vinh,2021,128,232,Sở Nội vụ,
        cl-1-1,tra-vinh,2022,40,232,Sở Nội vụ,Năm khuyết nhiều chức danh lãnh đạo chủ chốt
        cl-1-1,tra-vinh,2023,130,232,Sở Nội vụ,
    """
    standing = standing_rows(history)
    previous = {period: period.previous for period in {row.period for row in history}}
    for key, row in standing.items():
        if row.sex is not Sex.ALL or row.note:
            continue
        before = standing.get(_of(key, previous[row.period]))
        if before is None or not _jumped(before, row, registry):
            continue
        older = (row.period.previous.previous, row.period.year_before)
        if any(_near(standing.get(_of(key, period)), row, registry) for period in older):
            continue
        new, old = _rate(row, registry), _rate(before, registry)
        assert new is not None
        assert old is not None
        message = (
            f"{period_words(row.period)} là {number(new, 1)}% ({_text(row)}), kỳ trước là {number(old, 1)}% ({_text(before)}); "
            "không ghi nguyên nhân"
        )
        related = [(before.line.place(), period_words(before.period))]
        yield Fault(row.line.place("numerator"), message, related, value="/".join(row.key))


@check("SL112", WARNING, "Số gốc khác số liệu khi ban hành")
def baseline_against_figure(
    facts: tuple[Facts, ...], registry: Registry, results: Results, today: date
) -> Iterator[Fault]:
    """Số gốc (`baseline`) trong kế hoạch phải là con số đã có khi ban hành, làm tròn đến số chữ số thập phân đã ghi; sai số
    gốc thì đánh giá tiến độ sai suốt kỳ. Số có sau ngày ban hành, số không ghi ngày có (`as_of`) không bị xét; dự thảo
    thì so với số hiện có.

    Cách xử lý: sửa số gốc ở dự thảo; kế hoạch đã ban hành thì giữ nguyên, chấp nhận kèm lý do.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline:
                      value: 55.2  # <- SL112
                      period: 2023

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline:
                      value: 54.8
                      period: 2023

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20

    Không phải lỗi (số sửa sau ngày ban hành 15/01/2024):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline:
                      value: 54.8
                      period: 2023

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of,note
        cl-1-1,tra-vinh,2023,17,31,preliminary,Sở Nội vụ,2023-12-20,
        cl-1-1,tra-vinh,2023,18,32,official,Sở Nội vụ,2024-02-15,Bổ sung một cơ quan báo cáo muộn

    Không phải lỗi (kho chưa có số của kỳ ấy):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline:
                      value: 52
                      period: 2020
    """
    for plan in facts:
        day = _known_on(plan, today)
        if plan.shipped or day is None:
            continue
        for baseline in plan.baselines:
            indicator = registry.indicators.get(baseline.indicator)
            if indicator is None or baseline.unit not in ("", indicator.unit):
                continue
            row = _row_of(baseline, plan.area, results, day)
            definition = definition_at(indicator, row.period) if row else None
            figure = row.rate(definition.factor) if row and definition else None
            if row is None or figure is None or abs(figure - baseline.value) <= half_a_place(baseline.value):
                continue
            message = (
                f"số gốc năm {baseline.period} ghi {number(baseline.value)}, số liệu đã có ngày "
                f"{short_date(row.as_of or day)} là {number(figure, 2)}"
            )
            yield Fault(baseline.place, message, [(row.line.place(), "số liệu")], value=baseline.measure)


@check("SL115", WARNING, "Sửa số chính thức không ghi lý do")
def official_replaced(history: tuple[Observation, ...]) -> Iterator[Fault]:
    """Số chính thức đã công bố, đã vào báo cáo; thay bằng số chính thức khác thì phải nói vì sao, để người đọc hai báo cáo
    hiểu được.

    Cách xử lý: ghi lý do ở cột note của dòng mới.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20
        cl-1-1,tra-vinh,2023,18,31,official,Sở Nội vụ,2024-02-15  # <- SL115

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of,note
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20,
        cl-1-1,tra-vinh,2023,18,31,official,Sở Nội vụ,2024-02-15,Bổ sung một cơ quan báo cáo muộn

    Không phải lỗi (số chính thức thay số sơ bộ):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2023,17,31,preliminary,Sở Nội vụ,2023-12-20
        cl-1-1,tra-vinh,2023,18,31,official,Sở Nội vụ,2024-02-15

    Không phải lỗi (vẫn số ấy, nay có thêm tử số và mẫu số):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,vintage,source,as_of
        cl-1-1,tra-vinh,2023,,,54.8,official,Sở Nội vụ,2023-12-20
        cl-1-1,tra-vinh,2023,17,31,54.8,official,Sở Nội vụ,2024-02-15
    """
    histories: dict[Key, list[Observation]] = {}
    for row in history:
        if row.vintage is Vintage.OFFICIAL and row.status in {FigureStatus.ORDINARY, FigureStatus.NONE}:
            histories.setdefault(key_of(row), []).append(row)
    for rows in histories.values():
        for old, new in pairwise(sorted(rows, key=lambda row: row.as_of or date.min)):
            if old.as_of == new.as_of or new.note or not _changed(old, new):
                continue
            since = f" (ngày {short_date(new.as_of)})" if new.as_of else ""
            message = f"số chính thức {_text(old)} được thay bằng {_text(new)}{since} mà không ghi lý do"
            yield Fault(new.line.place(), message, [(old.line.place(), "số trước")], value="/".join(new.key))


def _of(key: Key, period: Period) -> Key:
    indicator, area, _, sex, group = key
    return (indicator, area, period, sex, group)


def _text(row: Observation) -> str:
    if row.status is FigureStatus.NONE:
        return row.status.term
    if row.numerator is not None and row.denominator is not None:
        return f"{number(row.numerator)}/{number(row.denominator)}"
    figure = next((entry for entry in (row.value, row.numerator, row.denominator) if entry is not None), None)
    return number(figure) if figure is not None else "trống"


def _rate(row: Observation | None, registry: Registry) -> Decimal | None:
    """The percentage of a row whose denominator is large enough to tell; None for all else."""
    if row is None or row.status is not FigureStatus.ORDINARY or row.numerator is None:
        return None
    indicator = registry.indicators.get(row.indicator)
    definition = definition_at(indicator, row.period)
    if indicator is None or definition is None or not definition.part_of_whole or definition.factor != 100:
        return None
    if indicator.kind is IndicatorKind.CUMULATIVE and row.period.kind is not PeriodKind.YEAR:
        return None  # it starts again at zero each year
    return row.rate(definition.factor) if row.denominator and row.denominator >= _CASES else None


def _jumped(before: Observation, row: Observation, registry: Registry) -> bool:
    old, new = _rate(before, registry), _rate(row, registry)
    if old is None or new is None:
        return False
    change = abs(new - old)
    if change <= _POINTS or change <= old * _PART:
        return False
    indicator = registry.indicators.get(row.indicator)
    return same_definition(definition_at(indicator, before.period), definition_at(indicator, row.period))


def _near(other: Observation | None, row: Observation, registry: Registry) -> bool:
    """Whether a figure of another period is known and no jump away."""
    return _rate(other, registry) is not None and other is not None and not _jumped(other, row, registry)


def _changed(old: Observation, new: Observation) -> bool:
    """Whether a revision says another number: in a column that both fill, or in the status."""
    if old.status is not new.status:
        return True
    for column in ("numerator", "denominator", "value"):
        first, second = getattr(old, column), getattr(new, column)
        if first is not None and second is not None and first != second:
            return True
    return False


def _known_on(plan: Facts, today: date) -> date | None:
    """The day whose figures a plan must start from: of issue; for a draft today. None where the day is not known."""
    if not plan.issued:
        return today
    written = PartialDate.parse(plan.date) if plan.date else None
    return written.latest if written is not None and written.year is not None else None


def _row_of(baseline: BaselineFact, area: str, results: Results, day: date) -> Observation | None:
    """The row that counted on that day; None where none did, or where it had no ordinary figure."""
    rows = results.history(baseline.indicator, area, Period.parse(baseline.period))
    known = [row for row in rows if row.as_of is not None and row.as_of <= day]
    return known[-1] if known and known[-1].status is FigureStatus.ORDINARY else None
