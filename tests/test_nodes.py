"""Text into nodes: each value knows its place and stays the text that was written; YAML tricks are faults."""

from __future__ import annotations

import pytest

from bdg_cli import nodes
from bdg_cli.findings import Fault, Place
from bdg_cli.nodes import Mapping, Scalar, Sequence

PATH = "demo/plan.yaml"


def tree(text: str) -> Mapping:
    source, faults = nodes.read(PATH, text)
    assert faults == []
    assert isinstance(source.root, Mapping)
    return source.root


def faults_of(text: str) -> list[tuple[str, Fault]]:
    return nodes.read(PATH, text)[1]


def spot(place: Place) -> tuple[int, int, int, int]:
    return place.line, place.column, place.end_line, place.end_column


def value_at(root: object, *route: str | int) -> object:
    node = root
    for part in route:
        node = node[part]  # type: ignore[index]
    return node


# -------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        pytest.param("number: 12\n", "number", (1, 9, 1, 11), id="plain"),
        pytest.param("place: Trà Vinh\nnumber: 12\n", "number", (2, 9, 2, 11), id="line-after-vietnamese"),
        pytest.param("{place: Đắk Nông, number: 12}\n", "number", (1, 27, 1, 29), id="column-after-vietnamese"),
        pytest.param("{place: 😀, number: 12}\n", "number", (1, 20, 1, 22), id="column-after-astral-character"),
        pytest.param("place: Trà Vinh\r\nnumber: 12\r\n", "number", (2, 9, 2, 11), id="crlf"),
        pytest.param('number: "12"\n', "number", (1, 9, 1, 13), id="quotes-belong-to-the-value"),
        pytest.param("# chú thích\n\nnumber: 12 # số\n", "number", (3, 9, 3, 11), id="comment-is-not-part"),
        pytest.param("title: Kế hoạch\n  năm 2024\nx: 1\n", "title", (1, 8, 2, 11), id="multi-line-whole"),
        pytest.param("number:\n", "number", (1, 1, 1, 7), id="blank-at-key"),
        pytest.param("number: ~\n", "number", (1, 1, 1, 7), id="tilde-at-key"),
        pytest.param("number: null\n", "number", (1, 1, 1, 7), id="null-at-key"),
        pytest.param("a: 1\nnumber:   # trống\n", "number", (2, 1, 2, 7), id="blank-with-comment"),
        pytest.param('number: ""\n', "number", (1, 9, 1, 11), id="empty-quotes"),
        pytest.param("number: {}\n", "number", (1, 1, 1, 7), id="empty-mapping-at-key"),
        pytest.param("number: []\n", "number", (1, 1, 1, 7), id="empty-sequence-at-key"),
        pytest.param("a:\n  b: 1\n", "a", (2, 3, 2, 4), id="mapping-at-its-first-key"),
        pytest.param("a:\n  - x\n  - y\n", "a", (2, 5, 2, 6), id="sequence-at-its-first-entry"),
        pytest.param("kind: plan\nstatus: draft\n", "number", (1, 1, 1, 5), id="missing-at-first-key"),
    ],
)
def test_place_of_a_value(text: str, key: str, expected: tuple[int, int, int, int]) -> None:
    assert spot(tree(text).at(key)) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("t: năm 2024 này\n", "2024", (1, 8, 1, 12), id="plain"),
        pytest.param('t: "Đến năm 2024"\n', "2024", (1, 13, 1, 17), id="double-quoted"),
        pytest.param("t: 'Đến năm 2024'\n", "2024", (1, 13, 1, 17), id="single-quoted"),
        pytest.param("t: |\n  Một.\n  Đến 2024.\n", "2024", (3, 7, 3, 11), id="block"),
        pytest.param("t: |-\n  Một.\n\n  Hai 2024\n", "2024", (4, 7, 4, 11), id="block-after-blank-line"),
        pytest.param("t: |\r\n  Một.\r\n  Hai 2024.\r\n", "2024", (3, 7, 3, 11), id="block-crlf"),
        pytest.param("t: |\n  Một:\n    - Hai 2024\n", "2024", (3, 11, 3, 15), id="block-deeper-line"),
        pytest.param("t: |2\n    Thụt 2024\n  Một\n", "2024", (2, 10, 2, 14), id="block-with-indicator"),
        pytest.param("a:\n  - t: |\n      Năm 2024\n", "2024", (3, 11, 3, 15), id="block-in-a-list"),
        pytest.param("t: |\n  Theo {{ cite }}.\n", "{{ cite }}", (2, 8, 2, 18), id="expression-at-its-braces"),
    ],
)
def test_part_of_a_value_is_exact(text: str, words: str, expected: tuple[int, int, int, int]) -> None:
    scalar = next(scalar for scalar in nodes.scalars(tree(text)) if words in scalar)
    start = scalar.index(words)
    place = scalar.part(start, start + len(words))
    assert spot(place) == expected
    assert text[place.start : place.end] == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("t: Đến năm\n  2024 thì\n", id="plain-on-two-lines"),
        pytest.param('t: "Đến năm\n  2024 thì"\n', id="quoted-on-two-lines"),
        pytest.param("t: >\n  Đến năm\n  2024 thì\n", id="folded"),
        pytest.param('t: "Đ\\u1ebfn 2024"\n', id="escape"),
        pytest.param("t: 'Đến ''2024'' thì'\n", id="doubled-quote"),
    ],
)
def test_part_of_other_scalars_is_the_whole(text: str) -> None:
    scalar = tree(text)["t"]
    start = scalar.index("2024")
    assert scalar.part(start, start + 4) == scalar.place()
    assert scalar.place().column == 4


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_line_of_a_block_is_found(newline: str) -> None:
    lines = ["Một hai", "", "Đắk Nông, ngày 05", "  - thụt vào", "hết"]
    text = newline.join(["a: 1", "t: |", *("  " + line if line else "" for line in lines), "z: 2", ""])
    scalar = tree(text)["t"]
    assert scalar == "\n".join(lines) + "\n"
    for index, line in enumerate(lines):
        if line:
            start = scalar.index(line)
            place = scalar.part(start, start + len(line))
            assert (place.line, text[place.start : place.end]) == (index + 3, line)


