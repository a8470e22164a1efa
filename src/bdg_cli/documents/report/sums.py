"""The annexes of a report made from many repositories: the counts summed, and who has set which target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bdg_cli.documents.model import Align, Row, Table
from bdg_cli.documents.report.account import Voice
from bdg_cli.documents.report.results import Results
from bdg_cli.documents.texts import plain
from bdg_cli.progress import MeasureProgress, quantity, shown, value_text
from bdg_cli.rollup import Cascade, RollUp, Sum
from bdg_cli.vietnamese import number, sentence_case

_LEFT, _CENTRE, _RIGHT = Align.LEFT, Align.CENTRE, Align.RIGHT
_SUMS = ((12, _CENTRE), (72, _LEFT), (24, _RIGHT), (24, _RIGHT), (28, _RIGHT), (25, _CENTRE), (72, _LEFT))
_CASCADE = ((12, _CENTRE), (70, _LEFT), (36, _LEFT), (26, _CENTRE), (50, _LEFT), (63, _LEFT))


class Sums:
    """What the included repositories add up to."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.account = voice.account
        self.results = Results(voice)

    def say(self, what: str, **values: object) -> str:
        """A sentence of templates/report/annexes.md.j2 as text."""
        return self.voice.words("annexes", what, **values)

    @property
    def union(self) -> RollUp:
        """The roll-up; the annex is asked for only where there is one."""
        assert self.account.union is not None
        return self.account.union

    def table(self) -> Table:
        """A row for each measure that units can report on."""
        rows = []
        for entry in self.account.measures:
            one = self.union.sums.get(entry.measure.indicator or "")
            if one is not None and (one.counted or one.conflicts or one.without_counts):
                rows.append(self._row(entry, one))
        return Table(self.voice.columns("sums-columns", _SUMS), tuple(rows))

    def _row(self, entry: MeasureProgress, one: Sum) -> Row:
        value = quantity(shown(one.value, entry.measure), entry.unit) if one.value is not None else "–"
        cells = (
            entry.measure.id,
            self.voice.speaker.measure_name(entry),
            number(one.numerator),
            number(one.denominator),
            value,
            f"{len(one.counted)}/{one.expected}",
            self._remarks(entry, one),
        )
        return Row(tuple(plain(cell) for cell in cells))

    def _remarks(self, entry: MeasureProgress, one: Sum) -> str:
        """Who is missing, what stands twice, and where the report uses the area's own figure instead."""
        parts = [
            self.say(what, areas=self._names(areas))
            for what, areas in (
                ("no-repository", one.without_repository),
                ("no-figure", one.without_figure),
                ("without-counts", one.without_counts),
            )
            if areas
        ]
        for what, found in (("twice", one.twice), ("conflict", one.conflicts)):
            parts += [
                sentence_case(self.say(what, area=self.union.name(area), folders=", ".join(folders)))
                for area, folders in found
            ]
        wholes: dict[str, list[str]] = {}
        for part, whole in one.covered:
            wholes.setdefault(whole, []).append(part)
        parts += [
            sentence_case(self.say("covered", areas=self._names(areas), whole=self.union.name(whole)))
            for whole, areas in wholes.items()
        ]
        figure = entry.judged.figure
        if figure is not None and figure.value is not None and figure.row is not one.row:
            said = quantity(shown(figure.value, entry.measure), entry.unit)
            parts.append(self.say("own-figure", area=self.union.name(self.account.plan.file.area or ""), figure=said))
        return "; ".join(parts)

    def notes(self) -> Iterator[str]:
        """What the sums do not hold, and where figures are invented."""
        yield self.say("sums-note")
        if any(one.invented for one in self.union.sums.values()):
            yield self.say("illustrative-figures")

    def cascade(self) -> Table:
        """A row for each measure of the plan: how many units have set it, who lower, who not at all."""
        rows = []
        for one in self.union.cascades:
            entry = next(known for known in self.account.measures if known.measure is one.measure)
            cells = (
                one.measure.id,
                self.voice.speaker.measure_name(entry),
                self.results.goal(entry) or self.say("no-aim"),
                f"{len(one.carried)}/{len(self.union.expected)}",
                ", ".join(f"{self.union.name(area)} ({value_text(own, entry.unit)})" for area, own in one.weaker)
                or "–",
                self._unset(one) or "–",
            )
            rows.append(Row(tuple(plain(cell) for cell in cells)))
        return Table(self.voice.columns("cascade-columns", _CASCADE), tuple(rows))

    def _unset(self, one: Cascade) -> str:
        parts = [
            f"{self._names(areas)} ({self.say(what)})"
            for what, areas in (("without-target", one.unset), ("without-plan", one.without_repository))
            if areas
        ]
        return "; ".join(parts)

    def _names(self, areas: Iterable[str]) -> str:
        return ", ".join(self.union.name(area) for area in areas)
