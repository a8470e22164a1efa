"""Many documents in one run: on all cores where that pays, with progress on a terminal, and none stopped by another.

Documents are rendered in workers and written by the parent alone, in the order asked for: whatever the number of cores,
the files and what is said are the same, and a stop at any moment leaves whole files only.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context

from bdg_cli.commands import making
from bdg_cli.commands.office import Choices, Office
from bdg_cli.layout import WrongUse
from bdg_cli.provenance import Subject
from bdg_cli.validation import Outcome

FORKS = sys.platform == "linux"
# From how many documents on a pool pays: a fork costs little, a new interpreter has to import everything.
FROM = 8 if FORKS else 60
_MOST_WORKERS = 8


@dataclass(slots=True)
class Rendered:
    """One document, not yet saved: what to say about it, and its content; no name where nothing could be made."""

    subject: Subject
    lines: tuple[str, ...]
    failed: bool
    name: str = ""
    content: bytes = b""


def rendered(office: Office, subjects: list[Subject], workers: int | None = None) -> Iterator[Rendered]:
    """Each document in the order asked for; `workers` as many as there are cores, one for a few documents."""
    if workers is None:
        workers = min(_cores(), _MOST_WORKERS) if len(subjects) >= FROM else 1
    if workers < 2:
        yield from (render(office, subject) for subject in subjects)
    else:
        yield from _in_pool(office, subjects, workers)


def render(office: Office, subject: Subject) -> Rendered:
    """One document; what stands in its way is told, not raised."""
    lines: list[str] = []
    before = office.listener
    office.listener, office.failed = lines.append, False
    try:
        plan, draft = office.plan(subject.plan, *making.further(office, subject))
        if plan is None:
            return Rendered(subject, tuple(lines), failed=True)
        document = making.made(office, subject, plan, draft=draft)
        return Rendered(subject, tuple(lines), office.failed, f"{document.name}.docx", office.rendered(document))
    except making.NotMade as reason:
        return Rendered(subject, (*lines, f"{subject.plan}: {reason}"), office.failed)
    except WrongUse as fault:
        return Rendered(subject, (*lines, f"{subject.plan}: không lập được văn bản: {fault}"), failed=True)
    finally:
        office.listener, office.failed = before, False


def _in_pool(office: Office, subjects: list[Subject], workers: int) -> Iterator[Rendered]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _office
    office.workshop.registry  # noqa: B018 - read once, before there are several to read it
    done = 0
    if FORKS:
        _office = office
    given = (office.choices, None if FORKS else office.outcome)
    chunk = max(1, min(8, len(subjects) // (workers * 4)))
    pool = ProcessPoolExecutor(workers, get_context("fork" if FORKS else "spawn"), _begin, given)
    try:
        for result in pool.map(_render, subjects, chunksize=chunk):
            done += 1
            yield result
    except BrokenProcessPool:  # a worker was killed, for want of memory perhaps: one alone needs less
        yield from (render(office, subject) for subject in subjects[done:])
    finally:
        pool.shutdown(cancel_futures=True)
        _office = None


_office: Office | None = None  # of a worker


def _begin(choices: Choices, outcome: Outcome | None) -> None:
    """Make a worker ready. Ctrl-C is for the parent, who says when to stop."""
    global _office
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if outcome is not None:
        _office = Office(choices, outcome)
        _office.listener = _nobody
        _office.see_templates()  # the parent has told what there was to tell


def _nobody(_line: str) -> None:
    """Says a line to nobody."""


def _render(subject: Subject) -> Rendered:
    assert _office is not None
    return render(_office, subject)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
