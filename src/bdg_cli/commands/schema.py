"""`bdg schema`: the JSON Schemas of all file kinds, and the line that makes editors use them."""

from __future__ import annotations

import json
from pathlib import Path

from bdg_cli import edit, schema
from bdg_cli.commands import terminal
from bdg_cli.layout import WrongUse
from bdg_cli.vietnamese import nearest


def run(name: str | None, out: str | None) -> int:
    """Print one schema, or write all of them into a folder and say how to use them."""
    if name is None:
        folder = Path(out or "build/schema")
        for known, whole in all_files().items():
            edit.write_file(str(folder / known), whole)
        print(f"Đã ghi {len(schema.FILES)} lược đồ vào {folder}. Nếu thư mục này là kho, dòng đầu của mỗi tệp YAML là:")
        for kind, (_, pattern) in schema.FILES.items():
            print(f"  {pattern:<26} {modeline(folder, pattern, kind)}")
        return 0
    if name not in schema.FILES:
        near = nearest(name, schema.FILES)
        hint = f"; có phải {near}?" if near else f"; hãy chọn một trong: {', '.join(schema.FILES)}"
        raise WrongUse(f"không có lược đồ “{name}”{hint}")
    content = _text(name)
    if out is None:
        terminal.emit(content)
    else:
        edit.write_file(out, content.encode())
        print(f"Đã ghi {out}")
    return 0


def all_files() -> dict[str, bytes]:
    """Every schema by its file name."""
    return {f"{name}.schema.json": _text(name).encode() for name in schema.FILES}


def modeline(folder: Path, pattern: str, kind: str) -> str:
    """The comment that names a file's schema to an editor; a relative path is taken from the YAML file's own folder."""
    up = "" if folder.is_absolute() else "../" * pattern.count("/")
    return f"# yaml-language-server: $schema={up}{folder.as_posix()}/{kind}.schema.json"


def _text(name: str) -> str:
    return json.dumps(schema.of_file(name), ensure_ascii=False, indent=2) + "\n"
