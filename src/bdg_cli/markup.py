"""The small Markdown of plan texts: paragraphs, `-` items, bold, italic, and `{{ name }}` expressions.

A closed grammar, parsed once into pieces with offsets into the text. An expression is `{{ name }}` or
`{{ name("literal") }}` and nothing else; what it prints is decided where documents are built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic_core import core_schema

from bdg_cli.findings import Edit, Place
from bdg_cli.nodes import Scalar

_EXPRESSION = re.compile(r"\{\{([^{}]*)\}\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_CALL = re.compile(r"""\s*([a-z_]+)\s*(?:\(\s*(?:"([^"]*)"|'([^']*)')\s*\))?\s*\Z""")
_EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])", re.DOTALL)
_ITEM = re.compile(r"[ \t]*[-–+][ \t]+")


@dataclass(frozen=True, slots=True)
class Literal:
    """Text as it stands, from `start` to `end` in the value; line breaks inside a paragraph read as one space."""

    text: str
    start: int
    end: int
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """`{{ name }}` or `{{ name("argument") }}`; `name` is empty where the braces hold something else."""

    name: str
    argument: str | None
    start: int
    end: int
    bold: bool = False
    italic: bool = False


Piece = Literal | Expression


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, or one `-` item (`item` true)."""

    pieces: tuple[Piece, ...]
    item: bool = False


class Text:
    """A text of a plan: the raw value and, where it came from a file, the scalar that knows its place."""

    def __init__(self, raw: str, scalar: Scalar | None = None) -> None:
        self.raw = raw
        self.scalar = scalar

    @cached_property
    def blocks(self) -> tuple[TextBlock, ...]:
        """Paragraphs and items, in order."""
        return tuple(_blocks(self.raw))

    def expressions(self) -> Iterator[Expression]:
        """Every expression, in order. Emphasis, and what is broken over lines, only the paragraphs tell."""
        found = list(_EXPRESSION.finditer(self.raw)) if "{{" in self.raw else []
        if "*" in self.raw or any("\n" in match[0] for match in found):
            pieces = (piece for block in self.blocks for piece in block.pieces)
            yield from (piece for piece in pieces if isinstance(piece, Expression))
        else:
            yield from (_expression(match) for match in found)

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where characters `start` to `end` of the raw value stand in the file."""
        if self.scalar is None:
            return Place("")
        if start == 0 and end is None:
            return self.scalar.place()
        return self.scalar.part(start, len(self.raw) if end is None else end)

    def edit(self, start: int, end: int, new: str) -> Edit | None:
        """The edit that puts `new` for characters `start` to `end`; None where the file does not hold them as they are
        (a folded scalar, an escape)."""
        place = self.place(start, end)
        if self.scalar is None or self.scalar.source.text[place.start : place.end] != self.raw[start:end]:
            return None
        return Edit(place.path, place.start, place.end, new)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"Text({self.raw!r})"

    @classmethod
    def _take(cls, value: object) -> Text:
        if isinstance(value, Text):
            return value
        if not isinstance(value, str):
            raise ValueError("cần một đoạn chữ")
        return cls(str(value), value if isinstance(value, Scalar) else None)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._take)


def loose_braces(raw: str) -> Iterator[tuple[int, int]]:
    """Start and end of each pair of braces that is not part of an expression."""
    inside = [match.span() for match in _EXPRESSION.finditer(raw)]
    for match in _BRACES.finditer(raw):
        if not any(start <= match.start() < end for start, end in inside):
            yield match.span()


def _blocks(raw: str) -> Iterator[TextBlock]:
    for start, end in _stretches(raw):
        marker = _ITEM.match(raw, start, end)
        yield TextBlock(tuple(_pieces(raw, marker.end() if marker else start, end)), marker is not None)


def _stretches(raw: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph or item: blank lines separate, and so does a line that opens an item."""
    begin: int | None = None
    position = 0
    for line in raw.splitlines(keepends=True):
        blank = not line.strip()
        if begin is not None and (blank or _ITEM.match(line)):
            yield begin, position
            begin = None
        if begin is None and not blank:
            begin = position + (len(line) - len(line.lstrip(" \t")))
        position += len(line)
    if begin is not None:
        yield begin, position


def _pieces(raw: str, start: int, end: int) -> Iterator[Piece]:
    position = start
    for match in _EMPHASIS.finditer(raw, start, end):
        group = 1 if match[1] is not None else 2
        yield from _plain(raw, position, match.start(), False, False)
        yield from _plain(raw, match.start(group), match.end(group), group == 1, group == 2)
        position = match.end()
    yield from _plain(raw, position, end, False, False, last=True)


def _plain(raw: str, start: int, end: int, bold: bool, italic: bool, *, last: bool = False) -> Iterator[Piece]:
    position = start
    for match in _EXPRESSION.finditer(raw, start, end):
        if match.start() > position:
            yield Literal(_folded(raw[position : match.start()]), position, match.start(), bold, italic)
        yield _expression(match, bold, italic)
        position = match.end()
    rest = raw[position:end]
    rest = rest.rstrip() if last else rest
    if rest:
        yield Literal(_folded(rest), position, position + len(rest), bold, italic)


def _expression(match: re.Match[str], bold: bool = False, italic: bool = False) -> Expression:
    call = _CALL.match(match[1])
    name = call[1] if call else ""
    argument = None if call is None else (call[2] if call[2] is not None else call[3])
    return Expression(name, argument, match.start(), match.end(), bold, italic)


def _folded(text: str) -> str:
    """Line breaks of the file become single spaces, as in Markdown."""
    return re.sub(r"[ \t]*\r?\n[ \t]*", " ", text)
