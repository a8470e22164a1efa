"""The package a document is put into: style.docx opened once, then filled with one body after another.

python-docx reads what an office may have saved with Word; from then on parts are bytes, and the same body and
properties give the same file.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import split
from typing import TYPE_CHECKING

from bdg_cli.documents import docx_xml as xml
from bdg_cli.documents.advances import Type
from bdg_cli.documents.docx_styles import STYLES_USED, StyleSheet
from bdg_cli.documents.model import Properties
from bdg_cli.documents.seal import sealed
from bdg_cli.models.settings import SettingsFile

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

CUSTOM_PART = "docProps/custom.xml"
ORIGINS_PART = "customXml/bdgOrigins.xml"
_STORE_PART = "customXml/bdgOriginsProps.xml"

_TYPES_PART = "[Content_Types].xml"
_TYPE = "application/vnd.openxmlformats-officedocument."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DATE = (1980, 1, 1, 0, 0, 0)  # a constant date: the same input gives the same bytes
_KEPT = 8  # style files: a repository has one, a run of the tests a few


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be added, and how another one refers to it.

    `kind` is its content type, empty for plain XML; `owner` the part that refers to it, empty for the package itself.
    """

    name: str
    kind: str
    content: str
    owner: str
    relation: str


@dataclass(frozen=True)
class Package:
    """A style file as the settings adjust it: its styles, page and header of its section, all parts around the body.

    `styles` are the ids of the named styles, `types` what each sets a line in, `indents` the points by which
    each sets in the first line.
    """

    styles: dict[str, str]
    types: dict[str, Type]
    indents: dict[str, float]
    section: str
    parts: dict[str, bytes]
    document: str
    before: bytes
    after: bytes

    def filled(self, body: str, properties: Properties, origins: list[tuple[str, str]]) -> bytes:
        """The whole .docx: the body (`<w:body>…`), what the file says of itself, and what its bookmarks hold.

        `origins` are address and digest of the text by number, as `docx_xml.origins_part` has them.
        """
        parts = {**self.parts, self.document: self.before + body.encode() + self.after}
        for part in self._own(properties, origins):
            _add(parts, part)
        return _zipped(sealed(parts))

    def _own(self, properties: Properties, origins: list[tuple[str, str]]) -> tuple[Part, ...]:
        """What bdg adds: the properties, and the origins in a data store, which Word keeps when somebody saves."""
        core = xml.core_properties_part(
            _short(properties.title), _short(properties.author), _short(properties.subject), _short(properties.keywords)
        )
        return (
            Part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core, "",
                 "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"),
            Part(CUSTOM_PART, f"{_TYPE}custom-properties+xml", xml.custom_properties_part(properties.custom), "",
                 f"{_RELATION}custom-properties"),
            Part(ORIGINS_PART, "", xml.origins_part(origins), self.document, f"{_RELATION}customXml"),
            Part(_STORE_PART, f"{_TYPE}customXmlProperties+xml", xml.data_store_part(), ORIGINS_PART,
                 f"{_RELATION}customXmlProps"),
        )  # fmt: skip


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
    types = {name: styles.type_of(name) for name in STYLES_USED}
    indents = {name: styles.first_line_of(name) for name in STYLES_USED}
    return Package(styles.ids, types, indents, section, parts, document, before, after)


def _drop_what_bdg_writes(word: WordDocument) -> None:
    """A style file may be a document that bdg once wrote, or somebody's: its properties and origins are not ours."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    own = {RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES}
    for relationships in (word.part.rels, word.part.package.rels):
        for name in [name for name, found in relationships.items() if found.reltype in own]:
            del relationships[name]


def _add(parts: dict[str, bytes], part: Part) -> None:
    """The part under its name, its type among the content types, and the reference to it from its owner."""
    parts[part.name] = part.content.encode()
    if part.kind:
        override = f'<Override PartName="/{part.name}" ContentType="{part.kind}"/></Types>'
        parts[_TYPES_PART] = parts[_TYPES_PART].replace(b"</Types>", override.encode())
    folder, name = split(part.owner)
    relationships = f"{folder}/_rels/{name}.rels".lstrip("/")
    before = parts.get(relationships) or xml.no_relationships().encode()
    reference = (
        f'<Relationship Id="bdg{before.count(b"<Relationship ")}" Type="{part.relation}" Target="/{part.name}"/>'
        "</Relationships>"
    )
    parts[relationships] = before.replace(b"</Relationships>", reference.encode())


def _short(text: str) -> str:
    """Core properties hold 255 characters; a longer text ends at a word."""
    said = xml.allowed(" ".join(text.replace("\u00a0", " ").split()))
    return said if len(said) <= 255 else said[:254].rsplit(" ", 1)[0] + "…"


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The parts in a fixed order under a fixed date. Readers that guess a file's kind look for the types first."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(parts, key=lambda name: (name != _TYPES_PART, name)):
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # not the system bdg happens to run on
            target.writestr(entry, parts[name])
    return written.getvalue()
