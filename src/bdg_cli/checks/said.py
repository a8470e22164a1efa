"""SL, BC: what the words of plans and reports say of figures, against the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bdg_cli.checks.check import check
from bdg_cli.data.locking import newest
from bdg_cli.data.observations import FigureStatus
from bdg_cli.data.results import Results, definition_at
from bdg_cli.data.verdicts import reaches
from bdg_cli.dates import PartialDate, Period
from bdg_cli.facts import Facts, SaidFact
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.markup import Text
from bdg_cli.models.lock import LockFile
from bdg_cli.models.plan import Operator
from bdg_cli.models.report import Report, ReportsFile
from bdg_cli.prose.statements import Statement, Subjects
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number, period_words, short_date

_PAST = ("direction", "activities", "strengths", "weaknesses", "causes")  # of a report; the others look ahead


@check("SL113", WARNING, "Số trong lời văn khác số liệu")
def words_against_figures(
    facts: tuple[Facts, ...], registry: Registry, results: Results, today: date
) -> Iterator[Fault]:
    """Lời văn của kế hoạch nói kết quả của một chỉ tiêu thống kê (đúng tên chỉ tiêu, rồi con số, có ghi năm hoặc kỳ
    đã qua khi ban hành) thì con số phải là số trong kho, tính đến hết chữ số đã viết. Số có sau ngày ban hành, số
    không ghi ngày có (`as_of`), chỉ tiêu chưa kiểm chứng không bị xét; câu không chắc nói về số nào thì bỏ qua.

    Cách xử lý: đối chiếu với nguồn rồi sửa lời văn ở dự thảo, hoặc sửa số liệu; kế hoạch đã ban hành thì giữ
    nguyên, chấp nhận kèm lý do.

    Sai:

        # demo/plan.yaml
        opening: |
          Năm 2023, tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ
          đạt 56,5%. Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:  # <- SL113

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20

    Đúng:

        # demo/plan.yaml
        opening: |
          Năm 2023, tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ
          đạt 54,8%. Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20

    Không phải lỗi (số sửa sau ngày ban hành; mục tiêu của năm nay; nói về cả nước; không ghi năm):

        # demo/plan.yaml
        opening: |
          Năm 2023, tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ
          đạt 54,8%. Năm 2022, cả nước có tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh
          đạo chủ chốt là nữ đạt 70%. Năm 2024, tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có
          lãnh đạo chủ chốt là nữ đạt 60%. Tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh
          đạo chủ chốt là nữ còn 40% vào đầu nhiệm kỳ.

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of,note
        cl-1-1,tra-vinh,2022,15,31,official,Sở Nội vụ,2022-12-20,
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20,
        cl-1-1,tra-vinh,2023,18,31,official,Sở Nội vụ,2024-03-10,Bổ sung một cơ quan báo cáo muộn

    Không phải lỗi (viết đến hàng đơn vị thì so đến hàng đơn vị; “hơn” không phải con số chính xác):

        # demo/plan.yaml
        opening: |
          Năm 2023, tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ
          đạt 55%. Năm 2022, tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt
          là nữ đạt hơn 45%.

        # data/2023.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2022,15,31,official,Sở Nội vụ,2022-12-20
        cl-1-1,tra-vinh,2023,17,31,official,Sở Nội vụ,2023-12-20
    """
    for plan in facts:
        day = _written_on(plan, today)
        if plan.shipped or day is None:
            continue
        for said in plan.said:
            known = _known(said, plan.area, results, registry, day)
            if not known or any(_agrees(said.value, said.places, value) for _, value, _ in known):
                continue
            place, value, since = known[-1]
            message = (
                f"lời văn ghi {number(said.value, said.places)}, số liệu {said.indicator} {period_words(Period.parse(said.period))} đã có ngày "
                f"{short_date(since)} là {number(value, max(said.places, 1))}"
            )
            yield Fault(said.place, message, [(place, "số liệu")], value=f"{said.indicator}/{said.period}")


def _written_on(plan: Facts, today: date) -> date | None:
    """The last day on which the plan can have been written; None where not even the year is known."""
    written = PartialDate.parse(plan.date) if plan.date else None
    if written is None or written.year is None:
        return None if plan.issued else today
    return written.latest if plan.issued else min(written.latest, today)


def _known(
    said: SaidFact, area: str, results: Results, registry: Registry, day: date
) -> list[tuple[Place, Decimal, date]]:
    """The ordinary figures known on that day, oldest first; none of a period that had not ended."""
    period = Period.parse(said.period)
    definition = definition_at(registry.indicators.get(said.indicator), period)
    if period.end >= day or definition is None:
        return []
    rows = [row for row in results.history(said.indicator, area, period) if row.as_of is not None and row.as_of <= day]
    return [
        (row.line.place(), value, row.as_of)
        for row in rows
        if row.as_of and row.status is FigureStatus.ORDINARY and (value := row.rate(definition.factor)) is not None
    ]


def _agrees(said: Decimal, places: int, value: Decimal) -> bool:
    """Whether a value may be written so: rounded or cut off at the last digit written."""
    return abs(said - value) < Decimal(1).scaleb(-places)


@dataclass(frozen=True, slots=True)
class _Known:
    """The figure of a report's period that its words are held against, and where it stands."""

    value: Decimal
    place: Place


