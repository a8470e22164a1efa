"""`bdg templates export DIR`: wording, looks and settings into a plan repository, to be changed there."""

from __future__ import annotations

from pathlib import Path

from bdg_cli import edit
from bdg_cli.commands import terminal
from bdg_cli.documents import wording
from bdg_cli.layout import find_root


def export(folder: str, *, force: bool) -> int:
    """Copy the shipped templates into the repository at `folder`. What is there stays, unless `force` is given."""
    root = find_root(folder)
    kept = []
    for name, content in wording.shipped_files().items():
        target = Path(root) / "templates" / name
        if target.exists() and (not force or not target.is_file()):
            kept.append(name)
            continue
        edit.write_file(str(target), content)
        print(f"Đã ghi {terminal.prefix(root)}templates/{name}")
    for name in kept:
        print(f"Giữ nguyên {terminal.prefix(root)}templates/{name}, bản của kho; thêm --force để chép đè")
    return 0
