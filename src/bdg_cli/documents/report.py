"""BÁO CÁO: the periodic report on one plan, with the annex of results by target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bdg_cli.data.observations import FigureStatus
from bdg_cli.data.results import Figure
from bdg_cli.data.verdicts import Verdict
from bdg_cli.dates import PartialDate, Period, PeriodKind
from bdg_cli.documents.frame import addressed, closing, draft_mark, end_mark, number_line, place_line, shown_number
from bdg_cli.documents.model import (
    Align,
    Annex,
    Block,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Properties,
    Row,
    Run,
    Runs,
    Table,
    Title,
)
from bdg_cli.documents.texts import Speaker, plain
from bdg_cli.documents.wording import Markdown, Wording
from bdg_cli.markup import Text
from bdg_cli.models.plan import PlanKind
from bdg_cli.models.report import Narrative, Received, Report
from bdg_cli.plan import Plan
from bdg_cli.progress import (
    MeasureProgress,
    ReportDue,
    TargetProgress,
    is_illustrative,
    quantity,
    shown,
    target_text,
    verdict_text,
    wanted,
)
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import (
    NO_BREAK,
    count,
    listed,
    long_date,
    lower_first,
    number,
    rounded,
    sentence_case,
    short_date,
)

_COLUMNS = (
    Column("TT", 12, Align.CENTRE),
    Column("Mục tiêu, chỉ tiêu", 76),
    Column("Đơn vị tính", 24, Align.CENTRE),
    Column("Mục tiêu {year}", 24, Align.CENTRE),
    Column("Kỳ trước", 25, Align.RIGHT),
    Column("Kỳ này", 21, Align.RIGHT),
    Column("Đánh giá", 24, Align.CENTRE),
    Column("Cơ quan", 26),
    Column("Ghi chú", 25),
)
_TASK_COLUMNS = (
    Column("TT", 12, Align.CENTRE),
    Column("Nhiệm vụ", 120),
    Column("Kết quả", 85),
    Column("Ghi chú", 40),
)
_NARRATIVE = {name: Narrative.term(name) for name in Narrative.model_fields}
_ESTIMATE = "*"


def build(
    plan: Plan, registry: Registry, targets: tuple[TargetProgress, ...], period: Period, report: Report | None,
    dues: tuple[ReportDue, ...], repository: str, custom: dict[str, str], *, draft: bool,
) -> Document:  # fmt: skip
    """The report for one period. `report` is what people have added in reports/<period>.yaml, if anything."""
    wording = Wording(repository, plan.file.at("kind"))
    builder = _Builder(plan, registry, targets, period, report, dues, wording)
    whole = period.kind is PeriodKind.YEAR or (plan.period is not None and period.contains(plan.period))
    subject = builder.say("subject", whole_year=whole, period=period_words(period))
    to = addressed(report.addressees, registry, wording) if report else []
    body = end_mark([*to, *builder.body()])
    head: tuple[Block, ...] = (builder.letterhead(draft=draft), Title("BÁO CÁO", subject))
    recipients = (report.recipients if report else ()) or plan.file.recipients
    signature = (report.signature if report else ()) or plan.file.signature
    first = wording.words("frame/words.md.j2", say="as-above") if report and report.addressees else ""
    end = closing(recipients, signature, registry, wording, first)
    title = "".join(run.text for run in subject)
    properties = Properties(
        title=f"Báo cáo {lower_first(title)}",
        author=builder.issuer,
        subject=title,
        keywords=f"bình đẳng giới, {plan.id}, {period}",
        custom=custom,
    )
    annex = tuple(builder.annex())
    return Document(f"{plan.id}-bao-cao-{period}", properties, (*head, *body, end, *annex))


@dataclass
class _Builder:
    plan: Plan
    registry: Registry
    targets: tuple[TargetProgress, ...]
    period: Period
    report: Report | None
    dues: tuple[ReportDue, ...]
    wording: Wording

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.plan, self.registry, self.period.end)

    @property
    def issuer(self) -> str:
        """Who reports: the issuer of the plan, as it is named when the period ends."""
        return self.registry.name(self.plan.file.issuer, self.period.end)

    @property
    def dated(self) -> PartialDate:
        """The report's date; until it is written, the month in which the period ends (a draft's day is blank)."""
        written = self.report.date if self.report else None
        return written or PartialDate(self.period.end.year, self.period.end.month)

    @property
    def symbol(self) -> str:
        """`BC-` with the part of the plan's symbol that names the issuer."""
        if self.report and self.report.symbol:
            return self.report.symbol
        return f"BC-{(self.plan.file.symbol or '').split('-', 1)[-1]}"

    @property
    def number(self) -> str | None:
        """The report's number; None in a draft."""
        return self.report.number if self.report else None

    def say(self, what: str, **values: object) -> Runs:
        """One of the report's short sentences."""
        return self.wording.line("report/words.md.j2", say=what, **values)

    def words(self, what: str, **values: object) -> str:
        """The same as text, for use inside another sentence."""
        return "".join(run.text for run in self.say(what, **values))

    def letterhead(self, *, draft: bool) -> Letterhead:
        """Head of the report: the plan's agency, the report's own number and date."""
        parent = self.plan.file.parent_body
        return Letterhead(
            parent=plain(self.registry.short_name(parent)) if parent else (),
            issuer=plain(self.issuer),
            number=plain(number_line(self.number, self.symbol, self.wording)),
            place_date=plain(place_line(self.plan.file.place, self.dated, self.wording)),
            draft=draft_mark(self.wording) if draft else "",
        )

    def body(self) -> Iterator[Block]:
        """The text, from the template."""
        plan = f"{self.plan.file.kind.term} {_cited(self.plan, self.issuer)} {self.wording.token(self._plan_title())}"
        yield from self.wording.blocks(
            "report/body.md.j2",
            opening=self.words_with_tokens("opening", plan=plan),
            narrative={name: self.told(name) for name in _NARRATIVE},
            summary=self.summary() if self.targets else self.summary_of_tasks(),
            annex="Phụ lục kèm theo",
            illustrative=self.illustrative(),
            objectives=list(self.objectives()),
            received=[self.received(entry) for entry in (self.report.received if self.report else ()) if entry.summary],
            next_period=_following(self.period),
        )

    def words_with_tokens(self, what: str, plan: str) -> str:
        """The opening sentence; the plan's title keeps its origin."""
        runs = self.say(what, plan=plan, issuer=self.issuer, period=period_words(self.period))
        return self.wording.token(runs)

    def _plan_title(self) -> Runs:
        runs = self.speaker.line(self.plan.file.title)
        first, *rest = runs or (Run(""),)
        return (Run(lower_first(first.text), first.bold, first.italic, first.origin), *rest)

    def told(self, name: str) -> str:
        """What people wrote for a part; a clear mark where nothing was written."""
        text: Text | None = getattr(self.report.narrative, name) if self.report and self.report.narrative else None
        if text is None:
            return Markdown(f"*{self.words('blank', part=_NARRATIVE[name].lower())}*")
        blocks = self.speaker.blocks(text)
        return Markdown("\n\n".join(("- " if item else "") + self.wording.token(runs) for runs, item in blocks))

    def received(self, entry: Received) -> str:
        """One agency's own results."""
        name = self.registry.name(entry.agency, self.period.end)
        return f"{name}: {self.wording.token(self.speaker.line(entry.summary))}"

    def summary(self) -> str:
        """How many targets stand how."""
        verdicts = Counter(target.verdict for target in self.targets)
        counts = listed(f"{count(verdicts[verdict])} {verdict.term}" for verdict in Verdict if verdicts[verdict])
        return self.words("summary", targets=count(len(self.targets)), counts=counts)

    def illustrative(self) -> str:
        """What the text must say where figures or words are made up to show how bdg works."""
        figures = self.words("illustrative-text") if is_illustrative(self.targets) else ""
        told = self.words("illustrative-words") if self.report and self.report.illustrative else ""
        return " ".join(part for part in (figures, told) if part)

    def summary_of_tasks(self) -> str:
        """For a plan without targets: how many tasks, and how many of those who owe a report have sent one."""
        tasks = sum(len(rows) for _, _, rows in task_groups(self.plan, self.registry))
        owed = count(len(self.dues)) if self.dues else ""
        sent = count(sum(due.sent is not None for due in self.dues))
        kind = self.plan.file.kind.term
        return self.words("summary-of-tasks", kind=kind, tasks=count(tasks), owed=owed, sent=sent)

    def objectives(self) -> Iterator[dict[str, object]]:
        """Each objective with one line for each of its targets."""
        for objective in self.plan.objectives:
            title = self.speaker.line(objective.title)
            targets = [target for target in self.targets if target.objective is objective]
            yield {
                "title": f"{objective.label or f'Mục tiêu {objective.id}'}: {self.wording.token(title)}",
                "lines": [self.target_line(target, index) for index, target in enumerate(targets, 1)],
            }

    def target_line(self, target: TargetProgress, position: int) -> str:
        """What is said of one target: each measure with figure, target, comparison and verdict."""
        sentences = "; ".join(self.measure_sentence(entry) for entry in target.measures)
        label = target.target.label or f"Chỉ tiêu {position}"
        return self.words("target", label=label, sentences=sentences)

    def measure_sentence(self, entry: MeasureProgress) -> str:
        """`tỷ lệ … là 59,95% (ước), tăng 1,2 điểm phần trăm so với năm 2023; mục tiêu …; đánh giá: …`."""
        measure, figure = entry.measure, entry.judged.figure
        common = {
            "name": lower_first(self.speaker.measure_name(entry)),
            "due": entry.due,
            "wanted": "" if measure.qualitative or measure.value is None else target_text(measure, entry.unit),
            "verdict": verdict_text(entry),
        }
        if figure is None or figure.value is None:
            latest, earlier = self.latest(entry)
            return self.words("measure-without-figure", latest=latest, earlier=earlier, **common)
        said = quantity(shown(figure.value, measure), entry.unit)
        return self.words("measure", figure=said, estimate=figure.estimate, compared=self.compared(entry), **common)

    def latest(self, entry: MeasureProgress) -> tuple[str, str]:
        """The newest figure and the period it is of; empty where there is none."""
        latest = entry.latest
        if latest is None or latest.value is None:
            return "", ""
        said = quantity(shown(latest.value, entry.measure), entry.unit)
        return said + (" (ước)" if latest.estimate else ""), period_words(latest.period)

    def compared(self, entry: MeasureProgress) -> str:
        """`, tăng 1,2 điểm phần trăm so với năm 2023`; nothing where one of the two is missing."""
        now = entry.judged.figure
        earlier = entry.year_before if entry.year_before and entry.year_before.value is not None else entry.before
        if now is None or now.value is None or earlier is None or earlier.value is None:
            return ""
        exact = now.value - earlier.value
        change = rounded(exact, 1) or rounded(exact, 2)
        unit = " điểm phần trăm" if entry.unit == "%" else ""
        return self.words(
            "compared", difference=f"{number(abs(change).normalize())}{unit}" if change else "",
            way="tăng" if change > 0 else "giảm", earlier=period_words(earlier.period),
        )  # fmt: skip

    # -- the annex ---------------------------------------------------------------------------------------

    def annex(self) -> Iterator[Block]:
        """Phụ lục: results by objective, on landscape pages of their own."""
        attached = self.say(
            "attached", number=f"{shown_number(self.number)}/{self.symbol}",
            date=long_date(self.dated.year, self.dated.month, self.dated.day), issuer=self.issuer,
        )  # fmt: skip
        title = self.words("annex-title" if self.targets else "tasks-title", period=period_words(self.period))
        yield Annex("Phụ lục", title, attached, landscape=True)
        if not self.targets:
            yield Table(_TASK_COLUMNS, tuple(self.task_rows()))
            yield from end_mark([Paragraph(())])
            return
        year = self.plan.last_year or self.period.end.year
        columns = tuple(Column(one.title.format(year=year), one.width, one.align) for one in _COLUMNS)
        rows = tuple(self.rows())
        yield Table(columns, rows)
        notes = self.notes()
        yield from end_mark([Paragraph(plain(" ".join(notes)))])

    def task_rows(self) -> Iterator[Row]:
        """A group row for each agency with what it has sent, a row for each of its tasks."""
        sent = {due.agency: due.sent for due in self.dues}
        number_ = 0
        for agencies, name, texts in task_groups(self.plan, self.registry):
            owed = [agency for agency in agencies if agency in sent]
            yield Row((plain(name + "".join(f" ({self.sent(sent[agency])})" for agency in owed[:1])),), group=True)
            for text in texts:
                number_ += 1
                cells = (plain(str(number_)), self.speaker.line(text), (Run(""),), (Run(""),))
                yield Row(cells)

    def sent(self, day: date | None) -> str:
        """`đã gửi báo cáo ngày 12/6/2024`, or that it has not come."""
        return self.words("sent", day=short_date(day)) if day else self.words("not-sent")

    def notes(self) -> list[str]:
        """What must be said under the table: invented figures, estimates."""
        entries = [entry for target in self.targets for entry in target.measures]
        figures = [figure for entry in entries for figure in (entry.judged.figure, entry.before) if figure is not None]
        notes = [self.words("illustrative")] if is_illustrative(self.targets) else []
        if any(figure.estimate and figure.value is not None for figure in figures):
            notes.append(self.words("estimates"))
        return notes

    def rows(self) -> Iterator[Row]:
        """A group row for each objective, a row for each measure; a target of several has a row of its own."""
        for objective in self.plan.objectives:
            title = (*plain(f"Mục tiêu {objective.id}: "), *self.speaker.line(objective.title))
            yield Row((title,), group=True)
            for target in self.targets:
                if target.objective is objective:
                    yield from self.target_rows(target)

    def target_rows(self, target: TargetProgress) -> Iterator[Row]:
        """The rows of one target."""
        if len(target.measures) == 1:
            yield self.measure_row(target.measures[0], target.target.id)
            return
        origin = target.target.at("id")
        together = [Run(target.target.id, origin=origin), Run("Chung cả chỉ tiêu"), *[Run("")] * 4]
        yield Row(tuple((run,) for run in (*together, Run(sentence_case(target.verdict.term)), Run(""), Run(""))))
        for entry in target.measures:
            yield self.measure_row(entry, entry.measure.id)

    def measure_row(self, entry: MeasureProgress, label: str) -> Row:
        """The nine cells of one measure."""
        measure = entry.measure
        agencies = listed(dict.fromkeys(self.registry.short_name(agency) for agency in entry.owners), last="và")
        cells = (
            Run(label, origin=measure.at("id")),
            Run(self.speaker.measure_name(entry)),
            Run(entry.unit),
            Run(wanted(entry.measure), origin=measure.at("value")),
            Run(_cell(entry.before, entry) + _before_period(entry, self.period)),
            Run(_cell(entry.judged.figure, entry)),
            Run(sentence_case(verdict_text(entry))),
            Run(agencies or "Chưa phân công"),
            Run(_remark(entry)),
        )
        return Row(tuple(plain(run.text) if run.origin is None else (run,) for run in cells))


