"""Which findings a command is about: of which codes, in which plans and files. Light on imports, like validate."""

from __future__ import annotations

import os

from bdg_cli.findings import NOT_CHECKED
from bdg_cli.layout import Layout, WrongUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bdg_cli.findings import Finding
    from bdg_cli.validation import Outcome


def limited(layout: Layout, findings: list[Finding], paths: tuple[str, ...]) -> list[Finding]:
    """The findings in the plans, files and folders named; all where none is."""
    if not paths:
        return findings
    starts = [_start(layout, path) for path in paths]
    return [one for one in findings if _inside(one.place.path, starts)]


def narrow(outcome: Outcome, paths: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Finding]:
    """The findings that are asked for; `outcome.not_checked` is narrowed to the same places and codes.

    What could not be checked is told together with what was found, also where its own code is not selected: else a
    selection that a broken file hides would look clean.
    """
    if paths:
        starts = [_start(outcome.layout, path) for path in paths]
        outcome.not_checked = [row for row in outcome.not_checked if _inside(row[1], starts)]
    outcome.not_checked = [row for row in outcome.not_checked if _wanted(row[0], select, ignore)]
    unread = {path for _, path, _ in outcome.not_checked}
    return [
        one
        for one in limited(outcome.layout, outcome.findings, paths)
        if _wanted(one.code, select, ignore)
        or (one.code == NOT_CHECKED and one.place.path in unread and _wanted(one.code, (), ignore))
    ]


def chosen(findings: list[Finding], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Finding]:
    """The findings whose code begins with one of `select` (all where it is empty) and with none of `ignore`."""
    return [one for one in findings if _wanted(one.code, select, ignore)]


def codes(text: str | None, known: dict[str, tuple[str, str, str]]) -> tuple[str, ...]:
    """Codes or their beginnings (`CC,PC101`) as written. Raises WrongUse for one that no code begins with."""
    wanted = tuple(part.strip().upper() for part in (text or "").split(",") if part.strip())
    for part in wanted:
        if not any(code.startswith(part) for code in known):
            raise WrongUse(f"không có mã kiểm tra nào bắt đầu bằng “{part}”; xem danh sách bằng bdg checks")
    return wanted


def plans(layout: Layout, names: tuple[str, ...], also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The plans named, or all of the repository; `also` may be named too. Raises WrongUse for one not there."""
    for name in names:
        if name not in layout.plans and name not in also:
            from bdg_cli.vietnamese import nearest

            near = nearest(name, layout.plans)
            known = ", ".join(layout.plans) or "chưa có kế hoạch nào"
            hint = f"; có phải “{near}”?" if near else f"; kho có: {known}"
            raise WrongUse(f"không có kế hoạch “{name}” trong kho{hint}")
    if not names and not layout.plans:
        raise WrongUse("kho chưa có kế hoạch nào; tạo bằng bdg init, hoặc chép thư mục một kế hoạch vào đây")
    return names or tuple(layout.plans)


def _wanted(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    return (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))


def _inside(path: str, starts: list[str]) -> bool:
    return any(not start or path == start or path.startswith(f"{start}/") for start in starts)


def _start(layout: Layout, path: str) -> str:
    """A plan id or a path on disk, as a path of the repository; empty for the repository itself."""
    if path in layout.plans:
        return path
    relative = os.path.relpath(os.path.abspath(path), layout.root).replace(os.sep, "/")
    if os.path.exists(path) and not relative.startswith(".."):
        return "" if relative == "." else relative
    from bdg_cli.vietnamese import nearest

    near = nearest(path, layout.plans)
    hint = f"; có phải “{near}”?" if near else f"; kho có: {', '.join(layout.plans) or 'chưa có kế hoạch nào'}"
    raise WrongUse(f"không có kế hoạch hay tệp “{path}” trong kho{hint}")
