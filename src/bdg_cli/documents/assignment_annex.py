"""PHỤ LỤC: who does what until when, all tasks of a plan in one table on landscape pages (`render-plan --annex`)."""

from __future__ import annotations

from bdg_cli.documents.frame import attached_line, draft_mark, end_mark
from bdg_cli.documents.model import Annex, Block, Document, Paragraph, Properties, Run, Style
from bdg_cli.documents.task_table import WORDS, table
from bdg_cli.documents.texts import Speaker
from bdg_cli.documents.wording import Wording
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import lower_first


def build(plan: Plan, registry: Registry, repository: str, custom: dict[str, str], *, draft: bool) -> Document | None:
    """The annex; None where the plan has no tasks."""
    speaker = Speaker(plan, registry, plan.dated_on())
    wording = Wording(repository, plan.file.at("kind"))
    tasks = table(plan, registry, speaker, wording)
    if tasks is None:
        return None
    title = wording.words(WORDS, say="title")
    head = Annex(wording.words(WORDS, say="label"), title, attached_line(plan, registry, wording), landscape=True)
    mark: list[Block] = [Paragraph((Run(draft_mark(wording), bold=True),), Style.CENTRED)] if draft else []
    about = "".join(run.text for run in speaker.line(plan.file.title or plan.file.subject))
    properties = Properties(
        title=wording.words(WORDS, say="properties-title", kind=plan.file.kind.term.lower(), title=lower_first(about)),
        author=registry.name(plan.file.issuer, plan.dated_on()),
        subject=title,
        keywords=f"bình đẳng giới, {plan.id}",
        custom=custom,
    )
    blocks = [head, *mark, tasks, *end_mark([Paragraph(())])]
    return Document(f"{plan.id}-phu-luc-phan-cong", properties, tuple(blocks))
