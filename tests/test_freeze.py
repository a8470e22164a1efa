"""`bdg report --freeze`: what is locked, when it is refused, and what is said when figures change afterwards."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bdg_cli import entry, validation

PLAN = "tra-vinh-2023-2025"
TODAY = "2024-06-25"
LOCK = "reports/2024H1.lock.json"

Run = Callable[..., int]


@pytest.fixture
def repository(top: Path, tmp_path: Path) -> Path:
    """A copy of plans/ whose half-year report is not locked."""
    folder = tmp_path / "kho kế hoạch"
    shutil.copytree(top / "plans", folder)
    (folder / LOCK).unlink()
    return folder


@pytest.fixture
def bdg(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `bdg report` on the copy in this process."""

    def run(*words: str, period: str = "2024H1", today: str = TODAY) -> int:
        common = ("--repo", str(repository), "--plan", PLAN, "--today", today, "-o", str(tmp_path / "ra"))
        monkeypatch.setattr("sys.argv", ["bdg", "report", "--period", period, *common, *words])
        return entry.main()

    return run


def codes(repository: Path, code: str, today: str = "2026-11-23") -> list[tuple[str, int, str]]:
    outcome = validation.validate(str(repository), today, use_cache=False, baseline=False)
    return [(one.place.path, one.place.line, one.message) for one in outcome.findings if one.code == code]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_is_locked(repository: Path, bdg: Run) -> None:
    assert bdg("--freeze") == 0
    lock = json.loads((repository / LOCK).read_text("utf-8"))
    assert (lock["format"], lock["period"], lock["today"]) == ("bdg-lock/1", "2024H1", TODAY)
    (plan,) = lock["plans"]
    assert (plan["plan"], plan["number"], plan["date"]) == (PLAN, "41/BC-BVSTBPN", "2024-06-25")
    figures = {(one["measure"], one["period"]): one for one in plan["figures"]}
    told = figures["3.2a", "2024H1"]
    assert (told["numerator"], told["denominator"], told["vintage"], told["as_of"]) == (
        "66", "85", "estimate", "2024-06-20",
    )  # fmt: skip
    assert told["path"] == "data/2024H1.csv"
    assert figures["3.2a", "2023H1"]["numerator"] == "74", "what it was compared with"
    assert figures["1.1", "2024H1"]["status"] == "not-due"
    assert figures["6.4", "2024H1"]["status"] == "missing"
    assert figures["2.1", "2023"]["numerator"] == "118800", "what the annex restates"
    assert all(re.fullmatch("[0-9a-f]{16}", one["hash"]) for one in plan["figures"])


