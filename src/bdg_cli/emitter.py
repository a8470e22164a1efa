"""YAML text of plain values: how bdg spells what it adds to a file, and the files it writes anew. Pure.

Long texts stand in `|` blocks wrapped at WIDTH, short lists of ids on one line, quotes only where YAML needs them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

WIDTH = 100
_STEP = 2
_PLAIN = re.compile(r"[^\W_“”][^\x00-\x1f\x7f]*\Z")
_HIDDEN_MEANING = re.compile(r":(?=\s|\Z)|\s#|\s\Z")
_WORDS_OF_YAML = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_IN_FLOW = re.compile(r"[,\[\]{}]")
_ITEM = re.compile(r"[-–+][ \t]+")
# A line that begins with a dash is an item of bdg's markup: the space before a dash inside a sentence must not break.
_BEFORE_DASH = re.compile(r"\s+(?=[-–+]\s)")
_HELD = "\ue000"


class Prose(str):
    """A text in which line breaks inside a paragraph mean nothing: it may be wrapped."""

    __slots__ = ()


class Name(str):
    """An id that looks like a number (`2.1`): written in quotes, as plans write it."""

    __slots__ = ()


Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"


def block(value: Mapping[str, Value] | Sequence[Value], indent: int = 0) -> str:
    """A mapping or a list in block style, each line indented by `indent`, a newline at the end."""
    return "".join(f"{line}\n" for line in _lines(value, indent))


def entry(key: str, value: Value, indent: int) -> str:
    """`key: value` in block style, a newline at the end."""
    return "".join(f"{line}\n" for line in _entry(key, value, indent))


def scalar(text: str, *, flow: bool = False) -> str:
    """Text on one line: plain where it reads back the same, in double quotes elsewhere."""
    plain = (
        not isinstance(text, Name)
        and _PLAIN.match(text)
        and not _HIDDEN_MEANING.search(text)
        and not (flow and _IN_FLOW.search(text))
        and text.lower() not in _WORDS_OF_YAML
    )
    return str(text) if plain else quoted(text)


def quoted(text: str) -> str:
    """Text in double quotes, on one line."""
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n") + '"'


def flow(value: Value) -> str:
    """A value on one line: `a`, `[a, b]`, `{a: 1}`."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(flow(part) for part in value) + "]"


def needs_block(text: str, column: int) -> bool:
    """Whether a text that would begin at `column` (from 0) is better off in a `|` block."""
    return isinstance(text, Prose) and (len(list(_stretches(text))) > 1 or column + len(text.strip()) > WIDTH)


def wrapped(text: str, indent: int) -> list[str]:
    """The lines of a text in a block, indented: paragraphs and items as they are, each wrapped at WIDTH."""
    out: list[str] = []
    for stretch in _stretches(text):
        if not stretch:
            out.append("")
            continue
        item = _ITEM.match(stretch)
        rest = " " * (indent + _STEP) if item else " " * indent
        held = _BEFORE_DASH.sub(_HELD, stretch[item.end() :] if item else stretch)
        lead = " " * indent + (item.group() if item else "")
        lines = textwrap.wrap(
            held, WIDTH, initial_indent=lead, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        out += [line.replace(_HELD, " ") for line in lines]
    return out


def folded(text: str) -> str:
    """A text with each paragraph and item on one line, a blank line between paragraphs."""
    return "\n".join(_stretches(text))


def _stretches(text: str) -> Iterator[str]:
    """Each paragraph and each item with its spaces made single; an empty string between paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in text.strip().splitlines():
        bare = " ".join(line.split())
        if not bare:
            paragraphs.append([])
        elif _ITEM.match(bare) or not paragraphs[-1]:
            paragraphs[-1].append(bare)
        else:
            paragraphs[-1][-1] += f" {bare}"
    kept = [paragraph for paragraph in paragraphs if paragraph]
    for position, paragraph in enumerate(kept):
        if position:
            yield ""
        yield from paragraph


def _lines(value: Mapping[str, Value] | Sequence[Value], indent: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _entry(key, part, indent)
        return
    for part in value:
        if isinstance(part, Mapping) and part:
            first, *rest = _lines(part, indent + _STEP)
            yield f"{' ' * indent}- {first.lstrip(' ')}"
            yield from rest
        elif isinstance(part, str) and needs_block(part, indent + _STEP):
            yield f"{' ' * indent}- |"
            yield from wrapped(part, indent + _STEP)
        else:
            yield f"{' ' * indent}- {flow(part) if not isinstance(part, str) else scalar(part.strip())}"


def _entry(key: str, value: Value, indent: int) -> Iterator[str]:
    lead = " " * indent + f"{key}:"
    if isinstance(value, str):
        if needs_block(value, len(lead) + 1):
            yield f"{lead} |"
            yield from wrapped(value, indent + _STEP)
        else:
            yield f"{lead} {scalar(_one_line(value))}"
    elif isinstance(value, Sequence) and (not value or _is_short(value, len(lead))):
        yield f"{lead} {flow(value)}"
    else:
        yield lead
        yield from _lines(value, indent + _STEP)


def _one_line(value: str) -> str:
    return type(value)(" ".join(value.split())) if isinstance(value, Prose) else value


def _is_short(values: Sequence[Value], column: int) -> bool:
    return all(isinstance(part, str) and not isinstance(part, Prose) for part in values) and (
        column + len(flow(values)) < WIDTH
    )
