"""`bdg accept`: entries for baseline.yaml from the open findings; shows them, and writes with `--apply`."""

from __future__ import annotations

import codecs
import re

from bdg_cli import edit, load, nodes, validation
from bdg_cli.acceptance import acceptable
from bdg_cli.commands import terminal
from bdg_cli.commands.selection import chosen, codes, limited
from bdg_cli.documents.wording import quoted
from bdg_cli.findings import Edit, Finding, Terms
from bdg_cli.layout import BASELINE, Layout, WrongUse, find_root
from bdg_cli.models.baseline import PERMANENT
from bdg_cli.screen import plain

_EMPTY = re.compile(r"accepted:[ \t]*(?:\[[ \t]*\])?")
_PLAIN_PATH = re.compile(r"\w[\w./-]*")
_HEAD = "# Các lỗi được chấp nhận: vì sao, ai chấp nhận, đến khi nào.\naccepted:\n"


def run(
    select: str | None, paths: tuple[str, ...], terms: Terms, *,
    repo: str | None, today: str | None, since: str | None, write: bool,
) -> int:  # fmt: skip
    """Accept the open findings of some codes, in some plans or files. Faults of reading files are never accepted."""
    day = terminal.today(today)
    _check(terms, day)
    root = find_root(repo, paths)
    outcome = validation.validate(root, day, since=since)
    wanted = codes(select, outcome.catalogue)
    found = [one for one in chosen(limited(outcome.layout, outcome.findings, paths), wanted, ()) if _open(one)]
    if not found:
        print("Không có lỗi nào đang mở trong phạm vi ấy để chấp nhận.")
        return 0
    drafts = outcome.drafts & {one.plan for one in found}
    if drafts and terms.until == PERMANENT:
        raise WrongUse(f"{min(drafts)} còn là dự thảo, chưa chấp nhận mãi được; hãy ghi một ngày ở --until")
    entries = "".join(_entry(one, terms) for one in found)
    if not write:
        terminal.emit(f"{entries}\n{len(found)} mục trên chưa được ghi; thêm --apply để ghi vào {BASELINE}\n")
        return 0
    edit.write_file(outcome.layout.absolute(BASELINE), _added(outcome.layout, entries))
    print(f"Đã thêm {len(found)} mục vào {terminal.prefix(root)}{BASELINE}")
    return 0


def _open(finding: Finding) -> bool:
    return not finding.accepted and acceptable(finding.code, finding.severity)


def _check(terms: Terms, day: str) -> None:
    if not terms.reason.strip() or not terms.owner.strip():
        raise WrongUse("chấp nhận phải có --reason (vì sao) và --owner (ai chấp nhận)")
    if terms.until != PERMANENT and terminal.today(terms.until) < day:
        raise WrongUse(f"hạn --until {terms.until} đã qua; hãy ghi một ngày sau {day}, hoặc permanent")


def _entry(finding: Finding, terms: Terms) -> str:
    """One entry under what it is about; nothing quoted from a plan can end the line of the comment."""
    rows = {
        "fingerprint": finding.fingerprint, "code": finding.code, "path": _path(finding.place.path),
        "reason": quoted(terms.reason), "owner": quoted(terms.owner), "until": terms.until,
    }  # fmt: skip
    lines = [f"{key}: {value}" for key, value in rows.items() if value]
    return f"  # {plain(finding.message)}\n  - " + "\n    ".join(lines) + "\n"


def _path(path: str) -> str:
    """A path as a YAML scalar; none for a name no YAML text can hold (the fingerprint says which file it is)."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    return quoted(path) if plain(path) == path and " ".join(path.split()) == path else ""


def _added(layout: Layout, entries: str) -> bytes:
    """baseline.yaml with the entries behind those it has; everything else stays as it is, line ends too."""
    if BASELINE not in layout.stats:
        return (_HEAD + entries).encode()
    text, _ = load.text(layout, BASELINE)
    source, faults = nodes.read(BASELINE, text or "")
    if text is None or faults:
        raise WrongUse(f"{BASELINE} không đọc được; hãy sửa nó trước (xem bdg validate)")
    change = _insertion(text, source.root, entries)
    if "\r\n" in text:
        change.new = change.new.replace("\n", "\r\n")
    added = edit.edited(text, [change])
    again, wrong = nodes.read(BASELINE, added)
    if wrong or not isinstance(again.root, nodes.Mapping):
        raise WrongUse(f"{BASELINE} viết theo kiểu chưa thêm được tự động; hãy thêm các mục bằng tay")
    marked = load.content(layout, BASELINE).startswith(codecs.BOM_UTF8)
    return added.encode("utf-8-sig" if marked else "utf-8")


def _insertion(text: str, root: nodes.Node, entries: str) -> Edit:
    """Where the entries go: behind the last of the list, or in place of an empty one."""
    if not isinstance(root, nodes.Mapping) or "accepted" not in root.keys_at:
        lead = "" if not text or text.endswith("\n") else "\n"
        return Edit(BASELINE, len(text), len(text), f"{lead}accepted:\n{entries}")
    key, known = root.keys_at["accepted"], root["accepted"]
    if not known:
        empty = _EMPTY.match(text, key.start)
        end = empty.end() if empty else key.end + 1
        rest = "" if text[end : end + 2].lstrip("\r")[:1] == "\n" else "\n"
        return Edit(BASELINE, key.start, end, f"accepted:\n{entries.rstrip()}{rest}")
    following = [other.start for other in root.keys_at.values() if other.start > key.start]
    at = min(following, default=len(text))
    lead = "" if text[:at].endswith("\n") else "\n"
    return Edit(BASELINE, at, at, lead + entries)
