"""Text into values that know their place: the first step of the flow.

Built from the events of libyaml's parser. Every scalar stays the text that was written; the models decide
what it means. What YAML would let pass and a planner would regret (repeated keys, anchors, tags) is a fault.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from bdg_cli.findings import Fault, Place

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 40

# The keys that name an entry of a list, in the order they are looked for. They make a route survive reordering.
NAMING_KEYS = ("id", "plan", "agency", "agencies", "group", "fingerprint", "code", "title", "name", "role")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

_TAB = "có dấu tab; YAML chỉ thụt dòng bằng dấu cách"

# What libyaml says, and what a planner can do about it.
_PROBLEMS = (
    (
        "mapping values are not allowed",
        "dấu hai chấm ở chỗ không được phép; câu có “: ” phải đặt trong ngoặc kép",
    ),
    ("could not find expected ':'", "thiếu dấu hai chấm sau khóa, hoặc dòng này thụt sai"),
    ("did not find expected key", "dòng này không thẳng hàng với các khóa cùng cấp"),
    ("did not find expected '-'", "mục này không thẳng hàng với các mục “-” cùng danh sách"),
    ("did not find expected ','", "ngoặc [ ] hoặc { } chưa đóng"),
    ("did not find expected node content", "ngoặc [ hoặc { mở ra mà chưa đóng, hoặc thừa một dấu phẩy"),
    ("unexpected end of stream", "dấu nháy hoặc ngoặc mở ra mà chưa đóng"),
    ("found a tab character", _TAB),
    ("hexdecimal number", "sau dấu \\ trong ngoặc kép là ký tự lạ; hãy viết \\\\ hoặc dùng nháy đơn"),
    ("cannot start any token", "ký tự đầu của giá trị là ký hiệu riêng của YAML; hãy đặt giá trị trong ngoặc kép"),
    ("unknown escape character", "sau dấu \\ trong ngoặc kép là ký tự lạ; hãy viết \\\\ hoặc dùng nháy đơn"),
    ("block sequence entries are not allowed", "dấu “-” của danh sách ở chỗ không được phép"),
)


class Source:
    """The text of one file, and the way from an offset in it to a line and a column."""

    __slots__ = ("_starts", "path", "root", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.root: Node = None
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in characters."""
        if self._starts is None:
            self._starts = [0] + [match.end() for match in re.finditer("\n", self.text)]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, start: int, end: int, route: Callable[[], str] | None = None) -> Place:
        """The place from `start` to `end`, with the route of keys and ids that leads to it.

        `route` is given where the place stands for more than what begins there: a whole mapping, a missing key.
        """
        return _Spot(self, start, end, route)

    def whole(self) -> Place:
        """The place of a finding about the whole file: 1:1."""
        return Place(self.path)


class _Spot(Place):
    """A place of a source. Lines and route are found when asked for: most places are of things that are right."""

    __slots__ = ("_find", "_source")

    def __init__(self, source: Source, start: int, end: int, find: Callable[[], str] | None) -> None:
        self.path = source.path
        self.start = start
        self.end = end
        self._source = source
        self._find = find

    def __getattr__(self, name: str) -> Any:
        """What is not there yet."""
        if name == "route":
            self.route = self._find() if self._find is not None else route_to(self._source.root, self.start)
        elif name in {"line", "column"}:
            self.line, self.column = self._source.position(self.start)
        elif name in {"end_line", "end_column"}:
            self.end_line, self.end_column = self._source.position(max(self.start, self.end))
        else:
            raise AttributeError(name)
        return getattr(self, name)

    def __reduce__(self) -> tuple[type[Place], tuple[Any, ...]]:
        """Kept as a plain place, without the text it is of."""
        return Place, self.pack()


