"""How the words of a .docx look: styles, defaults and direct formatting of the XML put together.

Only what a person sees at once and may have meant: bold, italic, underlined, struck out, marked, size, colour,
alignment. Fonts and spaces differ with every program that saves a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_BLACK = {"auto", "000000"}
_SIDES = {"start": "left", "end": "right", "distribute": "both"}
_DEEPEST = 20  # styles that rest on one another


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks. Size in half points; an empty colour is black."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    marked: bool = False
    size: int = 20
    colour: str = ""


class Looks:
    """The styles of a file, asked for one paragraph or run at a time."""

    def __init__(self, styles: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default_style = ""
        self._default = Look()
        self._known: dict[str, tuple[Look, str]] = {}
        if styles is None:
            return
        self._default = _dressed(self._default, styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in styles.iterfind(f"{_W}style"):
            identity = style.get(f"{_W}styleId", "")
            self._styles[identity] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0") not in _OFF:
                self._default_style = identity

    def style_name(self, identity: str) -> str:
        """The name of a style: each program gives ids of its own, names stay."""
        style = self._styles.get(identity)
        name = style.find(f"{_W}name") if style is not None else None
        return name.get(f"{_W}val", "") if name is not None else ""

    def paragraph(self, properties: _Element | None) -> tuple[str, Look, str]:
        """Style id, look of its plain words, and alignment of a paragraph with these `w:pPr`."""
        named = properties.find(f"{_W}pStyle") if properties is not None else None
        identity = named.get(f"{_W}val", "") if named is not None else self._default_style
        look, side = self._of_style(identity, 0)
        return identity, look, _side(properties) or side

    def run(self, plain: Look, properties: _Element | None) -> Look:
        """The look of a run with these `w:rPr` in a paragraph whose plain words look so."""
        if properties is None or not len(properties):
            return plain
        named = properties.find(f"{_W}rStyle")
        style = self._styles.get(named.get(f"{_W}val", "")) if named is not None else None
        if style is not None:
            plain = _dressed(plain, style.find(f"{_W}rPr"))
        return _dressed(plain, properties)

    def _of_style(self, identity: str, depth: int) -> tuple[Look, str]:
        known = self._known.get(identity)
        if known is not None:
            return known
        style = self._styles.get(identity)
        if style is None or depth > _DEEPEST:
            return self._default, "left"
        base = style.find(f"{_W}basedOn")
        look, side = (
            self._of_style(base.get(f"{_W}val", ""), depth + 1) if base is not None else (self._default, "left")
        )
        found = (_dressed(look, style.find(f"{_W}rPr")), _side(style.find(f"{_W}pPr")) or side)
        self._known[identity] = found
        return found


def _dressed(look: Look, properties: _Element | None) -> Look:
    """The look as run properties change it."""
    changes: dict[str, Any] = {}
    for entry in properties if properties is not None else ():
        value = entry.get(f"{_W}val", "")
        match str(entry.tag).removeprefix(_W):
            case "b":
                changes["bold"] = value not in _OFF
            case "i":
                changes["italic"] = value not in _OFF
            case "u":
                changes["underlined"] = value not in _OFF
            case "strike" | "dstrike":
                changes["struck"] = value not in _OFF
            case "highlight":
                changes["marked"] = value not in _OFF
            case "sz" if value.isdecimal():
                changes["size"] = int(value)
            case "color":
                changes["colour"] = "" if value.lower() in _BLACK else value.lower()
    return replace(look, **changes) if changes else look


def _side(properties: _Element | None) -> str:
    found = properties.find(f"{_W}jc") if properties is not None else None
    side = found.get(f"{_W}val", "") if found is not None else ""
    return _SIDES.get(side, side)
