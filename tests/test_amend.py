"""Changes to YAML as edits: what is asked for changes, every other character stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bdg_cli import edit, nodes
from bdg_cli.amend import Add, CannotAmend, Put, amended, plain
from bdg_cli.emitter import Name, Prose, block

PLAN = """\
# đầu tệp
reports:
  - plan: mau  # kế hoạch mẫu
    due: 2024-06-18
    received:
      - agency: so-a
        sent: 2024-06-12  # nộp giấy
        summary: |
          Dòng một
          dòng hai.

      # sở B nói sẽ gửi sau
      - agency: so-b
        note: chưa gửi
# cuối tệp
"""


def changed(text: str, *changes: Put | Add) -> str:
    return edit.edited(text, amended("x.yaml", text, changes))


def test_a_scalar_is_replaced_in_its_style() -> None:
    text = 'a: 1\nb: \'x\'\nc: "y"\nd: {op: ">=", value: 4}\ne: |\n  cũ\n\nf: 2  # sau\n'
    wanted = 'a: 1.5\nb: \'nó\'\'là\'\nc: "một \\"hai\\""\nd: {op: ">=", value: 5}\ne: |\n  mới\n\nf: 3  # sau\n'
    assert (
        changed(
            text,
            Put(("a",), "1.5"),
            Put(("b",), "nó'là"),
            Put(("c",), 'một "hai"'),
            Put(("d", "value"), "5"),
            Put(("e",), Prose("mới")),
            Put(("f",), "3"),
        )
        == wanted
    )


def test_new_keys_and_entries_stand_behind_what_is_there() -> None:
    done = changed(
        PLAN,
        Put(("reports", 0, "received", 1, "sent"), "2024-06-20"),
        Add(("reports", 0, "received"), {"agency": "so-c", "sent": "2024-06-21"}),
        Add(("reports",), {"plan": "khac"}),
    )
    assert done == PLAN.replace(
        "        note: chưa gửi\n",
        "        note: chưa gửi\n        sent: 2024-06-20\n"
        "      - agency: so-c\n        sent: 2024-06-21\n"
        "  - plan: khac\n",
    )


def test_a_key_is_taken_away_with_its_line() -> None:
    assert changed(PLAN, Put(("reports", 0, "received", 1, "note"), None)) == PLAN.replace(
        "        note: chưa gửi\n", ""
    )


def test_a_key_with_a_comment_behind_it_is_blanked() -> None:
    done = changed(PLAN, Put(("reports", 0, "received", 0, "sent"), None))
    assert "        sent:  # nộp giấy\n" in done


def test_the_first_key_of_an_entry_keeps_its_dash() -> None:
    assert changed("a:\n  - x: 1\n    y: 2\n", Put(("a", 0, "x"), None)) == "a:\n  - x:\n    y: 2\n"


def test_blank_keys_are_filled() -> None:
    text = "number:  # trống\nlist:  # chưa có\nflow: {a: , b: 1}\n"
    done = changed(text, Put(("number",), "12"), Add(("list",), {"x": "1"}), Put(("flow", "a"), "5"))
    assert done == "number: 12  # trống\nlist:  # chưa có\n  - x: 1\nflow: {a: 5 , b: 1}\n"


def test_flow_lists_and_mappings_grow() -> None:
    text = "a: [x]\nb: []\nc: {d: 1}\n"
    done = changed(text, Add(("a",), "y, z"), Add(("b",), {"k": "v"}), Put(("c", "e"), "f"))
    assert done == 'a: [x, "y, z"]\nb:\n  - k: v\nc: {d: 1, e: f}\n'


def test_a_list_that_is_not_there_is_begun() -> None:
    assert changed("a: 1\n", Add(("b",), Name("2.1")), Add(("b",), "x")) == 'a: 1\nb: ["2.1", x]\n'


def test_a_list_of_ids_is_written_on_one_line() -> None:
    assert changed("a:\n  - x\n  - y\nb: 1\n", Put(("a",), ["x"])) == "a: [x]\nb: 1\n"


def test_a_file_of_comments_gets_its_first_values() -> None:
    assert changed("# trống\n", Add(("reports",), {"plan": "mau"})) == "# trống\nreports:\n  - plan: mau\n"


def test_a_file_without_a_last_newline_is_closed() -> None:
    assert changed("a: 1", Put(("b",), "2")) == "a: 1\nb: 2\n"


def test_the_line_ends_of_the_file_are_kept() -> None:
    text = PLAN.replace("\n", "\r\n")
    changes = (
        Put(("reports", 0, "received", 0, "summary"), Prose("Một.\n- hai")),
        Add(("reports", 0, "received"), {"agency": "so-c", "sent": "2024-06-21"}),
    )
    assert changed(text, *changes) == changed(PLAN, *changes).replace("\n", "\r\n")


def test_long_prose_is_wrapped_and_no_line_begins_with_a_dash() -> None:
    text = Prose("từ " * 19 + "cậy - nhà tạm lánh tại cộng đồng " * 4)
    done = changed("a:\n  - text: ngắn\n", Put(("a", 0, "text"), text))
    source, faults = nodes.read("x.yaml", done)
    assert faults == []
    assert max(map(len, done.splitlines())) <= 100
    assert not any(line.lstrip().startswith("- nhà") for line in done.splitlines())
    assert " ".join(plain(source.root)["a"][0]["text"].split()) == " ".join(text.split())


def test_items_and_paragraphs_stay_apart() -> None:
    done = block({"result": Prose("Mở đầu.\n- một\n- hai\n\nKết.")})
    assert done == "result: |\n  Mở đầu.\n  - một\n  - hai\n\n  Kết.\n"


@pytest.mark.parametrize(
    "word", ["no", "null", "~", "a: b", "a #b", "- x", "'x", "[x", "@x", "*x", "&x", "%x", "x:", "", " x", "=1+1"]
)
def test_words_that_yaml_reads_otherwise_are_quoted(word: str) -> None:
    source, faults = nodes.read("x.yaml", block({"a": word, "b": ["x", word]}))
    assert faults == []
    assert plain(source.root) == {"a": word, "b": ["x", word]}


def test_what_cannot_be_changed_safely_is_refused_with_its_place() -> None:
    with pytest.raises(CannotAmend) as told:
        amended("x.yaml", "a: 1\nb: [1, [2]]\n", [Put(("b", "c"), "1")])
    assert "bằng tay" in str(told.value)
    with pytest.raises(CannotAmend):
        amended("x.yaml", "a: &x 1\n", [Put(("a",), "2")])


def every_value(
    node: nodes.Node, route: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], nodes.Scalar]]:
    """Every scalar that stands under a key, with its route."""
    pairs: Any = node.items() if isinstance(node, nodes.Mapping) else enumerate(node if isinstance(node, list) else ())
    for key, value in pairs:
        if isinstance(value, nodes.Scalar) and isinstance(key, str):
            yield (*route, key), value
        else:
            yield from every_value(value, (*route, key))


@pytest.mark.parametrize("style", ["plain", "prose"])
def test_every_value_of_every_plan_can_be_changed_at_once(top: Path, style: str) -> None:
    """What comes out is read again inside `amended`; here, that every comment and blank line is still there."""
    paths = sorted((top / "plans").rglob("*.yaml"))
    assert len(paths) > 10
    for path in paths:
        text = path.read_text("utf-8")
        source, _ = nodes.read(path.name, text)
        values = [(route, value) for route, value in every_value(source.root) if "\n\n" not in value.strip()]
        new = [Prose(f"{value} sửa") if style == "prose" else f"{' '.join(value.split())} sửa" for _, value in values]
        done = changed(text, *(Put(route, value) for (route, _), value in zip(values, new, strict=True)))
        comments = [line for line in text.splitlines() if not line.strip() or line.lstrip().startswith("#")]
        kept = [line for line in done.splitlines() if not line.strip() or line.lstrip().startswith("#")]
        assert kept == comments, path
