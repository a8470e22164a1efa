"""A repository held against an earlier revision of it: --since, bdg diff."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bdg_cli import entry, history
from bdg_cli.layout import WrongUse
from bdg_cli.validation import validate
from tests.pages import MINIMAL, TODAY, commit

PLAN = "demo/plan.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A repository in git below the top of a checkout whose folder has spaces and Vietnamese letters."""
    top = tmp_path / "hồ sơ văn phòng"
    top.mkdir()
    (top / "README.txt").write_text("không phải của kho\n", "utf-8")
    shutil.copytree(MINIMAL, top / "kế hoạch")
    commit(top)
    return top / "kế hoạch"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def codes(root: Path, since: str = "HEAD", *, use_cache: bool = True) -> list[tuple[str, str]]:
    outcome = validate(str(root), TODAY, since=since, use_cache=use_cache)
    return [(found.code, found.place.path) for found in outcome.findings]


def bdg(monkeypatch: pytest.MonkeyPatch, root: Path, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["bdg", *words, "--repo", str(root)])
    return entry.main()


# -------------------------------------------------------------------------------------- --since


def test_nothing_changed_nothing_said(office: Path) -> None:
    assert codes(office) == []


def test_an_old_fault_in_another_file_is_not_told(office: Path) -> None:
    rewrite(office / PLAN, "10/KH-UBND", "99/KH-UBND")
    assert ("CC103", PLAN) in codes(office)
    commit(office.parent)
    rewrite(office / "demo/assignments.yaml", "Kiểm soát", "Theo dõi, kiểm soát")
    assert codes(office) == []


def test_an_old_fault_on_a_changed_line_is_told(office: Path) -> None:
    rewrite(office / PLAN, "10/KH-UBND", "99/KH-UBND")
    commit(office.parent)
    rewrite(office / PLAN, "cụ thể như sau", "nội dung như sau")
    assert codes(office) == []
    rewrite(office / PLAN, "Thực hiện Kế hoạch số 99/KH-UBND", "Triển khai Kế hoạch số 99/KH-UBND")
    assert codes(office) == [("CC103", PLAN)]


def test_what_a_change_causes_elsewhere_is_told(office: Path) -> None:
    """A renamed agency breaks the plan that names it, though the plan itself was not touched."""
    rewrite(office / "registry/agencies.yaml", "id: so-y-te-mau", "id: so-y-te-moi")
    assert ("TP012", "demo/assignments.yaml") in codes(office)


def test_an_acceptance_taken_away_lets_the_fault_show(office: Path) -> None:
    rewrite(office / PLAN, "10/KH-UBND", "99/KH-UBND")
    mark = next(found for found in validate(str(office), TODAY).findings if found.code == "CC103").fingerprint
    entry_text = (
        f"accepted:\n  - fingerprint: {mark}\n    reason: có lý do\n    owner: Văn phòng\n    until: 2024-12-31\n"
    )
    (office / "baseline.yaml").write_text(entry_text, "utf-8")
    commit(office.parent)
    assert codes(office) == []
    (office / "baseline.yaml").write_text("accepted: []\n", "utf-8")
    assert codes(office) == [("CC103", PLAN)]


def test_a_new_file_counts_as_changed(office: Path) -> None:
    (office / "data" / "2025.csv").write_text("indicator,area,period\nkhong-co,tra-vinh,2024\n", "utf-8")
    assert ("TP012", "data/2025.csv") in codes(office)


def test_a_repository_that_was_not_there_yet_is_all_new(office: Path) -> None:
    moved = office.parent / "kho mới"
    shutil.copytree(office, moved)
    rewrite(moved / PLAN, "10/KH-UBND", "99/KH-UBND")
    assert ("CC103", PLAN) in codes(moved)


def test_the_cache_gives_the_same(office: Path) -> None:
    rewrite(office / "registry/agencies.yaml", "id: so-y-te-mau", "id: so-y-te-moi")
    without = codes(office, use_cache=False)
    assert codes(office) == codes(office) == without != []


def test_nothing_is_left_behind(office: Path) -> None:
    before = sorted(path for path in office.parent.rglob("*") if ".git" not in path.parts)
    with history.earlier(str(office), "HEAD") as folder:
        codes(office)
        assert (Path(folder) / PLAN).exists()
    assert not Path(folder).exists()
    assert sorted(path for path in office.parent.rglob("*") if ".git" not in path.parts) == before


def test_a_dropped_plan_is_told_where_it_stood(office: Path) -> None:
    shutil.rmtree(office / "demo")
    assert ("SS107", PLAN) in codes(office)


