"""Document → .docx: the body as one string of XML, put into the package that templates/style.docx is.

The look is in the named styles of style.docx (NĐ 30/2020/NĐ-CP, Phụ lục I) as the office's settings adjust them; this
module says which block wears which style and what stands beside what. The same document, style and settings give the
same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from pathlib import Path
from typing import assert_never

from bdg_cli.documents import docx_package
from bdg_cli.documents import docx_xml as xml
from bdg_cli.documents.advances import Type, balanced_width, lines, text_width
from bdg_cli.documents.docx_package import Package
from bdg_cli.documents.docx_styles import (
    ANNEX_LABEL,
    ANNEX_TITLE,
    ATTACHED_TO,
    AUTHORITY,
    CELLS,
    DRAFT,
    FRAME_TABLE,
    GRID_TABLE,
    GROUP_CELL,
    HEADER_CELL,
    HEADINGS,
    ISSUER,
    KIND,
    LETTER_SUBJECT,
    MOTTO_STYLE,
    NATION_STYLE,
    NUMBER,
    ONE_ADDRESSEE,
    PARENT,
    PLACE_DATE,
    RECIPIENT,
    RECIPIENTS_STYLE,
    RULE,
    RUN_IN,
    RUN_IN_TITLES,
    SECTION_END,
    SEPARATOR,
    SIGNATURE_SPACE,
    SIGNER,
    SUBJECT,
    TABLE_NOTE,
    TITLE_RULE,
)
from bdg_cli.documents.docx_xml import Words
from bdg_cli.documents.model import (
    Annex,
    Block,
    Closing,
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
from bdg_cli.findings import Place
from bdg_cli.models.settings import Placement, SettingsFile, TurnedMargins
from bdg_cli.vietnamese import NO_BREAK

# NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.1.
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"

NOTHING = Words()

_AS_SHIPPED = SettingsFile()  # nothing set: style.docx as it is
_TWIPS = 20  # to the point
_TWIPS_PER_MM = 1440 / 25.4
_RULE_SHARE = 0.42  # of the line of text above: the decree wants 1/3 to 1/2
_RULE_WEIGHT = 0.75  # points: the decree asks only for a solid line; this is what offices use
_ROOM = 4.0  # points of play, so that another font of the same metrics does not wrap where ours does not
_WIDER = 1.4  # points by which LibreOffice draws some no-break spaces wider than the font has them
_SIGNATURE_SPACE = 64  # points, as style.docx has it
_RECIPIENT_SHARES = (0.4, 0.5)  # of the page, at least and at most
_TURNED_MARGIN = 20  # mm: the decree is silent on a page on its side; this is what offices set
_LONE_WORD = 12  # characters: a syllable with the end mark
_TWO_WORDS = 20  # characters that may come to the next line together without tearing open the one before
_HAIR = 0.3  # points by which a line may be over full before a word processor breaks it
_LINE = 1.15  # a single line of Times New Roman to its size
_LONG_PLACE = 40.0  # points by which place and date may widen their column
_OVERHANG = round(15 * _TWIPS_PER_MM)  # by which the head may reach into the margins, half of it on either side
_CELL_SIDE = 85  # twips between text and edge, as the table style of style.docx has it
_WHOLE_ROW = 0.6  # of a page: a higher row may be split, since moving it would leave an empty page or lose its end


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the words in a bookmark come from: a place, and its address `path#route@ordinal`, unique in the document.

    Of words that bdg computed there is neither.
    """

    address: str
    place: Place | None


def write(document: Document, style_path: Path, settings: SettingsFile = _AS_SHIPPED) -> bytes:
    """The whole .docx file: `document` set in the styles, page and header of the file at `style_path`.

    `settings` adjust those styles. Raises ValueError where the style file cannot be used.
    """
    return compose(document, style_path, settings)[0]


def compose(
    document: Document, style_path: Path, settings: SettingsFile = _AS_SHIPPED
) -> tuple[bytes, tuple[Origin, ...]]:
    """The .docx file, and the origin behind each of its bookmarks, in the order of their numbers."""
    package = docx_package.opened(style_path, settings)
    body = _Body(package, settings)
    filling = body.of(document.blocks)
    addresses = [origin.address for origin in body.origins]
    content = package.filled(filling, document.properties, list(zip(addresses, body.signed, strict=True)))
    return content, tuple(body.origins)