class Scalar(str):
    """A scalar as written. `style` is libyaml's: None or empty (plain), a quote, `|` or `>`."""

    __slots__ = ("_rows", "end", "source", "start", "style")
    source: Source
    start: int
    end: int
    style: str
    _rows: tuple[int, list[int]]

    def place(self) -> Place:
        """Where the whole scalar stands."""
        return self.source.place(self.start, self.end)

    def part(self, start: int, end: int) -> Place:
        """Where characters `start` to `end` of the value stand in the file.

        Exact in `|` blocks and in scalars on one line without escapes; otherwise the whole scalar.
        """
        first = self._offset(start)
        last = self._offset(end)
        if first is None or last is None or last < first:
            return self.place()
        return self.source.place(first, last)

    def _offset(self, index: int) -> int | None:
        if self.style == "|":
            return self._block_offset(index)
        lead = 1 if self.style in {"'", '"'} else 0
        begin = self.start + lead
        return begin + index if self.source.text.startswith(self, begin) else None

    def _block_offset(self, index: int) -> int | None:
        try:
            indent, rows = self._rows
        except AttributeError:
            indent, rows = self._rows = self._block_rows()
        if not rows:
            return None
        line = self.count("\n", 0, index)
        column = index - (self.rfind("\n", 0, index) + 1)
        return rows[line] + indent + column if line < len(rows) else self.end

    def _block_rows(self) -> tuple[int, list[int]]:
        """The indent of a `|` block and where its rows begin; no rows where the value is not what is written."""
        raw = self.source.text[self.start : self.end]
        if not unicodedata.is_normalized("NFC", raw):
            return 0, []
        first, *rows = raw.split("\n")
        indent = min((len(row) - len(row.lstrip(" ")) for row in rows if row.strip()), default=0)
        starts = list(accumulate((len(row) + 1 for row in rows), initial=self.start + len(first) + 1))
        return indent, starts[:-1]


class Mapping(dict[str, Any]):
    """A YAML mapping: values by key, and each key as the scalar that stood there."""

    __slots__ = ("end", "keys_at", "source", "start")
    source: Source
    start: int
    end: int
    keys_at: dict[str, Scalar]

    def place(self) -> Place:
        """A mapping is marked at its first key: a whole block underlined says nothing. Its route is its own."""
        return self._marked(lambda: _route_of(self.source.root, self))

    def at(self, key: str) -> Place:
        """Where the value of `key` stands; the key itself where it is blank; the first key where it is missing.

        The route leads to `key` in each case: it must not change with what stands first.
        """
        value = self.get(key)
        if isinstance(value, Scalar) and value.end > value.start:
            return value.place()
        if isinstance(value, Mapping | Sequence) and value:
            return value.place()
        if key in self.keys_at:
            return self.keys_at[key].place()
        return self._marked(lambda: "/".join(part for part in (_route_of(self.source.root, self), key) if part))

    def _marked(self, route: Callable[[], str]) -> Place:
        first = next(iter(self.keys_at.values()), None)
        start, end = (first.start, first.end) if first is not None else (self.start, self.start)
        return self.source.place(start, end, route)


class Sequence(list[Any]):
    """A YAML sequence, marked at its first entry; its route is its own, whichever entry comes first."""

    __slots__ = ("end", "source", "start")
    source: Source
    start: int
    end: int

    def place(self) -> Place:
        """The place of the first entry that has one."""
        first = next((entry for entry in self if entry is not None), None)
        shown = first.place() if first is not None else self.source.place(self.start, self.start)
        return self.source.place(shown.start, shown.end, lambda: _route_of(self.source.root, self))


Node = Scalar | Mapping | Sequence | None


def read(path: str, text: str) -> tuple[Source, list[tuple[str, Fault]]]:
    """The tree of one YAML text under `Source.root` (None where it cannot be read), and its faults by code."""
    source = Source(path, text)
    faults: list[tuple[str, Fault]] = []
    if len(text) > MAX_CHARACTERS:
        message = f"tệp dài {len(text)} ký tự, quá giới hạn {MAX_CHARACTERS}; hãy tách thành nhiều tệp"
        return source, [("TP010", Fault(source.whole(), message))]
    faults.extend(("TP007", fault) for fault in _control_characters(source))
    if faults:
        return source, faults
    builder = _Builder(source)
    try:
        source.root = builder.document()
    except _TooDeep:
        source.root = None
    except MarkedYAMLError as error:
        faults.append(("TP001", _syntax_fault(source, error)))
    for _, fault in builder.faults:  # only now is there a tree for their routes
        fault.place = source.place(fault.place.start, fault.place.end)
    return source, [*builder.faults, *faults]


