"""`bdg calendar`: read back by a parser of its own, which knows RFC 5545 and nothing of bdg."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bdg_cli.agenda import Appointment, Occasion
from bdg_cli.documents.seal import is_ours
from bdg_cli.outputs import icalendar
from tests.exchange import ASSIGNMENTS, Office, write

REPORTING = """\
reporting:
  - from: [so-noi-vu-mau, so-y-te-mau]
    to: ubnd-mau
    period: half-year
    deadline: 2024-06-16
  - from: [so-ban-nganh-mau]
    to: ubnd-mau
    period: year
    deadline: 12-20
    exclusive: false
"""
EVENTS = """\
events:
  - id: thang-hanh-dong
    name: "Tháng hành động vì bình đẳng giới; phòng, chống bạo lực trên cơ sở giới"
    start: 11-15
    end: 12-15
  - id: tong-ket
    name: Hội nghị tổng kết
    start: 2024-12-20
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """A repository with deadlines of each kind."""
    made = Office(tmp_path, monkeypatch, capsys)
    plan = made.text("demo/plan.yaml")
    head, rest = plan.split("reporting:\n")
    write(made.repo, "demo/plan.yaml", head + REPORTING + EVENTS + rest[rest.index("recipients:") :])
    return made


def unfolded(data: bytes) -> list[str]:
    """The content lines: CRLF ends each, a line that begins with a space goes on with the one before."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    physical = data[:-2].split(b"\r\n")
    assert max(map(len, physical)) <= 75
    for line in physical:
        line.decode("utf-8")  # no letter is split
    return data[:-2].replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def events(data: bytes) -> list[dict[str, str]]:
    """The properties of each event, values unescaped; raises for a file that is not well formed."""
    lines = unfolded(data)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    found: list[dict[str, str]] = []
    current: dict[str, str] | None = None
    for line in lines[1:-1]:
        name, mark, value = line.partition(":")
        assert mark, line
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Z0-9-]+)*", name), line
        if line == "BEGIN:VEVENT":
            assert current is None
            current = {}
        elif line == "END:VEVENT":
            assert current is not None
            assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= current.keys()
            found.append(current)
            current = None
        elif current is not None:
            assert name not in current
            assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), line
            current[name] = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
    assert current is None
    return found


def day(value: str) -> date:
    return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def calendar(office: Office, *words: str, today: str = "2024-01-10") -> list[dict[str, str]]:
    path = office.out / "lich.ics"
    assert office.run("calendar", "-o", str(path), "--force", *words, today=today) == 0, office.told
    return events(path.read_bytes())


def days(entries: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(entry["DTSTART;VALUE=DATE"], entry["SUMMARY"].split(";")[0]) for entry in entries]


def test_every_day_the_plan_names(office: Office) -> None:
    assert days(calendar(office)) == [
        (
            "20240614",
            "Gửi báo cáo 6 tháng cho Ủy ban nhân dân tỉnh Trà Vinh",
        ),  # trước 16/6, a Sunday; the 15th is a Saturday
        ("20241115", "Tháng hành động vì bình đẳng giới"),
        ("20241130", "Tham mưu công tác cán bộ nữ"),  # “tháng 11”
        ("20241220", "Hội nghị tổng kết"),
        ("20241220", "Gửi báo cáo năm cho Ủy ban nhân dân tỉnh Trà Vinh"),
        ("20241231", "Phải đạt chỉ tiêu 1.1 (mục tiêu 1. Trong lĩnh vực chính trị)"),
        ("20241231", "Phải đạt chỉ tiêu 2.1a, 2.1b và 2.2 (mục tiêu 2. Trong đời sống gia đình)"),
    ]


def test_days_last_until_the_day_after_them(office: Office) -> None:
    entry = next(one for one in calendar(office) if one["SUMMARY"].startswith("Tháng hành động"))
    assert day(entry["DTEND;VALUE=DATE"]) == date(2024, 12, 16)
    assert entry["SUMMARY"] == "Tháng hành động vì bình đẳng giới; phòng, chống bạo lực trên cơ sở giới"
    assert entry["DESCRIPTION"].split("\n")[1:] == ["Sự kiện, chiến dịch", "Kế hoạch: demo"]


def test_a_report_says_which_working_day_is_the_last(office: Office) -> None:
    entry = calendar(office)[0]
    assert "làm việc 14/6/2024; ngày 15/6/2024 là ngày nghỉ." in entry["DESCRIPTION"]
    assert "Cơ quan: Sở Nội vụ, Sở Y tế" in entry["DESCRIPTION"]


def test_an_event_of_every_year_comes_in_each_year_of_the_plan(office: Office) -> None:
    plan = office.text("demo/plan.yaml").replace("period: 2024\n", "period: 2024-2026\n")
    write(office.repo, "demo/plan.yaml", plan)
    starts = [one["DTSTART;VALUE=DATE"] for one in calendar(office) if one["SUMMARY"].startswith("Tháng hành động")]
    assert starts == ["20241115", "20251115", "20261115"]
    reports = [one["DTSTART;VALUE=DATE"] for one in calendar(office) if one["SUMMARY"].startswith("Gửi báo cáo năm")]
    assert reports == ["20241220", "20251219", "20261218"]  # Saturday and Sunday are no working days


def test_a_day_that_a_letter_has_set(office: Office) -> None:
    write(office.repo, "reports/2024H1.yaml", "reports:\n  - plan: demo\n    due: 2024-06-23\n")
    assert ("20240621", "Gửi báo cáo kỳ 2024H1") in days(calendar(office))


def test_identities_are_unique_and_stay_when_lines_move(office: Office) -> None:
    before = calendar(office)
    assert len({entry["UID"] for entry in before}) == len(before)
    duties = ASSIGNMENTS.replace(
        "duties:\n", "# dòng mới\nduties:\n  - agency: ubnd-mau\n    tasks:\n      - text: Việc.\n"
    )
    write(office.repo, "demo/assignments.yaml", duties)
    assert [entry["UID"] for entry in calendar(office)] == [entry["UID"] for entry in before]


def test_the_stamp_is_today_and_the_same_day_gives_the_same_bytes(office: Office) -> None:
    assert {entry["DTSTAMP"] for entry in calendar(office)} == {"20240110T000000Z"}
    first = (office.out / "lich.ics").read_bytes()
    calendar(office)
    assert (office.out / "lich.ics").read_bytes() == first


def test_one_agency_s_days(office: Office) -> None:
    own = [summary for _, summary in days(calendar(office, "--agency", "so-y-te-mau"))]
    assert "Tham mưu công tác cán bộ nữ" not in own
    assert "Gửi báo cáo 6 tháng cho Ủy ban nhân dân tỉnh Trà Vinh" in own
    assert "Gửi báo cáo năm cho Ủy ban nhân dân tỉnh Trà Vinh" in own  # through its group
    assert "Hội nghị tổng kết" in own  # everybody's
    assert not any("chỉ tiêu" in summary for summary in own)


def test_excel_has_the_same_days(office: Office) -> None:
    path = office.out / "lich.xlsx"
    assert office.run("calendar", "--format", "xlsx", "-o", str(path)) == 0
    sheet: Any = openpyxl.load_workbook(path)["Lịch"]
    rows = list(sheet.iter_rows(min_row=3, min_col=2, values_only=True))
    assert [row[0].strftime("%Y%m%d") for row in rows] == [start for start, _ in days(calendar(office))]
    assert rows[0][1] == "thứ sáu"
    assert is_ours(path)


def test_the_default_is_in_build(office: Office) -> None:
    assert office.run("calendar") == 0
    assert events((office.repo / "build" / "lich.ics").read_bytes())


def test_a_calendar_somebody_edited_is_not_written_over(office: Office) -> None:
    path = office.out / "lich.ics"
    calendar(office)
    assert office.run("calendar", "-o", str(path), today="2024-02-02") == 0  # bdg's own: written anew
    path.write_bytes(path.read_bytes().replace(b"VERSION:2.0", b"VERSION:2.0\r\nX-WR-CALDESC:x"))
    assert office.run("calendar", "-o", str(path), today="2024-02-03") == 1
    assert "--force" in office.told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "pdf"), "ics, xlsx"),
        (("--agency", "so-noi-vu-mu"), "có phải “so-noi-vu-mau”?"),
        (("--plan", "dem"), "có phải “demo”?"),
    ],
)
def test_wrong_use(office: Office, words: tuple[str, ...], told: str) -> None:
    assert office.run("calendar", *words) == 2
    assert told in office.told


@pytest.mark.parametrize("size", range(60, 90))
def test_lines_fold_at_any_letter(size: int) -> None:
    what = "ế" * size + "\\;,\n" + "a" * size
    one = Appointment("x", "demo", Occasion.EVENT, what, date(2024, 2, 29), date(2024, 2, 29), ("so",), "")
    text = icalendar.render([one], {"so": "Sở; Nội, vụ"}, date(2024, 1, 1), "Lịch")
    entry = events(text.encode())[0]
    assert entry["DESCRIPTION"].startswith(what)
    assert "Cơ quan: Sở; Nội, vụ" in entry["DESCRIPTION"]
    assert day(entry["DTEND;VALUE=DATE"]) - timedelta(days=1) == date(2024, 2, 29)
    assert icalendar.is_ours(text.encode())


def test_the_plans_that_come_with_bdg(top: Path, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "lich.ics"
    assert office.run("calendar", "--repo", str(top / "plans"), "-o", str(path)) == 0
    found = events(path.read_bytes())
    assert ("20180608", "Gửi báo cáo 6 tháng") in days(found)
    assert sum("Tháng hành động" in entry["SUMMARY"] for entry in found) >= 5
