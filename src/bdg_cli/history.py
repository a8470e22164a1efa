"""The repository as git knows it: an earlier revision laid out as a folder, and what has changed since."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bdg_cli import edit
from bdg_cli.layout import WrongUse

_HUNK = re.compile(r"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")
_NEW_FILE = "+++ b/"


@dataclass(frozen=True)
class Changes:
    """Which lines of the work tree differ from a revision: stretches of line numbers by path; None is a whole file."""

    stretches: dict[str, list[tuple[int, int]] | None] = field(default_factory=dict)

    def touch(self, path: str, first: int, last: int) -> bool:
        """Whether lines `first` to `last` of a file hold something that changed."""
        if path not in self.stretches:
            return False
        known = self.stretches[path]
        return known is None or any(start <= last and first <= end for start, end in known)


@contextmanager
def earlier(root: str, revision: str) -> Iterator[str]:
    """A folder that holds the repository as it was at a revision, for as long as it is looked at.

    Empty where the repository was not there yet. Raises WrongUse where git or the revision is missing.
    """
    tree = _tree(root, revision)
    with edit.Scratch() as folder:
        if tree:
            index = {"GIT_INDEX_FILE": os.path.join(folder, ".index")}
            _git(root, "read-tree", tree, **index)
            _git(_top(root), "checkout-index", "--all", "--quiet", f"--prefix={folder}{os.sep}", **index)
        yield folder


def changes(root: str, revision: str) -> Changes:
    """What the work tree has that the revision has not."""
    _tree(root, revision)
    found: dict[str, list[tuple[int, int]] | None] = {}
    path = ""
    words = ("diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--relative", "--src-prefix=a/")
    for line in _git(root, *words, "--dst-prefix=b/", revision, "--", ".").splitlines():
        hunk = _HUNK.match(line)
        if line.startswith("+++ "):
            path = line.removeprefix(_NEW_FILE).rstrip("\t") if line.startswith(_NEW_FILE) else ""
        elif hunk and path:
            # Where lines went away, what stands around the gap has changed.
            first, count = int(hunk["first"]), int(hunk["count"] or 1)
            stretch = (first, first + count - 1) if count else (first, first + 1)
            stretches = found.setdefault(path, [])
            assert stretches is not None
            stretches.append(stretch)
    for path in _git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if path:
            found[path] = None
    return Changes(found)


def _tree(root: str, revision: str) -> str:
    """The tree of the repository's folder at a revision; empty where it was not there."""
    prefix = _git(root, "rev-parse", "--show-prefix").strip()
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except WrongUse:
        raise WrongUse(
            f"git không có phiên bản “{revision}”; hãy ghi một nhánh, thẻ hay mã, như main, v1, HEAD~1 "
            "(trong CI: hãy lấy đủ lịch sử, fetch-depth: 0)"
        ) from None
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{commit}:{prefix}").strip()
    except WrongUse:
        return ""


def _top(root: str) -> str:
    return _git(root, "rev-parse", "--show-toplevel").rstrip("\n")


def _git(folder: str, *words: str, **environment: str) -> str:
    command = ["git", "-c", "core.quotePath=false", "-C", folder, *words]
    try:
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **environment})
    except FileNotFoundError:
        raise WrongUse("máy này chưa có git; so sánh với bản trước cần git") from None
    except subprocess.CalledProcessError:
        raise WrongUse("kho này không nằm trong git, hoặc git không đọc được; so sánh với bản trước cần git") from None
    return done.stdout.decode("utf-8", "surrogateescape")
