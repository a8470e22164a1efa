"""A Word file beside what the repository would make today: what `check-docx` tells and `pull` takes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bdg_cli import provenance
from bdg_cli.commands import making, terminal
from bdg_cli.commands.office import Choices, Office
from bdg_cli.documents import docx_reader, docx_writer
from bdg_cli.documents.compare import Difference, Standing, compare
from bdg_cli.documents.docx_reader import WordFile
from bdg_cli.documents.model import Document
from bdg_cli.documents.seal import is_ours
from bdg_cli.layout import WrongUse, find_root
from bdg_cli.provenance import DRAFT, INPUTS, VERSION, Subject


class NotComparable(Exception):  # noqa: N818 - read as a word
    """The file cannot be held against this repository; the message is one sentence with the way out."""


@dataclass(frozen=True)
class Checked:
    """A file held against the repository.

    `prefix` leads from the current folder to the repository; `changed` are the inputs that git says have changed since.
    """

    file: str
    prefix: str
    subject: Subject
    wanted: WordFile
    found: WordFile
    standing: Standing
    changed: list[str]
    differences: tuple[Difference, ...]


def check(path: Path, file: str, choices: Choices) -> Checked:
    """The file beside what the repository would make today. Raises Unreadable, NotComparable, WrongUse."""
    found = docx_reader.read(path.read_bytes())
    subject = provenance.subject_of(found.properties)
    if subject is None:
        raise NotComparable("không phải văn bản bdg lập, hoặc đã mất dấu của bdg khi lưu bằng chương trình khác")
    office = Office(replace(choices, repo=find_root(choices.repo, (file,))))
    document = _made_today(office, subject)
    content, origins = docx_writer.compose(document, office.style, office.settings)
    wanted = docx_reader.read(content)
    standing = Standing(sealed=is_ours(path), current=_is_current(document, found))
    made_from, inputs = found.properties.get(provenance.COMMIT, ""), office.inputs(subject.plan)
    changed = [] if standing.current else provenance.changed_since(office.layout, made_from, inputs)
    compared = compare(wanted, origins, found, standing)
    return Checked(file, terminal.prefix(office.root), subject, wanted, found, standing, changed, compared)


def _made_today(office: Office, subject: Subject) -> Document:
    """The same document as the repository would make it now."""
    if subject.plan not in office.layout.plans:
        raise NotComparable(
            f"lập từ kế hoạch “{subject.plan}”, không có trong kho {office.root}; kho khác thì chỉ ra bằng --repo"
        )
    try:
        plan, draft, errors = office.state(subject.plan, *making.further(office, subject))
        if plan is None:
            first = f": {errors[0].place!r} {errors[0].message}" if errors else ""
            raise NotComparable(f"kho có lỗi nên hiện không lập được văn bản này{first} (bdg validate)")
        return making.made(office, subject, plan, draft=draft)
    except (making.NotMade, WrongUse) as fault:
        raise NotComparable(f"kho hiện không lập được văn bản này: {fault}") from fault


def _is_current(document: Document, found: WordFile) -> bool:
    """Whether the inputs, bdg and the standing as a draft are those that the file was made with."""
    made = document.properties.custom
    return all(made.get(name) == found.properties.get(name) for name in (INPUTS, VERSION, DRAFT))
