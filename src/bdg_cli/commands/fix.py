"""`bdg fix`: the findings that can be mended without a person, as a diff; writes with `--apply`.

Edits are tried out in memory and the repository is checked again until nothing is left to mend, so that what is shown
is what would be written, and a second run changes nothing.
"""

from __future__ import annotations

import codecs
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bdg_cli import edit, load, nodes, validation
from bdg_cli.commands import terminal
from bdg_cli.commands.selection import chosen, codes, limited
from bdg_cli.findings import Edit, Finding
from bdg_cli.layout import find_root
from bdg_cli.nodes import Mapping, Node, Sequence
from bdg_cli.outputs import unified
from bdg_cli.screen import line
from bdg_cli.validation import Outcome

_ROUNDS = 10  # an edit may uncover another (a letter composed, then recognised); more rounds mend nothing


def run(select: str | None, paths: tuple[str, ...], *, repo: str | None, today: str | None, write: bool) -> int:
    """Show what would be mended, or write it. 1 where a difference is shown or something is left, else 0."""
    day = terminal.today(today)
    root = find_root(repo, paths)
    mending = _Mending(validation.validate(root, day), select, paths)
    for _ in range(_ROUNDS):
        if not mending.step():
            break
        mending.outcome = validation.validate(root, day, changed=mending.changed)
    prefix = terminal.prefix(root)
    if write:
        _write(mending, prefix)
    else:
        _show(mending, prefix)
    _say_what_is_left(mending, prefix)
    return 1 if mending.left or (mending.changed and not write) else 0


@dataclass
class _Mending:
    """A repository being mended in memory: `changed` has the new contents by path, `before` those on disk."""

    outcome: Outcome
    select: str | None
    paths: tuple[str, ...]
    changed: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def left(self) -> list[Finding]:
        """The findings asked for that could still be mended."""
        return [finding for finding in self._asked(self.outcome.findings) if finding.edits]

    @property
    def withheld(self) -> list[Finding]:
        """The findings asked for that must not be mended: issued text, files with broken YAML."""
        return self._asked(self.outcome.withheld)

    def step(self) -> bool:
        """Make every edit that can be made now; whether any was."""
        by_path: dict[str, dict[tuple[str, int, int, str], tuple[Edit, str]]] = {}
        for finding in self.left:
            for entry in finding.edits:
                by_path.setdefault(entry.path, {})[entry.pack()] = (entry, finding.code)
        made = [self._mend(path, list(entries.values())) for path, entries in by_path.items()]
        return any(made)

    def text(self, path: str) -> str:
        """A file as it was before."""
        return self.before[path].decode("utf-8-sig")

    def _asked(self, findings: list[Finding]) -> list[Finding]:
        known = codes(self.select, self.outcome.catalogue)
        asked = chosen(limited(self.outcome.layout, findings, self.paths), known, ())
        return [finding for finding in asked if not finding.accepted]

    def _mend(self, path: str, entries: list[tuple[Edit, str]]) -> bool:
        raw = load.content(self.outcome.layout, path)
        text = raw.decode("utf-8-sig")
        made = set(sound(path, text, edit.disjoint(entry for entry, _ in entries)))
        if not made:
            return False
        self.before.setdefault(path, raw)
        encoding = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
        self.changed[path] = edit.edited(text, made).encode(encoding)
        self.counts.setdefault(path, Counter()).update(code for entry, code in entries if entry in made)
        return True


def sound(path: str, text: str, edits: list[Edit]) -> list[Edit]:
    """Those edits that leave a YAML file what it was but for the words they change; of a table, all."""
    if not path.endswith(".yaml") or _holds(path, text, edits):
        return edits
    kept: list[Edit] = []
    for entry in edits:
        if _holds(path, text, [*kept, entry]):
            kept.append(entry)
    return kept


def _holds(path: str, text: str, edits: list[Edit]) -> bool:
    source, faults = nodes.read(path, text)
    after, new_faults = nodes.read(path, edit.edited(text, edits))
    known = Counter(code for code, _ in faults)
    if Counter(code for code, _ in new_faults) - known:
        return False
    spans, new_spans = list(_scalars(source.root)), list(_scalars(after.root))
    return [kind for kind, *_ in spans] == [kind for kind, *_ in new_spans] and all(
        new_end - new_start == end - start + _growth(edits, start, end)
        for (_, start, end), (_, new_start, new_end) in zip(spans, new_spans, strict=True)
    )


def _scalars(node: Node) -> Iterator[tuple[str, int, int]]:
    """Each branch and each scalar, keys too, of a tree in order: what it is, where it begins and ends."""
    if isinstance(node, Mapping):
        yield "mapping", -1, -1
        for key, word in node.keys_at.items():
            yield "key", word.start, word.end
            yield from _scalars(node[key])
    elif isinstance(node, Sequence):
        yield "sequence", -1, -1
        for entry in node:
            yield from _scalars(entry)
    else:
        yield ("scalar", node.start, node.end) if node is not None else ("blank", -1, -1)


def _growth(edits: list[Edit], start: int, end: int) -> int:
    """By how many characters the edits inside a stretch lengthen it."""
    return sum(len(one.new) - (one.end - one.start) for one in edits if start <= one.start and one.end <= end)


def _show(mending: _Mending, prefix: str) -> None:
    sheet = terminal.sheet(sys.stdout)
    parts = []
    for path, raw in mending.changed.items():
        # Letters that differ in code alone look the same: only these words say what the diff is about.
        parts.append(f"{_told(mending, path, prefix)}\n")
        parts.append(unified.render(prefix + path, mending.text(path), raw.decode("utf-8-sig"), sheet))
    terminal.emit("".join(parts))
    if mending.changed:
        _say(f"{_total(mending)}; thêm --apply để ghi")


def _write(mending: _Mending, prefix: str) -> None:
    for path, raw in mending.changed.items():
        disk = mending.outcome.layout.absolute(path)
        edit.write_file(disk, raw)
        print(f"Đã sửa {_told(mending, path, prefix)}")


def _say_what_is_left(mending: _Mending, prefix: str) -> None:
    if not mending.changed and not mending.left:
        _say("Không có gì sửa tự động được trong phạm vi ấy")
    for finding in mending.left:
        _say(f"không sửa được {prefix}{finding.place!r} {finding.code}: sửa tự động thì tệp không còn như cũ")
    held = len(mending.withheld)
    if held:
        _say(f"{held} chỗ để nguyên: văn bản đã ban hành không sửa, tệp có lỗi YAML cũng không; xem bdg validate")


def _told(mending: _Mending, path: str, prefix: str) -> str:
    counts = mending.counts[path]
    kinds = [f"{count} chỗ {code} ({mending.outcome.catalogue[code][1]})" for code, count in sorted(counts.items())]
    return line(f"{prefix}{path}: {'; '.join(kinds)}")


def _total(mending: _Mending) -> str:
    places = sum(count for counts in mending.counts.values() for count in counts.values())
    return f"{places} chỗ sửa được ở {len(mending.changed)} tệp"


def _say(sentence: str) -> None:
    """Words beside the diff go to the other stream, so that the diff alone can be piped on."""
    print(line(sentence), file=sys.stderr)
