"""SL: figures, each by itself and against the plans that need them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bdg_cli.checks.check import check, rule
from bdg_cli.data.observations import FigureStatus, Observation
from bdg_cli.data.results import Results, definition_at, is_published
from bdg_cli.dates import Period
from bdg_cli.facts import Facts
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.models.registry import Area
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, number

NOT_A_NUMBER = rule(
    "SL101",
    ERROR,
    "Không phải số",
    """Các cột numerator, denominator, value chỉ nhận chữ số, phần thập phân sau dấu chấm, không có dấu ngăn hàng nghìn.

    Cách xử lý: viết lại bằng chữ số; “59,1” viết là 59.1 (`bdg fix` sửa được); chưa có số thì để trống và ghi `missing` ở cột status.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,,,nhiều,Sở Nội vụ  # <- SL101

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,,,59.1,Sở Nội vụ

    Không phải lỗi (số không là một số; số âm cũng là số):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,0,20,,Sở Nội vụ

    Không phải lỗi (ô để trống là chưa ghi, không phải sai):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-1-1,tra-vinh,2023,,,,missing,Sở Nội vụ
    """,
)


@check("SL102", ERROR, "Tử số lớn hơn mẫu số")
def part_above_whole(observations: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Khi tử số là một phần của mẫu số thì không thể lớn hơn mẫu số. Tỷ số giữa hai nhóm (bé trai trên bé gái) thì có thể.

    Cách xử lý: đối chiếu với báo cáo của cơ quan cung cấp; thường là hai cột bị đảo.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,31,24,,Sở Nội vụ  # <- SL102

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,24,31,,Sở Nội vụ

    Không phải lỗi (bé trai trên 100 bé gái; bằng nhau là 100%):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-4-1,tra-vinh,2023,5350,4800,,Sở Y tế
        cl-1-1,tra-vinh,2023,31,31,,Sở Nội vụ

    Không phải lỗi (chưa có mẫu số; dòng ghi là không phát sinh):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-1-1,tra-vinh,2023,24,,,,Sở Nội vụ
        cl-3-3,tra-vinh,2023,0,0,,none,Công an tỉnh
    """
    for row in observations:
        definition = definition_at(registry.indicators.get(row.indicator), row.period)
        if row.numerator is None or row.denominator is None or definition is None or not definition.part_of_whole:
            continue
        if row.status is not FigureStatus.ORDINARY:
            continue  # SL116 says that there should be no numbers
        if row.numerator > row.denominator:
            message = f"tử số {number(row.numerator)} lớn hơn mẫu số {number(row.denominator)}"
            related = [(row.line.place("denominator"), "mẫu số")]
            yield Fault(row.line.place("numerator"), message, related, value="/".join(row.key))


