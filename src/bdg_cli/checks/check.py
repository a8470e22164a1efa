"""What a check is: a rule with its page, and for most a function whose signature says what it reads."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bdg_cli.findings import Fault

Function = Callable[..., Iterator[Fault]]

WAY_OUT = "Cách xử lý:"
WRONG = "Sai"
_HEADING = re.compile(
    r"(?P<title>(?:Sai|Đúng|Không phải lỗi)(?: \((?!ngày \d{4}-).*?\))?)(?: \(ngày (?P<today>\d{4}-\d{2}-\d{2})\))?:\Z"
)
_FILE = re.compile(r"# (?P<before>trước: )?(?P<path>\S+\.(?:yaml|csv|lock\.json))\Z")


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a page: files to lay over the smallest clean repository. `wrong` ones carry marks.

    `before` are the files of an earlier revision (`# trước: …`), which it is then held against.
    """

    title: str
    files: tuple[tuple[str, str], ...]
    today: str | None
    wrong: bool
    before: tuple[tuple[str, str], ...] = ()

    @property
    def since(self) -> str | None:
        """The revision of git that it is held against."""
        return "HEAD" if self.before else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, what it is called, how grave it is, and its page."""

    code: str
    severity: str
    title: str
    page: str

    @property
    def way_out(self) -> str:
        """The paragraph of the page that says what to do."""
        for paragraph in self.page.split("\n\n"):
            if paragraph.startswith(WAY_OUT):
                return " ".join(paragraph[len(WAY_OUT) :].split())
        return ""

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples of the page, in order."""
        return tuple(_examples(self.page))


@dataclass(frozen=True, slots=True)
class Check(Rule):
    """A rule that a function holds. `inputs` are the names of its parameters: what it may depend on."""

    function: Function
    inputs: frozenset[str]

    @property
    def compares(self) -> bool:
        """Whether it holds a repository against an earlier revision of it."""
        return bool(self.inputs & {"before", "gone", "earlier_registry"})

    def run(self, **given: Any) -> Iterator[Fault]:
        """Call the function with those of the given things that it asks for."""
        return self.function(**{name: given[name] for name in self.inputs})


def check(code: str, severity: str, title: str) -> Callable[[Function], Check]:
    """Make a check of a generator function; its docstring is its page."""

    def made(function: Function) -> Check:
        page = inspect.cleandoc(function.__doc__ or "")
        inputs = frozenset(inspect.signature(function).parameters)
        return Check(code, severity, title, page, function, inputs)

    return made


def also(known: Rule) -> Callable[[Function], Check]:
    """Make a second function hold a rule that has its page already, for what the first cannot see."""

    def made(function: Function) -> Check:
        inputs = frozenset(inspect.signature(function).parameters)
        return Check(known.code, known.severity, known.title, known.page, function, inputs)

    return made


def rule(code: str, severity: str, title: str, page: str) -> Rule:
    """A rule that reading files holds by itself."""
    return Rule(code, severity, title, inspect.cleandoc(page))


def _examples(page: str) -> Iterator[Example]:
    heading: re.Match[str] | None = None
    block: list[str] = []
    for line in [*page.splitlines(), "end"]:
        if line.startswith("    ") or not line.strip():
            block.append(line[4:])
            continue
        if heading is not None and any(row.strip() for row in block):
            title = heading["title"]
            files = list(_files(block))
            now = tuple((path, text) for before, path, text in files if not before)
            earlier = tuple((path, text) for before, path, text in files if before)
            yield Example(title, now, heading["today"], title.startswith(WRONG), earlier)
        block = []
        heading = _HEADING.match(line)


def _files(block: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Of each file: whether it is of the earlier revision, its path, its text."""
    path, before = "", False
    rows: list[str] = []
    for line in [*block, "# end.yaml"]:
        match = _FILE.match(line.rstrip())
        if match is None:
            rows.append(line)
            continue
        if path:
            yield before, path, "\n".join(rows).strip("\n") + "\n"
        path, before, rows = match["path"], bool(match["before"]), []
