"""What commands ask of the terminal and the clock: width, colour, today, and one place to print."""

from __future__ import annotations

import os
import sys
import time

from bdg_cli.layout import WrongUse
from bdg_cli.outputs.text import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

WIDTH = 100
_WIDEST = 140


def today(chosen: str | None) -> str:
    """The day of the run as ISO text: `--today`, or the clock's. Raises WrongUse for what is no day."""
    if chosen is None:
        return time.strftime("%Y-%m-%d")
    try:
        known = time.strftime("%Y-%m-%d", time.strptime(chosen, "%Y-%m-%d")) == chosen
    except ValueError:
        known = False
    if not known:
        raise WrongUse(f"“{chosen}” không phải ngày; hãy viết --today năm-tháng-ngày, như 2024-06-15")
    return chosen


def sheet(stream: TextIO) -> Sheet:
    """How to print on a stream: colour only on a terminal, and not where NO_COLOR is set."""
    terminal = stream.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Sheet(_columns(stream) if terminal else WIDTH, colour)


def _columns(stream: TextIO) -> int:
    chosen = os.environ.get("COLUMNS", "")
    if chosen.isdigit() and int(chosen) > 0:
        return min(int(chosen), _WIDEST)
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or WIDTH, _WIDEST)
    except (OSError, ValueError):
        return WIDTH


def emit(text: str) -> None:
    """Print a whole report in one write."""
    sys.stdout.write(text)
    sys.stdout.flush()


def show_progress(words: str, position: int, whole: int) -> None:
    """How far long work has come, on one line of a terminal; nothing in a pipe."""
    if whole > 1 and sys.stderr.isatty():
        print(f"\r{words} {position}/{whole}", end="", file=sys.stderr, flush=True)


def clear_progress() -> None:
    """Take that line away, so that a line of the result can stand there."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def prefix(root: str) -> str:
    """How a path of the repository begins when seen from the current folder; empty from outside."""
    try:
        relative = os.path.relpath(root)
    except ValueError:  # another drive of Windows
        return ""
    if relative == os.curdir or relative.startswith(os.pardir):
        return ""
    return relative.replace(os.sep, "/") + "/"


def ask(question: str, default: str) -> str:
    """The answer typed at the terminal; the default where only Enter was."""
    shown = f" [{default}]" if default else ""
    try:
        return input(f"{question}{shown}: ").strip() or default
    except EOFError:
        raise WrongUse("không còn gì để đọc; hãy thêm --yes, và --area, --period nếu cần") from None
