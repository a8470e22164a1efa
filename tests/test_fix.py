"""`bdg fix`: what it shows is what it writes, every other byte stays, a second run changes nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from bdg_cli import edit, entry
from bdg_cli.commands import fix
from bdg_cli.findings import Edit
from bdg_cli.outputs import unified
from bdg_cli.outputs.text import Sheet
from tests.pages import MINIMAL

TODAY = "2024-07-01"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A clean repository with a draft, in a folder whose name an office would give it."""
    folder = tmp_path / "Kho kế hoạch"
    shutil.copytree(MINIMAL, folder)
    change(folder / "demo/plan.yaml", "status: issued", "status: draft")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def bdg(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> int:
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["bdg", *words, "--today", TODAY])
    return entry.main()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ------------------------------------------------------------------------------ what is mended

LETTERS = [
    pytest.param("Ngân sách tỉnh", decomposed("Ngân sách tỉnh"), id="TP008"),
    pytest.param("bình đẳng", "bình ðẳng", id="TP009-eth"),
    pytest.param("Ngân sách", "Ng\u00e2n s\u00e1\u0441h", id="TP009-cyrillic"),
    pytest.param("năm 2024", "n\u0430\u0306m 2024", id="TP009-uncovers-TP008"),
    pytest.param("kind: plan", "kind: pl\u0430n", id="TP009-in-a-value-that-was-not-known"),
]


