"""Writing: a file is there whole or as before, and an edit changes what it names and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bdg_cli import edit, nodes
from bdg_cli.findings import Edit
from bdg_cli.nodes import Mapping


def test_write_makes_folders_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "Kế hoạch năm 2024" / "sâu" / "tệp.yaml"
    edit.write_file(str(path), "nội dung\r\n".encode())
    assert path.read_bytes() == "nội dung\r\n".encode()
    assert [entry.name for entry in path.parent.iterdir()] == ["tệp.yaml"]


def test_write_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1000)
    edit.write_file(str(path), b"y")
    assert path.read_bytes() == b"y"


def test_write_into_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    edit.write_file("a.yaml", b"x")
    assert (tmp_path / "a.yaml").read_bytes() == b"x"


def test_a_write_that_fails_leaves_things_as_they_were(tmp_path: Path) -> None:
    target = tmp_path / "a"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        edit.write_file(str(target), b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert (target / "inside").is_dir()


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        pytest.param("abcdef", [], "abcdef", id="none"),
        pytest.param("abcdef", [(1, 3, "X")], "aXdef", id="replace"),
        pytest.param("abcdef", [(4, 5, "Y"), (1, 3, "X")], "aXdYf", id="any-order"),
        pytest.param("abcdef", [(3, 3, "+")], "abc+def", id="insert"),
        pytest.param("abcdef", [(0, 2, ""), (2, 4, "X")], "Xef", id="touching"),
        pytest.param("abcdef", [(6, 6, "!")], "abcdef!", id="at-the-end"),
        pytest.param("Đắk\r\nNông", [(5, 9, "Lắk")], "Đắk\r\nLắk", id="crlf-stays"),
    ],
)
def test_edited(text: str, edits: list[tuple[int, int, str]], expected: str) -> None:
    assert edit.edited(text, [Edit("a", *entry) for entry in edits]) == expected


@pytest.mark.parametrize("edits", [[(0, 3, "x"), (2, 4, "y")], [(1, 4, "x"), (2, 3, "y")]])
def test_overlapping_edits_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        edit.edited("abcdef", [Edit("a", *entry) for entry in edits])


def test_a_value_is_changed_and_every_other_character_stays() -> None:
    text = '# chú thích\r\nplace: "Trà Vinh"   # địa danh\r\nbasis: [a,  b]\r\n'
    source, _ = nodes.read("plan.yaml", text)
    assert isinstance(source.root, Mapping)
    scalar = source.root["place"]
    place = scalar.part(0, len(scalar))
    changed = edit.edited(text, [Edit("plan.yaml", place.start, place.end, "Cà Mau")])
    assert changed == text.replace("Trà Vinh", "Cà Mau")


def test_edits_one_by_one_from_the_end_are_the_same() -> None:
    rng = random.Random(0)
    for _ in range(200):
        text = "".join(rng.choice("aăâbĐê\n") for _ in range(40))
        marks = sorted(rng.sample(range(41), 6))
        edits = [
            Edit("a", start, end, rng.choice(["", "X", "ừm"])) for start, end in zip(*[iter(marks)] * 2, strict=True)
        ]
        expected = text
        for entry in reversed(edits):
            expected = expected[: entry.start] + entry.new + expected[entry.end :]
        rng.shuffle(edits)
        assert edit.edited(text, edits) == expected
