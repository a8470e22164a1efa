"""Where things are: the repository's folder, and which of its files belong to which unit.

Only names and file statistics are looked at here. Light on imports: it stands on the path that answers from the cache.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = "bdg.yaml"
BASELINE = "baseline.yaml"
INDICATORS = "registry/indicators.yaml"
REGISTRY = ("registry/acts.yaml", "registry/agencies.yaml", "registry/areas.yaml", INDICATORS)
SETTINGS = "templates/settings.yaml"
PLAN_FILES = ("plan.yaml", "targets.yaml", "assignments.yaml")
_FOLDERS = ("registry", "data", "reports", "templates")
_IGNORED = ("README.md",)


class WrongUse(Exception):  # noqa: N818 - it is no fault of the program, and is read as a word
    """What was asked for cannot be done as asked (exit 2); the message is one Vietnamese line with the way out."""


class Layout:
    """The files of a repository by unit: paths relative to `root`, with `/`; `stats` has (mtime_ns, size, ctime_ns).

    `changed` holds contents that are tried out in place of those on disk.
    """

    __slots__ = (
        "changed",
        "data",
        "locks",
        "planless",
        "plans",
        "registry",
        "reports",
        "root",
        "stats",
        "strays",
        "templates",
    )

    def __init__(self, root: str) -> None:
        self.root = root
        self.stats: dict[str, tuple[int, int, int]] = {}
        self.changed: dict[str, bytes] = {}
        self.templates: list[str] = []
        self.registry: list[str] = []
        self.plans: dict[str, list[str]] = {}
        self.planless: list[str] = []  # folders that would be plans if they had a plan.yaml
        self.data: list[str] = []
        self.reports: list[str] = []
        self.locks: list[str] = []
        self.strays: list[str] = []

    def absolute(self, path: str) -> str:
        """The path on disk of a file of the repository."""
        return os.path.join(self.root, *path.split("/"))


def find_root(repo: str | None, paths: tuple[str, ...] = ()) -> str:
    """The folder that holds bdg.yaml.

    `repo` wins (the folder itself, or one with `plans/bdg.yaml`); else the nearest at or above the first path
    that exists; else of the current folder; else `./plans`. Raises WrongUse.
    """
    if repo is not None:
        root = _holds_config(repo)
        if root is None:
            raise WrongUse(f"không thấy kho ở “{repo}”: thiếu tệp bdg.yaml (hoặc plans/bdg.yaml) trong thư mục ấy")
        return root
    starts = [path for path in paths[:1] if os.path.exists(path)] + [os.curdir]
    for start in starts:
        for folder in _upwards(os.path.abspath(start)):
            if os.path.isfile(os.path.join(folder, CONFIG)):
                return folder
    root = _holds_config(os.path.join(os.curdir, "plans"))
    if root is None:
        raise WrongUse(
            "không thấy kho kế hoạch: thư mục này và các thư mục trên nó không có bdg.yaml; "
            "hãy chuyển vào thư mục của kho, hoặc chỉ ra bằng --repo THƯ_MỤC"
        )
    return root


def _holds_config(folder: str) -> str | None:
    for candidate in (folder, os.path.join(folder, "plans")):
        if os.path.isfile(os.path.join(candidate, CONFIG)):
            return os.path.abspath(candidate)
    return None


def _upwards(path: str) -> Iterator[str]:
    while True:
        yield path
        parent = os.path.dirname(path)
        if parent == path:
            return
        path = parent


def scan(root: str) -> Layout:
    """Walk the repository once: every file that bdg reads, by unit, and every file it does not know."""
    layout = Layout(root)
    for entry in _entries(root):
        if entry.is_dir(follow_symlinks=False):
            _scan_folder(layout, entry.name)
        elif entry.name in {CONFIG, BASELINE}:
            _note(layout, entry, entry.name, [])
    return layout


def _scan_folder(layout: Layout, name: str) -> None:
    found = list(_walk(os.path.join(layout.root, name), name))
    if name not in _FOLDERS:
        if any(path == f"{name}/plan.yaml" for path, _ in found):
            layout.plans[name] = []
        elif not any(path.endswith(("targets.yaml", "assignments.yaml", "plan.yml")) for path, _ in found):
            return  # somebody else's folder
        else:
            layout.planless.append(name)
    for path, entry in found:
        _note(layout, entry, path, _unit_of(layout, name, path))
    if name in layout.plans and f"{name}/plan.yaml" not in layout.stats:
        layout.strays += layout.plans.pop(name)  # its plan.yaml is there and cannot be opened
        layout.planless.append(name)


def _unit_of(layout: Layout, folder: str, path: str) -> list[str]:
    depth = path.count("/")
    if folder in layout.plans and depth == 1 and path.rsplit("/", 1)[1] in PLAN_FILES:
        return layout.plans[folder]
    if folder == "templates":
        return layout.templates
    if folder == "registry" and path in REGISTRY:
        return layout.registry
    if folder == "data" and depth == 1 and path.endswith(".csv"):
        return layout.data
    if folder == "reports" and depth == 1 and path.endswith(".yaml"):
        return layout.reports
    if folder == "reports" and depth == 1 and path.endswith(".lock.json"):
        return layout.locks
    return layout.strays


def _note(layout: Layout, entry: os.DirEntry[str], path: str, unit: list[str]) -> None:
    try:
        status = entry.stat()
        readable = stat.S_ISREG(status.st_mode)  # neither a folder nor a pipe that would be waited for
    except OSError:  # a link that leads nowhere, or in a circle
        readable = False
    if not readable:
        layout.strays.append(path)
        return
    layout.stats[path] = (status.st_mtime_ns, status.st_size, status.st_ctime_ns)
    unit.append(path)


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in _entries(folder):
        path = f"{prefix}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, path)
        elif entry.name not in _IGNORED:
            yield path, entry


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
