"""What one report tells of, and the voice in which it does: sentences of templates/report, names as of the period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bdg_cli.data.locking import Restatement
from bdg_cli.data.results import Figure
from bdg_cli.dates import Period, PeriodKind
from bdg_cli.documents.model import Align, Column, Runs
from bdg_cli.documents.texts import Speaker
from bdg_cli.documents.wording import Wording
from bdg_cli.models.plan import PlanKind
from bdg_cli.models.report import Report
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, ReportDue, TargetProgress
from bdg_cli.registry import Registry
from bdg_cli.rollup import RollUp
from bdg_cli.vietnamese import period_words
from bdg_cli.work import Part, Told


@dataclass(frozen=True)
class Account:
    """Everything that goes into one report. `written` is what people have added in reports/<period>.yaml, if anything.

    `starts` are the figures of the year before a plan's whole period, by measure, for the report on that period.
    """

    plan: Plan
    registry: Registry
    period: Period
    targets: tuple[TargetProgress, ...]
    written: Report | None
    dues: tuple[ReportDue, ...]
    work: tuple[tuple[Part, tuple[Told, ...]], ...]
    restated: tuple[Restatement, ...] = ()
    union: RollUp | None = None
    starts: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def judged(self) -> Period:
        """The period whose figures are judged: the last year of a span of years, else the period itself."""
        return judged(self.period)

    @property
    def issuer(self) -> str:
        """Who reports: the issuer of the plan, as it is named when the period ends."""
        return self.registry.name(self.plan.file.issuer, self.period.end)

    @property
    def symbol(self) -> str:
        """`BC-` with the part of the plan's symbol that names the issuer: `KH-UBND`, but `SNV-TE&BĐG` of a letter."""
        if self.written and self.written.symbol:
            return self.written.symbol
        first, _, rest = (self.plan.file.symbol or "").partition("-")
        return f"BC-{first if self.plan.file.kind is PlanKind.LETTER else rest}"

    @property
    def number(self) -> str | None:
        """The report's number; None in a draft."""
        return self.written.number if self.written else None

    @cached_property
    def tasks(self) -> tuple[Told, ...]:
        """Every task, in order."""
        return tuple(one for _, tasks in self.work for one in tasks)

    @property
    def measures(self) -> tuple[MeasureProgress, ...]:
        """Every measure, in order."""
        return tuple(entry for target in self.targets for entry in target.measures)

    @property
    def unsent(self) -> tuple[ReportDue, ...]:
        """Who owes a report and has not sent one."""
        return tuple(due for due in self.dues if due.sent is None)


def judged(period: Period) -> Period:
    """What a report on a span of years is held against: its last year. Any other period is its own."""
    return Period.parse(str(period.last_year)) if period.kind is PeriodKind.SPAN else period


class Voice:
    """Says things in one report. Values that come from the plan's texts go in as tokens, and keep their origin."""

    def __init__(self, account: Account, repository: str) -> None:
        self.account = account
        self.wording = Wording(repository, account.plan.file.at("kind"))
        self.speaker = Speaker(account.plan, account.registry, account.period.end)

    def say(self, file: str, what: str, **values: object) -> Runs:
        """One short sentence of templates/report/<file>.md.j2."""
        return self.wording.line(f"report/{file}.md.j2", say=what, **values)

    def words(self, file: str, what: str, **values: object) -> str:
        """The same as text."""
        return self.wording.words(f"report/{file}.md.j2", say=what, **values)

    def token(self, file: str, what: str, **values: object) -> str:
        """The same as a stand-in, for use inside another sentence."""
        return self.wording.token(self.say(file, what, **values))

    def period(self, period: Period) -> str:
        """`6 tháng đầu năm 2024`, `năm 2024`, `quý III năm 2024`."""
        return period_words(period)

    def following(self, period: Period) -> str:
        """What the outlook is about: the second half after the first, else the next period or year."""
        return self.words("words", "following", **_parts(period))

    def earlier(self, period: Period) -> str:
        """An earlier period in a comparison: `cùng kỳ năm 2023` where it is this one a year before."""
        now = self.account.judged
        if period == now.year_before and now.kind is not PeriodKind.YEAR:
            return self.words("words", "same-period", year=period.year)
        return self.period(period)

    def agency(self, identity: str) -> str:
        """The full name of an agency or group when the period ends."""
        return self.account.registry.name(identity, self.account.period.end)

    def short(self, identity: str) -> str:
        """The abbreviation of an agency or group when the period ends, its name where it has none."""
        return self.account.registry.short_name(identity, self.account.period.end)

    def columns(self, what: str, layout: tuple[tuple[float, Align], ...], **values: object) -> tuple[Column, ...]:
        """The columns of a table: headings from the wording, parted by `|`, over widths in millimetres."""
        titles = [title.strip() for title in self.words("annexes", what, **values).split("|")]
        return tuple(Column(title, width, align) for title, (width, align) in zip(titles, layout, strict=True))


def _parts(period: Period) -> dict[str, object]:
    return {
        "kind": period.kind.name.lower(),
        "number": period.number,
        "year": period.year,
        "last_year": period.last_year,
    }
