"""What commands that exchange files with people share: the repository at hand, and saving over nobody's work."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bdg_cli import edit, load
from bdg_cli.commands import terminal
from bdg_cli.commands.selection import plans
from bdg_cli.data.observations import Observation
from bdg_cli.documents.seal import is_ours
from bdg_cli.layout import find_root, scan
from bdg_cli.plan import Plan
from bdg_cli.workbooks import reader
from bdg_cli.workbooks.reader import Unreadable
from bdg_cli.workshop import Workshop


class Desk:
    """One repository on one day. What cannot be done is said, and makes the exit code 1."""

    def __init__(self, repo: str | None, today: str | None, *, quiet: bool = False) -> None:
        """`quiet`: what is said goes to the other stream, since the output is for a program."""
        self.root = find_root(repo)
        self.layout = scan(self.root)
        self.workshop = Workshop(self.layout, terminal.today(today))
        self.quiet = quiet
        self.failed = False

    def plans(self, names: tuple[str, ...], also: tuple[str, ...] = ()) -> Iterator[Plan]:
        """The plans named (`also` among them), or all of the repository; one that cannot be read is said so."""
        for identity in plans(self.layout, names, also):
            plan = self.workshop.plan(identity).plan
            if plan is None:
                self.fail(f"{identity}: không đọc được; hãy chạy bdg validate")
            else:
                yield plan

    def observations(self) -> tuple[Observation, ...]:
        """Every row of the repository's data; a file that cannot be read is named."""
        for path in self.workshop.figures.unread:
            self.fail(f"{path}: không đọc được nên số liệu của tệp này không được tính; hãy chạy bdg validate")
        return self.workshop.figures.observations

    def repository(self) -> str:
        """What the repository is called: a form is for one repository."""
        _, config = load.config(self.layout)
        return (config.name or config.area or "") if config else ""

    def fail(self, line: str) -> None:
        """Say what could not be done."""
        self.failed = True
        print(line, file=sys.stderr)

    def say(self, line: str) -> None:
        """A line for the person at the terminal."""
        print(line, file=sys.stderr if self.quiet else sys.stdout)

    def read(self, path: str) -> bytes:
        """The bytes of a file that somebody sent. Raises Unreadable."""
        try:
            status = Path(path).stat()
            if not stat.S_ISREG(status.st_mode):  # a device or a pipe might never end
                raise Unreadable("đó không phải một tệp")
            if status.st_size > reader.LARGEST:
                raise Unreadable(reader.TOO_LARGE)
            return Path(path).read_bytes()
        except OSError as fault:
            absent = isinstance(fault, FileNotFoundError)
            reason = "không có tệp ấy" if absent else "không có quyền, hoặc tệp đang mở ở chương trình khác"
            raise Unreadable(f"không đọc được: {reason}") from fault

    def save(self, path: Path, content: bytes, *, force: bool, ours: Callable[[bytes], bool] | None = None) -> None:
        """Write a file; over one that is there only if bdg wrote it and nobody has changed it since.

        `ours` tells that of the bytes of a file without the seal of a package.
        """
        there = path.read_bytes() if path.exists() else None
        known = there is not None and (is_ours(path) if ours is None else ours(there))
        if there == content:
            self.say(f"Đã có {path}, không đổi")
        elif there is not None and not force and not known:
            self.fail(f"Không ghi đè {path}: tệp ấy đã được sửa hoặc không do bdg làm; thêm --force nếu vẫn muốn")
        else:
            edit.write_file(str(path), content)
            self.say(f"Đã ghi {path}")

    def exit_code(self) -> int:
        """1 where something could not be done, else 0."""
        return 1 if self.failed else 0
