"""Tasks by agency: who has sent, what each has done, and the annex of tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from bdg_cli import work
from bdg_cli.dates import PartialDate
from bdg_cli.documents.model import Align, Row, Run, Runs, Table
from bdg_cli.documents.report.account import Voice
from bdg_cli.documents.texts import ended, plain
from bdg_cli.models.report import Received, TaskState
from bdg_cli.progress import ReportDue
from bdg_cli.vietnamese import count, listed, sentence_case, short_date
from bdg_cli.work import Part, Told

_LEFT, _CENTRE = Align.LEFT, Align.CENTRE
_WITH_DEADLINES = ((12, _CENTRE), (102, _LEFT), (31, _CENTRE), (32, _CENTRE), (80, _LEFT))
_WITHOUT = ((12, _CENTRE), (120, _LEFT), (32, _CENTRE), (93, _LEFT))


class Tasks:
    """Part III of a report, and the first paragraph of a report on a plan without targets."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.account = voice.account

    def say(self, what: str, **values: object) -> str:
        """A sentence of templates/report/tasks.md.j2 as text."""
        return self.voice.words("tasks", what, **values)

    # -- sentences ---------------------------------------------------------------------------------------

    def received(self, annex: str) -> str:
        """How many of those who owe a report have sent one, how many late; empty where nobody owes one."""
        dues = self.account.dues
        sent = [due for due in dues if due.sent is not None]
        late = sum(due.due is not None and due.sent is not None and due.sent > due.due for due in sent)
        return self.say(
            "received",
            owed=count(len(dues)) if dues else "",
            sent=count(len(sent)),
            late=count(late) if late else "",
            unsent=count(len(self.account.unsent)),
            annex=annex,
        )

    def without_targets(self) -> str:
        """What a plan without targets is judged by."""
        kind = self.account.plan.file.kind.term
        return self.say("summary-without-targets", kind=kind, tasks=count(len(self.account.tasks)))

    def summary(self, annex: str) -> str:
        """How far the tasks have come; empty where there are none."""
        tasks = self.account.tasks
        if not tasks:
            return ""
        told = [one for one in tasks if one.results]
        blank = len(tasks) - len(told)
        return self.say(
            "summary",
            all=count(len(tasks)),
            kind=self.account.plan.file.kind.term,
            told=count(len(told)),
            blank=count(blank) if blank else "",
            annex=annex,
            **_states(told),
        )

    def agencies(self) -> Iterator[str]:
        """One line for each agency that said something: its summary, and how far its tasks have come."""
        for entry in self.account.written.received if self.account.written else ():
            said = [part for part in (self._summary(entry), self._progress(entry)) if part]
            if said:
                yield self.voice.token(
                    "tasks", "agency", agency=self.voice.agency(entry.agency), said="; ".join(said) + "."
                )

    def _summary(self, entry: Received) -> str:
        if entry.summary is None:
            return ""
        return self.voice.wording.token(ended(self.voice.speaker.line(entry.summary), ""))

    def _progress(self, entry: Received) -> str:
        """`đã hoàn thành 01, đang thực hiện 02 trong 03 nhiệm vụ được giao`."""
        own = work.of_agency([one.work for one in self.account.tasks], entry.agency, self.account.registry)
        states = Counter(result.state for result in entry.tasks if result.state is not None)
        if not states or not own:
            return ""
        return self.say("progress", all=count(len(own)), **_counts(states))

    # -- the annex ---------------------------------------------------------------------------------------

    def table(self) -> Table:
        """A group row for each agency with what it has sent, a row for each of its tasks."""
        deadlines = any(one.work.deadline is not None for one in self.account.tasks)
        layout = _WITH_DEADLINES if deadlines else _WITHOUT
        columns = self.voice.columns("tasks-columns", layout, deadlines=deadlines)
        return Table(columns, tuple(self._rows(deadlines=deadlines)))

    def _rows(self, *, deadlines: bool) -> Iterator[Row]:
        number = 0
        for part, tasks in self.account.work:
            yield Row((plain(self._group(part)),), group=True)
            for one in tasks:
                number += 1
                deadline = (plain(self._deadline(one.work.deadline)) if one.work.deadline else (),) if deadlines else ()
                text = self.voice.speaker.line(one.work.text)
                yield Row((plain(str(number)), text, *deadline, plain(self._state(one)), self._result(one)))

    def _deadline(self, day: PartialDate) -> str:
        return self.say("deadline", day=day.day, month=day.month, year=day.year)

    def _group(self, part: Part) -> str:
        if not part.agencies:
            return part.heading
        name = listed(self.voice.agency(agency) for agency in part.agencies)
        dues = {due.agency: due for due in self.account.dues}
        owed = next((dues[agency] for agency in part.agencies if agency in dues), None)
        entry = self._entry(owed.agency) if owed else None
        sent = self.sent(owed.sent) if owed else ""
        note = (
            entry.note if entry and entry.note and entry.note not in sent else ""
        )  # "chưa gửi" need not be said twice
        return self.voice.words("annexes", "agency-row", name=name, sent=sent, note=note)

    def _entry(self, agency: str) -> Received | None:
        entries = self.account.written.received if self.account.written else ()
        return next((entry for entry in entries if entry.agency == agency), None)

    def sent(self, day: date | None) -> str:
        """`đã gửi báo cáo ngày 12/6/2024`, or that it has not come."""
        return self.say("sent", day=short_date(day)) if day else self.say("not-sent")

    def _state(self, one: Told) -> str:
        return sentence_case(one.state.term) if one.state else "" if one.results else self.say("blank-state")

    def _result(self, one: Told) -> Runs:
        """What was said; by whom where several have."""
        runs: list[Run] = []
        several = len(one.results) > 1
        for agency, result in one.results:
            said = self.voice.speaker.line(result.result)
            if not said and not several:
                continue
            state = f"{result.state.term}. " if result.state and several else ""
            lead = f"{self.voice.short(agency)}: {state}" if several else ""
            runs += [Run(("\n" if runs else "") + lead), *said] if lead else said
        return tuple(runs)

    # -- what is owed --------------------------------------------------------------------------------------

    def owed(self, due: ReportDue) -> str:
        """What an agency has to report: its targets, else its tasks, else how it carries out the plan."""
        claims = [claim.number for claim in self.account.plan.claims if claim.agency == due.agency and claim.number]
        numbers = list(dict.fromkeys(claims))
        if numbers:
            objectives = {objective.id for objective in self.account.plan.objectives}
            named = [self.say("owed-objective" if one in objectives else "owed-target", number=one) for one in numbers]
            return self.say("owed-targets", numbers=listed(named))
        own = work.of_agency([one.work for one in self.account.tasks], due.agency, self.account.registry)
        return self.say("owed-tasks", number=count(len(own))) if own else self.say("owed-report")


def _states(told: Sequence[Told]) -> dict[str, str]:
    return _counts(Counter(one.state for one in told if one.state is not None))


def _counts(states: Counter[TaskState]) -> dict[str, str]:
    names = {"done": TaskState.DONE, "ongoing": TaskState.ONGOING, "waiting": TaskState.NOT_STARTED}
    return {name: count(states[state]) if states[state] else "" for name, state in names.items()}
