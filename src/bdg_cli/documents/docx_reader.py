"""A .docx that somebody may have edited → its lines, with what is left of bdg's bookmarks.

Reads files of any origin: saved by Word, LibreOffice or something else, or made to do harm. What cannot be read is
`Unreadable`, one Vietnamese sentence with the way out.
"""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bdg_cli.documents.docx_looks import Look, Looks
from bdg_cli.documents.docx_xml import BOOKMARK_PREFIX

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST_PART = 100_000_000  # bytes; the document of a plan has a few hundred thousand
_MOST_PARTS = 10_000
_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, and of every file with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NAME = re.compile(rf"{BOOKMARK_PREFIX}(\d{{4,9}})_([0-9a-f]{{8}})_([0-9a-f]{{8}})\Z")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"

PICTURE = "\ufffc"  # stands in a line's text for a picture or chart
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}footnoteReference": "[chú thích]",
    f"{_W}endnoteReference": "[chú thích]",
}
_TAKEN_OUT = {f"{_W}del", f"{_W}moveFrom"}
_PUT_IN = {f"{_W}ins", f"{_W}moveTo"}


class Unreadable(ValueError):  # noqa: N818 - read as a word
    """What was given is no Word file that can be compared; the message is one sentence with the way out."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line stands: table, row and column from 1 in the order of the file, all 0 outside tables."""

    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line that bdg once put into a bookmark.

    `source` is the digest of the address it came from, `signed` that of its paragraph's text when it was made.
    """

    number: int
    source: str
    signed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its text, the name of its style, where it stands, and its marks in order.

    `looks` are stretches of the text, each with its length; `side` is the alignment.
    """

    text: str
    style: str
    spot: Spot
    marks: tuple[Mark, ...] = ()
    looks: tuple[tuple[int, Look], ...] = ()
    side: str = "left"


@dataclass(frozen=True, slots=True)
class Made:
    """What a bookmark held when the file was made: the address it came from, the digest of its paragraph's text."""

    address: str
    signed: str


@dataclass(frozen=True)
class WordFile:
    """What a .docx says: lines in the order of the page, custom properties, and by number what its marks once held.

    `origins` is empty where the program that saved the file has dropped that part. `tracked`: there are changes that
    nobody has accepted or rejected; they are read as accepted. `comments` counts what reviewers wrote in the margin.
    """

    lines: tuple[Line, ...]
    properties: dict[str, str]
    origins: dict[int, Made]
    tracked: bool
    comments: int


def read(data: bytes) -> WordFile:
    """The file with these bytes. Raises Unreadable."""
    parts = _Parts(data)
    body = parts.document().find(f"{_W}body")
    if body is None:
        raise Unreadable("tệp Word không có phần nội dung")
    reader = _Reader(parts.looks())
    try:
        reader.blocks(body, Spot())
    except RecursionError as fault:
        raise Unreadable("tệp lồng nhau quá nhiều tầng, không phải văn bản Word bình thường") from fault
    return WordFile(
        lines=tuple(reader.finished()),
        properties=parts.properties(),
        origins=parts.origins(),
        tracked=reader.tracked,
        comments=parts.count_comments(),
    )


