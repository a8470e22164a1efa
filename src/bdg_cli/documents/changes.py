"""The differences between two revisions as a document: one table for each plan, before beside after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bdg_cli.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Properties,
    Row,
    Runs,
    Style,
    Table,
    Title,
)
from bdg_cli.documents.texts import plain
from bdg_cli.vietnamese import roman

_COLUMNS = (Column("Nội dung", 42), Column("Bản trước", 58), Column("Bản sau", 58))
_NOTHING = "Không có gì thay đổi."
_LOST = "Văn bản đã ban hành bị giảm nhẹ, chưa nêu văn bản cho phép:"


@dataclass(frozen=True, slots=True)
class Part:
    """What changed in one plan: rows of (subject, what, before, after), and what an issued plan lost."""

    name: str
    note: str
    rows: tuple[tuple[str, str, str, str], ...]
    lost: tuple[str, ...]


def build(parts: Iterable[Part], versions: str) -> Document:
    """The whole document; `versions` says between which revisions."""
    blocks: list[Block] = [Title("BẢNG SO SÁNH", plain(f"Thay đổi của các kế hoạch giữa hai phiên bản: {versions}"))]
    for index, part in enumerate(parts, 1):
        blocks += _part(index, part)
    if len(blocks) == 1:
        blocks.append(Paragraph(plain(_NOTHING)))
    properties = Properties("Bảng so sánh các kế hoạch", "", versions, "bình đẳng giới, so sánh")
    return Document("thay-doi", properties, tuple(blocks))


def _part(index: int, part: Part) -> Iterator[Block]:
    yield Heading(1, f"{roman(index)}.", plain(part.name))
    if part.note:
        yield Paragraph(plain(f"{part.note[0].upper()}{part.note[1:]}."))
    if part.lost:
        yield Paragraph(plain(_LOST))
        for line in part.lost:
            yield Paragraph(plain(line), Style.ITEM, "-")
    if part.rows:
        yield Table(_COLUMNS, tuple(_rows(part)))


def _rows(part: Part) -> Iterator[Row]:
    for subject, rows in groupby(part.rows, key=lambda row: row[0]):
        yield Row((plain(subject),), group=True)
        for _, what, before, after in rows:
            yield Row((plain(what), _cell(before), _cell(after)))


def _cell(text: str) -> Runs:
    return plain(text or "–")
