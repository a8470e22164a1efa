"""The plain text of a document: what stands where, NFC, one line end at the end."""

from __future__ import annotations

import unicodedata

import pytest

from bdg_cli.documents import text_writer
from bdg_cli.documents.model import (
    Align,
    Annex,
    Block,
    Closing,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Properties,
    Row,
    Run,
    Runs,
    Signatory,
    Style,
    Table,
    Title,
)


def runs(text: str) -> Runs:
    return (Run(text),)


def text_of(*blocks: Block) -> str:
    return text_writer.write(Document("thu", Properties("", "", "", ""), blocks))


def test_letterhead_and_title() -> None:
    text = text_of(
        Letterhead(runs("UBND tỉnh Lào Cai"), runs("Sở Nội vụ"), runs("Số: 05/KH-SNV"), runs("Lào Cai, ngày")),
        Title("Kế hoạch", runs("Thực hiện công tác bình đẳng giới")),
    )
    assert text == (
        "             UBND TỈNH LÀO CAI                         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "                 SỞ NỘI VỤ                                Độc lập - Tự do - Hạnh phúc\n"
        "                    ───                                   ───────────────────────────\n"
        "               Số: 05/KH-SNV                                     Lào Cai, ngày\n"
        "\n"
        "                                              KẾ HOẠCH\n"
        "                                 Thực hiện công tác bình đẳng giới\n"
        "                                           ─────────────\n"
    )


def test_body_puts_items_close_and_headings_apart() -> None:
    text = text_of(
        Heading(1, "I.", runs("Mục đích")),
        Heading(2, "1.", runs("Yêu cầu:"), run_in=runs("Thiết thực.")),
        Paragraph(runs("nữ;"), Style.ITEM, "-"),
        Paragraph(runs("nam."), Style.ITEM, "-"),
        Paragraph(runs("Hết./.")),
    )
    assert text == "I. MỤC ĐÍCH\n\n1. Yêu cầu: Thiết thực.\n\n- nữ;\n- nam.\n\nHết./.\n"


def test_hyphens_of_addressees_stand_under_the_colon() -> None:
    first, second = text_of(
        Paragraph(runs("Kính gửi:"), Style.ADDRESSEE_FIRST),
        Paragraph(runs("Sở Nội vụ."), Style.ADDRESSEE, "-"),
    ).splitlines()
    assert first.index(":") == second.index("-")


def test_table_wraps_inside_its_columns() -> None:
    table = Table(
        (Column("TT", 10, Align.CENTRE), Column("Chỉ tiêu", 40), Column("Số", 10, Align.RIGHT)),
        (
            Row((runs("I. Chính trị"),), group=True),
            Row((runs("1"), runs("Tỷ lệ cơ quan có lãnh đạo chủ chốt là nữ " * 3), runs("59,95"))),
        ),
        note=runs("Ghi chú."),
    )
    *rows, note = text_of(table).splitlines()
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) <= text_writer.WIDTH
    assert rows[1].count("|") == 4
    assert rows[3].startswith("| I. Chính trị ")
    assert rows[3].count("|") == 2
    assert rows[5].endswith(" 59,95 |")
    assert note == "Ghi chú."


def test_closing_sets_signature_beside_recipients() -> None:
    text = text_of(
        Closing(
            (runs("- Như trên;"), runs("- Lưu: VT.")),
            (Signatory((runs("KT. Chủ tịch"), runs("Phó Chủ tịch")), (), runs("Nguyễn Thị Bình")),),
        )
    )
    lines = text.splitlines()
    assert lines[0].split("  ")[0] == "Nơi nhận:"
    assert lines[0].endswith("KT. CHỦ TỊCH")
    assert lines[1].startswith("- Như trên;")
    assert lines[1].endswith("PHÓ CHỦ TỊCH")
    assert lines[-1].strip() == "Nguyễn Thị Bình"


def test_annex_and_attached_letterhead_begin_a_page() -> None:
    text = text_of(
        Paragraph(runs("Hết./.")),
        Letterhead((), runs("Sở Nội vụ"), None, None),
        Annex("Phụ lục", "Chỉ tiêu", runs("(Kèm theo)")),
    )
    assert text.count("─" * text_writer.WIDTH) == 2
    assert [line.strip() for line in text.splitlines()[-3:]] == ["Phụ lục", "CHỈ TIÊU", "(Kèm theo)"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_is_nfc_and_without_control_characters(form: str) -> None:
    written = text_of(Paragraph(runs(unicodedata.normalize(form, "Kế hoạch\x07 bình đẳng giới"))))  # type: ignore[arg-type]
    assert written == "Kế hoạch bình đẳng giới\n"


def test_blanks_to_be_filled_by_hand_stay() -> None:
    assert "ngày      tháng 6" in text_of(Paragraph(runs("ngày      tháng 6"), Style.CENTRED))


def test_empty_document_is_one_line_end() -> None:
    assert text_of() == "\n"