class _Parts:
    """The parts of the package, read with care: nothing too large, no entities, nothing from outside."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
            raise Unreadable(_what_it_is(data)) from fault
        self._names = self._zip.namelist()
        if len(self._names) > _MOST_PARTS:
            raise Unreadable(f"tệp có {len(self._names)} phần bên trong, không phải văn bản Word bình thường")
        self._main = ""

    def document(self) -> _Element:
        """The main part."""
        kinds = self._content("[Content_Types].xml")
        if kinds is None:
            raise Unreadable("tệp nén này không phải văn bản Word (.docx)")
        if _MACROS.encode() in kinds:
            raise Unreadable("tệp có macro (.docm); hãy mở bằng Word và lưu lại thành .docx")
        self._main = self._related("", "officeDocument") or "word/document.xml"
        root = self._tree(self._main)
        if root is None or _MAIN.encode() not in kinds:
            raise Unreadable("tệp không phải văn bản Word (.docx): thiếu phần nội dung chính")
        if str(root.tag).startswith(_STRICT):
            raise Unreadable("tệp lưu ở dạng Strict Open XML; hãy mở bằng Word, lưu lại thành “Word Document (.docx)”")
        return root

    def looks(self) -> Looks:
        """The styles of the file."""
        return Looks(self._tree(self._related(self._main, "styles")))

    def properties(self) -> dict[str, str]:
        """The custom properties that are text."""
        root = self._tree(self._related("", "custom-properties"))
        entries = root if root is not None else ()
        return {str(entry.get("name", "")): "".join(map(str, entry.itertext())) for entry in entries}

    def origins(self) -> dict[int, Made]:
        """What the bookmarks held, from whichever data store holds it: programs give it other names when they save."""
        for name in self._names:
            if re.fullmatch(r"customXml/[^/]*\.xml", name):
                root = self._tree(name)
                if root is not None and root.tag == "origins":
                    return {
                        int(number): Made(str(entry.get("at", "")), str(entry.get("signed", "")))
                        for entry in root
                        if (number := str(entry.get("number", ""))).isdecimal()
                    }
        return {}

    def count_comments(self) -> int:
        """How many comments reviewers have left."""
        root = self._tree(self._related(self._main, "comments"))
        return len(root) if root is not None else 0

    def _related(self, owner: str, relation: str) -> str:
        """The name of the part that another one refers to so; empty where there is none."""
        folder, name = posixpath.split(owner)
        relationships = self._tree(posixpath.join(folder, f"_rels/{name}.rels"))
        for entry in relationships if relationships is not None else ():
            if str(entry.get("Type", "")).endswith(f"/{relation}"):
                return posixpath.normpath(posixpath.join("/", folder, str(entry.get("Target", "")))).lstrip("/")
        return ""

    def _content(self, name: str) -> bytes | None:
        if name not in self._names:
            return None
        entry = self._zip.getinfo(name)
        if entry.file_size > _LARGEST_PART:  # zipfile unpacks no more than what an entry says it holds
            raise Unreadable(f"tệp có phần {name} lớn bất thường khi giải nén, bdg không đọc")
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
            raise Unreadable(f"tệp hỏng ở phần {name}; hãy mở bằng Word, sửa nếu Word hỏi, và lưu lại") from fault

    def _tree(self, name: str) -> _Element | None:
        from lxml import etree

        content = self._content(name)
        if content is None:
            return None
        if any("<!DOCTYPE".encode(coding) in content for coding in ("ascii", "utf-16-le", "utf-16-be")):
            raise Unreadable(f"tệp có khai báo lạ ở phần {name}, không phải do Word ghi; bdg không đọc")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise Unreadable(f"tệp hỏng ở phần {name}; hãy mở bằng Word, sửa nếu Word hỏi, và lưu lại") from fault


def _what_it_is(data: bytes) -> str:
    """Why the bytes are no .docx, and what to do."""
    if data.startswith(_OLD_FILE):
        if _LOCKED in data:
            return "tệp đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ tài liệu) và lưu lại"
        return "tệp Word đời cũ (.doc); hãy mở bằng Word và lưu lại thành .docx"
    if not data:
        return "tệp rỗng"
    return "tệp không phải văn bản Word (.docx), hoặc đã hỏng khi tải về; hãy lấy lại tệp gốc"


@dataclass
class _Open:
    """A bookmark whose end has not come yet: where it began."""

    name: str
    line: int
    offset: int


@dataclass
class _Draft:
    """A line being read."""

    style: str
    side: str
    spot: Spot
    look: Look
    text: list[str] = field(default_factory=list)
    looks: list[tuple[int, Look]] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str) -> None:
        text = unicodedata.normalize("NFC", text)
        self.text.append(text)
        self.looks.append((len(text), self.look))
        self.length += len(text)

    def line(self) -> Line:
        marks = tuple(sorted(self.marks, key=lambda mark: mark.start))
        return Line("".join(self.text), self.style, self.spot, marks, tuple(self.looks), self.side)


class _Reader:
    """Walks the body once; `tracked` is set by the first change that waits to be accepted."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._lines: list[_Draft] = []
        self._open: dict[str, _Open] = {}
        self._tables = 0
        self.tracked = False

    def finished(self) -> Iterator[Line]:
        """The lines that say something, or once did."""
        for draft in self._lines:
            if draft.marks or any(text.strip() for text in draft.text):
                yield draft.line()

    def blocks(self, parent: _Element, spot: Spot) -> None:
        """Paragraphs and tables below an element."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child, spot)
            elif child.tag == f"{_W}tbl":
                self._table(child, spot)
            else:
                self._other(child, lambda inner: self.blocks(inner, spot))

    def _other(self, child: _Element, inside: Callable[[_Element], None]) -> None:
        """What may stand anywhere: bookmarks, and wrappers whose content is read as if they were not there."""
        tag = child.tag
        if tag == f"{_W}bookmarkStart":
            self._start(child)
        elif tag == f"{_W}bookmarkEnd":
            self._end(child)
        elif tag in _TAKEN_OUT:
            self.tracked = True
        elif tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            if chosen is None:
                chosen = child.find(f"{_MC}Fallback")
            if chosen is not None:
                inside(chosen)
        elif not str(tag).endswith("Pr"):
            self.tracked = self.tracked or tag in _PUT_IN
            inside(child)

    def _paragraph(self, paragraph: _Element, spot: Spot) -> None:
        style, plain, side = self._looks.paragraph(paragraph.find(f"{_W}pPr"))
        name = self._looks.style_name(style)
        draft = _Draft(name.lower() if name.lower().startswith("heading") else name, side, spot, plain)
        self._lines.append(draft)
        boxes: list[_Element] = []
        self._inlines(paragraph, draft, plain, boxes)
        for box in boxes:
            self.blocks(box, spot)

    def _inlines(self, parent: _Element, draft: _Draft, plain: Look, boxes: list[_Element]) -> None:
        if parent.tag == f"{_W}r":
            draft.look = self._looks.run(plain, parent.find(f"{_W}rPr"))
        for child in parent:
            tag = child.tag
            if tag in {f"{_W}t", _MATH_TEXT}:
                draft.add(child.text or "")
            elif tag in _SIGNS:
                draft.add(_SIGNS[tag])
            elif tag == f"{_W}sym":
                draft.add(_symbol(child))
            elif tag in {f"{_W}drawing", f"{_W}pict", f"{_W}object"}:
                if any(next(child.iter(picture), None) is not None for picture in _PICTURES):
                    draft.add(PICTURE)
                boxes.extend(child.iter(f"{_W}txbxContent"))
            elif tag not in {f"{_W}instrText", f"{_W}delText"}:
                self._other(child, lambda inner: self._inlines(inner, draft, plain, boxes))

    def _table(self, table: _Element, around: Spot) -> None:
        """A table inside a cell counts as part of that cell."""
        if around.table == 0:
            self._tables += 1
        number = self._tables
        for row_number, row in enumerate(self._rows(table), 1):
            column = 1
            for cell in _unwrapped(row, f"{_W}tc"):
                self.blocks(cell, around if around.table else Spot(number, row_number, column))
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                width = span.get(f"{_W}val", "1") if span is not None else "1"
                column += int(width) if width.isdecimal() else 1

    def _rows(self, table: _Element) -> Iterator[_Element]:
        for row in _unwrapped(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.tracked = True
            else:
                yield row

    # -- bookmarks ---------------------------------------------------------------------------------------

    def _start(self, element: _Element) -> None:
        inside = self._inside(element)
        line = len(self._lines) - 1 if inside else len(self._lines)
        offset = self._lines[-1].length if inside else 0
        self._open[element.get(f"{_W}id", "")] = _Open(element.get(f"{_W}name", ""), line, offset)

    def _end(self, element: _Element) -> None:
        begun = self._open.pop(element.get(f"{_W}id", ""), None)
        match = _NAME.match(begun.name) if begun else None
        if begun is None or match is None:
            return
        last = len(self._lines) - 1
        for index in range(begun.line, last + 1):
            line = self._lines[index]
            start = begun.offset if index == begun.line else 0
            if start < line.length or begun.line >= last:
                line.marks.append(Mark(int(match[1]), match[2], match[3], start, line.length))

    def _inside(self, element: _Element) -> bool:
        """Whether a bookmark stands inside a paragraph, not between two."""
        parent = element.getparent()
        while parent is not None and parent.tag not in {f"{_W}body", f"{_W}tc", f"{_W}txbxContent"}:
            if parent.tag == f"{_W}p":
                return True
            parent = parent.getparent()
        return False


def _unwrapped(parent: _Element, tag: str) -> Iterator[_Element]:
    """The children of a kind, also those inside content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", *_PUT_IN}:
            yield from _unwrapped(child, tag)


def _symbol(element: _Element) -> str:
    code = element.get(f"{_W}char", "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
