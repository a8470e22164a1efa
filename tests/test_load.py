"""Files into models: every fault of every file in one run, each at its place; nothing written raises."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path

import pytest

from bdg_cli import edit, load
from bdg_cli.findings import Finding
from bdg_cli.layout import scan
from bdg_cli.validation import Outcome, validate

TODAY = "2024-06-01"
PLAN = """\
kind: letter
status: issued
issuer: ubnd-mau
number: 12
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
AGENCIES = """\
agencies:
  - id: ubnd-mau
    kind: ubnd-tinh
    area: tra-vinh
"""
TARGETS = """\
objectives:
  - id: "1"
    title: Chính trị
    targets:
      - id: "1.1"
        text: Tỷ lệ nữ lãnh đạo
        measures:
          - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, due: 2024, unit: "%"}
"""
CLEAN = {"bdg.yaml": "format: 1\n", "registry/agencies.yaml": AGENCIES, "demo/plan.yaml": PLAN}
HEADER = "indicator,area,period,value\n"
REAL = Path(__file__).parent.parent / "plans" / "tra-vinh-2023-2025"
Files = dict[str, str | bytes]


def lay(root: Path, files: Files) -> Path:
    for name, content in {**CLEAN, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def run(root: Path, files: Files) -> Outcome:
    return validate(str(lay(root, files)), TODAY, use_cache=False)


def loading(outcome: Outcome) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.code.startswith("TP")]


def found(outcome: Outcome) -> list[tuple[str, str, int, int]]:
    return [(f.code, f.place.path, f.place.line, f.place.column) for f in loading(outcome)]


def changed(old: str, new: str) -> str:
    assert old in PLAN
    return PLAN.replace(old, new)


def test_the_clean_repository_is_clean(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"demo/targets.yaml": TARGETS})
    assert found(outcome) == []
    assert outcome.not_checked == []
    assert outcome.file_count == 4


# -------------------------------------------------------------------------------- one fault, one finding

D = "demo/plan.yaml"


