"""The package a document is put into: style.docx opened once, then filled with one body after another.

python-docx reads what an office may have saved with Word; from then on parts are bytes, and the same body and
properties give the same file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import split
from typing import TYPE_CHECKING

from bdg_cli.documents import docx_chart
from bdg_cli.documents import docx_xml as xml
from bdg_cli.documents.advances import Type
from bdg_cli.documents.archive import CONTENT_TYPES, Packed, archived, packed
from bdg_cli.documents.docx_styles import STYLES_USED, StyleSheet
from bdg_cli.documents.model import Chart, Properties
from bdg_cli.documents.seal import sealed
from bdg_cli.models.settings import SettingsFile

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_CORE_PART = "docProps/core.xml"
CUSTOM_PART = "docProps/custom.xml"
ORIGINS_PART = "customXml/bdgOrigins.xml"
_STORE_PART = "customXml/bdgOriginsProps.xml"

_TYPE = "application/vnd.openxmlformats-officedocument."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KEPT = 8  # style files: a repository has one, a run of the tests a few


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be added, and how another one refers to it.

    `kind` is its content type, empty for plain XML; `owner` the part that refers to it, empty for the package itself;
    `identity` what the owner calls it, where its text does.
    """

    name: str
    kind: str
    content: str | bytes
    owner: str
    relation: str
    identity: str = ""


@dataclass(frozen=True)
class Package:
    """A style file as the settings adjust it: its styles, page and header of its section, all parts around the body.

    `styles` are the ids of the named styles, `types` what each sets a line in, `ready` the parts as they go into the
    archive where nothing is added to them.
    """

    styles: dict[str, str]
    types: dict[str, Type]
    section: str
    parts: dict[str, bytes]
    document: str
    before: bytes
    after: bytes
    ready: dict[str, Packed]

    def filled(
        self, body: str, properties: Properties, origins: list[tuple[str, str]], further: tuple[Part, ...] = ()
    ) -> bytes:
        """The whole .docx: the body (`<w:body>…`), what the file says of itself, and what its bookmarks hold.

        `origins` are address and digest of the text by number, as `docx_xml.origins_part` has them; `further` the
        parts that the body shows.
        """
        parts = {**self.parts, self.document: b"".join((self.before, body.encode(), self.after))}
        parts[_CORE_PART] = xml.core_properties_part(
            _short(properties.title), _short(properties.author), _short(properties.subject), _short(properties.keywords)
        ).encode()
        parts[CUSTOM_PART] = xml.custom_properties_part(properties.custom).encode()
        parts[ORIGINS_PART] = xml.origins_part(origins).encode()
        for part in further:
            _add(parts, part)
        return archived(sealed(parts), self.ready)


def _own(document: str) -> tuple[Part, ...]:
    """What bdg adds to each file: the properties, and the origins in a data store, which Word keeps when it saves."""
    return (
        Part(_CORE_PART, "application/vnd.openxmlformats-package.core-properties+xml", "", "",
             "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"),
        Part(CUSTOM_PART, f"{_TYPE}custom-properties+xml", "", "", f"{_RELATION}custom-properties"),
        Part(ORIGINS_PART, "", "", document, f"{_RELATION}customXml"),
        Part(_STORE_PART, f"{_TYPE}customXmlProperties+xml", xml.data_store_part(), ORIGINS_PART,
             f"{_RELATION}customXmlProps"),
    )  # fmt: skip


def chart_parts(charts: Sequence[Chart], document: str) -> tuple[Part, ...]:
    """Each chart as a part of its own, with its numbers as a workbook inside, so that Word can edit it."""
    parts: list[Part] = []
    for number, chart in enumerate(charts, start=1):
        name = f"word/charts/chart{number}.xml"
        parts += [
            Part(name, f"{_TYPE}drawingml.chart+xml", docx_chart.part(chart), document, f"{_RELATION}chart",
                 docx_chart.relation(number)),
            Part(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx", f"{_TYPE}spreadsheetml.sheet",
                 docx_chart.workbook(chart), name, f"{_RELATION}package", docx_chart.WORKBOOK),
        ]  # fmt: skip
    return tuple(parts)


def opened(style_path: Path, settings: SettingsFile) -> Package:
    """The style file as a package; read again only when it changes. Raises ValueError for one that is no use."""
    status = style_path.stat()
    return _opened(str(style_path), settings, status.st_mtime_ns, status.st_size)


@lru_cache(_KEPT)
def _opened(path: str, settings: SettingsFile, _modified: int, _size: int) -> Package:
    import docx  # heavy: only when a Word file is made
    import docx.opc.exceptions
    from lxml import etree

    try:
        word = docx.Document(path)
    except (KeyError, ValueError, zipfile.BadZipFile, docx.opc.exceptions.PackageNotFoundError) as fault:
        raise ValueError(f"{Path(path).name} không phải tệp Word dùng được") from fault
    body = word.element.body
    if body.sectPr is None:
        raise ValueError(f"{Path(path).name}: thiếu khổ giấy và lề trang")
    styles = StyleSheet(word, Path(path).name)
    styles.adjust(settings)
    section = etree.tostring(body.sectPr, encoding="unicode", with_tail=False)
    _drop_what_bdg_writes(word)
    word.element.replace(body, body.makeelement(body.tag))
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    document = str(word.part.partname).lstrip("/")
    before, _, after = parts.pop(document).partition(b"<w:body/>")
    for part in _own(document):
        _add(parts, part)
    types = {name: styles.type_of(name) for name in STYLES_USED}
    ready = {name: packed(content) for name, content in parts.items()}
    return Package(styles.ids, types, section, parts, document, before, after, ready)


def _drop_what_bdg_writes(word: WordDocument) -> None:
    """A style file may be a document that bdg once wrote, or somebody's: none of that is ours."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    own = {
        RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.CHART,
    }  # fmt: skip
    for relationships in (word.part.rels, word.part.package.rels):
        for name in [name for name, found in relationships.items() if found.reltype in own]:
            del relationships[name]


def _add(parts: dict[str, bytes], part: Part) -> None:
    """The part under its name, its type among the content types, and the reference to it from its owner."""
    parts[part.name] = part.content if isinstance(part.content, bytes) else part.content.encode()
    if part.kind:
        override = f'<Override PartName="/{part.name}" ContentType="{part.kind}"/></Types>'
        parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(b"</Types>", override.encode())
    folder, name = split(part.owner)
    relationships = f"{folder}/_rels/{name}.rels".lstrip("/")
    before = parts.get(relationships) or xml.no_relationships().encode()
    identity = part.identity or f"bdg{before.count(b'<Relationship ')}"
    reference = f'<Relationship Id="{identity}" Type="{part.relation}" Target="/{part.name}"/></Relationships>'
    parts[relationships] = before.replace(b"</Relationships>", reference.encode())


def _short(text: str) -> str:
    """Core properties hold 255 characters; a longer text ends at a word."""
    said = xml.allowed(" ".join(text.replace("\u00a0", " ").split()))
    return said if len(said) <= 255 else said[:254].rsplit(" ", 1)[0] + "…"
