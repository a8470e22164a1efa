"""The registry as checks and documents ask it: shipped facts and the repository's own, looked up by id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from bdg_cli.models.registry import (
    Act,
    Acts,
    Agencies,
    Agency,
    AgencyKind,
    Area,
    Areas,
    Function,
    Group,
    Heir,
    Indicator,
    Indicators,
    Level,
    Sector,
    Validity,
)

ALWAYS = Validity.model_construct(from_=None, to=None)


@dataclass(frozen=True, eq=False)
class Registry:
    """Acts, agencies, areas and indicators by id. Compared as a thing, not by what is in it."""

    acts: dict[str, Act] = field(default_factory=dict)
    kinds: dict[str, AgencyKind] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)

    @cached_property
    def bodies(self) -> dict[str, Agency | Group]:
        """Agencies and groups of agencies by id."""
        return {**self.agencies, **self.groups}

    @cached_property
    def acts_by_number(self) -> dict[str, tuple[Act, ...]]:
        """Acts by notation, without spaces and case."""
        found: dict[str, tuple[Act, ...]] = {}
        for act in self.acts.values():
            if act.number:
                key = number_key(act.number)
                found[key] = (*found.get(key, ()), act)
        return found

    def judges(self, key: str) -> bool:
        """Whether what is cited with this notation can be held against a verified act."""
        return any(act.verified for act in self.acts_by_number.get(key, ()))

    @cached_property
    def act_names(self) -> dict[str, Act]:
        """Acts by the names that prose uses, in lower case."""
        return {name.lower(): act for act in self.acts.values() for name in act.names}

    def kind_of(self, agency: Agency) -> AgencyKind | None:
        """The shipped kind an agency belongs to."""
        return self.kinds.get(agency.kind) if agency.kind else None

    def name(self, identity: str, on: date | None = None) -> str:
        """The full name of an agency or group, as it was on a day; the id itself where it is unknown."""
        if identity in self.groups:
            return self.groups[identity].name
        agency = self.agencies.get(identity)
        if agency is None:
            return identity
        former = _former_name(agency, on)
        if former is not None:
            return former
        kind = self.kind_of(agency)
        return agency.name or (self._placed(kind.name, kind, agency) if kind else agency.id)

    def _placed(self, name: str, kind: AgencyKind, agency: Agency) -> str:
        """A kind's name with the place behind it where it ends in the level.

        `UBND tỉnh` is `UBND tỉnh Trà Vinh`, and `UBND thành phố Hải Phòng` where the place is a city.
        """
        area = self.areas.get(agency.area) if agency.area else None
        word = next((word for word in _LEVEL_WORDS.get(kind.level, ()) if name.endswith(f" {word}")), None)
        if area is None or word is None:
            return name
        return f"{name.removesuffix(word)}{area.unit or word} {area.name}"

    def short_name(self, identity: str, on: date | None = None) -> str:
        """The first abbreviation, or the full name where there is none, or where another name was borne on the day."""
        if identity in self.groups:
            group = self.groups[identity]
            return group.abbreviations[0] if group.abbreviations else group.name
        agency = self.agencies.get(identity)
        if agency is None:
            return identity
        former = _former_name(agency, on)
        if former is not None:
            return former
        if agency.abbreviations:
            return agency.abbreviations[0]
        kind = self.kind_of(agency)
        if kind and kind.abbreviations and not agency.name:
            return self._placed(kind.abbreviations[0], kind, agency)
        return self.name(identity)

    def validity(self, identity: str) -> Validity:
        """When an agency (or the kind of a group's members) exists: its own life, and no longer than its area's."""
        own, area = self.own_validity(identity), self.home(identity)
        last = area.valid.to if area is not None and area.verified and area.valid is not None else None
        if last is None or (own.to is not None and own.to <= last):
            return own
        return Validity.model_construct(from_=own.from_, to=last)

    def own_validity(self, identity: str) -> Validity:
        """When an agency, or its kind, exists, whatever becomes of the territory it works in."""
        agency = self.agencies.get(identity)
        if agency is not None and agency.valid is not None:
            return agency.valid
        kind = self._kind(identity)
        return kind.valid if kind is not None and kind.valid is not None else ALWAYS

    def home(self, identity: str) -> Area | None:
        """The territory that an agency or group works in."""
        body = self.bodies.get(identity)
        return self.areas.get(body.area) if body is not None and body.area else None

    def is_verified(self, identity: str) -> bool:
        """Whether what the registry says of an agency's life may be held against a plan."""
        agency = self.agencies.get(identity)
        kind = self._kind(identity)
        return (agency is None or agency.verified) and (kind is None or kind.verified)

    def heirs(self, identity: str) -> tuple[Heir, ...]:
        """Who takes over, the general heir first."""
        agency = self.agencies.get(identity)
        if agency is not None and agency.heirs:
            return agency.heirs
        kind = self._kind(identity)
        return kind.heirs if kind is not None else ()

    def heir_name(self, heir: Heir) -> str:
        """The name of an heir, be it an agency or a kind."""
        if heir.agency:
            return self.name(heir.agency)
        kind = self.kinds.get(heir.kind or "")
        return kind.name if kind else (heir.kind or "")

    def functions(self, identity: str) -> frozenset[Function]:
        """The fields of duty of an agency: its own and its kind's."""
        agency = self.agencies.get(identity)
        own = agency.functions if agency else ()
        kind = self._kind(identity)
        return frozenset((*own, *(kind.functions if kind else ())))

    def level(self, identity: str) -> Level | None:
        """The level of government of an agency or group."""
        agency = self.agencies.get(identity)
        if agency is not None and agency.level is not None:
            return agency.level
        kind = self._kind(identity)
        return kind.level if kind else None

    def sector(self, identity: str) -> Sector:
        """Where a body belongs; administration unless something else is said."""
        agency = self.agencies.get(identity)
        if agency is not None and agency.sector is not None:
            return agency.sector
        kind = self._kind(identity)
        return kind.sector if kind else Sector.ADMINISTRATION

    def members(self, identity: str) -> tuple[str, ...]:
        """A group and all its members; an agency alone."""
        group = self.groups.get(identity)
        return (identity, *group.members) if group else (identity,)

    def groups_of(self, identity: str) -> tuple[str, ...]:
        """The groups an agency belongs to: those that list it, and those of its kind in an area that it lies in."""
        agency = self.agencies.get(identity)
        if agency is None:
            return ()
        areas = self._areas_above(agency.area)
        return tuple(
            group.id
            for group in self.groups.values()
            if identity in group.members or (group.kind and group.kind == agency.kind and group.area in areas)
        )

    def _areas_above(self, area: str | None) -> tuple[str, ...]:
        """An area and all that it lies in, however the registry is written."""
        found: dict[str, None] = {}
        while area is not None and area not in found:
            found[area] = None
            area = self.areas[area].parent if area in self.areas else None
        return tuple(found)

    def issuer_named(self, words: str, area: str | None) -> str | None:
        """The agency that prose calls `words` ("UBND tỉnh", "Thủ tướng Chính phủ"), seen from a plan of `area`.

        The chairman of a committee and the minister sign for their body: their documents are numbered with its own.
        """
        name = issuer_key(words)
        for agency in self._named.get(name, ()):
            if agency.area in (None, area) or name == issuer_key(self.name(agency.id)):
                return agency.id
        short = self._without_area(name, area)
        return (
            next((agency.id for agency in self._named.get(short, ()) if agency.area == area), None) if short else None
        )

    def _without_area(self, name: str, area: str | None) -> str:
        """A body's name without the plan's own area behind it ("sở nội vụ tỉnh"); empty where it is not there."""
        home = self.areas.get(area or "")
        if home is None:
            return ""
        units = (home.unit,) if home.unit is not None else _LEVEL_WORDS.get(home.level, ())
        ends = (end for unit in units for end in (f" {unit} {home.name.lower()}", f" {unit}"))
        return next((name.removesuffix(end) for end in ends if name.endswith(end)), "")

    def may_be_called(self, identity: str, words: str) -> bool:
        """Whether a body may be meant by `words`, which are none of its names: where they are shorter than one."""
        agency, short = self.agencies.get(identity), issuer_key(words)
        return agency is not None and any(name.startswith(short) for name in self._names_of(agency))

    @cached_property
    def _named(self) -> dict[str, list[Agency]]:
        """The agencies by each of their names, written out in lower case, in the order of the registry."""
        found: dict[str, list[Agency]] = {}
        for agency in self.agencies.values():
            for name in self._names_of(agency):
                found.setdefault(name, []).append(agency)
        return found

    def _names_of(self, agency: Agency) -> frozenset[str]:
        kind = self.kind_of(agency)
        names = [self.name(agency.id), *agency.abbreviations]
        if kind is not None:
            names += [kind.name, *kind.abbreviations]
        return frozenset(map(issuer_key, names))

    def _kind(self, identity: str) -> AgencyKind | None:
        agency = self.agencies.get(identity)
        group = self.groups.get(identity)
        kind = agency.kind if agency else group.kind if group else None
        return self.kinds.get(kind) if kind else None


_LEVEL_WORDS: dict[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("tỉnh", "thành phố"),
    Level.DISTRICT: ("huyện",),
    Level.COMMUNE: ("xã",),
}


def _former_name(agency: Agency, on: date | None) -> str | None:
    """The name that an agency bore on a day, where it is not the one of today."""
    if on is None:
        return None
    return next((former.name for former in agency.former_names if former.valid.covers(on)), None)


_WRITTEN_OUT = {"uỷ": "ủy", "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hoá": "hóa"}
_SHORT_LEVELS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "h": "huyện",
    "q": "quận",
    "p": "phường",
    "x": "xã",
}
_HEADS = re.compile(r"(?:chủ tịch|phó chủ tịch|thường trực|ban thường vụ|bộ trưởng|giám đốc) (?=\w)")


