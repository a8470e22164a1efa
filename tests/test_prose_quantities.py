"""Numbers with operator and unit: the vocabulary of targets, forms of the seeds and of other offices, near misses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bdg_cli.models.plan import Operator
from bdg_cli.prose import Quantity, Reading
from bdg_cli.prose.quantities import OPERATORS

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

Row = tuple[str, str, str | None, str | None]


def rows(text: str) -> list[Row]:
    """Words, value, operator and unit of every quantity."""
    return [
        (text[found.start : found.end], str(found.value), found.op, found.unit) for found in Reading(text).quantities
    ]


CASES = [
    ("đạt 60% các cơ quan", ("đạt 60%", "60", ">=", "%")),
    ("Đạt 80% người bị bạo lực", ("Đạt 80%", "80", ">=", "%")),
    ("ít nhất 27%", ("ít nhất 27%", "27", ">=", "%")),
    ("tối thiểu 30 % nữ", ("tối thiểu 30 %", "30", ">=", "%")),
    ("không dưới 50%", ("không dưới 50%", "50", ">=", "%")),
    ("từ 15% trở lên", ("từ 15% trở lên", "15", ">=", "%")),
    ("15% trở lên", ("15% trở lên", "15", ">=", "%")),
    ("đạt từ 70% trở lên", ("đạt từ 70% trở lên", "70", ">=", "%")),
    ("tăng lên 50%", ("tăng lên 50%", "50", ">=", "%")),
    ("trên 90%", ("trên 90%", "90", ">", "%")),
    ("đạt trên 90% vào năm 2025", ("đạt trên 90%", "90", ">", "%")),
    ("tăng lên trên 50%", ("tăng lên trên 50%", "50", ">", "%")),
    ("hơn 30 hộ", ("hơn 30 hộ", "30", ">", "hộ")),
    ("vượt 5%", ("vượt 5%", "5", ">", "%")),
    ("còn 1,7 lần so với nam giới", ("còn 1,7 lần", "1.7", "<=", "lần")),
    ("giảm còn 18/1.000 phụ nữ", ("giảm còn 18/1.000 phụ nữ", "18", "<=", "/1.000 phụ nữ")),
    ("xuống còn 25%", ("xuống còn 25%", "25", "<=", "%")),
    ("không quá 5 ngày", ("không quá 5 ngày", "5", "<=", "ngày")),
    ("tối đa 3%", ("tối đa 3%", "3", "<=", "%")),
    (
        "không vượt quá 111 trẻ sơ sinh trai/100 trẻ sơ sinh gái",
        (
            "không vượt quá 111 trẻ sơ sinh trai/100 trẻ sơ sinh gái",
            "111",
            "<=",
            "trẻ sơ sinh trai/100 trẻ sơ sinh gái",
        ),
    ),
    (
        "giảm về mức 111 bé trai/100 bé gái",
        ("giảm về mức 111 bé trai/100 bé gái", "111", "<=", "bé trai/100 bé gái"),
    ),
    ("20% trở xuống", ("20% trở xuống", "20", "<=", "%")),
    ("giảm xuống dưới 30%", ("giảm xuống dưới 30%", "30", "<", "%")),
    (
        "giảm dưới 42/100.000 trẻ sinh sống",
        ("giảm dưới 42/100.000 trẻ sinh sống", "42", "<", "/100.000 trẻ sinh sống"),
    ),
    ("người dưới 18 tuổi", ("dưới 18 tuổi", "18", "<", "tuổi")),
    ("khoảng 85%", ("khoảng 85%", "85", "~", "%")),
    ("đạt khoảng 85%", ("đạt khoảng 85%", "85", "~", "%")),
    ("xấp xỉ 5%", ("xấp xỉ 5%", "5", "~", "%")),
    ("Duy trì 100% đài", ("Duy trì 100%", "100", "=", "%")),
    ("duy trì đạt 100%", ("duy trì đạt 100%", "100", "=", "%")),
    ("bằng 100%", ("bằng 100%", "100", "=", "%")),
    ("có 100% xã", ("100%", "100", None, "%")),
    ("04 tin, bài về bình đẳng giới", ("04 tin, bài", "4", None, "tin, bài")),
    ("tối thiểu 02 cuộc/năm", ("tối thiểu 02 cuộc/năm", "2", ">=", "cuộc/năm")),
    ("1.234,5 hộ", ("1.234,5 hộ", "1234.5", None, "hộ")),
    ("3.000 tỷ đồng", ("3.000 tỷ đồng", "3000", None, "tỷ đồng")),
    ("60 phần trăm", ("60 phần trăm", "60", None, "phần trăm")),
    ("47/63 tỉnh", ("47/63 tỉnh", "47", None, "/63 tỉnh")),
    ("1/2 số xã", ("1/2 số xã", "1", None, "/2 số xã")),
    ("15 năm thi hành Luật", ("15 năm", "15", None, "năm")),
    ("báo cáo 06 tháng", ("06 tháng", "6", None, "tháng")),
    ("đạt **60%** vào", ("đạt **60%", "60", ">=", "%")),
    ("đạt ít\nnhất 70%", ("đạt ít\nnhất 70%", "70", ">=", "%")),
    ("mục tiêu 100% xã", ("100%", "100", None, "%")),
]


@pytest.mark.parametrize("text, expected", CASES, ids=[text for text, _ in CASES])
def test_one_quantity(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


def test_a_change_keeps_where_it_starts() -> None:
    [found] = Reading("giảm từ 23 xuống 18 ca").quantities
    assert (found.op, found.value, found.origin, found.unit) == ("<=", Decimal(18), Decimal(23), "ca")
    [percent] = Reading("tăng từ 40% lên 60%").quantities
    assert (percent.op, percent.value, percent.origin) == (">=", Decimal(60), Decimal(40))


def test_a_rate_says_per_what() -> None:
    [found] = Reading("dưới 42/100.000 trẻ sinh sống").quantities
    assert found.per == Decimal(100_000)
    [ratio] = Reading("111 bé trai/100 bé gái").quantities
    assert ratio.per == Decimal(100)


@pytest.mark.parametrize(
    "text",
    [
        "mục tiêu 4, chỉ tiêu 3 của mục tiêu 2, Điều 25, khoản 1, Dự án 3, quý 3, giai đoạn 1",
        "năm 2025, đến 2030, trong tháng 12, lần thứ 3",
        "chỉ tiêu 18.6, mục 1.2.3, 1.7 lần, 2.3. Đạt",
        "Covid-19, khóa XI, 24/7, (10/12), A4, T5",
        "10 - 15%, 2-3 lớp",
        "Kế hoạch số 131/KH-UBND ngày 31/5/2021, từ ngày 15/11 đến ngày 15/12/2022, trước ngày 15/6/2024",
        "6 tháng đầu năm 2024, giai đoạn 2021-2025, quý III/2024",
        '{{ value("3.2a") }}, {{ cite("qd-57-2021") }}',
    ],
)
def test_near_misses(text: str) -> None:
    assert rows(text) == []


def test_operators_are_those_of_the_model() -> None:
    assert set(OPERATORS.values()) == {str(operator) for operator in Operator}


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_offsets_hold(text: str) -> None:
    for found in Reading(text).quantities:
        assert found.start <= found.value_start < found.value_end <= found.end
        written = text[found.value_start : found.value_end]
        assert Decimal(written.replace(".", "").replace(",", ".")) == found.value
        assert (found.unit is None) == (found.unit_end == -1)
        if found.unit is not None:
            assert " ".join(text[found.value_end : found.unit_end].replace("*", " ").split()) == found.unit
        words = text[found.start : found.end]
        assert words == words.strip(" ;,.")


@pytest.mark.parametrize(
    "piece, each",
    [
        ("đạt ít nhất 27% ", 1),
        ("từ 23 xuống ", 0),
        ("42/100.000 trẻ sinh sống ", 1),
        ("không quá không quá ", 0),
        ("1.000.000.", 0),
        ("111 bé trai/", 0),
        ("7", 0),
        ("đạt " * 10, 0),
    ],
)
def test_long_awkward_text(piece: str, each: int) -> None:
    times = 200_000 // len(piece)
    assert abs(len(Reading(piece * times).quantities) - each * times) <= 1


# domain.md 5.1: value and operator of every number that the 19 targets of Trà Vinh name.
TARGETS = [
    ("60", ">="), ("50", ">="), ("30", "<"), ("27", ">="), ("1.7", "<="), ("80", ">="), ("50", ">="), ("80", None),
    ("50", None), ("111", "<="), ("42", "<"), ("18", "<="), ("40", ">="), ("90", ">"), ("85", "~"), ("30", ">="),
    ("50", ">"), ("30", ">"), ("60", ">="), ("100", None), ("100", ">="), ("4", ">="), ("100", "="),
]  # fmt: skip


def test_the_targets_of_a_seed() -> None:
    paths = sorted(SEEDS.glob("000_*.txt"))
    if not paths:
        pytest.skip(f"the original documents are not here ({SEEDS})")
    text = paths[0].read_text("utf-8")
    part = text[text.index("a) Mục tiêu 1") : text.index("2. Hoạt động nâng cao")]
    found: tuple[Quantity, ...] = Reading(part).quantities
    assert [(str(one.value), one.op) for one in found] == TARGETS