def test_offsets_cut_out_what_was_written() -> None:
    text = 'a: "Đắk Nông"\nb:\n  - {c: ễ, d: 1.10}\n  - x\n'
    for scalar in nodes.scalars(tree(text)):
        assert str(scalar) in text[scalar.start : scalar.end]
        line, column = scalar.place().line, scalar.place().column
        assert text.split("\n")[line - 1][column - 1 :].startswith(text[scalar.start : scalar.end])


def test_a_fault_of_a_whole_file_stands_at_its_head() -> None:
    assert nodes.read(PATH, "")[0].whole() == Place(PATH, 1, 1, 1, 1)


# -------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "010",
        "1.10",
        "12:30",
        "2024H1",
        "2024-06-15",
        "1e3",
        "0x1F",
        "true",
        "+84",
        ".5",
        "1_000",
    ],
)
def test_scalars_stay_text(written: str) -> None:
    value = tree(f"v: {written}\n")["v"]
    assert isinstance(value, Scalar)
    assert value == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("~", None, id="tilde"),
        pytest.param("null", None, id="null"),
        pytest.param('"null"', "null", id="quoted-null"),
        pytest.param("'~'", "~", id="quoted-tilde"),
        pytest.param('""', "", id="quoted-empty"),
    ],
)
def test_only_blank_values_are_none(written: str, expected: str | None) -> None:
    root = tree(f"v: {written}\n")
    assert root["v"] == expected
    assert "v" in root.keys_at


def test_scalars_in_document_order() -> None:
    text = "a: 1\nb: [2, {c: 3}]\nd:\n  - 4\n  - null\n  - e: 5\n"
    assert [str(scalar) for scalar in nodes.scalars(tree(text))] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "text", ["", "# chỉ chú thích\n", "---\n", "\n\n"], ids=["empty", "comment", "marker", "blank"]
)
def test_nothing_written_is_no_tree_and_no_fault(text: str) -> None:
    source, faults = nodes.read(PATH, text)
    assert source.root is None
    assert faults == []


# -------------------------------------------------------------------------------------- routes

TARGETS = """\
objectives:
  - id: "1"
    title: Một
    targets:
      - id: "1.1"
        text: Tỷ lệ nữ
        measures:
          - {id: "1.1", value: 60}
      - id: "1.2"
        text: Tỷ lệ khác
"""


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        pytest.param(("objectives", 0, "title"), "objectives/1/title", id="objective"),
        pytest.param(
            ("objectives", 0, "targets", 0, "measures", 0, "value"),
            "objectives/1/targets/1.1/measures/1.1/value",
            id="measure",
        ),
        pytest.param(("objectives", 0, "targets", 1, "text"), "objectives/1/targets/1.2/text", id="second-target"),
    ],
)
def test_route_names_keys_and_ids(route: tuple[str | int, ...], expected: str) -> None:
    scalar = value_at(tree(TARGETS), *route)
    assert isinstance(scalar, Scalar)
    assert scalar.place().route == expected


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param("# một dòng thêm\n\n" + TARGETS, id="lines-above"),
        pytest.param(TARGETS.replace("\n", "\r\n"), id="crlf"),
        pytest.param(TARGETS.replace("    title: Một\n", "") + "    title: Một\n", id="keys-reordered"),
        pytest.param(
            TARGETS.replace('      - id: "1.1"', '      - id: "1.0"\n        text: Mới\n      - id: "1.1"'),
            id="entry-before",
        ),
    ],
)
def test_routes_survive_moved_lines(moved: str) -> None:
    def routes(text: str) -> set[str]:
        return {scalar.place().route for scalar in nodes.scalars(tree(text))}

    assert routes(TARGETS) <= routes(moved)


