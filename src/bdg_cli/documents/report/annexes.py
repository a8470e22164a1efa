"""The annexes of a report: which there are, how they are numbered, and their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bdg_cli.data.locking import Restatement
from bdg_cli.data.observations import FigureStatus
from bdg_cli.data.results import Figure, says_illustrative
from bdg_cli.data.verdicts import Verdict
from bdg_cli.documents.frame import end_mark
from bdg_cli.documents.model import Align, Annex, Block, Paragraph, Row, Run, Runs, Style, Table
from bdg_cli.documents.report.account import Voice
from bdg_cli.documents.report.results import estimated
from bdg_cli.documents.report.sums import Sums
from bdg_cli.documents.report.tasks import Tasks
from bdg_cli.documents.texts import plain
from bdg_cli.models.lock import LockedFigure
from bdg_cli.models.plan import Measure, Operator
from bdg_cli.progress import MeasureProgress, TargetProgress, quantity, shown
from bdg_cli.vietnamese import NO_BREAK, listed, number, roman, rounded, sentence_case, short_date

_LEFT, _CENTRE, _RIGHT = Align.LEFT, Align.CENTRE, Align.RIGHT
# Millimetres: 257 on a turned page, 160 on an upright one.
_RESULTS = (
    (11, _CENTRE), (60, _LEFT), (21, _CENTRE), (20, _CENTRE), (20, _CENTRE), (25, _RIGHT), (23, _RIGHT),
    (25, _CENTRE), (26, _LEFT), (26, _LEFT),
)  # fmt: skip
_RESULTS_OF_PART = (
    (11, _CENTRE), (52, _LEFT), (20, _CENTRE), (19, _CENTRE), (19, _CENTRE), (21, _RIGHT), (23, _RIGHT), (20, _RIGHT),
    (24, _CENTRE), (24, _LEFT), (24, _LEFT),
)  # fmt: skip
_UNSENT = ((12, _CENTRE), (60, _LEFT), (56, _LEFT), (32, _CENTRE))
_RESTATED = ((12, _CENTRE), (66, _LEFT), (32, _CENTRE), (42, _CENTRE), (34, _RIGHT), (34, _RIGHT), (37, _LEFT))
_SIGNS = {
    Operator.AT_LEAST: "≥ ", Operator.ABOVE: "> ", Operator.AT_MOST: "≤ ", Operator.BELOW: "< ", Operator.EQUAL: "",
    Operator.ABOUT: "≈ ",
}  # fmt: skip
_ESTIMATE = "*"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of annex: the name of its title in the wording, how its page lies, and what stands in it."""

    name: str
    landscape: bool
    table: Callable[[], Table]
    notes: Callable[[], Iterator[str]]


