"""Changes to the values of a YAML file, as edits of its text: comments, order and styles stay as they are.

A change names its place by the route of keys and list positions from the root. What comes out is read again and held
against what was wanted: a file written in a way that cannot be changed safely is refused, never half changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bdg_cli import edit, emitter, nodes
from bdg_cli.emitter import Value
from bdg_cli.findings import Edit, Place
from bdg_cli.nodes import Mapping, Node, Scalar, Sequence, Source

Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Give the key at the end of the route a value, be it there or not; None takes it away."""

    route: Route
    value: Value | None


@dataclass(frozen=True, slots=True)
class Add:
    """Put an entry behind the last of the list at the route; a list that is not there yet is begun."""

    route: Route
    value: Value


class CannotAmend(Exception):  # noqa: N818 - not a fault of bdg: a way of writing that only people can change
    """The place that cannot be changed safely; the message is a Vietnamese sentence."""

    def __init__(self, place: Place) -> None:
        super().__init__("tệp viết theo kiểu chưa sửa tự động được ở đây; hãy sửa bằng tay")
        self.place = place


def plain(node: Node) -> Any:
    """The values of a tree without their places; blank keys are left out, since they count as not written."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items() if value is not None}
    if isinstance(node, Sequence):
        return [plain(entry) for entry in node]
    return str(node) if node is not None else None


def amended(path: str, text: str, changes: Iterable[Put | Add]) -> list[Edit]:
    """The edits that make the changes. Raises CannotAmend."""
    source, faults = nodes.read(path, text)
    if faults:
        raise CannotAmend(faults[0][1].place)
    whole = list(changes)
    wanted = _wanted(source, whole)
    if source.root is None:
        lead = "" if not text or text.endswith("\n") else "\n"
        edits = [Edit(path, len(text), len(text), lead + emitter.block(wanted))]
    else:
        edits = _Amending(source).edits(whole)
    if "\r\n" in text:
        edits = [Edit(path, one.start, one.end, one.new.replace("\r", "").replace("\n", "\r\n")) for one in edits]
    again, wrong = nodes.read(path, edit.edited(text, edits))
    if wrong or _folded(plain(again.root)) != _folded(wanted):
        raise CannotAmend(_near(source, whole))
    return edits


def _wanted(source: Source, changes: list[Put | Add]) -> Any:
    """The values of the file as they must read when the changes are made."""
    wanted = plain(source.root) if source.root is not None else {}
    for change in changes:
        try:
            _apply(wanted, change)
        except (KeyError, IndexError, TypeError, AttributeError):
            raise CannotAmend(_near(source, changes)) from None
    return wanted


def _apply(root: Any, change: Put | Add) -> None:
    """The same change on plain values."""
    *way, last = change.route
    owner = root
    for part in way:
        owner = owner[part]
    if isinstance(change, Add):
        owner.setdefault(last, []).append(deepcopy(change.value))
    elif change.value is None:
        owner.pop(last, None)
    else:
        owner[last] = deepcopy(change.value)


def _folded(value: Any) -> Any:
    """Values for comparing: how a text is broken into lines does not count."""
    if isinstance(value, dict):
        return {key: _folded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_folded(part) for part in value]
    return " ".join(str(value).split())


def _near(source: Source, changes: list[Put | Add]) -> Place:
    return (nodes.find(source.root, changes[0].route) if changes else None) or source.whole()


class _Amending:
    """The edits of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text

    def edits(self, changes: list[Put | Add]) -> list[Edit]:
        """One edit for each value changed, and one for all that is added at a place."""
        entries: dict[Route, list[Value]] = {}
        keys: dict[Route, dict[str, Value]] = {}
        edits: list[Edit] = []
        for change in changes:
            owner = self._node(change.route[:-1])
            if not isinstance(owner, Mapping):
                raise CannotAmend(self.source.whole())
            key = str(change.route[-1])
            if isinstance(change, Add):
                entries.setdefault(change.route, []).append(change.value)
            elif key in owner.keys_at:
                edits += self._put(owner, key, change.value)
            elif change.value is not None:
                keys.setdefault(change.route[:-1], {})[key] = change.value
        for route, values in entries.items():
            owner, key = self._node(route[:-1]), str(route[-1])
            assert isinstance(owner, Mapping)
            if key in owner.keys_at:
                edits.append(self._append(owner, key, values))
            else:
                keys.setdefault(route[:-1], {})[key] = values
        for route, values_by_key in keys.items():
            owner = self._node(route)
            assert isinstance(owner, Mapping)
            edits.append(self._new_keys(owner, values_by_key))
        # Where several lists end on one line, what belongs to the innermost comes first.
        return sorted(edits, key=lambda one: (one.start, -(len(one.new) - len(one.new.lstrip(" ")))))

    def _node(self, route: Route) -> Node:
        node: Any = self.source.root
        for part in route:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                raise CannotAmend(self.source.whole()) from None
        if node is None:
            raise CannotAmend(self.source.whole())
        return node  # type: ignore[no-any-return]

    # ------------------------------------------------------------------------------------ values

    def _put(self, owner: Mapping, key: str, value: Value | None) -> list[Edit]:
        node, word = owner[key], owner.keys_at[key]
        if value is None:
            return [self._taken_out(owner, key)]
        if node is None:
            return [self._filled(owner, key, value)]
        if isinstance(value, str) and isinstance(node, Scalar):
            return [Edit(self.source.path, node.start, node.end, self._restyled(owner, word, node, value))]
        if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
            colon = self._colon(word)
            return [Edit(self.source.path, colon, self._tail(node, word), f" {emitter.flow(value)}")]
        raise CannotAmend(word.place())

    def _restyled(self, owner: Mapping, key: Scalar, node: Scalar, value: str) -> str:
        """The value in the style the scalar had; a text that has grown too long for its line becomes a block."""
        raw = self.text[node.start : node.end]
        indent = self._column(owner.start) + 2
        if node.style in {"|", ">"}:
            head, _, rest = raw.partition("\n")
            indent = min((len(row) - len(row.lstrip(" ")) for row in rest.split("\n") if row.strip()), default=indent)
            trail = raw[len(raw.rstrip()) :]
            return "\n".join([head, *emitter.wrapped(value, indent)]) + trail
        in_flow = self._is_flow(owner)
        if not in_flow and emitter.needs_block(value, self._column(key.start) + len(key) + 2):
            return "\n".join(["|", *emitter.wrapped(value, indent)])
        line = " ".join(value.split()) if isinstance(value, emitter.Prose) else str(value)
        if node.style == "'" and "\n" not in line:
            return "'" + line.replace("'", "''") + "'"
        return emitter.quoted(line) if node.style == '"' else emitter.scalar(line, flow=in_flow)

    def _filled(self, owner: Mapping, key: str, value: Value) -> Edit:
        """A value for a key that was left blank; a comment behind it stays there."""
        colon = self._colon(owner.keys_at[key])
        if self._is_flow(owner) or isinstance(value, str):
            shown = emitter.flow(value) if self._is_flow(owner) or not isinstance(value, str) else emitter.scalar(value)
            return Edit(self.source.path, colon, colon, f" {shown}")
        assert isinstance(value, list | tuple | dict)
        end = self._line_end(colon)
        return Edit(self.source.path, end, end, self._lead(end) + emitter.block(value, self._column(owner.start) + 2))

    def _taken_out(self, owner: Mapping, key: str) -> Edit:
        """The key with its line; blanked only where something else stands on the line."""
        word, node = owner.keys_at[key], owner[key]
        end = self._tail(node, word)
        start = self.text.rfind("\n", 0, word.start) + 1
        stop = self._line_end(end)
        alone = not self.text[start : word.start].strip() and not self.text[end:stop].strip()
        if alone and not self._is_flow(owner) and len(owner.keys_at) > 1:
            return Edit(self.source.path, start, stop, "")
        return Edit(self.source.path, self._colon(word), end, "")

    # ------------------------------------------------------------------------------------ what is new

    def _append(self, owner: Mapping, key: str, values: list[Value]) -> Edit:
        node = owner[key]
        if node is None:
            return self._filled(owner, key, values)
        if not isinstance(node, Sequence):
            raise CannotAmend(owner.at(key))
        path = self.source.path
        if self.text[node.start : node.start + 1] == "[":
            if not node:
                below = "\n" + emitter.block(values, self._column(owner.start) + 2).rstrip("\n")
                return Edit(path, self._colon(owner.keys_at[key]), node.end, below)
            shown = "".join(f", {emitter.flow(value)}" for value in values)
            return Edit(path, node.end - 1, node.end - 1, shown)
        end = self._line_end(self._tail(node, owner.keys_at[key]))
        return Edit(path, end, end, self._lead(end) + emitter.block(values, self._column(node.start)))

    def _new_keys(self, owner: Mapping, values: dict[str, Value]) -> Edit:
        path = self.source.path
        if self._is_flow(owner):
            shown = ", ".join(f"{key}: {emitter.flow(value)}" for key, value in values.items())
            return Edit(path, owner.end - 1, owner.end - 1, f", {shown}" if owner.keys_at else shown)
        end = self._line_end(self._tail(owner, None))
        return Edit(path, end, end, self._lead(end) + emitter.block(values, self._column(owner.start)))

    # ------------------------------------------------------------------------------------ where things are

    def _is_flow(self, owner: Mapping) -> bool:
        return self.text[owner.start : owner.start + 1] == "{"

    def _column(self, offset: int) -> int:
        return self.source.position(offset)[1] - 1

    def _colon(self, key: Scalar) -> int:
        return self.text.index(":", key.end) + 1

    def _line_end(self, offset: int) -> int:
        stop = self.text.find("\n", offset)
        return stop + 1 if stop >= 0 else len(self.text)

    def _lead(self, offset: int) -> str:
        """A newline where the last line of the file has none."""
        return "" if not offset or self.text[offset - 1] == "\n" else "\n"

    def _tail(self, node: Node, key: Scalar | None) -> int:
        """Where the last thing that was written of a value ends; comments and blank lines behind it do not count."""
        if node is None:
            assert key is not None
            return self._colon(key)
        if isinstance(node, Scalar):
            raw = self.text[node.start : node.end]
            return node.start + len(raw.rstrip()) if node.style in {"|", ">"} else node.end
        if self.text[node.start : node.start + 1] in {"[", "{"}:
            return node.end
        if isinstance(node, Mapping):
            last = max(node.keys_at.values(), key=lambda word: word.start)
            return self._tail(node[str(last)], last)
        if node[-1] is None:
            raise CannotAmend(node.place())
        return self._tail(node[-1], None)
