"""Whose an act and a notation can be: what the law fixes, and silence about all else."""

from __future__ import annotations

import pytest

from bdg_cli.checks.issuers import Issuer, owner_of, sort_of


@pytest.mark.parametrize(
    "words, sort",
    [
        ("Quốc hội", Issuer.ASSEMBLY),
        ("Ủy ban Thường vụ Quốc hội", Issuer.STANDING),
        ("Chính phủ", Issuer.GOVERNMENT),
        ("Thủ tướng Chính phủ", Issuer.PRIME_MINISTER),
        ("Phó Thủ tướng Chính phủ", Issuer.PRIME_MINISTER),
        ("Bộ trưởng Bộ Nội vụ", Issuer.MINISTRY),
        ("Bộ Lao động - Thương binh và Xã hội", Issuer.MINISTRY),
        ("Thanh tra Chính phủ", Issuer.MINISTRY),
        ("UBND tỉnh", Issuer.COMMITTEE),
        ("Uỷ ban nhân dân\n  huyện Lộc Bình", Issuer.COMMITTEE),
        ("Chủ tịch Ủy ban nhân dân tỉnh", Issuer.COMMITTEE),
        ("HĐND tỉnh", Issuer.COUNCIL),
        ("Sở Nội vụ", Issuer.DEPARTMENT),
        ("Phòng Nội vụ", Issuer.DEPARTMENT),
        ("Bộ Chính trị", None),
        ("Bộ Chỉ huy Quân sự tỉnh", None),
        ("Ban Bí thư", None),
        ("Tỉnh ủy", None),
        ("Ban Vì sự tiến bộ của phụ nữ tỉnh", None),
        ("Tòa án nhân dân tối cao", None),
        ("Văn phòng Ủy ban nhân dân tỉnh", None),
        ("tỉnh", None),
    ],
)
def test_sorts_of_issuer(words: str, sort: Issuer | None) -> None:
    assert sort_of(words) is sort


@pytest.mark.parametrize(
    "notation, owner",
    [
        ("28/NQ-CP", Issuer.GOVERNMENT),
        ("125/2021/NĐ-CP", Issuer.GOVERNMENT),
        ("2282/QĐ-TTg", Issuer.PRIME_MINISTER),
        ("KH-UBND", Issuer.COMMITTEE),
        ("7875/UBND-VX", Issuer.COMMITTEE),
        ("05/NQ-HĐND", Issuer.COUNCIL),
        ("73/2006/QH11", Issuer.ASSEMBLY),
        ("1211/2016/UBTVQH13", Issuer.STANDING),
        ("16/KH-SNV", None),
        ("912/LĐTBXH-BĐG", None),
        ("21-CT/TW", None),
        ("12/2023/TT-BNV", None),
        ("5/UBND", None),
    ],
)
def test_owners_of_notations(notation: str, owner: Issuer | None) -> None:
    assert owner_of(notation) is owner
