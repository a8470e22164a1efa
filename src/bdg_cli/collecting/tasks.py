"""What an agency says of its tasks, and that its report has come, into reports/<period>.yaml: as edits of the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from bdg_cli import edit, nodes
from bdg_cli.amend import Add, CannotAmend, Put, amended, plain
from bdg_cli.collecting.outcome import Drafts, Fate, Outcome, Unfit
from bdg_cli.emitter import Name, Prose, Value
from bdg_cli.vietnamese import short_date
from bdg_cli.workbooks.answers import Filled, TaskAnswer
from bdg_cli.workbooks.asked import task_digest, tasks_of
from bdg_cli.workbooks.typed import WRONG_VALUE
from bdg_cli.workshop import Workshop

_NOT_SENT = "chưa gửi"


def take(workshop: Workshop, drafts: Drafts, form: Filled, received: date | None) -> list[Outcome]:
    """What becomes of each answer; the file as it would read is put into the drafts. Raises Unfit.

    `received` is the day the form came; without it today, and then a day that stands there already is kept.
    """
    path = f"reports/{form.period}.yaml"
    outcomes: list[Outcome] = []
    for identity in form.plans:
        answers = [answer for answer in form.tasks if answer.plan == identity]
        known, refused = _known(workshop, form, identity, answers)
        outcomes += refused
        if identity in workshop.layout.plans:
            text = drafts.text(path) or ""
            changes, told = _changes(path, text, identity, form.agency, known, received, workshop.today)
            outcomes += told
            drafts.put(path, _amended(path, text, changes))
    return outcomes


def _known(
    workshop: Workshop, form: Filled, identity: str, answers: list[TaskAnswer]
) -> tuple[list[TaskAnswer], list[Outcome]]:
    """The answers to tasks that are still the agency's, word for word; the rest refused."""
    loaded = workshop.plan(identity).plan if identity in workshop.layout.plans else None
    if loaded is None:
        message = f"kho không có kế hoạch “{identity}”, hoặc không đọc được; hãy xuất lại biểu bằng bdg form"
        return [], [_refused(answer, message) for answer in answers]
    texts = {name: task_digest(task) for name, _, task in tasks_of(loaded, workshop.registry, form.agency)}
    known = [answer for answer in answers if not answer.task or texts.get(answer.task) == answer.text]
    message = "nhiệm vụ này đã được sửa hoặc chuyển đi trong kế hoạch từ khi xuất biểu; hãy xuất lại biểu bằng bdg form"
    return known, [_refused(answer, message) for answer in answers if answer not in known]


def _refused(answer: TaskAnswer, message: str) -> Outcome:
    return Outcome(Fate.REFUSED, message, answer.entry.sheet, answer.entry.cell, WRONG_VALUE)


def _amended(path: str, text: str, changes: list[Put | Add]) -> str:
    if not changes:
        return text
    try:
        return edit.edited(text, amended(path, text, changes))
    except CannotAmend as told:
        raise Unfit(f"{path}:{told.place.line}: {told}") from told


def _changes(
    path: str, text: str, identity: str, agency: str, answers: list[TaskAnswer], received: date | None, today: date
) -> tuple[list[Put | Add], list[Outcome]]:
    """The changes of one plan's entry, and what they are in words."""
    tree = plain(nodes.read(path, text)[0].root) or {}
    reports: list[Any] = tree.get("reports") or []
    day = (received or today).isoformat()
    place = next((index for index, entry in enumerate(reports) if entry.get("plan") == identity), None)
    entries: list[Any] = (reports[place].get("received") or []) if place is not None else []
    position = next((index for index, entry in enumerate(entries) if entry.get("agency") == agency), None)
    new = {"agency": agency, "sent": day, **_said(answers)}
    came = Outcome(Fate.ADDED, f"{identity}: đã nhận báo cáo ngày {short_date(date.fromisoformat(day))}")
    told = [_outcome(answer, Fate.ADDED, "") for answer in answers]
    if place is None:
        return [Add(("reports",), {"plan": identity, "received": [new]})], [came, *told]
    if position is None:
        return [Add(("reports", place, "received"), new)], [came, *told]
    route: tuple[str | int, ...] = ("reports", place, "received", position)
    changes, outcomes = _sent(route, entries[position], day, came, received is not None)
    for answer in answers:
        more, outcome = _task(route, entries[position], answer)
        changes += more
        outcomes.append(outcome)
    return changes, outcomes


