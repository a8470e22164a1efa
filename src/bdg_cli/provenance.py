"""What a made file says of itself: which plan, which commit, which inputs, which bdg."""

from __future__ import annotations

import subprocess

from bdg_cli import __version__
from bdg_cli.documents.seal import OPEN_SEAL, SEAL
from bdg_cli.layout import Layout

PLAN, COMMIT, INPUTS, VERSION = "bdg-plan", "bdg-commit", "bdg-inputs", "bdg-version"


def properties(layout: Layout, plan: str, paths: list[str], digest: str) -> dict[str, str]:
    """The custom properties of a document made from `paths`."""
    return {PLAN: plan, COMMIT: commit(layout, paths), INPUTS: digest, VERSION: __version__, SEAL: OPEN_SEAL}


def commit(layout: Layout, paths: list[str]) -> str:
    """The last commit that touched the inputs, `+` behind it where they changed since; empty outside git."""
    last = _git(layout.root, "log", "-1", "--format=%h", "--", *paths)
    if not last:
        return ""
    changed = _git(layout.root, "status", "--porcelain", "--", *paths)
    return f"{last}+" if changed else last


def _git(root: str, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
