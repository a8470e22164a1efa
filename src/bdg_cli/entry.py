"""The command `bdg`. Looks at the arguments before anything is imported, so that the common calls start fast."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXIT_WRONG_USE = 2
EXIT_FAULT = 3
EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141

_VALUES = {"--repo": "repo", "--today": "today", "--format": "form", "--fail-on": "fail_on", "--since": "since"}
_FLAGS = {"--no-cache": "cache", "--no-baseline": "baseline"}


def main() -> int:
    """Run bdg on sys.argv; the exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from bdg_cli import __version__

        print(f"bdg {__version__}")
        return 0
    _speak_utf8()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("bdg: đã dừng theo yêu cầu", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_CLOSED_PIPE
    except Exception as fault:
        return _report(fault)


def _run(arguments: list[str]) -> int:
    options = _validate_options(arguments)
    if options is not None:
        from bdg_cli.commands import validate

        return validate.run(**options)
    from bdg_cli import cli

    return cli.run(arguments)


def _validate_options(arguments: list[str]) -> dict[str, Any] | None:
    """The options of a plain `bdg validate …`; None for all that typer must read: help, mistakes, other commands."""
    if arguments[:1] != ["validate"]:
        return None
    options: dict[str, Any] = {}
    paths: list[str] = []
    rest = iter(arguments[1:])
    for word in rest:
        if word in _FLAGS:
            options[_FLAGS[word]] = False
        elif word in _VALUES:
            value = next(rest, None)
            if value is None or value.startswith("-"):
                return None
            options[_VALUES[word]] = value
        elif word.startswith("-"):
            return None
        else:
            paths.append(word)
    return {**options, "paths": tuple(paths)}


def _speak_utf8() -> None:
    """Vietnamese needs UTF-8 whatever the console or the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")  # a file's name may be no Unicode at all


def _report(fault: Exception) -> int:
    """One line for what the user can mend; for a fault of bdg itself also where the log is."""
    from bdg_cli.layout import WrongUse
    from bdg_cli.screen import line

    if isinstance(fault, WrongUse):
        print(line(f"bdg: {fault}"), file=sys.stderr)
        return EXIT_WRONG_USE
    if isinstance(fault, OSError):
        where = f"“{fault.filename}”" if fault.filename is not None else "đầu ra"
        print(line(f"bdg: không đọc hoặc ghi được {where}: {_reason(fault)}"), file=sys.stderr)
        return EXIT_WRONG_USE
    import traceback

    from bdg_cli import cache, edit

    log = os.path.join(cache.folder(), "fault.log")
    lines = f"bdg {sys.argv[1:]}\n{''.join(traceback.format_exception(fault))}"
    try:
        edit.write_file(log, lines.encode())
        where = f"chi tiết ở {log}"
    except OSError:
        where = "không ghi được nhật ký"
    print(
        f"bdg: lỗi của chính bdg ({type(fault).__name__}); {where}; xin gửi tệp ấy cho người giữ bdg", file=sys.stderr
    )
    return EXIT_FAULT


def _reason(fault: OSError) -> str:
    reasons = {
        PermissionError: "không có quyền, hoặc tệp đang mở ở chương trình khác",
        FileNotFoundError: "không có tệp hay thư mục ấy",
        IsADirectoryError: "đó là một thư mục",
        FileExistsError: "đã có một tệp mang tên ấy; -o cần một thư mục",
        NotADirectoryError: "trên đường dẫn có một tệp, không phải thư mục",
    }
    return next(
        (told for kind, told in reasons.items() if isinstance(fault, kind)), "đĩa đầy hoặc thiết bị không ghi được"
    )
