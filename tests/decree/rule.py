"""What a rule of the decree is to the checker: a number, and a function that finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.decree.parts import Unit
from tests.decree.word import Par, Word


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong, under the number of the rule in nd30.md."""

    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True)
class Paper:
    """A file and its units."""

    word: Word
    units: list[Unit]

    @property
    def main(self) -> Unit:
        """The document that the file is."""
        return self.units[0]

    def room(self, par: Par) -> float:
        """The points between the margins of the page that a paragraph stands on."""
        section = self.word.sections[par.section]
        return (section.width - section.margins["left"] - section.margins["right"]) / 25.4 * 72


Check = Callable[[Paper], Iterator[str]]
RULES: dict[str, Check] = {}
WHOLE, HALF = frozenset({13.0, 14.0}), frozenset({12.0, 13.0})  # sizes that the decree gives as a range


def rule(number: str) -> Callable[[Check], Check]:
    """Enter a function as the rule of that number."""

    def enter(check: Check) -> Check:
        assert number not in RULES, number
        RULES[number] = check
        return check

    return enter


def looks(
    par: Par | None,
    what: str,
    *,
    sizes: frozenset[float],
    bold: bool | None = None,
    italic: bool | None = None,
    caps: bool | None = None,
    align: str | None = None,
) -> Iterator[str]:
    """How a paragraph departs from the look it must have; nothing where it is not there."""
    if par is None or not par.words:
        return
    if not par.sizes <= sizes:
        yield f"{what} is set in {_points(par.sizes)}, not in {_points(sizes)}: {par.text[:60]}"
    for name, wanted in (("bold", bold), ("italic", italic)):
        if wanted is not None and not par.all(**{name: wanted}):
            yield f"{what} must {'' if wanted else 'not '}be {name}: {par.text[:60]}"
    if caps is not None and par.is_caps is not caps:
        yield f"{what} must {'' if caps else 'not '}be in capitals: {par.text[:60]}"
    if align is not None and par.align != align:
        yield f"{what} must be {align}, not {par.align}: {par.text[:60]}"


def _points(sizes: frozenset[float] | set[float]) -> str:
    return " or ".join(f"{size:g}" for size in sorted(sizes))
