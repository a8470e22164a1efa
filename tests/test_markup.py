"""The small Markdown of plan texts: blocks, emphasis, expressions, and where each piece stands."""

from __future__ import annotations

import pytest

from bdg_cli import nodes
from bdg_cli.findings import Place
from bdg_cli.markup import Expression, Literal, Text
from bdg_cli.nodes import Mapping


def shape(raw: str) -> list[tuple[bool, str]]:
    """Each block as (item?, text), expressions as <name:argument>."""
    blocks = []
    for block in Text(raw).blocks:
        parts = [
            piece.text if isinstance(piece, Literal) else f"<{piece.name}:{piece.argument}>" for piece in block.pieces
        ]
        blocks.append((block.item, "".join(parts)))
    return blocks


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("  \n\n", [], id="blank"),
        pytest.param("Một câu.", [(False, "Một câu.")], id="one-paragraph"),
        pytest.param("Một\nhai.\n", [(False, "Một hai.")], id="line-break-is-a-space"),
        pytest.param("Một \n  hai.", [(False, "Một hai.")], id="spaces-around-a-break"),
        pytest.param("Một\r\nhai.\r\n", [(False, "Một hai.")], id="crlf"),
        pytest.param("Một.\n\nHai.", [(False, "Một."), (False, "Hai.")], id="two-paragraphs"),
        pytest.param("Một.\n \t\nHai.", [(False, "Một."), (False, "Hai.")], id="line-of-spaces-separates"),
        pytest.param("Gồm:\n- một;\n- hai.", [(False, "Gồm:"), (True, "một;"), (True, "hai.")], id="items"),
        pytest.param("- một\n  tiếp;\n- hai.", [(True, "một tiếp;"), (True, "hai.")], id="item-on-two-lines"),
        pytest.param("+ một\n– hai", [(True, "một"), (True, "hai")], id="plus-and-dash"),
        pytest.param("2021 - 2030", [(False, "2021 - 2030")], id="dash-inside-is-no-item"),
        pytest.param("-5 độ", [(False, "-5 độ")], id="minus-is-no-item"),
    ],
)
def test_blocks(raw: str, expected: list[tuple[bool, str]]) -> None:
    assert shape(raw) == expected


@pytest.mark.parametrize(
    ("raw", "bold", "italic"),
    [
        pytest.param("a **b c** d", ["b c"], [], id="bold"),
        pytest.param("a *b c* d", [], ["b c"], id="italic"),
        pytest.param("**a** và *b*", ["a"], ["b"], id="both"),
        pytest.param("2 * 3 * 4", [], [], id="signs-of-multiplication"),
        pytest.param("a ** b ** c", [], [], id="spaces-inside"),
        pytest.param("x*y*z", [], [], id="inside-a-word"),
        pytest.param("(*) chú thích", [], [], id="footnote-mark"),
        pytest.param("**Đắk\nNông**", ["Đắk Nông"], [], id="over-a-line-break"),
    ],
)
def test_emphasis(raw: str, bold: list[str], italic: list[str]) -> None:
    pieces = [piece for block in Text(raw).blocks for piece in block.pieces if isinstance(piece, Literal)]
    assert [piece.text for piece in pieces if piece.bold] == bold
    assert [piece.text for piece in pieces if piece.italic] == italic


@pytest.mark.parametrize(
    ("raw", "name", "argument"),
    [
        pytest.param("{{ period }}", "period", None, id="name"),
        pytest.param("{{period}}", "period", None, id="no-spaces"),
        pytest.param('{{ cite("qd-2857") }}', "cite", "qd-2857", id="double-quotes"),
        pytest.param("{{ cite('qd-2857') }}", "cite", "qd-2857", id="single-quotes"),
        pytest.param('{{ cite( "a" ) }}', "cite", "a", id="spaces-inside"),
        pytest.param('{{ agency_short("x") }}', "agency_short", "x", id="underscore"),
        pytest.param('{{ cite("") }}', "cite", "", id="empty-argument"),
        pytest.param("{{ cite() }}", "", None, id="no-literal"),
        pytest.param("{{ cite(x) }}", "", None, id="a-name-is-no-literal"),
        pytest.param('{{ cite("a", "b") }}', "", None, id="two-arguments"),
        pytest.param("{{ a.b }}", "", None, id="attribute"),
        pytest.param("{{ a | upper }}", "", None, id="filter"),
        pytest.param("{{ 1 + 1 }}", "", None, id="arithmetic"),
        pytest.param("{{ }}", "", None, id="nothing"),
    ],
)
def test_expressions_are_a_closed_grammar(raw: str, name: str, argument: str | None) -> None:
    text = f"Theo {raw}, năm"
    (found,) = Text(text).expressions()
    assert (found.name, found.argument) == (name, argument)
    assert text[found.start : found.end] == raw


def test_nothing_else_of_jinja_means_anything() -> None:
    raw = "{% for x in y %}{# ghi chú #}{ x }"
    assert shape(raw) == [(False, raw)]
    assert list(Text(raw).expressions()) == []


def test_expressions_inside_emphasis_keep_it() -> None:
    (found,) = Text('a **b {{ act("x") }} c** d').expressions()
    assert (found.bold, found.italic) == (True, False)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param('Theo {{ cite("a") }} và **{{ act("b") }}**.\n\n- mục *nghiêng*\n', id="everything"),
        pytest.param("Đắk Nông\nnăm {{ period }}", id="after-vietnamese"),
    ],
)
def test_offsets_of_pieces_point_into_the_value(raw: str) -> None:
    for block in Text(raw).blocks:
        for piece in block.pieces:
            if isinstance(piece, Expression):
                assert raw[piece.start : piece.end].startswith("{{")
                assert raw[piece.start : piece.end].endswith("}}")
            else:
                assert raw[piece.start :].startswith(piece.text.split(" ")[0])


def test_text_knows_its_place_in_the_file() -> None:
    source, _ = nodes.read("demo/plan.yaml", "opening: |\n  Căn cứ\n  {{ cite }}\n")
    assert isinstance(source.root, Mapping)
    scalar = source.root["opening"]
    text = Text(str(scalar), scalar)
    (found,) = text.expressions()
    place = text.place(found.start, found.end)
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 3, 3, 13)
    assert place.route == "opening"
    assert text.place() == scalar.place()


def test_text_made_in_code_has_no_place_and_equals_by_value() -> None:
    assert Text("a").place() == Place("")
    assert Text("a") == Text("a")
    assert Text("a") != Text("b")
    assert len({Text("a"), Text("a")}) == 1