def task_groups(plan: Plan, registry: Registry) -> list[tuple[tuple[str, ...], str, list[Text]]]:
    """Who (ids and name) and the texts of the tasks: by duty, else by section, whose items all addressees share."""
    if plan.assignments.duties:
        return [
            (duty.named, listed(registry.name(agency) for agency in duty.named), [task.text for task in duty.tasks])
            for duty in plan.assignments.duties
        ]
    sections = [
        section for section in plan.file.walk_sections() if section.items or (section.text and not section.title)
    ]
    return [
        ((), " ".join(section.title.raw.split()) if section.title else "", list(section.items) or list(section.texts()))
        for section in sections
    ]


def period_words(period: Period) -> str:
    """`6 tháng đầu năm 2024`, `năm 2024`, `quý III năm 2024`."""
    match period.kind:
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.QUARTER:
            return f"quý {['I', 'II', 'III', 'IV'][period.number - 1]} năm {period.year}"
        case PeriodKind.MONTH:
            return f"tháng {period.number} năm {period.year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng năm {period.year}"
        case PeriodKind.SCHOOL_YEAR:
            return f"năm học {period.year}-{period.year + 1}"
        case PeriodKind.SPAN:
            return f"giai đoạn {period.year}-{period.last_year}"
        case PeriodKind.YEAR:
            return f"năm {period.year}"


