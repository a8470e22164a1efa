"""Which areas make up an area on a day: the tree that was valid then, and what was merged since. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta

from bdg_cli.models.registry import Area

_Tree = dict[str, tuple[str, ...]]


class Territory:
    """The areas of a registry as they change over time (63 provinces became 34, districts ended on 30/6/2025)."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        self._areas = areas
        self._changes = sorted({day for area in areas.values() for day in _changes(area)})
        self._trees: dict[int, _Tree] = {}
        self._merged: dict[str, list[str]] = {}
        for area in areas.values():
            if area.merged_into is not None and area.valid is not None and area.valid.to is not None:
                self._merged.setdefault(area.merged_into, []).append(area.id)

    def exists(self, identity: str, day: date) -> bool:
        """Whether an area is there on a day; one that the registry does not know is not."""
        area = self._areas.get(identity)
        return area is not None and (area.valid is None or area.valid.covers(day))

    def below(self, identity: str, day: date) -> tuple[str, ...]:
        """The areas directly below one on a day. What stood under an area that has ended is under its heir."""
        era = bisect_right(self._changes, day)
        if era not in self._trees:
            self._trees[era] = self._tree(day)
        return self._trees[era].get(identity, ())

    def earlier(self, identity: str, on: date, day: date) -> tuple[str, ...]:
        """The areas that on an earlier `day` made up what an area is `on` a later one; itself where nothing was merged.

        An area that was formed anew, of no known parts, was nothing then: empty.
        """
        if identity not in self._areas:
            return (identity,)
        found = [part for part in (identity, *self.parts(identity, on)) if self.exists(part, day)]
        if not found and not self._was_ahead(identity, day):
            return (identity,)
        return tuple(found)

    def parts(self, identity: str, on: date) -> tuple[str, ...]:
        """Every area that was ever merged into one before a day, through others too."""
        found: list[str] = []
        waiting = [identity]
        while waiting:
            for part in self._merged.get(waiting.pop(), ()):
                last = self._last_day(part)
                if part not in found and part != identity and last is not None and last < on:
                    found.append(part)
                    waiting.append(part)
        return tuple(found)

    def ended(self, identity: str, day: date) -> Area | None:
        """The area, where it has ended before a day."""
        last = self._last_day(identity)
        return self._areas[identity] if last is not None and last < day else None

    def _last_day(self, identity: str) -> date | None:
        area = self._areas.get(identity)
        return area.valid.to if area is not None and area.valid is not None else None

    def _was_ahead(self, identity: str, day: date) -> bool:
        valid = self._areas[identity].valid
        return valid is not None and valid.from_ is not None and day < valid.from_

    def _tree(self, day: date) -> _Tree:
        found: dict[str, list[str]] = {}
        for area in self._areas.values():
            if self.exists(area.id, day):
                parent = self._parent(area, day)
                if parent is not None:
                    found.setdefault(parent, []).append(area.id)
        return {parent: tuple(children) for parent, children in found.items()}

    def _parent(self, area: Area, day: date) -> str | None:
        """The nearest area above that is there on the day."""
        seen = {area.id}
        name = area.parent
        while name is not None and name in self._areas and name not in seen:
            seen.add(name)
            if self.exists(name, day):
                return name
            above = self._areas[name]
            name = above.merged_into if above.merged_into and self.ended(name, day) else above.parent
        return None


def _changes(area: Area) -> list[date]:
    """The days from which an area is there, and no more there."""
    if area.valid is None:
        return []
    after = area.valid.to + timedelta(days=1) if area.valid.to is not None and area.valid.to < date.max else None
    return [day for day in (area.valid.from_, after) if day is not None]
