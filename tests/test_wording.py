"""Templates: what a value says prints as it is, a fault names its place, an office's own are read first of all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from bdg_cli import cli
from bdg_cli.commands import batch
from bdg_cli.documents import template_check
from bdg_cli.documents.model import Heading, Paragraph, Run
from bdg_cli.documents.wording import Markdown, Wording
from bdg_cli.findings import Place
from bdg_cli.layout import WrongUse
from tests import papers
from tests.test_check_sheet import accepted, points
from tests.test_check_sheet import made as sheet

Writer = Callable[..., Wording]


@pytest.fixture
def written(tmp_path: Path) -> Writer:
    """A repository with one template, t.md.j2."""

    def write(template: str, name: str = "t.md.j2") -> Wording:
        target = tmp_path / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(template, "utf-8")
        return Wording(str(tmp_path), Place("ke-hoach/plan.yaml", 14, 3))

    return write


def plain(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs).replace("\u00a0", " ")


def said(blocks: Any) -> list[str]:
    """Each block with its mark: `#` for a heading, `-` for an item, `*` for what is bold or italic in it."""
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(f"# {block.number} {plain(block.text)}")
            continue
        assert isinstance(block, Paragraph)
        marked = any(run.bold or run.italic for run in block.runs)
        found.append(("- " if block.marker else "") + plain(block.runs) + (" *" if marked else ""))
    return found


# -- values --------------------------------------------------------------------------------------------

SIGNS = [
    "*nghiêng*", "**đậm**", "# đề mục", "## 2", "- một ý", "– một ý", "+ một ý", "{{ value }}", "{% if x %}",
    "{# lời #}", "5*3*2", "a - b - c", "<b> & \"c\" 'd'", "\\*", "1. một", "***", "#", "-", "👩‍⚖️ \u200f", "x" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("value", SIGNS)
def test_a_value_prints_as_it_is(written: Writer, value: str) -> None:
    assert plain(written("Theo {{ x }}, có").line("t.md.j2", x=value)) == f"Theo {value}, có"
    assert said(written("{{ x }}\n\n- {{ x }}").blocks("t.md.j2", x=value)) == [value, f"- {value}"]
    assert said(written("# {{ x }}\n*{{ x }}*").blocks("t.md.j2", x=value)) == [f"# I. {value}", f"{value} *"]


def test_a_value_of_several_lines_stays_in_its_paragraph(written: Writer) -> None:
    assert said(written("Theo {{ x }}.").blocks("t.md.j2", x="một\n\n- hai\r\n# ba")) == ["Theo một - hai # ba."]


def test_values_inside_lists_tables_and_things_are_values_too(written: Writer) -> None:
    class Thing:
        name = "*a*"
        parts = ("# b",)

    template = "{% for one in list %}\n- {{ one.name }} {{ one.parts[0] }}\n{% endfor %}\n"
    for entry in (Thing(), {"name": "*a*", "parts": ["# b"]}):
        assert said(written(template).blocks("t.md.j2", list=[entry])) == ["- *a* # b"]


def test_markup_stands_in_templates_macros_and_markdown(written: Writer) -> None:
    macro = "{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(x) }}"
    assert said(written(macro).blocks("t.md.j2", x="*")) == ["* *"]
    assert said(written("{{ x }}").blocks("t.md.j2", x=Markdown("- một\n\n- hai"))) == ["- một", "- hai"]


def test_a_value_compares_as_it_was_given(written: Writer) -> None:
    template = '{{ "có" if x == "half-year" and x in ("a", "half-year") and x != "*" else "không" }} {{ x|upper }}'
    assert plain(written(template).line("t.md.j2", x="half-year")) == "có HALF-YEAR"


def test_tokens_keep_their_origin_inside_a_value(written: Writer) -> None:
    words = written("{{ x }}.")
    origin = Place("ke-hoach/plan.yaml", route="title")
    runs = words.line("t.md.j2", x=f"*{words.token((Run('tên', origin=origin),))}*")
    assert [(run.text, run.origin) for run in runs] == [("*", None), ("tên", origin), ("*.", None)]


def test_signs_of_the_private_area_are_no_tokens(written: Writer) -> None:
    assert plain(written("{{ x }}").line("t.md.j2", x="\ue0007\ue001")) == "\ue0007\ue001"


def test_yaml_is_no_markdown(written: Writer) -> None:
    assert written("a: {{ x }}").text("t.md.j2", x="*-#") == "a: *-#\n"


# -- faults --------------------------------------------------------------------------------------------

FAULTS = [
    pytest.param("một\n{{ x", "t.md.j2:2 có lỗi: viết sai cú pháp mẫu", id="syntax"),
    pytest.param("một\n\n{{ y }}", "t.md.j2:3 có lỗi: dùng tên “y” mà văn bản này không có", id="undefined"),
    pytest.param("{{ x.z }}", "t.md.j2:1 có lỗi: dùng tên “z” mà văn bản này không có", id="attribute"),
    pytest.param("\n{{ 1 // 0 }}", "t.md.j2:2 có lỗi: không tính được", id="arithmetic"),
    pytest.param('{% include "u.md.j2" %}', "t.md.j2:1 có lỗi: gọi tới một mẫu không có", id="include"),
    pytest.param("{{ x.__class__.__mro__ }}", "t.md.j2:1 có lỗi:", id="sandbox"),
]


@pytest.mark.parametrize("template, message", FAULTS)
def test_a_fault_names_template_line_and_the_place_in_the_plan(written: Writer, template: str, message: str) -> None:
    with pytest.raises(WrongUse) as fault:
        written(template).line("t.md.j2", x="a")
    assert str(fault.value).startswith(f"mẫu templates/{message}")
    assert str(fault.value).endswith("(khi lập ke-hoach/plan.yaml:14:3)")
    assert "\n" not in str(fault.value)


# -- an office's own templates -------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A repository with all templates of its own."""
    folder = tmp_path / "Kho kế hoạch"
    shutil.copytree(papers.PAPERS, folder)
    assert cli.run(["templates", "export", str(folder)]) == 0
    return folder


