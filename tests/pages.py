"""The pages of the checks as small repositories: laid over the smallest clean one, run whole, printed as the manual."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from bdg_cli import validation
from bdg_cli.checks import CATALOGUE
from bdg_cli.checks.check import Example, Rule
from bdg_cli.commands.explain import heading
from bdg_cli.findings import Finding
from bdg_cli.outputs import text

MINIMAL = Path(__file__).parent / "data" / "minimal"
TODAY = "2024-07-01"
_MARK = re.compile(r"[ \t]*# <- (?P<codes>[A-Z]{2}\d{3}(?:@\d+)?(?: [A-Z]{2}\d{3}(?:@\d+)?)*)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)

Expected = list[tuple[str, str, int]]


def lay(example: Example, folder: Path) -> Expected:
    """Write the example's repository, and return what it marks: code, path, line, sorted.

    Where the page tells of an earlier revision, that is committed first: `HEAD` is what the example is held against.
    """
    shutil.copytree(MINIMAL, folder)
    if example.before:
        _write(folder, example.before)
        commit(folder)
    return _write(folder, example.files)


def commit(folder: Path) -> None:
    """Keep a folder as a revision of git."""
    name = ("-c", "user.name=bdg", "-c", "user.email=bdg@example.invalid", "-c", "commit.gpgsign=false")
    for words in (("init", "--quiet"), ("add", "--all"), (*name, "commit", "--quiet", "--message", "trước")):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def _write(folder: Path, files: tuple[tuple[str, str], ...]) -> Expected:
    expected: Expected = []
    for path, content in files:
        target = folder / path
        below = target.read_text("utf-8") if target.exists() and path.endswith(".yaml") else ""
        marked = _over(below, content)
        expected += _marks(path, marked)
        target.parent.mkdir(parents=True, exist_ok=True)
        # A page cannot hold a control character; it shows the sign for one.
        target.write_text(_MARK.sub("", marked).replace("␇", "\x07"), encoding="utf-8")
    return sorted(expected)


def _over(below: str, content: str) -> str:
    """The file below with its top-level keys replaced by those of the example; new keys come first."""
    blocks = dict(_blocks(below))
    lead, *shown = _KEY.split(content)
    names = {block.split(":", 1)[0] for block in shown}
    kept = [block for name, block in blocks.items() if name not in names]
    return lead + "".join(shown) + "".join(kept)


def _blocks(content: str) -> list[tuple[str, str]]:
    return [(block.split(":", 1)[0], block) for block in _KEY.split(content) if block.strip()]


def _marks(path: str, content: str) -> Expected:
    found: Expected = []
    for match in _MARK.finditer(content):
        line = content.count("\n", 0, match.start()) + 1
        for code in match["codes"].split():
            name, _, chosen = code.partition("@")
            found.append((name, path, int(chosen) if chosen else line))
    return found


def found(folder: Path, today: str | None, since: str | None = None) -> validation.Outcome:
    """The outcome of the whole program on an example's repository."""
    return validation.validate(str(folder), today or TODAY, use_cache=False, since=since)


def manual(scratch: Path) -> str:
    """docs/checks.md: every page, with what bdg really says of its first wrong example."""
    rows = ["# Các kiểm tra của bdg", "", "<!-- Sinh từ mã nguồn bằng `python tasks.py docs`; không sửa tay. -->", ""]
    rows += [f"- [{heading(rule)}](#{rule.code.lower()})" for rule in CATALOGUE.values()]
    for rule in CATALOGUE.values():
        rows += ["", f'## <a id="{rule.code.lower()}"></a>{heading(rule)}', "", _page(rule)]
        rows += ["", "bdg nói:", "", "```text", _said(rule, scratch), "```"]
    return "\n".join(rows) + "\n"


def _page(rule: Rule) -> str:
    """The page as Markdown; its examples are indented by four already, which is a code block."""
    return rule.page.strip()


def _said(rule: Rule, scratch: Path) -> str:
    example = next(entry for entry in rule.examples if entry.wrong)
    folder = scratch / rule.code
    lay(example, folder)
    outcome = found(folder, example.today, example.since)
    own = [finding for finding in outcome.findings if finding.code == rule.code]
    return told(outcome, own, text.Sheet(96, False), "")


def told(outcome: validation.Outcome, findings: list[Finding], sheet: text.Sheet, prefix: str) -> str:
    """What bdg prints of findings that are all of one plan, without heading and summary."""
    shown = "\n".join(text.listing(outcome, findings, sheet, prefix)[1:])
    return "\n".join(line.rstrip() for line in shown.split("\n")).strip("\n")
