"""Document → plain text for `--format text`, review and snapshots.

Paragraphs stay on one line each; what stands in columns takes 100 characters.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from itertools import zip_longest
from typing import assert_never

from bdg_cli.documents.docx_writer import MOTTO, NATION, RECIPIENTS
from bdg_cli.documents.model import (
    Align,
    Annex,
    Block,
    Closing,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Row,
    Run,
    Runs,
    Signatory,
    Style,
    Table,
    Title,
)

WIDTH = 100
_LEFT = 44  # the left of two columns
_RIGHT = WIDTH - _LEFT
_NEW_PAGE = "─" * WIDTH
_SIGNATURE_LINES = 3
_NARROWEST = 4  # characters of a table column
_ADDRESSEE_INDENT = " " * len("Kính gửi")  # the hyphens stand under the colon
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_CENTRED = {Style.CENTRED, Style.ISSUING_AUTHORITY, Style.DECIDES}
# Paragraphs of these styles follow one another without an empty line.
_CLOSE_SET = {Style.BASIS, Style.ITEM, Style.POINT, Style.ADDRESSEE}


def write(document: Document) -> str:
    """The document in NFC, blocks parted by an empty line, with one line end at the end."""
    lines: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        if lines and not _close_to(before, block):
            lines.append("")
        if _new_page(before, block):
            lines += [_NEW_PAGE, ""]
        lines.extend(_block(block))
        before = block
    text = "\n".join(line.rstrip(" ") for line in lines).strip("\n")
    return unicodedata.normalize("NFC", text) + "\n"


def _new_page(before: Block | None, block: Block) -> bool:
    """An annex begins a page, and so does the letterhead of an attached document."""
    attached = isinstance(block, Letterhead) and before is not None and not isinstance(before, Annex)
    return attached or isinstance(block, Annex)


def _close_to(before: Block | None, block: Block) -> bool:
    if not isinstance(before, Paragraph) or not isinstance(block, Paragraph):
        return False
    if before.style is Style.ADDRESSEE_FIRST:
        return block.style is Style.ADDRESSEE
    return before.style is block.style and (block.style in _CLOSE_SET or bool(before.marker and block.marker))


def _block(block: Block) -> list[str]:
    match block:
        case Letterhead():
            return _letterhead(block)
        case Title():
            return _title(block)
        case Heading():
            return [_heading(block)]
        case Paragraph():
            return _paragraph(block)
        case Table():
            return _table(block)
        case Closing():
            return _closing(block)
        case Annex():
            return _annex(block)
        case _:
            assert_never(block)


def _text(runs: Iterable[Run]) -> str:
    text = unicodedata.normalize("NFC", "".join(run.text for run in runs))
    return _CONTROL.sub("", text.replace("\t", " "))


def _upper(runs: Runs) -> str:
    return _text(runs).upper()


def _centred(text: str) -> list[str]:
    """The text wrapped and centred; spaces inside, the blanks to be filled by hand, stay."""
    return [line.center(WIDTH) for line in _wrapped(text, WIDTH)]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for stretch in text.split("\n"):
        lines.extend(textwrap.wrap(stretch, width, break_on_hyphens=False, replace_whitespace=False) or [""])
    return lines


def _beside(left: list[str], right: list[str]) -> list[str]:
    return [f"{a:<{_LEFT}}{b}" for a, b in zip_longest(left, right, fillvalue="")]


def _letterhead(block: Letterhead) -> list[str]:
    narrow = _LEFT - 4
    agency = [block.draft] if block.draft else []
    agency += _wrapped(_upper(block.parent), narrow) if block.parent else []
    agency += _wrapped(_upper(block.issuer), narrow)
    agency.append("─" * max(1, len(agency[-1]) * 2 // 5))
    nation = [NATION, MOTTO, "─" * len(MOTTO)]
    lines = _beside(_in_column(agency, _LEFT), _in_column(nation, _RIGHT))
    number = [_text(block.number)] if block.number else []
    number += _wrapped(_text(block.subject), narrow) if block.subject else []
    place = [_text(block.place_date)] if block.place_date else []
    return lines + _beside(_in_column(number, _LEFT), _in_column(place, _RIGHT))


def _in_column(lines: list[str], width: int) -> list[str]:
    return [line.center(width) for line in lines]


def _title(block: Title) -> list[str]:
    lines = _centred(block.kind.upper())
    subject = _wrapped(_text(block.subject), WIDTH - 20) if block.subject else []
    lines += _in_column(subject, WIDTH)
    if block.attached_to:
        lines += _centred(_text(block.attached_to))
    rule = "─" * max(1, len((subject or [block.kind])[-1]) * 2 // 5)
    return [*lines, rule.center(WIDTH)]


def _heading(block: Heading) -> str:
    title = _upper(block.text) if block.level == 1 else _text(block.text)
    return " ".join(part for part in (block.number, title, _text(block.run_in)) if part)


def _paragraph(block: Paragraph) -> list[str]:
    text = _text(block.runs)
    text = f"{block.marker} {text}" if block.marker else text
    if block.style in _CENTRED:
        return _centred(text if block.style is Style.CENTRED else text.upper())
    indent = _ADDRESSEE_INDENT if block.style is Style.ADDRESSEE else ""
    return [indent + line for line in text.split("\n")]


def _table(block: Table) -> list[str]:
    widths = _column_widths(block.columns)
    line = "+".join("-" * (width + 2) for width in widths)
    line = f"+{line}+"
    titles = tuple(column.title for column in block.columns)
    lines = [line, *_cells(titles, widths, [Align.CENTRE] * len(widths)), line.replace("-", "=")]
    aligns = [column.align for column in block.columns]
    for row in block.rows:
        lines += [*_row(row, widths, aligns), line]
    return [*lines, _text(block.note)] if block.note else lines


def _column_widths(columns: tuple[Column, ...]) -> list[int]:
    """Characters for each column, in proportion to its millimetres."""
    room = WIDTH - 3 * len(columns) - 1
    total = sum(column.width for column in columns)
    return [max(_NARROWEST, int(column.width * room / total)) for column in columns]


def _row(row: Row, widths: list[int], aligns: list[Align]) -> list[str]:
    if row.group:
        across = sum(widths) + 3 * (len(widths) - 1)
        return _cells((_text(run for runs in row.cells for run in runs),), [across], [Align.LEFT])
    return _cells(tuple(_text(runs) for runs in row.cells), widths, aligns)


def _cells(texts: tuple[str, ...], widths: list[int], aligns: list[Align]) -> list[str]:
    wrapped = [_wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for pieces in zip_longest(*wrapped, fillvalue=""):
        cells = (_aligned(piece, width, align) for piece, width, align in zip(pieces, widths, aligns, strict=True))
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _aligned(text: str, width: int, align: Align) -> str:
    match align:
        case Align.LEFT:
            return text.ljust(width)
        case Align.CENTRE:
            return text.center(width)
        case Align.RIGHT:
            return text.rjust(width)
        case _:
            assert_never(align)


def _closing(block: Closing) -> list[str]:
    recipients = [RECIPIENTS] if block.recipients else []
    for runs in block.recipients:
        recipients += _wrapped(_text(runs), _LEFT - 2)
    signatures: list[str] = []
    for signatory in block.signatories:
        signatures += [""] if signatures else []
        signatures += _signature(signatory)
    return _beside(recipients, _in_column(signatures, _RIGHT))


def _signature(signatory: Signatory) -> list[str]:
    lines = [line for runs in signatory.authority for line in _wrapped(_upper(runs), _RIGHT)]
    lines += [""] * _SIGNATURE_LINES
    lines += [line for runs in signatory.also for line in _wrapped(_upper(runs), _RIGHT)]
    return [*lines, _text(signatory.name)]


def _annex(block: Annex) -> list[str]:
    lines = _centred(block.label) if block.label else []
    lines += _centred(block.title.upper()) if block.title else []
    return lines + (_centred(_text(block.attached_to)) if block.attached_to else [])
