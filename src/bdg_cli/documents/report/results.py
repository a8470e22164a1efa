"""Results by target: generated sentences with figures and comparisons, and a chart for each objective."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from bdg_cli.data.results import Figure, definition_at, same_definition, says_illustrative
from bdg_cli.data.verdicts import Verdict
from bdg_cli.documents.model import Chart, Series
from bdg_cli.documents.report.account import Voice
from bdg_cli.models.plan import Milestone, Objective, Operator
from bdg_cli.progress import MeasureProgress, TargetProgress, printed, quantity, shown, value_text
from bdg_cli.vietnamese import count, listed, lower_first, number, sentence_case

_DOWNWARDS = {Operator.AT_MOST, Operator.BELOW}


class Results:
    """Part II of a report."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.account = voice.account

    # -- sentences ---------------------------------------------------------------------------------------

    def summary(self) -> str:
        """How many targets stand how."""
        verdicts = Counter(target.verdict for target in self.account.targets)
        stands = [verdict for verdict in Verdict if verdicts[verdict]]
        counts = listed(
            self.say("counted", number=count(verdicts[verdict]), verdict=verdict.value, first=index == 0)
            for index, verdict in enumerate(stands)
        )
        kind = self.account.plan.file.kind.term
        return self.say("summary", targets=count(len(self.account.targets)), kind=kind, counts=counts)

    def objectives(self) -> Iterator[dict[str, object]]:
        """Each objective: its title, a line for each of its targets, its charts."""
        for objective in self.account.plan.objectives:
            title = self.voice.wording.token(self.voice.speaker.line(objective.title))
            targets = [target for target in self.account.targets if target.objective is objective]
            yield {
                "title": self.voice.token(
                    "results", "objective", label=objective.label, number=objective.id, title=title
                ),
                "lines": [self.target(target) for target in targets],
                "charts": [self.voice.wording.standing((chart,)) for chart in self.charts(objective, targets)],
            }

    def target(self, target: TargetProgress) -> str:
        """What is said of one target: a sentence for each measure."""
        sentences = " ".join(self.measure(entry) for entry in target.measures)
        verdict = target.verdict.value if len(target.measures) > 1 else ""
        return self.say(
            "target", label=target.target.label, number=target.target.id, sentences=sentences, verdict=verdict
        )

    def measure(self, entry: MeasureProgress) -> str:
        """What is said of one measure: figure, verdict, target, change; a full stop at the end."""
        measure, verdict = entry.measure, entry.judged.verdict
        name = self.voice.speaker.measure_name(entry)
        if measure.qualitative:
            evidence = (measure.evidence or "").rstrip(".")
            return self.say("qualitative", name=name, verdict=verdict.value, evidence=evidence)
        value = entry.judged.figure.value if entry.judged.figure else None
        figure = quantity(shown(value, measure), entry.unit) if value is not None else ""
        said: dict[str, object] = {
            "name": name, "verdict": verdict.value, "figure": figure, "remarks": self.remarks(entry),
            "changes": listed(self.changes(entry)),
        }  # fmt: skip
        if measure.op is None or measure.value is None:
            return self.say("without-aim", kind=self.account.plan.file.kind.term, **said)
        if value is None:
            return self.without_figure(entry, name)
        step = self.step(entry)
        return self.say(
            "measure",
            **said,
            **self.aim(entry),
            upwards=measure.op not in _DOWNWARDS,
            gap=self.difference(abs(printed(value, measure) - measure.value), entry),
            step=value_text(measure.model_copy(update={"value": step.value}), entry.unit) if step else "",
            step_year=step.year if step else None,
            step_reached=entry.milestone is not None and entry.milestone[1] in {Verdict.MET, Verdict.EXCEEDED},
        )

    def aim(self, entry: MeasureProgress) -> dict[str, object]:
        """What is to be reached until when."""
        due = entry.due
        return {
            "op": entry.measure.op.value if entry.measure.op else "",
            "aim": value_text(entry.measure, entry.unit),
            "due": due,
            "due_now": due is not None and self.account.period.end.year >= due,
        }

    def goal(self, entry: MeasureProgress) -> str:
        """`đạt 60%`, `dưới 30%`; empty where the plan gives no value."""
        aim = self.aim(entry)
        return self.say("goal", op=aim["op"], aim=aim["aim"]) if entry.measure.op and entry.measure.value else ""

    def without_figure(self, entry: MeasureProgress, name: str) -> str:
        """Why there is no figure, and the newest there is."""
        latest = entry.latest
        known = quantity(shown(latest.value, entry.measure), entry.unit) if latest and latest.value is not None else ""
        said = {
            **self.aim(entry), "name": name, "latest": known,
            "latest_period": self.voice.period(latest.period) if latest and known else "",
        }  # fmt: skip
        union = self.account.union
        partial = union.sums.get(entry.measure.indicator or "") if union else None
        if entry.judged.verdict is Verdict.INCOMPLETE and partial is not None:
            return self.say("partial", counted=count(len(partial.counted)), units=count(partial.expected), **said)
        return self.say("without-figure", verdict=entry.judged.verdict.value, **said)

    def remarks(self, entry: MeasureProgress) -> str:
        """What stands in brackets behind the figure: the counts of a rate, that it is an estimate."""
        figure = entry.judged.figure
        if figure is None or figure.value is None:
            return ""
        definition = definition_at(entry.indicator, figure.period)
        row = figure.row
        parts = []
        unit = definition.numerator.unit if definition is not None and definition.numerator is not None else ""
        whole = row.numerator is not None and row.numerator == row.numerator.to_integral_value()
        if unit and whole and row.numerator is not None and row.denominator:  # people and cases; not hours
            parts.append(f"{number(row.numerator)}/{number(row.denominator)} {unit}")
        if estimated(figure):
            parts.append(self.say("estimate-mark"))
        return "; ".join(parts)

    def step(self, entry: MeasureProgress) -> Milestone | None:
        """The milestone of the period's own year."""
        year = self.account.period.end.year
        return next((step for step in entry.measure.milestones if step.year == year), None)

    # -- comparison --------------------------------------------------------------------------------------

    def changes(self, entry: MeasureProgress) -> Iterator[str]:
        """The change against a year before, against the period before, and against the start of a whole period."""
        now = entry.judged.figure
        if now is None or now.value is None:
            return
        for earlier in self.earlier(entry):
            if earlier.value is None:
                continue
            if not same_definition(earlier.definition, now.definition):
                continue
            change = printed(now.value, entry.measure) - printed(earlier.value, entry.measure)  # as readers will reckon
            yield self.say(
                "compared",
                difference=self.difference(abs(change), entry),
                more=change > 0,
                equal=now.value == earlier.value,
                earlier=self.voice.earlier(earlier.period),
                value=quantity(shown(earlier.value, entry.measure), entry.unit),
            )

    def earlier(self, entry: MeasureProgress) -> Iterator[Figure]:
        """The figures that a result is compared with, each period once: of like periods only."""
        seen = set()
        for figure in (entry.year_before, entry.before, self.account.starts.get(entry.measure.id)):
            if figure is None or figure.period in seen or figure.period.kind is not self.account.judged.kind:
                continue
            seen.add(figure.period)
            yield figure

    def difference(self, size: Decimal, entry: MeasureProgress) -> str:
        """`2,8 điểm phần trăm`, `0,14 lần`; empty where there is none."""
        if size == 0:
            return ""
        text = number(size.normalize() if size != size.to_integral_value() else size.to_integral_value())
        return self.say("points", number=text) if entry.unit == "%" else quantity(text, entry.unit)

    # -- charts ------------------------------------------------------------------------------------------

    def charts(self, objective: Objective, targets: list[TargetProgress]) -> Iterator[Chart]:
        """A chart for each unit among an objective's results: the aim, the figures before, the figure now."""
        units: dict[str, list[MeasureProgress]] = {}
        for target in targets:
            for entry in target.measures:
                figure = entry.judged.figure
                if figure is not None and figure.value is not None and entry.measure.value is not None:
                    units.setdefault(entry.unit, []).append(entry)
        yield from (self.chart(objective, unit, entries) for unit, entries in units.items())

    def chart(self, objective: Objective, unit: str, entries: list[MeasureProgress]) -> Chart:
        """The bars of some measures of one unit."""
        series = tuple(self.series(entries))
        categories = tuple(self.say("chart-category", number=entry.measure.id) for entry in entries)
        values = " ".join(
            f"{category}: {self.voice.speaker.measure_name(entry)}: {_listed_values(series, index)}."
            for index, (category, entry) in enumerate(zip(categories, entries, strict=True))
        )
        figures = [entry.judged.figure for entry in entries]
        invented = any(figure is not None and says_illustrative(figure.row.source) for figure in figures)
        return Chart(
            title=self.say("chart-title", number=objective.id, unit=unit),
            categories=categories,
            series=series,
            description=self.say("chart-described", unit=unit, values=values),
            note=self.say("chart-illustrative") if invented else "",
        )

    def series(self, entries: list[MeasureProgress]) -> Iterator[Series]:
        """The aim, each earlier period that some measure is compared with, and the period itself."""
        dues = {entry.due for entry in entries}
        aim = self.say("chart-aim", due=dues.pop() if len(dues) == 1 else None)
        yield Series(aim, tuple(entry.measure.value for entry in entries))
        earlier = [{figure.period: figure for figure in self.earlier(entry)} for entry in entries]
        for period in sorted({period for known in earlier for period in known}, key=lambda one: one.end):
            values = (_bar(known.get(period), entry) for known, entry in zip(earlier, entries, strict=True))
            yield Series(sentence_case(self.voice.period(period)), tuple(values))
        now = tuple(_bar(entry.judged.figure, entry) for entry in entries)
        yield Series(sentence_case(self.voice.period(self.account.judged)), now)

    def say(self, what: str, **values: object) -> str:
        """A sentence of templates/report/results.md.j2 as text."""
        return self.voice.words("results", what, **values)


def estimated(figure: Figure) -> bool:
    """Whether a figure cannot be final: said to be an estimate, or known before its window has closed.

    A calendar half-year is open until 30 June, so a figure of 14 June is an estimate of it (design.md 2).
    """
    known = figure.row.as_of
    return figure.estimate or (known is not None and known < figure.period.window(figure.window)[1])


def _listed_values(series: tuple[Series, ...], index: int) -> str:
    known = ((one.name, one.values[index]) for one in series)
    return ", ".join(f"{lower_first(name)} {number(value)}" for name, value in known if value is not None)


def _bar(figure: Figure | None, entry: MeasureProgress) -> Decimal | None:
    return None if figure is None or figure.value is None else printed(figure.value, entry.measure)
