"""What prose says of a figure: read where it is certain, passed over everywhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bdg_cli.prose.statements import Statement, Subjects

NAME = "Tỷ lệ lao động nữ làm công hưởng lương"
HOURS = "Số giờ trung bình làm công việc nội trợ"
BIRTHS = "Tỷ suất sinh ở vị thành niên"
RATIO = "Tỷ số giới tính khi sinh"
SUBJECTS = Subjects({NAME: "%", HOURS: "lần", BIRTHS: "ca/1.000 phụ nữ", RATIO: "bé trai/100 bé gái"})


def only(text: str) -> Statement:
    (found,) = SUBJECTS.statements(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        pytest.param("Năm 2023, tỷ lệ lao động nữ làm công hưởng lương đạt 48,2%.", "48.2", "2023", id="year-first"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương năm 2023 là 48,24 %", "48.24", "2023", id="year-between"),
        pytest.param(
            "tỷ lệ lao động nữ\nlàm công hưởng lương 6 tháng đầu năm 2024 ước đạt 50%;",
            "50",
            "2024H1",
            id="half-broken",
        ),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương là 48%", "48", "None", id="no-period"),
        pytest.param("trong đó tỷ lệ lao động nữ làm công hưởng lương chiếm 48,2%", "48.2", "None", id="lead-in"),
        pytest.param("Số giờ trung bình làm công việc nội trợ còn 1,71 lần", "1.71", "None", id="times"),
        pytest.param("Tỷ suất sinh ở vị thành niên năm 2022 là 18/1.000 phụ nữ", "18", "2022", id="per-thousand"),
        pytest.param("Tỷ số giới tính khi sinh ở mức 111,6 bé trai/100 bé gái", "111.6", "None", id="boys"),
    ],
)
def test_a_figure_is_read(text: str, value: str, period: str) -> None:
    found = only(text)
    assert found.value == Decimal(value)
    assert str(found.period) == period
    assert text[found.start : found.end].startswith(value.replace(".", ","))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Phấn đấu năm 2025 tỷ lệ lao động nữ làm công hưởng lương đạt 50%", id="aim"),
        pytest.param("Mục tiêu: tỷ lệ lao động nữ làm công hưởng lương đạt 50%", id="aim-with-colon"),
        pytest.param("Đến năm 2025 tỷ lệ lao động nữ làm công hưởng lương đạt 50%", id="until"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương tăng 2%", id="change"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương đạt trên 48%", id="more-than"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương khoảng 48%", id="about"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương ở nông thôn là 41%", id="of-a-part"),
        pytest.param("Cả nước có tỷ lệ lao động nữ làm công hưởng lương là 50,9%", id="another-area"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương đạt 96% kế hoạch", id="share-of-the-plan"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương đạt 96% so với năm 2022", id="share-of-last-year"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương là 48 nghìn người", id="another-unit"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương là 48-50%", id="span"),
        pytest.param("Năm 2022 so năm 2023, tỷ lệ lao động nữ làm công hưởng lương là 48%", id="two-years"),
        pytest.param("Tỷ lệ lao động nữ làm công hưởng lương. Năm 2023 đạt 48%", id="another-sentence"),
        pytest.param("Tỷ suất sinh ở vị thành niên là 18/100 phụ nữ", id="another-base"),
        pytest.param("Tỷ lệ lao động nữ đạt 48%", id="another-name"),
    ],
)
def test_what_is_not_certain_is_passed_over(text: str) -> None:
    assert SUBJECTS.statements(text) == ()


@pytest.mark.parametrize(
    ("text", "reached", "value"),
    [
        pytest.param("tỷ lệ lao động nữ làm công hưởng lương vượt mục tiêu đề ra", True, None, id="exceeded"),
        pytest.param("tỷ lệ lao động nữ làm công hưởng lương đạt mục tiêu", True, None, id="met"),
        pytest.param("tỷ lệ lao động nữ làm công hưởng lương chưa đạt chỉ tiêu", False, None, id="missed"),
        pytest.param(
            "tỷ lệ lao động nữ làm công hưởng lương đạt 50,5%, vượt mục tiêu", True, "50.5", id="figure-and-claim"
        ),
        pytest.param("tỷ lệ lao động nữ làm công hưởng lương mới đạt 48%, chưa đạt mục tiêu", False, "48", id="both"),
    ],
)
def test_a_claim_is_read(text: str, reached: bool, value: str | None) -> None:
    found = only(text)
    assert found.reached is reached
    assert found.value == (Decimal(value) if value else None)


def test_two_statements_of_one_text() -> None:
    text = (
        "Năm 2023 tỷ lệ lao động nữ làm công hưởng lương đạt 48%; tỷ số giới tính khi sinh là 111,6 bé trai/100 bé gái"
    )
    assert [one.subject for one in SUBJECTS.statements(text)] == [NAME, RATIO]
    assert [str(one.period) for one in SUBJECTS.statements(text)] == ["2023", "None"]
