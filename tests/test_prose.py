"""The prose reader: each form of citation, date, period and deadline, near misses, offsets, size, seeds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bdg_cli.models.registry import ActKind
from bdg_cli.prose import Citation, DateMention, DateRange, Deadline, Mention, NamedAct, PeriodMention, numbers, read

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
STRATEGY = "Chiến lược quốc gia về bình đẳng giới"
PROGRAMME = "Chương trình hành động quốc gia về bình đẳng giới"
PARTICIPATION = "Tăng cường sự tham gia bình đẳng của phụ nữ"
NAMES = (STRATEGY, PROGRAMME, PARTICIPATION, "Luật Bình đẳng giới", "Luật Phòng, chống bạo lực gia đình")

Facts = tuple[str | bool | None, ...]


def snippet(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]


def citations(text: str) -> list[Citation]:
    return [found for found in read(text, NAMES) if isinstance(found, Citation)]


def facts(text: str, found: Mention) -> Facts:
    """What the tables below hold of a mention, its own words first."""
    words = snippet(text, found)
    if isinstance(found, Citation):
        return (words, found.kind, found.number, _text(found.date), found.issuer, _text(found.period))
    if isinstance(found, DateRange):
        return (words, str(found.first), str(found.last), found.yearly)
    if isinstance(found, Deadline):
        return (words, str(found.date), found.exclusive)
    if isinstance(found, NamedAct):
        return (words, found.name, _text(found.period))
    return (words, str(found.date if isinstance(found, DateMention) else found.period))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


CITATIONS = [
    pytest.param(
        "theo Quyết định số 2857/QĐ-UBND ngày 30 tháng 8 năm 2021 của UBND tỉnh",
        [("Quyết định số 2857/QĐ-UBND ngày 30 tháng 8 năm 2021 của UBND tỉnh", "decision", "2857/QĐ-UBND",
          "2021-08-30", "UBND tỉnh", None)],
        id="number, long date, issuer",
    ),
    pytest.param(
        "theo quyết định 1567/QĐ-UBND ngày 30/12/2021;",
        [("quyết định 1567/QĐ-UBND ngày 30/12/2021", "decision", "1567/QĐ-UBND", "2021-12-30", None, None)],
        id="small letter, no số",
    ),
    pytest.param(
        "Chỉ thị số 21-CT/TW ngày 20/01/2018 của Ban Bí thư về tiếp tục đẩy mạnh công tác phụ nữ",
        [("Chỉ thị số 21-CT/TW ngày 20/01/2018 của Ban Bí thư", "directive", "21-CT/TW", "2018-01-20",
          "Ban Bí thư", None)],
        id="party notation",
    ),
    pytest.param(
        "theo Quyết định 178/QĐ-TTg ngày 28/02/2016 của Thủ tướng Chính phủ; thực hiện",
        [("Quyết định 178/QĐ-TTg ngày 28/02/2016 của Thủ tướng Chính phủ", "decision", "178/QĐ-TTg",
          "2016-02-28", "Thủ tướng Chính phủ", None)],
        id="prime minister",
    ),
    pytest.param(
        "tại Tờ trình số 392/TTr- LĐTBXH ngày 15 tháng 3 năm 2018,",
        [("Tờ trình số 392/TTr- LĐTBXH ngày 15 tháng 3 năm 2018", "submission", "392/TTr-LĐTBXH",
        "2018-03-15",
          None, None)],
        id="space in the notation",
    ),
    pytest.param(
        "Tờ trình 392 /TTr – LĐTBXH; Số: 70 / KH - UBND",
        [("Tờ trình 392 /TTr – LĐTBXH", "submission", "392/TTr-LĐTBXH", None, None, None),
         ("Số: 70 / KH - UBND", "plan", "70/KH-UBND", None, None, None)],
        id="en dash, spaces on both sides",
    ),
    pytest.param(
        "Số: 70/KH-UBND", [("Số: 70/KH-UBND", "plan", "70/KH-UBND", None, None, None)], id="colon after số"
    ),
    pytest.param(
        "Thông tư số 191/2009/TT-BTC ngày 01 tháng 10 năm 2009 của Bộ Tài chính về hướng dẫn quản lý kinh "
        "phí.",
        [("Thông tư số 191/2009/TT-BTC ngày 01 tháng 10 năm 2009 của Bộ Tài chính", "circular",
          "191/2009/TT-BTC", "2009-10-01", "Bộ Tài chính", None)],
        id="year in the number",
    ),
    pytest.param(
        "Nghị\nđịnh số 125/2021/NĐ-CP ngày\n28/12/2021 của Chính phủ quy định xử phạt vi phạm hành chính.",
        [("Nghị\nđịnh số 125/2021/NĐ-CP ngày\n28/12/2021 của Chính phủ", "decree", "125/2021/NĐ-CP",
          "2021-12-28", "Chính phủ", None)],
        id="wrapped lines",
    ),
    pytest.param(
        "Luật Bình đẳng giới số 73/2006/QH11 ngày 29 tháng 11 năm 2006 của Quốc hội khóa XI",
        [("Luật Bình đẳng giới số 73/2006/QH11 ngày 29 tháng 11 năm 2006 của Quốc hội", "law",
        "73/2006/QH11",
          "2006-11-29", "Quốc hội", None)],
        id="law by name and number",
    ),
    pytest.param(
        "Công văn số 912/LĐTBXH-BĐG ngày 16/3/2023 của Bộ Lao động - Thương binh và Xã hội hướng dẫn, đề "
        "nghị",
        [("Công văn số 912/LĐTBXH-BĐG ngày 16/3/2023 của Bộ Lao động - Thương binh và Xã hội", "letter",
          "912/LĐTBXH-BĐG", "2023-03-16", "Bộ Lao động - Thương binh và Xã hội", None)],
        id="ministry, its name ends before the verb",
    ),
    pytest.param(
        "theo CV 7875/UBND-VX, QĐ 2857/QĐ-UBND và TT 23/2011/TT-BVHTTDL",
        [("CV 7875/UBND-VX", "letter", "7875/UBND-VX", None, None, None),
         ("QĐ 2857/QĐ-UBND", "decision", "2857/QĐ-UBND", None, None, None),
         ("TT 23/2011/TT-BVHTTDL", "circular", "23/2011/TT-BVHTTDL", None, None, None)],
        id="abbreviated type words",
    ),
    pytest.param(
        "tại 739/BNV-CTTN&BĐG ngày 28/3/2025; văn bản số 2/SGDĐT-GDTrH",
        [("739/BNV-CTTN&BĐG ngày 28/3/2025", "letter", "739/BNV-CTTN&BĐG", "2025-03-28", None, None),
         ("văn bản số 2/SGDĐT-GDTrH", "letter", "2/SGDĐT-GDTrH", None, None, None)],
        id="letters by notation",
    ),
    pytest.param(
        "Kế hoạch triển khai Thông báo kết luận 196-TB/TW (16/3/2015) và Quy định số 105-QĐ/TW",
        [("Thông báo kết luận 196-TB/TW (16/3/2015)", "notice", "196-TB/TW", "2015-03-16", None, None),
         ("Quy định số 105-QĐ/TW", None, "105-QĐ/TW", None, None, None)],
        id="the type word goes before the notation",
    ),
    pytest.param(
        "số 1/TTr-SNV, số 2/CTr-UBND, số 3/BC-CP, số 4/TB-UBND, số 5/HD-SNV, số 6-KL/TW, số 7/NQ-HĐND, số "
        "8/ĐA-UBND",
        [("số 1/TTr-SNV", "submission", "1/TTr-SNV", None, None, None),
         ("số 2/CTr-UBND", "programme", "2/CTr-UBND", None, None, None),
         ("số 3/BC-CP", "report", "3/BC-CP", None, None, None),
         ("số 4/TB-UBND", "notice", "4/TB-UBND", None, None, None),
         ("số 5/HD-SNV", "guidance", "5/HD-SNV", None, None, None),
         ("số 6-KL/TW", "conclusion", "6-KL/TW", None, None, None),
         ("số 7/NQ-HĐND", "resolution", "7/NQ-HĐND", None, None, None),
         ("số 8/ĐA-UBND", None, "8/ĐA-UBND", None, None, None)],
        id="kind from the notation alone",
    ),
    pytest.param(
        "thực hiện các Kế hoạch của Ủy ban nhân dân thành phố: số 131/KH-UBND ngày 31/5/2021,\nhành động "
        "về Bình "
        "đẳng giới giai đoạn 2021-2025; số 117/KH-UBND ngày 17/5/2021.",
        [("số 131/KH-UBND ngày 31/5/2021", "plan", "131/KH-UBND", "2021-05-31", None, "2021-2025"),
         ("số 117/KH-UBND ngày 17/5/2021", "plan", "117/KH-UBND", "2021-05-17", None, None)],
        id="list without a repeated type word",
    ),
    pytest.param(
        "Kế hoạch của Ủy ban nhân dân tỉnh số 131/KH-UBND ngày 31/5/2021",
        [("Kế hoạch của Ủy ban nhân dân tỉnh số 131/KH-UBND ngày 31/5/2021", "plan", "131/KH-UBND",
          "2021-05-31", "Ủy ban nhân dân tỉnh", None)],
        id="issuer before the number",
    ),
    pytest.param(
        "Quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh ngày 5/6/2024 phê duyệt dự toán",
        [("Quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh ngày 5/6/2024", "decision", "12/QĐ-UBND",
          "2024-06-05", "Ủy ban nhân dân tỉnh", None)],
        id="issuer before the date, one-digit day and month",
    ),
    pytest.param(
        "Quyết định số 5/QĐ-TTg ngày 31/02/2022 của Thủ tướng Chính phủ",
        [("Quyết định số 5/QĐ-TTg ngày 31/02/2022 của Thủ tướng Chính phủ", "decision", "5/QĐ-TTg", None,
          "Thủ tướng Chính phủ", None)],
        id="impossible date",
    ),
    pytest.param(
        "Kế hoạch số 12/KH-UBND ngày     tháng 6 năm 2026 của UBND tỉnh",
        [("Kế hoạch số 12/KH-UBND ngày     tháng 6 năm 2026 của UBND tỉnh", "plan", "12/KH-UBND", "2026-06",
          "UBND tỉnh", None)],
        id="day left blank",
    ),
    pytest.param(
        "Quyết định 2351/QĐ-TTg năm 2010; Kế hoạch số 12/KH-UBND năm 2024 của UBND tỉnh",
        [("Quyết định 2351/QĐ-TTg năm 2010", "decision", "2351/QĐ-TTg", "2010", None, None),
         ("Kế hoạch số 12/KH-UBND năm 2024 của UBND tỉnh", "plan", "12/KH-UBND", None, "UBND tỉnh",
         "2024")],
        id="a bare year dates an act and is a plan's period",
    ),
    pytest.param(
        "(Kèm theo QUYẾT ĐỊNH SỐ 415/QĐ-UBND NGÀY 19/3/2018 CỦA ỦY BAN NHÂN DÂN TỈNH BẮC KẠN)",
        [("QUYẾT ĐỊNH SỐ 415/QĐ-UBND NGÀY 19/3/2018 CỦA ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", "decision",
          "415/QĐ-UBND", "2018-03-19", "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", None)],
        id="capitals",
    ),
    pytest.param(
        "Thực hiện Kế hoạch hành động thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2020 - "
        "2025 theo Quyết "
        "định số 2857/QĐ-UBND ngày 08/12/2021; Chương trình phòng ngừa ứng phó với bạo lực trên cơ sở "
        "giới giai đoạn "
        "2021 – 2025 theo quyết định 1567/QĐ-UBND ngày 30/12/2021; Chương trình truyền thông về bình đẳng "
        "giới đến năm "
        "2030 theo Quyết định 778/QĐ-UBND ngày 26/4/2022 của Ủy ban nhân dân tỉnh;",
        [("Quyết định số 2857/QĐ-UBND ngày 08/12/2021", "decision", "2857/QĐ-UBND", "2021-12-08", None,
        "2020-2025"),
         ("quyết định 1567/QĐ-UBND ngày 30/12/2021", "decision", "1567/QĐ-UBND", "2021-12-30", None,
         "2021-2025"),
         ("Quyết định 778/QĐ-UBND ngày 26/4/2022 của Ủy ban nhân dân tỉnh", "decision", "778/QĐ-UBND",
          "2022-04-26", "Ủy ban nhân dân tỉnh", None)],
        id="period in the name before; only the last has the issuer",
    ),
    pytest.param(
        "mục tiêu của Kế hoạch hành động giai đoạn 2021 - 2025, theo Quyết định số 2857/QĐ-UBND",
        [("Quyết định số 2857/QĐ-UBND", "decision", "2857/QĐ-UBND", None, None, "2021-2025")],
        id="period before, with a comma",
    ),
    pytest.param(
        "Bộ tiêu chí nông thôn mới giai đoạn 2017 – 2020 (theo Quyết định số 734/QĐ-UBND)",
        [("Quyết định số 734/QĐ-UBND", "decision", "734/QĐ-UBND", None, None, "2017-2020")],
        id="period before, in parentheses",
    ),
    pytest.param(
        "Kế hoạch giai đoạn 2021-2025; các hoạt động theo Quyết định số 734/QĐ-UBND",
        [("Quyết định số 734/QĐ-UBND", "decision", "734/QĐ-UBND", None, None, None)],
        id="period of another clause",
    ),
    pytest.param(
        "Kế hoạch số 131/KH-UBND hành động về bình đẳng giới giai đoạn 2021-2025 theo Công văn số "
        "418/LĐTBXH-BĐG",
        [("Kế hoạch số 131/KH-UBND", "plan", "131/KH-UBND", None, None, "2021-2025"),
         ("Công văn số 418/LĐTBXH-BĐG", "letter", "418/LĐTBXH-BĐG", None, None, None)],
        id="a period belongs to one citation",
    ),
    pytest.param(
        "Kế hoạch số 53/KH-UBND ngày 09/3/2022 triển khai Quyết định số 2282/QĐ-TTg ngày 31/12/2020 về "
        "Chương trình "
        "“Tăng cường sự tham gia bình đẳng của phụ nữ giai đoạn 2021-2030”",
        [("Kế hoạch số 53/KH-UBND ngày 09/3/2022", "plan", "53/KH-UBND", "2022-03-09", None, None),
         ("Quyết định số 2282/QĐ-TTg ngày 31/12/2020", "decision", "2282/QĐ-TTg", "2020-12-31", None,
         "2021-2030")],
        id="a citation inside a citation's title",
    ),
    pytest.param(
        "Số131/KH-UBND, Quyết định số **12/QĐ-UBND** ngày **15/6/2024**",
        [("Số131/KH-UBND", "plan", "131/KH-UBND", None, None, None),
         ("Quyết định số **12/QĐ-UBND** ngày **15/6/2024", "decision", "12/QĐ-UBND", "2024-06-15", None,
         None)],
        id="no space, bold",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", CITATIONS)
def test_citations(text: str, expected: list[Facts]) -> None:
    assert [facts(text, found) for found in citations(text)] == expected


@pytest.mark.parametrize(
    "issuer",
    [
        "Chính phủ",
        "Bộ Chính trị",
        "Bộ Y tế",
        "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Ban Tổ chức Trung ương",
        "Ban Chỉ đạo tỉnh",
        "Ban Thường vụ Tỉnh ủy",
        "Ban Vì sự tiến bộ của phụ nữ tỉnh",
        "Hội đồng nhân dân tỉnh",
        "Chủ tịch Ủy ban nhân dân tỉnh Đắk Nông",
        "Ủy ban nhân dân thành phố Hồ Chí Minh",
        "Ủy ban nhân dân huyện Lộc Bình",
        "UBND TP. Cao Lãnh",
        "UBND phường 12",
        "Phòng Lao động, Thương binh, Xã hội - Dân tộc",
    ],
)
@pytest.mark.parametrize("after", [" về việc giao chỉ tiêu", " quy định chi tiết", ", các sở", ";", " và Kế hoạch", ""])
def test_issuer_ends_where_the_name_ends(issuer: str, after: str) -> None:
    text = f"Quyết định số 12/QĐ-UBND ngày 15/6/2024 của {issuer}{after}"
    [found] = citations(text)
    assert found.issuer == issuer
    assert text[found.issuer_start : found.issuer_end] == issuer
    assert found.end == found.issuer_end


TITLES = [
    pytest.param(
        "Công văn số 1369/UBND-KGVX ngày 23/3/2023 về triển khai thực hiện công tác bình đẳng giới năm "
        "2023, Sở Lao động "
        "đề nghị",
        "về triển khai thực hiện công tác bình đẳng giới năm 2023", "2023",
        id="up to the comma before an agency; the year is its period",
    ),
    pytest.param(
        "Kế hoạch 560/KH-UBND ngày 16/8/2021 Triển khai thực hiện Chiến lược quốc gia về bình đẳng giới "
        "giai đoạn "
        "2021-2025 trên địa bàn tỉnh; Kế hoạch",
        "Triển khai thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025 trên địa bàn tỉnh",
        "2021-2025", id="without về",
    ),
    pytest.param(
        "Quyết định số 1000/QĐ-UBND ngày 14 tháng 6 năm 2011 của Ủy ban nhân dân tỉnh Bắc Kạn về việc phê "
        "duyệt Kế hoạch "
        "thực hiện Chiến lược, giai đoạn 2011-2015 và định hướng đến năm 2020;",
        "về việc phê duyệt Kế hoạch thực hiện Chiến lược, giai đoạn 2011-2015 và định hướng đến năm 2020",
        "2011-2015", id="comma before the period, outlook after it",
    ),
    pytest.param(
        "Kế hoạch số\n117/KH-UBND ngày 17/5/2021 phòng ngừa, ứng phó với bạo lực trên cơ sở giới "
        "giai\nđoạn 2021-2025; Kế",
        "phòng ngừa, ứng phó với bạo lực trên cơ sở giới giai đoạn 2021-2025", "2021-2025",
        id="wrapped, comma inside",
    ),
    pytest.param(
        "Kế hoạch số 149/KH-UBND ngày 18/3/2022 về triển khai Chương trình truyền thông đến năm 2030 trên "
        "địa bàn tỉnh;",
        "về triển khai Chương trình truyền thông đến năm 2030 trên địa bàn tỉnh", None,
        id="đến năm is no period",
    ),
    pytest.param(
        "Kế hoạch 520/KH-UBND về triển khai thực hiện chương trình “Phòng, chống bạo lực; an toàn” trên "
        "địa bàn tỉnh. Lưu ý",
        "về triển khai thực hiện chương trình “Phòng, chống bạo lực", None,
        id="a semicolon ends even a quotation",
    ),
    pytest.param(
        "Quyết định số 1/QĐ-TTg “Hỗ trợ hoạt động bình đẳng giới, vùng dân tộc” trên địa bàn. Các",
        "“Hỗ trợ hoạt động bình đẳng giới, vùng dân tộc” trên địa bàn", None, id="quoted name",
    ),
    pytest.param(
        "(Quyết định số 1/QĐ-UBND về bình đẳng giới giai đoạn 2021-2025 và các văn bản khác)",
        "về bình đẳng giới giai đoạn 2021-2025", "2021-2025", id="period closes it before và",
    ),
    pytest.param("Kết luận số 5-KL/TU về công tác phụ nữ và Kế hoạch số 6-KH/TU", "về công tác phụ nữ",
    None, id="and"),
    pytest.param("Kế hoạch số 53/KH-UBND triển khai Quyết định số 2282/QĐ-TTg", None, None,
    id="object is a citation"),
    pytest.param("Kế hoạch số 53/KH-UBND, các sở, ban, ngành tổ chức thực hiện", None, None,
    id="own clause"),
    pytest.param("Kế hoạch số 53/KH-UBND về việc này.", None, None, id="too short"),
    pytest.param("Kế hoạch số 53/KH-UBND\n\nvề việc giao chỉ tiêu năm 2024", None, None,
    id="next paragraph"),
    pytest.param(
        "Kế hoạch số 53/KH-UBND về phổ biến Luật Bình đẳng giới năm 2006.",
        "về phổ biến Luật Bình đẳng giới năm 2006", None, id="the year of a law",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text, title, period", TITLES)
def test_titles_and_their_periods(text: str, title: str | None, period: str | None) -> None:
    first = citations(text)[0]
    assert (first.title, _text(first.period)) == (title, period)


@pytest.mark.parametrize(
    "text",
    [
        "giảm dưới 42/100.000 trẻ sinh sống, còn 18/1.000 phụ nữ",
        "1/2 số xã, 3/4 hộ, trực 24/7, 24/24 giờ",
        "đạt 83,3% (10/12); 11/12 xã, 05/10 chỉ tiêu đạt, từ 10/12 xã",
        "và/hoặc, xã/phường, 40 km/h, Sở KH&ĐT, Ban VSTBPN/BĐG",
        "Biểu 01/BC-X, Biểu số 02/BC-H và mẫu số 03/BC-VHTT",
        "có 10/UBND xã, 12/HTX - DN tham gia, số 5/B2-TT đường Lê Lợi, COVID-19/BYT-KCB",
        "Số: /KH-UBND, Quyết định số      /QĐ-UBND, Quyết định số …/QĐ-UBND",
        "năm 2023, không quá 10 ngày, trước 6 tháng, mục 1.2.2021, 15/6/24, tháng 13/2024",
        "ngày 31/02/2022, ngày 29/02/2023, ngày 31 tháng 4 năm 2024, trước ngày 31/4/2024",
        "giai đoạn 2025-2021, từ 1950 đến 2000 hộ, năm học 2023-2025",
        "2.3. Đạt 1.234/5.678 lượt, 0,5/1,5",
        "trước ngày\n\n15/6/2024: xem\n- 15/6",
    ],
)
def test_near_misses(text: str) -> None:
    found = [item for item in read(text, NAMES) if snippet(text, item) not in {"15/6", "15/6/2024"}]
    assert found == []


MENTIONS = [
    pytest.param("30/12/2021", DateMention, [("30/12/2021", "2021-12-30")], id="numeric"),
    pytest.param("Kim ngày 5/6/2024.", DateMention, [("ngày 5/6/2024", "2024-06-05")], id="one digit"),
    pytest.param("ngày 30 tháng 8 năm 2021", DateMention, [("ngày 30 tháng 8 năm 2021", "2021-08-30")],
    id="long"),
    pytest.param("ngày 05 tháng 7, các", DateMention, [("ngày 05 tháng 7", "07-05")], id="no year"),
    pytest.param("ngày  tháng 02 năm 2024", DateMention, [("ngày  tháng 02 năm 2024", "2024-02")],
    id="month"),
    pytest.param("trong tháng 6/2024", DateMention, [("tháng 6/2024", "2024-06")], id="month by slash"),
    pytest.param("15/11", DateMention, [("15/11", "11-15")], id="day of every year"),
    pytest.param(
        "ngày phụ nữ Việt nam 20/10; ngày Quốc tế Phụ nữ (8/3), Ngày Gia đình Việt Nam (28/6)", DateMention,
        [("20/10", "10-20"), ("8/3", "03-08"), ("28/6", "06-28")], id="holidays",
    ),
    pytest.param("ngày 28-12-2021, ngày 28.12.2021", DateMention,
                 [("ngày 28-12-2021", "2021-12-28"), ("ngày 28.12.2021", "2021-12-28")],
                 id="hyphen, point"),
    pytest.param("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", DateMention,
                 [("ngày 19 tháng 6 năm 2015", "2015-06-19")], id="a law cited by date"),
    pytest.param("ngày 29/02/2024", DateMention, [("ngày 29/02/2024", "2024-02-29")], id="leap day"),
    pytest.param("từ ngày 15/11 đến ngày 15/12/2022", DateRange,
                 [("từ ngày 15/11 đến ngày 15/12/2022", "2022-11-15", "2022-12-15", False)],
                 id="year from the last"),
    pytest.param("từ 15/11 – 15/12 hàng năm", DateRange, [("từ 15/11 – 15/12 hàng năm", "11-15", "12-15",
    True)],
                 id="yearly"),
    pytest.param("15/11 – 15/12 hằng năm", DateRange, [("15/11 – 15/12 hằng năm", "11-15", "12-15", True)],
                 id="yearly without từ"),
    pytest.param("từ ngày 15/11/2022 đến\nngày 15/12/2022", DateRange,
                 [("từ ngày 15/11/2022 đến\nngày 15/12/2022", "2022-11-15", "2022-12-15", False)],
                 id="both years"),
    pytest.param("từ ngày 15 tháng 11 – 15 tháng 12 năm 2018", DateRange,
                 [("từ ngày 15 tháng 11 – 15 tháng 12 năm 2018", "2018-11-15", "2018-12-15", False)],
                 id="long range"),
    pytest.param("từ 15/11-15/12/2024", DateRange, [("từ 15/11-15/12/2024", "2024-11-15", "2024-12-15",
    False)],
                 id="tight"),
    pytest.param("(từ ngày 15/11-15/12).", DateRange, [("từ ngày 15/11-15/12", "11-15", "12-15", False)],
    id="no year"),
    pytest.param("từ 15/12 đến hết ngày 14/6/2024", DateRange,
                 [("từ 15/12 đến hết ngày 14/6/2024", "2023-12-15", "2024-06-14", False)],
                 id="over the year's end"),
    pytest.param("từ ngày 01 đến ngày 20/11/2024", DateRange,
                 [("từ ngày 01 đến ngày 20/11/2024", "2024-11-01", "2024-11-20", False)], id="day only"),
    pytest.param("từ tháng 3 đến tháng 6 năm 2024", DateRange,
                 [("từ tháng 3 đến tháng 6 năm 2024", "2024-03", "2024-06", False)], id="months"),
    pytest.param("giai đoạn 2021 – 2025, thời kỳ 2021-2030", PeriodMention,
                 [("giai đoạn 2021 – 2025", "2021-2025"), ("thời kỳ 2021-2030", "2021-2030")], id="spans"),
    pytest.param("tỉnh Trà Vinh từ năm 2023 đến năm 2025", PeriodMention,
                 [("từ năm 2023 đến năm 2025", "2023-2025")], id="from year to year"),
    pytest.param("của phụ nữ năm 2023 đến năm 2025", PeriodMention, [("năm 2023 đến năm 2025",
    "2023-2025")],
                 id="without từ"),
    pytest.param("giai đoạn I, từ năm 2021-2025", PeriodMention, [("giai đoạn I, từ năm 2021-2025",
    "2021-2025")],
                 id="numbered phase"),
    pytest.param("6 tháng đầu năm 2024, 06 tháng cuối năm 2024, 9 tháng đầu năm 2024, quý III/2024",
    PeriodMention,
                 [("6 tháng đầu năm 2024", "2024H1"), ("06 tháng cuối năm 2024", "2024H2"),
                  ("9 tháng đầu năm 2024", "2024-9M"), ("quý III/2024", "2024Q3")], id="parts of a year"),
    pytest.param("năm học 2023-2024", PeriodMention, [("năm học 2023-2024", "2023SY")], id="school year"),
    pytest.param("trước ngày 15/6/2024", Deadline, [("trước ngày 15/6/2024", "2024-06-15", True)],
    id="before"),
    pytest.param("trước ngày 10 tháng 6 đối với", Deadline, [("trước ngày 10 tháng 6", "06-10", True)],
                 id="before a day of every year"),
    pytest.param("(trước ngày **15/12/2024**)", Deadline, [("trước ngày **15/12/2024", "2024-12-15",
    True)], id="bold"),
    pytest.param("chậm nhất là ngày 20/6/2024; chậm nhất ngày 5/6/2024", Deadline,
                 [("chậm nhất là ngày 20/6/2024", "2024-06-20", False),
                  ("chậm nhất ngày 5/6/2024", "2024-06-05", False)], id="at the latest"),
    pytest.param("đến hết ngày 31/12/2025, không quá ngày 25/12/2024", Deadline,
                 [("đến hết ngày 31/12/2025", "2025-12-31", False),
                  ("không quá ngày 25/12/2024", "2024-12-25", False)], id="to the end of"),
    pytest.param("trước 17 giờ 00 ngày 15/6/2024", Deadline,
                 [("trước 17 giờ 00 ngày 15/6/2024", "2024-06-15", False)], id="an hour of the day itself"),
]  # fmt: skip


@pytest.mark.parametrize("text, kind, expected", MENTIONS)
def test_dates_periods_deadlines(text: str, kind: type[Mention], expected: list[Facts]) -> None:
    found = read(text)
    assert [facts(text, item) for item in found] == expected
    assert {type(item) for item in found} == {kind}


ACTS = [
    pytest.param("phấn đấu thực hiện mục tiêu Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025",
                 [(STRATEGY, STRATEGY, "2021-2025")], id="own period"),
    pytest.param("Chiến lược quốc gia\nvề Bình đẳng giới, giai đoạn 2021-2030",
                 [("Chiến lược quốc gia\nvề Bình đẳng giới", STRATEGY, "2021-2030")],
                 id="case, wrap, comma"),
    pytest.param("Kế hoạch hành động thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 – 2025",
                 [(STRATEGY, STRATEGY, None)], id="plan for the strategy"),
    pytest.param("triển khai Kế hoạch thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025",
                 [(STRATEGY, STRATEGY, None)], id="plan carried out"),
    pytest.param("Chương trình hành động thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn "
    "2021-2025",
                 [(STRATEGY, STRATEGY, None)], id="programme for the strategy"),
    pytest.param("Kế hoạch 560/KH-UBND ngày 16/8/2021 Triển khai thực hiện Chiến lược quốc gia về bình "
    "đẳng giới giai "
                 "đoạn 2021-2025 trên địa bàn tỉnh", [(STRATEGY, STRATEGY, None)],
                 id="numbered plan's title"),
    pytest.param("Nghị quyết 28/NQ-CP ngày 03/3/2021 của Chính phủ ban hành Chiến lược quốc gia về bình "
    "đẳng giới giai "
                 "đoạn 2021-2030", [(STRATEGY, STRATEGY, "2021-2030")], id="the resolution that issues it"),
    pytest.param("Quyết định số 617/QĐ-UBND về việc ban hành Kế hoạch thực hiện Chương trình hành động "
    "quốc gia về bình "
                 "đẳng giới, giai đoạn 2017 - 2020", [(PROGRAMME, PROGRAMME, None)],
                 id="a decision's plan"),
    pytest.param("giám sát thực hiện Chương trình hành động quốc gia về bình đẳng giới giai đoạn 2017 – "
    "2020 và",
                 [(PROGRAMME, PROGRAMME, "2017-2020")], id="programme by itself"),
    pytest.param(f"Chương trình “{PARTICIPATION}” giai đoạn 2021-2030", [(PARTICIPATION, PARTICIPATION,
    "2021-2030")],
                 id="its own type word"),
    pytest.param(f"Kế hoạch triển khai chương trình “{PARTICIPATION}” giai đoạn 2021-2030",
                 [(PARTICIPATION, PARTICIPATION, None)], id="plan before its own type word"),
    pytest.param("Kế hoạch và Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030",
                 [(STRATEGY, STRATEGY, "2021-2030")], id="beside a plan"),
    pytest.param("Chiến lược quốc gia về bình đẳng giới tỉnh Bắc Kạn giai đoạn 2011-2015", [(STRATEGY,
    STRATEGY, None)],
                 id="not directly"),
    pytest.param("Luật Phòng chống bạo lực gia đình; Luật Bình đẳng giới.",
                 [("Luật Phòng chống bạo lực gia đình", "Luật Phòng, chống bạo lực gia đình", None),
                  ("Luật Bình đẳng giới", "Luật Bình đẳng giới", None)], id="a comma more or less"),
    pytest.param("Luật Bình đẳng giớix, xLuật Bình đẳng giới, Luật\n\nBình đẳng giới", [],
    id="whole words only"),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", ACTS)
def test_named_acts(text: str, expected: list[Facts]) -> None:
    found = [item for item in read(text, NAMES) if isinstance(item, NamedAct)]
    assert [facts(text, item) for item in found] == expected


def test_the_longest_name_wins_and_comes_back_as_given() -> None:
    names = ("chương trình hành động", "CHƯƠNG TRÌNH HÀNH ĐỘNG QUỐC GIA")
    [found] = read("Chương trình hành động quốc gia", names)
    assert isinstance(found, NamedAct)
    assert found.name == names[1]


def test_a_part_of_a_mention_is_not_a_mention() -> None:
    text = (
        "Kế hoạch số 1/KH-UBND ngày 15/6/2024 về bình đẳng giới giai đoạn 2021-2025; gửi trước ngày "
        "20/6/2024; "
        "Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030; từ ngày 15/11 đến ngày 15/12/2024"
    )
    assert [type(found) for found in read(text, NAMES)] == [Citation, Deadline, NamedAct, DateRange]


def test_a_governing_plans_period_is_still_a_mention() -> None:
    text = "Kế hoạch thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025"
    assert [type(found) for found in read(text, NAMES)] == [NamedAct, PeriodMention]


def _case_texts() -> list[str]:
    return [str(case.values[0]) for case in (*CITATIONS, *TITLES, *MENTIONS, *ACTS)]


def _parts(found: Mention) -> list[tuple[object, int, int]]:
    parts: list[tuple[object, int, int]] = []
    if isinstance(found, Citation):
        parts.append((found.date, found.date_start, found.date_end))
        parts.append((found.issuer, found.issuer_start, found.issuer_end))
        parts.append((found.title, found.title_start, found.title_end))
        parts.append((found.number, found.number_start, found.number_end))
    if isinstance(found, Citation | NamedAct):
        parts.append((found.period, found.period_start, found.period_end))
    return parts


@pytest.mark.parametrize("text", _case_texts())
def test_offsets_hold_and_mentions_do_not_overlap(text: str) -> None:
    found = read(text, NAMES)
    starts = [item.start for item in found]
    assert starts == sorted(starts)
    for left, right in pairwise(found):
        assert left.end <= right.start
    for item in found:
        words = snippet(text, item)
        assert words == words.strip(" ;,.")
        for value, start, end in _parts(item):
            assert (value is None) == (start == -1) == (end == -1)
            assert value is None or 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", _case_texts())
def test_parts_read_as_they_stand(text: str) -> None:
    for found in citations(text):
        assert "".join(text[found.number_start : found.number_end].replace("–", "-").split()) == found.number
        assert found.number_end <= found.end
        for value, start, end in ((found.issuer, found.issuer_start, found.issuer_end),
                                  (found.title, found.title_start, found.title_end)):  # fmt: skip
            assert value is None or " ".join(text[start:end].split()) == value
        if found.date is not None:
            [alone] = read(text[found.date_start : found.date_end]) or [None]
            year_only = found.date.month is None
            assert year_only or (isinstance(alone, DateMention) and alone.date == found.date)


def test_kinds_are_those_of_the_registry() -> None:
    kinds = {str(kind) for kind in ActKind}
    for table in (numbers.ABBREVIATIONS, numbers.TYPES, numbers.SHORT_TYPES):
        assert {kind for kind in table.values() if kind} <= kinds


LONG = 200_000


@pytest.mark.parametrize(
    "piece, each",
    [
        pytest.param("Quyết định số 12/QĐ-UBND ", 1, id="citations"),
        pytest.param("Kế hoạch số 1/KH-UBND ngày 1/1/2024 của Bộ Tài chính về việc “a, (b ", 1, id="open titles"),
        pytest.param("Luật Bình đẳng giới số 73/2006/QH11 ", 1, id="laws"),
        pytest.param("kế hoạch thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025 ", 2, id="names"),
        pytest.param("từ ngày 15/11 đến ", 1, id="open ranges"),
        pytest.param("trước ngày 15/6/2024 ", 1, id="deadlines"),
        pytest.param("giai đoạn 2021-2025 ", 1, id="periods"),
        pytest.param("chậm nhất là vào ngày ", 0, id="no date follows"),
        pytest.param("12/12/", 0, id="slashes"),
        pytest.param("QĐ-UBND-", 0, id="hyphens"),
        pytest.param("của Ủy ban nhân dân ", 0, id="issuers"),
        pytest.param("ngày … tháng … ", 0, id="blanks"),
        pytest.param("1", 0, id="digits"),
        pytest.param(" \n", 0, id="space"),
        pytest.param("“(", 0, id="open quotes"),
        pytest.param("1/1 ", 0, id="fractions"),
    ],
)
def test_long_awkward_text(piece: str, each: int) -> None:
    times = LONG // len(piece)
    assert len(read(piece * times, NAMES)) == each * times


# domain.md, 5.1 to 5.5: every act that the five documents cite by number, with the dates they give it.
SEED_CITATIONS = {
    "000": {
        "2857/QĐ-UBND": {"2021-12-08", "2021-08-30"}, "1567/QĐ-UBND": {"2021-12-30"},
        "778/QĐ-UBND": {"2022-04-26"},
        "21-CT/TW": {"2018-01-20"}, "178/QĐ-TTg": {"2016-02-28"},
    },
    "001": {
        "415/QĐ-UBND": {"2018-03-19"}, "1696/QĐ-TTg": {"2015-10-02"}, "1000/QĐ-UBND": {"2011-06-14"},
        "617/QĐ-UBND": {"2017-05-08"}, "392/TTr-LĐTBXH": {"2018-03-15"}, "734/QĐ-UBND": {"2017-05-29"},
        "191/2009/TT-BTC": {"2009-10-01"},
    },
    "002": {
        "912/LĐTBXH-BĐG": {"2023-03-16"}, "1369/UBND-KGVX": {"2023-03-23"}, "560/KH-UBND": {"2021-08-16"},
        "49/KH-UBND": {"2021-01-25"}, "149/KH-UBND": {"2022-03-18"}, "520/KH-UBND": {"2022-09-08"},
        "198/KH-UBND": {"2018-05-02"},
    },
    "003": {
        "70/KH-UBND": set(), "131/KH-UBND": {"2021-05-31"}, "418/LĐTBXH-BĐG": {"2022-02-23"},
        "125/2021/NĐ-CP": {"2021-12-28"}, "117/KH-UBND": {"2021-05-17"}, "53/KH-UBND": {"2022-03-09"},
        "2282/QĐ-TTg": {"2020-12-31"}, "59/KH-UBND": {"2022-03-14"}, "7875/UBND-VX": {"2021-10-18"},
    },
    "004": {
        "16/KH-SLĐTBOXH": {"2024-02-02"}, "125/2021/NĐ-CP": {"2021-12-28"}, "6868/QĐ-UBND": {"2023-12-20"},
    },
}  # fmt: skip


@pytest.mark.parametrize("seed, expected", SEED_CITATIONS.items(), ids=SEED_CITATIONS)
def test_seeds(seed: str, expected: dict[str, set[str]]) -> None:
    paths = sorted(SEEDS.glob(f"{seed}_*.txt"))
    if not paths:
        pytest.skip(f"the original documents are not here ({SEEDS})")
    dates: dict[str, set[str]] = {}
    for found in citations(paths[0].read_text(encoding="utf-8")):
        dates.setdefault(found.number, set()).update([str(found.date)] if found.date else [])
    assert dates == expected
