"""What changes in a file, line by line, as a unified diff. Every line counts, however often it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

_AROUND = 1  # unchanged lines shown around a change


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the diff, each with its newline; none where nothing changes."""
    old, new = before.splitlines(), after.splitlines()
    groups = list(SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND))
    if groups:
        yield f"--- {path}\n+++ {path}\n"
    for group in groups:
        first, last = group[0], group[-1]
        yield f"@@ -{_span(first[1], last[2])} +{_span(first[3], last[4])} @@\n"
        for tag, low, high, start, stop in group:
            if tag == "equal":
                yield from (f" {line}\n" for line in old[low:high])
                continue
            yield from (f"-{line}\n" for line in old[low:high])
            yield from (f"+{line}\n" for line in new[start:stop])


def _span(start: int, stop: int) -> str:
    return f"{start + 1},{stop - start}" if stop > start else f"{start},0"