def test_route_of_a_key_and_of_plain_entries() -> None:
    root = tree("parents: [a, b]\nnumber:\n")
    assert root.at("number").route == "number"
    assert [entry.place().route for entry in root["parents"]] == ["parents", "parents"]


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        pytest.param("{text: x, id: '2.1'}", "2.1", id="id-wherever-it-stands"),
        pytest.param("{agency: so-y-te, role: owner}", "so-y-te", id="agency"),
        pytest.param("{text: x}", "", id="nothing-that-names"),
        pytest.param("chữ", "", id="plain-text"),
        pytest.param("{id: , title: Một}", "Một", id="blank-id"),
    ],
)
def test_name_of_an_entry(entry: str, name: str) -> None:
    assert nodes.name_of(tree(f"a: [{entry}]\n")["a"][0]) == name


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        pytest.param(("a", 1, "b"), (3, 8, 3, 9), id="value"),
        pytest.param(("a", 1, "nope"), (3, 5, 3, 6), id="missing-key-at-first-key"),
        pytest.param(("a", 1, "b", "decimal"), (3, 8, 3, 9), id="what-pydantic-adds-is-skipped"),
        pytest.param(("a", 9), (2, 5, 2, 6), id="index-out-of-range"),
    ],
)
def test_find_follows_an_error_location(route: tuple[str | int, ...], expected: tuple[int, int, int, int]) -> None:
    place = nodes.find(tree("a:\n  - b: 1\n  - b: 2\n"), route)
    assert place is not None
    assert spot(place) == expected


def test_find_in_an_empty_file_is_none() -> None:
    assert nodes.find(None, ("kind",)) is None


# -------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        pytest.param("title: Kế hoạch: năm 2024\n", (1, 16), "đặt trong ngoặc kép", id="colon-in-plain-text"),
        pytest.param("kind plan\nstatus: draft\n", (2, 7), "dấu hai chấm ở chỗ không được phép", id="no-colon"),
        pytest.param("a: 1\nstatus\nb: 2\n", (3, 1), "thiếu dấu hai chấm", id="key-without-colon"),
        pytest.param("a:\n  b: 1\n c: 2\n", (3, 2), "không thẳng hàng", id="indentation"),
        pytest.param("a: [1, 2\nb: 3\n", (2, 2), "chưa đóng", id="bracket-left-open"),
        pytest.param('a: "Đến năm\nb: 3\n', (3, 1), "dấu nháy hoặc ngoặc mở ra mà chưa đóng", id="quote-left-open"),
        pytest.param('a: "x\\q"\n', (1, 6), "\\\\", id="unknown-escape"),
        pytest.param('a: "C:\\Users"\n', (1, 9), "\\\\", id="path-of-windows"),
        pytest.param("a: @b\n", (1, 4), "ngoặc kép", id="reserved-sign"),
        pytest.param("a: - b\n", (1, 4), "“-”", id="list-on-the-key-line"),
    ],
)
def test_syntax_is_told_where_it_broke_and_what_to_do(text: str, at: tuple[int, int], words: str) -> None:
    source, faults = nodes.read(PATH, text)
    assert [code for code, _ in faults] == ["TP001"]
    fault = faults[0][1]
    assert (fault.place.line, fault.place.column) == at
    assert words in fault.message
    assert source.root is None


def test_indenting_with_tabs_is_called_so() -> None:
    ((code, fault),) = faults_of("a:\n\tb: c\n")
    assert (code, fault.place.line) == ("TP001", 2)
    assert "dấu tab" in fault.message


