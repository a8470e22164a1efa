"""One verdict explained: the rows behind it, the arithmetic, the rule, what was printed and what was left out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bdg_cli.data.counts import Figure, Way
from bdg_cli.data.observations import FigureStatus, Observation
from bdg_cli.data.results import Results
from bdg_cli.data.told import MOST_PARTS, added_up, exact, in_short, place_of, standing_at, vintage_of, why_not
from bdg_cli.data.verdicts import Ground, Verdict, path_points, reaches
from bdg_cli.dates import Period
from bdg_cli.findings import Place
from bdg_cli.models.plan import Operator
from bdg_cli.models.registry import Indicator
from bdg_cli.plan import Plan
from bdg_cli.progress import (
    MeasureProgress,
    TargetProgress,
    Trend,
    contradicting,
    printed,
    quantity,
    shown,
    target_text,
)
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number, period_words, short_date

_COUNTRY = "viet-nam"
_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.ABOVE: ">",
    Operator.AT_MOST: "≤",
    Operator.BELOW: "<",
    Operator.EQUAL: "=",
    Operator.ABOUT: "≈",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One number that went into a verdict, and where it stands."""

    place: Place
    column: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is about, and its lines. The first line may be empty where only lines follow."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A measure in one period, with everything that led to its verdict."""

    entry: MeasureProgress
    inputs: tuple[Input, ...]
    rule: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Explains the measures of one plan in one period. `prefix` leads from the current folder to the repository."""

    plan: Plan
    registry: Registry
    results: Results
    period: Period
    prefix: str = ""

    def measure(self, entry: MeasureProgress) -> Explanation:
        """The explanation of one measure."""
        figure = entry.judged.figure
        inputs = tuple(_inputs(figure)) if figure is not None else ()
        steps = tuple(step for step in self._steps(entry, figure) if step.lines)
        return Explanation(entry, inputs, self._rule(entry), steps)

    def target(self, target: TargetProgress) -> str:
        """The rule by which the verdicts of several measures become one, with the verdicts."""
        told = ", ".join(f"{entry.measure.id} {entry.judged.verdict.term}" for entry in target.measures)
        return f"{told}: {_together(target)}, nên cả chỉ tiêu {target.verdict.term}"

    # ------------------------------------------------------------------------------------------ steps

    def _steps(self, entry: MeasureProgress, figure: Figure | None) -> Iterator[Step]:
        yield Step("Mục tiêu", tuple(self._goal(entry)))
        yield Step("Thống kê", tuple(self._about(entry)))
        yield Step("Số liệu", tuple(self._data(entry, figure)))
        if figure is not None and figure.value is not None:
            yield Step("Phép tính", tuple(self._arithmetic(entry, figure)))
        yield Step("So sánh", tuple(self._compared(entry, figure)))
        if figure is not None and figure.value is not None:
            yield Step("In ra", (self._printed(entry, figure.value, figure),))
        yield Step("Xu hướng", tuple(self._trends(entry)))
        yield Step("Phân tổ", tuple(self._breakdowns(entry, figure)))
        yield Step("Bỏ qua", tuple(self._ignored(entry, figure)))
        yield Step("Cả nước", tuple(self._country(entry)))
        yield Step("Lưu ý", tuple(self._notes(entry, figure)))

    def _goal(self, entry: MeasureProgress) -> Iterator[str]:
        measure = entry.measure
        due = f", đến hết năm {entry.due}" if entry.due else ""
        yield f"{target_text(measure, entry.unit)}{due}"
        if measure.due is None and entry.due:
            yield f"kế hoạch không ghi năm đạt: lấy năm cuối của giai đoạn {self.plan.period}"
        if measure.op is not None and measure.op.value == "~":
            side = f", {measure.side.term}" if measure.side else ""
            yield f"sai số {number(measure.tolerance or Decimal(0))}{side}"
        if measure.baseline is not None:
            yield f"số gốc {_with_unit(measure.baseline.value, entry)} ({period_words(measure.baseline.period)})"
        for milestone in measure.milestones:
            yield f"mốc năm {milestone.year}: {_with_unit(milestone.value, entry)}"
        if measure.condition is not None:
            inner = measure.condition
            per = f" mỗi {inner.per}" if inner.per else ""
            yield f"mỗi đơn vị được đếm khi {inner.op.term} {number(inner.value)} {inner.unit}{per}"

    def _about(self, entry: MeasureProgress) -> Iterator[str]:
        indicator = entry.indicator
        if indicator is None:
            return
        facts = [f"số {indicator.kind.term}"]
        if indicator.publication:
            facts.append(f"kỳ công bố: {indicator.publication.term}")
        if indicator.lowest_level:
            facts.append(f"thấp nhất: {indicator.lowest_level.term}")
        facts.append(indicator.window.term)
        yield f"{indicator.id}: {', '.join(facts)}"
        if indicator.source_agency:
            yield f"nguồn: {indicator.source_agency}"

    def _data(self, entry: MeasureProgress, figure: Figure | None) -> Iterator[str]:
        if figure is None:
            yield from self._without_row(entry)
            return
        if figure.way is Way.ROW:
            yield from self._row(figure.row, figure, entry.indicator)
            return
        yield f"kỳ {figure.period} không có dòng riêng: {figure.way.term}"
        parts = figure.parts
        for part in parts[:MOST_PARTS]:
            yield f"{self._part_name(figure, part)}: {in_short(part.row)} ({standing_at(part, self.prefix)})"
        if len(parts) > MOST_PARTS:
            yield f"… và {len(parts) - MOST_PARTS} số liệu nữa (đủ trong --format json)"

    def _row(self, row: Observation, figure: Figure, indicator: Indicator | None) -> Iterator[str]:
        yield f"{standing_at(figure, self.prefix)}{f', {short_date(row.as_of)}' if row.as_of else ''}{vintage_of(row)}"
        definition = figure.definition
        columns = (("tử số", row.numerator, definition.numerator if definition else None),
                   ("mẫu số", row.denominator, definition.denominator if definition else None))  # fmt: skip
        for word, count, counted in columns:
            if count is not None:
                unit = f" {counted.unit}" if counted and counted.unit else ""
                yield f"{word} {number(count)}{unit}{f': {counted.name}' if counted else ''}"
        if row.value is not None:
            yield f"giá trị ghi sẵn {number(row.value)}"
        if row.status is not FigureStatus.ORDINARY:
            yield f"trạng thái {row.status}: {row.status.term}"
        if indicator is not None and indicator.kind.value == "level" and row.cutoff:
            yield f"tính đến ngày {short_date(row.cutoff)}"
        if row.source:
            yield f"nguồn: {row.source}"
        if row.note:
            yield f"ghi chú: {row.note}"

    def _without_row(self, entry: MeasureProgress) -> Iterator[str]:
        if entry.indicator is None:
            yield "số đo không gắn với chỉ tiêu thống kê nào"
            return
        area = self._area_name(self.plan.file.area or "")
        yield f"không có dòng nào của {entry.indicator.id}, {area}, kỳ {self.period}"
        ended = self.results.ended(self.plan.file.area or "", self.period)
        if ended is not None and ended.valid is not None and ended.valid.to is not None:
            heir = f", nhập vào {self._area_name(ended.merged_into)}" if ended.merged_into else ""
            yield f"{area} chỉ còn đến ngày {short_date(ended.valid.to)}{heir}"
        gap = self.results.shortfall(entry.indicator.id, self.plan.file.area or "", self.period)
        if gap is not None:
            names = [self._area_name(area) for area in gap.absent[:MOST_PARTS]]
            more = f" và {len(gap.absent) - MOST_PARTS} địa bàn nữa" if len(gap.absent) > MOST_PARTS else ""
            yield (
                f"chưa cộng được từ {len(gap.areas)} địa bàn trực thuộc, còn thiếu {len(gap.absent)}: "
                f"{', '.join(names)}{more}"
            )
        if entry.latest is not None:
            said = f"kỳ {entry.latest.period} là {self._value(entry, entry.latest)}"
            yield f"số gần nhất: {said} ({standing_at(entry.latest, self.prefix)})"

    def _arithmetic(self, entry: MeasureProgress, figure: Figure) -> Iterator[str]:
        row, definition = figure.row, figure.definition
        assert figure.value is not None
        if figure.way in {Way.SAME_END} or (figure.way is Way.MERGED and len(figure.parts) == 1):
            yield f"{exact(figure.value)}, như số liệu trên"
            return
        factor = definition.factor if definition else Decimal(1)
        if row.numerator is not None and row.denominator:
            times = f" × {number(factor)}" if factor != 1 else ""
            sums = figure.way is not Way.ROW
            if sums:
                yield f"tử số {added_up(figure, 'numerator')}"
                yield f"mẫu số {added_up(figure, 'denominator')}"
            yield f"{number(row.numerator)} : {number(row.denominator)}{times} = {exact(figure.value)}"
        elif figure.way is not Way.ROW:
            yield added_up(figure, "value")
        elif row.numerator is not None and row.value is None:
            yield f"{number(row.numerator)}{f' × {number(factor)}' if factor != 1 else ''} = {exact(figure.value)}"
        else:
            yield f"dùng giá trị ghi sẵn {exact(figure.value)}; không đủ tử số, mẫu số để tính lại"

    def _compared(self, entry: MeasureProgress, figure: Figure | None) -> Iterator[str]:
        judged, measure = entry.judged, entry.measure
        if figure is not None and figure.value is not None and measure.op is not None and measure.value is not None:
            holds = reaches(measure.op, figure.value, measure.value, measure.tolerance or Decimal(0), measure.side)
            said = f"{exact(figure.value)} {_SIGNS[measure.op]} {number(measure.value)}"
            yield f"{said}: {'đúng' if holds else 'không đúng'}"
        if judged.expected is not None:
            yield from self._path(entry, judged.expected)
        yield f"{self._rule(entry)} → {judged.verdict.term}"
        if entry.milestone is not None:
            year, verdict = entry.milestone
            yield f"so với mốc năm {year}: {verdict.term}"

    def _path(self, entry: MeasureProgress, expected: Decimal) -> Iterator[str]:
        points = [f"{number(value)} ({short_date(day)})" for day, value in path_points(entry.measure, entry.due)]
        yield f"đường tiến độ: {' → '.join(points)}; đến {short_date(self.period.end)} phải là {exact(expected)}"

    def _rule(self, entry: MeasureProgress) -> str:
        judged = entry.judged
        if judged.ground in {Ground.NO_PATH, Ground.AHEAD, Ground.LATE, Ground.OTHER_DEFINITION} and not entry.due:
            return judged.ground.term.replace("chưa hết năm đạt; ", "")
        if judged.ground is Ground.UNPUBLISHED and entry.indicator is not None:
            return f"{judged.ground.term} ({self._unpublished(entry.indicator)})"
        return judged.ground.term

    def _unpublished(self, indicator: Indicator) -> str:
        reasons = []
        if indicator.publication:
            reasons.append(f"kỳ công bố: {indicator.publication.term}")
        if indicator.lowest_level:
            reasons.append(f"thấp nhất: {indicator.lowest_level.term}")
        return ", ".join(reasons)

    def _printed(self, entry: MeasureProgress, value: Decimal, figure: Figure) -> str:
        said, short = self._value(entry, figure), contradicting(value, entry.measure)
        return f"{said}; làm tròn thành {short} thì trái với đánh giá" if short else said

    # ------------------------------------------------------------------------------------------ beside it

    def _trends(self, entry: MeasureProgress) -> Iterator[str]:
        told: set[Period] = set()
        for name, trend, earlier in (
            ("kỳ trước", entry.trend, entry.before), ("cùng kỳ năm trước", entry.year_trend, entry.year_before),
        ):  # fmt: skip
            known = trend.earlier if trend else earlier
            if known is None or not known.known or known.period in told:
                continue
            told.add(known.period)
            said = f"{name}, {known.period}: {self._value(entry, known)} ({standing_at(known, self.prefix)})"
            yield f"{said}{self._change(entry, trend)}"

    def _change(self, entry: MeasureProgress, trend: Trend | None) -> str:
        if trend is None:
            return ""
        if trend.change is None:
            return f"; không so sánh vì {trend.obstacle}"
        figure = entry.judged.figure
        if not trend.change or figure is None or figure.value is None or trend.earlier.value is None:
            return "; không đổi"
        # As readers will reckon, and as the report says it: from the figures that are printed.
        change = printed(figure.value, entry.measure) - printed(trend.earlier.value, entry.measure)
        if not change:
            return "; gần như không đổi"
        word = "tăng" if change > 0 else "giảm"
        unit = "điểm phần trăm" if entry.unit == "%" else entry.unit
        return f"; {word} {number(abs(change).normalize())} {unit}".rstrip()

    def _breakdowns(self, entry: MeasureProgress, figure: Figure | None) -> Iterator[str]:
        if entry.indicator is None or (figure is not None and figure.way is not Way.ROW):
            return
        asked = (entry.indicator.id, self.plan.file.area or "", self.period)
        parts = {sex.term: part for sex, part in self.results.by_sex(*asked).items()}
        for name, part in {**parts, **self.results.by_group(*asked)}.items():
            where = standing_at(part, self.prefix)
            yield f"{name}: {in_short(part.row)}{_of_value(part, entry)} ({where})"

    def _ignored(self, entry: MeasureProgress, figure: Figure | None) -> Iterator[str]:
        if figure is None or entry.indicator is None or figure.way is not Way.ROW:
            return
        *others, counts = self.results.history(entry.indicator.id, figure.row.area, figure.period)
        for row in others:
            yield f"{place_of(row, self.prefix)}: {in_short(row)} ({why_not(row, counts)})"

    def _country(self, entry: MeasureProgress) -> Iterator[str]:
        if entry.indicator is None or self.plan.file.area == _COUNTRY:
            return
        national = self.results.figure(entry.indicator.id, _COUNTRY, self.period)
        if national is not None and national.known and national.way is Way.ROW:
            said = f"{in_short(national.row)}{_of_value(national, entry)}"
            yield f"kỳ {national.period}: {said} ({standing_at(national, self.prefix)})"

    def _notes(self, entry: MeasureProgress, figure: Figure | None) -> Iterator[str]:
        if figure is not None and figure.illustrative:
            yield "số liệu minh họa, không phải số thật"
        if figure is not None and figure.known and figure.estimate:
            yield "là số ước: chưa chốt hết cửa sổ của kỳ"
        definition = figure.definition if figure else None
        issued = self.plan.dated_on()
        if definition is not None and definition.from_ is not None and issued and definition.from_ > issued:
            since = short_date(definition.from_)
            yield f"định nghĩa áp dụng từ {since}, sau ngày kế hoạch: mức phải đạt đặt theo định nghĩa trước"
        if entry.indicator is not None and not entry.indicator.verified:
            yield "chỉ tiêu thống kê này chưa kiểm chứng"
        if self.plan.period is not None and not self.plan.period.contains(self.period):
            yield f"kỳ {self.period} ngoài giai đoạn {self.plan.period} của kế hoạch"

    # ------------------------------------------------------------------------------------------ words

    def _value(self, entry: MeasureProgress, figure: Figure) -> str:
        assert figure.value is not None
        estimate = " (ước)" if figure.estimate else ""
        return quantity(shown(figure.value, entry.measure), entry.unit) + estimate

    def _part_name(self, whole: Figure, part: Figure) -> str:
        if whole.way is Way.SEXES:
            return part.row.sex.term
        if whole.way in {Way.PERIODS, Way.SAME_END}:
            return f"kỳ {part.period}"
        return self._area_name(part.row.area)

    def _area_name(self, identity: str) -> str:
        area = self.registry.areas.get(identity)
        if area is None:
            return identity or "kế hoạch không ghi địa bàn"
        return f"{area.unit} {area.name}" if area.unit else area.name


def _inputs(figure: Figure) -> Iterator[Input]:
    for row in figure.rows:
        for column in ("numerator", "denominator", "value"):
            value: Decimal | None = getattr(row, column)
            if value is not None:
                yield Input(row.line.place(column), column, value)


def _together(target: TargetProgress) -> str:
    """Which rule of design.md 2 made one verdict of several."""
    verdicts = [entry.judged.verdict for entry in target.measures]
    ignored = "không tính số đo không phát sinh; " if Verdict.NONE in verdicts and len(set(verdicts)) > 1 else ""
    match target.verdict:
        case Verdict.PARTLY_MET:
            return f"{ignored}có số đo đạt, có số đo chưa đạt"
        case Verdict.INCOMPLETE:
            return f"{ignored}có số đo đạt, có số đo chưa có số liệu"
        case Verdict.NONE:
            return "không số đo nào phát sinh"
    return f"{ignored}lấy đánh giá kém nhất" if len(set(verdicts)) > 1 else f"{ignored}các số đo như nhau"


def _with_unit(value: Decimal, entry: MeasureProgress) -> str:
    return quantity(number(value), entry.unit)


def _of_value(figure: Figure, entry: MeasureProgress) -> str:
    """` = 81,4%` where the counts do not say it themselves."""
    if figure.value is None or figure.row.numerator is None or figure.row.denominator is None:
        return ""
    return f" = {quantity(number(figure.value, 2 if figure.value % 1 else 0), entry.unit)}"
