"""Data files as units of work: what is done again when one changes, floods of faults, and tables that are harmed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from bdg_cli import edit, load
from bdg_cli.accounts import Accounts, Gathered
from bdg_cli.cache import Cache
from bdg_cli.findings import Fault, Place
from bdg_cli.layout import scan
from bdg_cli.validation import Outcome, validate
from tests.pages import MINIMAL
from tests.test_cache import units_done

TODAY = "2024-07-01"
HEADER = "indicator,area,period,sex,numerator,denominator,value,vintage,source,as_of\n"


def lay(root: Path, **files: str | bytes) -> Path:
    """The smallest clean repository with these data files in place of its own."""
    subprocess.run(["cp", "-r", str(MINIMAL), str(root)], check=True)
    for path in (root / "data").iterdir():
        path.unlink()
    for name, content in files.items():
        write(root / "data" / f"{name}.csv", content)
    return root


def write(path: Path, content: str | bytes) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    settled = time.time_ns() - 60_000_000_000
    os.utime(path, ns=(settled - len(content), settled - len(content)))


def data(outcome: Outcome) -> list[tuple[str, str, int]]:
    return [
        (one.code, one.place.path, one.place.line) for one in outcome.findings if one.place.path.startswith("data/")
    ]


def row(indicator: str = "cl-1-1", area: str = "tra-vinh", period: str = "2023", rest: str = ",17,31,,,S,") -> str:
    return f"{indicator},{area},{period},{rest}\n"


# -------------------------------------------------------------------------------------- units


def test_one_changed_file_is_checked_alone_and_only_its_indicators_again(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho", a=HEADER + row(), b=HEADER + row("cl-4-1", rest=",7010,6420,,,S,"))
    validate(str(root), TODAY)
    write(root / "data" / "b.csv", HEADER + row("cl-4-1", rest=",7011,6420,,,S,"))
    done: list[str] = []

    def watch(frame: object, event: str, _: object) -> None:
        code = getattr(frame, "f_code", None)
        if event == "call" and code is not None and code.co_name in {"data_unit", "history_unit"}:
            values = frame.f_locals  # type: ignore[attr-defined]
            done.append(values.get("path") or values.get("indicator"))

    sys.setprofile(watch)
    try:
        validate(str(root), TODAY)
    finally:
        sys.setprofile(None)
    assert done == ["data/b.csv", "cl-4-1"]


def test_what_stands_beside_each_other_in_two_files_is_found_and_goes_again(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho", a=HEADER + row(), b=HEADER + row())
    assert data(validate(str(root), TODAY)) == [("SL106", "data/b.csv", 2)]
    write(root / "data" / "a.csv", HEADER + row(period="2022"))
    assert data(validate(str(root), TODAY)) == []
    write(root / "data" / "a.csv", "\n\n" + HEADER + row())
    (found,) = [one for one in validate(str(root), TODAY).findings if one.code == "SL106"]
    assert "dòng 4 của data/a.csv" in found.message, "lines that moved in another file are seen"


def test_moved_lines_move_the_findings_of_other_units(tmp_path: Path) -> None:
    twice = row() + row()
    root = lay(tmp_path / "kho", a=HEADER + twice)
    assert data(validate(str(root), TODAY)) == [("SL106", "data/a.csv", 3)]
    write(root / "data" / "a.csv", HEADER + row("cl-4-1", rest=",7010,6420,,,S,") + twice)
    assert data(validate(str(root), TODAY)) == [("SL106", "data/a.csv", 4)]
    assert units_done(root, TODAY)[0] == set()


def test_with_and_without_the_cache_the_same(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho", a=HEADER + row() * 3 + row(period="2024-", rest=",1,,,,,"), b="indicator;area\n")
    first, again = validate(str(root), TODAY), validate(str(root), TODAY)
    without = validate(str(root), TODAY, use_cache=False)
    assert [one.pack() for one in first.findings] == [one.pack() for one in without.findings]
    assert [one.pack() for one in again.findings] == [one.pack() for one in without.findings]
    assert first.not_checked == again.not_checked == without.not_checked


def test_two_processes_at_once_spoil_nothing(tmp_path: Path) -> None:
    rows = "".join(row(period=str(year), rest=f",{year % 30},31,,,S,") for year in range(1990, 2024))
    root = lay(tmp_path / "kho", a=HEADER + rows, b=HEADER + row("cl-4-1", rest=",7010,6420,,,S,"))
    command = [sys.executable, "-m", "bdg_cli", "status", "--repo", str(root), "--period", "2023", "--format", "json"]
    source = str(Path(__file__).parents[1] / "src")
    environment = {**os.environ, "PYTHONPATH": source, "BDG_CACHE_DIR": str(tmp_path / "cache")}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) for _ in range(4)
    ]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert len({out for out, _ in said}) == 1
    assert not list((tmp_path / "cache").glob("*.tmp"))


# -------------------------------------------------------------------------------------- floods


def test_one_cause_is_one_finding_with_a_count() -> None:
    gathered = Gathered()
    gathered.add(("SL107", Fault(Place("data/a.csv", line), "cùng lỗi", alike="x")) for line in range(1, 10))
    gathered.add([("SL107", Fault(Place("data/a.csv", 20), "lỗi khác", alike="y"))])
    gathered.add([("SL107", Fault(Place("data/b.csv", 1), "cùng lỗi", alike="x"))])
    found = {fault.message: fault for _, fault in gathered.faults()}
    assert list(found) == ["cùng lỗi (9 dòng)", "lỗi khác", "cùng lỗi"]
    assert [place.line for place, _ in found["cùng lỗi (9 dòng)"].related] == [2, 3, 4, 5, 6]


def test_a_flood_is_cut_short_and_counted(tmp_path: Path) -> None:
    rows = "".join(row(rest=f',17,31,"{number},5",,S,2023-01-{number % 28 + 1:02}') for number in range(1000))
    outcome = validate(str(lay(tmp_path / "kho", a=HEADER + rows)), TODAY)
    typed = [one for one in outcome.findings if one.code == "SL101"]
    assert len(typed) == 301
    (whole,) = [one for one in typed if one.place.start < 0]
    assert "còn 700 chỗ khác" in whole.message


def test_a_file_without_any_source_is_told_once(tmp_path: Path) -> None:
    rows = "".join(row(period=str(year), rest=",17,31,,,,") for year in range(1990, 2024))
    (found,) = validate(str(lay(tmp_path / "kho", a=HEADER + rows)), TODAY).findings
    assert (found.code, found.place.line) == ("SL110", 2)
    assert found.message.endswith("(34 dòng)")
    assert len(found.related) == 5


# -------------------------------------------------------------------------------------- bad input, the whole program


@pytest.mark.parametrize(
    ("content", "expected", "words"),
    [
        pytest.param("indicator;area;period\ncl-1-1;tra-vinh;2023\n", ["TP014", "KN104"], "CSV UTF-8", id="semicolons"),
        pytest.param("indicator\tarea\tperiod\n", ["TP014", "KN104"], "CSV UTF-8", id="tabs"),
        pytest.param((HEADER + row()).encode("utf-16"), ["TP007", "KN104"], "UTF-16", id="utf-16"),
        pytest.param(HEADER.encode() + b"cl-1-1,hue,2023,,1,2,,,S\xe9,\n", ["TP007", "KN104"], "CSV UTF-8", id="tcvn3"),
        pytest.param(HEADER + row(rest=',17,31,"54,8",,S,'), ["SL101"], "54.8", id="decimal-comma"),
        pytest.param(HEADER + row(rest=",17,31,54,8,,S,"), ["TP014"], "quanh dấu phẩy", id="bare-comma"),
        pytest.param(HEADER + row(rest=",1.017,1.031,,,S,"), ["SL101", "SL101"], "1017", id="points-for-thousands"),
        pytest.param("indicator,area,value\ncl-1-1,tra-vinh,1\n", ["TP014", "KN104"], "period", id="column-missing"),
        pytest.param(HEADER.strip() + ",extra\n", ["TP014", "KN104"], "“extra”", id="column-too-many"),
        pytest.param(",".join(map(str, range(10_000))) + "\n", ["TP014", "KN104"], "10000 cột", id="10000-columns"),
        pytest.param(HEADER + row(rest="," + "1," * 10_000), ["TP014"], "ô, đầu bảng có 10 cột", id="10000-cells"),
        pytest.param(HEADER + row(rest=',17,31,,,"S,'), ["TP014"], "không đóng", id="quote-left-open"),
        pytest.param(HEADER + row() + row(period="2022").replace("S", "\x00"), ["TP007", "KN104"], "UTF-16", id="nul"),
        pytest.param(HEADER + row(rest=f",17,31,,,{'S' * 200_000},"), ["TP014"], "dài", id="huge-field"),
        pytest.param(HEADER + row(rest=f",17,31,{'9' * 5000},,S,"), ["SL101"], "không phải số", id="huge-number"),
        pytest.param((HEADER + row()).replace("\n", "\r\n"), [], "", id="crlf"),
        pytest.param("\ufeff" + HEADER + row(), [], "", id="byte-order-mark"),
        pytest.param("\n \n" + HEADER + "\n,,,,,,,,,\n" + row() + "\n\n", [], "", id="blank-lines"),
        pytest.param((HEADER + row()).replace("\n", "\r"), ["TP014", "KN104"], "xuống dòng", id="cr-only"),
        pytest.param(HEADER + row(rest=",17,31,,,S,20/12/2023"), ["TP005"], "2024-06-15", id="day-the-vietnamese-way"),
        pytest.param(HEADER + row(rest=",17,31,,,Sơ\u0309 Nội vụ,"), ["TP008"], "dấu rời", id="decomposed-letters"),
        pytest.param(HEADER + row(rest=",17,31,,,V¨n phßng c«ng ®oµn ngµnh,"), ["TP009"], "TCVN3", id="tcvn3-typed"),
        pytest.param("", [], "", id="empty"),
    ],
)  # fmt: skip
def test_bad_tables_are_findings_with_a_way_out(
    tmp_path: Path, content: str | bytes, expected: list[str], words: str
) -> None:
    outcome = validate(str(lay(tmp_path / "kho", a=content)), TODAY)
    found = [one for one in outcome.findings if one.place.path.startswith("data/")]
    assert sorted(one.code for one in found) == sorted(expected)
    assert any(words in one.message for one in found) or not expected


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param("cl-1-1,tra-vinh,2023,,29,31,,,S,\n".replace(",29", ",2,9"), id="a-cell-too-many"),
        pytest.param('cl-1-1,tra-vinh,2023,,"29,31,,,S,\n', id="a-quote-left-open"),
        pytest.param("cl-1-1;tra-vinh;2023;;29;31;;;S;\n", id="another-delimiter-further-down"),
        pytest.param("cl-1-1,tra-vinh,2023 ,,29a,31b,,,S,2023-12-31\n", id="letters-among-the-digits"),
    ],
)
def test_a_spoilt_line_is_never_a_number(tmp_path: Path, harm: str) -> None:
    """What cannot be read does not count, and what can be read beside it still does, with a word about the rest."""
    root = lay(tmp_path / "kho", a=HEADER + row(period="2022") + harm)
    source = str(Path(__file__).parents[1] / "src")
    done = subprocess.run(
        [sys.executable, "-m", "bdg_cli", "why", "demo", "1.1", "--period", "2023", "--repo", str(root)],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": source}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "29" not in done.stdout.split("Xu hướng")[0].replace("2929", "")
    assert "54,8%" in done.stdout, "the year before stands"


def test_a_finding_of_a_cell_names_its_column(tmp_path: Path) -> None:
    rows = row(period="2020", rest=",32,31,,,S,") + row("cl-1-x") + row(period="2022", rest=",17,31,60,,S,")
    found = validate(str(lay(tmp_path / "kho", a=HEADER + rows)), TODAY).findings
    assert sorted((one.code, one.message.split(":")[0]) for one in found) == [
        ("SL102", "cột numerator"), ("SL103", "cột value"), ("TP012", "cột indicator"),
    ]  # fmt: skip
    assert all(one.place.column > 1 or one.code == "TP012" for one in found)


def test_letters_are_composed_in_every_row_at_once(tmp_path: Path) -> None:
    rows = "".join(row(period=str(year), rest=",17,31,,,Sơ\u0309 Nội vụ,") for year in (2021, 2022, 2023))
    accounts = Accounts(scan(str(lay(tmp_path / "kho", a=HEADER + rows))), Cache(str(tmp_path), use=False))
    ((code, fault),) = accounts.faults_of("data/a.csv", load.shipped_registry())[0]
    assert code == "TP008"
    mended = edit.edited(HEADER + rows, fault.edits)
    assert mended == unicodedata.normalize("NFC", HEADER + rows)


SHARED = """
import os, sys
from bdg_cli.datafile import DataFile
from bdg_cli.layout import scan

root, size = sys.argv[1], int(sys.argv[2])
file = DataFile(scan(root), "data/2024.csv")
count = size // 16


def wrong():
    return sum(line != b"%014d\\r\\n" % at for at, line in zip(asked, file.lines(at * 16 for at in asked)))


asked = [0]
wrong()  # opened before there are several
children = []
for step in (7919, 104729):
    child = os.fork()
    if not child:
        asked = [(at * step) % count for at in range(40_000)]
        os._exit(wrong() > 0)
    children.append(child)
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_processes_do_not_move_each_others_place_in_a_file(tmp_path: Path) -> None:
    """Documents are made by several processes, each of which reads the data that the first one had open."""
    (tmp_path / "data").mkdir()
    (tmp_path / "bdg.yaml").write_text("format: 1\n", "utf-8")
    body = b"".join(b"%014d\r\n" % number for number in range(150_000))
    (tmp_path / "data" / "2024.csv").write_bytes(body)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    subprocess.run([sys.executable, "-c", SHARED, str(tmp_path), str(len(body))], check=True, env=environment)