@check("SL103", ERROR, "Giá trị khác tử số chia mẫu số")
def value_against_counts(observations: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Đã có tử số và mẫu số thì giá trị phải đúng bằng phép chia, làm tròn đến số chữ số thập phân đã ghi.

    Cách xử lý: để trống cột value (bdg tự tính), hoặc sửa con số sai.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,18,31,59.1,Sở Nội vụ  # <- SL103

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,18,31,,Sở Nội vụ

    Không phải lỗi (58,0645 làm tròn thành 58,06 và 58,1):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,source
        cl-1-1,tra-vinh,2023,18,31,58.06,Sở Nội vụ
        cl-1-1,tra-vinh,2022,18,31,58.1,Sở Nội vụ

    Không phải lỗi (chỉ có giá trị; mẫu số bằng 0):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-1-1,tra-vinh,2023,,,59.1,,Sở Nội vụ
        cl-3-3,tra-vinh,2023,0,0,,none,Công an tỉnh
    """
    for row in observations:
        definition = definition_at(registry.indicators.get(row.indicator), row.period)
        if row.value is None or row.numerator is None or not row.denominator or definition is None:
            continue
        computed = row.numerator / row.denominator * definition.factor
        exponent = row.value.as_tuple().exponent
        half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
        if abs(row.value - computed) > half:
            message = (
                f"giá trị ghi {number(row.value)}, còn {number(row.numerator)}/{number(row.denominator)} "
                f"× {number(definition.factor)} = {number(computed, 2)}"
            )
            yield Fault(row.line.place("value"), message, value="/".join(row.key))


@check("SL106", ERROR, "Trùng dòng")
def repeated_row(observations: tuple[Observation, ...]) -> Iterator[Fault]:
    """Một số liệu có thể có nhiều dòng là các lần sửa, khác nhau ở độ chính thức (vintage) hoặc ngày có số (as_of).
    Hai dòng giống hệt cả hai thì không biết dòng nào đúng.

    Cách xử lý: xóa một dòng; nếu là số sửa lại thì ghi `as_of` là ngày có số mới và lý do ở cột note.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2024H1,18,31,estimate,Sở Nội vụ,2024-06-14
        cl-1-1,tra-vinh,2024H1,19,31,estimate,Sở Nội vụ,2024-06-14  # <- SL106

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2024H1,18,31,estimate,Sở Nội vụ,2024-06-14
        cl-1-1,tra-vinh,2024H1,19,31,estimate,Sở Nội vụ,2024-06-20

    Không phải lỗi (phân tổ theo giới tính):

        # data/2024.csv
        indicator,area,period,sex,numerator,denominator,source
        cl-5-2a,tra-vinh,2023,,1900,2000,Sở Giáo dục và Đào tạo
        cl-5-2a,tra-vinh,2023,female,980,1000,Sở Giáo dục và Đào tạo
        cl-5-2a,tra-vinh,2023,male,920,1000,Sở Giáo dục và Đào tạo

    Không phải lỗi (hai độ chính thức của một số; hai địa bàn; hai kỳ):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2023,17,31,preliminary,Sở Nội vụ
        cl-1-1,tra-vinh,2023,18,31,official,Sở Nội vụ
        cl-1-1,ben-tre,2023,18,31,official,Sở Nội vụ
        cl-1-1,tra-vinh,2022,18,31,official,Sở Nội vụ
    """
    first: dict[tuple[object, ...], Observation] = {}
    for row in observations:
        identity = (*row.key, row.vintage, row.as_of)
        earlier = first.setdefault(identity, row)
        if earlier is not row:
            related = [(earlier.line.place(), "dòng trước")]
            message = f"{row.indicator}, {row.area}, {row.period} đã có ở dòng {earlier.line.number} của {earlier.line.source.path}"
            yield Fault(row.line.place(), message, related, value="/".join(row.key))


@check("SL110", WARNING, "Số liệu không ghi nguồn")
def without_source(observations: tuple[Observation, ...]) -> Iterator[Fault]:
    """Con số không ghi nguồn thì không ai đối chiếu được và không biết hỏi lại cơ quan nào. Cả tệp không ghi nguồn thì
    báo một lần.

    Cách xử lý: ghi cơ quan cung cấp, số và ngày của báo cáo ở cột source.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ
        cl-1-1,tra-vinh,2024H1,18,31,estimate,  # <- SL110

    Sai (cả tệp):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage
        cl-1-1,tra-vinh,2023,17,31,official  # <- SL110
        cl-1-1,tra-vinh,2024H1,18,31,estimate

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ
        cl-1-1,tra-vinh,2024H1,18,31,estimate,"Sở Nội vụ, Báo cáo số 120/BC-SNV ngày 14/6/2024"

    Không phải lỗi (chưa có số liệu thì chưa có nguồn):

        # data/2024.csv
        indicator,area,period,numerator,denominator,status,source
        cl-1-1,tra-vinh,2023,,,missing,
        cl-4-1,tra-vinh,2024H1,,,not-due,

    Không phải lỗi (không phát sinh):

        # data/2024.csv
        indicator,area,period,numerator,denominator,status,source
        cl-3-3,tra-vinh,2023,0,0,none,
    """
    figures: dict[str, list[Observation]] = {}
    for row in observations:
        if row.status is FigureStatus.ORDINARY and _filled(row):
            figures.setdefault(row.line.source.path, []).append(row)
    for rows in figures.values():
        bare = [row for row in rows if not row.source]
        if len(bare) == len(rows) > 1:
            yield Fault(bare[0].line.place(), f"cả {len(bare)} số liệu của tệp không ghi nguồn")
            continue
        for row in bare:
            yield Fault(
                row.line.place(), f"{row.indicator}, {row.area}, {row.period} không ghi nguồn", value="/".join(row.key)
            )


@check("SL116", ERROR, "Trạng thái trái với giá trị")
def status_against_value(observations: tuple[Observation, ...]) -> Iterator[Fault]:
    """`none` (không phát sinh) nghĩa là mẫu số bằng 0, nên không có tử số khác 0, không có giá trị; `missing`, `not-due`
    nghĩa là chưa có con số nào. Dòng nói cả hai điều thì không biết tin điều nào: đã có số thì để trống status.

    Cách xử lý: bỏ trạng thái nếu số đúng, xóa số nếu trạng thái đúng; mẫu số bằng 0 thì ghi `none`.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-3-3,tra-vinh,2023H1,0,4,,none,Công an tỉnh  # <- SL116
        cl-3-3,tra-vinh,2023H2,,,100,none,Công an tỉnh  # <- SL116
        cl-4-1,tra-vinh,2022,7010,6420,,missing,Sở Y tế  # <- SL116
        cl-4-1,tra-vinh,2023,,,111.5,not-due,Sở Y tế  # <- SL116
        cl-6-4,tra-vinh,2023,0,0,,,Sở Thông tin và Truyền thông  # <- SL116

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-3-3,tra-vinh,2023H1,0,4,,,Công an tỉnh
        cl-3-3,tra-vinh,2023H2,0,0,,none,Công an tỉnh
        cl-4-1,tra-vinh,2022,7010,6420,,,Sở Y tế
        cl-4-1,tra-vinh,2023,,,,not-due,Sở Y tế
        cl-6-4,tra-vinh,2023,0,0,,none,Sở Thông tin và Truyền thông

    Không phải lỗi (số không có thật: có nạn nhân, chưa ai được hỗ trợ):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-3-3,tra-vinh,2023,0,3,0,,Sở Lao động - Thương binh và Xã hội

    Không phải lỗi (không phát sinh mà để trống tử số, mẫu số):

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-3-3,tra-vinh,2023,,,,none,Sở Lao động - Thương binh và Xã hội
    """
    for row in observations:
        column, message = _contradiction(row)
        if column:
            yield Fault(row.line.place(column), message, value="/".join(row.key))


def _contradiction(row: Observation) -> tuple[str, str]:
    """The column whose value the status denies, and the words for it; empty where they agree."""
    written = {"denominator": row.denominator, "numerator": row.numerator, "value": row.value}
    if row.status is FigureStatus.ORDINARY:
        if row.denominator == 0 and not row.numerator and row.value is None:
            return "denominator", "mẫu số bằng 0 mà không ghi trạng thái none (không phát sinh)"
        return "", ""
    for column, figure in written.items():
        if figure is None or (row.status is FigureStatus.NONE and figure == 0 and column != "value"):
            continue
        name = {"denominator": "mẫu số", "numerator": "tử số", "value": "giá trị"}[column]
        return column, f"trạng thái {row.status} ({row.status.term}) mà có {name} {number(figure)}"
    return "", ""


def _filled(row: Observation) -> bool:
    return any(figure is not None for figure in (row.numerator, row.denominator, row.value))


@check("SL111", WARNING, "Thiếu số liệu đã đến kỳ")
def due_figure_missing(facts: tuple[Facts, ...], registry: Registry, results: Results, today: date) -> Iterator[Fault]:
    """Chỉ tiêu đã đến kỳ mà không có dòng số liệu nào thì báo cáo sẽ trống. Cả năm chưa có số liệu nào thì báo một lần
    cho kế hoạch. Chỉ tiêu mà nguồn chưa công bố, hoặc chưa kiểm chứng kỳ, cấp công bố, thì không đòi; dòng ghi `missing`,
    `none` là đã trả lời.

    Cách xử lý: xin số liệu của cơ quan cung cấp, ghi vào data/; không có thì ghi `missing` ở cột status và lý do.

    Sai (ngày 2025-02-01):

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
          - id: "2"
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống {{ value }}.
                measures:
                  - id: "2.1"  # <- SL111
                    indicator: cl-4-1
                    op: "<="
                    value: 111
                    unit: bé trai/100 bé gái
                    due: 2024

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1", "2"]

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-1-1,tra-vinh,2024,19,31,Sở Nội vụ

    Đúng (ngày 2025-02-01):

        # data/2024.csv
        indicator,area,period,numerator,denominator,status,source
        cl-1-1,tra-vinh,2024,19,31,,Sở Nội vụ
        cl-4-1,tra-vinh,2024,,,missing,Sở Y tế

    Không phải lỗi (chưa hết năm):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2024H1,19,31,estimate,Sở Nội vụ

    Không phải lỗi (không có số của tỉnh; chưa kiểm chứng kỳ, cấp công bố) (ngày 2025-02-01):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, kinh tế
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.2"
                text: Nội dung về bình đẳng giới được đưa vào chương trình giảng dạy.
                measures: [{id: "1.2", indicator: cl-5-1, due: 2024, evidence: chương trình giảng dạy đã ban hành}]
              - id: "1.3"
                text: Nữ chiếm {{ value }} giám đốc, chủ doanh nghiệp, hợp tác xã.
                measures: [{id: "1.3", indicator: cl-2-3, op: ">=", value: 27, unit: "%", due: 2024}]

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-1-1,tra-vinh,2024,19,31,Sở Nội vụ
    """
    for plan in facts:
        if plan.shipped or not plan.issued or not plan.period or not plan.measures:
            continue
        blank, gaps = _gaps(plan, registry, results, today)
        if blank:
            years = listed(str(year) for year in blank)
            message = f"chưa có số liệu nào của năm {years} cho các chỉ tiêu của kế hoạch"
            yield Fault(plan.period_place, message)
        for measure, years_missing in gaps.items():
            place = next(entry.place for entry in plan.measures if entry.measure == measure)
            message = f"số đo {measure} thiếu số liệu năm {listed(str(year) for year in years_missing)}"
            yield Fault(place, message, value=measure)


def _gaps(plan: Facts, registry: Registry, results: Results, today: date) -> tuple[list[int], dict[str, list[int]]]:
    """The ended years of the plan without any figure, and by measure the other years it has none for."""
    period = Period.parse(plan.period)
    area = registry.areas.get(plan.area)
    blank: list[int] = []
    gaps: dict[str, list[int]] = {}
    for year in range(period.start.year, period.end.year + 1):
        asked = Period.parse(str(year))
        if asked.end >= today:
            break
        expected = [entry for entry in plan.measures if _is_surely_published(entry.indicator, area, asked, registry)]
        absent = [entry for entry in expected if not results.history(entry.indicator, plan.area, asked)]
        if expected and not any(results.history(entry.indicator, plan.area, asked) for entry in plan.measures):
            blank.append(year)
            continue
        for entry in absent:
            gaps.setdefault(entry.measure, []).append(year)
    return blank, gaps


def _is_surely_published(identity: str, area: Area | None, asked: Period, registry: Registry) -> bool:
    indicator = registry.indicators.get(identity)
    if indicator is None or not indicator.publication_known:
        return False
    return is_published(indicator, area.level if area else None, asked)
