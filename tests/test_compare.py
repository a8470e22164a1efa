"""Which lines belong together, and what is said of them: on lines made by hand, and how it grows."""

from __future__ import annotations

import time

import pytest

from bdg_cli.documents.compare import Author, Change, Standing, compare, edits
from bdg_cli.documents.docx_reader import Line, Mark, Spot, WordFile
from bdg_cli.documents.docx_writer import Origin
from bdg_cli.documents.docx_xml import digest
from bdg_cli.documents.matching import groups, moved
from bdg_cli.findings import Place

TOUCHED = Standing(sealed=False, current=True)


def line(text: str, number: int = 0, spot: Spot | None = None, was: str = "") -> Line:
    """A line, in a bookmark where it has a number; `was` is what it said when it was made."""
    marks = (Mark(number, f"{number:08x}", digest(was or text), 0, len(text)),) if number else ()
    return Line(text, "VB Thân bài", spot or Spot(), marks)


def paired(old: list[Line], new: list[Line]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(group.old, group.new) for group in groups(tuple(old), tuple(new))]


def test_a_bookmark_counts_for_more_than_text() -> None:
    old = [line("Một", 1), line("Hai", 2)]
    assert paired(old, [line("Hai", 1, was="Một"), line("Một", 2, was="Hai")]) == [((0,), (0,)), ((1,), (1,))]


def test_without_bookmarks_text_counts_then_likeness() -> None:
    old = [line("Tập huấn cán bộ", 1), line("Phát hành sổ tay hỏi đáp", 2), line("Kiểm tra", 3)]
    new = [line("Kiểm tra"), line("Phát hành cẩm nang hỏi đáp"), line("Điều gì khác hẳn")]
    assert paired(old, new) == [((0,), ()), ((1,), ()), ((2,), (0,)), ((), (1,)), ((), (2,))]
    assert paired(old, [line("Tập huấn cán bộ"), *new[1:2], line("Kiểm tra")]) == [
        ((0,), (0,)), ((1,), (1,)), ((2,), (2,)),
    ]  # fmt: skip


def test_what_is_left_of_a_row_goes_by_column() -> None:
    def row(number: int, *texts: str) -> list[Line]:
        return [
            line(text, 9 * number if at == 0 else 0, Spot(1, number, at + 1)) for at, text in enumerate(texts) if text
        ]

    old = [*row(1, "Việc một", "%", "5"), *row(2, "Việc hai", "%", "7")]
    new = [*row(1, "Việc một", "%", "6"), *row(2, "Việc hai", "%", "8")]
    assert paired(old, new) == [((at,), (at,)) for at in range(6)]


def test_the_fewest_lines_have_moved() -> None:
    old = [line(str(number), number) for number in range(1, 7)]
    new = [old[at] for at in (1, 2, 5, 3, 4, 0)]
    assert {group.old for group in moved(groups(tuple(old), tuple(new)))} == {(0,), (5,)}


def compared(old: list[Line], new: list[Line], standing: Standing = TOUCHED) -> list[tuple[Change, Author]]:
    origins = tuple(Origin(f"a#{number}", Place("a", number)) for number in range(1, 40))
    found = compare(WordFile(tuple(old), {}, {}, False, 0), origins, WordFile(tuple(new), {}, {}, False, 0), standing)
    return [(one.change, one.author) for one in found]


@pytest.mark.parametrize(
    "new, changes",
    [
        pytest.param([line("Một  hai\u00a0ba", 1)], [], id="spaces-are-spaces"),
        pytest.param([Line("", "x", Spot(), (Mark(1, "00000001", "", 0, 0),))], [Change.DELETED], id="emptied"),
        pytest.param([line("Một hai ba", 1), line("Bốn")], [Change.ADDED], id="added"),
        pytest.param([line("2. Một hai ba", 1)], [Change.CHANGED], id="a-number-comes"),
    ],
)  # fmt: skip
def test_changes(new: list[Line], changes: list[Change]) -> None:
    assert [change for change, _ in compared([line("Một hai ba", 1)], new)] == changes


def test_only_the_number_differs() -> None:
    mark = Mark(1, "00000001", digest("2. Việc"), 3, 7)
    assert compared([line("2. Việc", 1)], [Line("3. Việc", "x", Spot(), (mark,))]) == [
        (Change.RENUMBERED, Author.PERSON)
    ]


def test_a_file_nobody_saved_differs_because_of_the_repository() -> None:
    standing = Standing(sealed=True, current=False)
    assert compared([line("Một", 1)], [line("Hai", 1)], standing) == [(Change.CHANGED, Author.REPOSITORY)]
    assert compared([line("Một", 1)], [], standing) == [(Change.DELETED, Author.REPOSITORY)]
    assert compared([], [line("Một", 1)], standing) == [(Change.ADDED, Author.REPOSITORY)]


@pytest.mark.parametrize(
    "old, new",
    [("", ""), ("a b c", "a x c"), ("a b", "a b c"), ("b c", "a b c"), ("một hai", "ba"), ("x", ""), ("", "x y")],
)
def test_edits_cover_both_texts(old: str, new: str) -> None:
    found = list(edits(old, new))
    assert "".join(old[start:end] for start, end, _ in found) == old
    assert "".join(text for _, _, text in found) == new


def test_cost_grows_with_the_lines() -> None:
    """All bookmarks lost, every line a little changed: the worst case is still linear."""

    def cost(count: int) -> float:
        old = [
            line(f"Nhiệm vụ {number}: tuyên truyền về bình đẳng giới trong cơ quan", number)
            for number in range(1, count)
        ]
        new = [line(f"{one.text} và đơn vị") for one in old]
        began = time.process_time()
        assert len(groups(tuple(old), tuple(new))) < 2 * count
        return time.process_time() - began

    cost(50)
    assert cost(1600) < 12 * cost(400)