@pytest.mark.parametrize(("right", "wrong"), LETTERS)
def test_letters_are_mended_and_a_second_run_changes_nothing(
    right: str, wrong: str, plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = contents(plans)
    # A plan that cannot be read is not known to be a draft: a value nobody knows is tried elsewhere.
    plan = plans / ("registry/acts.yaml" if "kind" in right else "demo/plan.yaml")
    change(plan, right, wrong)
    assert bdg(monkeypatch, plans, "fix") == 1
    assert contents(plans)[str(plan.relative_to(plans))] != expected[str(plan.relative_to(plans))], "only shown"
    assert "+" in capsys.readouterr().out
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == expected
    capsys.readouterr()
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == expected
    assert bdg(monkeypatch, plans, "fix") == 0
    assert capsys.readouterr().out == ""


def test_a_decimal_comma_in_data(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = plans / "data/2024.csv"
    rows = 'indicator,area,period,value,source\r\ncl-1-1,tra-vinh,2022,"59,1","Sở Nội vụ, tỉnh"\r\n# hết'
    table.write_bytes(rows.encode())
    assert bdg(monkeypatch, plans, "fix", "--select", "SL101", "--apply") == 0
    assert table.read_bytes().decode() == rows.replace('"59,1"', "59.1")


@pytest.mark.parametrize("cell", ["nhiều", '"1,234"', '"1,2,3"'])
def test_what_only_a_person_can_tell_stays(cell: str, plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = plans / "data/2024.csv"
    table.write_text(f"indicator,area,period,value,source\ncl-1-1,tra-vinh,2022,{cell},Sở Nội vụ\n", "utf-8")
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == before


def test_every_untouched_byte_stays(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte order mark, the line ends of Windows, comments, blanks at line ends, no last line break."""
    plan = plans / "demo/plan.yaml"
    text = plan.read_text("utf-8").replace("place: Trà Vinh", "place:   'Trà Vinh'   # địa danh  ")
    text = text.rstrip("\n").replace("\n", "\r\n")
    expected = ("\ufeff" + text).encode()
    plan.write_bytes(expected.replace("tỉnh".encode(), decomposed("tỉnh").encode()))
    plan.chmod(0o640)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert plan.read_bytes() == expected
    assert plan.stat().st_mode & 0o777 == 0o640


def test_the_diff_can_be_applied(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What a pipe gets is what `git apply` takes, and gives the same bytes as `--apply`."""
    plan = plans / "demo/plan.yaml"
    raw = plan.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n")
    plan.write_bytes(raw.replace("Mẫu".encode(), decomposed("Mẫu").encode()))
    assert bdg(monkeypatch, plans, "fix") == 1
    diff = capfd.readouterr().out
    assert "\x1b" not in diff
    (plans / "x.diff").write_bytes(diff.encode())
    subprocess.run(["git", "init", "-q"], cwd=plans, check=True)
    subprocess.run(["git", "apply", "x.diff"], cwd=plans, check=True)
    assert plan.read_bytes() == raw


def test_only_what_was_asked_for(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(plans / "demo/plan.yaml", "bình đẳng giới năm 2024", "bình ðẳng giới năm 2024")
    change(plans / "registry/acts.yaml", "thực hiện", decomposed("thực hiện"))
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "demo", "--select", "TP008", "--apply") == 0
    assert contents(plans) == before
    assert bdg(monkeypatch, plans, "fix", "demo", "--apply") == 0
    after = contents(plans)
    assert {path for path in before if before[path] != after[path]} == {"demo/plan.yaml"}
    assert bdg(monkeypatch, plans, "fix", "--select", "TP008") == 1


# ------------------------------------------------------------------------------ what is never mended


@pytest.mark.parametrize("status", ["issued", "amended", "replaced", "ended"])
def test_issued_text_is_never_mended(
    status: str, plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change(plans / "demo/plan.yaml", "status: draft", f"status: {status}")
    change(plans / "demo/plan.yaml", "Ngân sách", decomposed("Ngân sách"))
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == before
    assert "1 chỗ để nguyên: văn bản đã ban hành" in capsys.readouterr().err
    bdg(monkeypatch, plans, "validate", "--format", "json", "--select", "TP008")
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["fix"] is None


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("place: Trà Vinh\nplace: Cà Mau", id="TP002"),
        pytest.param("place: &noi Trà Vinh", id="TP006"),
        pytest.param("place: a: b", id="TP001"),
        pytest.param("place: Trà\x07Vinh", id="TP007"),
    ],
)
def test_a_file_with_a_yaml_error_is_never_mended(broken: str, plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(plans / "demo/plan.yaml", "place: Trà Vinh", broken)
    change(plans / "demo/plan.yaml", "Ngân sách", "Ng\u00e2n s\u00e1\u0441h")
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == before


def test_another_file_of_the_draft_may_be_broken(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(plans / "demo/plan.yaml", "bình đẳng giới năm 2024", "bình ðẳng giới năm 2024")
    (plans / "demo/targets.yaml").write_text("objectives: [\n", "utf-8")
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert "ð" not in (plans / "demo/plan.yaml").read_text("utf-8")


@pytest.mark.parametrize("sign", ["number", "lock"])
def test_an_issued_report_is_never_mended(sign: str, plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = plans / "reports"
    reports.mkdir(exist_ok=True)
    number = "    number: 12\n" if sign == "number" else ""
    words = decomposed("Kết quả")
    (reports / "2024H1.yaml").write_text(
        f"reports:\n  - plan: demo\n{number}    narrative:\n      direction: {words}\n", "utf-8"
    )
    if sign == "lock":
        (reports / "2024H1.lock.json").write_text("{}", "utf-8")
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == before


def test_a_draft_report_is(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = plans / "reports"
    reports.mkdir(exist_ok=True)
    words = decomposed("Kết quả")
    (reports / "2024H1.yaml").write_text(
        f"reports:\n  - plan: demo\n    narrative:\n      direction: {words}\n", "utf-8"
    )
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert "direction: Kết quả" in (reports / "2024H1.yaml").read_text("utf-8")


def test_accepted_findings_stay(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(plans / "registry/acts.yaml", "thực hiện", decomposed("thực hiện"))
    (plans / "baseline.yaml").write_text(
        "accepted:\n  - {code: TP008, path: registry/acts.yaml, reason: chép đúng bản gốc, owner: Văn thư, "
        "until: 2030-12-31}\n",
        "utf-8",
    )
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == before


def test_a_word_of_another_language_stays(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every letter of it is told, none is changed: half of them have no Vietnamese twin."""
    change(plans / "demo/plan.yaml", "Kinh phí bố trí", "Kinh phí (Москва) bố trí")
    before = contents(plans)
    assert bdg(monkeypatch, plans, "fix", "--apply") == 0
    assert contents(plans) == before


# ------------------------------------------------------------------------------ edits and diffs


def spans(edits: list[Edit]) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.new) for one in edits]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param([(0, 2, "x"), (0, 2, "x")], [(0, 2, "x")], id="twice"),
        pytest.param([(1, 3, "y"), (0, 2, "x")], [(0, 2, "x")], id="overlapping"),
        pytest.param([(0, 1, "y"), (0, 3, "x")], [(0, 3, "x")], id="inside-another"),
        pytest.param([(2, 3, "y"), (0, 2, "x")], [(0, 2, "x"), (2, 3, "y")], id="touching"),
    ],
)
def test_edits_that_can_be_made_at_once(given: list[tuple[int, int, str]], kept: list[tuple[int, int, str]]) -> None:
    found = edit.disjoint(Edit("a", *one) for one in given)
    assert spans(found) == kept
    edit.edited("abcdef", found)


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        pytest.param("Một", True, id="a-word"),
        pytest.param("Mot: hai", False, id="a-colon"),
        pytest.param("[Một", False, id="a-bracket"),
        pytest.param("Một # hai", False, id="a-comment"),
        pytest.param("- Một", False, id="an-entry"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_an_edit_that_would_break_the_file_is_left_out(new: str, kept: bool) -> None:
    text = "a: mot\nb: hai\n"
    good = Edit("a.yaml", 10, 13, "Hai")
    made = fix.sound("a.yaml", text, [Edit("a.yaml", 3, 6, new), good])
    assert spans(made) == [(3, 6, new)] * kept + [(10, 13, "Hai")]


def test_a_diff_forges_nothing() -> None:
    """Lines of a file stay lines of the diff: no colour, no command of a CI runner."""
    before = "a\n ::error::bịa\n##[error]bịa\n\x1b[31mđỏ\u202e\n"
    diff = unified.render("a.csv", before, before.replace("a\n", "b\n"), Sheet(80, False))
    assert not any(row.lstrip().startswith("::") for row in diff.split("\n"))
    assert "##[" not in diff
    assert "\x1b" not in diff
    assert "\u202e" not in diff


def test_a_diff_has_colour_on_a_terminal_only() -> None:
    assert "\x1b[31m-a\x1b[0m" in unified.render("a", "a\n", "b\n", Sheet(80, True))
    assert "\x1b" not in unified.render("a", "a\n", "b\n", Sheet(80, False))
    assert unified.render("a", "a\n", "a\n", Sheet(80, True)) == ""


def test_a_line_that_stands_often_is_not_shown_as_changed() -> None:
    before = "".join(f"id: {number}\nunit: người\n" for number in range(200))
    diff = unified.render("a.yaml", before, before.replace("id: 99\n", "id: x\n"), Sheet(80, False))
    changes = [row for row in diff.splitlines() if row[:1] in "+-" and row[:3] not in {"---", "+++"}]
    assert changes == ["-id: 99", "+id: x"]
    assert "@@ -196,7 +196,7 @@" in diff