def test_a_second_time_changes_nothing(repository: Path, bdg: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert bdg("--freeze") == 0
    before = (repository / LOCK).read_bytes()
    assert bdg("--freeze", today="2024-07-30") == 0
    assert (repository / LOCK).read_bytes() == before
    assert "đã khóa từ trước" in capsys.readouterr().out


def test_the_document_is_the_same_before_and_after(repository: Path, bdg: Run, tmp_path: Path) -> None:
    """The lock is no input of the report that it locks."""
    assert bdg() == 0
    target = tmp_path / "ra" / f"{PLAN}-bao-cao-2024H1.docx"
    before = target.read_bytes()
    assert bdg("--freeze") == 0
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("    number: 41\n", "", "chưa ghi số (number)", id="no number"),
        pytest.param("    date: 2024-06-25\n", "", "chưa ghi ngày ban hành (date)", id="no date"),
    ],
)
def test_a_draft_is_not_locked(
    repository: Path, bdg: Run, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    change(repository / "reports" / "2024H1.yaml", old, new)
    assert bdg("--freeze", "--force") == 1
    assert said in capsys.readouterr().out
    assert not (repository / LOCK).exists()


def test_a_report_with_errors_is_not_locked(repository: Path, bdg: Run, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository / "data" / "2024H1.csv", "66,85", "96,85")  # more than the whole
    assert bdg("--freeze") == 1
    assert "còn lỗi chưa xử lý" in capsys.readouterr().out
    assert not (repository / LOCK).exists()


def test_a_lock_with_other_figures_stays_without_force(
    repository: Path, bdg: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg("--freeze") == 0
    before = (repository / LOCK).read_bytes()
    change(repository / "data" / "2024H1.csv", "39,81", "40,81")
    assert bdg("--freeze", "--force") == 0  # of two reports in one file only this plan's is replaced
    assert (repository / LOCK).read_bytes() != before
    change(repository / "data" / "2024H1.csv", "40,81", "41,81")
    again = (repository / LOCK).read_bytes()
    capsys.readouterr()
    assert bdg("--freeze") == 1
    assert "đã khóa với số khác (3.2b kỳ 2024H1)" in capsys.readouterr().out
    assert (repository / LOCK).read_bytes() == again


def test_a_change_afterwards_is_told_until_a_later_report_has_told_it(repository: Path, bdg: Run) -> None:
    """The whole life: locked, changed, BC104, told in the annex of the next report, locked there, silent."""
    assert bdg("--freeze") == 0
    assert codes(repository, "BC104") == []
    change(repository / "data" / "2024H1.csv", "66,85", "69,87")
    change(repository / "data" / "2024H1.csv", "57,73", "60,75")
    ((path, line, message),) = codes(repository, "BC104")
    assert (path, line) == ("data/2024H1.csv", 2)
    assert message == (
        "cl-3-2a của Trà Vinh, 6 tháng đầu năm 2024, nay là 69/87 (bằng 79,31), "
        "báo cáo 41/BC-BVSTBPN đã khóa là 66/85 (bằng 77,65)"
    )
    text = told(repository, bdg)
    assert "Số liệu điều chỉnh, bổ sung so với các báo cáo đã khóa".upper() in text
    assert re.search(r"\|\s+77,6%\s+\|\s+79,3%\*", text), "as reported, and as it is"
    change(repository / "reports" / "2024.yaml", "    due: 2024-12-18\n", "    number: 88\n    date: 2024-12-23\n")
    assert bdg("--freeze", period="2024", today="2024-12-23") == 0
    assert codes(repository, "BC104") == []


def told(repository: Path, bdg: Run) -> str:
    """The annual report as text."""
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert bdg("--format", "text", period="2024", today="2024-12-23") == 0
    return printed.getvalue()


def test_a_report_made_again_says_that_it_was_locked_otherwise(
    repository: Path, bdg: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg("--freeze") == 0
    change(repository / "data" / "2024H1.csv", "39,81", "40,81")
    capsys.readouterr()
    assert bdg() == 0
    assert "đã khóa với số khác (3.2b kỳ 2024H1); văn bản này theo số liệu hiện nay" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param('"numerator": "66"', '"numerator": "69"', "số liệu 3.2a kỳ 2024H1 không khớp", id="a figure"),
        pytest.param('"number": "41/BC-BVSTBPN"', '"number": "42/BC-BVSTBPN"', "không khớp mã băm", id="its number"),
        pytest.param('"period": "2024H1", "today"', '"period": "2024H2", "today"', "bên trong ghi kỳ", id="the period"),
        pytest.param("bdg-lock/1", "bdg-lock/2", "chỉ nhận", id="another format"),
    ],
)
def test_a_lock_edited_by_hand_is_a_finding(repository: Path, bdg: Run, old: str, new: str, said: str) -> None:
    assert bdg("--freeze") == 0
    change(repository / LOCK, old, new)
    ((path, _, message),) = codes(repository, "TP005")
    assert path == LOCK
    assert said in message


def test_a_figure_taken_out_of_a_lock_is_a_finding(repository: Path, bdg: Run) -> None:
    assert bdg("--freeze") == 0
    lines = (repository / LOCK).read_text("utf-8").splitlines(keepends=True)
    (repository / LOCK).write_text("".join(line for line in lines if '"3.2a"' not in line), "utf-8")
    assert [path for path, _, _ in codes(repository, "TP005")] == [LOCK]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "TP004", id="empty"),
        pytest.param("{", "TP001", id="cut off"),
        pytest.param('{"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-25", "x": 1}', "TP003", id="key"),
    ],
)
def test_a_broken_lock_is_a_finding_and_no_document_is_made_beside_it(
    repository: Path, bdg: Run, text: str, code: str
) -> None:
    (repository / LOCK).write_text(text, "utf-8")
    assert {path for path, _, _ in codes(repository, code)} == {LOCK}
    assert bdg("--freeze") == 1
    assert (repository / LOCK).read_text("utf-8") == text
    assert bdg("--freeze", "--force") == 0
    assert codes(repository, code) == []


def test_locks_of_other_plans_stay(repository: Path, bdg: Run) -> None:
    assert bdg("--freeze") == 0
    lock = json.loads((repository / LOCK).read_text("utf-8"))
    assert [plan["plan"] for plan in lock["plans"]] == [PLAN]
    reports = repository / "reports" / "2024H1.yaml"
    reports.write_text(
        reports.read_text("utf-8") + "  - plan: loc-binh-2024\n    number: 12\n    date: 2024-06-21\n", "utf-8"
    )
    assert bdg("--freeze", "--plan", "loc-binh-2024") == 0
    lock = json.loads((repository / LOCK).read_text("utf-8"))
    assert [plan["plan"] for plan in lock["plans"]] == [PLAN, "loc-binh-2024"]