@pytest.mark.parametrize(
    ("files", "expected", "words"),
    [
        pytest.param({D: changed("place: Trà Vinh", "place: A: B")}, ("TP001", D, 6, 9), "ngoặc kép", id="TP001"),
        pytest.param({D: PLAN + "place: Cà Mau\n"}, ("TP002", D, 15, 1), "dòng 6", id="TP002"),
        pytest.param({D: changed("symbol:", "symbl:")}, ("TP003", D, 5, 1), "“symbol”", id="TP003-nearest"),
        pytest.param({D: PLAN + "zzz: 1\n"}, ("TP003", D, 15, 1), "các khóa dùng được", id="TP003-none-near"),
        pytest.param({D: PLAN + '"": 1\n'}, ("TP003", D, 15, 1), "khóa lạ", id="TP003-empty-key"),
        pytest.param(
            {D: changed("    purpose: lưu", "    purpos: lưu")},
            ("TP003", D, 14, 5),
            "“purpose”",
            id="TP003-nested",
        ),
        pytest.param({D: changed("kind: letter\n", "")}, ("TP004", D, 1, 1), "“kind” (loại văn bản)", id="TP004"),
        pytest.param({D: changed("issuer: ubnd-mau", "issuer:")}, ("TP004", D, 3, 1), "“issuer”", id="TP004-blank"),
        pytest.param(
            {"demo/targets.yaml": TARGETS.replace("        text: Tỷ lệ nữ lãnh đạo\n", "")},
            ("TP004", "demo/targets.yaml", 5, 9),
            "“text” (lời văn)",
            id="TP004-nested-at-first-key",
        ),
        pytest.param({D: changed("kind: letter", "kind: plans")}, ("TP005", D, 1, 7), "decision", id="TP005-choice"),
        pytest.param({D: changed("date: 2024-03-01", "date: 01/3/2024")}, ("TP005", D, 7, 7), "01/3", id="TP005-date"),
        pytest.param({D: changed("period: 2024", "period: 2024H3")}, ("TP005", D, 10, 9), "2024H1", id="TP005-period"),
        pytest.param({D: changed("issuer: ubnd-mau", "issuer: UBND")}, ("TP005", D, 3, 9), "gạch nối", id="TP005-id"),
        pytest.param({D: changed("area: tra-vinh", "area: [x]")}, ("TP005", D, 9, 8), "đoạn chữ", id="TP005-list"),
        pytest.param(
            {D: changed("parents: [clqg-bdg-2021-2030]", "parents: clqg-bdg-2021-2030")},
            ("TP005", D, 11, 10),
            "danh sách",
            id="TP005-no-list",
        ),
        pytest.param(
            {"demo/targets.yaml": TARGETS.replace("value: 60", 'value: "60,5"')},
            ("TP005", "demo/targets.yaml", 8, 61),
            "dấu chấm",
            id="TP005-decimal-comma",
        ),
        pytest.param(
            {"demo/targets.yaml": TARGETS.replace("value: 60", "value: NaN")},
            ("TP005", "demo/targets.yaml", 8, 61),
            "số",
            id="TP005-nan",
        ),
        pytest.param({D: "chữ\n"}, ("TP005", D, 1, 1), "khóa: giá trị", id="TP005-plain-text"),
        pytest.param({"bdg.yaml": "format: 2\n"}, ("TP005", "bdg.yaml", 1, 9), "", id="TP005-format"),
        pytest.param({D: changed("place: Trà Vinh", "place: &a Trà Vinh")}, ("TP006", D, 6, 8), "“&a”", id="TP006"),
        pytest.param({D: changed("place: Trà Vinh", "place: Trà\x07Vinh")}, ("TP007", D, 6, 11), "U+0007", id="TP007"),
        pytest.param(
            {D: changed("Trà Vinh", "Tr" + unicodedata.normalize("NFD", "à") + " Vinh")},
            ("TP008", D, 6, 8),
            "dấu rời",
            id="TP008",
        ),
        pytest.param({D: changed("đẳng", "ðẳng")}, ("TP009", D, 8, 35), "“đ”", id="TP009-eth"),
        pytest.param({D: changed("place: Trà", "place: Тrà")}, ("TP009", D, 6, 8), "“T”", id="TP009-cyrillic"),
        pytest.param(
            {D: changed("Trà Vinh", "Tr¸ Vinh §¹i häc B¾c C¹n")},
            ("TP009", D, 1, 1),
            "TCVN3",
            id="TP009-tcvn3",
        ),
        pytest.param({D: PLAN + "x: " + "[" * 60 + "]" * 60}, ("TP010", D, 15, 44), "40 tầng", id="TP010"),
        pytest.param(
            {"demo/targets.yaml": TARGETS + '  - {id: "1", title: Hai}\n'},
            ("TP011", "demo/targets.yaml", 9, 10),
            "“1”",
            id="TP011-objective",
        ),
        pytest.param(
            {"registry/agencies.yaml": AGENCIES + "  - id: ubnd-mau\n    name: X\n"},
            ("TP011", "registry/agencies.yaml", 5, 9),
            "ubnd-mau",
            id="TP011-registry",
        ),
        pytest.param(
            {"registry/agencies.yaml": AGENCIES + "kinds:\n  - {id: so-noi-vu, name: X, level: province}\n"},
            ("TP011", "registry/agencies.yaml", 6, 10),
            "sổ đi kèm bdg",
            id="TP011-shipped",
        ),
        pytest.param(
            {D: changed("issuer: ubnd-mau", "issuer: ubnd-mu")},
            ("TP012", D, 3, 9),
            "“ubnd-mau”",
            id="TP012-nearest",
        ),
        pytest.param(
            {"registry/agencies.yaml": AGENCIES.replace("kind: ubnd-tinh", "kind: ubnd-tih")},
            ("TP012", "registry/agencies.yaml", 3, 11),
            "“ubnd-tinh”",
            id="TP012-registry",
        ),
        pytest.param({"demo/ghi-chu.txt": "x"}, ("TP013", "demo/ghi-chu.txt", 1, 1), "tệp lạ", id="TP013-plan"),
        pytest.param({"data/a.xls": "x"}, ("TP013", "data/a.xls", 1, 1), "tệp lạ", id="TP013-data"),
        pytest.param({"demo/sub/plan.yaml": PLAN}, ("TP013", "demo/sub/plan.yaml", 1, 1), "tệp lạ", id="TP013-nested"),
        pytest.param({"registry/act.yaml": "acts: []"}, ("TP013", "registry/act.yaml", 1, 1), "", id="TP013-registry"),
        pytest.param(
            {"khac/targets.yaml": TARGETS},
            ("TP004", "khac/plan.yaml", 1, 1),
            "plan.yaml",
            id="TP004-no-plan",
        ),
        pytest.param(
            {"data/a.csv": "indicator;area\n"},
            ("TP014", "data/a.csv", 1, 1),
            "dấu phẩy",
            id="TP014-semicolon",
        ),
        pytest.param(
            {"data/a.csv": HEADER + "cl-1-1,tra-vinh\n"},
            ("TP014", "data/a.csv", 2, 1),
            "2 ô",
            id="TP014-cells",
        ),
    ],
)
def test_one_fault_is_one_finding(
    tmp_path: Path, files: Files, expected: tuple[str, str, int, int], words: str
) -> None:
    outcome = run(tmp_path, files)
    assert found(outcome) == [expected]
    assert words in loading(outcome)[0].message


