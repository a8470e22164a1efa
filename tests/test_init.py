"""`bdg init`: what it makes validates clean but for a reminder, renders, fits the schemas, never overwrites."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from bdg_cli import entry, nodes, schema, validation

TODAY = "2026-11-23"


def bdg(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command in this process."""
    monkeypatch.setattr("sys.argv", ["bdg", *words])
    return entry.main()


@pytest.mark.parametrize(
    "options, today",
    [
        pytest.param([], TODAY, id="nothing said"),
        pytest.param(["--area", "vinh-long", "--period", "2027"], TODAY, id="province, a year"),
        pytest.param(["--area", "hai-phong", "--period", "2026-2030"], TODAY, id="city, five years"),
        pytest.param(["--area", "vinh-long", "--commune", "xã An Bình", "--period", "2026"], TODAY, id="commune"),
        pytest.param(["--area", "da-nang", "--commune", "phường Hải Châu"], TODAY, id="ward"),
        pytest.param(["--area", "tra-vinh", "--period", "2024"], "2024-01-10", id="a province before the merger"),
    ],
)
def test_clean(options: list[str], today: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Kho kế hoạch mới"
    assert bdg(monkeypatch, "init", str(folder), "--yes", "--today", today, *options) == 0
    outcome = validation.validate(str(folder), today, use_cache=False)
    (reminder,) = outcome.findings  # a draft: its number and date are still blank
    assert (reminder.code, reminder.severity) == ("VB114", "info")
    assert len(outcome.layout.plans) == 1
    assert bdg(monkeypatch, "render-plan", "--repo", str(folder), "-o", str(tmp_path / "ra")) == 0
    assert len(list((tmp_path / "ra").glob("*.docx"))) == 1


def test_files_fit_their_schemas_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kho"
    bdg(monkeypatch, "init", str(folder), "--yes")
    for name, (_, pattern) in schema.FILES.items():
        for path in folder.glob(pattern):
            text = path.read_text("utf-8")
            first = text.splitlines()[0]
            assert first.endswith(f".bdg/schema/{name}.schema.json")
            assert (path.parent / first.split("=", 1)[1]).resolve().exists()
            source, _ = nodes.read(path.name, text)
            jsonschema.validate(source.root, schema.of_file(name))


def test_an_office_before_the_merger_has_the_departments_of_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bdg(monkeypatch, "init", str(tmp_path / "kho"), "--yes", "--area", "tra-vinh", "--today", "2024-01-10")
    agencies = (tmp_path / "kho" / "registry" / "agencies.yaml").read_text("utf-8")
    assert "so-ldtbxh-tra-vinh" in agencies
    assert "so-nnmt-tra-vinh" not in agencies


@pytest.mark.parametrize(
    "options, told",
    [
        pytest.param(["--area", "tra-vinh"], "hãy dùng --area vinh-long", id="merged"),
        pytest.param(["--area", "ha-nooi"], "có phải “ha-noi”?", id="misspelt"),
        pytest.param(["--commune", "An Bình"], "xã, phường hoặc đặc khu", id="no unit"),
        pytest.param(["--period", "2026H1"], "một năm hay nhiều năm", id="half a year"),
        pytest.param(["--office", "so-noi-vuu"], "có phải “so-noi-vu”?", id="office"),
    ],
)
def test_wrong_answers(
    options: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg(monkeypatch, "init", str(tmp_path / "kho"), "--yes", "--today", TODAY, *options) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "kho").exists()


def test_never_over_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "ghi chú.txt").write_text("của tôi", encoding="utf-8")
    assert bdg(monkeypatch, "init", str(tmp_path / "kho"), "--yes") == 2
    assert "không trống" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "kho").iterdir()] == ["ghi chú.txt"]


def test_dry_run_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bdg(monkeypatch, "init", str(tmp_path / "kho"), "--yes", "--dry-run") == 0
    assert not (tmp_path / "kho").exists()
