"""What a document is made of. Builders make these blocks, writers walk them; neither knows the other.

Each inline carries the place in the YAML it came from, or None where bdg computed it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from bdg_cli.findings import Place


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look and one origin."""

    text: str
    bold: bool = False
    italic: bool = False
    origin: Place | None = None


Runs = tuple[Run, ...]


class Style(Enum):
    """Looks a paragraph can have; the value is the style's name in style.docx."""

    BODY = "VB Thân bài"
    BASIS = "VB Căn cứ"
    ITEM = "VB Gạch đầu dòng"
    POINT = "VB Điểm"
    ADDRESSEE_FIRST = "VB Kính gửi"
    ADDRESSEE = "VB Kính gửi dòng"
    NOTE = "VB Chú thích"
    CENTRED = "VB Giữa"
    ISSUING_AUTHORITY = "VB Thẩm quyền ban hành"
    DECIDES = "VB Lời quyết định"


class Align(Enum):
    """Alignment of a table column."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The two columns at the head of page 1: agency left, national motto right, number and date under them.

    `number` and `place_date` are None in an attached document, which has neither (NĐ 30, forms after Mẫu 1.3).
    `subject` is the V/v of a letter. `draft` is the word DỰ THẢO over the agency, empty where there is none.
    """

    parent: Runs
    issuer: Runs
    number: Runs | None
    place_date: Runs | None
    subject: Runs | None = None
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """KẾ HOẠCH and the like, centred, with the subject under it and a rule line under that."""

    kind: str
    subject: Runs
    attached_to: Runs = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading. `level` 1 is I., 2 is 1., 3 is a). A run-in heading opens a paragraph of text."""

    level: int
    number: str
    text: Runs
    run_in: Runs = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `marker` (`-`, `a)`) comes before the text, after it a space."""

    runs: Runs
    style: Style = Style.BODY
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its heading and its width in millimetres."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. A `group` row has one cell over all columns and is bold."""

    cells: tuple[Runs, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row that repeats; `note` is the line under it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Runs = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Authority lines and posts above the space for the signature, further posts and the name below it."""

    authority: tuple[Runs, ...]
    also: tuple[Runs, ...]
    name: Runs


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients left, signature right, in one borderless table that never splits."""

    recipients: tuple[Runs, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Begins an annex on a new page with its own page numbers; what follows belongs to it."""

    label: str
    title: str
    attached_to: Runs
    landscape: bool = False


Block = Letterhead | Title | Heading | Paragraph | Table | Closing | Annex


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. `custom` are the provenance properties, by name."""

    title: str
    author: str
    subject: str
    keywords: str
    custom: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    name: str
    properties: Properties
    blocks: tuple[Block, ...]