@pytest.mark.parametrize(
    "name", ["README.md", ".gitkeep", "demo/README.md", "demo/.cu.yaml", "khac/anh.png", "templates/a.md.j2"]
)
def test_files_that_are_nobodys_business(tmp_path: Path, name: str) -> None:
    assert found(run(tmp_path, {name: "x"})) == []


@pytest.mark.parametrize("name", ["demo/plan.yaml", "registry/agencies.yaml", "bdg.yaml", "demo/targets.yaml"])
def test_an_empty_file_never_raises(tmp_path: Path, name: str) -> None:
    missing = {
        "demo/plan.yaml": {"kind", "status", "issuer"},
        "registry/agencies.yaml": set(),
        "bdg.yaml": {"format"},
        "demo/targets.yaml": set(),
    }[name]
    told = [finding for finding in loading(run(tmp_path, {name: ""})) if finding.place.path == name]
    assert {finding.code for finding in told} <= {"TP004"}
    assert {word for word in missing if any(f"“{word}”" in finding.message for finding in told)} == missing
    assert len(told) == len(missing)


# -------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(PLAN.encode("utf-16"), "UTF-16", id="utf-16"),
        pytest.param(PLAN.encode("utf-16-be"), "UTF-8", id="utf-16-without-mark"),
        pytest.param("place: Trà\n".encode("cp1258", "ignore"), "UTF-8", id="cp1258"),
        pytest.param(PLAN.encode()[:-3] + b"\xff", "dòng 14", id="broken-at-the-end"),
    ],
)
@pytest.mark.parametrize("name", ["demo/plan.yaml", "data/a.csv"])
def test_other_encodings_are_told_and_the_rest_goes_on(tmp_path: Path, raw: bytes, words: str, name: str) -> None:
    outcome = run(tmp_path, {name: raw, "khac-nua/plan.yaml": changed("kind: letter", "kind: thu")})
    codes = [(code, path) for code, path, *_ in found(outcome)]
    assert codes == sorted([("TP007", name), ("TP005", "khac-nua/plan.yaml")], key=lambda pair: pair[1])
    assert words in next(finding.message for finding in loading(outcome) if finding.code == "TP007")
    assert name in {finding.place.path for finding in outcome.findings if finding.code == "KN104"}
    assert name in {path for _, path, _ in outcome.not_checked}


@pytest.mark.parametrize("name", sorted(CLEAN))
def test_a_byte_order_mark_is_no_fault(tmp_path: Path, name: str) -> None:
    assert found(run(tmp_path, {name: b"\xef\xbb\xbf" + CLEAN[name].encode()})) == []


def test_windows_line_ends_change_nothing_but_bytes(tmp_path: Path) -> None:
    plan = changed("symbol:", "symbl:")
    unix = run(tmp_path / "a", {"demo/plan.yaml": plan})
    windows = run(tmp_path / "b", {"demo/plan.yaml": plan.replace("\n", "\r\n")})
    assert [finding.pack()[0:2] for finding in unix.findings] == [finding.pack()[0:2] for finding in windows.findings]
    assert [f.fingerprint for f in unix.findings] == [f.fingerprint for f in windows.findings]
    assert [repr(f.place) for f in unix.findings] == [repr(f.place) for f in windows.findings]


def test_decomposed_letters_cost_nothing_but_a_warning(tmp_path: Path) -> None:
    """A file typed on a Mac: the closed value “lưu” is still that value; TP008 is a warning."""
    outcome = run(tmp_path, {"demo/plan.yaml": unicodedata.normalize("NFD", PLAN)})
    assert {finding.code for finding in loading(outcome)} == {"TP008"}
    assert outcome.not_checked == []


def test_the_spelling_fixes_make_the_text_right(tmp_path: Path) -> None:
    root = lay(tmp_path, {"demo/plan.yaml": changed("Trà", unicodedata.normalize("NFD", "Trà")).replace("đ", "ð")})
    loaded = load.plan(scan(str(root)), "demo", load.registry(scan(str(root))).registry)
    edits = [entry for _, fault in loaded.faults for entry in fault.edits]
    text = (root / "demo/plan.yaml").read_text("utf-8")
    assert edit.edited(text, edits) == PLAN
    assert text != PLAN


