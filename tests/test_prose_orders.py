"""Whether a sentence orders something for its days: orders as offices write them, and what only looks like one."""

from __future__ import annotations

import pytest

from bdg_cli.prose import DateRange, Deadline, Reading, orders


def _holds(text: str, *, past: bool = True) -> bool:
    reading = Reading(text)
    [found] = [one for one in reading.mentions if isinstance(one, DateRange)]
    opened = orders.opens_with(reading, found.start, found.end, past=past)
    return opened or orders.holds(reading, found.start, found.end, past=past)


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức Tháng hành động từ ngày 15/11 đến ngày 15/12/2022.",
        "Chủ trì, phối hợp với Sở Y tế tổ chức 02 lớp tập huấn, từ ngày 05/6/2023 đến ngày 09/6/2023.",
        "UBND các huyện, thành phố tổ chức mít tinh (thời gian: từ ngày 15/11/2023 đến ngày 20/11/2023).",
        "Truyền thông: treo băng rôn, khẩu hiệu từ ngày 10/11/2023 đến ngày 15/12/2023.",
        "Thời gian thực hiện: từ ngày 01/10/2023 đến ngày 31/12/2023.",
        "Từ ngày 15/11/2023 đến ngày 15/12/2023, các cơ quan tổ chức truyền thông về bình đẳng giới.",
        "Xây dựng kế hoạch tổ chức Tháng hành động từ ngày 15/11/2022 đến ngày 15/12/2022.",
    ],
)
def test_orders(text: str) -> None:
    assert _holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cuộc thi phát động từ ngày 01/10/2023 đến ngày 31/12/2023 có 1.200 bài dự thi.",
        "Quyết toán kinh phí tổ chức Tháng hành động từ ngày 15/11/2023 đến ngày 15/12/2023.",
        "Tổ chức tập huấn cho công chức mới tuyển dụng từ ngày 01/01/2023 đến ngày 31/12/2023.",
        "Tổ chức lễ tôn vinh tác phẩm đăng từ ngày 01/6/2022 đến ngày 31/5/2023.",
        "Tuyên truyền kỷ niệm Chiến dịch Hồ Chí Minh từ ngày 26/4/1975 đến ngày 30/4/1975.",
        "Bộ Nội vụ tổ chức hội nghị từ ngày 05/6/2023 đến ngày 09/6/2023.",
        "Công tác truyền thông từ ngày 15/11/2023 đến ngày 15/12/2023 còn hình thức.",
        "Từ ngày 15/11/2023 đến ngày 15/12/2023, Sở Nội vụ tổ chức 12 hội nghị với 500 lượt người.",
        "Triển khai thanh tra, thời kỳ thanh tra từ ngày 01/01/2022 đến ngày 31/12/2023.",
    ],
)
def test_no_orders(text: str) -> None:
    assert not _holds(text)


def test_next_year_is_planned() -> None:
    assert not _holds("Xây dựng kế hoạch tổ chức hội thi từ ngày 01/3/2025 đến ngày 08/3/2025.", past=False)


@pytest.mark.parametrize(
    "text, due",
    [
        ("Rà soát quy hoạch cán bộ nữ, hoàn thành trước ngày 30/6/2023.", True),
        ("Hoàn thành việc rà soát trước ngày 30/6/2023.", True),
        ("Việc rà soát phải xong trước ngày 30/6/2023.", True),
        ("Lập danh sách học viên, chậm nhất ngày 30/6/2023.", True),
        ("Công trình hoàn thành trước ngày 31/12/2023 thì quyết toán.", False),
        ("Rà soát người được bổ nhiệm trước ngày 30/6/2023.", False),
        ("Những việc chưa hoàn thành trước ngày 31/12/2023.", False),
        ("Rà soát công trình khởi công năm 2022, hoàn thành trước ngày 30/6/2023.", False),
    ],
)
def test_due(text: str, due: bool) -> None:
    reading = Reading(text)
    [found] = [one for one in reading.mentions if isinstance(one, Deadline)]
    assert orders.is_due(reading, found.start, found.end) is due


@pytest.mark.parametrize("piece", ["Tổ chức ", "tổ chức hội nghị ", "hoàn thành, ", "(thời gian ", "thời gian: "])
def test_long_awkward_text(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "từ ngày 15/11/2023 đến ngày 15/12/2023, xong trước ngày 30/6/2023"
    reading = Reading(text)
    for found in reading.mentions:
        orders.opens_with(reading, found.start, found.end, past=True)
        orders.holds(reading, found.start, found.end, past=True)
        orders.is_due(reading, found.start, found.end)
