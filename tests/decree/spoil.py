"""Wrong documents made of right ones: small changes to the XML of a .docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.decree.word import NAMES, Element, W

Parts = dict[str, Element]
Change = Callable[[Parts], None]
_BODY, _STYLES, _HEADER = "word/document.xml", "word/styles.xml", "word/header1.xml"
# The order in which WordprocessingML wants the properties that are set here.
_ORDER = ("pStyle", "keepNext", "spacing", "ind", "jc", "rFonts", "b", "i", "caps", "color", "sz", "bdr")


def spoiled(data: bytes, *changes: Change) -> bytes:
    """The same file with changes made to it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    parts = {name: etree.fromstring(files[name]) for name in (_BODY, _STYLES, _HEADER)}
    for change in changes:
        change(parts)
    files |= {name: etree.tostring(root) for name, root in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return written.getvalue()


def style(name: str, tag: str, *, of: str = "rPr", **attributes: str) -> Change:
    """Give a named style a property; without attributes a switch that is off."""

    def change(parts: Parts) -> None:
        named = found(parts[_STYLES], f"w:style[w:name/@w:val='{name}']")
        assert len(named) == 1, name
        _set(_child(named[0], of), tag, attributes or {"val": "0"})

    return change


def paragraph(text: str, tag: str, *, of: str = "pPr", **attributes: str) -> Change:
    """Give the paragraph that shows a text a property of its own; with `of="rPr"`, all its runs."""

    def change(parts: Parts) -> None:
        par = _showing(parts, text)
        owners = [_child(par, "pPr", first=True)] if of == "pPr" else list(par.iter(f"{W}r"))
        for owner in owners:
            _set(owner if of == "pPr" else _child(owner, "rPr", first=True), tag, attributes)

    return change


def words(old: str, new: str, times: int = 1) -> Change:
    """Write other words: `old` stands in that many runs."""

    def change(parts: Parts) -> None:
        texts = [one for one in parts[_BODY].iter(f"{W}t") if old in (one.text or "").replace("\u00a0", " ")]
        assert len(texts) == times, (old, len(texts))
        for one in texts:
            one.text = (one.text or "").replace("\u00a0", " ").replace(old, new)

    return change


def without(text: str) -> Change:
    """Take out the paragraph that shows a text."""

    def change(parts: Parts) -> None:
        par = _showing(parts, text)
        parent = par.getparent()
        assert parent is not None
        parent.remove(par)

    return change


def section(number: int, tag: str, **attributes: str) -> Change:
    """Set attributes of a property of a section; without any, take the property out."""

    def change(parts: Parts) -> None:
        own = list(parts[_BODY].iter(f"{W}sectPr"))[number]
        element = own.find(f"{W}{tag}")
        if not attributes:
            assert element is not None
            own.remove(element)
            return
        if element is None:
            element = etree.SubElement(own, f"{W}{tag}")
        for name, value in attributes.items():
            element.set(f"{W}{name}", value)

    return change


def header(tag: str, *, of: str = "pPr", **attributes: str) -> Change:
    """Give the page number a property; `instrText` takes the field away."""

    def change(parts: Parts) -> None:
        if tag == "instrText":
            for field in parts[_HEADER].iter(f"{W}instrText"):
                field.text = " DATE "
            return
        for par in parts[_HEADER].iter(f"{W}p"):
            owners = [par] if of == "pPr" else list(par.iter(f"{W}r"))
            for owner in owners:
                _set(_child(owner, of, first=True), tag, attributes)

    return change


def line(number: int, *, share: float = 1.0, dashed: bool = False, gone: bool = False) -> Change:
    """Change the nth drawn line of a file: its length, its stroke; or take it away."""

    def change(parts: Parts) -> None:
        anchor = list(parts[_BODY].iter(f"{{{NAMES['wp']}}}anchor"))[number]
        if gone:
            run = next(anchor.iterancestors(f"{W}r"))
            parent = run.getparent()
            assert parent is not None
            parent.remove(run)
            return
        for extent in anchor.iter(f"{{{NAMES['wp']}}}extent"):
            extent.set("cx", str(round(int(extent.get("cx", "0")) * share)))
        for stroke in anchor.iter(f"{{{NAMES['a']}}}ln") if dashed else ():
            etree.SubElement(stroke, f"{{{NAMES['a']}}}prstDash").set("val", "dash")

    return change


def signed_at_the_end(parts: Parts) -> None:
    """Sign the last unit like the first: its closing table stands there again."""
    tables = found(parts[_BODY], "w:body/w:tbl")
    closing = next(table for table in tables if "Nơi nhận:" in shown(table))
    last = found(parts[_BODY], "w:body/w:p")[-1]
    last.addprevious(deepcopy(closing))


def found(root: Element, path: str) -> list[Element]:
    """The elements of a path."""
    elements = root.xpath(path, namespaces=NAMES)
    assert isinstance(elements, list)
    return [element for element in elements if isinstance(element, etree._Element)]


def shown(element: Element) -> str:
    """The text in an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t")).replace("\u00a0", " ")


def _showing(parts: Parts, text: str) -> Element:
    pars = [par for par in parts[_BODY].iter(f"{W}p") if text in shown(par)]
    assert len(pars) == 1, (text, len(pars))
    return pars[0]


def _child(owner: Element, tag: str, *, first: bool = False) -> Element:
    child = owner.find(f"{W}{tag}")
    if child is None:
        child = etree.Element(f"{W}{tag}")
        owner.insert(0 if first else len(owner), child)
    return child


def _set(owner: Element, tag: str, attributes: dict[str, str]) -> None:
    element = owner.find(f"{W}{tag}")
    if element is None:
        element = etree.Element(f"{W}{tag}")
        owner.insert(sum(_before(child, tag) for child in owner), element)
    for name, value in attributes.items():
        element.set(f"{W}{name}", value)


def _before(child: Element, tag: str) -> bool:
    name = etree.QName(child).localname
    return name in _ORDER and _ORDER.index(name) < _ORDER.index(tag)
