"""Where a line must not break: `~` in an example is a space that stays whole, every other space may break."""

from __future__ import annotations

import pytest

from bdg_cli import prose

EXAMPLES = [
    "Nghị quyết số~28/NQ-CP ngày~03~tháng~3 năm~2021 của Chính phủ",
    "Kế hoạch số~131/KH-UBND ngày~31/5/2021 của Ủy ban nhân dân",
    "từ ngày~15~tháng~11 đến ngày~15~tháng~12 năm~2024",
    "giai đoạn~2021~-~2030 và định hướng",
    "giai đoạn~2021-2025 trên địa bàn tỉnh",
    "tỷ số tử vong mẹ còn 42/100.000~trẻ đẻ sống",
    "suất sinh 18/1.000~phụ nữ; 111~bé trai/100~bé gái; ca/100.000 trẻ",
    "họp ngày~31/5/2021 của Ban; tháng~5/2021 có; 1.700/2.100~người",
    "Sở Lao động~- Thương binh và Xã hội",
    "đạt 60% vào cuối kỳ",
    "gồm 15~đơn vị, 04 nhóm việc",
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_joints(example: str) -> None:
    text = example.replace("~", " ")
    kept = set(prose.joints(text, (reading := prose.Reading(text)).mentions, reading.quantities))
    assert "".join("~" if index in kept else sign for index, sign in enumerate(text)) == example