def find(root: Node, route: tuple[int | str, ...]) -> Place | None:
    """The place that a pydantic error location leads to; parts that pydantic adds itself are skipped."""
    node = root
    for step, part in enumerate(route):
        if isinstance(node, Mapping) and isinstance(part, str):
            if step == len(route) - 1 or node.get(part) is None:
                return node.at(part)
            node = node[part]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
    return node.place() if node is not None else None


def route_to(root: Node, offset: int) -> str:
    """Keys and ids from the root to the node at `offset`, joined by `/`. List positions are not part of it."""
    return _route(root, offset, None)


def _route_of(root: Node, target: Node) -> str:
    """The route of a mapping or sequence itself: what stands first in it begins at the same offset."""
    return _route(root, target.start, target) if target is not None else ""


def _route(root: Node, offset: int, target: Node) -> str:
    parts: list[str] = []
    node = root
    while node is not target or target is None:
        step = _step(node, offset)
        if step is None:
            break
        name, node = step
        if name:
            parts.append(name)
    return "/".join(parts)


def scalars(node: Node) -> Iterator[Scalar]:
    """Every value (not key) of a tree, in document order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from scalars(value)
    elif isinstance(node, Sequence):
        for value in node:
            yield from scalars(value)


def _step(node: Node, offset: int) -> tuple[str, Node] | None:
    """One level down: name and child. A block ends where the next one begins, so the last child that fits counts."""
    found: tuple[str, Node] | None = None
    if isinstance(node, Mapping):
        for key, word in node.keys_at.items():
            value = node.get(key)
            if word.start > offset:
                break
            if offset < word.end:
                return key, None
            if value is not None and value.start <= offset <= value.end:
                found = key, value
    elif isinstance(node, Sequence):
        entry = _entry_at(node, offset)
        if entry is not None and entry.start <= offset <= entry.end:
            found = name_of(entry), entry
    return found


def _entry_at(sequence: Sequence, offset: int) -> Node:
    """The last entry that begins at or before an offset: found by halves, since lists are long and asked often."""
    low, high = 0, len(sequence)
    while low < high:
        middle = (low + high) // 2
        at = next((one for one in range(middle, high) if sequence[one] is not None), high)  # a blank one has no place
        if at < high and sequence[at].start <= offset:
            low = at + 1
        else:
            high = middle
    return next((sequence[one] for one in range(low - 1, -1, -1) if sequence[one] is not None), None)


def name_of(entry: Node) -> str:
    """The name a list entry goes by in routes: its id, or what stands for one; empty for plain text."""
    if isinstance(entry, Mapping):
        for key in NAMING_KEYS:
            value = entry.get(key)
            if isinstance(value, Scalar):
                return str(value)
            if isinstance(value, Sequence):
                return "+".join(str(part) for part in value)
    return ""


def _control_characters(source: Source) -> Iterator[Fault]:
    match = _CONTROL.search(source.text)
    if match:
        code = ord(match.group())
        yield Fault(
            source.place(match.start(), match.end()),
            f"ký tự điều khiển U+{code:04X} không được có trong văn bản; hãy xóa nó",
        )


def _syntax_fault(source: Source, error: MarkedYAMLError) -> Fault:
    problem = error.problem or ""
    words = next((told for said, told in _PROBLEMS if said in problem), "sai cú pháp YAML ở đây")
    mark = error.problem_mark or error.context_mark
    index = min(mark.index if mark else 0, len(source.text))
    if source.text[index : index + 1] == "\t":
        words = _TAB
    related = []
    if error.context_mark and error.context_mark.index < index:
        related.append((source.place(error.context_mark.index, error.context_mark.index + 1), "bắt đầu từ đây"))
    return Fault(source.place(index, index + 1), f"không đọc được: {words}", related)


def _index(mark: Any) -> int:
    """The offset of a mark; libyaml always gives one, though its types allow none."""
    return int(mark.index)


class _TooDeep(Exception):  # noqa: N818 - stops the reading of a file; the finding says so
    """Reading stops here."""


class _Builder:
    """Turns the events of one document into nodes, and collects what YAML allows and bdg does not."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[tuple[str, Fault]] = []
        self._composed = unicodedata.is_normalized("NFC", source.text)
        self._next: Callable[[], Any] = CParser(source.text).get_event

    def document(self) -> Node:
        self._next()  # stream start
        if not isinstance(self._next(), DocumentStartEvent):
            return None
        root = self._node(self._next(), 0)
        self._next()  # document end
        following = self._next()
        if isinstance(following, DocumentStartEvent):
            self._fault("TP001", following, "tệp có hai tài liệu, ngăn bởi “---”; mỗi tệp chỉ một")
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, ScalarEvent):
            self._refuse_tricks(event)
            return self._scalar(event)
        if isinstance(event, AliasEvent):
            self._fault("TP006", event, f"bí danh “*{event.anchor}” không được dùng; hãy viết lại giá trị")
            return None
        self._refuse_tricks(event)
        if depth > MAX_DEPTH:
            self._fault("TP010", event, f"lồng nhau quá {MAX_DEPTH} tầng")
            raise _TooDeep
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        return self._sequence(event, depth)

    def _scalar(self, event: Any) -> Scalar | None:
        value = event.value
        style = event.style or ""
        if style == "" and value in {"", "~", "null"}:
            return None
        return self._text(event, value, style)

    def _text(self, event: Any, value: str, style: str) -> Scalar:
        if not self._composed:
            value = unicodedata.normalize("NFC", value)
        scalar = Scalar(value)
        scalar.source = self.source
        scalar.start = event.start_mark.index
        scalar.end = event.end_mark.index
        scalar.style = style
        if style == '"' and _CONTROL.search(value):
            message = "giá trị chứa ký tự điều khiển viết bằng dấu \\; hãy xóa nó"
            self.faults.append(("TP007", Fault(scalar.place(), message)))
        return scalar

    def _mapping(self, begun: Any, depth: int) -> Mapping:
        mapping = Mapping()
        mapping.source = self.source
        mapping.start = begun.start_mark.index
        mapping.keys_at = {}
        event: Any = self._next()
        while not isinstance(event, MappingEndEvent):
            self._entry(mapping, event, depth)
            event = self._next()
        mapping.end = _index(event.end_mark)
        return mapping

    def _entry(self, mapping: Mapping, event: Any, depth: int) -> None:
        """One key, whose event has been read, and its value."""
        if not isinstance(event, ScalarEvent):
            self._fault("TP005", event, "khóa phải là một từ, không phải danh sách hay bảng")
            self._node(event, depth + 1)
            self._node(self._next(), depth + 1)
            return
        self._refuse_tricks(event)
        key = self._text(event, event.value, event.style or "")
        self._enter(mapping, key, self._node(self._next(), depth + 1))

    def _enter(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        name = str(key)
        if name == "<<" and key.style == "":
            self.faults.append(("TP006", Fault(key.place(), "khóa trộn “<<” không được dùng; hãy viết lại các khóa")))
        elif name in mapping.keys_at:
            first = mapping.keys_at[name]
            message = f"khóa “{name}” đã có ở dòng {first.place().line}; hãy xóa một trong hai"
            self.faults.append(("TP002", Fault(key.place(), message, [(first.place(), "lần đầu ở đây")])))
        else:
            mapping.keys_at[name] = key
            mapping[name] = value

    def _sequence(self, begun: Any, depth: int) -> Sequence:
        sequence = Sequence()
        sequence.source = self.source
        sequence.start = begun.start_mark.index
        event: Any = self._next()
        while not isinstance(event, SequenceEndEvent):
            sequence.append(self._node(event, depth + 1))
            event = self._next()
        sequence.end = _index(event.end_mark)
        return sequence

    def _refuse_tricks(self, event: Any) -> None:
        if event.anchor:
            self._fault("TP006", event, f"neo “&{event.anchor}” không được dùng; hãy viết lại giá trị ở mỗi chỗ")
        if event.tag:
            self._fault("TP006", event, f"thẻ “{event.tag}” không được dùng; giá trị được hiểu theo khóa của nó")

    def _fault(self, code: str, event: Any, message: str) -> None:
        start = event.start_mark.index
        stop = self.source.text.find("\n", start)
        end = min(event.end_mark.index, stop if stop >= 0 else len(self.source.text))
        self.faults.append((code, Fault(self.source.place(start, max(end, start)), message)))
