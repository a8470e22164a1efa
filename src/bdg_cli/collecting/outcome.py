"""What becomes of each thing that came in, and the files as they would read with it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from enum import Enum

from bdg_cli import load
from bdg_cli.layout import Layout


class Fate(Enum):
    """What becomes of a thing that came in."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing: what it is, what becomes of it, the cell it came from, and for what is refused or noted the code."""

    fate: Fate
    words: str
    sheet: str = ""
    cell: str = ""
    code: str = ""


@dataclass
class Report:
    """What came of one file. `title` says whose it is."""

    path: str
    title: str = ""
    outcomes: list[Outcome] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """How many things met a fate."""
        return sum(1 for outcome in self.outcomes if outcome.fate is fate)

    @property
    def refused(self) -> bool:
        """Whether anything was refused."""
        return self.count(Fate.REFUSED) > 0


class Drafts:
    """The files of a repository as they would read: nothing is written until `changed` is."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._before: dict[str, str | None] = {}
        self._now: dict[str, str] = {}

    def text(self, path: str) -> str | None:
        """The text of a file, with what came in before; None where there is none. Raises Unfit for what is no text."""
        if path in self._now:
            return self._now[path]
        if path not in self._before:
            self._before[path] = self._read(path)
        return self._before[path]

    def _read(self, path: str) -> str | None:
        if path not in self._layout.stats:
            return None
        text, faults = load.text(self._layout, path)
        if text is None:
            raise Unfit(f"{path}: {faults[0][1].message}")
        return text

    def put(self, path: str, text: str) -> None:
        """Let a file read so."""
        if self.text(path) != text:
            self._now[path] = text

    def encoded(self, path: str, text: str) -> bytes:
        """The bytes of a file: with the mark of UTF-8 in front where the file had it."""
        marked = path in self._layout.stats and load.content(self._layout, path).startswith(codecs.BOM_UTF8)
        return text.encode("utf-8-sig" if marked else "utf-8")

    @property
    def changed(self) -> dict[str, str]:
        """The new text of every file that would change."""
        return {path: text for path, text in self._now.items() if text != self._before.get(path)}

    def before(self, path: str) -> str:
        """The text of a file as it is on disk; empty where there is none."""
        return self._before.get(path) or ""


class Unfit(Exception):  # noqa: N818 - a state of the repository, told in one sentence
    """A file of the repository that cannot take what came in; the message is a Vietnamese sentence."""
