"""Findings for people: place, excerpt with underline, message, related places, the way out, a summary.

One string, written once. Light on imports: it stands on the path that answers from the cache.
"""

from __future__ import annotations

import os

from bdg_cli.findings import ERROR, INFO, SEVERITIES, WARNING, Finding, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bdg_cli.layout import Layout
    from bdg_cli.validation import Outcome

_NAMES = {ERROR: "lỗi", WARNING: "cảnh báo", INFO: "lưu ý"}
_COLOURS = {ERROR: "31", WARNING: "33", INFO: "36"}
_INDENT = 2
_NARROWEST = 40


class Sheet:
    """How to print: width in columns, and whether with colour."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = max(width, _NARROWEST)
        self.colour = colour

    def paint(self, text: str, *codes: str) -> str:
        """The text in an ANSI look, or as it is."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour else text


class _Lines:
    """The lines of files that findings point to, read once each."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._read: dict[str, list[str]] = {}

    def line(self, place: Place) -> str | None:
        """The line a place begins on; None where the file cannot be shown."""
        if place.start < 0:
            return None
        if place.path not in self._read:
            self._read[place.path] = self._lines(place.path)
        lines = self._read[place.path]
        return lines[place.line - 1] if place.line <= len(lines) else None

    def _lines(self, path: str) -> list[str]:
        package = os.path.join(os.path.dirname(os.path.dirname(__file__)), "reference")
        shipped = path.startswith("bdg:")
        disk = os.path.join(package, *path[4:].split("/")) if shipped else self._layout.absolute(path)
        try:
            with open(disk, encoding="utf-8-sig", errors="replace", newline="") as stream:
                return stream.read().split("\n")
        except OSError:
            return []


def render(outcome: Outcome, findings: list[Finding], sheet: Sheet, prefix: str, limit: int | None = None) -> str:
    """The whole report: the open findings, of which at most `limit` are shown, and how many are accepted.

    `prefix` leads from the current folder to the repository, so that places can be clicked.
    """
    lines = _Lines(outcome.layout)
    explained: set[str] = set()
    parts: list[str] = []
    plan: str | None = ""
    open_ones = [finding for finding in findings if not finding.accepted]
    for finding in open_ones[:limit]:
        if finding.plan != plan:
            plan = finding.plan
            heading = f"Kế hoạch {plan}" if plan else "Tệp chung của kho"
            parts.append(f"{sheet.paint(heading, '1')}\n")
        parts.append(_finding(outcome, finding, sheet, lines, prefix, finding.code not in explained))
        explained.add(finding.code)
    if limit is not None and len(open_ones) > limit:
        parts.append(f"… và {len(open_ones) - limit} mục nữa không hiện ở đây (--limit).\n")
    parts.append(_summary(outcome, findings, sheet))
    return "\n".join(parts) + "\n"


def _finding(outcome: Outcome, finding: Finding, sheet: Sheet, lines: _Lines, prefix: str, first: bool) -> str:
    _, title, way_out = outcome.catalogue[finding.code]
    colour = _COLOURS[finding.severity]
    name = sheet.paint(f"{_NAMES[finding.severity]} {finding.code}", "1", colour)
    rows = [f"{name} {title}", f"  {sheet.paint(_where(finding.place, prefix), '2')}"]
    margin = len(str(max([finding.place.line, *(place.line for place, _ in finding.related)])))
    rows += _excerpt(finding.place, lines, sheet, margin, "^", colour)
    rows += wrapped(finding.message, sheet.width, "  = ")
    for place, words in finding.related[:4]:
        rows.append(f"  {sheet.paint(_where(place, prefix), '2')}: {words}")
        rows += _excerpt(place, lines, sheet, margin, "-", "36")
    if len(finding.related) > 4:
        rows.append(f"  … và {len(finding.related) - 4} chỗ nữa")
    if first and way_out:
        rows += wrapped(f"Cách xử lý: {way_out} (bdg explain {finding.code})", sheet.width, "  → ")
    return "\n".join(rows) + "\n"


def _where(place: Place, prefix: str) -> str:
    path = place.path if place.path.startswith("bdg:") else prefix + place.path
    return f"{path}:{place.line}:{place.column}"


def _excerpt(place: Place, lines: _Lines, sheet: Sheet, margin: int, sign: str, colour: str) -> list[str]:
    """The line with its marked part underlined, cut so that the part is seen."""
    line = lines.line(place)
    if line is None:
        return []
    line = _visible(line.rstrip("\r\n"))
    first = place.column - 1
    last = place.end_column - 1 if place.end_line == place.line else len(line)
    room = sheet.width - margin - 5
    start = 0 if last <= room else max(0, min(first - room // 4, len(line) - room))
    shown = line[start : start + room]
    if start:
        shown = f"…{shown[1:]}"
    if start + room < len(line):
        shown = f"{shown[:-1]}…"
    length = max(1, min(last, start + room) - first)
    pad = " " * _width(line[start:first])
    under = sheet.paint(sign * max(1, _width(line[first : first + length]) or length), colour)
    gutter = " " * (margin + _INDENT)
    return [f"{gutter} │", f"{place.line:>{margin + _INDENT}} │ {shown}", f"{gutter} │ {pad}{under}"]


def _width(text: str) -> int:
    """Columns on a terminal: marks that combine with the letter before take none."""
    return sum(1 for sign in text if not "\u0300" <= sign <= "\u036f")


def _visible(text: str) -> str:
    """Control characters must not reach a terminal: each becomes one visible sign. No command of a runner stays one."""
    text = text.replace("##[", "#·[")
    return "".join(sign if sign >= " " and not "\x7f" <= sign <= "\x9f" else "·" for sign in text)


def wrapped(text: str, width: int, lead: str) -> list[str]:
    """The text in rows. A row of data must not begin as a command of a CI runner does (`::error`)."""
    rows: list[str] = []
    row = lead
    for word in _visible(text).replace("::", ":·:").split(" "):
        if len(row) + len(word) + 1 > width and row.strip(" =→"):
            rows.append(row.rstrip())
            row = " " * len(lead)
        row += f"{word} "
    return [*rows, row.rstrip()]


def _summary(outcome: Outcome, findings: list[Finding], sheet: Sheet) -> str:
    open_ones = [finding for finding in findings if not finding.accepted]
    counts = {name: sum(finding.severity == name for finding in open_ones) for name in SEVERITIES}
    told = ", ".join(f"{count} {_NAMES[name]}" for name, count in counts.items() if count)
    scope = f"{outcome.file_count} tệp, {len(outcome.layout.plans)} kế hoạch"
    hidden = len(findings) - len(open_ones)
    accepted = f"; {hidden} đã chấp nhận" if hidden else ""
    if not told:
        return sheet.paint(f"Không có lỗi, cảnh báo nào{accepted} ({scope}).", "1", "32")
    colour = _COLOURS[next(name for name in SEVERITIES if counts[name])]
    return sheet.paint(f"{told}{accepted} ({scope}).", "1", colour)
