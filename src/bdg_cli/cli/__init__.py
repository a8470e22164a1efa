"""The command line: the commands by subject, and Vietnamese words for wrong use."""

from __future__ import annotations

from typing import Any

import typer

from bdg_cli.cli import checking, exchanging, figures, making, starting
from bdg_cli.cli.app import app, in_vietnamese
from bdg_cli.layout import WrongUse

# Each adds its commands to the app; the order is that of the help.
COMMANDS = (checking, making, figures, exchanging, starting)


def run(arguments: list[str]) -> int:
    """Run one command; the exit code. Wrong use raises WrongUse with a Vietnamese sentence.

    Invoked without typer's own `main`, which would turn Ctrl-C and a closed pipe into exit codes of its own.
    """
    command = typer.main.get_command(app)
    try:
        with command.make_context("bdg", _options_after_command(arguments)) as context:
            code = command.invoke(context)
    except Exception as fault:
        kind = type(fault).__name__
        if kind == "Exit":  # --help and --version end so
            return int(getattr(fault, "exit_code", 0))
        if kind == "NoArgsIsHelpError":
            typer.echo(in_vietnamese(str(getattr(fault, "message", ""))))
            return 2
        if kind == "Abort":
            raise KeyboardInterrupt from None
        sentence = _wrong_use(fault)
        if sentence is None:
            raise
        raise WrongUse(sentence) from None
    return code if isinstance(code, int) else 0


def _options_after_command(arguments: list[str]) -> list[str]:
    """`bdg --repo X validate` is `bdg validate --repo X`: the options of all commands may stand before the command."""
    moved: list[str] = []
    rest = list(arguments)
    while len(rest) > 1 and rest[0] in {"--repo", "--today"}:
        moved += rest[:2]
        rest = rest[2:]
    return [*rest[:1], *moved, *rest[1:]]


def _wrong_use(fault: Exception) -> str | None:
    """What typer's parser complains of, in Vietnamese. By name: typer carries its own copy of click, or uses click."""
    names = {kind.__name__ for kind in type(fault).__mro__}
    if "UsageError" not in names:
        return None
    see = "; xem bdg --help"
    if "NoSuchOption" in names:
        near = (getattr(fault, "possibilities", None) or [None])[0]
        return f"không có tùy chọn {getattr(fault, 'option_name', '')}" + (f"; có phải {near}?" if near else see)
    if "MissingParameter" in names:
        parameter: Any = getattr(fault, "param", None)
        name = max(parameter.opts, key=len) if parameter is not None and parameter.param_type_name == "option" else (
            getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
        )  # fmt: skip
        return f"thiếu {name}{see}"
    if "BadOptionUsage" in names:
        return f"tùy chọn {getattr(fault, 'option_name', '')} dùng không đúng: cần một giá trị đi sau"
    message = str(getattr(fault, "message", ""))
    if message.startswith("No such command"):
        return f"không có lệnh {message.split(chr(39))[1]}{see}"
    if "unexpected extra argument" in message:
        return f"thừa tham số {message[message.find('(') + 1 : message.rfind(')')]}{see}"
    return f"không hiểu lệnh “{message}”{see}" if not message.isascii() else f"lệnh viết chưa đúng{see}"
