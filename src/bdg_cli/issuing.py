"""Whose a document is that is cited without its issuer, as far as the paragraph around it tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from bdg_cli import prose
from bdg_cli.plan import Mention, Plan
from bdg_cli.prose.patterns import GAP, LEVEL, LEVELS, OPT, lazy
from bdg_cli.registry import Registry, issuer_key

UNSURE = "?"  # the issuer of a document that may be another body's
_ISSUED = lazy(rf"{GAP}(?:(?:đã|vừa|cũng|mới|kịp{GAP}thời|chủ{GAP}động|ký){GAP}){{0,3}}ban{GAP}hành{GAP}\Z")
_BY = lazy(rf"(?:{OPT},)?{GAP}(?:do|được){GAP}\Z")
_ISSUED_BY = lazy(rf"{GAP}(?:đã{GAP})?(?:ký|ban{GAP}hành|phê{GAP}duyệt)(?!\w)")
_PLACE = lazy(
    rf"(?<!\w)(?P<level>{LEVEL})(?:\.{OPT}|{GAP})"
    rf"(?P<name>[^\W_]+)(?:{GAP}(?P<more>[^\W\d_]+))?"
)
# Behind an issuer: the place it lies in; and what surely does not go on with its name.
_LIES_IN = lazy(
    rf"(?:,{OPT}|{GAP}thuộc{GAP}|{OPT}\({OPT})"
    rf"(?P<place>{LEVEL}{GAP}[^\W_]+(?:{GAP}[^\W_]+)?|[^\W_]+(?:{GAP}[^\W_]+)?(?=\)))"
)
_LEVELS_BEHIND = tuple(f"{level} " for level in LEVELS.split("|"))
_AFTER_NAMES = (
    " về v/v việc ban phê quy hướng triển thực ngày tháng năm và hoặc tại theo để nhằm đã được là có trong trên cho "
    "đến khóa nhiệm giao công kiện thành sửa bổ điều với "
)
_OFFICES = {"UBND": "ủy ban", "HĐND": "hội đồng"}
_OF = lazy(rf"(?:{OPT},)?{GAP}của(?!\w)")  # whose name the reader of prose does not know
_FARTHEST = 40  # characters between a body and what it issued


def identity(plan: Plan, registry: Registry, words: str) -> str:
    """An agency's id, or what tells one apart that has none: its name, and the area where it is called so."""
    return registry.issuer_named(words, plan.file.area) or f"{issuer_key(words)} ({plan.file.area or plan.id})"


def issuer_cited(plan: Plan, registry: Registry, mention: Mention) -> str:
    """Who issued a document that is cited with its issuer, and where that lies, if elsewhere.

    A name that is in no registry may go on where the reader of prose stopped: then nobody can tell it from others.
    """
    found, small = mention.found, mention.reading.small
    assert isinstance(found, prose.Citation)
    assert found.issuer is not None
    behind = small[found.issuer_end : found.issuer_end + _FARTHEST].lstrip(" ")
    known = registry.issuer_named(found.issuer, plan.file.area)
    if known is None and behind[:1].isalnum() and f" {behind.split()[0]} " not in _AFTER_NAMES:
        return UNSURE
    placed = behind.startswith("(") or behind.removeprefix("thuộc").lstrip(", ").startswith(_LEVELS_BEHIND)
    elsewhere = _elsewhere(plan, registry, small, found.issuer_end) if placed else ""
    return f"{issuer_key(found.issuer)} ({elsewhere})" if elsewhere else identity(plan, registry, found.issuer)


def _elsewhere(plan: Plan, registry: Registry, small: str, end: int) -> str:
    """The place behind an issuer's name ("…, tỉnh Long An"), unless it is the plan's own area."""
    behind = _LIES_IN().match(small, end)
    home = registry.areas.get(plan.file.area or "")
    place = " ".join(behind["place"].split()) if behind else ""
    return "" if home is not None and place and home.name.lower() in place else place


def issuer_left_out(plan: Plan, registry: Registry, mention: Mention, known: Collection[str]) -> str:
    """Who issued a document cited without issuer: the only one known for its number, unless the paragraph differs.

    It may say who did; where it names another body of the kind, or another place, nobody can tell.
    """
    found, reading = mention.found, mention.reading
    assert isinstance(found, prose.Citation)
    said = _said_to_issue(reading, found)
    if said is not None:
        return identity(plan, registry, said)
    if len(known) > 1 or _OF().match(reading.small, found.end):
        return UNSURE
    issuer = next(iter(known), "")
    start = reading.text.rfind("\n", 0, found.start) + 1
    end = reading.text.find("\n", found.end)
    end = end if end >= 0 else len(reading.text)
    bodies = {identity(plan, registry, name) for name in _bodies(registry, reading, start, end, issuer, found.number)}
    sure = bodies <= {issuer} if issuer else all(_is_at_home(plan, registry, body) for body in bodies)
    places = [place for at, place in _places(reading) if start <= at < end]
    if places:
        own = _names(plan, registry, issuer)
        sure = sure and all(place in own for place in places)
    return issuer if sure else UNSURE


def _said_to_issue(reading: prose.Reading, found: prose.Citation) -> str | None:
    """The body that is said to have issued a document: "… ban hành ‹văn bản›", "‹văn bản› do … ban hành"."""
    text = reading.text
    for body in reading.bodies:
        if found.start - _FARTHEST < body.end < found.start and _ISSUED().fullmatch(text, body.end, found.start):
            return body.name
        if found.end < body.start < found.end + _FARTHEST and _BY().fullmatch(text, found.end, body.start):
            return body.name if _ISSUED_BY().match(text, body.end) else None
    return None


def _bodies(registry: Registry, reading: prose.Reading, start: int, end: int, known: str, number: str) -> Iterator[str]:
    """The bodies of a paragraph that are of the issuer's kind: "ủy ban", "sở nội"."""
    name = issuer_key(registry.name(known)) if known else ""
    office = " ".join(name.split()[:2]) or next((words for sign, words in _OFFICES.items() if sign in number), None)
    for body in reading.bodies:
        if office and start <= body.start < end and not body.group and issuer_key(body.name).startswith(office):
            yield body.name


def _is_at_home(plan: Plan, registry: Registry, body: str) -> bool:
    return body in registry.agencies and registry.agencies[body].area == plan.file.area


@lru_cache(maxsize=32)
def _places(reading: prose.Reading) -> tuple[tuple[int, str], ...]:
    """The places that a text calls by name, in lower case, and where: several checks ask for those of one text."""
    found = []
    for match in _PLACE().finditer(reading.small):
        first, more = match.start("name"), match.start("more")
        if reading.text[first].isupper() or reading.text[first].isdigit():
            second = f" {match['more']}" if more >= 0 and reading.text[more].isupper() else ""
            found.append((match.start(), f"{' '.join(match['level'].split())} {match['name']}{second}"))
    return tuple(found)


def _names(plan: Plan, registry: Registry, known: str) -> str:
    """What the known issuer is called; with the plan's own area where it is one of there."""
    name = issuer_key(registry.name(known)) if known else ""
    home = registry.areas.get(plan.file.area or "")
    if home is not None and home.unit is not None and (not known or _is_at_home(plan, registry, known)):
        return f"{name}; {home.unit} {home.name}".lower()
    return name