def rendered(office: Path, *names: str) -> int:
    return cli.run(["render-plan", *names, "--repo", str(office), "-o", str(office / "ra"), "--no-cache"])


def change(office: Path, name: str, old: str, new: str) -> None:
    target = office / "templates" / name
    text = target.read_text("utf-8")
    assert old in text
    target.write_text(text.replace(old, new), "utf-8")


def test_export_gives_all_that_a_document_is_made_with(office: Path) -> None:
    exported = {path.relative_to(office / "templates").as_posix() for path in (office / "templates").rglob("*.*")}
    assert exported == {*template_check.shipped(), "style.docx", "settings.yaml"}


def test_export_changes_nothing(office: Path, tmp_path: Path) -> None:
    ours = papers.made(office, tmp_path / "a", "2024H1")
    theirs = papers.made(papers.PAPERS, tmp_path / "b", "2024H1")
    assert ours.keys() == theirs.keys()
    for name in ours:
        texts = [[par.text for par in docx.Document(str(tmp_path / one / f"{name}.docx")).paragraphs] for one in "ab"]
        assert texts[0] == texts[1]


def test_what_is_there_wins(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(office, "frame/words.md.j2", "Kính gửi: ", "Kính trình: ")
    capsys.readouterr()
    assert cli.run(["templates", "export", str(office)]) == 0
    assert "Giữ nguyên" in capsys.readouterr().out
    assert rendered(office, "cong-van-mot") == 0
    paragraphs = docx.Document(str(office / "ra" / "cong-van-mot.docx")).paragraphs
    assert any(par.text == "Kính trình: Sở Nội vụ" for par in paragraphs)
    assert cli.run(["templates", "export", str(office), "--force"]) == 0
    assert "Kính gửi: " in (office / "templates" / "frame" / "words.md.j2").read_text("utf-8")


def test_export_wants_a_repository(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"thiếu tệp bdg\.yaml"):
        cli.run(["templates", "export", str(tmp_path)])


WRONG = [
    pytest.param("frame/words.md.j2", "{{ addressee }}", "{{ adressee }}",
                 "frame/words.md.j2:11 có lỗi: dùng tên “adressee” ở câu “one-addressee” mà văn bản này không có; "
                 "có phải “addressee”?", id="undeclared"),
    pytest.param("frame/words.md.j2", "{{ addressee }}", "{{ place }}",
                 "frame/words.md.j2:11 có lỗi: dùng tên “place” ở câu “one-addressee” mà văn bản này không có; "
                 "các tên dùng được: addressee", id="name of another sentence"),
    pytest.param("plan/words.md.j2", '{% elif say == "decides" -%}\nQUYẾT ĐỊNH:\n', "",
                 "plan/words.md.j2 có lỗi: thiếu câu “decides”", id="sentence gone"),
    pytest.param("plan/answers.md.j2", "{{ what }}.", "{{ what }.",
                 "plan/answers.md.j2:4 có lỗi: viết sai cú pháp mẫu ({{ … }}, {% … %})", id="syntax"),
]  # fmt: skip


@pytest.mark.parametrize("name, old, new, message", WRONG)
def test_a_fault_of_an_own_template_is_found_before_anything_is_made(
    office: Path, name: str, old: str, new: str, message: str
) -> None:
    change(office, name, old, new)
    with pytest.raises(WrongUse) as fault:
        rendered(office, "ke-hoach")  # which would never come to the sentence
    assert str(fault.value) == f"mẫu templates/{message}"
    assert not (office / "ra").exists()


def test_names_that_are_not_printed_are_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(office, "report/body.md.j2", " {{ next_period }}", "")
    change(office, "frame/words.md.j2", "{{ place }}, {{ date }}", "{{ date }}")
    once = '{% elif say == "filed" -%}'
    change(office, "frame/words.md.j2", once, once.replace("filed", "fileds") + f"\nx\n{once}")
    (office / "templates" / "plan" / "word.md.j2").write_text("a", "utf-8")
    capsys.readouterr()
    assert rendered(office, "cong-van-mot") == 0
    out = capsys.readouterr().out
    assert "mẫu templates/report/body.md.j2:1: không in “next_period”\n" in out
    assert "mẫu templates/frame/words.md.j2:6: không in “place” ở câu “place-date”\n" in out
    assert "mẫu templates/frame/words.md.j2:18: câu “fileds” không được dùng; có phải “filed”?\n" in out
    assert (
        "mẫu templates/plan/word.md.j2 không được dùng: bdg không có mẫu tên ấy; có phải “plan/words.md.j2”?\n" in out
    )


def test_a_template_may_draw_in_another(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "templates" / "chung.md.j2").write_text("{{ place }}, {{ date }}", "utf-8")
    change(office, "frame/words.md.j2", "{{ place }}, {{ date }}", '{% include "chung.md.j2" %}')
    capsys.readouterr()
    assert rendered(office, "cong-van-mot") == 0
    assert "mẫu" not in capsys.readouterr().out
    head = docx.Document(str(office / "ra" / "cong-van-mot.docx")).tables[0]
    assert head.rows[1].cells[1].text == "Trà Vinh, ngày 04 tháng 3 năm 2024"


def test_the_shipped_templates_fit_themselves(tmp_path: Path) -> None:
    for name in template_check.shipped():
        assert template_check.sentences(None, name), name
    assert template_check.check(str(tmp_path), []) == []


def test_shipped_templates_use_each_name_that_they_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shipped template uses is what an office's own may use, so it must use all that is given, and no more."""
    given: dict[tuple[str, str], set[str]] = {}
    rendering = Wording._rendered

    def seen(self: Wording, name: str, values: dict[str, Any]) -> str:
        sentence = getattr(values.get("say"), "given", "")
        given.setdefault((name, sentence), set()).update(values.keys() - {"say"})
        return rendering(self, name, values)

    monkeypatch.setattr(Wording, "_rendered", seen)
    monkeypatch.setattr(batch, "FROM", 1000)  # in this process, where it can be seen
    papers.made(papers.PAPERS, tmp_path / "a", "2024H1")
    papers.made(papers.TOP / "plans", tmp_path / "b", "2024H1", "2023", "2024")
    papers.also(papers.PAPERS, tmp_path / "c")
    extract = ["render-plan", "ke-hoach", "--agency", "so-noi-vu-mau", "--no-cache"]
    cli.run([*extract, "--repo", str(papers.PAPERS), "-o", str(tmp_path / "d")])
    everything = (*points(60), *points(2, "warning"), *points(1, "info"))
    for granted in (accepted(60), (*accepted(60), *accepted(1, "Sở Nội vụ", "2026-12-31"))):
        sheet(everything, granted, ("demo/targets.yaml",), 2)
    sheet()
    for period in ("2024H1", "2024"):
        forms = ["form", "--all", "--period", period, "--repo", str(papers.TOP / "plans")]
        cli.run([*forms, "-o", str(tmp_path / "f")])
    papers.reminders(papers.TOP / "plans", tmp_path / "e", "2024H1")
    used = {
        (name, sentence): set(found.names)
        for name in template_check.shipped()
        for sentence, found in template_check.sentences(None, name).items()
    }
    assert {key: names for key, names in given.items() if used.get(key) != names} == {}
    assert {name for name, _ in given} == set(template_check.shipped())
