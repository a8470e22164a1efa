"""The wording of documents: templates/*.md.j2 into headings, paragraphs and items.

Jinja2 serves templates alone, sandboxed, and a name that a template does not get is a fault. What comes from a
plan's text goes in as a token and comes out as its own runs, so that its origin is kept. Every other value prints as
it is: what Markdown would read in it (`*`, `-`, `#`, `{{`) is only a sign. Markup stands in templates, and in values
that say so (`Markdown`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bdg_cli.documents.model import Block, Heading, Paragraph, Run, Runs, Style
from bdg_cli.documents.texts import no_break
from bdg_cli.findings import Place
from bdg_cli.layout import WrongUse
from bdg_cli.markup import Literal, Text
from bdg_cli.vietnamese import letter, roman

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_TOKEN = re.compile("\ue000(\\d+)\ue001")
_SIGNS = {ord(sign): 0xE100 + index for index, sign in enumerate("*-–+#{}")}  # each to one that means nothing
_BACK = {stand_in: sign for sign, stand_in in _SIGNS.items()}
_BREAKS = re.compile(r"[ \t]*[\r\n\t][ \t\r\n]*")
_WHITE = re.compile(r"[ \t\r\n]+")  # not the no-break spaces of blanks to be filled by hand
_HEADING = re.compile(r"(?P<marks>#{1,3}) (?P<title>.*)\Z")


def shipped_folder() -> Path:
    """The templates that ship with bdg: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parents[1] / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "templates"


def shipped_names() -> list[str]:
    """The files that an office may have of its own: wording, looks, settings; not the makings of `bdg init`."""
    folder = shipped_folder()
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if not name.startswith(("init/", ".")))


def shipped_files() -> dict[str, bytes]:
    """The same with what is in them."""
    return {name: (shipped_folder() / name).read_bytes() for name in shipped_names()}


def find(name: str, repository: str | None) -> Path:
    """A file of the templates; the repository's own wins."""
    return _own(name, repository) or shipped_folder() / name


def called(name: str, repository: str | None) -> str:
    """A template as a message names it: one of the repository by its path there."""
    return f"templates/{name}" if _own(name, repository) else str(shipped_folder() / name)


def _own(name: str, repository: str | None) -> Path | None:
    own = Path(repository) / "templates" / name if repository is not None else None
    return own if own is not None and own.is_file() else None


class Markdown(str):
    """A value whose markup counts: several paragraphs or items, made of tokens."""

    __slots__ = ()


class _Value(str):
    """A value as templates see it: its markup is only signs, and it compares as it was given."""

    given: str

    def __eq__(self, other: object) -> bool:
        return self.given == (other.given if isinstance(other, _Value) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.given)


class _Thing:
    """An object that a template looks into: what it finds there are values too."""

    __slots__ = ("_object",)

    def __init__(self, thing: object) -> None:
        self._object = thing

    def __getattr__(self, name: str) -> object:
        return _entered(getattr(self._object, name))

    def __str__(self) -> str:
        return str(_entered(str(self._object)))


