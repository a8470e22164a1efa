"""The program as typer sees it: one group of commands, its help Vietnamese throughout."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from bdg_cli import __version__

_HELP_WORDS = (
    ("Usage:", "Cách dùng:"),
    ("Options:", "Tùy chọn:"),
    ("Arguments:", "Tham số:"),
    ("Commands:", "Lệnh:"),
    ("[OPTIONS]", "[TÙY_CHỌN]"),
    ("COMMAND [ARGS]...", "LỆNH [THAM_SỐ]..."),
    ("Show this message and exit.", "Hiện trợ giúp này."),
    ("[required]", "[bắt buộc]"),
    ("[default: ", "[mặc định: "),
    ("<list[str]>", ""),
    (" <str>", ""),
)


def in_vietnamese(text: str) -> str:
    for english, vietnamese in _HELP_WORDS:
        text = text.replace(english, vietnamese)
    return text


class Command(TyperCommand):
    """A command whose help is Vietnamese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return in_vietnamese(super().get_help(ctx))


class Group(TyperGroup):
    """The group of commands, its help Vietnamese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return in_vietnamese(super().get_help(ctx))


app = typer.Typer(
    cls=Group,
    name="bdg",
    help="Kế hoạch bình đẳng giới dạng YAML: kiểm tra, lập văn bản Word, báo cáo.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bdg {__version__}")
        raise typer.Exit


@app.callback()
def _bdg(
    version: Annotated[
        bool, typer.Option("--version", help="Hiện phiên bản.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options before any command."""
