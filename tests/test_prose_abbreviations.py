"""Abbreviations and where a text explains them: forms of the seeds and of other offices, near misses."""

from __future__ import annotations

import pytest

from bdg_cli.prose import Reading

USES = [
    ("UBND tỉnh, HĐND và UBMTTQ", ["UBND", "HĐND", "UBMTTQ"]),
    ("Sở LĐTBXH, Sở LĐTB&XH, Sở LĐ-TB&XH", ["LĐTBXH", "LĐTB&XH", "LĐ-TB&XH"]),
    ("công tác BĐG và VSTBCPN", ["BĐG", "VSTBCPN"]),
    ("phòng, chống HIV/AIDS", ["HIV", "AIDS"]),
    ("Quyết định số 12/QĐ-UBND của UBND tỉnh", ["UBND"]),
    ("Chỉ thị số 21-CT/TW, 739/BNV-CTTN&BĐG", []),
    ("khóa XIII, mục II, quý IV, Điều 3", []),
    ("TM. ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", ["TM"]),
    ("KẾ HOẠCH THỰC HIỆN CÔNG TÁC BÌNH ĐẲNG GIỚI", []),
    ("TP.HCM, A, Nguyễn Văn Út", ["TP"]),
    ("số      /QĐ-SNV", []),
    ('{{ agency("ubnd-mau") }}', []),
]


@pytest.mark.parametrize("text, expected", USES, ids=[text for text, _ in USES])
def test_uses(text: str, expected: list[str]) -> None:
    found = Reading(text).abbreviations
    assert [one.short for one in found] == expected
    assert [text[one.start : one.end] for one in found] == expected


DEFINITIONS = [
    ("Ủy ban nhân dân (viết tắt là UBND)", "UBND", "Ủy ban nhân dân"),
    ("công tác bình đẳng giới (BĐG) năm", "BĐG", "bình đẳng giới"),
    ("công tác Bình đẳng giới (BDG) và", "BDG", "Bình đẳng giới"),
    ("Vì sự tiến bộ của phụ nữ (VSTBCPN)", "VSTBCPN", "Vì sự tiến bộ của phụ nữ"),
    ("vì sự tiến bộ của phụ nữ (VSTBPN)", "VSTBPN", "vì sự tiến bộ của phụ nữ"),
    ("Bộ Lao động - Thương binh và Xã hội (LĐTB&XH)", "LĐTB&XH", "Lao động - Thương binh và Xã hội"),
    ("Sở Lao động - Thương binh và Xã hội (sau đây viết tắt là Sở LĐTBXH)", "Sở LĐTBXH",
     "Sở Lao động - Thương binh và Xã hội"),
    ("các sở, ngành (sau đây gọi tắt là ngành, địa phương) chỉ đạo", "ngành, địa phương", None),
    ("các sở, ngành (gọi tắt là ngành, địa phương)", "ngành, địa phương", None),
    ("Chương trình (sau đây gọi là “Chương trình truyền thông”)", "Chương trình truyền thông", None),
    ("đẩy mạnh hiện đại hóa (HĐH) nông thôn", "HĐH", "hiện đại hóa"),
    ("UBND (Ủy ban nhân dân) tỉnh", "UBND", "Ủy ban nhân dân"),
    ("bạo lực trên\ncơ sở giới (BLTCSG)", "BLTCSG", "bạo lực trên cơ sở giới"),
]  # fmt: skip


@pytest.mark.parametrize("text, short, long", DEFINITIONS, ids=[text for text, _, _ in DEFINITIONS])
def test_definitions(text: str, short: str, long: str | None) -> None:
    [found] = Reading(text).definitions
    assert (found.short, found.long) == (short, long)
    assert text[found.short_start : found.short_end] == short
    assert text[found.end - 1] == ")"
    if long is not None:
        assert " ".join(text[found.start : found.end].replace("(", " ").split()).startswith((long, short))


def test_several_at_once() -> None:
    found = Reading("công nghiệp hóa, hiện đại hóa (CNH, HĐH) nông thôn").definitions
    assert [(one.short, one.long) for one in found] == [("CNH", None), ("HĐH", None)]


@pytest.mark.parametrize(
    "text",
    [
        "bình đẳng giới, phòng, chống bạo lực (BĐG - PCBL)",
        "bình đẳng giới, phòng, chống bạo lực (viết tắt là BĐG và PCBL)",
        "Viết tắt: BĐG: bình đẳng giới; PCBL: phòng, chống bạo lực.",
        "Viết tắt: BĐG - bình đẳng giới, PCBL - phòng, chống bạo lực, và các chữ khác",
        "BĐG là chữ viết tắt của bình đẳng giới; PCBL là viết tắt của phòng, chống bạo lực",
    ],
)
def test_several_in_one_place(text: str) -> None:
    assert [one.short for one in Reading(text).definitions] == ["BĐG", "PCBL"]


@pytest.mark.parametrize(
    "text",
    [
        "kinh phí (nếu có), báo cáo (UBND tỉnh), phụ nữ (theo Luật)",
        "Sở Nội vụ (SYT), Bộ Y tế (XYZ)",
        "giai đoạn I. Bình đẳng. giới (BĐG)",
        "Ủy ban nhân dân (tỉnh, huyện, xã)",
        "(BĐG)",
    ],
)
def test_near_misses(text: str) -> None:
    assert Reading(text).definitions == ()


@pytest.mark.parametrize(
    "piece",
    [
        "UBND ",
        "A&",
        "bình đẳng giới (BĐG) ",
        "(",
        "(viết tắt là ",
        "ABCDEFGHIJKLMNOP",
        "UBND (Ủy ban ",
        "viết tắt BĐG - ",
    ],
)
def test_long_awkward_text(piece: str) -> None:
    times = 200_000 // len(piece)
    reading = Reading(piece * times)
    assert len(reading.abbreviations) <= times
    assert len(reading.definitions) <= times