# -------------------------------------------------------------------------------- whole repositories


def test_all_faults_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        {
            "bdg.yaml": "format: 1\nseverty: {}\n",
            "registry/agencies.yaml": AGENCIES.replace("kind:", "knd:"),
            "demo/plan.yaml": changed("kind: letter", "kind: thu").replace("status: issued", "status: xong"),
            "demo/targets.yaml": "objectives: [1\n",
            "khac-nua/plan.yaml": changed("symbol:", "symbl:") + "zz: 1\n",
            "data/a.csv": "indicator;area\n",
            "data/b.csv": HEADER.encode("utf-16"),
            "reports/2024H1.yaml": "reports:\n  - pln: demo\n",
            "baseline.yaml": "acepted: []\n",
        },
    )
    expected = {
        ("bdg.yaml", "TP003"), ("registry/agencies.yaml", "TP003"), ("demo/plan.yaml", "TP005"),
        ("demo/targets.yaml", "TP001"), ("khac-nua/plan.yaml", "TP003"), ("data/a.csv", "TP014"),
        ("data/b.csv", "TP007"), ("reports/2024H1.yaml", "TP003"), ("reports/2024H1.yaml", "TP004"),
        ("baseline.yaml", "TP003"),
    }  # fmt: skip
    assert expected <= {(path, code) for code, path, *_ in found(outcome)}
    lines = [line for code, path, line, _ in found(outcome) if path == "demo/plan.yaml" and code == "TP005"]
    assert lines == [1, 2]
    assert [line for code, path, line, _ in found(outcome) if path == "khac-nua/plan.yaml"] == [5, 15]
    assert outcome.findings == sorted(outcome.findings, key=Finding.order)


def test_an_unreadable_registry_is_not_blamed_on_the_plans(tmp_path: Path) -> None:
    """One cause, one finding: with agencies.yaml broken, nobody can say that an id does not exist."""
    outcome = run(tmp_path, {"registry/agencies.yaml": "agencies: [\n"})
    assert {(code, path) for code, path, *_ in found(outcome)} == {("TP001", "registry/agencies.yaml")}


def test_spaces_and_vietnamese_letters_above_the_repository(tmp_path: Path) -> None:
    root = tmp_path / "Kế hoạch năm 2024" / "Bình đẳng giới (bản cuối)"
    outcome = run(root, {"demo/plan.yaml": changed("symbol:", "symbl:")})
    assert found(outcome) == [("TP003", "demo/plan.yaml", 5, 1)]


@pytest.mark.parametrize("name", ["Kế hoạch", "ke_hoach", "Demo", "con", "lpt1", "-a", "a--b", "x" * 65])
def test_a_folder_that_cannot_be_an_id(tmp_path: Path, name: str) -> None:
    outcome = run(tmp_path, {f"{name}/plan.yaml": PLAN})
    assert found(outcome) == [("TP005", f"{name}/plan.yaml", 1, 1)]
    assert f"“{name}”" in loading(outcome)[0].message


@pytest.mark.parametrize("name", ["a", "2024", "x" * 64, "com10"])
def test_a_folder_that_can_be_an_id(tmp_path: Path, name: str) -> None:
    assert found(run(tmp_path, {f"{name}/plan.yaml": PLAN})) == []


def test_an_objective_may_be_left_without_a_label_and_due_year(tmp_path: Path) -> None:
    """Operator, value, unit and due year may be null where the original has none: never TP004."""
    text = TARGETS.replace('op: ">=", value: 60, due: 2024, unit: "%"', "op: , value: , due: null, unit: ~")
    outcome = run(tmp_path, {"demo/targets.yaml": text.replace("text: Tỷ", "label: null\n        text: Tỷ")})
    assert found(outcome) == []


def test_links_that_lead_nowhere_or_in_circles_never_raise(tmp_path: Path) -> None:
    root = lay(tmp_path / "kho", {})
    os.symlink(root / "khong-co.yaml", root / "demo" / "targets.yaml")
    os.symlink(root, root / "demo" / "vong", target_is_directory=True)
    outcome = validate(str(root), TODAY, use_cache=False)
    assert {finding.code for finding in loading(outcome)} == {"TP013"}


def test_a_folder_where_a_file_should_be_never_raises(tmp_path: Path) -> None:
    root = lay(tmp_path, {})
    (root / "demo" / "targets.yaml").mkdir()
    (root / "data" / "a.csv").mkdir(parents=True)
    assert loading(validate(str(root), TODAY, use_cache=False)) == []