def _following(period: Period) -> str:
    """What the outlook is about: the second half after the first, else the year after."""
    if period.kind is PeriodKind.HALF and period.number == 1:
        return f"6 tháng cuối năm {period.year}"
    if period.kind is PeriodKind.NINE_MONTHS:
        return f"3 tháng cuối năm {period.year}"
    return f"năm {period.end.year + 1}"


def _cited(plan: Plan, issuer: str) -> str:
    """`số 34/KH-UBND ngày 15 tháng 01 năm 2024 của …`; what the plan leaves blank stays blank to be filled."""
    file = plan.file
    line = f"{shown_number(file.number)}/{file.symbol or ''}"
    written = file.date
    day = long_date(*((written.year, written.month, written.day) if written else (None, None, None)))
    about = " về việc" if file.kind is PlanKind.LETTER else ""
    return f"số {line} {day} của {issuer}{about}"


def _cell(figure: Figure | None, entry: MeasureProgress) -> str:
    if figure is None:
        return "–"
    if figure.value is None:
        return figure.status.term if figure.status is not FigureStatus.ORDINARY else "–"
    return shown(figure.value, entry.measure) + (_ESTIMATE if figure.estimate else "")


def _before_period(entry: MeasureProgress, period: Period) -> str:
    """Which period a previous figure is of, where it is not the one just before."""
    before = entry.before
    if before is None or before.value is None or before.period == period.previous:
        return ""
    return f" ({period_words(before.period).replace('năm ', f'năm{NO_BREAK}')})"


def _remark(entry: MeasureProgress) -> str:
    figure = entry.judged.figure
    return figure.row.note if figure else ""
