"""Fingerprints survive moved lines and reordered keys: the plans of this repository, shuffled, say the same."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bdg_cli import nodes
from bdg_cli.nodes import Mapping, Sequence
from bdg_cli.validation import validate

TODAY = "2026-11-23"
ROUNDS = 60  # mappings shuffled in each file

Marks = Counter[tuple[str, str, str]]


def mappings(node: nodes.Node) -> Iterator[Mapping]:
    """Every mapping of a tree."""
    if isinstance(node, Mapping):
        yield node
    if isinstance(node, Mapping | Sequence):
        for child in node.values() if isinstance(node, Mapping) else node:
            yield from mappings(child)


def shuffled(text: str, chance: random.Random) -> str:
    """The text with the keys of one of its block mappings in another order; comments go with the key above them."""
    source, faults = nodes.read("a.yaml", text)
    assert not [code for code, _ in faults if code == "TP001"]
    several = [one for one in mappings(source.root) if len(one.keys_at) > 1]
    chosen = chance.choice(several)
    starts = [word.start for word in chosen.keys_at.values()]
    lines = [source.position(start)[0] for start in starts]
    if len(set(lines)) < len(lines):
        return text  # written on one line: the order of its keys is shuffled elsewhere
    indent = source.position(starts[0])[1] - 1
    begins = [start - indent for start in starts]
    rows = text[begins[-1] :].splitlines(keepends=True)
    inside = 1
    while inside < len(rows) and (not rows[inside].strip() or len(rows[inside]) - len(rows[inside].lstrip()) > indent):
        inside += 1
    end = begins[-1] + sum(map(len, rows[:inside]))
    parts = [text[begin:stop] for begin, stop in zip(begins, [*begins[1:], end], strict=True)]
    lead, blank = parts[0][:indent], " " * indent
    parts[0] = blank + parts[0][indent:]
    parts = [part if part.endswith("\n") else f"{part}\n" for part in parts]
    chance.shuffle(parts)
    parts[0] = lead + parts[0][indent:]
    return text[: begins[0]] + "".join(parts) + text[end:]


def marks(root: Path) -> Marks:
    """Code, path and fingerprint of every finding."""
    outcome = validate(str(root), TODAY, use_cache=False, baseline=False)
    return Counter((one.code, one.place.path, one.fingerprint) for one in outcome.findings)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Marks]:
    root = tmp_path_factory.mktemp("kho") / "plans"
    shutil.copytree(Path(__file__).parents[1] / "plans", root)
    found = marks(root)
    assert len(found) > 40
    return root, found


def plan_files(root: Path) -> list[Path]:
    return [path for path in sorted(root.glob("*/*.yaml")) if (path.parent / "plan.yaml").exists()]


@pytest.mark.parametrize("seed", range(3))
def test_reordered_keys(before: tuple[Path, Marks], tmp_path: Path, seed: int) -> None:
    original, expected = before
    root = tmp_path / "plans"
    shutil.copytree(original, root)
    chance = random.Random(seed)
    for path in plan_files(root):
        text = start = path.read_text("utf-8")
        for _ in range(ROUNDS):
            text = shuffled(text, chance)
        assert text != start
        path.write_text(text, "utf-8")
    assert marks(root) == expected


@pytest.mark.parametrize("seed", range(2))
def test_moved_lines(before: tuple[Path, Marks], tmp_path: Path, seed: int) -> None:
    """Comments and blank lines before keys, and the line ends of Windows."""
    original, expected = before
    root = tmp_path / "plans"
    shutil.copytree(original, root)
    chance = random.Random(seed)
    for path in plan_files(root):
        rows = []
        for row in path.read_text("utf-8").splitlines(keepends=True):
            if re.match(r" *(- )?[a-z_]+:( |$)", row) and chance.random() < 0.3:
                rows.append(chance.choice(["\n", "# một dòng thêm\n", "\n\n# dời xuống\n"]))
            rows.append(row)
        path.write_bytes("".join(rows).replace("\n", "\r\n" if seed else "\n").encode())
    assert marks(root) == expected
