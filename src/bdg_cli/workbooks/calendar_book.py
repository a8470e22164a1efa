"""Appointments as a workbook: by day, to be read, filtered and printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bdg_cli.agenda import Appointment
from bdg_cli.workbooks.model import Book, Cell, Column, Look, Row, Sheet

_COLUMNS = (
    ("Ngày", 12), ("Thứ", 10), ("Đến ngày", 12), ("Việc", 64), ("Loại", 16), ("Cơ quan", 34), ("Kế hoạch", 22),
    ("Ghi chú", 34),
)  # fmt: skip
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def build(appointments: Iterable[Appointment], names: dict[str, str], title: str) -> Book:
    """The calendar. `names` are the names of agencies by id."""
    columns = tuple(Column("", width) for _, width in _COLUMNS)
    sheet = Sheet("Lịch", columns, protected=False, filtered=True)
    sheet.add(Row((Cell(title.upper(), Look.TITLE, columns=len(columns)),), height=24))
    head = sheet.add(Row(tuple(Cell(head, Look.HEAD) for head, _ in _COLUMNS)))
    sheet.head = (head, head)
    for one in appointments:
        cells = (
            Cell(one.start, Look.DAY),
            Cell(_WEEKDAYS[one.start.weekday()], Look.CENTRED),
            Cell(one.end if one.end != one.start else None, Look.DAY),
            Cell(one.what),
            Cell(one.occasion.value, Look.CENTRED),
            Cell("; ".join(names.get(agency, agency) for agency in one.agencies) or "tất cả"),
            Cell(one.plan),
            Cell(one.note or None),
        )
        sheet.add(Row(cells))
    return Book(title, [sheet])
