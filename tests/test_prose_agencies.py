"""Agency names and groups: forms of the seeds and of other offices, lists with a shared head, near misses."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bdg_cli.prose import Reading

SINGLE = [
    ("Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn về việc",
     "Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn", "Sở Lao động - Thương binh và Xã hội"),
    ("Sở Lao động – Thương binh và Xã hội chỉ đạo", "Sở Lao động – Thương binh và Xã hội", None),
    ("Sở LĐTBXH chủ trì", "Sở LĐTBXH", None),
    ("Sở LĐ-TB&XH tỉnh", "Sở LĐ-TB&XH tỉnh", "Sở LĐ-TB&XH"),
    ("Sở GD&ĐT phối hợp", "Sở GD&ĐT", None),
    ("Sở Văn hóa, Thể thao và Du lịch tham mưu", "Sở Văn hóa, Thể thao và Du lịch", None),
    ("Sở Văn hoá, Thể thao và Du lịch:", "Sở Văn hoá, Thể thao và Du lịch", None),
    ("Sở Nông nghiệp và Phát triển nông thôn, các", "Sở Nông nghiệp và Phát triển nông thôn", None),
    ("Sở Công Thương tổ chức hội nghị", "Sở Công Thương", None),
    ("Sở Y tế, Trung tâm", "Sở Y tế", None),
    ("Phòng Lao động, Thương binh, Xã hội - Dân tộc để", "Phòng Lao động, Thương binh, Xã hội - Dân tộc", None),
    ("Phòng Văn hóa - Xã hội phường", "Phòng Văn hóa - Xã hội phường", "Phòng Văn hóa - Xã hội"),
    ("Phòng TC-KH huyện", "Phòng TC-KH huyện", "Phòng TC-KH"),
    ("UBND tỉnh giao", "UBND tỉnh", "UBND"),
    ("Ủy ban nhân dân thành phố Hải Phòng xây dựng", "Ủy ban nhân dân thành phố Hải Phòng", "Ủy ban nhân dân"),
    ("Uỷ ban nhân dân huyện Lộc Bình lập", "Uỷ ban nhân dân huyện Lộc Bình", "Uỷ ban nhân dân"),
    ("Ủy ban nhân dân cấp xã triển khai", "Ủy ban nhân dân cấp xã", "Ủy ban nhân dân"),
    ("UBND phường Điện Biên Phủ", "UBND phường Điện Biên Phủ", "UBND"),
    ("UBND Quận 1, các", "UBND Quận 1", "UBND"),
    ("Hội đồng nhân dân tỉnh Sơn La ban hành", "Hội đồng nhân dân tỉnh Sơn La", "Hội đồng nhân dân"),
    ("Văn phòng HĐND và UBND huyện,", "Văn phòng HĐND và UBND huyện", "Văn phòng HĐND và UBND"),
    ("Ban Vì sự tiến bộ của phụ nữ tỉnh theo dõi", "Ban Vì sự tiến bộ của phụ nữ tỉnh",
     "Ban Vì sự tiến bộ của phụ nữ"),
    ("Ban vì sự tiến bộ phụ nữ của", "Ban vì sự tiến bộ phụ nữ", None),
    ("Ban VSTBCPN huyện", "Ban VSTBCPN huyện", "Ban VSTBCPN"),
    ("Ủy ban Quốc gia Vì sự tiến bộ phụ nữ Việt Nam phát động",
     "Ủy ban Quốc gia Vì sự tiến bộ phụ nữ Việt Nam", None),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Kạn và", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Kạn",
     "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("Công an tỉnh chủ trì", "Công an tỉnh", "Công an"),
    ("Công an thành phố", "Công an thành phố", "Công an"),
    ("Cục Thống kê thành phố thực hiện", "Cục Thống kê thành phố", "Cục Thống kê"),
    ("Hội Liên hiệp Phụ nữ tỉnh vận động", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Liên hiệp Phụ nữ"),
    ("Đoàn Thanh niên Cộng sản Hồ Chí Minh thành phố", "Đoàn Thanh niên Cộng sản Hồ Chí Minh thành phố",
     "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
    ("Đài Phát thanh và Truyền hình Hải Phòng đưa tin", "Đài Phát thanh và Truyền hình Hải Phòng", None),
    ("Báo Trà Vinh đăng tin", "Báo Trà Vinh", None),
    ("Cổng Thông tin điện tử thành phố Tiếp tục", "Cổng Thông tin điện tử thành phố", "Cổng Thông tin điện tử"),
    ("Trung tâm Văn hóa, Thể thao và Truyền thông huyện", "Trung tâm Văn hóa, Thể thao và Truyền thông huyện",
     "Trung tâm Văn hóa, Thể thao và Truyền thông"),
    ("Bộ trưởng Bộ Y tế ký", "Bộ Y tế", None),
    ("Thủ tướng Chính phủ phê duyệt", "Thủ tướng Chính phủ", None),
    ("Tỉnh ủy chỉ đạo", "Tỉnh ủy", None),
    ("Ban Tổ chức Tỉnh ủy tham mưu", "Ban Tổ chức Tỉnh ủy", None),
    ("Ban Bí thư về", "Ban Bí thư", None),
    ("Vụ Bình đẳng giới - Bộ", "Vụ Bình đẳng giới", None),
    ("Kho bạc Nhà nước", "Kho bạc Nhà nước", None),
    ("Sở Lao động -\nThương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội", None),
]  # fmt: skip


@pytest.mark.parametrize("text, name, core", SINGLE, ids=[text for text, _, _ in SINGLE])
def test_one_agency(text: str, name: str, core: str | None) -> None:
    [found] = Reading(text).agencies
    assert (found.name, found.core, found.group, found.under) == (name, core or name, False, None)
    assert " ".join(text[found.start : found.end].split()) == name


GROUPS = [
    ("UBND các huyện, thị xã, thành phố thực hiện", "UBND các huyện, thị xã, thành phố"),
    ("Ủy ban nhân dân các quận, huyện", "Ủy ban nhân dân các quận, huyện"),
    ("Ủy ban nhân dân các cấp bám sát", "Ủy ban nhân dân các cấp"),
    ("UBND xã, phường, thị trấn", "UBND xã, phường, thị trấn"),
    ("Ban Vì sự tiến bộ của phụ nữ các cấp", "Ban Vì sự tiến bộ của phụ nữ các cấp"),
    ("Phòng LĐ-TB&XH các huyện, Tp", "Phòng LĐ-TB&XH các huyện, Tp"),
    ("các sở, ban, ngành liên quan", "các sở, ban, ngành"),
    ("Các Sở, ban, ngành, đoàn thể tỉnh;", "Các Sở, ban, ngành, đoàn thể tỉnh"),
    ("các sở, ban ngành, đoàn thể và địa phương", "các sở, ban ngành, đoàn thể và địa phương"),
    ("các sở, ngành", "các sở, ngành"),
    ("các bộ, ngành, địa phương", "các bộ, ngành, địa phương"),
    ("các phòng, ban, ngành, đoàn thể của huyện", "các phòng, ban, ngành, đoàn thể của huyện"),
    ("các cơ quan, đơn vị, Ban Vì sự tiến bộ", "các cơ quan, đơn vị"),
    ("các huyện, thị xã, thành phố tổ chức", "các huyện, thị xã, thành phố"),
    ("xã, thị trấn", "xã, thị trấn"),
]


@pytest.mark.parametrize("text, name", GROUPS, ids=[text for text, _ in GROUPS])
def test_groups(text: str, name: str) -> None:
    found = Reading(text).agencies[0]
    assert (found.name, found.group) == (name, True)


LISTS = [
    (
        "giao các Sở: Tài chính, Nội vụ, Y tế và Công an tỉnh thực hiện",
        [("Sở Tài chính", "Sở"), ("Sở Nội vụ", "Sở"), ("Sở Y tế", "Sở"), ("Công an tỉnh", None)],
    ),
    (
        "Giao các Sở: Nội vụ, Y tế, Giáo dục và Đào tạo, Văn hóa, Thể thao và Du lịch, Công an, Tư pháp bám sát",
        [
            ("Sở Nội vụ", "Sở"), ("Sở Y tế", "Sở"), ("Sở Giáo dục và Đào tạo", "Sở"),
            ("Sở Văn hóa, Thể thao và Du lịch", "Sở"), ("Công an", "Sở"), ("Sở Tư pháp", "Sở"),
        ],
    ),
    ("các Sở Nội vụ, Y tế, Tài chính phối hợp", [("Sở Nội vụ", "Sở"), ("Sở Y tế", "Sở"), ("Sở Tài chính", "Sở")]),
    ("các sở: LĐTBXH, GD&ĐT;", [("Sở LĐTBXH", "Sở"), ("Sở GD&ĐT", "Sở")]),
    ("các Bộ: Nội vụ, Công an", [("Bộ Nội vụ", "Bộ"), ("Công an", "Bộ")]),
    ("Các phòng: Tư pháp, Nội vụ", [("Phòng Tư pháp", "Phòng"), ("Phòng Nội vụ", "Phòng")]),
    ("các Sở: Nội vụ, Sở Y tế", [("Sở Nội vụ", "Sở"), ("Sở Y tế", "Sở")]),
    ("Sở Nội vụ và Sở Tài chính", [("Sở Nội vụ", None), ("Sở Tài chính", None)]),
    ("Sở Y tế và Công an tỉnh", [("Sở Y tế", None), ("Công an tỉnh", None)]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", LISTS, ids=[text for text, _ in LISTS])
def test_lists(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(found.name, found.under) for found in Reading(text).agencies] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 12/QĐ-UBND, Kế hoạch số 16/KH-SLĐTBXH",
        "Bộ luật Lao động, Bộ tiêu chí, Bộ chỉ tiêu thống kê, bộ công cụ",
        "Phòng, chống bạo lực; phòng ngừa; Phòng ngừa và ứng phó",
        "Thanh tra, kiểm tra; Ban hành Kế hoạch; Hội nghị, Hội thảo, hội thi; Báo cáo, Đoàn kết",
        "cơ sở y tế, cán bộ, hội viên, xã hội, cộng đồng",
        "Chương trình mục tiêu quốc gia",
    ],
)
def test_near_misses(text: str) -> None:
    assert [found.name for found in Reading(text).agencies] == []


@pytest.mark.parametrize("text", [case[0] for case in (*SINGLE, *GROUPS, *LISTS)])
def test_offsets_hold_and_mentions_do_not_overlap(text: str) -> None:
    found = Reading(text).agencies
    for left, right in pairwise(found):
        assert left.end <= right.start
    for one in found:
        words = " ".join(text[one.start : one.end].split())
        assert one.name.endswith(words.split("Sở ")[-1]) or words == one.name
        assert words == words.strip(" ;,.:")


@pytest.mark.parametrize(
    "piece, each",
    [
        ("Sở Nội vụ ", 1),
        ("Ủy ban nhân dân các huyện, thị xã, thành phố ", 1),
        ("các Sở: Nội vụ, Y tế, ", 2),
        ("các sở, ban, ngành ", 1),
        ("Sở " * 10, 0),
        ("huyện, " * 10, 2),
        ("các " * 10, 0),
        ("Phòng Lao động, Thương binh, ", 1),
        ("Hội Liên hiệp và ", 1),
    ],
)
def test_long_awkward_text(piece: str, each: int) -> None:
    times = 200_000 // len(piece)
    assert len(Reading(piece * times).agencies) <= (each + 1) * times


def test_an_issuer_is_an_agency_too() -> None:
    reading = Reading("Quyết định số 12/QĐ-UBND ngày 15/6/2024 của Ủy ban nhân dân tỉnh phê duyệt dự toán")
    assert len(reading.mentions) == 1
    assert [found.name for found in reading.agencies] == ["Ủy ban nhân dân tỉnh"]
