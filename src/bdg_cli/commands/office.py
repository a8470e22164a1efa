"""What commands that make documents share: the checked repository, who may be rendered, and saving what was made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bdg_cli import edit, load, provenance, screen, validation
from bdg_cli.cache import Cache
from bdg_cli.commands import terminal
from bdg_cli.commands.selection import plans
from bdg_cli.documents import docx_package, docx_writer, template_check, text_writer, wording
from bdg_cli.documents.model import Document
from bdg_cli.documents.seal import is_our_pdf, is_ours
from bdg_cli.findings import ERROR, Finding
from bdg_cli.layout import CONFIG, Layout, WrongUse, find_root
from bdg_cli.models.plan import Insert
from bdg_cli.models.settings import SettingsFile
from bdg_cli.plan import Plan
from bdg_cli.provenance import Subject
from bdg_cli.validation import Outcome
from bdg_cli.workshop import Workshop

FORMATS = ("docx", "text")


@dataclass(frozen=True)
class Choices:
    """The options of a command that makes documents."""

    repo: str | None
    today: str | None
    out: str
    form: str
    force: bool
    cache: bool


class Office:
    """One repository, checked, with its registry and figures at hand."""

    def __init__(self, choices: Choices, outcome: Outcome | None = None) -> None:
        """Check the repository, unless the `outcome` of that is at hand."""
        if choices.form not in FORMATS:
            raise WrongUse(f"không có dạng “{choices.form}”; hãy chọn một trong: {', '.join(FORMATS)}")
        self.choices = choices
        self.root = find_root(choices.repo)
        day = terminal.today(choices.today)
        self.outcome = outcome or validation.validate(self.root, day, use_cache=choices.cache)
        self.workshop = Workshop(self.outcome.layout, day)
        self.failed = False
        self.listener: Callable[[str], None] | None = None
        self._templates_seen = False

    @property
    def layout(self) -> Layout:
        """The files of the repository."""
        return self.outcome.layout

    def chosen(self, names: tuple[str, ...], also: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The plans named, or all of the repository; `also` may be named too. Raises WrongUse for one not there."""
        return plans(self.layout, names, also)

    def plan(self, identity: str, *further: str) -> tuple[Plan | None, bool]:
        """A plan that can be rendered, and whether it must wear DỰ THẢO. `further` files go into the document too.

        Errors that are not accepted are listed; one of reading (TP) leaves no document, any other a draft.
        """
        loaded, draft, errors = self.state(identity, *further)
        self.see_templates()
        if errors:
            self.failed = True
            verdict = "không lập được văn bản" if loaded is None else "văn bản mang chữ DỰ THẢO"
            self.say(f"{identity}: {verdict} vì còn {len(errors)} lỗi chưa xử lý:")
            for one in errors:
                self.say(f"  {terminal.prefix(self.root)}{one.place!r} {one.code} {one.message}")
        if loaded is not None:
            self._name_unplaced(loaded)
        return loaded, draft

    def state(self, identity: str, *further: str) -> tuple[Plan | None, bool, list[Finding]]:
        """The same, saying nothing: the plan, whether a draft, and the errors that stand in its way."""
        errors = [
            one
            for one in self.outcome.findings
            if one.severity == ERROR and not one.accepted and _concerns(one, identity, further)
        ]
        loaded = self.workshop.plan(identity).plan
        if loaded is None or any(one.code.startswith("TP") for one in errors):
            return None, True, errors
        return loaded, bool(errors) or not loaded.issued, errors

    def see_templates(self) -> None:
        """Look through the repository's own templates once, before anything is rendered. Raises WrongUse."""
        if self._templates_seen:
            return
        self._templates_seen = True
        for line in template_check.check(self.root, self.layout.templates):
            self.say(line)

    def _name_unplaced(self, plan: Plan) -> None:
        """Say what is written in a plan's files and stands nowhere in its text, or twice."""
        placed = [section.insert for section in plan.file.walk_sections() if section.insert is not None]
        parts = {Insert.TARGETS: plan.objectives, Insert.ASSIGNMENTS: plan.assignments.duties}
        for insert, entries in parts.items():
            if entries and placed.count(insert) != 1:
                self.failed = True
                how = "không được đặt vào phần nào" if insert not in placed else "được đặt vào nhiều phần"
                self.say(f"{plan.id}: {insert.term} {how} của văn bản; ghi một dòng “insert: {insert}” ở sections")

    def inputs(self, identity: str, *further: str) -> list[str]:
        """The files that a document of a plan is made from: the plan's, the registry, templates, and further ones."""
        layout = self.layout
        return [*layout.plans[identity], *layout.registry, CONFIG, *layout.templates, *further]

    def properties(self, subject: Subject, *further: str, draft: bool) -> dict[str, str]:
        """The provenance of a document made from a plan, the registry and further files, perhaps as a draft."""
        paths = self.inputs(subject.plan, *further)
        contents = Cache(self.root, use=False).digest(self.layout, paths)
        said = provenance.properties(self.layout, subject, paths, f"{contents}\n{wording.shipped_digest()}")
        return {**said, provenance.DRAFT: "yes"} if draft else said

    @cached_property
    def settings(self) -> SettingsFile:
        """What the office has chosen where the decree leaves a choice. Raises WrongUse where it cannot be read."""
        loaded, settings = load.settings(self.layout)
        if settings is None or loaded.faults:
            fault = loaded.faults[0][1]
            raise WrongUse(f"{terminal.prefix(self.root)}{fault.place!r}: {fault.message}")
        return settings

    @cached_property
    def style(self) -> Path:
        """The style file. Raises WrongUse for one that cannot be used."""
        style = wording.find("style.docx", self.root)
        try:
            docx_package.opened(style, self.settings)
        except ValueError as fault:
            raise WrongUse(f"mẫu {style} không dùng được: {fault}") from fault
        return style

    def rendered(self, document: Document) -> bytes:
        """The document as it is printed or saved."""
        if self.choices.form == "text":
            return text_writer.write(document).encode()
        return docx_writer.write(document, self.style, self.settings)

    def deliver(self, document: Document) -> Path | None:
        """Print the document as text, or save it as <name>.docx; the file that is there now, if there is one."""
        return self.save(f"{document.name}.docx", self.rendered(document))

    def save(self, name: str, content: bytes) -> Path | None:
        """Print or save what was rendered; over an existing file only if it is bdg's own."""
        if self.choices.form == "text":
            terminal.emit(content.decode())
            return None
        path = Path(self.choices.out) / name
        there = path.read_bytes() if path.exists() else None
        if there == content:
            self.say(f"Đã có {path}, không đổi")
            return path
        ours = there is not None and (is_our_pdf(there) if path.suffix == ".pdf" else is_ours(path))
        if there is not None and not self.choices.force and not ours:
            self.failed = True
            self.say(f"Không ghi đè {path}: tệp ấy đã được sửa hoặc không do bdg làm; thêm --force nếu vẫn muốn")
            return None
        edit.write_file(str(path), content)
        self.say(f"Đã ghi {path}")
        return path

    def say(self, line: str) -> None:
        """A line for the person at the terminal; beside printed text it goes to the other stream."""
        if self.listener is not None:
            self.listener(line)
        else:
            print(screen.line(line), file=sys.stderr if self.choices.form == "text" else sys.stdout)

    def exit_code(self) -> int:
        """1 where something could not be made as it should be, else 0."""
        return 1 if self.failed else 0


def _concerns(finding: Finding, plan: str, further: tuple[str, ...]) -> bool:
    """A plan is held up by its own errors, and by those of the files that its document is made from."""
    path = finding.place.path
    return finding.plan == plan or path.startswith("registry/") or path == CONFIG or path in further
