"""A file that cannot be read: its own finding, then KN104, and in JSON every code that could not be checked for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bdg_cli import entry
from bdg_cli.checks import CHECKS
from tests.pages import MINIMAL

TODAY = "2024-07-01"
BROKEN = "a: [\n"
UNREAD = [
    pytest.param("demo/plan.yaml", BROKEN, "TP001", {"plan", "facts"}, id="plan"),
    pytest.param("demo/targets.yaml", "objectives: &a []\n", "TP006", None, id="still-read"),
    pytest.param("demo/targets.yaml", "objectives: 5\n", "TP005", {"plan", "facts"}, id="targets"),
    pytest.param("demo/assignments.yaml", "duties: \x07\n", "TP007", {"plan", "facts"}, id="duties"),
    pytest.param("registry/acts.yaml", BROKEN, "TP001", {"registry"}, id="registry"),
    pytest.param("data/2024.csv", "a;b\n1;2\n", "TP014", {"observations", "results"}, id="data-header"),
    pytest.param("data/2024.csv", b"\xff\xfea\x00", "TP007", {"observations", "results"}, id="data-encoding"),
    pytest.param("reports/2024H1.yaml", BROKEN, "TP001", {"reports"}, id="reports"),
]  # fmt: skip


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    shutil.copytree(MINIMAL, folder)
    return folder


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, *words: str
) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON of one run."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["bdg", "validate", "--format", "json", "--today", TODAY, *words])
    capsys.readouterr()
    code = entry.main()
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, document


def lay(folder: Path, path: str, content: str | bytes) -> None:
    target = folder / path
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("again", [False, True], ids=["first-run", "from-the-cache"])
@pytest.mark.parametrize(("path", "content", "cause", "inputs"), UNREAD)
def test_names_what_could_not_be_checked(
    path: str, content: str | bytes, cause: str, inputs: set[str] | None, again: bool, plans: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    lay(plans, path, content)
    if again:
        run(monkeypatch, capsys, plans)
    code, document = run(monkeypatch, capsys, plans)
    own = [one["code"] for one in document["findings"] if one["path"] == path]
    assert code == 1
    assert cause in own
    if inputs is None:
        assert document["not_checked"] == []
        assert "KN104" not in own
        return
    expected = sorted({check.code for check in CHECKS if check.inputs & inputs})
    assert [row["code"] for row in document["not_checked"]] == expected
    assert {row["path"] for row in document["not_checked"]} == {path}
    assert {row["reason"] for row in document["not_checked"]}.isdisjoint({""})
    assert own.count("KN104") == 1
    (told,) = (one for one in document["findings"] if one["code"] == "KN104")
    assert (told["line"], told["column"], told["severity"]) == (1, 1, "warning")
    assert all(named in told["message"] or named[:2] in told["message"] for named in expected)
    assert told["message"].startswith(document["not_checked"][0]["reason"])


def test_settings_and_acceptances_that_cannot_be_read(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(plans, "bdg.yaml", "format: 1\nseverity: 5\n")
    lay(plans, "baseline.yaml", BROKEN)
    _, document = run(monkeypatch, capsys, plans)
    rows = {(row["path"], row["code"]) for row in document["not_checked"]}
    assert rows == {("bdg.yaml", "TP012"), *(("baseline.yaml", code) for code in ("KN101", "KN102", "KN103"))}
    told = {one["path"] for one in document["findings"] if one["code"] == "KN104"}
    assert told == {"bdg.yaml", "baseline.yaml"}


def test_everything_else_is_still_checked(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(plans / "demo", plans / "khac")
    lay(plans, "demo/targets.yaml", BROKEN)
    text = (plans / "khac/plan.yaml").read_text("utf-8")
    lay(plans, "khac/plan.yaml", text.replace("number: 12", "number:"))
    _, document = run(monkeypatch, capsys, plans)
    assert ("VB101", "khac") in {(one["code"], one["plan"]) for one in document["findings"]}
    assert {row["path"] for row in document["not_checked"]} == {"demo/targets.yaml"}


@pytest.mark.parametrize(
    ("words", "codes", "rows"),
    [
        pytest.param(["--select", "VB101"], ["KN104"], {"VB101"}, id="a-selection-it-hides"),
        pytest.param(["--select", "SL102"], [], set(), id="a-selection-it-does-not"),
        pytest.param(["--select", "VB101", "--ignore", "KN"], [], {"VB101"}, id="ignored"),
        pytest.param(["data"], [], set(), id="another-folder"),
        pytest.param(["demo", "--select", "VB101,TP001"], ["KN104", "TP001"], {"VB101"}, id="its-own-folder"),
    ],
)
def test_a_selection_that_a_broken_file_hides_is_not_clean(
    words: list[str], codes: list[str], rows: set[str], plans: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    lay(plans, "demo/targets.yaml", BROKEN)
    _, document = run(monkeypatch, capsys, plans, *words)
    assert sorted(one["code"] for one in document["findings"]) == codes
    assert {row["code"] for row in document["not_checked"]} == rows


def test_what_was_not_checked_cannot_be_accepted(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(plans, "demo/targets.yaml", BROKEN)
    entry_ = "{code: KN104, path: demo/targets.yaml, reason: x, owner: y, until: permanent}"
    lay(plans, "baseline.yaml", f"accepted:\n  - {entry_}\n")
    _, document = run(monkeypatch, capsys, plans)
    assert [one["accepted"] for one in document["findings"] if one["code"] == "KN104"] == [False]
    assert "KN101" in {one["code"] for one in document["findings"]}
