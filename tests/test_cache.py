"""The run and its cache: equal findings, work only for what changed, nothing written into the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import bdg_cli
from bdg_cli import cache
from bdg_cli.findings import Finding, Place
from bdg_cli.layout import WrongUse, find_root, scan
from bdg_cli.validation import Outcome, validate

SOURCE = Path(bdg_cli.__file__).parent.parent
TODAY = "2024-06-01"
PLAN = """\
kind: letter
status: issued
issuer: ubnd-mau
number:
symbol: UBND-KGVX
place: Trà Vinh
date: 2024-03-01
subject: Triển khai công tác bình đẳng giới
area: tra-vinh
period: 2024
parents: [clqg-bdg-2021-2030]
recipients:
  - text: VT
    purpose: lưu
"""
FILES = {
    "bdg.yaml": "format: 1\n",
    "registry/agencies.yaml": "agencies:\n  - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}\n",
    "mot/plan.yaml": PLAN,
    "hai/plan.yaml": PLAN.replace("status: issued", "status: xong"),
    "data/a.csv": "indicator,area,period,value\ncl-1-1,tra-vinh,2024,abc\n",
    "reports/2024H1.yaml": "reports: []\n",
    "baseline.yaml": "accepted:\n"
    "  - {code: VB101, path: mot/plan.yaml, reason: bản lưu, owner: Văn thư, until: permanent}\n",
}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDG_CACHE_DIR", str(tmp_path / "bộ nhớ đệm"))


def cache_files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "bộ nhớ đệm"
    return sorted(folder.iterdir()) if folder.exists() else []


def lay(root: Path, files: dict[str, str] | None = None) -> Path:
    for name, text in (FILES if files is None else files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        settled = time.time_ns() - 60_000_000_000  # a file of this moment would be looked at again next time
        os.utime(path, ns=(settled, settled))
    return root


def told(outcome: Outcome) -> list[tuple[Any, ...]]:
    return [(*finding.pack(), finding.severity, finding.accepted) for finding in outcome.findings]


def rewrite(path: Path, text: str) -> None:
    """Change a file as an editor would: other bytes, and a later time even on a coarse clock."""
    before = path.stat().st_mtime_ns
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 1_000_000_000, before + 1_000_000_000))


def units_done(root: Path, today: str = TODAY, **options: Any) -> tuple[set[str], Outcome]:
    """Which units the workshop did during one run, seen by the interpreter's own profile hook."""
    done: set[str] = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_name
        if event == "call" and re.fullmatch("[a-z]+_unit", name) and frame.f_code.co_filename.endswith("workshop.py"):
            plan = frame.f_locals.get("identity")
            done.add(f"{name.removesuffix('_unit')}:{plan}" if plan else name.removesuffix("_unit"))

    sys.setprofile(watch)
    try:
        outcome = validate(str(root), today, **options)
    finally:
        sys.setprofile(None)
    return done, outcome


EVERYTHING = {
    "registry", "config", "plan:mot", "plan:hai", "dated:mot", "dated:hai", "data", "reports", "across", "baseline",
}  # fmt: skip


# ------------------------------------------------------------------------------ equal, and less work


