"""Which findings a command is about: of which codes, in which plans and files. Light on imports, like validate."""

from __future__ import annotations

import os

from bdg_cli.layout import Layout, WrongUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bdg_cli.findings import Finding


def limited(layout: Layout, findings: list[Finding], paths: tuple[str, ...]) -> list[Finding]:
    """The findings in the plans, files and folders named; all where none is."""
    if not paths:
        return findings
    starts = [_start(layout, path) for path in paths]
    return [
        one
        for one in findings
        if any(not start or one.place.path == start or one.place.path.startswith(f"{start}/") for start in starts)
    ]


def chosen(findings: list[Finding], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Finding]:
    """The findings whose code begins with one of `select` (all where it is empty) and with none of `ignore`."""
    return [
        one
        for one in findings
        if (not select or one.code.startswith(select)) and not (ignore and one.code.startswith(ignore))
    ]


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
