"""The checks of words beyond their pages: the list of slips is sure, and mending one changes that word alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bdg_cli import edit, load
from bdg_cli.checks import words
from bdg_cli.findings import Fault
from bdg_cli.layout import scan
from bdg_cli.prose import Reading
from bdg_cli.workshop import Workshop
from tests.pages import MINIMAL

TODAY = "2024-07-01"


def slips(folder: Path) -> list[Fault]:
    """What CH103 says of the demo plan."""
    plan = Workshop(scan(str(folder)), TODAY).plan("demo").plan
    assert plan is not None
    return list(words.common_slip.run(plan=plan))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the smallest repository."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "kho"))


def closed(folder: Path, closing: str) -> Path:
    """The plan with a closing paragraph; the path of its file."""
    path = folder / "demo" / "plan.yaml"
    path.write_text(path.read_text("utf-8") + closing, "utf-8")
    return path


@pytest.mark.parametrize("wrong, right", words.SLIPS.items(), ids=words.SLIPS)
def test_each_slip_is_mended_word_by_word(wrong: str, right: str) -> None:
    assert len(wrong.split()) == len(right.split())
    assert wrong != right
    assert wrong == wrong.lower()
    assert not any(other in right for other in words.SLIPS)


def test_no_slip_stands_in_text_that_is_right(top: Path) -> None:
    """What bdg ships and prints, and what the five plans say (but for the accepted name of the action month)."""
    reference = [path.read_text("utf-8") for path in (top / "src" / "bdg_cli" / "reference").rglob("*.yaml")]
    templates = [path.read_text("utf-8") for path in (top / "templates").rglob("*.j2")]
    plans = [path.read_text("utf-8") for path in (top / "plans").rglob("*.yaml")]
    for text in (*reference, *templates, *plans):
        small = " ".join(Reading(text).small.split())
        found = [wrong for wrong in words.SLIPS if wrong in small and not wrong.startswith("tháng hành động")]
        assert found == []


def test_edits_keep_everything_else(folder: Path) -> None:
    closing = (
        "closing: |\n  Bổ xung kinh phí, HỔ TRỢ nạn nhân; họat động của **Tháng hành động về\n"
        "  bình đẳng giới**; tòan tỉnh, qúy I./.\n"
    )
    path = closed(folder, closing)
    before = path.read_text("utf-8")
    edits = [one for fault in slips(folder) for one in fault.edits]
    after = edit.edited(before, edits)
    assert after == before.replace("Bổ xung", "Bổ sung").replace("HỔ TRỢ", "HỖ TRỢ").replace("họat", "hoạt").replace(
        "động về\n", "động vì\n"
    ).replace("tòan", "toàn").replace("qúy", "quý")
    path.write_text(after, "utf-8")
    assert slips(folder) == []


def test_a_slip_is_told_once_for_a_file_and_mended_everywhere(folder: Path) -> None:
    closed(folder, "closing: |\n  Bổ xung kinh phí, bổ xung nhân lực, bổ xung phương tiện./.\n")
    [fault] = slips(folder)
    assert "3 chỗ" in fault.message
    assert len(fault.edits) == 3


def test_a_folded_text_is_told_but_not_mended(folder: Path) -> None:
    closed(folder, "closing: >\n  Các cơ quan bổ xung\n  kinh phí./.\n")
    [fault] = slips(folder)
    assert fault.edits == ()
    assert fault.place.line > 1


@pytest.mark.parametrize(
    "sentence",
    [
        "khả năng xuất khẩu, chức năng xuất bản, lịch sử lý luận, cảm xúc tích cực",
        "thế kỷ năng lượng, nghiên cứu kỹ luật, cũng cố gắng, vụ nổ lực lượng đến ngay",
        "hòa bình, hoà giải, thủy lợi, thuỷ sản, quý I, khoẻ, khỏe, xóa, xoá, toàn, khoản, huỳnh",
        "Phần đầu có 3 mục; phần đầu đạt yêu cầu; phân đầu mối",
        "Chương trình hành động về bình đẳng giới",
    ],
)
def test_near_misses(folder: Path, sentence: str) -> None:
    closed(folder, f"closing: |\n  {sentence}./.\n")
    assert slips(folder) == []


def test_bodies_are_written_as_the_registry_writes_them() -> None:
    """The fixed list of CH105 and the shipped registry do not contradict each other."""
    kinds = {kind.name for kind in load.shipped_registry().kinds.values()}
    agencies = {agency.name or "" for agency in load.shipped_registry().agencies.values()}
    for body in words.BODIES:
        same = [name for name in (*kinds, *agencies) if name.lower().startswith(body.lower())]
        assert all(name.startswith(body) for name in same), body
