"""What `check-docx` prints: the differences for people, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from bdg_cli.commands.comparing import Checked
from bdg_cli.documents import docx_styles as styles
from bdg_cli.documents.compare import Author, Change, Difference, edits
from bdg_cli.documents.docx_reader import PICTURE, Line, Spot
from bdg_cli.documents.docx_xml import said
from bdg_cli.documents.model import Style
from bdg_cli.findings import Place
from bdg_cli.outputs.text import Sheet
from bdg_cli.provenance import COMMIT, VERSION, Kind

FORMAT = "bdg-check-docx/1"

_KINDS = {
    Kind.PLAN: "văn bản",
    Kind.EXTRACT: "bản trích",
    Kind.ANNEX: "phụ lục phân công",
    Kind.SUBMISSION: "tờ trình",
    Kind.REPORT: "báo cáo",
    Kind.CHECK_SHEET: "phiếu kiểm tra",
    Kind.REMINDER: "công văn đôn đốc",
}
_CHANGES = {
    Change.CHANGED: "Sửa chữ",
    Change.ADDED: "Thêm",
    Change.DELETED: "Xóa",
    Change.MOVED: "Chuyển chỗ",
    Change.SPLIT: "Tách đoạn",
    Change.MERGED: "Gộp đoạn",
    Change.RENUMBERED: "Đánh số lại",
    Change.FORMATTED: "Đổi định dạng",
}
_BY_REPOSITORY = {  # seen from the repository: what only the file has, it has dropped
    Change.CHANGED: "Kho đã sửa chữ",
    Change.ADDED: "Kho đã bỏ",
    Change.DELETED: "Kho đã thêm",
    Change.MOVED: "Kho đã chuyển chỗ",
    Change.SPLIT: "Kho đã gộp đoạn",
    Change.MERGED: "Kho đã tách đoạn",
    Change.RENUMBERED: "Kho đã đánh số lại",
    Change.FORMATTED: "Kho đã đổi định dạng",
}
_BY_SOMEBODY = {
    **_CHANGES,
    Change.CHANGED: "Khác chữ",
    Change.ADDED: "Chỉ có trong tệp",
    Change.DELETED: "Chỉ có trong kho",
    Change.MOVED: "Khác chỗ",
    Change.FORMATTED: "Khác định dạng",
}
_WORDS = {
    Author.PERSON: _CHANGES,
    Author.REPOSITORY: _BY_REPOSITORY,
    Author.BOTH: _BY_SOMEBODY,
    Author.UNCLEAR: _BY_SOMEBODY,
}
_LOOKS = {
    "bold": "đậm",
    "italic": "nghiêng",
    "underlined": "gạch chân",
    "struck": "gạch ngang",
    "marked": "tô nền",
}
_SIDES = {"left": "căn trái", "right": "căn phải", "center": "căn giữa", "both": "căn đều hai bên"}
_AUTHORS = {
    Author.PERSON: "Người sửa tệp",
    Author.REPOSITORY: "Kho đã đổi từ khi lập tệp",
    Author.BOTH: "Cả kho và tệp đều đổi",
    Author.UNCLEAR: "Chưa rõ do kho hay do người sửa tệp",
}
# Parts of the form that people know by name; the rest is known by the heading above.
_PARTS = {
    styles.DRAFT: "chữ DỰ THẢO",
    styles.PARENT: "tên cơ quan chủ quản",
    styles.ISSUER: "tên cơ quan ban hành",
    styles.NATION_STYLE: "Quốc hiệu",
    styles.MOTTO_STYLE: "Tiêu ngữ",
    styles.NUMBER: "số, ký hiệu",
    styles.PLACE_DATE: "địa danh, ngày tháng",
    styles.LETTER_SUBJECT: "trích yếu (V/v)",
    styles.KIND: "tên loại văn bản",
    styles.SUBJECT: "trích yếu",
    styles.ATTACHED_TO: "dòng kèm theo",
    styles.RECIPIENTS_STYLE: "nơi nhận",
    styles.RECIPIENT: "nơi nhận",
    styles.AUTHORITY: "quyền hạn, chức vụ người ký",
    styles.SIGNER: "họ tên người ký",
    styles.ANNEX_LABEL: "phụ lục",
    styles.ANNEX_TITLE: "tên phụ lục",
    styles.TABLE_NOTE: "ghi chú dưới bảng",
    Style.BASIS.value: "căn cứ",
    Style.ADDRESSEE_FIRST.value: "Kính gửi",
    Style.ADDRESSEE.value: "Kính gửi",
    styles.ONE_ADDRESSEE: "Kính gửi",
}
_CELLS = {*styles.CELLS.values(), styles.HEADER_CELL, styles.GROUP_CELL}
_AROUND = 5  # words shown on either side of a change
_LONGEST = 400  # characters of one text shown
_MOST_NUMBERS = 5
_BRIEF = 60  # characters of a heading, or of a line by which another is found


def as_text(checked: Checked, sheet: Sheet) -> str:
    """Everything for a person at a terminal, a few lines for each difference."""
    rows = [*_heading(checked, sheet), ""]
    for author in Author:
        own = [entry for entry in checked.differences if entry.author is author]
        if own:
            rows += [sheet.paint(f"{_AUTHORS[author]}: {len(own)} chỗ", "1"), ""]
        for entry in own:
            if entry.change is not Change.RENUMBERED:
                rows += [*_difference(entry, checked, sheet), ""]
        renumbered = [entry for entry in own if entry.change is Change.RENUMBERED]
        if renumbered:
            rows += [*_renumbered(renumbered, sheet), ""]
    if checked.differences:
        rows.append(sheet.paint(f"{len(checked.differences)} chỗ khác với kho.", "1", "33"))
    else:
        rows.append(sheet.paint("Tệp nói đúng như kho lập hôm nay.", "1", "32"))
    return "\n".join(rows) + "\n"


def _heading(checked: Checked, sheet: Sheet) -> Iterator[str]:
    """What the file is, and what has become of it and of the repository since."""
    subject, properties = checked.subject, checked.found.properties
    which = " ".join(part for part in (_KINDS[subject.kind], subject.plan, subject.agency, subject.period) if part)
    made_from = f" từ bản {properties[COMMIT]}" if properties.get(COMMIT) else ""
    yield from _wrapped(f"{checked.file}: {which}, bdg {properties.get(VERSION, '')} lập{made_from}", sheet, "")
    yield from _wrapped("Chưa ai sửa tệp này." if checked.standing.sealed else "Tệp đã được lưu lại.", sheet, "  ")
    if checked.standing.current:
        yield from _wrapped("Kho chưa đổi từ khi lập tệp.", sheet, "  ")
    else:
        named = f": {', '.join(checked.prefix + path for path in checked.changed)}" if checked.changed else ""
        yield from _wrapped(f"Kho, hoặc chính bdg, đã đổi từ khi lập tệp{named}.", sheet, "  ")
    if checked.found.tracked:
        note = "Tệp còn thay đổi (Track Changes) chưa ai chấp nhận; dưới đây coi như đã chấp nhận."
        yield from _wrapped(note, sheet, "  ")
    if checked.found.comments:
        yield from _wrapped(f"Tệp có {checked.found.comments} ghi chú bên lề (comment).", sheet, "  ")


def _difference(entry: Difference, checked: Checked, sheet: Sheet) -> Iterator[str]:
    words = _WORDS[entry.author][entry.change]
    what = f"{words} cả dòng" if entry.row else words
    yield from _wrapped(f"{what} {_where(entry, checked)}", sheet, "")
    yield "  " + sheet.paint(_source(entry, checked), "2")
    old, new = " | ".join(entry.old) if entry.row else " ¶ ".join(entry.old), " ¶ ".join(entry.new)
    match entry.change:
        case Change.MOVED:
            yield from _labelled("kho", old, sheet, "31")
            yield from _labelled("tệp", f"nay đứng sau “{_short(new, _BRIEF)}”" if new else "nay đứng đầu", sheet, "32")
        case Change.ADDED:
            yield from _labelled("tệp", " | ".join(entry.new) if entry.row else new, sheet, "32")
        case Change.DELETED:
            yield from _labelled("kho", old, sheet, "31")
        case Change.FORMATTED:
            for what in _dressing(entry):
                yield from _labelled("tệp", what, sheet, "32")
        case _:
            before, after = _excerpts(old, new)
            yield from _labelled("kho", before, sheet, "31")
            yield from _labelled("tệp", after, sheet, "32")


def _renumbered(entries: list[Difference], sheet: Sheet) -> Iterator[str]:
    """Numbers follow from what came and went before them: one list is enough."""
    yield f"{_WORDS[entries[0].author][Change.RENUMBERED]} {len(entries)} chỗ"
    for entry in entries[:_MOST_NUMBERS]:
        old, new = said(entry.old[0]), said(entry.new[0])
        yield from _wrapped(
            f"{new.split(' ')[0]} (kho: {old.split(' ')[0]}) {_short(old.partition(' ')[2], _BRIEF)}", sheet, "  "
        )
    if len(entries) > _MOST_NUMBERS:
        yield f"  … và {len(entries) - _MOST_NUMBERS} chỗ nữa"


def _dressing(entry: Difference) -> Iterator[str]:
    """`đậm: “Yêu cầu”`, `cỡ chữ 13 (kho: 14): “…”`, `căn giữa (kho: căn đều hai bên)`."""
    if entry.sides:
        old, new = (_SIDES.get(side, side) for side in entry.sides)
        yield f"{new} (kho: {old})"
    for stretch in entry.dressed:
        told = [
            f"{'' if getattr(stretch.new, name) else 'bỏ '}{word}"
            for name, word in _LOOKS.items()
            if getattr(stretch.old, name) != getattr(stretch.new, name)
        ]
        if stretch.old.size != stretch.new.size:
            told.append(f"cỡ chữ {stretch.new.size / 2:g} (kho: {stretch.old.size / 2:g})".replace(".", ","))
        if stretch.old.colour != stretch.new.colour:
            told.append(f"màu {stretch.new.colour or 'đen'}")
        yield f"{', '.join(told)}: “{_short(stretch.text, _BRIEF)}”"


def _source(entry: Difference, checked: Checked) -> str:
    """Where the words come from in the repository, as a place to click on."""
    if entry.origin is None and entry.beside is None:
        return "chữ do bdg tự lập, không có chỗ riêng trong YAML"
    origin = entry.origin or entry.beside
    place = origin.place if origin else None
    assert place is not None  # an origin of a difference is one with a place
    lead = "sau " if entry.change is Change.ADDED else "chữ do bdg tự lập; dòng này từ " if entry.origin is None else ""
    return f"{lead}{checked.prefix}{place.path}:{place.line}:{place.column}"


def _where(entry: Difference, checked: Checked) -> str:
    """Where it stands in the document, as a person would say it."""
    if entry.style in _CELLS:
        return _cell(entry, checked.found.lines if entry.change is Change.ADDED else checked.wanted.lines)
    if entry.style in _PARTS:
        return f"ở {_PARTS[entry.style]}"
    if entry.style in styles.HEADINGS:
        return f"ở đề mục “{_short((entry.old or entry.new)[0], _BRIEF)}”"
    return f"dưới “{_short(entry.under, _BRIEF)}”" if entry.under else "ở phần mở đầu"


def _cell(entry: Difference, lines: tuple[Line, ...]) -> str:
    """`ở bảng 1, dòng 4, cột “Thời hạn”`: rows count from the heading row, which is the first."""
    tables = list(dict.fromkeys(line.spot.table for line in lines if line.style in _CELLS))
    heads = (line for line in lines if line.spot == Spot(entry.spot.table, 1, entry.spot.column))
    title = next((said(line.text) for line in heads), "")
    column = f", cột “{_short(title, _BRIEF)}”" if title and not entry.row else ""
    return f"ở bảng {tables.index(entry.spot.table) + 1}, dòng {entry.spot.row}{column}"


# -- texts ------------------------------------------------------------------------------------------------


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts, cut down to what differs, in brackets, and a few words around it."""
    stretches = [(old[start:end], text) for start, end, text in edits(old, new) if start < end or text]
    before, after = "", ""
    for at, (was, now) in enumerate(stretches):
        if was == now:
            was = now = _kept(was, first=at == 0, last=at == len(stretches) - 1)
        else:
            was, now = _bracketed(was), _bracketed(now)
        before += was
        after += now
    return before, after


