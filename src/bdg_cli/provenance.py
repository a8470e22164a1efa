"""What a made file says of itself: which document of which plan, which commit, which inputs, which bdg."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from enum import Enum

from bdg_cli import __version__
from bdg_cli.documents.seal import OPEN_SEAL, SEAL
from bdg_cli.layout import Layout

PLAN, DOCUMENT, PERIOD, AGENCY = "bdg-plan", "bdg-document", "bdg-period", "bdg-agency"
COMMIT, INPUTS, VERSION, DRAFT = "bdg-commit", "bdg-inputs", "bdg-version", "bdg-draft"
INCLUDED = "bdg-included"  # a digest of the other repositories that a report was summed from


class Kind(Enum):
    """The documents that bdg makes of a plan; the value stands in the file."""

    PLAN = "plan"
    EXTRACT = "extract"
    ANNEX = "annex"
    SUBMISSION = "submission"
    REPORT = "report"
    CHECK_SHEET = "check-sheet"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which document of which plan: an extract has its agency, a report its period."""

    kind: Kind
    plan: str
    period: str = ""
    agency: str = ""


def properties(layout: Layout, subject: Subject, paths: list[str], inputs: str) -> dict[str, str]:
    """The custom properties of a document made from `paths`; `inputs` is whatever tells their contents apart."""
    said = {
        PLAN: subject.plan, DOCUMENT: subject.kind.value, PERIOD: subject.period, AGENCY: subject.agency,
        COMMIT: commit(layout, paths), INPUTS: digest(inputs), VERSION: __version__, SEAL: OPEN_SEAL,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def subject_of(custom: dict[str, str]) -> Subject | None:
    """What a file with these properties is; None where bdg did not make it."""
    kinds = {kind.value: kind for kind in Kind}
    kind = kinds.get(custom.get(DOCUMENT, ""))
    if kind is None or not custom.get(PLAN):
        return None
    return Subject(kind, custom[PLAN], custom.get(PERIOD, ""), custom.get(AGENCY, ""))


def digest(inputs: str) -> str:
    """One short text for all inputs: Word shows 255 characters of a property."""
    return hashlib.sha256(inputs.encode()).hexdigest()


def commit(layout: Layout, paths: list[str]) -> str:
    """The last commit that touched the inputs, `+` behind it where they changed since; empty outside git."""
    last = _git(layout.root, "log", "-1", "--format=%h", "--", *paths)
    if not last:
        return ""
    changed = _git(layout.root, "status", "--porcelain", "--", *paths)
    return f"{last}+" if changed else last


def changed_since(layout: Layout, made_from: str, paths: list[str]) -> list[str]:
    """The inputs that differ from those of a commit; empty where git cannot tell."""
    if not made_from or made_from.endswith("+"):
        return []
    named = _git(layout.root, "diff", "--name-only", "--relative", "-z", made_from, "--", *paths)
    return [path for path in named.split("\0") if path]


def _git(root: str, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return ""
    return done.stdout.strip()
