"""Every kind of document keeps every rule of Nghị định 30/2020/NĐ-CP; and the checker sees each rule broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdg_cli.documents import docx_writer
from bdg_cli.documents.model import Annex, Block, Column, Document, Paragraph, Properties, Row, Run, Table
from bdg_cli.models.settings import Margins, Placement, SettingsFile
from tests import papers
from tests.decree import BEFORE_2020, RULES, violations
from tests.decree.spoil import (
    Change,
    header,
    line,
    paragraph,
    section,
    signed_at_the_end,
    spoiled,
    style,
    without,
    words,
)
from tests.papers import DECISION, DRAFT_PLAN, LETTER, LETTERS, REPORT

# The text of an issued plan is kept as it was issued; these cite a document in full more than once.
AS_ISSUED = {"hai-phong-2022": {"B6"}, "tra-vinh-2023-2025": {"B6"}, "bac-kan-2018": BEFORE_2020}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A plan, a decision with its plan, letters to one and to several, a report with its annex; two are drafts."""
    return papers.made(papers.PAPERS, tmp_path_factory.mktemp("papers"), "2024H1")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The five plans, and their reports."""
    return papers.made(papers.TOP / "plans", tmp_path_factory.mktemp("plans"), "2024H1", "2023", "2024")


def broken(data: bytes) -> set[str]:
    return {violation.rule for violation in violations(data)}


# -- every kind ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DRAFT_PLAN, DECISION, LETTER, LETTERS, REPORT])
def test_every_kind_keeps_the_decree(kinds: dict[str, bytes], name: str) -> None:
    assert [str(violation) for violation in violations(kinds[name])] == []


def test_annexes_and_letters_of_submission_keep_the_decree(tmp_path: Path) -> None:
    files = papers.also(papers.PAPERS, tmp_path)
    assert {name.split("-")[-1] for name in files} == {"cong", "trinh"}
    for name, data in files.items():
        assert [str(violation) for violation in violations(data)] == [], name


def test_the_five_plans_and_their_reports_keep_the_decree(issued: dict[str, bytes]) -> None:
    plans = {path.parent.name for path in (papers.TOP / "plans").glob("*/plan.yaml")}
    assert plans < issued.keys()  # and reports beside them
    for name, data in issued.items():
        assert [str(one) for one in violations(data, AS_ISSUED.get(name, ()))] == [], name


def test_what_is_exempt_is_what_the_originals_break(issued: dict[str, bytes]) -> None:
    assert {name: broken(issued[name]) for name in AS_ISSUED} == AS_ISSUED


SETTINGS = [
    pytest.param(SettingsFile(text_size=13), id="12 with 13"),
    pytest.param(SettingsFile(text_size=13, letter_subject_size=13), id="13 for V/v"),
    pytest.param(SettingsFile(first_line_indent=1), id="1 cm"),
    pytest.param(SettingsFile(line_spacing=1), id="single"),
    pytest.param(SettingsFile(line_spacing="1.5", paragraph_spacing=18), id="wide"),
    pytest.param(SettingsFile(roman_headings=Placement.CENTRED), id="centred headings"),
    pytest.param(SettingsFile(one_addressee=Placement.INDENTED), id="Kính gửi indented"),
    pytest.param(SettingsFile(table_size=10, signature_space=120), id="tables"),
    pytest.param(SettingsFile(rule_length="0.34", rule_weight="1.5"), id="short rules"),
    pytest.param(SettingsFile(rule_length="0.5"), id="long rules"),
    pytest.param(SettingsFile(margins=Margins(top=25, bottom=25, left=35, right=15)), id="margins"),
    pytest.param(SettingsFile(annex_first_page_number=True), id="numbered annexes"),
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_no_setting_breaks_the_decree(settings: SettingsFile, tmp_path: Path) -> None:
    """The same documents with the settings of an office: written into its repository, made anew."""
    import shutil

    repository = tmp_path / "kho"
    shutil.copytree(papers.PAPERS, repository)
    (repository / "templates").mkdir()
    (repository / "templates" / "settings.yaml").write_text(settings_text(settings), "utf-8")
    for name, data in papers.made(repository, tmp_path / "ra", "2024H1").items():
        assert [str(violation) for violation in violations(data)] == [], name


def settings_text(settings: SettingsFile) -> str:
    """The settings as YAML."""
    import json

    return "".join(
        f"{name}: {json.dumps(value)}\n" for name, value in settings.model_dump(mode="json", exclude_none=True).items()
    )


def test_two_annexes(kinds: dict[str, bytes]) -> None:
    """Roman numbers, each with pages of its own; a wide table on its side."""
    assert broken(with_annexes("Phụ lục I", "Phụ lục II")) == set()
    assert broken(with_annexes("Phụ lục I", "Phụ lục III")) == {"A2"}
    assert broken(with_annexes("Phụ lục I", "Phụ lục II", said="Phụ lục I")) == {"A1"}


def with_annexes(*labels: str, said: str = "") -> bytes:
    """A report whose text names its annexes."""
    attached = (Run("(Kèm theo Báo cáo số 09/BC-UBND ngày 20 tháng 6 năm 2024 của Ủy ban nhân dân tỉnh Trà Vinh)"),)
    table = Table((Column("TT", 20), Column("Chỉ tiêu", 200)), (Row(((Run("1"),), (Run("Tỷ lệ nữ"),))),))
    blocks: list[Block] = list(HEAD)
    blocks.append(Paragraph((Run(f"Kết quả tại {said or ', '.join(labels)}./."),)))
    blocks += END
    for index, label in enumerate(labels):
        blocks += [Annex(label, "Kết quả thực hiện", attached, landscape=index > 0)]
        blocks += [table] if index else []
        blocks += [Paragraph((Run("Hết./."),))]
    document = Document("bao-cao", Properties("", "", "", ""), tuple(blocks))
    return docx_writer.write(document, papers.TOP / "templates" / "style.docx")


def runs(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def _frame() -> tuple[list[Block], list[Block]]:
    from bdg_cli.documents.model import Closing, Letterhead, Signatory, Title

    head = Letterhead(
        (), runs("Ủy ban nhân dân tỉnh Trà Vinh"), runs("Số: 09/BC-UBND"), runs("Trà Vinh, ngày 20 tháng 6 năm 2024")
    )
    end = Closing(
        (runs("- Bộ Nội vụ;"), runs("- Lưu: VT.")), (Signatory((runs("CHỦ TỊCH"),), (), runs("Nguyễn Thị Mẫu")),)
    )
    return [head, Title("BÁO CÁO", runs("Kết quả công tác bình đẳng giới"))], [end]


HEAD, END = _frame()

# -- every rule ----------------------------------------------------------------------------------------

WRONG: list[tuple[str, str, tuple[Change, ...]]] = [
    ("P1", LETTER, (section(0, "pgSz", w="12240", h="15840"),)),
    ("P2", LETTER, (section(0, "pgSz", w="16838", h="11906", orient="landscape"),)),
    ("P3", LETTER, (section(0, "pgMar", left="567"),)),
    ("P3", LETTER, (section(0, "pgMar", top="850"),)),
    ("P4", DRAFT_PLAN, (style("VB Gạch đầu dòng", "rFonts", ascii="Arial", hAnsi="Arial"),)),
    ("P4", DRAFT_PLAN, (style("VB Gạch đầu dòng", "color", val="FF0000"),)),
    ("P4", DRAFT_PLAN, (words("Lồng ghép với nhiệm vụ", "Lo\u0302\u0300ng ghép với nhiệm vụ"),)),
    ("P5", LETTER, (section(0, "titlePg"),)),
    ("P5", LETTER, (header("jc", val="right"),)),
    ("P5", LETTER, (header("sz", of="rPr", val="22"), header("b", of="rPr", val="0"))),
    ("P5", LETTER, (header("i", of="rPr", val="1"),)),
    ("P5", LETTER, (header("instrText"),)),
    ("P5", LETTER, (section(0, "pgNumType", fmt="lowerRoman"),)),
    ("P5", LETTER, (section(0, "pgMar", header="1300"),)),
    ("P6", REPORT, (section(1, "pgNumType"),)),
    ("P7", LETTER, (style("VB Địa danh và ngày tháng", "sz", val="26"),)),
    ("Điều 8", LETTER, (words("Trà Vinh, ngày 04 tháng 3 năm 2024", ""),)),
    ("H1", LETTER, (style("VB Quốc hiệu", "b"),)),
    ("H2", LETTER, (style("VB Tiêu ngữ", "i", val="1"),)),
    ("H2", LETTER, (words("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"), line(1, share=1.03))),
    ("H2", LETTER, (style("VB Tiêu ngữ", "spacing", of="pPr", before="120"),)),
    ("H3", LETTER, (line(1, share=0.5),)),
    ("H3", LETTER, (line(1, gone=True),)),
    ("H3", LETTER, (line(1, dashed=True),)),
    ("H4", LETTERS, (style("VB Cơ quan chủ quản", "b", val="1"),)),
    ("H5", LETTERS, (style("VB Cơ quan ban hành", "b"),)),
    ("H6", LETTER, (line(0, share=2.0),)),
    ("H6", LETTER, (line(0, share=0.5),)),
    ("H7", LETTER, (style("VB Số ký hiệu", "sz", val="28"),)),
    ("H7", LETTER, (words("Số: 21/UBND-KGVX", "Số 21/UBND-KGVX"),)),
    ("H7", DECISION, (words("Số: 07/QĐ-UBND", "Số: 7/QĐ-UBND"),)),
    ("H7", LETTER, (words("Số: 21/UBND-KGVX", "Số: 21/UBND-kgvx"),)),
    ("H8", LETTER, (style("VB Địa danh và ngày tháng", "i"),)),
    ("H8", LETTER, (words("Trà Vinh, ngày 04", "Trà Vinh ngày 04"),)),
    ("H8a", LETTER, (words("ngày 04 tháng 3", "ngày 4 tháng 3"),)),
    ("H8a", LETTER, (words("ngày 04 tháng 3", "ngày 04 tháng 03"),)),
    ("H8a", DECISION, (words("Trà Vinh, ngày 05 tháng 02", "Trà Vinh, ngày 05 tháng 2"),)),
    ("H9", LETTER, (style("VB Trích yếu công văn", "b", val="1"),)),
    ("H9", LETTER, (style("VB Trích yếu công văn", "spacing", of="pPr", before="0"),)),
    ("H9", LETTER, (words("V/v ", "Về việc "),)),
    ("H10", DRAFT_PLAN, (style("VB Tên loại", "sz", val="32"),)),
    ("H11", DRAFT_PLAN, (style("VB Trích yếu", "b"),)),
    ("H11", DRAFT_PLAN, (line(2, share=2.0),)),
    ("H11", DRAFT_PLAN, (line(2, gone=True),)),
    ("B1", LETTER, (words("Kính gửi: ", "Kính gửi "),)),
    ("B1", LETTERS, (words("Hội Liên hiệp Phụ nữ tỉnh Trà Vinh.", "Hội Liên hiệp Phụ nữ tỉnh Trà Vinh;"),)),
    ("B1", LETTERS, (style("VB Kính gửi dòng", "ind", of="pPr", left="3200"),)),
    ("B1", LETTER, (style("VB Kính gửi một nơi", "b", val="1"),)),
    ("B2", DECISION, (style("VB Căn cứ", "i"),)),
    ("B2", DECISION, (words("29 tháng 11 năm 2006;", "29 tháng 11 năm 2006."),)),
    ("B2", DECISION, (words("ngày 25 tháng 01 năm 2024.", "ngày 25 tháng 01 năm 2024,"),)),
    ("B3", DECISION, (style("VB Thẩm quyền ban hành", "b"),)),
    ("B4", DECISION, (words("QUYẾT ĐỊNH:", "QUYẾT ĐỊNH"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "jc", of="pPr", val="left"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "ind", of="pPr", firstLine="1134"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "spacing", of="pPr", after="40"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "spacing", of="pPr", line="480"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "spacing", of="pPr", line="200", lineRule="exact"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "sz", val="24"),)),
    ("B5", DRAFT_PLAN, (style("VB Gạch đầu dòng", "i", val="1"),)),
    ("B6", DRAFT_PLAN, (words(", Ủy ban nhân dân tỉnh ban hành", " ngày 03/3/2021, Ủy ban nhân dân tỉnh ban hành"),)),
    ("B7", DRAFT_PLAN, (words("./.", "."),)),
    ("B7", DRAFT_PLAN, (words("Lồng ghép với nhiệm vụ", "Hết./. Lồng ghép với nhiệm vụ"),)),
    ("1.4 Phần, Chương", DRAFT_PLAN, (words("Thu hẹp khoảng cách.", "Phần I"),)),
    ("1.4 Mục", DRAFT_PLAN, (style("heading 1", "caps"),)),
    ("1.4 Mục", DRAFT_PLAN, (style("heading 1", "b"),)),
    ("1.4 Điều", DECISION, (style("VB Tên đề mục", "b"),)),
    ("1.4 Khoản", DRAFT_PLAN, (style("heading 2", "b"),)),
    ("1.4 Khoản", DRAFT_PLAN, (paragraph("Lồng ghép vấn đề bình đẳng giới trong xây dựng", "b", of="rPr"),)),
    ("1.4 Điểm", DRAFT_PLAN, (paragraph("Phát hành sổ tay hỏi đáp", "b", of="rPr"),)),
    ("1.4 thứ tự", DRAFT_PLAN, (words("đ) ", "f) "),)),
    ("1.4 thứ tự", DRAFT_PLAN, (words("IV. ", "VI. "),)),
    ("S1", LETTER, (words("TM. ỦY BAN", "TM/ ỦY BAN"),)),
    ("S1", LETTER, (words("KT. CHỦ TỊCH", "KT CHỦ TỊCH"),)),
    ("S2", LETTER, (without("PHÓ CHỦ TỊCH"),)),
    ("S3", LETTER, (style("VB Quyền hạn và chức vụ", "b"),)),
    ("S3", LETTER, (paragraph("PHÓ CHỦ TỊCH", "i", of="rPr"),)),
    ("S4", LETTER, (words("Nguyễn Thị Mẫu", "TS. Nguyễn Thị Mẫu"),)),
    ("S4", LETTER, (words("Nguyễn Thị Mẫu", "NGUYỄN THỊ MẪU"),)),
    ("S4", LETTER, (style("VB Người ký", "b"),)),
    ("N1", LETTER, (style("VB Nơi nhận", "sz", val="22"),)),
    ("N1", LETTER, (words("Nơi nhận:", "Nơi nhận"),)),
    ("N2", LETTER, (style("VB Nơi nhận dòng", "sz", val="24"),)),
    ("N2", LETTER, (words("các PCT UBND tỉnh;", "các PCT UBND tỉnh,"),)),
    ("N2", LETTER, (style("VB Nơi nhận dòng", "ind", of="pPr", left="284"),)),
    ("N3", LETTER, (words("- Lưu: VT, KGVX.", "- Lưu: VT, KGVX;"),)),
    ("N3", LETTER, (words("- Lưu: VT, KGVX.", "- Văn thư."),)),
    ("N4", LETTER, (words("- Như trên;", "- Sở Nội vụ;"),)),
    ("N4", DECISION, (words("- Như Điều 3;", "- Như trên;"),)),
    ("A1", REPORT, (words("Phụ lục kèm theo", "bảng kèm theo"),)),
    ("A3", REPORT, (style("VB Phụ lục", "sz", val="26"),)),
    ("A3", REPORT, (style("VB Phụ lục", "caps", val="1"),)),
    ("A4", REPORT, (style("VB Tên phụ lục", "b"),)),
    ("A4", REPORT, (style("VB Tên phụ lục", "caps"),)),
    ("A5", REPORT, (style("VB Kèm theo", "i"),)),
    ("A5", DECISION, (words("(Kèm theo Quyết định số", "(Kèm theo Quyết định"),)),
    ("A8", DECISION, (signed_at_the_end,)),
]  # fmt: skip


@pytest.mark.parametrize(
    "number, name, changes", [pytest.param(*case, id=f"{case[0]}-{index}") for index, case in enumerate(WRONG)]
)
def test_a_broken_rule_is_seen_and_no_other(
    kinds: dict[str, bytes], number: str, name: str, changes: tuple[Change, ...]
) -> None:
    found = violations(spoiled(kinds[name], *changes))
    assert {violation.rule for violation in found} == {number}, [str(violation) for violation in found]


def test_every_rule_is_broken_once() -> None:
    assert {number for number, _, _ in WRONG} | {"A2"} == set(RULES)


def test_a_change_of_nothing_breaks_nothing(kinds: dict[str, bytes]) -> None:
    assert broken(spoiled(kinds[LETTER])) == set()
