"""The command as its users meet it: whole runs, exit codes, wrong use, bad files. Real processes where that matters."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pages import MINIMAL


def bdg(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bdg in a folder, as a process."""
    return subprocess.run(
        [sys.executable, "-m", "bdg_cli", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src"), **environment},
        timeout=120,
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder as an office has it: spaces and Vietnamese letters in its name, the repository under plans/."""
    folder = tmp_path / "Kế hoạch bình đẳng giới 2024"
    shutil.copytree(MINIMAL, folder / "plans")
    return folder


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    """The only line on stderr; no traceback."""
    assert run.stderr.startswith("bdg: "), run.stderr
    assert run.stderr.count("\n") == 1, run.stderr
    return run.stderr


def test_clean(office: Path) -> None:
    run = bdg(office, "validate", "--today", "2024-07-01")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "Không có lỗi, cảnh báo nào (7 tệp, 1 kế hoạch).\n"


def test_finding_names_file_line_column_and_way_out(office: Path) -> None:
    plan = office / "plans" / "demo" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("number: 12", "number:"), encoding="utf-8")
    run = bdg(office, "validate", "--today", "2024-07-01")
    assert run.returncode == 1
    assert "plans/demo/plan.yaml:4:1" in run.stdout
    assert "number:" in run.stdout
    assert "^^^^^^" in run.stdout
    assert "Cách xử lý:" in run.stdout
    assert "\x1b" not in run.stdout


def test_json(office: Path) -> None:
    plan = office / "plans" / "demo" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("number: 12", "number:"), encoding="utf-8")
    run = bdg(office, "validate", "--format", "json", "--today", "2024-07-01")
    document = json.loads(run.stdout)
    assert document["format"] == "bdg-findings/1"
    assert document["repository"] == "plans"
    assert document["today"] == "2024-07-01"
    assert document["summary"] == {"error": 1, "warning": 0, "info": 0, "accepted": 0, "files": 7, "plans": 1}
    (finding,) = document["findings"]
    assert {key: finding[key] for key in ("code", "severity", "plan", "path", "line", "column", "end_column")} == {
        "code": "VB101", "severity": "error", "plan": "demo", "path": "demo/plan.yaml", "line": 4, "column": 1,
        "end_column": 7,
    }  # fmt: skip
    assert len(finding["fingerprint"]) == 16


@pytest.mark.parametrize(
    "words, told",
    [
        pytest.param(["validate", "--repo", "nowhere"], "không thấy kho", id="no-repository"),
        pytest.param(["validate", "dem0"], "có phải “demo”?", id="unknown-plan"),
        pytest.param(["validate", "--format", "xml"], "không có dạng", id="unknown-format"),
        pytest.param(["validate", "--today", "31/12/2024"], "năm-tháng-ngày", id="not-a-day"),
        pytest.param(["validate", "--repo"], "--repo", id="option-without-value"),
        pytest.param(["render-plan", "dem0"], "có phải “demo”?", id="render-unknown-plan"),
        pytest.param(["report", "--period", "2024X1"], "không phải kỳ", id="unknown-period"),
        pytest.param(["report"], "thiếu --period", id="missing-option"),
        pytest.param(["explain", "CC999"], "không có mã kiểm tra", id="unknown-code"),
        pytest.param(["kiem-tra"], "không có lệnh kiem-tra", id="unknown-command"),
        pytest.param(["validate", "--fomat", "json"], "có phải --format", id="unknown-option"),
        pytest.param(["checks", "extra"], "thừa tham số", id="extra-argument"),
    ],
)
def test_wrong_use_is_one_vietnamese_line(words: list[str], told: str, office: Path) -> None:
    run = bdg(office, *words)
    assert run.returncode == 2
    assert told in one_line(run)
    assert run.stdout == ""


def test_wrong_folder(tmp_path: Path) -> None:
    run = bdg(tmp_path, "validate")
    assert run.returncode == 2
    assert "--repo" in one_line(run)


def test_finds_the_repository_from_below_and_from_a_path(office: Path, tmp_path: Path) -> None:
    assert bdg(office / "plans" / "demo", "validate", "--today", "2024-07-01").returncode == 0
    plan = office / "plans" / "demo" / "plan.yaml"
    assert bdg(tmp_path, "validate", str(plan), "--today", "2024-07-01").returncode == 0


@pytest.mark.parametrize(
    "content, code",
    [
        pytest.param(b"", "TP004", id="empty"),
        pytest.param(b"\xff\xfek\x00i\x00", "TP007", id="utf-16"),
        pytest.param(b"kind: plan\ntitle: K\xea\xec ho\xb9ch", "TP007", id="old-encoding"),
        pytest.param(b"kind: [plan\n", "TP001", id="unclosed"),
        pytest.param(b"- just\n- a list\n", "TP005", id="list"),
        pytest.param(b"plain words", "TP005", id="scalar"),
        pytest.param(b"\x00\x01\x02", "TP007", id="binary"),
    ],
)
def test_bad_plan_file_is_a_finding(content: bytes, code: str, office: Path) -> None:
    (office / "plans" / "demo" / "plan.yaml").write_bytes(content)
    run = bdg(office, "validate", "--format", "json")
    assert (run.returncode, run.stderr) == (1, "")
    codes = {finding["code"] for finding in json.loads(run.stdout)["findings"]}
    assert {code, "KN104"} <= codes
    for command in (["render-plan"], ["report", "--period", "2024H1"]):
        made = bdg(office, *command)
        assert (made.returncode, made.stderr) == (1, "")
        assert not (office / "build").exists()


def test_missing_registry(office: Path) -> None:
    shutil.rmtree(office / "plans" / "registry")
    run = bdg(office, "validate", "--format", "json")
    assert (run.returncode, run.stderr) == (1, "")
    assert any("registry/agencies.yaml" in finding["message"] for finding in json.loads(run.stdout)["findings"])


def test_all_faults_of_all_files_in_one_run(office: Path) -> None:
    plans = office / "plans"
    (plans / "demo" / "plan.yaml").write_text("kind: [\n", encoding="utf-8")
    (plans / "registry" / "acts.yaml").write_text("acts:\n  - idd: x\n", encoding="utf-8")
    (plans / "data" / "2024.csv").write_text("a;b\n", encoding="utf-8")
    run = bdg(office, "validate", "--format", "json")
    found = {(finding["code"], finding["path"]) for finding in json.loads(run.stdout)["findings"]}
    assert {("TP001", "demo/plan.yaml"), ("TP003", "registry/acts.yaml"), ("TP014", "data/2024.csv")} <= found


def test_second_run_says_the_same(office: Path) -> None:
    first, second = (bdg(office, "validate", "--no-baseline") for _ in range(2))
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)


def test_limited_to_a_path(office: Path) -> None:
    plan = office / "plans" / "demo" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("number: 12", "number:"), encoding="utf-8")
    assert bdg(office, "validate", "demo").returncode == 1
    assert bdg(office, "validate", "plans/data/2024.csv").returncode == 0


def test_a_draft_error_lets_the_document_wear_the_word(office: Path) -> None:
    plan = office / "plans" / "demo" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("number: 12", "number:"), encoding="utf-8")
    run = bdg(office, "render-plan", "--format", "text")
    assert run.returncode == 1
    assert "DỰ THẢO" in run.stdout
    assert "VB101" in run.stderr


def test_plan_outside_the_period_is_named_and_left_out(office: Path) -> None:
    run = bdg(office, "report", "--period", "2023H1")
    assert run.returncode == 0
    assert "demo: không báo cáo kỳ 2023H1 vì kế hoạch là của 2024" in run.stdout


def test_output_folder_that_cannot_be_made(office: Path) -> None:
    (office / "build").write_text("a file in the way", encoding="utf-8")
    run = bdg(office, "render-plan")
    assert run.returncode == 2
    assert "không đọc hoặc ghi được" in one_line(run)


def test_ascii_locale_still_speaks_vietnamese(office: Path) -> None:
    run = bdg(office, "validate", "--today", "2024-07-01", PYTHONIOENCODING="ascii")
    assert run.returncode == 0
    assert "Không có lỗi" in run.stdout


def test_version_and_help_are_there(office: Path) -> None:
    assert bdg(office, "--version").stdout.startswith("bdg ")
    run = bdg(office, "validate", "--help")
    assert run.returncode == 0
    assert "Cách dùng:" in run.stdout
    assert "Options" not in run.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_closed_pipe(office: Path) -> None:
    """Nobody reads any more (`bdg validate | head`): no traceback, the shell's own code."""
    reader, writer = os.pipe()
    os.close(reader)
    source = str(Path(__file__).parents[1] / "src")
    run = subprocess.run(
        [sys.executable, "-m", "bdg_cli", "validate"], cwd=office, stdout=writer, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": source},
    )  # fmt: skip
    os.close(writer)
    assert (run.returncode, run.stderr) == (141, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c(office: Path) -> None:
    """A run that is stopped in its work says so in one line and leaves nothing behind."""
    for number in range(400):
        shutil.copytree(office / "plans" / "demo", office / "plans" / f"demo-{number}")
    source = str(Path(__file__).parents[1] / "src")
    started = "import sys; from bdg_cli import entry; print('đã chạy', flush=True); sys.exit(entry.main())"
    process = subprocess.Popen(
        [sys.executable, "-c", started, "validate", "--no-cache"], cwd=office, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.3)  # inside the work on 400 plans
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert stderr.decode() == "bdg: đã dừng theo yêu cầu\n"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["validate"], id="plain"),
        pytest.param(["validate", "demo", "--no-baseline", "--today", "2024-07-01"], id="options"),
        pytest.param(["validate", "--fail-on", "never", "--format", "json"], id="values"),
    ],
)
def test_both_readers_of_options_agree(words: list[str], office: Path) -> None:
    """The short way past typer gives what typer gives: `--` in front of nothing sends it the long way."""
    short = bdg(office, *words)
    long = bdg(office, *words, "--")
    assert (short.returncode, short.stdout) == (long.returncode, long.stdout)