class _Body:
    """Builds the body block by block, counting bookmarks, drawings and the sections still open."""

    def __init__(self, package: Package, settings: SettingsFile) -> None:
        self.style_ids = package.styles
        self.types = package.types
        self.indents = package.indents
        self.portrait = package.section
        self.settings = settings
        self.area = xml.text_area(self.portrait)
        self.section = xml.section_properties(self.portrait)
        self.origins: list[Origin] = []
        self.signed: list[str] = []  # by bookmark: the digest of what its paragraph says
        self._seen: Counter[str] = Counter()
        self.drawings = 0
        self.parts: list[str] = []

    @property
    def text_width(self) -> int:
        """The twips between the side margins of the page being written."""
        return self.area[0]

    def of(self, blocks: tuple[Block, ...]) -> str:
        """`<w:body>` of the blocks."""
        around = zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
        for before, block, following in around:
            if isinstance(block, Annex) or (isinstance(block, Letterhead) and not isinstance(before, Annex)):
                self._begin_section(block)
            self.parts.extend(self._block(block, following))
            if isinstance(following, Closing) and self.parts:
                self.parts[-1] = xml.kept_with_next(self.parts[-1])
        self._end_on_paragraph()
        return f"<w:body {xml.NAMESPACES}>{''.join(self.parts)}{self.section}</w:body>"

    def _begin_section(self, block: Annex | Letterhead) -> None:
        """An annex, or the letterhead of an attached document, begins a page with its own page numbers."""
        if self.parts:
            self._end_on_paragraph()
            self.parts[-1] = xml.ending_section(self.parts[-1], self.section)
        annex = isinstance(block, Annex)
        turned = self.settings.landscape_margins
        self.section = xml.section_properties(
            self.portrait,
            restart=bool(self.parts) or annex,
            turned=_turned_margins(turned) if isinstance(block, Annex) and block.landscape else None,
            numbered_first=isinstance(block, Annex) and bool(block.label and self.settings.annex_first_page_number),
        )
        self.area = xml.text_area(self.section)

    def _end_on_paragraph(self) -> None:
        """A table cannot end a section nor touch another table."""
        if not self.parts or not self.parts[-1].startswith("<w:p>"):
            self.parts.append(self._paragraph(SECTION_END))

    def _block(self, block: Block, following: Block | None) -> Iterator[str]:
        match block:
            case Letterhead():
                yield self._letterhead(block)
            case Title():
                yield from self._title(block)
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield self._text(block, following)
            case Table():
                yield from self._table(block, following)
            case Closing():
                yield self._closing(block)
                yield self._paragraph(SECTION_END)
            case Annex():
                yield from self._annex(block)
            case _:
                assert_never(block)

    # -- pieces of paragraphs ------------------------------------------------------------

    def _paragraph(self, style: str, content: Words = NOTHING, inset: int = 0) -> str:
        """One paragraph. Its bookmarks sign all that it says; words that bdg alone computed are one stretch."""
        if content.text and not content.marked:
            content = self._bookmarked(None, content)
        signature = xml.digest(content.text) if content.marked else ""
        self.signed += [signature] * (len(self.origins) - len(self.signed))
        return xml.paragraph(self.style_ids[style], content.signed(signature), inset=inset)

    def _line(self, style: str, runs: Runs) -> str:
        return self._paragraph(style, self._runs(runs))

    def _runs(self, runs: Runs, style: str = "") -> Words:
        """The runs; each stretch of one origin in its hidden bookmark. `style` is a character style for all of them."""
        if len(runs) == 1:  # as in most paragraphs
            return self._stretch(runs, style)
        return xml.joined([self._stretch(tuple(grouped), style) for _, grouped in groupby(runs, _spot)])

    def _stretch(self, runs: Runs, style: str) -> Words:
        look = self.style_ids[style] if style else ""
        content = xml.joined([xml.run(run.text, style=look, bold=run.bold, italic=run.italic) for run in runs])
        origin = runs[0].origin
        return self._bookmarked(origin, content) if origin and origin.path else content

    def _bookmarked(self, place: Place | None, content: Words) -> Words:
        """The words in a bookmark of their own; equal routes are told apart by their order in the document."""
        address = f"{place.path}#{place.route}" if place else ""
        self._seen[address] += 1
        if place and self._seen[address] > 1:
            address += f"@{self._seen[address]}"
        self.origins.append(Origin(address, place))
        return xml.bookmarked(len(self.origins), address, content)

    def _rule(self, width: float, meaning: str, style: str = RULE) -> str:
        """A drawn line in a low paragraph of its own: it stays under its text however that wraps."""
        self.drawings += 1
        weight = float(self.settings.rule_weight or _RULE_WEIGHT)
        return self._paragraph(style, xml.rule_line(self.drawings, width, weight, meaning))

    def _rule_width(self, text: str, type_: Type, width: int) -> float:
        """The points of the rule under a text: 1/3 to 1/2 of its last line (NĐ 30, Phụ lục I, mục II.2, II.5)."""
        share = float(self.settings.rule_length or _RULE_SHARE)
        return share * text_width(lines(text, type_, _room(text, type_, width))[-1], type_)

    def _balanced(self, style: str, runs: Runs, width: int, *, caps: bool = False) -> str:
        """A centred paragraph whose lines are of like length, in a column `width` twips wide."""
        room = _room(_printed(runs, caps), self.types[style], width)
        return self._paragraph(style, self._runs(runs), int(width - room * _TWIPS) // 2)

    # -- blocks --------------------------------------------------------------------------

    def _letterhead(self, block: Letterhead) -> str:
        """Boxes 1 to 5b of the decree's diagram; the right column holds the country's name and the date on one line."""
        nation = text_width(NATION, self.types[NATION_STYLE])
        dated = text_width(_printed(block.place_date or ()), self.types[PLACE_DATE])
        right = round((max(nation, min(dated, nation + _LONG_PLACE)) + _ROOM) * _TWIPS)
        widths = [self._left_column(block, self.text_width - right), right]
        rows = self._pair(widths, self._agency(block, widths[0]), self._nation())
        if block.number is not None or block.place_date is not None or block.subject:
            rows += self._pair(widths, self._numbers(block, widths[0]), self._place_date(block))
        return xml.table(self.style_ids[FRAME_TABLE], widths, rows, centred=sum(widths) > self.text_width)

    def _left_column(self, block: Letterhead, room: int) -> int:
        """The room left of the country's name; more, into the margins, where a long number would break."""
        number = text_width(_printed(block.number or ()), self.types[NUMBER])
        return max(room, min(round((number + _ROOM) * _TWIPS), room + _OVERHANG))

    def _pair(self, widths: list[int], left: str, right: str) -> str:
        return xml.whole_row(xml.cell(widths[0], left) + xml.cell(widths[1], right))

    def _agency(self, block: Letterhead, width: int) -> str:
        parts = [self._paragraph(DRAFT, xml.run(block.draft))] if block.draft else []
        if block.parent:
            parts.append(self._balanced(PARENT, block.parent, width, caps=True))
        parts.append(self._balanced(ISSUER, block.issuer, width, caps=True))
        rule = self._rule_width(_printed(block.issuer, caps=True), self.types[ISSUER], width)
        parts.append(self._rule(rule, "Đường kẻ dưới tên cơ quan ban hành"))
        return "".join(parts)

    def _nation(self) -> str:
        return (
            self._paragraph(NATION_STYLE, xml.run(NATION))
            + self._paragraph(MOTTO_STYLE, xml.run(MOTTO))
            + self._rule(text_width(MOTTO, self.types[MOTTO_STYLE]), "Đường kẻ dưới Tiêu ngữ")
        )

    def _numbers(self, block: Letterhead, width: int) -> str:
        parts = self._line(NUMBER, block.number or ())
        if block.subject:
            parts += self._balanced(LETTER_SUBJECT, block.subject, width)
        return parts

    def _place_date(self, block: Letterhead) -> str:
        return self._line(PLACE_DATE, block.place_date or ())

    def _title(self, block: Title) -> Iterator[str]:
        yield self._paragraph(KIND, xml.run(block.kind))
        if block.subject:
            yield self._balanced(SUBJECT, block.subject, self.text_width)
        if block.attached_to:
            yield self._balanced(ATTACHED_TO, block.attached_to, self.text_width)
        width = self._rule_width(_printed(block.subject) or block.kind.upper(), self.types[SUBJECT], self.text_width)
        yield self._rule(width, "Đường kẻ dưới trích yếu nội dung", TITLE_RULE)

    def _heading(self, block: Heading) -> str:
        """A heading on its own line, or the bold beginning of a paragraph of text."""
        number = f"{block.number} " if block.number else ""
        level = min(block.level, len(HEADINGS)) - 1
        if not block.run_in:
            return self._paragraph(HEADINGS[level], (xml.run(number) if number else NOTHING) + self._runs(block.text))
        look = RUN_IN_TITLES[level] if level < len(RUN_IN_TITLES) else ""
        opening = self._runs((Run(number), *block.text) if number else block.text, look)
        gap = xml.run(" ") if block.text else NOTHING
        before = f"{number}{_printed(block.text)}"
        return self._paragraph(
            RUN_IN[level], opening + gap + self._runs(self._settled(block.run_in, RUN_IN[level], before))
        )

    def _text(self, block: Paragraph, following: Block | None) -> str:
        marker = xml.run(f"{block.marker} ") if block.marker else NOTHING
        style = self._addressee_style(block, following) or block.style.value
        return self._paragraph(style, marker + self._runs(self._settled(block.runs, style, block.marker)))

    def _settled(self, runs: Runs, style: str, before: str) -> Runs:
        """The runs; where one syllable would stand alone on the last line, the one before it comes along."""
        if not runs or " " not in runs[-1].text[-_LONE_WORD:]:
            return runs
        text = f"{before} {_printed(runs)}".lstrip(" ")
        wrapped = lines(text, self.types[style], self.text_width / _TWIPS + _HAIR, self.indents[style])
        *others, last = runs
        head, _, word = last.text.rpartition(" ")
        together = len(head.rpartition(" ")[2]) + len(word)
        if len(wrapped) == 1 or wrapped[-1] != word or together > _TWO_WORDS:
            return runs
        return (*others, replace(last, text=f"{head}{NO_BREAK}{word}"))

    def _addressee_style(self, block: Paragraph, following: Block | None) -> str | None:
        """A single addressee stands on the line of "Kính gửi:", centred; several stand in lines below it."""
        if block.style is not Style.ADDRESSEE_FIRST or self.settings.one_addressee is Placement.INDENTED:
            return None
        if isinstance(following, Paragraph) and following.style is Style.ADDRESSEE:
            return None
        fits = text_width(_printed(block.runs), self.types[ONE_ADDRESSEE]) < self.text_width / _TWIPS
        return ONE_ADDRESSEE if fits else None

    def _table(self, block: Table, following: Block | None) -> Iterator[str]:
        widths = self._column_widths(block)
        titles = (
            xml.cell(width, self._paragraph(HEADER_CELL, xml.run(column.title)), middle=True)
            for width, column in zip(widths, block.columns, strict=True)
        )
        rows = [xml.repeated_header_row("".join(titles))]
        styles = [CELLS[column.align] for column in block.columns]
        rows.extend(self._row(row, widths, styles) for row in block.rows)
        if isinstance(following, Closing):
            rows[-1] = xml.kept_with_next(rows[-1])
        if self.parts and self.parts[-1].startswith("<w:tbl>"):
            yield self._paragraph(SEPARATOR)
        yield xml.table(self.style_ids[GRID_TABLE], widths, "".join(rows), centred=True)
        ends = following is None or isinstance(following, Annex)
        yield self._line(TABLE_NOTE, block.note) if block.note else self._paragraph(SECTION_END if ends else SEPARATOR)

    def _column_widths(self, block: Table) -> list[int]:
        """Twips of each column: as the builder wants them, narrower together where they would leave the page."""
        wanted = sum(column.width for column in block.columns) * _TWIPS_PER_MM
        share = min(1.0, self.text_width / wanted)
        return [round(column.width * _TWIPS_PER_MM * share) for column in block.columns]

    def _row(self, row: Row, widths: list[int], styles: list[str]) -> str:
        if row.group:
            content = xml.joined([self._runs(runs) for runs in row.cells])
            merged = xml.cell(sum(widths), self._paragraph(GROUP_CELL, content), span=len(widths))
            return xml.whole_row(merged)
        columns = list(zip(widths, styles, row.cells, strict=True))
        cells = "".join(xml.cell(width, self._line(style, runs)) for width, style, runs in columns)
        height = max(self._height(style, runs, width - 2 * _CELL_SIDE) for width, style, runs in columns)
        return xml.whole_row(cells) if height < self._whole else xml.splitting_row(cells)

    @property
    def _whole(self) -> float:
        """The points up to which a row stays on one page."""
        return _WHOLE_ROW * self.area[1] / _TWIPS

    def _height(self, style: str, runs: Runs, width: int) -> float:
        """About how many points a text is high in a column `width` twips wide."""
        type_ = self.types[style]
        text = _printed(runs)
        line = type_.size * _LINE
        at_most = len(text) * type_.size  # no letter is wider than its size, so this many lines are enough
        if at_most * _TWIPS / max(width, 1) * line < self._whole / 2 and "\n" not in text:
            return line
        return len(lines(text, type_, width / _TWIPS)) * line

    def _closing(self, block: Closing) -> str:
        """Recipients left, signatures right: one row that does not split.

        A list that would fill the page goes on in a row of its own, which may.
        """
        left = self._recipient_column(block)
        widths = [left, self.text_width - left]
        beside, below = self._beside_signature(block, left)
        recipients = self._recipients(beside)
        signatures = "".join(self._signature(signatory) for signatory in block.signatories)
        rows = self._pair(widths, recipients, signatures or self._paragraph(RECIPIENT))
        if below:
            lines_below = "".join(self._line(RECIPIENT, runs) for runs in below)
            rows += xml.splitting_row(xml.cell(left, lines_below) + xml.cell(widths[1], self._paragraph(RECIPIENT)))
        return xml.table(self.style_ids[FRAME_TABLE], widths, rows)

    def _recipients(self, lines_: tuple[Runs, ...]) -> str:
        if not lines_:
            return self._paragraph(RECIPIENT)
        heading = self._paragraph(RECIPIENTS_STYLE, xml.run(RECIPIENTS))
        return heading + "".join(self._line(RECIPIENT, runs) for runs in lines_)

    def _beside_signature(self, block: Closing, width: int) -> tuple[tuple[Runs, ...], tuple[Runs, ...]]:
        """The recipients that stand beside the signatures, and those that go on below: none where a page has room."""
        type_ = self.types[RECIPIENT]
        heights = [len(lines(_printed(runs), type_, width / _TWIPS)) * type_.size * _LINE for runs in block.recipients]
        if sum(heights) < self._whole:
            return block.recipients, ()
        space = float(self.settings.signature_space or _SIGNATURE_SPACE)
        posts = sum(len(one.authority) + len(one.also) + 1 for one in block.signatories)
        room = posts * self.types[AUTHORITY].size * _LINE + space * len(block.signatories)
        count = sum(1 for height in accumulate(heights) if height <= room)
        return block.recipients[:count], block.recipients[count:]

    def _recipient_column(self, block: Closing) -> int:
        """As much as the longest post of the signers leaves, within bounds."""
        posts = (line for one in block.signatories for line in (*one.authority, *one.also))
        longest = max((text_width(_printed(line, caps=True), self.types[AUTHORITY]) for line in posts), default=0.0)
        room = self.text_width - round((longest + 2 * _ROOM) * _TWIPS)
        least, most = (round(self.text_width * share) for share in _RECIPIENT_SHARES)
        return max(least, min(room, most))

    def _signature(self, signatory: Signatory) -> str:
        above = "".join(self._line(AUTHORITY, runs) for runs in signatory.authority)
        below = "".join(self._line(AUTHORITY, runs) for runs in signatory.also)
        return above + self._paragraph(SIGNATURE_SPACE) + below + self._line(SIGNER, signatory.name)

    def _annex(self, block: Annex) -> Iterator[str]:
        if block.label:
            yield self._paragraph(ANNEX_LABEL, xml.run(block.label))
        if block.title:
            yield self._balanced(ANNEX_TITLE, (Run(block.title),), self.text_width, caps=True)
        if block.attached_to:
            yield self._balanced(ATTACHED_TO, block.attached_to, self.text_width)
        if block.label or block.title or block.attached_to:
            yield self._paragraph(SEPARATOR)


def _spot(run: Run) -> tuple[str, str, int] | None:
    """What runs of one stretch share: the scalar or the part of it that they come from."""
    place = run.origin
    return (place.path, place.route, place.start) if place and place.path else None


def _room(text: str, type_: Type, width: int) -> float:
    """The points that a centred text gets of `width` twips: all for one line, else as few as its lines need."""
    room = width / _TWIPS
    if len(lines(text, type_, room)) == 1:
        return room
    return min(balanced_width(text, type_, room) + _ROOM + _WIDER * text.count(NO_BREAK), room)


def _turned_margins(set_: TurnedMargins | None) -> dict[str, int]:
    """Twips by side of a page on its side: 20 mm on each, where the settings say nothing."""
    chosen = {side: getattr(set_, side, None) for side in ("top", "bottom", "left", "right")}
    return {side: round(float(width or _TURNED_MARGIN) * _TWIPS_PER_MM) for side, width in chosen.items()}


def _printed(runs: Iterable[Run], caps: bool = False) -> str:
    text = "".join(run.text for run in runs)
    return text.upper() if caps else text
