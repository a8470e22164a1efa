"""Findings for people: place, excerpt with underline, message, related places, the way out, a summary.

One string, written once. Light on imports: it stands on the path that answers from the cache.
"""

from __future__ import annotations

from bdg_cli.findings import ERROR, INFO, NOT_CHECKED, SEVERITIES, WARNING, Finding, Place
from bdg_cli.outputs.lines import Lines
from bdg_cli.screen import line, visible, width, window, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bdg_cli.validation import Outcome

SHARED = "Tệp chung của kho"

_NAMES = {ERROR: "lỗi", WARNING: "cảnh báo", INFO: "lưu ý"}
_COLOURS = {ERROR: "31", WARNING: "33", INFO: "36"}
_INDENT = 2
_NARROWEST = 40
_RELATED = 4
_NO_BREAK = "\u00a0"


class Sheet:
    """How to print: width in columns, and whether with colour."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = max(width, _NARROWEST)
        self.colour = colour

    def paint(self, text: str, *codes: str) -> str:
        """The text in an ANSI look, or as it is."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour else text


def render(outcome: Outcome, findings: list[Finding], sheet: Sheet, prefix: str, limit: int | None = None) -> str:
    """The whole report: the open findings, of which at most `limit` are shown, and how many are accepted.

    `prefix` leads from the current folder to the repository, so that places can be clicked.
    """
    open_ones = _by_plan(finding for finding in findings if not finding.accepted)
    parts = listing(outcome, open_ones, sheet, prefix, limit)
    if limit is not None and len(open_ones) > limit:
        parts.append(f"… và {len(open_ones) - limit} mục nữa không hiện ở đây (--limit).\n")
    parts.append(_summary(outcome, findings, sheet))
    return "\n".join(parts) + "\n"


def listing(
    outcome: Outcome, findings: list[Finding], sheet: Sheet, prefix: str, limit: int | None = None
) -> list[str]:
    """A heading for each plan and a paragraph for each finding, in the order given; of those the first `limit`."""
    lines = Lines(outcome.layout, _pointed_at(findings[:limit]))
    counts: dict[str | None, dict[str, int]] = {}
    for finding in findings:
        own = counts.setdefault(finding.plan, dict.fromkeys(SEVERITIES, 0))
        own[finding.severity] += 1
    explained: set[str] = set()
    parts: list[str] = []
    before: str | None = ""
    for finding in findings[:limit]:
        if finding.plan != before:
            before = finding.plan
            parts.append(_heading(before, counts[before], sheet))
        parts.append(_finding(outcome, finding, sheet, lines, prefix, finding.code not in explained))
        explained.add(finding.code)
    return parts


def _pointed_at(findings: Iterable[Finding]) -> Iterator[Place]:
    """The places whose lines are shown."""
    for finding in findings:
        yield finding.place
        yield from (place for place, _ in finding.related[:_RELATED])


def _by_plan(findings: Iterable[Finding]) -> list[Finding]:
    """Shared files first, then plan by plan; what a file's faults left unchecked follows them."""
    return sorted(
        findings,
        key=lambda one: (one.plan is not None, one.plan or "", one.place.path, one.code == NOT_CHECKED),
    )


def _heading(plan: str | None, counts: dict[str, int], sheet: Sheet) -> str:
    name = f"Kế hoạch {visible(plan)}" if plan else SHARED
    told = f"── {name}: {_counted(counts)}"
    rule = "─" * (min(sheet.width, 80) - width(told) - 1)
    return f"{sheet.paint(f'{told} {rule}'.rstrip(), '1')}\n"


def _finding(outcome: Outcome, finding: Finding, sheet: Sheet, lines: Lines, prefix: str, first: bool) -> str:
    _, title, way_out = outcome.catalogue[finding.code]
    colour = _COLOURS[finding.severity]
    name = sheet.paint(f"{_NAMES[finding.severity]} {finding.code}", "1", colour)
    fixable = " (bdg fix sửa được)" if finding.edits else ""
    rows = [f"{name} {title}{fixable}", sheet.paint(_where(finding.place, prefix), "2")]
    shown = finding.related[:_RELATED]
    margin = len(str(max([finding.place.line, *(place.line for place, _ in shown)])))
    rows += _excerpt(finding.place, lines, sheet, margin, "^", colour)
    rows += wrapped(finding.message, sheet.width, "  = ")
    for place, words in shown:
        rows += _beside(_where(place, prefix), words, sheet)
        rows += _excerpt(place, lines, sheet, margin, "-", "36")
    if len(finding.related) > _RELATED:
        rows.append(f"  … và {len(finding.related) - _RELATED} chỗ nữa")
    if first and way_out:
        command = f"(bdg explain {finding.code})".replace(" ", _NO_BREAK)  # to be copied whole
        told = wrapped(f"Cách xử lý: {way_out} {command}", sheet.width, "  → ")
        rows += [row.replace(_NO_BREAK, " ") for row in told]
    return "\n".join(rows) + "\n"


def _where(place: Place, prefix: str) -> str:
    path = place.path if place.path.startswith("bdg:") else prefix + place.path
    return line(f"  {path}:{place.line}:{place.column}")


def _beside(where: str, words: str, sheet: Sheet) -> list[str]:
    """A place and what it has to do with the finding; on two lines where one is too narrow."""
    if width(where) + 2 + width(words) <= sheet.width:
        return [f"{sheet.paint(where, '2')}: {visible(words)}"]
    return [sheet.paint(where, "2"), *wrapped(words, sheet.width, "    ")]


def _excerpt(place: Place, lines: Lines, sheet: Sheet, margin: int, sign: str, colour: str) -> list[str]:
    """The line with its marked part underlined, cut so that the part is seen."""
    whole = lines.of(place)
    if whole is None:
        return []
    text = visible(whole)
    first = min(place.column - 1, len(text))
    last = min(place.end_column - 1, len(text)) if place.end_line == place.line else len(text)
    shown, before, marked = window(text, first, max(first, last), sheet.width - margin - _INDENT - 3)
    gutter = " " * (margin + _INDENT)
    under = sheet.paint(sign * marked, colour)
    return [f"{gutter} │", f"{place.line:>{margin + _INDENT}} │ {shown}", f"{gutter} │ {' ' * before}{under}"]


def _summary(outcome: Outcome, findings: list[Finding], sheet: Sheet) -> str:
    open_ones = [finding for finding in findings if not finding.accepted]
    counts = {name: sum(finding.severity == name for finding in open_ones) for name in SEVERITIES}
    told = _counted(counts) or "Không có lỗi, cảnh báo nào"
    hidden = len(findings) - len(open_ones)
    unread = len({path for _, path, _ in outcome.not_checked})
    fixable = sum(1 for finding in open_ones if finding.edits)
    told += f"; {hidden} đã chấp nhận" if hidden else ""
    told += f"; {unread} tệp chưa kiểm tra được" if unread else ""
    told += f"; bdg fix sửa được {fixable}" if fixable else ""
    told += f" ({outcome.file_count} tệp, {len(outcome.layout.plans)} kế hoạch)."
    colour = _COLOURS[next(name for name in SEVERITIES if counts[name])] if open_ones else "32"
    return "\n".join(sheet.paint(row, "1", colour) for row in wrapped(told, sheet.width))


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {_NAMES[name]}" for name, count in counts.items() if count)
