"""templates/settings.yaml: what the decree leaves to the office. A key that is not written leaves style.docx alone.

Bounds are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, where it gives any: no setting can break the decree.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from bdg_cli.models.located import Located, Term


class Placement(Term):
    """Where a line stands of which the decree does not say where."""

    INDENTED = ("indented", "thụt vào như lời văn")
    CENTRED = ("centred", "ở giữa")


class Margins(Located):
    """The margins of an upright page (mục I.3), in millimetres."""

    top: Decimal | None = Field(None, title="Lề trên (mm): 20 đến 25", ge=20, le=25)
    bottom: Decimal | None = Field(None, title="Lề dưới (mm): 20 đến 25", ge=20, le=25)
    left: Decimal | None = Field(None, title="Lề trái (mm): 30 đến 35", ge=30, le=35)
    right: Decimal | None = Field(None, title="Lề phải (mm): 15 đến 20", ge=15, le=20)


class TurnedMargins(Located):
    """The margins of a landscape page, of which the decree is silent, in millimetres as the page is read."""

    top: Decimal | None = Field(None, title="Lề trên (mm): 15 đến 35", ge=15, le=35)
    bottom: Decimal | None = Field(None, title="Lề dưới (mm): 15 đến 35", ge=15, le=35)
    left: Decimal | None = Field(None, title="Lề trái (mm): 15 đến 35", ge=15, le=35)
    right: Decimal | None = Field(None, title="Lề phải (mm): 15 đến 35", ge=15, le=35)


class SettingsFile(Located):
    """templates/settings.yaml"""

    text_size: int | None = Field(None, title="Cỡ chữ lời văn: 14 (Quốc hiệu 13) hoặc 13 (Quốc hiệu 12)", ge=13, le=14)
    first_line_indent: Decimal | None = Field(None, title="Thụt đầu dòng (cm): 1 đến 1.27", ge=1, le=Decimal("1.27"))
    line_spacing: Decimal | None = Field(None, title="Giãn dòng (lần): 1 đến 1.5", ge=1, le=Decimal("1.5"))
    paragraph_spacing: Decimal | None = Field(None, title="Khoảng cách giữa các đoạn (pt): 6 đến 18", ge=6, le=18)
    roman_headings: Placement | None = Field(None, title="Vị trí của đề mục I., II., III.")
    one_addressee: Placement | None = Field(None, title="Vị trí của dòng Kính gửi khi chỉ có một nơi nhận")
    letter_subject_size: int | None = Field(None, title="Cỡ chữ trích yếu công văn: 12 hoặc 13", ge=12, le=13)
    table_size: Decimal | None = Field(None, title="Cỡ chữ trong bảng (pt): 10 đến 14", ge=10, le=14)
    signature_space: Decimal | None = Field(None, title="Chiều cao chỗ ký (pt): 40 đến 120", ge=40, le=120)
    rule_length: Decimal | None = Field(
        None,
        title="Chiều dài đường kẻ dưới tên cơ quan và trích yếu, so với dòng chữ: 0.34 đến 0.5",
        ge=Decimal("0.34"),
        le=Decimal("0.5"),
    )
    rule_weight: Decimal | None = Field(
        None, title="Nét của đường kẻ (pt): 0.5 đến 1.5", ge=Decimal("0.5"), le=Decimal("1.5")
    )
    margins: Margins | None = Field(None, title="Lề trang đứng")
    landscape_margins: TurnedMargins | None = Field(None, title="Lề trang ngang (phụ lục có bảng rộng)")
    annex_first_page_number: bool | None = Field(None, title="Hiện số trang ở trang đầu của phụ lục")
