"""`bdg check-docx`: files edited as people edit them in Word and LibreOffice, old files, and files made to do harm."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from bdg_cli import entry
from tests.papers import PAPERS, TOP

PLAN = "ke-hoach"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the repository under plans/ as git has it."""
    shutil.copytree(PAPERS, tmp_path / "plans")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@b.vn", "commit", "-qm", "x")


@pytest.fixture
def bdg(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs the command in this process."""

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["bdg", *words])
        return entry.main()

    return run


@pytest.fixture
def made(office: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Path:
    """The plan as bdg makes it."""
    assert bdg("render-plan", PLAN) == 0
    capsys.readouterr()
    return office / "build" / f"{PLAN}.docx"


Checked = Callable[..., dict[str, Any]]


@pytest.fixture
def checked(bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Checked:
    """What the command says of a file, as JSON; its exit code must agree."""

    def check(path: Path, *words: str) -> dict[str, Any]:
        code = bdg("check-docx", str(path), "--format", "json", *words)
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert code == (0 if said["same"] else 1)
        return said

    return check


def edited(path: Path, change: Callable[[WordDocument], object]) -> Path:
    """A copy of the file, changed and saved as another program saves it."""
    document = docx.Document(str(path))
    change(document)
    out = path.with_name("edited.docx")
    document.save(str(out))
    return out


def line(document: WordDocument, words: str) -> Paragraph:
    """The paragraph that holds these words, in tables too."""
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    lines: list[Paragraph] = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    return next(paragraph for paragraph in lines if words in paragraph.text.replace("\u00a0", " "))


def replace(document: WordDocument, old: str, new: str) -> None:
    for run in line(document, old).runs:
        run.text = run.text.replace("\u00a0", " ").replace(old, new)


def told(said: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Each difference: what, whose doing, and file:line."""
    return [
        (one["change"], one["author"], f"{one['path'].split('/')[-1]}:{one['line']}" if one["path"] else None)
        for one in said["differences"]
    ]


def at(office: Path, file: str, words: str) -> str:
    """file:line where words stand in the plan's YAML."""
    text = (office / "plans" / PLAN / file).read_text("utf-8")
    return f"{file}:{text[: text.index(words)].count(chr(10)) + 1}"


# -- the same ---------------------------------------------------------------------------------------------


def test_a_file_nobody_touched(made: Path, checked: Checked) -> None:
    said = checked(made)
    assert said["format"] == "bdg-check-docx/1"
    assert said["document"] == {"kind": "plan", "plan": PLAN, "period": None, "agency": None}
    assert (said["same"], said["saved_since"], said["repository_changed"]) == (True, False, False)


def test_saved_by_another_program(made: Path, checked: Checked) -> None:
    said = checked(edited(made, lambda _: None))
    assert (said["same"], said["saved_since"], said["repository_changed"]) == (True, True, False)


@pytest.mark.parametrize(
    "words, name",
    [
        (["render-plan", "quyet-dinh"], "quyet-dinh"),
        (["render-plan", "cong-van-nhieu"], "cong-van-nhieu"),
        (["report", "--period", "2024H1", "--plan", PLAN], f"{PLAN}-bao-cao-2024H1"),
        (["render-plan", PLAN, "--agency", "so-noi-vu-mau"], f"{PLAN}-trich-so-noi-vu-mau"),
        (["render-plan", PLAN, "--annex"], f"{PLAN}-phu-luc-phan-cong"),
        (["render-plan", PLAN, "--submission"], f"{PLAN}-to-trinh"),
    ],
)
def test_every_kind_is_known_again(
    office: Path,
    bdg: Callable[..., int],
    checked: Checked,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    name: str,
) -> None:
    assert bdg(*words) == 0
    capsys.readouterr()
    assert checked(office / "build" / f"{name}.docx")["same"]


def test_the_repository_is_found_from_the_file(
    made: Path,
    office: Path,
    checked: Checked,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    inside = office / "plans" / "bản gửi.docx"
    shutil.copy(made, inside)
    assert checked(inside)["same"]


# -- what a person did ------------------------------------------------------------------------------------


def test_words_changed(made: Path, office: Path, checked: Checked) -> None:
    said = checked(edited(made, lambda word: replace(word, "sổ tay", "cẩm nang")))
    assert told(said) == [("changed", "person", at(office, "plan.yaml", "Phát hành sổ tay"))]
    (one,) = said["differences"]
    assert (one["old"], one["new"]) == (["d) Phát hành sổ tay hỏi đáp."], ["d) Phát hành cẩm nang hỏi đáp."])
    (piece,) = one["pieces"]
    assert (piece["old"], piece["new"]) == ("Phát hành sổ tay hỏi đáp.", "Phát hành cẩm nang hỏi đáp.")


def test_a_change_is_traced_to_its_own_stretch(made: Path, office: Path, checked: Checked) -> None:
    """Of a sentence with an expression, only the literal part that was changed is meant, at its own column."""
    said = checked(edited(made, lambda word: replace(word, "lãnh đạo chủ chốt", "lãnh đạo cấp cao")))
    ((piece,),) = (one["pieces"] for one in said["differences"])
    source = (office / "plans" / PLAN / "targets.yaml").read_text("utf-8").split("\n")[piece["line"] - 1]
    assert source[piece["column"] - 1 :] == " cơ quan có lãnh đạo chủ chốt là nữ."
    assert piece["new"] == " cơ quan có lãnh đạo cấp cao là nữ."


def test_words_added_at_the_end_fall_behind_the_bookmark(made: Path, office: Path, checked: Checked) -> None:
    said = checked(edited(made, lambda word: line(word, "Thu hẹp khoảng cách").add_run(" Ngay từ năm nay.")))
    assert told(said) == [("changed", "person", at(office, "plan.yaml", "Thu hẹp khoảng cách"))]
    assert said["differences"][0]["pieces"][0]["new"] == "Thu hẹp khoảng cách. Ngay từ năm nay."


def test_the_second_paragraph_of_a_text_has_its_own_line(made: Path, office: Path, checked: Checked) -> None:
    said = checked(edited(made, lambda word: replace(word, "Nâng cao trách nhiệm", "Đề cao trách nhiệm")))
    assert told(said) == [("changed", "person", at(office, "plan.yaml", "Nâng cao trách nhiệm"))]


def test_equal_routes_are_told_apart(made: Path, office: Path, checked: Checked) -> None:
    """Items of a list have one route; the second is the second."""
    said = checked(edited(made, lambda word: replace(word, "Lồng ghép với nhiệm vụ", "Gắn với nhiệm vụ")))
    assert told(said) == [("changed", "person", at(office, "plan.yaml", "Lồng ghép với nhiệm vụ"))]


def test_a_paragraph_added(made: Path, office: Path, checked: Checked) -> None:
    def add(document: WordDocument) -> None:
        here = line(document, "Thu hẹp khoảng cách")
        here.insert_paragraph_before("Một ý mới của người sửa.", style=here.style)

    said = checked(edited(made, add))
    assert told(said) == [("added", "person", at(office, "plan.yaml", "Mục đích\n"))]
    assert said["differences"][0]["new"] == ["Một ý mới của người sửa."]


def test_a_paragraph_deleted(made: Path, office: Path, checked: Checked) -> None:
    said = checked(edited(made, lambda word: remove(line(word, "Phát hành sổ tay"))))
    assert told(said) == [("deleted", "person", at(office, "plan.yaml", "Phát hành sổ tay"))]


def remove(paragraph: Paragraph) -> None:
    drop(paragraph._p)


def drop(element: Any) -> None:
    element.getparent().remove(element)


def test_a_paragraph_moved(made: Path, office: Path, checked: Checked) -> None:
    def move(document: WordDocument) -> None:
        line(document, "Lồng ghép vấn đề")._p.addnext(line(document, "Phát hành sổ tay")._p)

    said = checked(edited(made, move))
    assert told(said) == [("moved", "person", at(office, "plan.yaml", "Phát hành sổ tay"))]
    assert said["differences"][0]["new"][0].startswith("3. Lồng ghép vấn đề")


def test_a_paragraph_split_with_its_bookmark_over_both_halves(made: Path, office: Path, checked: Checked) -> None:
    """As Word does it: the start of the bookmark stays in the first half, its end comes into the second."""

    def split(document: WordDocument) -> None:
        here = line(document, "Nâng cao trách nhiệm")
        first, second = here.runs[0].text[:30], here.runs[0].text[30:]
        behind = copy.deepcopy(here._p)
        for element in behind.findall(qn("w:bookmarkStart")):
            behind.remove(element)
        for element in here._p.findall(qn("w:bookmarkEnd")):
            here._p.remove(element)
        here.runs[0].text = first
        here._p.addnext(behind)
        Paragraph(behind, here._parent).runs[0].text = second

    said = checked(edited(made, split))
    assert told(said) == [("split", "person", at(office, "plan.yaml", "Nâng cao trách nhiệm"))]
    assert len(said["differences"][0]["new"]) == 2


def test_a_paragraph_split_with_its_bookmark_in_one_half(made: Path, checked: Checked) -> None:
    """As LibreOffice does it."""

    def split(document: WordDocument) -> None:
        here = line(document, "Nâng cao trách nhiệm")
        here.insert_paragraph_before(here.runs[0].text[:40], style=here.style)
        here.runs[0].text = here.runs[0].text[40:]

    said = checked(edited(made, split))
    assert [one["change"] for one in said["differences"]] == ["split"]


def test_two_paragraphs_joined(made: Path, checked: Checked) -> None:
    def join(document: WordDocument) -> None:
        first, second = line(document, "Thu hẹp khoảng cách")._p, line(document, "Nâng cao trách nhiệm")._p
        first.extend(child for child in list(second) if child.tag != qn("w:pPr"))
        drop(second)

    said = checked(edited(made, join))
    assert [one["change"] for one in said["differences"]] == ["merged"]
    assert len(said["differences"][0]["old"]) == 2


def test_looks_changed(made: Path, office: Path, checked: Checked) -> None:
    def dress(document: WordDocument) -> None:
        line(document, "Phát hành sổ tay").runs[1].bold = True
        line(document, "Thu hẹp khoảng cách").alignment = WD_ALIGN_PARAGRAPH.CENTER

    said = checked(edited(made, dress))
    assert told(said) == [
        ("formatted", "person", at(office, "plan.yaml", "Thu hẹp khoảng cách")),
        ("formatted", "person", at(office, "plan.yaml", "Phát hành sổ tay")),
    ]
    assert said["differences"][0]["format"] == ["căn giữa (kho: căn đều hai bên)"]
    assert said["differences"][1]["format"] == ["đậm: “Phát hành sổ tay hỏi đáp.”"]


def test_numbers_that_follow_are_one_matter(
    made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    def renumber(document: WordDocument) -> None:
        remove(line(document, "Tập huấn kỹ năng"))
        for old, new in (("b) ", "a) "), ("c) ", "b) "), ("d) ", "c) ")):
            replace(document, old, new)

    assert bdg("check-docx", str(edited(made, renumber))) == 1
    out = capsys.readouterr().out
    assert "Đánh số lại 3 chỗ\n  a) (kho: b)) Tập huấn kiến thức" in out
    assert out.endswith("4 chỗ khác với kho.\n")


def test_cells_and_rows(
    office: Path, bdg: Callable[..., int], checked: Checked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg("render-plan", PLAN, "--annex") == 0
    capsys.readouterr()

    def fill(document: WordDocument) -> None:
        rows = document.tables[-1].rows
        replace(document, "cán bộ nữ", "cán bộ là nữ")
        rows[2].cells[4].paragraphs[0].add_run("Báo cáo")
        drop(rows[4]._tr)

    said = checked(edited(office / "build" / f"{PLAN}-phu-luc-phan-cong.docx", fill))
    assert [(one["change"], one["where"], one["row"]) for one in said["differences"]] == [
        ("changed", "ở bảng 1, dòng 3, cột “Nội dung”", False),
        ("added", "ở bảng 1, dòng 3, cột “Sản phẩm”", False),
        ("deleted", "ở bảng 1, dòng 5", True),
    ]
    assert said["differences"][0]["path"] == f"{PLAN}/assignments.yaml"
    assert said["differences"][2]["old"][1:] == ["Sở Y tế", "tháng 11/2024"]


def test_tracked_changes_are_read_as_accepted(made: Path, checked: Checked) -> None:
    def track(document: WordDocument) -> None:
        run: Any = line(document, "Phát hành sổ tay").runs[1]._r
        added = parse_xml(
            f'<w:ins {nsdecls("w")} w:id="900" w:author="a"><w:r><w:t xml:space="preserve"> Mới.</w:t></w:r></w:ins>'
        )
        gone = parse_xml(f'<w:del {nsdecls("w")} w:id="901" w:author="a"><w:r><w:delText>cũ</w:delText></w:r></w:del>')
        run.addnext(added)
        run.addnext(gone)

    said = checked(edited(made, track))
    assert said["tracked_changes"]
    assert said["differences"][0]["new"] == ["d) Phát hành sổ tay hỏi đáp. Mới."]


def test_the_word_draft_taken_away_is_seen(made: Path, checked: Checked) -> None:
    said = checked(edited(made, lambda word: remove(line(word, "DỰ THẢO"))))
    assert [(one["change"], one["author"], one["where"]) for one in said["differences"]] == [
        ("deleted", "person", "ở chữ DỰ THẢO")
    ]


# -- what the repository did ------------------------------------------------------------------------------


def change(office: Path, file: str, old: str, new: str) -> None:
    path = office / "plans" / PLAN / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_repository_has_changed_and_the_file_has_not(made: Path, office: Path, checked: Checked) -> None:
    change(office, "plan.yaml", "Phát hành sổ tay", "Phát hành tờ gấp")
    said = checked(made)
    assert (said["saved_since"], said["repository_changed"]) == (False, True)
    assert said["changed_files"] == [f"{PLAN}/plan.yaml"]
    assert told(said) == [("changed", "repository", at(office, "plan.yaml", "Phát hành tờ gấp"))]


def test_both_have_changed(made: Path, office: Path, checked: Checked) -> None:
    """Each by itself is told for what it is, without the file as it was sent out."""

    def write(document: WordDocument) -> None:
        replace(document, "Thu hẹp khoảng cách", "Xóa bỏ khoảng cách")
        replace(document, "Duy trì câu lạc bộ", "Mở rộng câu lạc bộ")
        remove(line(document, "Lồng ghép với nhiệm vụ"))

    path = edited(made, write)
    change(office, "plan.yaml", "Phát hành sổ tay", "Phát hành tờ gấp")
    change(office, "plan.yaml", "Duy trì câu lạc bộ ở cơ sở", "Duy trì câu lạc bộ ở xã")
    change(office, "plan.yaml", "          - Nhiệm vụ rõ", "          - Ý chen vào đầu.\n          - Nhiệm vụ rõ")
    said = checked(path)
    assert told(said) == [
        ("changed", "person", at(office, "plan.yaml", "Thu hẹp khoảng cách")),
        ("deleted", "repository", at(office, "plan.yaml", "Ý chen vào đầu")),
        ("deleted", "person", at(office, "plan.yaml", "Lồng ghép với nhiệm vụ")),
        ("changed", "repository", at(office, "plan.yaml", "Phát hành tờ gấp")),
        ("changed", "both", at(office, "plan.yaml", "Duy trì câu lạc bộ")),
    ]


def test_the_same_change_on_both_sides_is_none(made: Path, office: Path, checked: Checked) -> None:
    path = edited(made, lambda word: replace(word, "sổ tay", "cẩm nang"))
    change(office, "plan.yaml", "Phát hành sổ tay", "Phát hành cẩm nang")
    assert checked(path)["same"]


def without_origins(path: Path) -> Path:
    """The file as a program saves it that drops the parts it does not know."""
    out = path.with_name("dropped.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if not name.startswith("customXml"):
                content = source.read(name)
                target.writestr(name, re.sub(rb"<Relationship [^>]*customXml[^>]*>", b"", content))
    return out


def test_the_part_with_the_origins_may_be_lost(made: Path, office: Path, checked: Checked) -> None:
    """The bookmarks carry enough; who deleted something is then unclear, if the repository has changed too."""
    path = without_origins(edited(made, lambda word: remove(line(word, "Lồng ghép với nhiệm vụ"))))
    assert [one["author"] for one in checked(path)["differences"]] == ["person"]
    change(office, "plan.yaml", "Phát hành sổ tay", "Phát hành tờ gấp")
    assert [(one["change"], one["author"]) for one in checked(path)["differences"]] == [
        ("deleted", "unclear"),
        ("changed", "repository"),
    ]


def test_bookmarks_may_be_lost(made: Path, office: Path, checked: Checked) -> None:
    def bare(document: WordDocument) -> None:
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            for element in list(document.element.iter(qn(tag))):
                drop(element)
        replace(document, "sổ tay", "cẩm nang")

    said = checked(edited(made, bare))
    assert told(said) == [("changed", "person", at(office, "plan.yaml", "Phát hành sổ tay"))]


def test_another_bdg_made_it(made: Path, checked: Checked) -> None:
    """Without a change in words there is no difference."""
    other = made.with_name("other.docx")
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"(?<=bdg-version\"><vt:lpwstr>)[^<]+", b"9.9", source.read(name)))
    said = checked(other)
    assert (said["same"], said["repository_changed"], said["made"]["version"]) == (True, True, "9.9")


# -- for people -------------------------------------------------------------------------------------------


def test_what_is_printed(made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert bdg("check-docx", str(edited(made, lambda word: replace(word, "sổ tay", "cẩm nang")))) == 1
    out = capsys.readouterr().out
    assert "  Tệp đã được lưu lại.\n  Kho chưa đổi từ khi lập tệp.\n" in out
    assert "Người sửa tệp: 1 chỗ\n\nSửa chữ dưới “2. Nâng cao năng lực”\n  plans/ke-hoach/plan.yaml:" in out
    assert "  kho │ d) Phát hành [sổ tay] hỏi đáp.\n  tệp │ d) Phát hành [cẩm nang] hỏi đáp.\n" in out
    assert all(len(row) <= 100 for row in out.split("\n"))


def test_what_a_file_says_does_not_steer_the_terminal(
    made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "\u009b31m\u202e::error::"
    assert bdg("check-docx", str(edited(made, lambda word: replace(word, "sổ tay", hostile)))) == 1
    out = capsys.readouterr().out
    assert "\u009b" not in out
    assert "\u202e" not in out
    assert "::error" not in out


# -- files that cannot be compared ------------------------------------------------------------------------


def refused(bdg: Callable[..., int], path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that is said of a file; exit code 1."""
    assert bdg("check-docx", str(path), "--repo", "plans") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.startswith(f"bdg: {path}: ")
    return printed.err


def package(**parts: str | bytes) -> bytes:
    """A small zip; names with `__` for `/`, `_` in front for what begins so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr({"types": "[Content_Types].xml", "doc": "word/document.xml"}.get(name, name), content)
    return out.getvalue()


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types><Override ContentType="{MAIN}"/></Types>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = f'<!DOCTYPE d [<!ENTITY a "{"x" * 100}"><!ENTITY b "{"&a;" * 100}">]>'
ENTITIES = f"{LAUGHS}<w:document {W}><w:body><w:p>&b;</w:p></w:body></w:document>"
EXTERNAL = f'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {W}><w:body>&a;</w:body></w:document>'
DEEP = f"<w:document {W}><w:body>{'<w:sdt>' * 250}{'</w:sdt>' * 250}</w:body></w:document>"


@pytest.mark.parametrize(
    "content, words",
    [
        pytest.param(b"", "tệp rỗng", id="empty"),
        pytest.param(b"%PDF-1.7 ...", "không phải văn bản Word", id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word đời cũ (.doc)", id="doc"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu", id="password"
        ),
        pytest.param(package(a="b"), "không phải văn bản Word", id="zip"),
        pytest.param(package(types=TYPES), "thiếu phần nội dung chính", id="no-document"),
        pytest.param(package(types=TYPES, doc=f"<w:document {W}/>"), "không có phần nội dung", id="no-body"),
        pytest.param(package(types=TYPES, doc="<w:document"), "hỏng ở phần word/document.xml", id="torn"),
        pytest.param(package(types=TYPES, doc=ENTITIES), "khai báo lạ", id="entities"),
        pytest.param(package(types=TYPES, doc=EXTERNAL), "khai báo lạ", id="external"),
        pytest.param(package(types=TYPES, doc=DEEP), "bdg", id="deep"),
        pytest.param(
            package(types="<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"), ".docm", id="macros"
        ),
        pytest.param(package(types=TYPES, doc=b"\0" * 100_000_001), "lớn bất thường", id="bomb"),
        pytest.param(
            package(
                types=TYPES,
                doc='<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body/></d:document>',
            ),
            "Strict Open XML", id="strict",
        ),
    ],
)  # fmt: skip
def test_files_that_are_no_word_file(
    office: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    path = office / "lạ.docx"
    path.write_bytes(content)
    assert words in refused(bdg, path, capsys)


def test_a_torn_download(made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    made.write_bytes(made.read_bytes()[:5000])
    assert "đã hỏng khi tải về" in refused(bdg, made, capsys)


def test_a_damaged_part(made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray(made.read_bytes())
    start = data.index(b"word/document.xml") + 60
    data[start : start + 200] = b"\xff" * 200
    made.write_bytes(bytes(data))
    assert "hỏng ở phần word/document.xml" in refused(bdg, made, capsys)


def test_a_document_of_somebody_else(office: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    path = office / "khác.docx"
    docx.Document().save(str(path))
    assert "không phải văn bản bdg lập" in refused(bdg, path, capsys)


def test_a_plan_that_is_not_here(
    made: Path, office: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(office / "plans" / PLAN)
    assert f"lập từ kế hoạch “{PLAN}”, không có trong kho" in refused(bdg, made, capsys)


def test_a_repository_with_faults(
    made: Path, office: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    change(office, "plan.yaml", "kind: plan", "kind: [")
    assert "kho có lỗi nên hiện không lập được văn bản này" in refused(bdg, made, capsys)


def test_properties_made_up(made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    """A period that is none, an agency that is none: one line, no fault of bdg."""
    for kind, name, value in (("report", "bdg-period", "tuần 3"), ("extract", "bdg-agency", "so-la")):
        out = made.with_name("made-up.docx")
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
            for part in source.namelist():
                content = source.read(part)
                if part == "docProps/custom.xml":
                    content = content.replace(b"<vt:lpwstr>plan<", f"<vt:lpwstr>{kind}<".encode())
                    content = content.replace(b'"bdg-commit"', f'"{name}"'.encode())
                    content = re.sub(rf'(?<="{name}"><vt:lpwstr>)[^<]*'.encode(), value.encode(), content)
                target.writestr(part, content)
        assert "kho hiện không lập được văn bản này" in refused(bdg, out, capsys)


def test_wrong_use(made: Path, bdg: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert bdg("check-docx", "không-có.docx") == 2
    assert bdg("check-docx", str(made), "--format", "xml") == 2
    assert capsys.readouterr().err.count("\n") == 2


# -- LibreOffice ------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_a_save_in_libreoffice_changes_nothing(
    office: Path, bdg: Callable[..., int], checked: Checked, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Every kind of document: bookmarks, origins and properties survive, looks stay as they were."""
    for options in ([], [PLAN, "--annex"], [PLAN, "--submission"], [PLAN, "--agency", "so-y-te-mau"]):
        assert bdg("render-plan", *options) == 0
    assert bdg("report", "--period", "2024H1") == 0
    capsys.readouterr()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(str(path) for path in (office / "build").glob("*.docx"))
    convert = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(office / "lưu")]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=180)
    saved = sorted((office / "lưu").glob("*.docx"))
    assert len(saved) == len(files)
    for path in saved:
        said = checked(path, "--repo", "plans")
        assert said["saved_since"]
        assert said["differences"] == []


def test_the_plans_of_the_repository(
    tmp_path: Path, bdg: Callable[..., int], checked: Checked, capsys: pytest.CaptureFixture[str]
) -> None:
    """The five plans as issued, and their reports with charts."""
    common = ("--repo", str(TOP / "plans"), "--today", "2026-11-23")
    assert bdg("render-plan", "-o", str(tmp_path), *common) == 0
    assert bdg("report", "--period", "2024", "-o", str(tmp_path), *common) == 0
    capsys.readouterr()
    for path in sorted(tmp_path.glob("*.docx")):
        assert checked(edited(path, lambda _: None), *common)["differences"] == []
