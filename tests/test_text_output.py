"""Findings for people: grouped by plan, readable at 80 columns, no colour in a pipe, nothing forged."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from bdg_cli import nodes, screen
from bdg_cli.commands import terminal
from bdg_cli.findings import ERROR, Edit, Finding, Place
from bdg_cli.layout import Layout
from bdg_cli.outputs import text
from bdg_cli.outputs.lines import Lines
from bdg_cli.validation import Outcome, validate
from tests.pages import MINIMAL, TODAY
from tests.test_outputs import FORGED, hostile, lay

ANSI = re.compile(r"\x1b\[[0-9;]*m")
HEADING = re.compile(r"── (?P<name>.+?): (?P<counts>.+?)( ─+)?")
OPENING = "Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh"


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The plans of this repository with everything open."""
    root = tmp_path_factory.mktemp("kho") / "plans"
    shutil.copytree(Path(__file__).parents[1] / "plans", root)
    return validate(str(root), "2026-11-23", use_cache=False, baseline=False)


def rendered(outcome: Outcome, width: int = 80, *, colour: bool = False, limit: int | None = None) -> str:
    return text.render(outcome, outcome.findings, text.Sheet(width, colour), "plans/", limit)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_fits_the_terminal(plans: Outcome, width: int) -> None:
    wide = [row for row in rendered(plans, width).split("\n") if screen.width(row) > width]
    assert [row for row in wide if not re.match(r"  \S+/\S+:\d+:\d+$", row)] == [], "a path alone is to be clicked"


def test_each_plan_has_one_heading(plans: Outcome) -> None:
    headings = [match for match in map(HEADING.fullmatch, rendered(plans).split("\n")) if match]
    names = [match["name"] for match in headings]
    own = sorted({one.plan for one in plans.findings if one.plan})
    assert names == [f"Kế hoạch {plan}" for plan in own] or names == [text.SHARED, *(f"Kế hoạch {p}" for p in own)]
    for match in headings:
        count = sum(int(number) for number in re.findall(r"\d+", match["counts"]))
        plan = None if match["name"] == text.SHARED else match["name"].removeprefix("Kế hoạch ")
        assert count == sum(one.plan == plan for one in plans.findings)