@lru_cache(maxsize=1000)
def issuer_key(words: str) -> str:
    """An issuer's name for comparing: in lower case, abbreviations written out, without the one who signs for it."""
    name = " ".join(words.lower().replace("–", "-").split())
    for short, full in _WRITTEN_OUT.items():
        name = name.replace(short, full)
    office, people, place = name.partition("nhân dân ")
    short = place.replace(".", " ").split(" ", 1)[0]
    if short in _SHORT_LEVELS:
        name = f"{office}{people}{_SHORT_LEVELS[short]} {place[len(short) :].lstrip(' .')}"
    head = _HEADS.match(name)
    return name[head.end() :] if head else name


@lru_cache(maxsize=1000)
def number_key(number: str) -> str:
    """A notation for comparing: no spaces, capitals, one kind of hyphen, Đ and D alike."""
    return number.replace(" ", "").replace("–", "-").upper().replace("Đ", "D")


def gather(parts: Iterable[Acts | Agencies | Areas | Indicators]) -> Registry:
    """One registry of many files; an id that is already there stays as it was first."""
    registry = Registry()
    for part in parts:
        if isinstance(part, Acts):
            _add(registry.acts, part.acts)
        elif isinstance(part, Agencies):
            _add(registry.kinds, part.kinds)
            _add(registry.agencies, part.agencies)
            _add(registry.groups, part.groups)
        elif isinstance(part, Areas):
            _add(registry.areas, part.areas)
        else:
            _add(registry.indicators, part.indicators)
    return registry


def _add(known: dict[str, Any], entries: Iterable[Any]) -> None:
    for entry in entries:
        known.setdefault(entry.id, entry)
