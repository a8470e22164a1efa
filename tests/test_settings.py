"""templates/settings.yaml: what each line changes on the page, what a wrong one says, and that it counts as input."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from bdg_cli import cli, load, validation
from bdg_cli.documents.docx_styles import HEADINGS
from bdg_cli.layout import SETTINGS, WrongUse, scan
from bdg_cli.models.settings import SettingsFile
from tests import papers
from tests.decree.parts import Unit, units
from tests.decree.word import Par, Word
from tests.papers import DRAFT_PLAN, LETTER, LETTERS, REPORT

SHIPPED = papers.TOP / "templates" / "settings.yaml"
_DEFAULT = re.compile(r"^# (?=[a-z_]+: )", re.MULTILINE)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A repository without templates of its own."""
    folder = tmp_path / "kho"
    shutil.copytree(papers.PAPERS, folder)
    return folder


def set_to(office: Path, text: str) -> None:
    """Write the settings of a repository."""
    target = office / SETTINGS
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, "utf-8")


def made(office: Path, text: str | None = None) -> dict[str, Word]:
    """The documents of a repository with settings."""
    if text is not None:
        set_to(office, text)
    return {name: Word(data) for name, data in papers.made(office, office / "ra", "2024H1").items()}


# -- the shipped file ----------------------------------------------------------------------------------


def test_the_shipped_file_sets_nothing(office: Path) -> None:
    set_to(office, SHIPPED.read_text("utf-8"))
    loaded, settings = load.settings(scan(str(office)))
    assert loaded.faults == []
    assert settings is not None
    assert settings.model_dump(exclude_none=True) == {}


def test_the_shipped_file_shows_every_key_once() -> None:
    shown = re.findall(r"^# ([a-z_]+): ", SHIPPED.read_text("utf-8"), re.MULTILINE)
    assert shown == list(SettingsFile.model_fields)


def test_the_shipped_file_shows_what_bdg_does(office: Path, tmp_path: Path) -> None:
    """With each line brought to life all documents look as they do without any."""
    plain = made(office)
    shutil.rmtree(office / "ra")
    lively = made(office, _DEFAULT.sub("", SHIPPED.read_text("utf-8")))
    assert lively.keys() == plain.keys()
    for name, word in plain.items():
        assert lively[name].pars == word.pars
        assert lively[name].sections == word.sections


# -- what each line changes ----------------------------------------------------------------------------


def main(word: Word) -> Unit:
    return units(word)[0]


def sizes(*pars: Par | None) -> list[float]:
    return [max(par.sizes) for par in pars if par is not None]


def test_text_size_moves_the_pair(office: Path) -> None:
    words = made(office, "text_size: 13\n")
    unit = main(words[DRAFT_PLAN])
    assert sizes(unit.nation, unit.agencies[-1], unit.draft) == [12, 12, 12]
    assert sizes(unit.motto, unit.place_date, unit.kind, unit.subject[0], unit.number) == [13] * 5
    assert {size for par in unit.body for size in par.sizes} == {13}
    assert sizes(*unit.recipients[:2]) == [12, 11]
    assert sizes(*(par for par in unit.signature if par.words)) == [13, 13, 13]
    assert sizes(units(words[REPORT])[1].label) == [14]


def test_indent_and_spacing_of_text(office: Path) -> None:
    unit = main(made(office, "first_line_indent: 1\nline_spacing: 1.5\nparagraph_spacing: 9\n")[DRAFT_PLAN])
    looks = {(round(par.first / 72 * 2.54, 2), round(par.line, 2), par.after) for par in unit.body}
    assert looks == {(1.0, 1.5, 9.0)}


def test_headings_in_the_middle(office: Path) -> None:
    word = made(office, "roman_headings: centred\n")[DRAFT_PLAN]
    headings = [par for par in word.pars if par.style == HEADINGS[0]]
    assert {(par.align, par.first) for par in headings} == {("center", 0)}
    others = [par for par in word.pars if par.style == HEADINGS[1]]
    assert {(par.align, round(par.first)) for par in others} == {("both", 36)}


def test_kinh_gui(office: Path) -> None:
    assert main(made(office)[LETTER]).addressees[0].align == "center"
    shutil.rmtree(office / "ra")
    words = made(office, "one_addressee: indented\n")
    assert main(words[LETTER]).addressees[0].align == "left"
    assert main(words[LETTER]).addressees[0].left == main(words[LETTERS]).addressees[0].left


def test_sizes_of_tables_and_of_the_subject(office: Path) -> None:
    words = made(office, "table_size: 10.5\nletter_subject_size: 13\n")
    cells = [par for par in words[REPORT].pars if par.cell and par.cell.borders and par.words]
    assert {size for par in cells for size in par.sizes} == {10.5}
    assert sizes(main(words[LETTER]).about) == [13]


