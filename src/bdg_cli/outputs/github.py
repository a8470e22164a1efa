"""Findings as workflow commands of GitHub Actions (annotations on the changed lines), and its job summary."""

from __future__ import annotations

from bdg_cli.findings import ERROR, INFO, SEVERITIES, WARNING, Finding
from bdg_cli.outputs.for_machines import SHIPPED, address
from bdg_cli.screen import plain
from bdg_cli.validation import Outcome

LIMIT = 10  # GitHub shows no more of one kind from one step
COMMANDS = {ERROR: "error", WARNING: "warning", INFO: "notice"}

_NAMES = {ERROR: "lỗi", WARNING: "cảnh báo", INFO: "lưu ý"}
_RELATED = 4
_ROOM = 900_000  # bytes; GitHub drops a summary of more than 1 MiB
# Every sign that Markdown, or GitHub's own links, could take for more than a letter.
_MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]()<>&|~#!:@$"}


def render(outcome: Outcome, findings: list[Finding], prefix: str = "") -> str:
    """At most ten commands of each kind, gravest first; what is left over is summed up in a last notice.

    `prefix` leads from the top of the checkout to the repository. Accepted findings are left out.
    """
    open_ones = [finding for finding in findings if not finding.accepted]
    kinds = {name: [finding for finding in open_ones if finding.severity == name] for name in SEVERITIES}
    room = dict.fromkeys(SEVERITIES, LIMIT)
    if any(len(kinds[name]) > LIMIT for name in SEVERITIES):
        room[INFO] = LIMIT - 1  # the sum is a notice too
    rows = [_annotation(outcome, finding, prefix) for name in SEVERITIES for finding in kinds[name][: room[name]]]
    over = {name: len(kinds[name]) - room[name] for name in SEVERITIES if len(kinds[name]) > room[name]}
    if over:
        told = f"Còn {_counted(over)} không hiện ở đây; chạy bdg validate để xem tất cả"
        rows.append(command("notice", {"title": "bdg"}, told))
    return "".join(f"{row}\n" for row in rows)


def job_summary(outcome: Outcome, findings: list[Finding], prefix: str = "") -> str:
    """Markdown for the file `$GITHUB_STEP_SUMMARY`: the counts, and a table of the findings that are not accepted."""
    open_ones = [finding for finding in findings if not finding.accepted]
    counts = {name: sum(finding.severity == name for finding in open_ones) for name in SEVERITIES}
    told = _counted(counts) or "Không có lỗi, cảnh báo nào"
    accepted = sum(finding.accepted for finding in findings)
    scope = f"{outcome.file_count} tệp, {len(outcome.layout.plans)} kế hoạch, ngày {outcome.today}"
    head = f"## bdg validate\n\n{told}; {accepted} đã chấp nhận ({scope}).\n"
    if not open_ones:
        return head
    graded = sorted(open_ones, key=lambda finding: SEVERITIES.index(finding.severity))
    rows = [_row(outcome, finding, prefix) for finding in graded]
    table = "\n| Mức | Mã | Chỗ | Nội dung |\n| --- | --- | --- | --- |\n"
    shown = _fitting(rows)
    left = f"\nCòn {len(rows) - shown} phát hiện nữa; chạy bdg validate để xem tất cả.\n" if shown < len(rows) else ""
    return head + table + "".join(rows[:shown]) + left


def command(name: str, properties: dict[str, str], message: str) -> str:
    """One workflow command on one line, escaped as GitHub defines; nothing in the text can begin another one."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _annotation(outcome: Outcome, finding: Finding, prefix: str) -> str:
    place = finding.place
    _, title, way_out = outcome.catalogue[finding.code]
    properties: dict[str, str] = {}
    if not place.path.startswith(SHIPPED):
        properties = {"file": plain(address(place.path, prefix)), "line": str(place.line)}
        if place.end_line == place.line:
            properties |= {"col": str(place.column), "endLine": str(place.end_line), "endColumn": str(place.end_column)}
        else:  # GitHub takes columns only within one line
            properties["endLine"] = str(place.end_line)
    properties["title"] = plain(f"{finding.code} {title}")
    rows = [finding.message, *_related(finding, prefix)]
    if way_out:
        rows.append(f"Cách xử lý: {way_out} (bdg explain {finding.code})")
    return command(COMMANDS[finding.severity], properties, "\n".join(map(plain, rows)))


def _related(finding: Finding, prefix: str) -> list[str]:
    """The first places that belong to it, one line each: an annotation is small."""
    rows = [f"{words}: {address(repr(place), prefix)}" for place, words in finding.related[:_RELATED]]
    left = len(finding.related) - _RELATED
    return [*rows, f"… và {left} chỗ nữa"] if left > 0 else rows


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(outcome: Outcome, finding: Finding, prefix: str) -> str:
    title = outcome.catalogue[finding.code][1]
    where = address(repr(finding.place), prefix)
    cells = (_NAMES[finding.severity], f"{finding.code} {title}", where, finding.message)
    return f"| {' | '.join(plain(cell).translate(_MARKDOWN) for cell in cells)} |\n"


def _fitting(rows: list[str]) -> int:
    """How many rows GitHub still takes."""
    size = 0
    for count, row in enumerate(rows):
        size += len(row.encode())
        if size > _ROOM:
            return count
    return len(rows)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {_NAMES[name]}" for name, count in counts.items() if count)
