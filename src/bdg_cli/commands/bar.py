"""How far long work has come: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress

_FROM = 3  # steps; what is shorter is done before one has looked


class Bar:
    """A bar below the lines that are said while it moves. Drawn by no thread of its own, so that processes can fork."""

    def __init__(self, title: str, total: int) -> None:
        self._title = title
        self._total = total
        self._progress: Progress | None = None

    def __enter__(self) -> Self:
        if self._total >= _FROM and sys.stdout.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._progress = Progress(*columns, console=Console(file=sys.stdout), auto_refresh=False, transient=True)
            self._progress.start()
            self._progress.add_task(self._title, total=self._total)
            self._progress.refresh()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def advance(self, steps: int = 1) -> None:
        """So many steps are done."""
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], advance=steps, refresh=True)

    def say(self, line: str) -> None:
        """A line above the bar."""
        if self._progress is not None:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line)
