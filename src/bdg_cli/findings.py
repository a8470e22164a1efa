"""What bdg says about a place in a file: places, faults as checks yield them, findings as outputs print them.

Imported on the path that answers from the cache, so it takes nothing from the standard library that costs
time at start-up (no dataclasses, no typing).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Final

ERROR: Final = "error"
WARNING: Final = "warning"
INFO: Final = "info"
SEVERITIES: Final = (ERROR, WARNING, INFO)  # gravest first
NOT_CHECKED: Final = "KN104"  # the code under which it is told what could not be checked


def fingerprint(code: str, place: Place, value: str = "", ordinal: int = 0) -> str:
    """16 hex digits over code, path, route, value and the ordinal among equals; never over line numbers."""
    import hashlib

    identity = "\x1f".join((code, place.path, place.route, value, str(ordinal)))
    return hashlib.sha256(identity.encode(errors="surrogatepass")).hexdigest()[:16]


class Place:
    """A stretch of one file. Lines and columns count from 1, in characters; the end column is exclusive.

    `start` and `end` are offsets into the file's text (-1 where the file has none, as a whole-file place),
    `route` names the keys and ids that lead there, and does not change when lines move.
    """

    __slots__ = ("column", "end", "end_column", "end_line", "line", "path", "route", "start")

    def __init__(
        self,
        path: str,
        line: int = 1,
        column: int = 1,
        end_line: int = 1,
        end_column: int = 1,
        start: int = -1,
        end: int = -1,
        route: str = "",
    ) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.start = start
        self.end = end
        self.route = route

    def pack(self) -> tuple[Any, ...]:
        """The plain tuple that the cache stores."""
        return (
            self.path, self.line, self.column, self.end_line, self.end_column, self.start, self.end, self.route,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.pack() == other.pack()

    def __hash__(self) -> int:
        return hash(self.pack())

    def __repr__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Edit:
    """Replace the characters `start` to `end` of a file by `new`: the one way existing text is changed."""

    __slots__ = ("end", "new", "path", "start")

    def __init__(self, path: str, start: int, end: int, new: str) -> None:
        self.path = path
        self.start = start
        self.end = end
        self.new = new

    def pack(self) -> tuple[str, int, int, str]:
        """The plain tuple that the cache stores."""
        return (self.path, self.start, self.end, self.new)


class Fault:
    """What a check yields: where, what, which other places belong to it, and the value it is about.

    `value` (normalised text) tells two faults at the same route apart in the fingerprint.
    """

    __slots__ = ("edits", "message", "place", "related", "value")

    def __init__(
        self,
        place: Place,
        message: str,
        related: Iterable[tuple[Place, str]] = (),
        value: str = "",
        edits: Iterable[Edit] = (),
    ) -> None:
        self.place = place
        self.message = message
        self.related = tuple(related)
        self.value = value
        self.edits = tuple(edits)


class Terms:
    """Why a finding is accepted, by whom, until when; `in_source` where a comment on its line says so."""

    __slots__ = ("in_source", "owner", "reason", "until")

    def __init__(self, reason: str, owner: str, until: str, *, in_source: bool = False) -> None:
        self.reason = reason
        self.owner = owner
        self.until = until
        self.in_source = in_source


class Finding:
    """A fault under its code, with the fingerprint that survives moved lines.

    `edits` mend it where that can be done without a person; severity and the terms of its acceptance are set last.
    """

    __slots__ = ("code", "edits", "fingerprint", "message", "place", "plan", "related", "severity", "terms")

    def __init__(
        self,
        code: str,
        message: str,
        place: Place,
        related: tuple[tuple[Place, str], ...] = (),
        fingerprint: str = "",
        plan: str | None = None,
        severity: str = "",
        edits: tuple[Edit, ...] = (),
    ) -> None:
        self.code = code
        self.message = message
        self.place = place
        self.related = related
        self.fingerprint = fingerprint
        self.plan = plan
        self.severity = severity
        self.edits = edits
        self.terms: Terms | None = None

    @property
    def accepted(self) -> bool:
        """Whether the repository has accepted it."""
        return self.terms is not None

    @property
    def state(self) -> tuple[str, str, bool]:
        """Which finding it is, how grave, and whether accepted: what a change can make different."""
        return (self.fingerprint, self.severity, self.accepted)

    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: path, line, column, code; the message last, so that the order is total."""
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)

    def pack(self) -> tuple[Any, ...]:
        """The plain tuple that the cache stores; severity and acceptance are applied after the cache."""
        related = tuple((place.pack(), words) for place, words in self.related)
        edits = tuple(edit.pack() for edit in self.edits)
        return (self.code, self.message, self.place.pack(), related, self.fingerprint, self.plan, edits)

    @classmethod
    def unpack(cls, packed: tuple[Any, ...]) -> Finding:
        """The finding that `pack` stored."""
        code, message, place, related, fingerprint, plan, edits = packed
        places = tuple((Place(*spot), words) for spot, words in related)
        mended = tuple(Edit(*edit) for edit in edits)
        return cls(code, message, Place(*place), places, fingerprint, plan, edits=mended)

    def __repr__(self) -> str:
        return f"{self.place!r} {self.code} {self.message}"