@check("BC105", WARNING, "Lời báo cáo khác số liệu")
def report_against_figures(
    facts: tuple[Facts, ...], reports: dict[str, ReportsFile], locks: dict[str, LockFile], registry: Registry,
    results: Results,
) -> Iterator[Fault]:  # fmt: skip
    """Lời người viết trong báo cáo (chỉ đạo, hoạt động, ưu điểm, hạn chế, nguyên nhân, kết quả của các cơ quan) nêu
    đúng tên một chỉ tiêu thống kê của kế hoạch, hoặc “chỉ tiêu 1.1”, thì con số phải là số trong kho của kỳ ấy, và
    “đạt”, “vượt”, “chưa đạt” mục tiêu phải đúng với con số. Báo cáo đã khóa thì so với số đã khóa. Phương hướng,
    kiến nghị, chỗ chưa có số liệu, câu không chắc nói về số nào không bị xét.

    Cách xử lý: sửa lời báo cáo, hoặc sửa số liệu nếu số liệu sai.

    Sai:

        # reports/2024H1.yaml
        reports:
          - plan: demo
            narrative:
              strengths: |
                Chỉ tiêu 1.1 đạt 61,3%.  # <- BC105
              weaknesses: |
                Còn thiếu cán bộ chuyên trách.

    Sai (nói là đạt mục tiêu 60% khi số liệu là 58,1%):

        # reports/2024H1.yaml
        reports:
          - plan: demo
            narrative:
              strengths: |
                Tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ  # <- BC105
                vượt mục tiêu đề ra.

    Đúng:

        # reports/2024H1.yaml
        reports:
          - plan: demo
            narrative:
              strengths: |
                Chỉ tiêu 1.1 đạt 58,1%.
              weaknesses: |
                Tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ
                chưa đạt mục tiêu.

    Không phải lỗi (phương hướng; số của năm chưa có số liệu; số không rõ của kỳ nào; lấy tròn):

        # reports/2024H1.yaml
        reports:
          - plan: demo
            narrative:
              strengths: |
                Năm 2021, chỉ tiêu 1.1 đạt 50%. Chỉ tiêu 1.1 đạt 58%. Chỉ tiêu 1.1 của huyện A đạt 70%.
              next_steps: |
                Chỉ tiêu 1.1 đạt 60%.

    Không phải lỗi (báo cáo đã khóa với số của ngày ấy: số đổi về sau là việc của BC104):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2024H1,19,31,estimate,Sở Nội vụ  # <- BC104

        # reports/2024H1.yaml
        reports:
          - plan: demo
            number: 20
            narrative:
              strengths: Chỉ tiêu 1.1 đạt 58,1%.

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "18",
             "denominator": "31", "value": "58.064516", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "0abaa80cd4b9f634"}
          ], "hash": "3ede7c54a124df54"}
        ]}
    """
    plans = {plan.plan: plan for plan in facts if not plan.shipped}
    for name, file in reports.items():
        said = newest({name: locks[name]} if name in locks else {})
        for report in file.reports:
            plan = plans.get(report.plan)
            if plan is None:
                continue
            subjects, indicators = _subjects(plan, registry)
            for text in _told(report):
                for one in subjects.statements(text.raw):
                    indicator = indicators[one.subject]
                    period = one.period or Period.parse(name)
                    locked = said.get((plan.plan, indicator, plan.area, str(period)))
                    known = _figure(indicator, plan.area, period, results)
                    if locked is not None and locked.figure.value is not None:
                        known = _Known(locked.figure.value, locked.figure.at("measure"))
                    message = _contradicted(one, indicator, plan, known) if known else ""
                    if message and known:
                        value = f"{report.plan}/{indicator}/{period}"
                        yield Fault(text.place(one.start, one.end), message, [(known.place, "số liệu")], value=value)


def _subjects(plan: Facts, registry: Registry) -> tuple[Subjects, dict[str, str]]:
    """What a plan's measures are called (name, `chỉ tiêu 1.1`), and the indicator of each name."""
    units: dict[str, str] = {}
    indicators: dict[str, str] = {}
    measures = Counter(measure.target for measure in plan.measures)
    for measure in plan.measures:
        indicator = registry.indicators.get(measure.indicator)
        if indicator is None:
            continue
        alone = measures[measure.target] == 1
        for name in (indicator.name, f"Chỉ tiêu {measure.target if alone else measure.measure}"):
            units[name] = indicator.unit
            indicators[name] = indicator.id
    return Subjects(units), indicators


def _told(report: Report) -> Iterator[Text]:
    """What people wrote of the past."""
    for part in _PAST:
        text = getattr(report.narrative, part) if report.narrative else None
        if text is not None:
            yield text
    for entry in report.received:
        yield from (text for text in (entry.summary, *(task.result for task in entry.tasks)) if text is not None)


def _figure(indicator: str, area: str, period: Period, results: Results) -> _Known | None:
    figure = results.figure(indicator, area, period)
    if figure is None or figure.value is None:
        return None
    return _Known(figure.value, figure.row.line.place())


def _contradicted(one: Statement, indicator: str, plan: Facts, known: _Known) -> str:
    """How the figure contradicts what is said; empty where it does not."""
    if one.value is not None and not _agrees(one.value, one.places, known.value):
        return (
            f"lời báo cáo ghi {number(one.value, one.places)}, số liệu {indicator} là "
            f"{number(known.value, max(one.places, 1))}"
        )
    aims = [value for value in plan.values if value.indicator == indicator and value.op is not Operator.ABOUT]
    met = [reaches(aim.op, known.value, aim.value, Decimal(0), None) for aim in aims]
    if one.reached is None or not met:
        return ""
    if one.reached and not any(met):
        return f"lời báo cáo nói đạt mục tiêu, số liệu {indicator} là {number(known.value, 2)}, chưa đạt"
    if not one.reached and all(met):
        return f"lời báo cáo nói chưa đạt mục tiêu, số liệu {indicator} là {number(known.value, 2)}, đã đạt"
    return ""