def _entered(value: object) -> object:
    """A value as it goes into a template of Markdown."""
    match value:
        case Markdown() | None | bool() | int() | float() | Decimal():
            return value
        case str():
            shown = _Value(_BREAKS.sub(" ", value).translate(_SIGNS))
            shown.given = str(value)
            return shown
        case dict():
            return {key: _entered(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_entered(entry) for entry in value]
    return _Thing(value)


@cache
def shipped_digest() -> str:
    """A digest of the wording and looks that ship with bdg: they go into every document."""
    found = hashlib.sha256()
    for name, content in shipped_files().items():
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


@dataclass
class Wording:
    """The templates as one repository has them, and the runs that tokens stand for.

    `place` is what is being put into words: a fault in a template names it.
    """

    repository: str | None
    place: Place | None = None
    placed: list[Runs] = field(default_factory=list)

    def token(self, runs: Runs) -> str:
        """A stand-in for runs, for use in a template."""
        self.placed.append(runs)
        return f"\ue000{len(self.placed) - 1}\ue001"

    def blocks(self, name: str, /, **values: Any) -> Iterator[Block]:
        """A whole template as blocks: `#` to `###` are numbered headings, the rest paragraphs and `-` items."""
        counters = [0, 0, 0]
        for stretch in re.split(r"\n(?=#)|(?<=\n)(?=#)", self._rendered(name, _marked(values))):
            head, _, body = stretch.partition("\n")
            match = _HEADING.match(head)
            if match is None:
                body = stretch
            else:
                level = len(match["marks"])
                counters[level - 1] += 1
                counters[level:] = [0] * (3 - level)
                yield Heading(level, numbered(level, counters[level - 1]), self._heading(match["title"]))
            yield from self._paragraphs(body)

    def line(self, name: str, /, **values: Any) -> Runs:
        """A template that is one line."""
        return no_break(self._one_line(name, values))

    def words(self, name: str, /, **values: Any) -> str:
        """A template that is one line, as text that may break at each space."""
        return "".join(run.text for run in self._one_line(name, values))

    def _one_line(self, name: str, values: dict[str, Any]) -> Runs:
        text = _WHITE.sub(" ", self._rendered(name, _marked(values))).strip(" ")
        return tuple(self._runs(Literal(text, 0, len(text))))

    def text(self, name: str, /, **values: Any) -> str:
        """A template that is no Markdown (a YAML file), as text with one newline at the end."""
        return self._rendered(name, values).strip("\n") + "\n"

    def _paragraphs(self, body: str) -> Iterator[Paragraph]:
        for block in Text(body).blocks:
            runs = tuple(run for piece in block.pieces if isinstance(piece, Literal) for run in self._runs(piece))
            yield Paragraph(no_break(runs), Style.ITEM if block.item else Style.BODY, "-" if block.item else "")

    def _heading(self, text: str) -> Runs:
        return no_break(tuple(self._runs(Literal(text, 0, len(text)))))

    def _runs(self, piece: Literal) -> Iterator[Run]:
        position = 0
        for match in _TOKEN.finditer(piece.text):
            if int(match[1]) >= len(self.placed):
                continue  # no token: somebody's own sign from the private area
            if match.start() > position:
                yield _plain(piece, position, match.start())
            yield from self.placed[int(match[1])]
            position = match.end()
        if piece.text[position:]:
            yield _plain(piece, position, len(piece.text))

    def _rendered(self, name: str, values: dict[str, Any]) -> str:
        try:
            return environment(self.repository).get_template(name).render(values)
        except Exception as error:  # whatever an office's own template does, it is not a fault of bdg
            line = getattr(error, "lineno", None) or _line_of(error, name)
            where = called(name, self.repository) + (f":{line}" if line else "")
            about = f" (khi lập {self.place!r})" if self.place is not None and self.place.path else ""
            raise WrongUse(f"mẫu {where} có lỗi: {told(error)}{about}") from error


def _marked(values: dict[str, Any]) -> dict[str, object]:
    return {name: _entered(value) for name, value in values.items()}


def _plain(piece: Literal, start: int, end: int) -> Run:
    return Run(piece.text[start:end].translate(_BACK), piece.bold, piece.italic)


def told(error: Exception) -> str:
    """What is wrong with a template, in words of an office."""
    quoted_names = re.findall(r"'([^']+)'", str(error))
    name = f" “{quoted_names[-1]}”" if quoted_names else ""
    match type(error).__name__:
        case "UndefinedError":
            return f"dùng tên{name} mà văn bản này không có"
        case "TemplateSyntaxError":
            return "viết sai cú pháp mẫu ({{ … }}, {% … %})"
        case "TemplateNotFound" | "TemplatesNotFound":
            return "gọi tới một mẫu không có"
        case "SecurityError":
            return "dùng điều mẫu không được dùng"
        case "UnicodeDecodeError":
            return "tệp không phải UTF-8"
    return f"không tính được ({type(error).__name__})"


@cache
def environment(repository: str | None) -> SandboxedEnvironment:
    """Where templates are found and run: the repository's own before the shipped ones, sandboxed."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    own = [str(Path(repository) / "templates")] if repository is not None else []
    environment = SandboxedEnvironment(
        loader=FileSystemLoader([*own, str(shipped_folder())]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoted"] = quoted
    return environment


def quoted(text: str) -> str:
    """Text as a double-quoted YAML scalar that reads back the same, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line_of(error: Exception, name: str) -> int | None:
    """The line of the template that a run-time fault came from: Jinja puts it into the traceback."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.replace("\\", "/").endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def numbered(level: int, position: int) -> str:
    """I. / 1. / a) by level (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.d)."""
    if level == 1:
        return f"{roman(position)}."
    return f"{position}." if level == 2 else f"{letter(position)})"