def test_shared_files_come_first_and_once(tmp_path: Path) -> None:
    outcome = validate(str(lay(tmp_path / "kho")), TODAY, use_cache=False)
    names = [match["name"] for match in map(HEADING.fullmatch, rendered(outcome).split("\n")) if match]
    assert names == [text.SHARED, "Kế hoạch demo"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_underline_stands_under_what_is_marked(plans: Outcome, width: int) -> None:
    """Read back from the screen: the signs over the carets are the characters of the place."""
    sources = {path: Path(plans.layout.absolute(path)).read_text("utf-8") for path in plans.layout.stats}
    sheet = text.Sheet(width, False)
    shown = 0
    for finding in plans.findings:
        place = finding.place
        rows = "\n".join(text.listing(plans, [finding], sheet, "")[1:]).split("\n")
        carets = next((index for index, row in enumerate(rows) if re.fullmatch(r" +│ +\^+", row)), None)
        if carets is None or place.end_line != place.line:
            continue
        start, end = rows[carets].index("^"), rows[carets].rindex("^") + 1
        marked = rows[carets - 1][start:end]
        whole = sources[place.path][place.start : place.end]
        assert whole == marked or (marked.endswith("…") and whole.startswith(marked[:-1])), repr(finding)
        shown += 1
    assert shown > 30


@pytest.mark.parametrize("letters", ["中文中文", unicodedata.normalize("NFD", "Việt ấ")])
def test_the_underline_knows_wide_signs_and_marks(tmp_path: Path, letters: str) -> None:
    folder = tmp_path / "kho"
    shutil.copytree(MINIMAL, folder)
    plan = folder / "demo/plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("issuer: ubnd-mau", f'parent_body: "{letters}"  #'), "utf-8")
    outcome = validate(str(folder), TODAY, use_cache=False)
    report = text.render(outcome, outcome.findings, text.Sheet(80, False), "")
    rows = report.split("\n")
    at = next(index for index, row in enumerate(rows) if letters in row)
    columns = screen.width(letters) + 2
    before = screen.width(rows[at][: rows[at].index('"')])
    assert rows[at + 1].count("^") == columns
    assert rows[at + 1].index("^") == before


@pytest.mark.parametrize("text", ["", "a", "a\n", "ế\r\nb", "\ufeffa\n\nđ", "a\x0b\u2028b\nc"])
def test_offsets_become_lines_as_places_count_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_bytes(text.encode())
    bare = text.removeprefix("\ufeff")
    lines, source = Lines(Layout(str(tmp_path))), nodes.Source("a.yaml", bare)
    for start in range(len(bare) + 1):
        region = lines.region(Edit("a.yaml", start, len(bare), ""))
        assert region == (*source.position(start), *source.position(len(bare)))


def test_what_was_not_checked_follows_its_cause(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    shutil.copytree(MINIMAL, folder)
    (folder / "demo/targets.yaml").write_text("objectives:\n  - a: b: c\n", "utf-8")
    outcome = validate(str(folder), TODAY, use_cache=False)
    report = text.render(outcome, outcome.findings, text.Sheet(80, False), "")
    assert re.findall(r"^(?:lỗi|cảnh báo) ([A-Z]+\d+)", report, re.MULTILINE) == ["TP001", "KN104"]
    assert "; 1 tệp chưa kiểm tra được" in report


def test_related_places_have_their_own_excerpt(plans: Outcome) -> None:
    finding = next(one for one in plans.findings if one.code == "CC101")
    rows = "\n".join(text.listing(plans, [finding], text.Sheet(80, False), "")).split("\n")
    place, words = finding.related[0]
    at = next(index for index, row in enumerate(rows) if row.strip().startswith(f"{place!r}"))
    assert words in " ".join(rows[at : at + 2])
    assert any("---" in row for row in rows[at:])


def test_a_way_out_is_told_once_for_each_code(plans: Outcome) -> None:
    report = " ".join(rendered(plans).split())
    for code in {one.code for one in plans.findings}:
        assert report.count(f"(bdg explain {code})") == 1, code


def test_what_can_be_mended_says_so(tmp_path: Path) -> None:
    outcome = validate(str(lay(tmp_path / "kho")), TODAY, use_cache=False)
    report = rendered(outcome)
    assert "lỗi SL101 Không phải số (bdg fix sửa được)" in report
    assert "; bdg fix sửa được 1" in report


def test_limit_counts_what_is_not_shown(plans: Outcome) -> None:
    report = rendered(plans, limit=3)
    assert f"… và {len(plans.findings) - 3} mục nữa" in report
    assert len(re.findall(r"^(?:lỗi|cảnh báo|lưu ý) [A-Z]", report, re.MULTILINE)) == 3


def test_colour_only_where_asked_and_the_same_words(plans: Outcome) -> None:
    plain, coloured = rendered(plans), rendered(plans, colour=True)
    assert "\x1b" not in plain
    assert ANSI.sub("", coloured) == plain
    assert not re.search(r"\x1b(?!\[[0-9;]*m)", coloured)


def test_nothing_in_a_plan_forges_a_line_or_a_colour(tmp_path: Path) -> None:
    outcome = validate(str(lay(tmp_path / "kho")), TODAY, use_cache=False)
    finding = hostile()
    finding.place.start = -1
    outcome.findings += [finding, whole_folder()]
    for prefix in ("", "kho/"):
        report = text.render(outcome, outcome.findings, text.Sheet(80, False), prefix)
        report.encode()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", report)
        assert not [row for row in report.split("\n") if row.lstrip().startswith("::") or "##[" in row]
        assert FORGED in report.replace("·::", "::") or "bịa" in report, "it is shown, not hidden"


def whole_folder() -> Finding:
    """A plan folder called like a command."""
    place = Place("::error file=a,line=1::bịa/plan.yaml")
    related = ((place, "::warning::bịa " * 9),)
    return Finding("TP005", "::error::bịa", place, related, "b" * 16, "::error::bịa\n::error::bịa", ERROR)


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
def test_a_hostile_folder_is_only_named(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    shutil.copytree(MINIMAL, folder)
    shutil.copytree(folder / "demo", folder / "x\n::error::bịa\x1b[31m")
    outcome = validate(str(folder), TODAY, use_cache=False)
    report = text.render(outcome, outcome.findings, text.Sheet(80, False), "")
    assert "\x1b" not in report
    assert not [row for row in report.split("\n") if row.lstrip().startswith("::")]


def test_a_report_is_one_write(plans: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a file is read once, however many findings point to it."""
    opened: list[str] = []
    real = open

    def watched(path: str, *rest: object, **options: object) -> object:
        opened.append(str(path))
        return real(path, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", watched)
    many = [one for _ in range(5) for one in plans.findings]
    report = text.render(plans, many, text.Sheet(80, False), "")
    assert len(opened) == len(set(opened))
    written: list[str] = []
    monkeypatch.setattr("sys.stdout.write", written.append)
    terminal.emit(report)
    assert written == [report]
