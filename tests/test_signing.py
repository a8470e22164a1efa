"""Signatures as offices really write them: right ones are silent, wrong ones are told, whatever the body."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdg_cli.checks.check import Example
from tests import pages

_OWN = "  - {{id: co-quan-mau, {what}, area: tra-vinh}}\n"
_AGENCIES = """\
agencies:
  - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
  - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
  - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
"""
RIGHT = [
    ("kind: ubnd-tinh", ["TM. ỦY BAN NHÂN DÂN"], ["CHỦ TỊCH"]),
    ("kind: ubnd-tinh", ["TM. ỦY BAN NHÂN DÂN TỈNH", "KT. CHỦ TỊCH"], ["PHÓ CHỦ TỊCH THƯỜNG TRỰC"]),
    ("kind: ubnd-tinh", ["T/M UBND TỈNH", "K/T CHỦ TỊCH"], ["PHÓ CHỦ TỊCH"]),
    ("kind: ubnd-tinh", ["KT. CHỦ TỊCH"], ["PHÓ CHỦ TỊCH"]),
    ("kind: ubnd-tinh", ["TUQ. CHỦ TỊCH"], ["GIÁM ĐỐC SỞ NỘI VỤ"]),
    ("kind: ubnd-tinh", ["TL. CHỦ TỊCH"], ["CHÁNH VĂN PHÒNG"]),
    ("kind: ubnd-xa", ["TM. Uỷ ban nhân dân", "KT. Chủ tịch"], ["Phó Chủ tịch"]),
    ("kind: so-noi-vu", [], ["GIÁM ĐỐC"]),
    ("kind: so-noi-vu", ["KT. GIÁM ĐỐC"], ["PHÓ GIÁM ĐỐC"]),
    ("kind: so-noi-vu", ["KT. GIÁM ĐỐC"], ["PHÓ GIÁM ĐỐC PHỤ TRÁCH"]),
    ("kind: so-noi-vu", ["TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG"], ["PHÓ CHÁNH VĂN PHÒNG"]),
    ("kind: so-noi-vu", ["Q. GIÁM ĐỐC"], []),
    ("kind: phong-ldtbxh", ["KT. TRƯỞNG PHÒNG"], ["PHÓ TRƯỞNG PHÒNG"]),
    ("kind: phong-ldtbxh", ["KT. TRƯỞNG PHÒNG"], ["PHÓ PHÒNG"]),
    ("kind: van-phong-ubnd-tinh", ["KT. CHÁNH VĂN PHÒNG"], ["PHÓ CHÁNH VĂN PHÒNG"]),
    ("kind: ban-vstbpn-tinh", ["TM. BAN VÌ SỰ TIẾN BỘ CỦA PHỤ NỮ", "KT. TRƯỞNG BAN"], ["PHÓ TRƯỞNG BAN"]),
    ("kind: ban-dan-toc", [], ["TRƯỞNG BAN"]),
    ("kind: cong-an-tinh", ["KT. GIÁM ĐỐC"], ["PHÓ GIÁM ĐỐC"]),
    ("kind: hoi-lhpn-tinh", ["TM. BAN THƯỜNG VỤ"], ["PHÓ CHỦ TỊCH"]),
    ("kind: mttq-tinh", ["TM. BAN THƯỜNG TRỰC"], ["PHÓ CHỦ TỊCH"]),
    ("kind: tinh-uy", ["T/M TỈNH ỦY"], ["PHÓ BÍ THƯ"]),
    ("name: Hội đồng nhân dân tỉnh", ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN"], ["PHÓ CHỦ TỊCH"]),
    ("name: Trung tâm Công tác xã hội", ["KT. GIÁM ĐỐC"], ["PHÓ GIÁM ĐỐC"]),
    ("name: Bộ Nội vụ", ["KT. BỘ TRƯỞNG"], ["THỨ TRƯỞNG"]),
    ("name: Bộ Nội vụ", ["TL. BỘ TRƯỞNG"], ["VỤ TRƯỞNG VỤ CÔNG TÁC THANH NIÊN"]),
]
WRONG = [
    ("kind: so-noi-vu", ["TM. SỞ NỘI VỤ"], ["GIÁM ĐỐC"], "do một người đứng đầu ký thẳng"),
    ("kind: so-noi-vu", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"], ["PHÓ CHỦ TỊCH"], "do một người đứng đầu ký thẳng"),
    ("kind: so-noi-vu", ["KT. CHỦ TỊCH"], ["PHÓ CHỦ TỊCH"], "người đứng đầu Sở Nội vụ là GIÁM ĐỐC"),
    ("kind: so-noi-vu", [], ["PHÓ GIÁM ĐỐC"], "ký mà không có dòng “KT.”"),
    ("kind: so-noi-vu", ["KT. GIÁM ĐỐC"], ["GIÁM ĐỐC"], "cấp phó ký thay"),
    ("kind: so-noi-vu", ["TL. GIÁM ĐỐC", "KT. GIÁM ĐỐC"], ["PHÓ CHỦ TỊCH"], "không phải cấp phó của GIÁM ĐỐC"),
    ("kind: ubnd-tinh", ["TM. ỦY BAN NHÂN DÂN"], ["PHÓ CHỦ TỊCH"], "ký mà không có dòng “KT.”"),
    ("kind: ubnd-tinh", ["TM. CHỦ TỊCH"], ["PHÓ CHỦ TỊCH"], "“TM.” đi với tên tập thể"),
    ("kind: ubnd-tinh", ["KT. ỦY BAN NHÂN DÂN"], ["PHÓ CHỦ TỊCH"], "“KT.” đi với chức vụ"),
    ("kind: ubnd-tinh", ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN"], ["PHÓ TRƯỞNG BAN"], "ký thay mặt “BAN CHỈ ĐẠO”"),
    ("kind: ubnd-tinh", ["KT. TRƯỞNG BAN"], ["PHÓ TRƯỞNG BAN"], "là CHỦ TỊCH"),
    ("kind: phong-ldtbxh", ["TM. UBND HUYỆN", "KT. CHỦ TỊCH"], ["PHÓ CHỦ TỊCH"], "do một người đứng đầu ký thẳng"),
    (
        "kind: ban-vstbpn-tinh",
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"],
        ["PHÓ CHỦ TỊCH"],
        "mà cơ quan ban hành là Ban Vì",
    ),
]


def told(folder: Path, what: str, authority: list[str], posts: list[str]) -> list[str]:
    """What VB105 says of a plan that such a body issues, signed so."""
    lines = ", ".join(f'"{line}"' for line in authority), ", ".join(f'"{line}"' for line in posts)
    signature = f"signature:\n  - authority: [{lines[0]}]\n    posts: [{lines[1]}]\n    name: Nguyễn Văn Mẫu\n"
    plan = f"issuer: co-quan-mau\nsymbol: KH-CQM\n{signature}"
    files = {"registry/agencies.yaml": _AGENCIES + _OWN.format(what=what), "demo/plan.yaml": plan}
    pages.lay(Example("Đúng", tuple(files.items()), None, False), folder)
    return [one.message for one in pages.found(folder, None).findings if one.code == "VB105"]


@pytest.mark.parametrize("what, authority, posts", RIGHT)
def test_a_right_signature_is_silent(what: str, authority: list[str], posts: list[str], tmp_path: Path) -> None:
    assert told(tmp_path / "kho", what, authority, posts) == []


@pytest.mark.parametrize("what, authority, posts, message", WRONG)
def test_a_wrong_signature_is_told_once(
    what: str, authority: list[str], posts: list[str], message: str, tmp_path: Path
) -> None:
    (said,) = told(tmp_path / "kho", what, authority, posts)
    assert message in said
