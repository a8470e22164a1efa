"""Which findings the repository has accepted, and what is wrong with its acceptances. Applied after the cache."""

from __future__ import annotations

from bdg_cli.findings import ERROR, NOT_CHECKED, Finding, Place, Terms, fingerprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

PERMANENT = "permanent"


class Entry:
    """An acceptance, from baseline.yaml or from a comment on a finding's line (`line` is then not 0)."""

    __slots__ = (
        "at",
        "code",
        "fingerprint",
        "line",
        "owner",
        "path",
        "places",
        "reason",
        "refused",
        "until",
        "used",
    )

    def __init__(
        self, fingerprint: str, code: str, path: str, at: str, reason: str, owner: str, until: str,
        line: int, places: tuple[tuple[Any, ...], tuple[Any, ...]],
    ) -> None:  # fmt: skip
        self.fingerprint = fingerprint
        self.code = code
        self.path = path
        self.at = at
        self.reason = reason
        self.owner = owner
        self.until = until
        self.line = line
        self.places = places
        self.used = False
        self.refused = ""  # why it cannot hold

    @property
    def place(self) -> Place:
        """Where the acceptance stands."""
        return Place(*self.places[0])

    @property
    def until_place(self) -> Place:
        """Where its last day stands."""
        return Place(*self.places[1])

    def matches(self, finding: Finding) -> bool:
        """Whether it is about this finding: everything that it names agrees."""
        if self.line:
            return (self.code, self.path, self.line) == (finding.code, finding.place.path, finding.place.line)
        route = finding.place.route
        return (
            self.fingerprint in {"", finding.fingerprint}
            and self.code in {"", finding.code}
            and self.path in {"", finding.place.path}
            and (self.at in {"", route} or route.startswith(f"{self.at}/"))
            and bool(self.fingerprint or (self.code and self.path))
        )


def acceptable(code: str, severity: str) -> bool:
    """Whether a finding can be accepted at all: a file that cannot be read, or an acceptance itself, cannot."""
    return not code.startswith("KN") and not (code.startswith("TP") and severity == ERROR)


def apply(
    findings: Iterable[Finding], entries: list[Entry], today: str, drafts: frozenset[str], usual: dict[str, str],
    *, compared: bool = False,
) -> Iterator[Finding]:  # fmt: skip
    """Mark the accepted findings, and yield the findings about the acceptances themselves (KN101, KN102, KN103).

    `drafts` are the ids of plans that are not issued: for them nothing is accepted for ever. `usual` holds the
    severity of each code. Where something could not be checked (KN104), nobody knows which acceptances are still
    needed: none is called unused. Nor is one of SS, unless the repository was held against an earlier revision
    (`compared`).
    """
    whole = True
    for finding in findings:
        whole = whole and finding.code != NOT_CHECKED
        for entry in entries:
            if not entry.matches(finding):
                continue
            if not acceptable(finding.code, usual[finding.code]):
                entry.refused = f"{finding.code} là lỗi đọc tệp, không chấp nhận được; hãy sửa tệp"
            elif entry.until == PERMANENT and finding.plan in drafts:
                entry.refused = "“permanent” chỉ dùng cho văn bản đã ban hành; dự thảo phải có ngày"
            elif not _expired(entry, today):
                entry.used = True
                finding.terms = Terms(entry.reason, entry.owner, entry.until, in_source=bool(entry.line))
                break
    for entry in entries:
        yield from _faults(entry, today, whole=whole and (compared or not entry.code.startswith("SS")))


def _faults(entry: Entry, today: str, *, whole: bool) -> Iterator[Finding]:
    name = entry.code or entry.fingerprint
    if entry.refused:
        yield _finding("KN101", entry.refused, entry.until_place)
        return
    if _expired(entry, today):
        yield _finding("KN101", f"chấp nhận {name} đã hết hạn ngày {entry.until}", entry.until_place)
        return
    missing = [] if entry.reason else ["lý do"]
    if not entry.line:
        missing += [] if entry.owner else ["người chấp nhận"]
        missing += [] if entry.until else ["hạn"]
    if missing:
        yield _finding("KN102", f"chấp nhận {name} không ghi {' và '.join(missing)}", entry.place)
    elif whole and not entry.used:
        yield _finding("KN103", f"không còn {name} nào ở đây để chấp nhận", entry.place)


def _finding(code: str, message: str, place: Place) -> Finding:
    return Finding(code, message, place, (), fingerprint(code, place, message))


def _expired(entry: Entry, today: str) -> bool:
    return entry.until not in {"", PERMANENT} and entry.until < today
