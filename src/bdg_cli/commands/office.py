"""What commands that make documents share: the checked repository, who may be rendered, and saving what was made."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bdg_cli import edit, provenance, validation
from bdg_cli.cache import Cache
from bdg_cli.commands import terminal
from bdg_cli.commands.selection import plans
from bdg_cli.documents import docx_writer, text_writer, wording
from bdg_cli.documents.model import Document
from bdg_cli.documents.seal import is_ours
from bdg_cli.findings import ERROR, Finding
from bdg_cli.layout import CONFIG, Layout, WrongUse, find_root
from bdg_cli.models.plan import Insert
from bdg_cli.plan import Plan
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

    def __init__(self, choices: Choices) -> None:
        if choices.form not in FORMATS:
            raise WrongUse(f"không có dạng “{choices.form}”; hãy chọn một trong: {', '.join(FORMATS)}")
        self.choices = choices
        self.root = find_root(choices.repo)
        day = terminal.today(choices.today)
        self.outcome: Outcome = validation.validate(self.root, day, use_cache=choices.cache)
        self.workshop = Workshop(self.outcome.layout, day)
        self.failed = False

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
        errors = [
            one
            for one in self.outcome.findings
            if one.severity == ERROR and not one.accepted and _concerns(one, identity, further)
        ]
        loaded = self.workshop.plan(identity).plan
        if errors:
            self.failed = True
            unread = loaded is None or any(one.code.startswith("TP") for one in errors)
            verdict = "không lập được văn bản" if unread else "văn bản mang chữ DỰ THẢO"
            self.say(f"{identity}: {verdict} vì còn {len(errors)} lỗi chưa xử lý:")
            for one in errors:
                self.say(f"  {terminal.prefix(self.root)}{one.place!r} {one.code} {one.message}")
            if unread:
                return None, True
        if loaded is not None:
            self._name_unplaced(loaded)
        return loaded, bool(errors) or (loaded is not None and not loaded.issued)

    def _name_unplaced(self, plan: Plan) -> None:
        """Say what is written in a plan's files and stands nowhere in its text, or twice."""
        placed = [section.insert for section in plan.file.walk_sections() if section.insert is not None]
        parts = {Insert.TARGETS: plan.objectives, Insert.ASSIGNMENTS: plan.assignments.duties}
        for insert, entries in parts.items():
            if entries and placed.count(insert) != 1:
                self.failed = True
                how = "không được đặt vào phần nào" if insert not in placed else "được đặt vào nhiều phần"
                self.say(f"{plan.id}: {insert.term} {how} của văn bản; ghi một dòng “insert: {insert}” ở sections")

    def properties(self, identity: str, *further: str) -> dict[str, str]:
        """The provenance of a document made from a plan, the registry and further files."""
        layout = self.layout
        paths = [*layout.plans[identity], *layout.registry, CONFIG, *layout.templates, *further]
        digest = Cache(self.root, use=False).digest(self.layout, paths)
        return provenance.properties(self.layout, identity, paths, digest)

    def deliver(self, document: Document) -> None:
        """Print the document as text, or save it as <name>.docx; over an existing file only if it is bdg's own."""
        if self.choices.form == "text":
            terminal.emit(text_writer.write(document))
            return
        path = Path(self.choices.out) / f"{document.name}.docx"
        style = wording.find("style.docx", self.root)
        try:
            content = docx_writer.write(document, style)
        except ValueError as fault:
            raise WrongUse(f"mẫu {style} không dùng được: {fault}") from fault
        if path.exists() and path.read_bytes() == content:
            self.say(f"Đã có {path}, không đổi")
            return
        if path.exists() and not self.choices.force and not is_ours(path):
            self.failed = True
            self.say(f"Không ghi đè {path}: tệp ấy đã được sửa hoặc không do bdg làm; thêm --force nếu vẫn muốn")
            return
        edit.write_file(str(path), content)
        self.say(f"Đã ghi {path}")

    def say(self, line: str) -> None:
        """A line for the person at the terminal; beside printed text it goes to the other stream."""
        print(line, file=sys.stderr if self.choices.form == "text" else sys.stdout)

    def exit_code(self) -> int:
        """1 where something could not be made as it should be, else 0."""
        return 1 if self.failed else 0


def _concerns(finding: Finding, plan: str, further: tuple[str, ...]) -> bool:
    """A plan is held up by its own errors, and by those of the files that its document is made from."""
    path = finding.place.path
    return finding.plan == plan or path.startswith("registry/") or path == CONFIG or path in further
