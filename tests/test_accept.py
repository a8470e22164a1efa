"""`bdg accept` and the choices of `bdg validate`: what is shown, what is written, what stays as it was."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

from bdg_cli import entry
from tests.pages import MINIMAL

TODAY = "2024-07-01"
TERMS = ("--reason", 'Bản lưu ghi "như vậy": không số', "--owner", "Văn thư", "--until", "permanent", "--today", TODAY)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A repository with two errors: no number, no full date."""
    folder = tmp_path / "kho"
    shutil.copytree(MINIMAL, folder)
    plan = folder / "demo" / "plan.yaml"
    text = plan.read_text("utf-8").replace("number: 12", "number:").replace("date: 2024-01-15", "date: 2024-01")
    plan.write_text(text, encoding="utf-8")
    return folder


def bdg(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> int:
    """Run the command in this process, in the repository."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["bdg", *words])
    return entry.main()


def test_shows_and_does_not_write(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg(monkeypatch, plans, "accept", *TERMS) == 0
    shown = capsys.readouterr().out
    assert "code: VB101" in shown
    assert "code: VB102" in shown
    assert not (plans / "baseline.yaml").exists()


def test_written_entries_are_read_back(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bdg(monkeypatch, plans, "accept", *TERMS, "--apply") == 0
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY) == 0
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--no-baseline") == 1


def test_only_the_chosen_codes(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bdg(monkeypatch, plans, "accept", "demo", "--select", "VB101", *TERMS, "--apply") == 0
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--select", "VB101") == 0
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--select", "VB102") == 1


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("accepted: []\n", id="empty list"),
        pytest.param("# của tôi\naccepted:\n", id="blank"),
        pytest.param(
            "# của tôi\naccepted:\n  - code: VB101  # giữ\n    path: demo/plan.yaml\n    at: number\n"
            "    reason: bản lưu\n    owner: Văn thư\n    until: permanent",
            id="entries without a last line break",
        ),
    ],
)
def test_what_was_there_stays(before: str, plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plans / "baseline.yaml").write_text(before, encoding="utf-8")
    assert bdg(monkeypatch, plans, "accept", *TERMS, "--apply") == 0
    after = (plans / "baseline.yaml").read_text("utf-8")
    if "giữ" in before:
        assert after.startswith(before)
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--fail-on", "warning") == 0
    assert bdg(monkeypatch, plans, "accept", *TERMS, "--apply") == 0
    assert (plans / "baseline.yaml").read_text("utf-8") == after, "a second run changes nothing"


@pytest.mark.parametrize(
    "words, told",
    [
        pytest.param(["--reason", " ", "--owner", "a", "--until", "permanent"], "--reason", id="blank reason"),
        pytest.param(["--reason", "a", "--owner", "b", "--until", "2023-01-01"], "đã qua", id="past"),
        pytest.param(["--reason", "a", "--owner", "b", "--until", "mai"], "không phải ngày", id="no day"),
    ],
)
def test_refused(
    words: list[str], told: str, plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg(monkeypatch, plans, "accept", *words, "--today", TODAY, "--apply") == 2
    assert told in capsys.readouterr().err
    assert not (plans / "baseline.yaml").exists()


def test_nothing_in_a_draft_is_accepted_for_ever(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plans / "demo" / "plan.yaml"
    text = plan.read_text("utf-8").replace("status: issued", "status: draft").replace("period: 2024", "period: 2026")
    plan.write_text(text, encoding="utf-8")
    assert bdg(monkeypatch, plans, "accept", *TERMS, "--apply") == 2
    assert "demo còn là dự thảo" in capsys.readouterr().err
    assert not (plans / "baseline.yaml").exists()
    dated = [*TERMS[:5], "2024-12-31", *TERMS[6:]]
    assert bdg(monkeypatch, plans, "accept", *dated, "--apply") == 0
    assert "until: 2024-12-31" in (plans / "baseline.yaml").read_text("utf-8")


def test_faults_of_reading_are_never_accepted(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plans / "demo" / "targets.yaml").write_text("objectives: [\n", encoding="utf-8")
    bdg(monkeypatch, plans, "accept", *TERMS, "--apply")
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY) == 1


def test_ignore_limit_statistics_output(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--ignore", "VB") == 0
    capsys.readouterr()
    bdg(monkeypatch, plans, "validate", "--today", TODAY, "--limit", "1")
    assert "… và 1 mục nữa" in capsys.readouterr().out
    bdg(monkeypatch, plans, "validate", "--today", TODAY, "--statistics")
    counted = capsys.readouterr().out.splitlines()
    assert [row.split()[:2] for row in counted] == [["1", "VB101"], ["1", "VB102"]]
    target = tmp_path / "ra" / "findings.json"
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--format", "json", "-o", str(target)) == 1
    assert capsys.readouterr().out == ""
    assert '"VB101"' in target.read_text("utf-8")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no-mark", "byte-order-mark"])
def test_a_file_from_windows_stays_one(mark: str, plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (mark + "# của tôi\r\naccepted: []\r\n# cuối\r\n").encode()
    (plans / "baseline.yaml").write_bytes(before)
    assert bdg(monkeypatch, plans, "accept", *TERMS, "--apply") == 0
    after = (plans / "baseline.yaml").read_bytes()
    assert after.startswith((mark + "# của tôi\r\naccepted:\r\n").encode())
    assert after.endswith("\r\n# cuối\r\n".encode())
    assert after.count(b"\n") == after.count(b"\r\n")
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--fail-on", "warning") == 0


HOSTILE_NAMES = [
    pytest.param("lạ: tệp # một.txt", id="signs-of-yaml"),
    pytest.param("'lạ'.txt", id="quotes"),
    pytest.param("lạ  hai dấu cách.txt", id="two-blanks"),
    pytest.param("lạ\naccepted: []\n.txt", id="line-breaks"),
    pytest.param("lạ\x1b[31m.txt", id="colour"),
]


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_file_of_any_name_is_accepted(
    name: str, plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a name quotes into baseline.yaml is one finding's entry and nothing more."""
    (plans / "demo" / name).write_text("", "utf-8")
    assert bdg(monkeypatch, plans, "accept", "--select", "TP013", *TERMS) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert bdg(monkeypatch, plans, "accept", "--select", "TP013", *TERMS, "--apply") == 0
    root = yaml.safe_load((plans / "baseline.yaml").read_text("utf-8"))
    assert [set(one) for one in root["accepted"]] in (
        [{"fingerprint", "code", "path", "reason", "owner", "until"}],
        [{"fingerprint", "code", "reason", "owner", "until"}],
    )
    assert bdg(monkeypatch, plans, "validate", "--today", TODAY, "--select", "TP013,KN", "--fail-on", "info") == 0