def test_space_for_the_signature(office: Path) -> None:
    unit = main(made(office, "signature_space: 90\n")[LETTER])
    assert [par.points for par in unit.signature if not par.words] == [90]


def test_rules(office: Path) -> None:
    set_to(office, "rule_length: 0.5\nrule_weight: 1.5\n")
    papers.made(office, office / "ra", "2024H1")
    with zipfile.ZipFile(office / "ra" / f"{LETTER}.docx") as package:
        strokes = re.findall(r'<a:ln w="(\d+)"', package.read("word/document.xml").decode())
    assert set(strokes) == {"19050"}


def test_margins(office: Path) -> None:
    text = "margins: {top: 25, left: 35}\nlandscape_margins:\n  left: 30\n  bottom: 15\n"
    upright, turned = made(office, text)[REPORT].sections
    assert {side: round(width) for side, width in upright.margins.items()} == {
        "top": 25, "bottom": 20, "left": 35, "right": 20,
    }  # fmt: skip
    assert turned.landscape
    assert {side: round(width) for side, width in turned.margins.items()} == {
        "top": 20, "bottom": 15, "left": 30, "right": 20,
    }  # fmt: skip


def test_number_on_the_first_page_of_an_annex(office: Path) -> None:
    assert [section.title_page for section in made(office)[REPORT].sections] == [True, True]
    shutil.rmtree(office / "ra")
    numbered = made(office, "annex_first_page_number: true\n")[REPORT]
    assert [section.title_page for section in numbered.sections] == [True, False]


def test_a_style_file_of_the_office_stands_where_nothing_is_set(office: Path) -> None:
    """What is changed in Word stays, and the rule lines are measured with it."""
    own = office / "templates" / "style.docx"
    own.parent.mkdir()
    with zipfile.ZipFile(papers.TOP / "templates" / "style.docx") as source, zipfile.ZipFile(own, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            head, style, tail = content.partition('w:styleId="VBTieungu"')
            target.writestr(name, head + style + tail.replace('w:sz w:val="28"', 'w:sz w:val="26"', 1))
    unit = main(made(office, "line_spacing: 1.2\n")[LETTER])
    assert sizes(unit.motto, unit.place_date) == [13, 14]
    assert unit.motto_rule is not None
    assert unit.motto_rule.drawn[0].length == pytest.approx(171.4 * 13 / 14, abs=0.5)


# -- wrong lines ---------------------------------------------------------------------------------------

WRONG = [
    ("line_spacing: 1.1\ntext_size: 12\n", 2, "số nhỏ quá; nhỏ nhất là 13"),
    ("text_size: 15\n", 1, "số lớn quá; lớn nhất là 14"),
    ("first_line_indent: 1,27\n", 1, "không phải số; viết bằng chữ số, phần thập phân sau dấu chấm, như 1.7"),
    ("roman_headings: left\n", 1, "giá trị không nhận; hãy chọn một trong: indented, centred"),
    ("margins:\n  top: 20\n  left: 20\n", 3, "số nhỏ quá; nhỏ nhất là 30"),
    ("textsize: 14\n", 1, "khóa lạ “textsize”; có phải “text_size”?"),
    ("annex_first_page_number: có\n", 1, "chỉ nhận true hoặc false"),
    ("text_size: [\n", 2, ""),
]


@pytest.mark.parametrize("text, line, message", WRONG, ids=[text.split("\n")[0] for text, _, _ in WRONG])
def test_a_wrong_line_is_named(office: Path, text: str, line: int, message: str) -> None:
    set_to(office, text)
    with pytest.raises(WrongUse) as fault:
        papers.made(office, office / "ra")
    said = str(fault.value)
    assert said.startswith(f"{SETTINGS}:{line}:")
    assert message in said
    assert "\n" not in said
    assert not (office / "ra").exists()
    outcome = validation.validate(str(office), "2024-07-01", use_cache=False)
    found = [one for one in outcome.findings if one.place.path == SETTINGS]
    assert [(one.place.line, one.code[:2]) for one in found] == [(line, "TP")]


def test_a_wrong_line_leaves_the_text_form_alone(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_to(office, "text_size: 99\n")
    assert cli.run(["render-plan", LETTER, "--repo", str(office), "--format", "text", "--no-cache"]) == 0
    assert "Kính gửi: Sở Nội vụ" in capsys.readouterr().out


def test_settings_are_an_input_of_documents(office: Path) -> None:
    def inputs() -> str:
        papers.made(office, office / "ra")
        with zipfile.ZipFile(office / "ra" / f"{LETTER}.docx") as package:
            found = re.search(r'name="bdg-inputs"><vt:lpwstr>([^<]+)<', package.read("docProps/custom.xml").decode())
        assert found
        return found[1]

    before = inputs()
    set_to(office, "text_size: 13\n")
    assert inputs() != before