def _said(answers: list[TaskAnswer]) -> dict[str, Value]:
    """The keys of a new entry for what was answered."""
    said: dict[str, Value] = {}
    summary = next((answer.result for answer in answers if not answer.task), "")
    tasks = [_entry(answer) for answer in answers if answer.task]
    if summary:
        said["summary"] = Prose(summary)
    if tasks:
        said["tasks"] = tasks
    return said


def _entry(answer: TaskAnswer) -> dict[str, Value]:
    entry: dict[str, Value] = {"task": Name(answer.task) if answer.task.isdigit() else answer.task}
    if answer.state is not None:
        entry["state"] = answer.state.value
    if answer.result:
        entry["result"] = Prose(answer.result)
    return entry


def _sent(
    route: tuple[str | int, ...], entry: dict[str, Any], day: str, came: Outcome, said: bool
) -> tuple[list[Put | Add], list[Outcome]]:
    """The day it came, and no more word that it has not."""
    changes: list[Put | Add] = []
    outcomes: list[Outcome] = []
    before = entry.get("sent")
    if before is None or (said and before != day):
        changes.append(Put((*route, "sent"), day))
        outcomes.append(came if before is None else Outcome(Fate.CHANGED, f"{came.words} (trước ghi {before})"))
    if entry.get("note") == _NOT_SENT:
        changes.append(Put((*route, "note"), None))
    return changes, outcomes


def _task(route: tuple[str | int, ...], entry: dict[str, Any], answer: TaskAnswer) -> tuple[list[Put | Add], Outcome]:
    if not answer.task:
        return _value(route, entry, "summary", answer.result, _outcome(answer, Fate.SAME, ""))
    tasks: list[Any] = entry.get("tasks") or []
    index = next((index for index, task in enumerate(tasks) if task.get("task") == answer.task), None)
    if index is None:
        return [Add((*route, "tasks"), _entry(answer))], _outcome(answer, Fate.ADDED, "")
    known: dict[str, Any] = tasks[index]
    own = (*route, "tasks", index)
    changes: list[Put | Add] = []
    if answer.state is not None and known.get("state") != answer.state.value:
        changes.append(Put((*own, "state"), answer.state.value))
    if answer.result and _folded(known.get("result", "")) != _folded(answer.result):
        changes.append(Put((*own, "result"), Prose(answer.result)))
    return changes, _outcome(answer, Fate.CHANGED if changes else Fate.SAME, known.get("state", ""))


def _value(
    route: tuple[str | int, ...], entry: dict[str, Any], key: str, text: str, outcome: Outcome
) -> tuple[list[Put | Add], Outcome]:
    before = entry.get(key)
    if before is not None and _folded(before) == _folded(text):
        return [], outcome
    fate = Fate.ADDED if before is None else Fate.CHANGED
    return [Put((*route, key), Prose(text))], Outcome(fate, outcome.words, outcome.sheet, outcome.cell)


def _outcome(answer: TaskAnswer, fate: Fate, before: str) -> Outcome:
    what = f"{answer.plan}: nhiệm vụ {answer.task}" if answer.task else f"{answer.plan}: kết quả nổi bật"
    state = f": {answer.state.term}" if answer.state else ""
    was = f" (trước: {before})" if before and fate is Fate.CHANGED and answer.state else ""
    return Outcome(fate, f"{what}{state}{was}{_short(answer.result)}", answer.entry.sheet, answer.entry.cell)


def _short(text: str) -> str:
    """The first words of a result."""
    line = " ".join(text.split())
    return f"; {line[:59]}…" if len(line) > 60 else f"; {line}" if line else ""


def _folded(text: str) -> str:
    return " ".join(text.split())
