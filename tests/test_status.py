"""`bdg status`: tables for two widths, filters, JSON and CSV, everything an agency owes, and answers from the cache."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bdg_cli import load, owed
from bdg_cli.commands import standing, status, terminal
from bdg_cli.data.verdicts import Verdict
from bdg_cli.dates import Period
from bdg_cli.layout import WrongUse, scan
from bdg_cli.outputs import standing as output
from bdg_cli.outputs.text import Sheet
from bdg_cli.workshop import Workshop
from tests.test_accounts import HEADER, lay, row, write

TRA_VINH = "tra-vinh-2023-2025"
TODAY = "2024-07-01"


def ask(
    capsys: pytest.CaptureFixture[str], root: Path, form: str = "text", *, period: str | None = "2024H1",
    plans: tuple[str, ...] = (), agency: str | None = None, verdicts: tuple[str, ...] = (), use_cache: bool = False,
) -> tuple[int, str, str]:  # fmt: skip
    question = status.Question(plans, period, agency, verdicts)
    code = status.run(question, form, repo=str(root), today=TODAY, use_cache=use_cache)
    return (code, *capsys.readouterr())


# -------------------------------------------------------------------------------------- for programs


def test_the_document_of_design_md(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, top / "plans", "json")
    told = json.loads(out)
    assert code == 0
    assert list(told) == ["format", "period", "today", "rows", "reports"]
    assert (told["format"], told["period"], told["today"]) == ("bdg-status/1", "2024H1", TODAY)
    keys = ["plan", "target", "measure", "owner", "value", "unit", "verdict", "path", "line"]
    assert {tuple(one) for one in told["rows"]} == {tuple(keys)}
    assert {tuple(one) for one in told["reports"]} == {("plan", "agency", "due", "sent")}
    wholes = [one["target"] for one in told["rows"] if one["measure"] is None]
    assert wholes == ["3.2", "3.3", "5.2", "5.4"]
    values = [one["value"] for one in told["rows"] if one["value"] is not None]
    assert values
    assert all(isinstance(value, str) for value in values)
    late = {one["agency"]: (one["due"], one["sent"]) for one in told["reports"]}
    assert late["so-gddt-tra-vinh"] == ("2024-06-18", "2024-06-21")
    assert late["so-khdt-tra-vinh"] == ("2024-06-18", None)


def test_as_csv(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, top / "plans", "csv", period="2023", plans=(TRA_VINH,))
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 27
    assert {one["period"] for one in rows} == {"2023"}
    one = next(entry for entry in rows if entry["measure"] == "4.1")
    assert (one["objective"], one["owner"], one["verdict"]) == ("4", "so-gddt-tra-vinh;so-y-te-tra-vinh", "not-due-yet")


def test_no_cell_becomes_a_formula() -> None:
    cells = {"target": "1", "measure": "1", "owner": "=1+1", "value": "-5", "unit": "@x", "verdict": "met", "path": "a"}
    plan = {"period": "2024", "rows": [{"objective": "+1", "row": {"plan": "-p", **cells, "line": 3}}]}
    (one,) = csv.DictReader(io.StringIO(output.csv_text({"plans": [plan]})))
    assert (one["owner"], one["unit"], one["objective"], one["plan"]) == ("'=1+1", "'@x", "'+1", "'-p")
    assert one["value"] == "-5", "a negative number is a number"


# -------------------------------------------------------------------------------------- for people


@pytest.mark.parametrize("width", [60, 80, 100, 120, 140])
def test_no_line_is_wider_than_the_terminal(top: Path, width: int) -> None:
    shop = Workshop(scan(str(top / "plans")), TODAY)
    for agency in ("", "so-y-te-tra-vinh"):
        built = standing.build(shop, tuple(shop.layout.plans), Period.parse("2024H1"), agency)
        told = output.text(built, Sheet(width, False), output.BARS, TODAY, reports=True)
        assert max(map(len, told.splitlines())) <= width


def test_what_a_table_says(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capsys, top / "plans", plans=(TRA_VINH,))
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert any(line.startswith("3.2a Tỷ lệ người bị bạo lực gia đình") and "77,6%* ▅█▁" in line for line in lines)
    assert "3.2 cả chỉ tiêu chưa đến hạn" in lines
    assert "Sở GD&ĐT 18/6/2024 21/6/2024 muộn 3 ngày" in lines
    assert "Sở KH&ĐT 18/6/2024 chưa gửi, quá hạn 13 ngày" in lines
    assert "Sở Y tế 18/6/2024 14/6/2024 đúng hạn" in lines
    assert "Số liệu minh họa, không phải số thật." in lines
    assert "Dấu * là số ước." in lines
    assert err == ""


def test_plans_of_other_years_are_named(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = ask(capsys, top / "plans")
    assert "bac-kan-2018: không có trong kỳ 2024H1 vì kế hoạch là của 2018" in err


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        pytest.param(["1", "2", "3"], [0, 3, 7], id="rising"),
        pytest.param(["5", "5"], [3, 3], id="level"),
        pytest.param(["1"], [], id="one-figure-is-no-trend"),
    ],
)
def test_the_heights_of_a_sparkline(tmp_path: Path, values: list[str], levels: list[int]) -> None:
    lines = [row(period=str(2025 - number), rest=f",,,{one},,S,") for number, one in enumerate(reversed(values), 1)]
    shop = Workshop(scan(str(lay(tmp_path / "kho", a=HEADER + "".join(lines)))), TODAY)
    built = standing.build(shop, ("demo",), Period.parse("2024"), "")
    (one,) = built["plans"][0]["rows"]
    assert one["spark"] == levels


def test_bars_for_terminals_that_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream(io.StringIO):
        def __init__(self, terminal: bool) -> None:
            super().__init__()
            self.terminal = terminal

        def isatty(self) -> bool:
            return self.terminal

    for name in ("LC_ALL", "LC_CTYPE", "LANG", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert terminal.draws(Stream(True))
    assert output.PLAIN_BARS.isascii()
    assert len(output.PLAIN_BARS) == len(output.BARS) == 8
    monkeypatch.setenv("LANG", "C")
    assert not terminal.draws(Stream(True))
    assert terminal.draws(Stream(False)), "a file can hold them"
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert terminal.draws(Stream(True))
    monkeypatch.setenv("TERM", "linux")
    assert not terminal.draws(Stream(True))


# -------------------------------------------------------------------------------------- filters


@pytest.mark.parametrize("name", ["none", "không phát sinh", "Không  phát sinh"])
def test_by_verdict(top: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    _, out, _ = ask(capsys, top / "plans", "json", verdicts=(name,), plans=(TRA_VINH,))
    assert [one["measure"] for one in json.loads(out)["rows"]] == ["3.3a"]
    _, text, _ = ask(capsys, top / "plans", verdicts=(name,), plans=(TRA_VINH,))
    assert "Báo cáo" not in text
    assert "Trong đời sống gia đình" in text
    assert "Trong lĩnh vực" not in text, "objectives without a row are left out"


def test_every_verdict_can_be_asked_for() -> None:
    for verdict in Verdict:
        assert status.Question((), None, None, (verdict.value, verdict.term)).verdicts == (verdict.value,) * 2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param({"verdicts": ("tốt",)}, "exceeded", id="verdict"),
        pytest.param({"agency": "so-y-te-tra-vin"}, "so-y-te-tra-vinh", id="agency"),
        pytest.param({"plans": ("tra-vinh",)}, TRA_VINH, id="plan"),
        pytest.param({"period": "2024-6"}, "2024H1", id="period"),
    ],
)
def test_wrong_use_has_a_way_out(
    top: Path, capsys: pytest.CaptureFixture[str], asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(WrongUse, match=words):
        ask(capsys, top / "plans", **asked)


# -------------------------------------------------------------------------------------- what one agency owes


def test_everything_an_agency_owes(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capsys, top / "plans", period=None, agency="so-y-te-tra-vinh")
    assert out.startswith(f"Sở Y tế · {TRA_VINH} · kỳ 2024\n")
    assert [line.split()[0] for line in out.splitlines() if line[:3] in {"4.1", "4.2", "4.3", "4.4", "3.1"}] == [
        "4.1", "4.2", "4.3", "4.4",
    ]  # fmt: skip
    assert "Nhiệm vụ (5; kế hoạch không ghi thời hạn)" in out
    assert "(giao chung cho Các sở, ban, ngành)" in out
    assert "đúng hạn" in out
    assert err == "", "plans of other years are not named: nothing was asked of them"


def test_who_coordinates_the_whole(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, top / "plans", period=None, agency="so-ldtbxh-tra-vinh")
    assert "Cả kế hoạch: theo dõi, đôn đốc, tổng hợp chung" in out


def test_reports_over_the_whole_period_with_their_last_working_days(
    top: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ask(capsys, top / "plans", period=None, agency="phong-vhtt-loc-binh")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "2024H1 Các phòng, ban, ngành, đoàn thể huyện 14/6/2024 chưa gửi, quá hạn 17 ngày" in lines
    assert "2024 Các phòng, ban, ngành, đoàn thể huyện 13/12/2024 chưa gửi, chưa đến hạn" in lines, (
        "14/12 is a Saturday"
    )


def test_an_agency_without_anything(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, top / "plans", period=None, plans=("bac-kan-2018",), agency="so-y-te-tra-vinh")
    assert "không được giao gì trong các kế hoạch này" in out


def test_names_that_plans_call_an_agency_by(top: Path) -> None:
    registry = Workshop(scan(str(top / "plans")), TODAY).registry
    assert owed.names_of("so-y-te-tra-vinh", registry) == {"so-y-te-tra-vinh", "so-ban-nganh-tra-vinh"}


def test_a_letter_asks_its_addressees(top: Path) -> None:
    shop = Workshop(scan(str(top / "plans")), TODAY)
    plan = shop.plan("dak-nong-2023").plan
    assert plan is not None
    addressed = next(entry.group or entry.agency for entry in plan.file.addressees if entry.group or entry.agency)
    assert addressed is not None
    assert list(owed.tasks(plan, shop.registry, addressed))
    assert not list(owed.tasks(plan, shop.registry, "so-y-te-tra-vinh"))
    due = [one.due.due for one in owed.reports(plan, shop.registry, load.calendar(), {}, addressed) if one.period]
    assert date(2023, 6, 14) in due


# -------------------------------------------------------------------------------------- answers from the cache


def test_an_answer_from_the_cache_is_the_same(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json", "csv"):
        fresh = ask(capsys, top / "plans", form)
        assert ask(capsys, top / "plans", form, use_cache=True) == fresh
        assert ask(capsys, top / "plans", form, use_cache=True) == fresh


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda root: write(root / "data" / "a.csv", HEADER + row(rest=",30,31,,,S,")), id="data"),
        pytest.param(lambda root: write(root / "data" / "b.csv", HEADER + row(rest=",3,31,,official,S,")), id="new"),
        pytest.param(lambda root: (root / "data" / "c.csv").unlink(), id="file-gone"),
        pytest.param(lambda root: _replace(root / "demo" / "targets.yaml", "value: 60", "value: 50"), id="target"),
        pytest.param(lambda root: _replace(root / "demo" / "plan.yaml", "period: 2024", "period: 2023"), id="plan"),
        pytest.param(lambda root: write(root / "registry" / "indicators.yaml", "indicators: []\n"), id="registry"),
    ],
)  # fmt: skip
def test_a_change_is_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Any) -> None:
    root = lay(tmp_path / "kho", a=HEADER + row(period="2023"), c=HEADER + row(period="2024"))
    before = ask(capsys, root, "json", period=None, use_cache=True)
    assert ask(capsys, root, "json", period=None, use_cache=True) == before
    change(root)
    after = ask(capsys, root, "json", period=None, use_cache=True)
    assert after == ask(capsys, root, "json", period=None)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    settled = time.time_ns() - 30_000_000_000
    os.utime(path, ns=(settled, settled))


def test_a_question_does_not_disturb_what_validate_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.test_cache import units_done

    root = lay(tmp_path / "kho", a=HEADER + row(period="2024"))
    units_done(root, TODAY)
    ask(capsys, root, use_cache=True)
    assert units_done(root, TODAY)[0] == set()
    assert ask(capsys, root, use_cache=True) == ask(capsys, root)


def test_a_spoilt_answer_is_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path / "kho", a=HEADER + row(period="2024"))
    before = ask(capsys, root, use_cache=True)
    (kept,) = Path(os.environ["BDG_CACHE_DIR"]).glob("*.said")
    kept.write_bytes(kept.read_bytes()[:-3])
    assert ask(capsys, root, use_cache=True) == before


def test_files_that_cannot_be_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path / "kho", a=HEADER + row(period="2024"), b="indicator;area\n")
    for use_cache in (True, True, False):
        code, out, err = ask(capsys, root, period="2024", use_cache=use_cache)
        assert code == 1
        assert "data/b.csv: không đọc được nên số liệu của tệp này không được tính" in err
        assert "54,8%" in out