# -------------------------------------------------------------------------------- whatever is in the file

BITS = (
    b"\x00", b"\xff", b"\t", b'"', b"'", b"{", b"}", b"[", b"]", b": ", b"- ", b"\n", b"&a ", b"*a",
    b"|", b">", b"%", b"<<: ", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8", b"\r", b"0000", b"9999SY",
    b"? ",
    b"!!x ", b"#", b"{{", b"---\n", "ế".encode(), "e\u0302".encode(), b"1e999999", b"null", b"~", b"\\x00",
)  # fmt: skip


def mutated(raw: bytes, rng: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(rng.randint(1, 4)):
        position, kind = rng.randrange(len(out)), rng.randrange(4)
        if kind == 0:
            out[position:position] = rng.choice(BITS)
        elif kind == 1:
            del out[position : position + rng.randint(1, 40)]
        elif kind == 2:
            out[position] = rng.randrange(256)
        else:
            start = rng.randrange(len(out))
            out[position:position] = out[start : start + rng.randint(1, 80)]
    return bytes(out)


@pytest.mark.parametrize("name", ["plan.yaml", "targets.yaml", "assignments.yaml"])
def test_no_bytes_make_loading_raise(tmp_path: Path, name: str) -> None:
    root = lay(tmp_path, {})
    known = load.registry(scan(str(root))).registry
    rng = random.Random(0)
    raw = (REAL / name).read_bytes()
    outcomes = set()
    for _ in range(300):
        (root / "demo" / name).write_bytes(mutated(raw, rng))
        loaded = load.plan(scan(str(root)), "demo", known)
        outcomes.add(loaded.plan is None)
        if loaded.plan is None:
            assert loaded.faults
            assert loaded.unread == [f"demo/{name}"]
        for _, fault in loaded.faults:
            assert fault.place.path == f"demo/{name}"
            assert fault.place.line >= 1
            assert fault.place.column >= 1
            assert fault.message
    assert outcomes == {True, False}


def test_no_value_of_any_kind_makes_loading_raise(tmp_path: Path) -> None:
    """Each key of a plan in turn gets a value of every shape."""
    root = lay(tmp_path, {})
    known = load.registry(scan(str(root))).registry
    keys = [line.split(":")[0] for line in PLAN.splitlines() if line[0].isalpha()]
    for key in [*keys, "attached", "articles", "reporting", "funding", "events", "signature", "as_written"]:
        rest = "".join(f"{line}\n" for line in PLAN.splitlines() if not line.startswith((f"{key}:", " ")))
        for shape in (
            "",
            "x",
            "[]",
            "[[]]",
            "{}",
            "{a: {b: c}}",
            "[{}]",
            "[{a: b}]",
            '""',
            "[null, x]",
            "-1",
            "{? [a] : b}",
        ):
            (root / "demo/plan.yaml").write_text(f"{rest}{key}: {shape}\n", "utf-8")
            loaded = load.plan(scan(str(root)), "demo", known)
            assert all(code.startswith("TP") for code, _ in loaded.faults)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("period: 0000", id="period-year-zero"),
        pytest.param("period: 9999SY", id="period-last-school-year"),
        pytest.param("period: 0001", id="period-year-one"),
        pytest.param("date: 0000", id="date-year-zero"),
        pytest.param("date: 9999-12-31", id="date-last-day"),
        pytest.param("date: 02-30", id="date-no-such-day"),
        pytest.param("number: 99999999999999999999999", id="long-number"),
    ],
)
def test_extreme_values_never_stop_a_run(tmp_path: Path, line: str) -> None:
    key = line.split(":")[0]
    text = "".join(f"{line if old.startswith(key + ':') else old}\n" for old in PLAN.splitlines())
    outcome = run(tmp_path, {"demo/plan.yaml": text, "demo/targets.yaml": TARGETS})
    assert outcome.findings is not None
    for finding in loading(outcome):
        assert finding.place.path == "demo/plan.yaml"


@pytest.mark.parametrize("cells", ["0000,1", "9999SY,1", "2024,1e999999", "2024," + "9" * 140_000])
def test_extreme_figures_never_stop_a_run(tmp_path: Path, cells: str) -> None:
    outcome = run(tmp_path, {"data/a.csv": HEADER + f"cl-1-1,tra-vinh,{cells}\n", "demo/targets.yaml": TARGETS})
    assert {finding.place.path for finding in outcome.findings if finding.code[:2] in {"TP", "SL"}} == {"data/a.csv"}
