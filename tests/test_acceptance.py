"""Acceptances: which findings they cover, and what is said of those that no longer hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdg_cli.acceptance import Entry, apply
from bdg_cli.checks import CATALOGUE
from bdg_cli.findings import Finding, Place
from bdg_cli.validation import Outcome, validate

TODAY = "2024-06-01"
USUAL = {code: rule.severity for code, rule in CATALOGUE.items()}
PATH = "demo/plan.yaml"
MARK = "0123456789abcdef"


def finding(code: str = "VB101", route: str = "number", path: str = PATH, line: int = 4) -> Finding:
    return Finding(code, "…", Place(path, line, 1, line, 7, 40, 46, route), fingerprint=MARK, plan="demo")


def entry(
    *,
    fingerprint: str = "",
    code: str = "",
    path: str = "",
    at: str = "",
    reason: str = "bản lưu không ghi số",
    owner: str = "Văn thư",
    until: str = "permanent",
    line: int = 0,
) -> Entry:
    places = (Place("baseline.yaml", 2, 5).pack(), Place("baseline.yaml", 7, 12).pack())
    return Entry(fingerprint, code, path, at, reason, owner, until, line, places)


def codes(found: Finding, entries: list[Entry], today: str = TODAY, drafts: frozenset[str] = frozenset()) -> list[str]:
    return [told.code for told in apply([found], entries, today, drafts, USUAL)]


@pytest.mark.parametrize(
    ("accepting", "covered"),
    [
        pytest.param(entry(fingerprint=MARK), True, id="fingerprint"),
        pytest.param(entry(fingerprint="f" * 16), False, id="another-fingerprint"),
        pytest.param(entry(fingerprint=MARK, code="VB102"), False, id="fingerprint-of-another-code"),
        pytest.param(entry(code="VB101", path=PATH, at="number"), True, id="code-path-at"),
        pytest.param(entry(code="VB101", path=PATH), True, id="code-and-path"),
        pytest.param(entry(code="VB102", path=PATH, at="number"), False, id="another-code"),
        pytest.param(entry(code="VB101", path="khac/plan.yaml", at="number"), False, id="another-path"),
        pytest.param(entry(code="VB101", path=PATH, at="symbol"), False, id="another-route"),
        pytest.param(entry(code="VB101", path=PATH, at="num"), False, id="part-of-a-name-is-no-route"),
        pytest.param(entry(code="VB101"), False, id="code-alone-covers-nothing"),
        pytest.param(entry(path=PATH), False, id="path-alone-covers-nothing"),
        pytest.param(entry(), False, id="nothing-covers-nothing"),
        pytest.param(entry(code="VB101", path=PATH, line=4, owner="", until=""), True, id="comment-on-the-line"),
        pytest.param(entry(code="VB101", path=PATH, line=5, owner="", until=""), False, id="comment-on-another-line"),
        pytest.param(entry(code="VB102", path=PATH, line=4, owner="", until=""), False, id="comment-on-another-code"),
    ],
)
def test_what_an_acceptance_covers(accepting: Entry, covered: bool) -> None:
    found = finding()
    assert codes(found, [accepting]) == ([] if covered else ["KN103"])
    assert found.accepted is covered


def test_a_route_covers_what_lies_below_it() -> None:
    inside = finding("CT101", "objectives/1/targets/1.1/measures/1.1/value")
    assert codes(inside, [entry(code="CT101", path=PATH, at="objectives/1/targets/1.1")]) == []
    assert inside.accepted
    beside = finding("CT101", "objectives/1/targets/1.10")
    assert codes(beside, [entry(code="CT101", path=PATH, at="objectives/1/targets/1.1")]) == ["KN103"]
    assert not beside.accepted


@pytest.mark.parametrize(
    ("until", "today", "expired"),
    [
        pytest.param("2024-06-30", "2024-06-29", False, id="before"),
        pytest.param("2024-06-30", "2024-06-30", False, id="on-its-last-day"),
        pytest.param("2024-06-30", "2024-07-01", True, id="the-day-after"),
        pytest.param("permanent", "2099-01-01", False, id="for-ever"),
    ],
)
def test_an_acceptance_ends(until: str, today: str, expired: bool) -> None:
    found = finding()
    assert codes(found, [entry(code="VB101", path=PATH, until=until)], today) == (["KN101"] if expired else [])
    assert found.accepted is not expired


@pytest.mark.parametrize(
    "accepting",
    [
        pytest.param(entry(code="VB101", path=PATH, at="number"), id="by-code-and-path"),
        pytest.param(entry(fingerprint=MARK), id="by-fingerprint"),
    ],
)
def test_nothing_in_a_draft_is_accepted_for_ever(accepting: Entry) -> None:
    found = finding()
    assert codes(found, [accepting], drafts=frozenset({"demo"})) == ["KN101"]
    assert not found.accepted


def test_a_draft_may_be_given_time() -> None:
    found = finding()
    assert codes(found, [entry(code="VB101", path=PATH, until="2024-12-31")], drafts=frozenset({"demo"})) == []
    assert found.accepted


def test_another_plans_draft_does_not_matter() -> None:
    found = finding()
    assert codes(found, [entry(code="VB101", path=PATH)], drafts=frozenset({"khac"})) == []
    assert found.accepted


@pytest.mark.parametrize(
    ("accepting", "words"),
    [
        pytest.param(entry(code="VB101", path=PATH, reason=""), ["lý do"], id="no-reason"),
        pytest.param(entry(code="VB101", path=PATH, owner=""), ["người chấp nhận"], id="no-owner"),
        pytest.param(entry(code="VB101", path=PATH, reason="", owner=""), ["lý do", "người chấp nhận"], id="neither"),
        pytest.param(
            entry(code="VB101", path=PATH, line=4, reason="", owner="", until=""),
            ["lý do"],
            id="comment-needs-a-reason",
        ),
    ],
)
def test_an_acceptance_says_why_and_who(accepting: Entry, words: list[str]) -> None:
    (told,) = apply([finding()], [accepting], TODAY, frozenset(), USUAL)
    assert told.code == "KN102"
    assert [word for word in ("lý do", "người chấp nhận") if word in told.message] == words
    assert (told.place.path, told.place.line) == ("baseline.yaml", 2)


def test_expiry_is_told_at_its_date_and_nothing_else_of_that_entry() -> None:
    expired = entry(code="VB101", path=PATH, reason="", until="2024-01-31")
    (told,) = apply([finding()], [expired], TODAY, frozenset(), USUAL)
    assert (told.code, told.place.line, told.place.column) == ("KN101", 7, 12)
    assert "2024-01-31" in told.message


def test_errors_of_reading_cannot_be_accepted() -> None:
    found = finding("TP001")
    assert codes(found, [entry(code="TP001", path=PATH), entry(fingerprint=MARK)]) == ["KN101", "KN101"]
    assert not found.accepted


@pytest.mark.parametrize("code", ["TP008", "TP013"])
def test_warnings_of_reading_can(code: str) -> None:
    found = finding(code)
    assert codes(found, [entry(code=code, path=PATH)]) == []
    assert found.accepted


def test_one_entry_may_cover_several_findings() -> None:
    found = [finding(), finding()]
    assert list(apply(found, [entry(code="VB101", path=PATH)], TODAY, frozenset(), USUAL)) == []
    assert all(one.accepted for one in found)


# ------------------------------------------------------------------------------ in a repository

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


def run(root: Path, plan: str = PLAN, baseline: str = "", *, use_baseline: bool = True) -> Outcome:
    files = {
        "bdg.yaml": "format: 1\n",
        "registry/agencies.yaml": "agencies:\n  - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}\n",
        "demo/plan.yaml": plan,
        "baseline.yaml": baseline,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return validate(str(root), TODAY, use_cache=False, baseline=use_baseline)


def about(outcome: Outcome, *codes: str) -> list[tuple[str, str, int, bool]]:
    wanted = codes or ("VB101", "KN101", "KN102", "KN103", "TP005")
    return [(f.code, f.place.path, f.place.line, f.accepted) for f in outcome.findings if f.code in wanted]


def accepted(until: str, **more: str) -> str:
    keys = {"code": "VB101", "path": PATH, "at": "number", "reason": "bản lưu", "owner": "Văn thư", **more}
    lines = "".join(f"    {key}: {value}\n" for key, value in {**keys, "until": until}.items())
    return "accepted:\n  -" + lines[3:]


def test_without_an_acceptance(tmp_path: Path) -> None:
    assert about(run(tmp_path)) == [("VB101", PATH, 4, False)]


def test_from_baseline(tmp_path: Path) -> None:
    outcome = run(tmp_path, baseline=accepted("permanent"))
    assert about(outcome) == [("VB101", PATH, 4, True)]
    assert (outcome.accepted, outcome.count("error")) == (1, 0)


def test_by_the_fingerprint_that_was_printed(tmp_path: Path) -> None:
    (mark,) = [found.fingerprint for found in run(tmp_path).findings if found.code == "VB101"]
    text = f"accepted:\n  - {{fingerprint: '{mark}', reason: x, owner: y, until: permanent}}\n"
    assert about(run(tmp_path, "# thêm một dòng\n" + PLAN, text)) == [("VB101", PATH, 5, True)]


def test_baseline_can_be_left_aside(tmp_path: Path) -> None:
    assert about(run(tmp_path, baseline=accepted("2023-12-31"), use_baseline=False)) == [("VB101", PATH, 4, False)]


def test_an_expired_entry(tmp_path: Path) -> None:
    assert about(run(tmp_path, baseline=accepted("2024-05-31"))) == [
        ("KN101", "baseline.yaml", 7, False),
        ("VB101", PATH, 4, False),
    ]


def test_an_entry_that_is_not_needed_any_more(tmp_path: Path) -> None:
    plan = PLAN.replace("number:", "number: 12")
    assert about(run(tmp_path, plan, accepted("permanent"))) == [("KN103", "baseline.yaml", 2, False)]


@pytest.mark.parametrize("until", ["mai sau", "31/12/2024", "2024-13-01", "vĩnh viễn"])
def test_a_last_day_that_is_no_day_is_told(tmp_path: Path, until: str) -> None:
    """Otherwise a slip of the pen accepts for ever: texts are compared, and letters come after digits."""
    assert ("TP005", "baseline.yaml", 7, False) in about(run(tmp_path, baseline=accepted(until)))


@pytest.mark.parametrize(
    "faulty", ["  - {code: VB102, until: mai sau}\n", "  - {code: [VB102]}\n", "  -\n", "  - VB102\n"]
)
def test_a_faulty_acceptance_is_told_and_the_others_hold(tmp_path: Path, faulty: str) -> None:
    outcome = run(tmp_path, baseline=accepted("permanent") + faulty)
    assert ("VB101", PATH, 4, True) in about(outcome, "VB101")
    assert [f.place.path for f in outcome.findings if f.code.startswith("TP")] == ["baseline.yaml"]


def test_a_draft_is_not_accepted_for_ever(tmp_path: Path) -> None:
    plan = PLAN.replace("status: issued", "status: draft").replace("date: 2024-03-01", "date:")
    (code,) = {f.code for f in run(tmp_path, plan).findings if f.code == "TG102"}
    text = accepted("permanent", code=code, at="reporting")
    found = run(tmp_path, plan, text)
    assert about(found, "KN101", "TG102") == [("KN101", "baseline.yaml", 7, False), ("TG102", PATH, 1, False)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        pytest.param("# bdg: bỏ qua VB101 vì bản lưu không ghi số", [("VB101", PATH, 4, True)], id="with-a-reason"),
        pytest.param(
            "# bdg: bỏ qua VB101",
            [("KN102", PATH, 4, False), ("VB101", PATH, 4, True)],
            id="without-a-reason",
        ),
        pytest.param(
            "# bdg: bỏ qua VB102 vì nhầm",
            [("KN103", PATH, 4, False), ("VB101", PATH, 4, False)],
            id="of-another-code",
        ),
        pytest.param("# bỏ qua VB101 vì nhầm", [("VB101", PATH, 4, False)], id="not-addressed-to-bdg"),
    ],
)
def test_by_a_comment_on_the_line(tmp_path: Path, comment: str, expected: list[tuple[str, str, int, bool]]) -> None:
    found = about(run(tmp_path, PLAN.replace("number:", f"number:  {comment}")))
    assert sorted(found) == sorted(expected)


def test_a_comment_on_another_line_does_nothing(tmp_path: Path) -> None:
    plan = PLAN.replace("symbol:", "# bdg: bỏ qua VB101 vì nhầm chỗ\nsymbol:")
    assert sorted(about(run(tmp_path, plan))) == [("KN103", PATH, 5, False), ("VB101", PATH, 4, False)]


def test_words_of_a_plan_are_no_comment(tmp_path: Path) -> None:
    """Only a YAML comment accepts; the same words inside a text are the plan's own words."""
    text = "opening: |\n  Xem mục\n  # bdg: bỏ qua VB101 vì đây là lời văn\n"
    assert about(run(tmp_path, PLAN + text)) == [("VB101", PATH, 4, False)]
