"""The wording of documents: templates/*.md.j2 into headings, paragraphs and items.

Jinja2 serves templates alone, sandboxed, and a name that a template does not get is a fault. What comes from a
plan's text goes in as a token and comes out as its own runs, so that its origin is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bdg_cli.documents.model import Block, Heading, Paragraph, Run, Runs, Style
from bdg_cli.documents.texts import no_break
from bdg_cli.layout import WrongUse
from bdg_cli.markup import Literal, Text
from bdg_cli.vietnamese import letter, roman

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_TOKEN = re.compile("\ue000(\\d+)\ue001")
_BLOCKS = re.compile("\ue002(\\d+)\ue003\\Z")
_WHITE = re.compile(r"[ \t\r\n]+")  # not the no-break spaces of blanks to be filled by hand
_HEADING = re.compile(r"(?P<marks>#{1,3}) (?P<title>.*)\Z")


def shipped_folder() -> Path:
    """The templates that ship with bdg: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parents[1] / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "templates"


def find(name: str, repository: str | None) -> Path:
    """A file of the templates; the repository's own wins."""
    own = Path(repository) / "templates" / name if repository is not None else None
    return own if own is not None and own.is_file() else shipped_folder() / name


@dataclass
class Wording:
    """The templates as one repository has them, and the runs that tokens stand for."""

    repository: str | None
    placed: list[Runs] = field(default_factory=list)
    placed_blocks: list[tuple[Block, ...]] = field(default_factory=list)

    def token(self, runs: Runs) -> str:
        """A stand-in for runs, for use in a template."""
        self.placed.append(runs)
        return f"\ue000{len(self.placed) - 1}\ue001"

    def standing(self, blocks: Iterable[Block]) -> str:
        """A stand-in for whole blocks (a chart and its note), for a paragraph of their own in a template."""
        self.placed_blocks.append(tuple(blocks))
        return f"\ue002{len(self.placed_blocks) - 1}\ue003"

    def blocks(self, name: str, /, **values: Any) -> Iterator[Block]:
        """A whole template as blocks: `#` to `###` are numbered headings, the rest paragraphs and `-` items."""
        counters = [0, 0, 0]
        for stretch in re.split(r"\n(?=#)|(?<=\n)(?=#)", self._rendered(name, values)):
            head, _, body = stretch.partition("\n")
            match = _HEADING.match(head)
            if match is None:
                body = stretch
            else:
                level = len(match["marks"])
                counters[level - 1] += 1
                counters[level:] = [0] * (3 - level)
                yield Heading(level, numbered(level, counters[level - 1]), self._line(match["title"]))
            yield from self._paragraphs(body)

    def line(self, name: str, /, **values: Any) -> Runs:
        """A template that is one line."""
        return self._line(_WHITE.sub(" ", self._rendered(name, values)).strip(" "))

    def text(self, name: str, /, **values: Any) -> str:
        """A template as plain text, one newline at the end."""
        return self._rendered(name, values).strip("\n") + "\n"

    def _paragraphs(self, body: str) -> Iterator[Block]:
        for block in Text(body).blocks:
            standing = _BLOCKS.match(
                "".join(piece.text for piece in block.pieces if isinstance(piece, Literal)).strip()
            )
            if standing:
                yield from self.placed_blocks[int(standing[1])]
                continue
            runs = tuple(run for piece in block.pieces if isinstance(piece, Literal) for run in self._runs(piece))
            yield Paragraph(no_break(runs), Style.ITEM if block.item else Style.BODY, "-" if block.item else "")

    def _line(self, text: str) -> Runs:
        return no_break(tuple(run for run in self._runs(Literal(text, 0))))

    def _runs(self, piece: Literal) -> Iterator[Run]:
        position = 0
        for match in _TOKEN.finditer(piece.text):
            if match.start() > position:
                yield Run(piece.text[position : match.start()], piece.bold, piece.italic)
            yield from self.placed[int(match[1])]
            position = match.end()
        if piece.text[position:]:
            yield Run(piece.text[position:], piece.bold, piece.italic)

    def _rendered(self, name: str, values: dict[str, Any]) -> str:
        try:
            return _environment(self.repository).get_template(name).render(values)
        except Exception as error:  # whatever an office's own template does, it is not a fault of bdg
            line = getattr(error, "lineno", None) or _line_of(error, name)
            where = f"{find(name, self.repository)}:{line}" if line else str(find(name, self.repository))
            raise WrongUse(f"mẫu {where} có lỗi: {_told(error)}") from error


def _told(error: Exception) -> str:
    """What is wrong with a template, in words of an office."""
    quoted_name = re.search(r"'([^']+)'", str(error))
    name = f" “{quoted_name[1]}”" if quoted_name else ""
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
def _environment(repository: str | None) -> SandboxedEnvironment:
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