def test_a_second_run_says_the_same_and_does_nothing(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    first_done, first = units_done(root)
    second_done, second = units_done(root)
    assert first_done == EVERYTHING
    assert second_done == set()
    assert told(second) == told(first)
    assert second.not_checked == first.not_checked
    assert second.catalogue == first.catalogue
    assert {finding.code for finding in first.findings} >= {"TP005", "SL101", "VB101", "KN104"}
    assert [finding.accepted for finding in second.findings if finding.code == "VB101"] == [True]


PROBE = """
import sys
from bdg_cli.validation import validate
outcome = validate(sys.argv[1], sys.argv[2])
heavy = "bdg_cli.workshop bdg_cli.load yaml pydantic re typing dataclasses json hashlib".split()
print(len(outcome.findings), *[name for name in heavy if name in sys.modules])
"""


def test_a_second_process_imports_nothing_that_reads(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")

    def run() -> list[str]:
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n" + PROBE]
        done = subprocess.run(
            [*command, str(root), TODAY],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.split()

    first = run()
    assert {"bdg_cli.workshop", "yaml", "pydantic"} <= set(first)
    assert run() == first[:1]


OPENED = """
import sys
opened = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(sys.argv[1]):
        opened.append(arguments[0])
from bdg_cli.validation import validate
sys.addaudithook(hook)
validate(sys.argv[1], sys.argv[2])
print(*sorted({path[len(sys.argv[1]) + 1:].replace("\\\\", "/") for path in opened}))
"""


def opened(root: Path) -> list[str]:
    command = [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n" + OPENED]
    done = subprocess.run([*command, str(root), TODAY], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


def test_only_what_changed_is_opened(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    assert set(opened(root)) == set(FILES)
    assert opened(root) == []
    rewrite(root / "reports" / "2024H1.yaml", "reports: []  # xem lại\n")
    again = opened(root)
    assert "reports/2024H1.yaml" in again
    assert "hai/plan.yaml" not in again
    assert "mot/plan.yaml" not in again


# ------------------------------------------------------------------------------ what is done again


def touch_registry(root: Path) -> None:
    rewrite(root / "registry/agencies.yaml", FILES["registry/agencies.yaml"] + "# sửa\n")


@pytest.mark.parametrize(
    ("change", "today", "expected"),
    [
        pytest.param(
            lambda root: rewrite(root / "mot/plan.yaml", PLAN + "funding:\n"),
            TODAY,
            {"plan:mot", "dated:mot", "across"},
            id="one-plan",
        ),
        pytest.param(
            lambda root: rewrite(root / "data/a.csv", "indicator,area,period\n"),
            TODAY,
            {"data", "across"},
            id="data",
        ),
        pytest.param(
            lambda root: rewrite(root / "reports/2024H1.yaml", "reports:\n"),
            TODAY,
            {"reports", "across"},
            id="reports",
        ),
        pytest.param(
            lambda root: rewrite(root / "baseline.yaml", "accepted: []\n"), TODAY, {"baseline"}, id="baseline"
        ),
        pytest.param(
            touch_registry,
            TODAY,
            EVERYTHING - {"baseline"},
            id="registry-touches-what-rests-on-it",
        ),
        pytest.param(
            lambda root: lay(root, {"ba/plan.yaml": PLAN}),
            TODAY,
            {"plan:ba", "dated:ba", "across", "reports"},
            id="new-plan",
        ),
        pytest.param(lambda root: shutil.rmtree(root / "hai"), TODAY, {"across", "reports"}, id="plan-removed"),
        pytest.param(
            lambda root: lay(root, {"mot/targets.yaml": "objectives: []\n"}),
            TODAY,
            {"plan:mot", "dated:mot", "across"},
            id="file-added-to-a-plan",
        ),
        pytest.param(
            lambda root: None,
            "2025-01-01",
            {"dated:mot", "dated:hai", "across"},
            id="another-day-only-dated-units",
        ),
        pytest.param(
            lambda root: os.utime(root / "mot/plan.yaml", ns=(1, 1)),
            TODAY,
            set(),
            id="another-time-same-bytes",
        ),
        pytest.param(lambda root: lay(root, {"README.md": "x"}), TODAY, set(), id="file-that-is-not-read"),
    ],
)
def test_only_what_rests_on_a_change_is_done_again(
    tmp_path: Path, change: Callable[[Path], object], today: str, expected: set[str]
) -> None:
    root = lay(tmp_path / "kho")
    validate(str(root), TODAY)
    change(root)
    done, outcome = units_done(root, today)
    assert done == expected
    assert told(outcome) == told(validate(str(root), today, use_cache=False))


def test_each_change_is_seen_and_taken_back(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    before = told(validate(str(root), TODAY))
    rewrite(root / "hai/plan.yaml", PLAN.replace("number:", "number: 15"))
    fixed = {finding.code for finding in validate(str(root), TODAY).findings if finding.plan == "hai"}
    assert "TP003" not in fixed
    rewrite(root / "hai/plan.yaml", FILES["hai/plan.yaml"])
    assert told(validate(str(root), TODAY)) == before


def test_the_day_decides_what_has_expired(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    rewrite(root / "baseline.yaml", FILES["baseline.yaml"].replace("permanent", "2024-06-30"))

    def codes(today: str) -> list[tuple[str, bool]]:
        found = validate(str(root), today).findings
        return [(finding.code, finding.accepted) for finding in found if finding.code in {"VB101", "KN101"}]

    assert codes("2024-06-30") == [("VB101", True)]
    assert codes("2024-07-01") == [("KN101", False), ("VB101", False)]
    assert codes("2024-06-30") == [("VB101", True)]


# ------------------------------------------------------------------------------ the file itself


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda raw: b"", id="empty"),
        pytest.param(lambda raw: raw[:5], id="cut-in-the-head"),
        pytest.param(lambda raw: raw[: len(raw) // 2], id="cut-in-half"),
        pytest.param(lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), id="one-bit"),
        pytest.param(lambda raw: b"x" * len(raw), id="something-else"),
        pytest.param(lambda raw: raw + b"x", id="longer"),
        pytest.param(lambda raw: raw.replace(b"bdg-cache/1", b"bdg-cache/9"), id="another-format"),
    ],
)
def test_a_spoilt_cache_is_ignored_and_made_anew(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    root = lay(tmp_path / "kho")
    before = told(validate(str(root), TODAY))
    (path,) = cache_files(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    done, outcome = units_done(root)
    assert done == EVERYTHING
    assert told(outcome) == before
    assert units_done(root)[0] == set()


def test_two_repositories_of_one_name_are_two(tmp_path: Path) -> None:
    first, second = lay(tmp_path / "a" / "plans"), lay(tmp_path / "b" / "plans")
    rewrite(second / "mot/plan.yaml", PLAN.replace("number:", "number: 1"))
    one, two = told(validate(str(first), TODAY)), told(validate(str(second), TODAY))
    assert one != two
    assert len(cache_files(tmp_path)) == 2
    assert told(validate(str(first), TODAY)) == one
    assert told(validate(str(second), TODAY)) == two


def test_another_repository_at_the_same_path_is_read_anew(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    validate(str(root), TODAY)
    root.rename(tmp_path / "cũ")
    lay(root, {**FILES, "hai/plan.yaml": PLAN.replace("place:", "plase:")})
    rewrite(root / "hai/plan.yaml", PLAN.replace("place:", "plase:"))
    outcome = validate(str(root), TODAY)
    assert told(outcome) == told(validate(str(root), TODAY, use_cache=False))
    assert any("plase" in finding.message for finding in outcome.findings)


def test_a_cache_file_of_another_root_is_not_believed(tmp_path: Path) -> None:
    """Two roots could share the short name of a cache file: the stored root decides."""
    first, second = lay(tmp_path / "a"), lay(tmp_path / "b")
    validate(str(first), TODAY)
    (of_first,) = cache_files(tmp_path)
    stored = of_first.read_bytes()
    of_first.unlink()
    validate(str(second), TODAY)
    (of_second,) = cache_files(tmp_path)
    of_second.write_bytes(stored)
    assert units_done(second)[0] == EVERYTHING


def test_what_is_gone_from_the_repository_is_gone_from_the_cache(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    validate(str(root), TODAY)
    (path,) = cache_files(tmp_path)
    small = path.stat().st_size
    lay(root, {f"p{number}/plan.yaml": PLAN for number in range(10)})
    validate(str(root), TODAY)
    assert path.stat().st_size > small + 5000
    for number in range(10):
        shutil.rmtree(root / f"p{number}")
    validate(str(root), TODAY)
    assert path.stat().st_size == pytest.approx(small, rel=0.05)
    assert b"p7/plan.yaml" not in path.read_bytes()


def test_without_the_cache_nothing_is_written(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    done, outcome = units_done(root, use_cache=False)
    assert cache_files(tmp_path) == []
    assert done == EVERYTHING
    assert told(outcome) == told(validate(str(root), TODAY))


def test_a_cache_folder_that_cannot_be_made_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    monkeypatch.setenv("BDG_CACHE_DIR", str(tmp_path / "tệp" / "trong"))
    root = lay(tmp_path / "kho")
    assert told(validate(str(root), TODAY)) == told(validate(str(root), TODAY, use_cache=False))


def test_the_stamp_names_version_and_interpreter() -> None:
    assert cache.stamp() == cache.stamp()
    assert bdg_cli.__version__ in cache.stamp()
    assert re.search(rf"\b{sys.hexversion}\b", cache.stamp())


def test_the_chosen_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.folder() == str(tmp_path / "bộ nhớ đệm")
    monkeypatch.delenv("BDG_CACHE_DIR")
    assert "bdg" in cache.folder()
    assert os.path.isabs(cache.folder())


# ------------------------------------------------------------------------------ the repository stays as it is


def tree(root: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }


@pytest.mark.parametrize("use_cache", [True, False])
def test_validating_writes_nothing_into_the_repository(tmp_path: Path, use_cache: bool) -> None:
    root = lay(tmp_path / "kho")
    before = tree(root)
    validate(str(root), TODAY, use_cache=use_cache)
    validate(str(root), TODAY, use_cache=use_cache)
    assert tree(root) == before


# ------------------------------------------------------------------------------ severity, order, fingerprints


def test_order_and_counts(tmp_path: Path) -> None:
    outcome = validate(str(lay(tmp_path / "kho")), TODAY)
    assert outcome.findings == sorted(outcome.findings, key=Finding.order)
    assert outcome.accepted == 1
    counts = {severity: outcome.count(severity) for severity in ("error", "warning", "info")}
    assert sum(counts.values()) == len(outcome.findings) - 1
    assert outcome.count("error") > 0


def test_a_repository_changes_severities_but_not_of_reading(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho", {**FILES, "bdg.yaml": "format: 1\nseverity: {VB101: info, TP005: info}\n"})
    graded = {finding.code: finding.severity for finding in validate(str(root), TODAY).findings}
    assert graded["VB101"] == "info"
    assert graded["TP005"] == "error"


def test_fingerprints_survive_moved_lines_and_tell_findings_apart(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho")
    before = validate(str(root), TODAY, use_cache=False)
    rewrite(root / "hai/plan.yaml", "# một\n\n# hai\n" + FILES["hai/plan.yaml"])
    after = validate(str(root), TODAY, use_cache=False)
    marks = [finding.fingerprint for finding in before.findings]
    assert [finding.fingerprint for finding in after.findings] == marks
    assert [finding.place.line for finding in after.findings] != [finding.place.line for finding in before.findings]
    own = [finding for finding in before.findings if not finding.code.startswith("KN10")]
    assert len({finding.fingerprint for finding in own}) == len(own)
    assert all(re.fullmatch(r"[0-9a-f]{16}", finding.fingerprint) for finding in own)


def test_every_finding_has_a_fingerprint(tmp_path: Path) -> None:
    """Strays and acceptances too: outputs (SARIF, GitLab) match findings between runs by it."""
    root = lay(tmp_path / "kho", {**FILES, "mot/ghi-chu.txt": "x", "mot/khac.txt": "x"})
    rewrite(root / "baseline.yaml", FILES["baseline.yaml"].replace("reason: bản lưu, ", ""))
    findings = validate(str(root), TODAY).findings
    assert {"TP013", "KN102"} <= {finding.code for finding in findings}
    marks = [finding.fingerprint for finding in findings]
    assert all(re.fullmatch(r"[0-9a-f]{16}", mark) for mark in marks)
    assert len(set(marks)) == len(marks)


def test_findings_of_across_checks_belong_to_their_plan(tmp_path: Path) -> None:
    findings = validate(str(lay(tmp_path / "kho")), TODAY).findings
    assert {finding.plan for finding in findings} == {"mot", "hai", None}
    for finding in findings:
        folder = finding.place.path.split("/")[0]
        assert finding.plan == (folder if folder in {"mot", "hai"} else None)


def test_a_finding_is_the_same_after_the_cache() -> None:
    place = Place("a/plan.yaml", 2, 3, 2, 9, 10, 16, "number")
    finding = Finding("VB101", "thiếu số", place, ((Place("b", 1, 1), "đây"),), "0123456789abcdef", "a")
    again = Finding.unpack(finding.pack())
    assert again.pack() == finding.pack()
    assert again.place == place
    assert hash(again.place) == hash(place)
    assert again.place != "a"


# ------------------------------------------------------------------------------ which repository


def test_the_repository_that_is_named_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay(tmp_path / "a" / "plans")
    other = lay(tmp_path / "b")
    monkeypatch.chdir(other)
    assert find_root(str(root)) == str(root)
    assert find_root(str(tmp_path / "a")) == str(root)
    assert find_root(None, (str(root / "mot" / "plan.yaml"),)) == str(root)
    assert find_root(None) == str(other)
    monkeypatch.chdir(other / "mot")
    assert find_root(None) == str(other)
    monkeypatch.chdir(tmp_path / "a")
    assert Path(find_root(None)).resolve() == root.resolve()


@pytest.mark.parametrize("repo", [None, "không có"])
def test_no_repository_is_told_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repo: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongUse, match=re.escape("bdg.yaml")):
        find_root(repo)


def test_files_by_unit(tmp_path: Path) -> None:
    layout = scan(str(lay(tmp_path, {**FILES, "reports/2024H1.lock.json": "{}", "mot/x.txt": "", "README.md": ""})))
    assert layout.plans == {"hai": ["hai/plan.yaml"], "mot": ["mot/plan.yaml"]}
    assert (layout.registry, layout.data, layout.reports) == (
        ["registry/agencies.yaml"], ["data/a.csv"], ["reports/2024H1.yaml"],
    )  # fmt: skip
    assert layout.strays == ["mot/x.txt"]
    assert Path(layout.absolute("mot/plan.yaml")) == tmp_path / "mot" / "plan.yaml"