class Annexes:
    """The annexes that this report needs, in order."""

    def __init__(self, voice: Voice, attached: Runs) -> None:
        self.voice = voice
        self.account = voice.account
        self.attached = attached
        self.tasks = Tasks(voice)
        self.sums = Sums(voice)
        self.kinds = tuple(self._needed())

    def _needed(self) -> Iterator[_Kind]:
        account = self.account
        if account.targets:
            yield _Kind("results", True, self.results, self.result_notes)
        if account.tasks:
            yield _Kind("tasks", True, self.tasks.table, self.word_notes)
        if account.unsent:
            yield _Kind("unsent", False, self.unsent, self.word_notes)
        if account.restated:
            yield _Kind("restated", True, self.restated, self.restated_notes)
        if account.union is not None and account.targets:
            yield _Kind("sums", True, self.sums.table, self.sums.notes)
            yield _Kind("cascade", True, self.sums.cascade, lambda: iter(()))

    def say(self, what: str, **values: object) -> str:
        """A sentence of templates/report/annexes.md.j2 as text."""
        return self.voice.words("annexes", what, **values)

    def pointer(self, name: str) -> str:
        """What the text calls an annex: `Phụ lục II`; empty where there is none."""
        names = [kind.name for kind in self.kinds]
        if name not in names:
            return ""
        return self.say("pointer", number=roman(names.index(name) + 1) if len(names) > 1 else "")

    def blocks(self) -> Iterator[Block]:
        """Every annex on pages of its own, each ended by `./.` (NĐ 30/2020/NĐ-CP, Phụ lục I, mục III.1)."""
        for index, kind in enumerate(self.kinds, 1):
            label = self.say("label", number=roman(index) if len(self.kinds) > 1 else "")
            yield Annex(label, self._title(kind), self.attached, landscape=kind.landscape)
            yield kind.table()
            yield from end_mark([Paragraph(plain(" ".join(kind.notes())), Style.BODY)])

    def _title(self, kind: _Kind) -> str:
        match kind.name:
            case "restated":
                return self.say("restated-title")
            case "cascade":
                return self.say("cascade-title", kind=self.account.plan.file.kind.term, issuer=self.account.issuer)
        return self.say(f"{kind.name}-title", period=self.voice.period(self.account.period))

    # -- results by target ---------------------------------------------------------------------------------

    def results(self) -> Table:
        """A group row for each objective, a row for each measure; a target of several has a row of its own."""
        account = self.account
        part = self._of_part_of_year()
        columns = self.voice.columns(
            "results-columns", _RESULTS_OF_PART if part else _RESULTS, year_before=part,
            due=account.plan.last_year or account.period.end.year, year=account.judged.end.year,
        )  # fmt: skip
        return Table(columns, tuple(self._result_rows()))

    def _of_part_of_year(self) -> bool:
        """Whether "a year before" is another period than "before"."""
        judged = self.account.judged
        return judged.year_before != judged.previous

    def _result_rows(self) -> Iterator[Row]:
        for objective in self.account.plan.objectives:
            lead = self.say("objective", number=objective.id, title="")
            yield Row(((*plain(f"{lead} "), *self.voice.speaker.line(objective.title)),), group=True)
            for target in self.account.targets:
                if target.objective is objective:
                    yield from self._target_rows(target)

    def _target_rows(self, target: TargetProgress) -> Iterator[Row]:
        if len(target.measures) == 1:
            yield self._measure_row(target.measures[0], target.target.id)
            return
        blank = [Run("")] * (6 if self._of_part_of_year() else 5)
        together = (
            Run(target.target.id, origin=target.target.at("id")), Run(self.say("together")), *blank,
            Run(sentence_case(target.verdict.term)), Run(""), Run(""),
        )  # fmt: skip
        yield Row(tuple((run,) for run in together))
        for entry in target.measures:
            yield self._measure_row(entry, entry.measure.id)

    def _measure_row(self, entry: MeasureProgress, label: str) -> Row:
        measure = entry.measure
        earlier = [self._cell(entry.year_earlier, entry)] if self._of_part_of_year() else []
        cells = (
            Run(label, origin=measure.at("id")),
            Run(self.voice.speaker.measure_name(entry)),
            Run(entry.unit),
            Run(self._aim(entry), origin=measure.at("value")),
            Run(self._aim_of_year(entry)),
            *(Run(text) for text in earlier),
            Run(self._cell(entry.earlier, entry) + self._before_period(entry)),
            Run(self._now(entry)),
            Run(self._verdict(entry)),
            Run(self._agencies(entry)),
            Run(self._remark(entry)),
        )
        return Row(tuple(plain(run.text) if run.origin is None else (run,) for run in cells))

    def _aim(self, entry: MeasureProgress) -> str:
        """`≥ 60`; with its year where that is not the plan's last."""
        text = self._wanted(entry.measure)
        other = entry.due is not None and entry.due != (self.account.plan.last_year or self.account.period.end.year)
        return f"{text} ({entry.due})" if other and entry.measure.value is not None else text

    def _wanted(self, measure: Measure) -> str:
        if measure.op is None or measure.value is None:
            return self.say("qualitative" if measure.qualitative else "no-aim")
        return f"{_SIGNS[measure.op]}{number(measure.value)}"

    def _aim_of_year(self, entry: MeasureProgress) -> str:
        """What the plan wants of the period's own year: the milestone, or the target in its due year."""
        year = self.account.judged.end.year
        step = next((one for one in entry.measure.milestones if one.year == year), None)
        if step is not None:
            op = step.op or entry.measure.op
            return f"{_SIGNS[op] if op else ''}{number(step.value)}"
        return self._wanted(entry.measure) if entry.due == year and entry.measure.value is not None else "–"

    def _cell(self, figure: Figure | None, entry: MeasureProgress) -> str:
        if figure is None:
            return "–"
        if figure.value is None:
            return figure.status.term if figure.status is not FigureStatus.ORDINARY else "–"
        return shown(figure.value, entry.measure) + (_ESTIMATE if estimated(figure) else "")

    def _now(self, entry: MeasureProgress) -> str:
        union = self.account.union
        partial = union.sums.get(entry.measure.indicator or "") if union else None
        if entry.judged.verdict is Verdict.INCOMPLETE and partial is not None:
            return self.say("partial", counted=len(partial.counted), units=partial.expected)
        return self._cell(entry.judged.figure, entry)

    def _before_period(self, entry: MeasureProgress) -> str:
        """Which period a previous figure is of, where it is not the one just before."""
        before = entry.earlier
        if before is None or before.value is None or before.period == self.account.judged.previous:
            return ""
        return f" ({self.voice.period(before.period).replace('năm ', f'năm{NO_BREAK}')})"

    def _verdict(self, entry: MeasureProgress) -> str:
        """The verdict; a milestone that is reached says more than "chưa đến hạn"."""
        verdict = entry.judged.verdict
        if verdict is Verdict.NOT_DUE_YET and entry.milestone and entry.milestone[1] in {Verdict.MET, Verdict.EXCEEDED}:
            year, reached = entry.milestone
            return sentence_case(self.say("step-reached", verdict=reached.term, year=year))
        return sentence_case(verdict.term)

    def _agencies(self, entry: MeasureProgress) -> str:
        names = dict.fromkeys(self.voice.short(agency) for agency in (*entry.owners, *entry.sources))
        return listed(names) if entry.owners else listed([self.say("nobody"), *names])

    def _remark(self, entry: MeasureProgress) -> str:
        figure = entry.judged.figure
        parts = [sentence_case(figure.row.note)] if figure and figure.row.note else []
        for trend in dict.fromkeys(one for one in (entry.trend, entry.year_trend) if one is not None and one.obstacle):
            earlier = self.voice.period(trend.earlier.period)
            parts.append(self.voice.words("results", "incomparable", earlier=earlier, reason=trend.obstacle))
        return "; ".join(parts)

    def result_notes(self) -> Iterator[str]:
        """What must be said under the table: invented figures, estimates."""
        figures = [
            figure
            for entry in self.account.measures
            for figure in (entry.judged.figure, entry.earlier, entry.year_earlier)
            if figure is not None
        ]
        if any(says_illustrative(figure.row.source) for figure in figures):
            yield self.say("illustrative")
        if any(estimated(figure) and figure.value is not None for figure in figures):
            yield self.say("estimates")

    def word_notes(self) -> Iterator[str]:
        """What must be said under a table of invented results and days."""
        if self.account.written and self.account.written.illustrative:
            yield self.say("illustrative-words")

    # -- who has not sent, what has changed ------------------------------------------------------------------

    def unsent(self) -> Table:
        """Who owes a report and has not sent one, with the last valid day."""
        rows = (
            Row(
                (
                    plain(str(index)),
                    plain(self.voice.agency(due.agency)),
                    plain(sentence_case(self.tasks.owed(due))),
                    plain(short_date(due.due) if due.due else self.tasks.say("no-deadline")),
                )
            )
            for index, due in enumerate(self.account.unsent, 1)
        )
        return Table(self.voice.columns("unsent-columns", _UNSENT), tuple(rows))

    def restated(self) -> Table:
        """Figures that earlier locked reports have given otherwise, or not yet."""
        rows = (self._restated_row(index, one) for index, one in enumerate(self.account.restated, 1))
        return Table(self.voice.columns("restated-columns", _RESTATED), tuple(rows))

    def _restated_row(self, index: int, one: Restatement) -> Row:
        locked = one.stated.figure
        entry = next((entry for entry in self.account.measures if entry.measure.id == locked.measure), None)
        name = self.voice.speaker.measure_name(entry) if entry else locked.indicator or ""
        reason = one.now.note or (self.say("restated-added") if one.added else "")
        return Row(
            (
                plain(str(index)),
                plain(f"{locked.measure}. {name}"),
                plain(sentence_case(self.voice.period(locked.period))),
                plain(one.stated.report.number),
                plain(self._restated_figure(locked, entry)),
                plain(self._today(one, entry)),
                plain(sentence_case(reason)),
            )
        )

    def _restated_figure(self, locked: LockedFigure, entry: MeasureProgress | None) -> str:
        if locked.value is None:
            return self.say("restated-none")
        text = shown(locked.value, entry.measure) if entry else number(rounded(locked.value, 2))
        return quantity(text, entry.unit if entry else "")

    def _today(self, one: Restatement, entry: MeasureProgress | None) -> str:
        if one.figure is None or one.figure.value is None:
            return self.say("restated-gone")
        value = one.figure.value
        text = shown(value, entry.measure) if entry else number(rounded(value, 2))
        return quantity(text, entry.unit if entry else "") + (_ESTIMATE if estimated(one.figure) else "")

    def restated_notes(self) -> Iterator[str]:
        """What must be said under the table of changed figures."""
        figures = [one.figure for one in self.account.restated if one.figure is not None]
        if any(says_illustrative(figure.row.source) for figure in figures):
            yield self.say("illustrative")
        if any(estimated(figure) and figure.value is not None for figure in figures):
            yield self.say("estimates")
