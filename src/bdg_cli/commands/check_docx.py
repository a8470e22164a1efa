"""`bdg check-docx FILE`: does this file still say what the repository says, and what did a person change in it."""

from __future__ import annotations

import sys
from pathlib import Path

from bdg_cli.commands import differences, terminal
from bdg_cli.commands.comparing import NotComparable, check
from bdg_cli.commands.office import Choices
from bdg_cli.documents.docx_reader import Unreadable
from bdg_cli.layout import WrongUse

FORMATS = ("text", "json")


def run(file: str, choices: Choices, form: str) -> int:
    """Print what differs: exit code 0 where nothing does, 1 where something does or the file cannot be compared."""
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    path = Path(file)
    try:
        checked = check(path, file, choices)
    except (Unreadable, NotComparable) as fault:
        print(f"bdg: {file}: {fault}", file=sys.stderr)
        return 1
    if form == "json":
        terminal.emit(differences.as_json(checked))
    else:
        terminal.emit(differences.as_text(checked, terminal.sheet(sys.stdout)))
    return 1 if checked.differences else 0