@pytest.mark.parametrize(
    ("text", "began"),
    [
        pytest.param('title: Vì\na: "Đến năm\nb: 3\n', (2, 4), id="quote"),
        pytest.param("title: Vì\na: [1, 2\nb: 3\n", (2, 4), id="bracket"),
        pytest.param("a:\n  b: 1\n c: 2\n", (1, 1), id="mapping"),
    ],
)
def test_syntax_tells_where_the_broken_thing_began(text: str, began: tuple[int, int]) -> None:
    ((code, fault),) = faults_of(text)
    assert code == "TP001"
    ((place, words),) = fault.related
    assert (place.line, place.column) == began
    assert words == "bắt đầu từ đây"


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "TP002", (3, 1, 3, 2), id="repeated-key"),
        pytest.param('x:\n  - {a: 1, "a": 2}\n', "TP002", (2, 12, 2, 15), id="repeated-in-flow-quoted"),
        pytest.param("a: &x 1\n", "TP006", (1, 4, 1, 8), id="anchor"),
        pytest.param("a: *x\n", "TP006", (1, 4, 1, 6), id="alias-of-nothing"),
        pytest.param("a: !!str 1\n", "TP006", (1, 4, 1, 11), id="tag"),
        pytest.param("a: !nghi-dinh 1\n", "TP006", (1, 4, 1, 16), id="local-tag"),
        pytest.param("a: !!python/object:os.system {}\n", "TP006", (1, 4, 1, 31), id="python-tag"),
        pytest.param("a:\n  <<: {b: 1}\n", "TP006", (2, 3, 2, 5), id="merge-key"),
        pytest.param("? [a, b]\n: c\n", "TP005", (1, 3, 1, 4), id="key-that-is-a-list"),
        pytest.param("a: 1\n---\nb: 2\n", "TP001", (2, 1, 2, 4), id="two-documents"),
        pytest.param("a: x\x07y\n", "TP007", (1, 5, 1, 6), id="bell"),
        pytest.param("a: x\x00y\n", "TP007", (1, 5, 1, 6), id="nul"),
        pytest.param("Trà: x\nb: \x1by\n", "TP007", (2, 4, 2, 5), id="escape-character"),
        pytest.param("a: x\x9fy\n", "TP007", (1, 5, 1, 6), id="c1"),
        pytest.param('a: "x\\x07y"\n', "TP007", (1, 4, 1, 12), id="bell-written-as-an-escape"),
    ],
)
def test_what_yaml_allows_and_bdg_does_not(text: str, code: str, expected: tuple[int, int, int, int]) -> None:
    found = faults_of(text)
    assert [entry[0] for entry in found] == [code]
    assert spot(found[0][1].place) == expected


def test_repeated_key_keeps_the_first_and_names_it() -> None:
    source, ((_, fault),) = nodes.read(PATH, "a: 1\nb: 2\na: 3\n")
    assert source.root == {"a": "1", "b": "2"}
    assert "dòng 1" in fault.message
    assert [(place.line, place.column) for place, _ in fault.related] == [(1, 1)]


def test_control_character_is_named_and_nothing_is_read() -> None:
    source, ((_, fault),) = nodes.read(PATH, "a: x\x0by\n")
    assert "U+000B" in fault.message
    assert source.root is None


def test_each_trick_is_a_fault_of_its_own() -> None:
    found = faults_of("a: &x {b: 1}\nc:\n  <<: *x\nd: *x\n")
    assert sorted((code, fault.place.line) for code, fault in found) == [
        ("TP006", 1), ("TP006", 3), ("TP006", 3), ("TP006", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "deep",
    [
        pytest.param("[" * 30_000 + "]" * 30_000, id="lists"),
        pytest.param("{a: " * 30_000 + "}" * 30_000, id="mappings"),
        pytest.param("a: " + "[" * 60 + "]" * 60, id="just-too-deep"),
    ],
)
def test_too_deep_is_one_fault_not_a_crash(deep: str) -> None:
    found = faults_of(deep + "\n")
    assert [code for code, _ in found] == ["TP010"]


def test_a_plan_may_be_as_deep_as_it_needs() -> None:
    assert faults_of("a: " + "[" * 30 + "]" * 30 + "\n") == []


def test_too_long_is_told_at_the_head_of_the_file() -> None:
    source, ((code, fault),) = nodes.read(PATH, "# " + "x" * nodes.MAX_CHARACTERS)
    assert (code, spot(fault.place)) == ("TP010", (1, 1, 1, 1))
    assert source.root is None


def test_aliases_do_not_multiply() -> None:
    """The "billion laughs" text: each alias is a fault, none is expanded."""
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    source, faults = nodes.read(PATH, "\n".join(lines) + "\n")
    assert {code for code, _ in faults} == {"TP006"}
    assert sum(1 for _ in nodes.scalars(source.root)) == 1


def test_sequence_without_values_has_a_place() -> None:
    value = tree("a:\n  -\n  -\n")["a"]
    assert isinstance(value, Sequence)
    assert value.place().line == 2