def test_an_accepted_loss_is_no_unused_acceptance_elsewhere(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(office / "demo/targets.yaml", "value: 60", "value: 55")
    terms = ("--reason", "sửa lỗi đánh máy", "--owner", "Văn phòng", "--until", "permanent", "--today", TODAY)
    assert bdg(monkeypatch, office, "accept", *terms, "--select", "SS", "--since", "HEAD", "--apply") == 0
    assert "Đã thêm 1 mục" in capsys.readouterr().out
    assert [found for found in codes(office) if found[0] in {"KN103"}] == []
    assert [found.code for found in validate(str(office), TODAY).findings if found.code == "KN103"] == []
    accepted = [found for found in validate(str(office), TODAY, since="HEAD").findings if found.code == "SS101"]
    assert [found.accepted for found in accepted] == [True]


@pytest.mark.parametrize("revision", ["khong-co", "--help", "HEAD:demo", ""])
def test_no_such_revision(office: Path, revision: str) -> None:
    with pytest.raises(WrongUse, match="git không có phiên bản"):
        codes(office, revision)


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.copytree(MINIMAL, tmp_path / "kho")
    with pytest.raises(WrongUse, match="không nằm trong git"):
        codes(tmp_path / "kho")


def test_lines_around_a_gap_have_changed(office: Path) -> None:
    path = office / "demo/assignments.yaml"
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*lines[:4], *lines[5:]]), "utf-8")
    changes = history.changes(str(office), "HEAD")
    assert changes.touch("demo/assignments.yaml", 4, 4)
    assert changes.touch("demo/assignments.yaml", 5, 5)
    assert not changes.touch("demo/assignments.yaml", 1, 3)
    assert not changes.touch(PLAN, 1, 99)


# -------------------------------------------------------------------------------------- bdg diff


def test_diff_in_words(office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(office / "demo/targets.yaml", "value: 60", "value: 55")
    rewrite(office / "demo/assignments.yaml", "Tham mưu công tác cán bộ nữ.", "Tham mưu công tác cán bộ nữ các cấp.")
    rewrite(office / PLAN, "deadline: 2024-12-20", "deadline: 2024-12-18")
    rewrite(office / PLAN, "Kế hoạch số 10/KH-UBND ngày 15/01/2021", "Kế hoạch số 10/KH-UBND ngày 16/01/2021")
    assert bdg(monkeypatch, office, "diff", "HEAD") == 1
    said = capsys.readouterr().out
    assert "~ Chỉ tiêu 1.1, giá trị: đạt 60% → đạt 55%" in said
    assert "cán bộ nữ. → … mưu công tác cán bộ nữ các cấp." in said
    assert "trước ngày 20/12/2024 → trước ngày 18/12/2024" in said
    assert "10/KH-UBND: ngày 2021-01-15 → ngày 2021-01-16" in said
    assert "! SS101 trước là đạt 60%, nay là đạt 55%" in said
    assert "SS102" not in said


def test_diff_of_two_revisions(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(office / "demo/targets.yaml", "value: 60", "value: 65")
    commit(office.parent)
    assert bdg(monkeypatch, office, "diff", "HEAD~1", "HEAD") == 1
    assert "đạt 60% → đạt 65%" in capsys.readouterr().out
    assert bdg(monkeypatch, office, "diff", "HEAD") == 0
    assert "Không có gì thay đổi" in capsys.readouterr().out


def test_diff_tells_new_gone_and_unread_plans(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(office / "demo", office / "moi")
    assert bdg(monkeypatch, office, "diff", "HEAD") == 1
    assert "kế hoạch mới" in capsys.readouterr().out
    shutil.rmtree(office / "moi")
    (office / PLAN).write_text("kind: [\n", "utf-8")
    assert bdg(monkeypatch, office, "diff", "HEAD") == 1
    assert "chưa so sánh được" in capsys.readouterr().out
    shutil.rmtree(office / "demo")
    assert bdg(monkeypatch, office, "diff", "HEAD") == 1
    assert "không còn trong kho" in capsys.readouterr().out


def test_diff_as_word(office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import docx

    rewrite(office / "demo/targets.yaml", "value: 60", "value: 55")
    assert bdg(monkeypatch, office, "diff", "HEAD", "--docx", "-o", str(tmp_path / "ra")) == 1
    made = docx.Document(str(tmp_path / "ra" / "thay-doi.docx"))
    cells = [cell.text for row in made.tables[0].rows for cell in row.cells]
    assert cells[:3] == ["Nội dung", "Bản trước", "Bản sau"]
    assert {"Chỉ tiêu 1.1, giá trị", "đạt 60%", "đạt 55%"} <= {text.replace("\u00a0", " ") for text in cells}


def test_diff_of_no_such_plan(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg(monkeypatch, office, "diff", "HEAD", "--plan", "demoo") == 2
    assert "có phải “demo”?" in capsys.readouterr().err


def test_the_revision_is_a_plain_checkout(office: Path) -> None:
    with history.earlier(str(office), "HEAD") as folder:
        held = {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*.yaml")}
    here = {str(path.relative_to(office)): path.read_bytes() for path in office.rglob("*.yaml")}
    assert held == here
    tracked = subprocess.run(["git", "-C", str(office), "status", "--porcelain"], capture_output=True, text=True)
    assert tracked.stdout == ""