def _kept(text: str, *, first: bool, last: bool) -> str:
    """What both texts say, without the words that are far from a change."""
    words = text.split(" ")
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    if len(words) <= len(head) + len(tail) + 1:
        return text
    return " ".join([*head, "…", *tail])


def _bracketed(text: str) -> str:
    bare = text.strip()
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}[{bare}]{trail if bare else ''}" if bare else text


def _labelled(label: str, text: str, sheet: Sheet, colour: str) -> Iterator[str]:
    rows = textwrap.wrap(_clean(_short(text, _LONGEST)), sheet.width - 8, break_on_hyphens=False) or [""]
    for at, row in enumerate(rows):
        yield f"  {sheet.paint(label, colour) if at == 0 else ' ' * len(label)} │ {row}"


def _wrapped(text: str, sheet: Sheet, indent: str) -> list[str]:
    return textwrap.wrap(
        _clean(text), sheet.width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip


def _short(text: str, most: int) -> str:
    """The text on one line, its middle left out where it is longer than `most`."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most * 2 // 3].rstrip()} … {text[-most // 3 :].lstrip()}"


def _clean(text: str) -> str:
    """What a file holds must not steer a terminal; a picture has a name."""
    text = text.replace(PICTURE, "[hình]").replace("::", ":·:")
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "·" for sign in text)


# -- JSON -------------------------------------------------------------------------------------------------


def as_json(checked: Checked) -> str:
    """The same for programs."""
    subject, properties = checked.subject, checked.found.properties
    document = {
        "format": FORMAT,
        "file": checked.file,
        "document": {
            "kind": subject.kind.value,
            "plan": subject.plan,
            "period": subject.period or None,
            "agency": subject.agency or None,
        },
        "made": {"commit": properties.get(COMMIT), "version": properties.get(VERSION)},
        "same": not checked.differences,
        "saved_since": not checked.standing.sealed,
        "repository_changed": not checked.standing.current,
        "changed_files": checked.changed,
        "tracked_changes": checked.found.tracked,
        "comments": checked.found.comments,
        "differences": [_entry(entry, checked) for entry in checked.differences],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(entry: Difference, checked: Checked) -> dict[str, Any]:
    return {
        "change": entry.change.value,
        "author": entry.author.value,
        **_place(entry.origin.place if entry.origin else None),
        "address": entry.origin.address if entry.origin else None,
        "where": _where(entry, checked),
        "row": entry.row,
        "old": list(entry.old),
        "new": list(entry.new),
        "format": list(_dressing(entry)),
        "pieces": [{**_place(piece.origin.place), "old": piece.old, "new": piece.new} for piece in entry.pieces],
    }


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"path": None, "line": None, "column": None, "end_line": None, "end_column": None}
    return {
        "path": place.path, "line": place.line, "column": place.column,
        "end_line": place.end_line, "end_column": place.end_column,
    }  # fmt: skip
