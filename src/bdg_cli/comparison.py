"""Two versions of one plan in words: what was added, what went, what reads differently. Pure; judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from bdg_cli import prose
from bdg_cli.findings import Place
from bdg_cli.markup import Text
from bdg_cli.models.located import Located, Term
from bdg_cli.models.plan import Duty, Measure, Objective, PlanFile, Reporting, Section, Signature, Target, Task
from bdg_cli.plan import Plan
from bdg_cli.progress import value_text
from bdg_cli.registry import Registry, number_key
from bdg_cli.vietnamese import date_words, listed, number, period_words

_ALIKE = 0.6  # two texts that share so much are one text, edited
_AROUND = 5  # words shown on either side of what was edited


class Subject(Enum):
    """What a change is about; the value is its heading."""

    DOCUMENT = "Văn bản"
    TARGETS = "Mục tiêu, chỉ tiêu"
    OWNERS = "Cơ quan chịu trách nhiệm"
    TASKS = "Nhiệm vụ"
    REPORTING = "Chế độ báo cáo"
    CITATIONS = "Căn cứ, viện dẫn"
    TEXT = "Lời văn"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` is empty for what is new, `after` for what went; `place` is where it stands now."""

    subject: Subject
    what: str
    before: str
    after: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Version:
    """A plan and the registry of its time."""

    plan: Plan
    registry: Registry


def compare(old: Version, new: Version) -> tuple[Change, ...]:
    """Every change from one version of a plan to the other, in the order of `Subject`."""
    steps = (_document, _targets, _owners, _tasks, _reporting, _citations, _sections)
    return tuple(change for step in steps for change in step(old, new))


def measures_by_id(plan: Plan) -> dict[str, tuple[Target, Measure]]:
    """Each measure with its target, by the target's and its own id."""
    return {f"{target.id}/{measure.id}": (target, measure) for target, measure in plan.measures()}


def owners_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Who owns each measure, by the target's and its own id."""
    return {
        key: tuple(dict.fromkeys(claim.agency for claim in plan.owners(measure.id)))
        for key, (_, measure) in measures_by_id(plan).items()
    }


def tasks_by_body(plan: Plan) -> dict[tuple[str, ...], list[Task]]:
    """The tasks by the bodies they are given to."""
    found: dict[tuple[str, ...], list[Task]] = {}
    for duty in plan.assignments.duties:
        found.setdefault(duty.named, []).extend(duty.tasks)
    return found


def paired(old: Sequence[Task], new: Sequence[Task]) -> Iterator[tuple[Task | None, Task | None]]:
    """Tasks of two versions that are the same task: by id, else by their text; None where there is no other."""
    yield from _paired(old, new, lambda task: task.id or "", lambda task: plain(task.text))


def report_key(entry: Reporting) -> tuple[str, ...]:
    """What makes a reporting duty the same one in two versions: its kind of period, and who sends it to whom."""
    return (str(entry.period or ""), *entry.from_, entry.to or "")


def promised(measure: Measure) -> str:
    """What a measure asks for, in words: `đạt 60%`, `dưới 30%`."""
    if measure.op is None or measure.value is None:
        return measure.evidence or "không nêu giá trị"
    return f"{measure.op.term} {value_text(measure)}"


def plain(text: Text | None) -> str:
    """A text on one line, as it was written."""
    return " ".join(text.raw.split()) if text is not None else ""


# ---------------------------------------------------------------------------------------------- the document

_HEAD = ("kind", "status", "form", "issuer", "parent_body", "number", "symbol", "place", "date", "area", "period")
_HEAD_TEXTS = ("title", "subject", "authority", "proposal", "opening", "closing")


def _document(old: Version, new: Version) -> Iterator[Change]:
    before, after = old.plan.file, new.plan.file
    for field in _HEAD:
        told = (_told(old.registry, getattr(before, field)), _told(new.registry, getattr(after, field)))
        yield from _edited(Subject.DOCUMENT, PlanFile.term(field), *told, after.at(field))
    for field in _HEAD_TEXTS:
        texts = plain(getattr(before, field)), plain(getattr(after, field))
        yield from _edited(Subject.DOCUMENT, PlanFile.term(field), *shortened(*texts), after.at(field))
    for field in ("parents", "recipients", "addressees", "signature", "events", "funding"):
        lines = _lines(old, field), _lines(new, field)
        yield from _list(Subject.DOCUMENT, PlanFile.term(field), *lines, after.at(field))


def _lines(version: Version, field: str) -> list[str]:
    return [_line(version.registry, entry) for entry in getattr(version.plan.file, field)]


def _line(registry: Registry, entry: Any) -> str:
    """One entry of a list as a line: what it names, without the keys."""
    if isinstance(entry, Signature):
        return ", ".join([*entry.authority, *entry.posts, *entry.also, entry.name or ""])
    if isinstance(entry, Located):
        values = [getattr(entry, field) for field in type(entry).model_fields]
        return ", ".join(_told(registry, value) for value in values if value not in (None, False, ()))
    return _told(registry, entry)


def _told(registry: Registry, value: Any) -> str:
    """A value as people read it: the name behind an id, the term of a closed value."""
    if value is None:
        return ""
    if isinstance(value, Term):
        return value.term
    if isinstance(value, Text):
        return plain(value)
    if isinstance(value, str):
        area = registry.areas.get(value)
        act = registry.acts.get(value)
        return (
            registry.name(value) if value in registry.bodies else (area.name if area else act.title if act else value)
        )
    return str(value)


# ---------------------------------------------------------------------------------------------- targets


def _targets(old: Version, new: Version) -> Iterator[Change]:
    subject = Subject.TARGETS
    goals = {entry.id: entry for entry in old.plan.objectives}, {entry.id: entry for entry in new.plan.objectives}
    for before, after in _by_key(*goals):
        yield from _item(subject, "Mục tiêu", before, after, lambda entry: plain(entry.title))
    targets = _targets_of(old.plan), _targets_of(new.plan)
    for one, other in _by_key(*targets):
        yield from _item(subject, "Chỉ tiêu", one, other, lambda entry: plain(entry.text))
    measures = measures_by_id(old.plan), measures_by_id(new.plan)
    for key, (_, measure) in measures[1].items():
        if key in measures[0]:
            yield from _measure(measures[0][key][1], measure)
    for target, measure in _only(measures[0], measures[1]):
        if target.id in targets[1]:
            yield Change(subject, f"Số đo {measure.id}", promised(measure), "", targets[1][target.id].here())
    for target, measure in _only(measures[1], measures[0]):
        if target.id in targets[0]:
            yield Change(subject, f"Số đo {measure.id}", "", promised(measure), measure.here())


def _targets_of(plan: Plan) -> dict[str, Target]:
    return {target.id: target for _, target in plan.walk_targets()}


def _only(these: dict[str, tuple[Target, Measure]], those: dict[str, Any]) -> list[tuple[Target, Measure]]:
    return [entry for key, entry in these.items() if key not in those]


def _item(
    subject: Subject, name: str, before: Objective | Target | None, after: Objective | Target | None,
    told: Callable[[Any], str],
) -> Iterator[Change]:  # fmt: skip
    one = after or before
    assert one is not None
    texts = told(before) if before else "", told(after) if after else ""
    texts = shortened(*texts) if before and after else texts
    yield from _edited(subject, f"{name} {one.id}", *texts, after.here() if after else None)


def _measure(before: Measure, after: Measure) -> Iterator[Change]:
    name = f"Chỉ tiêu {after.id}"
    rows: tuple[tuple[str, str, str, str], ...] = (
        ("giá trị", promised(before), promised(after), "value"),
        ("năm đạt", str(before.due or ""), str(after.due or ""), "due"),
        ("số gốc", _baseline(before), _baseline(after), "baseline"),
        ("mốc", _milestones(before), _milestones(after), "milestones"),
        ("chỉ tiêu thống kê", before.indicator or "", after.indicator or "", "indicator"),
        ("sai số", _tolerance(before), _tolerance(after), "tolerance"),
        ("điều kiện", _condition(before), _condition(after), "condition"),
        ("căn cứ chứng minh", before.evidence or "", after.evidence or "", "evidence"),
        ("chỉ tiêu cấp trên", before.carries_out or "", after.carries_out or "", "carries_out"),
        ("văn bản cho phép sửa", before.amended_by or "", after.amended_by or "", "amended_by"),
    )
    for what, one, other, field in rows:
        yield from _edited(Subject.TARGETS, f"{name}, {what}", one, other, after.at(field))


def _baseline(measure: Measure) -> str:
    start = measure.baseline
    return f"{number(start.value)} ({period_words(start.period)})" if start else ""


def _milestones(measure: Measure) -> str:
    return "; ".join(f"năm {entry.year}: {number(entry.value)}" for entry in measure.milestones)


def _tolerance(measure: Measure) -> str:
    return number(measure.tolerance) if measure.tolerance is not None else ""


def _condition(measure: Measure) -> str:
    inner = measure.condition
    return f"{inner.op.term} {number(inner.value)} {inner.unit} {inner.per or ''}".strip() if inner else ""


# ---------------------------------------------------------------------------------------------- assignments


def _owners(old: Version, new: Version) -> Iterator[Change]:
    before, after = owners_of(old.plan), owners_of(new.plan)
    measures = measures_by_id(new.plan)
    told: set[tuple[str, str, str]] = set()
    for key in (key for key in after if key in before):
        one = listed([old.registry.name(body) for body in before[key]])
        other = listed([new.registry.name(body) for body in after[key]])
        target, measure = measures[key]
        name = f"Chỉ tiêu {target.id}"
        if (name, one, other) not in told:
            told.add((name, one, other))
            owners = new.plan.owners(measure.id)
            place = owners[0].place if owners else measure.here()
            yield from _edited(Subject.OWNERS, name, one, other, place)


def _tasks(old: Version, new: Version) -> Iterator[Change]:
    before, after = tasks_by_body(old.plan), tasks_by_body(new.plan)
    duties = {duty.named: duty for duty in reversed(new.plan.assignments.duties)}
    for bodies in dict.fromkeys((*before, *after)):
        name = listed([new.registry.name(body) for body in bodies])
        for one, other in paired(before.get(bodies, []), after.get(bodies, [])):
            yield from _task(new.registry, name, one, other, duties.get(bodies))


def _task(registry: Registry, name: str, one: Task | None, other: Task | None, duty: Duty | None) -> Iterator[Change]:
    subject = Subject.TASKS
    if one is None or other is None:
        place = other.here() if other else duty.here() if duty else None
        yield Change(subject, name, plain(one.text) if one else "", plain(other.text) if other else "", place)
        return
    yield from _edited(subject, name, *shortened(plain(one.text), plain(other.text)), other.at("text"))
    for field in ("deadline", "product", "funding"):
        texts = _told(registry, getattr(one, field)), _told(registry, getattr(other, field))
        yield from _edited(subject, f"{name}, {Task.term(field).lower()}", *texts, other.at(field))
    for field in ("partners", "targets"):
        was, now = ([_told(registry, entry) for entry in getattr(task, field)] for task in (one, other))
        yield from _list(subject, f"{name}, {Task.term(field).lower()}", was, now, other.at(field))


# ---------------------------------------------------------------------------------------------- reporting, citations


def _reporting(old: Version, new: Version) -> Iterator[Change]:
    before = {report_key(entry): entry for entry in old.plan.file.reporting}
    after = {report_key(entry): entry for entry in new.plan.file.reporting}
    for one, other in _by_key(before, after):
        entry = other or one
        assert entry is not None
        senders = listed([new.registry.name(body) for body in entry.from_]) or "các cơ quan"
        what = f"Báo cáo {entry.period.term if entry.period else ''} của {senders}"
        told = deadline_text(one) if one else "", deadline_text(other) if other else ""
        yield from _edited(Subject.REPORTING, " ".join(what.split()), *told, other.here() if other else None)


def deadline_text(entry: Reporting) -> str:
    """`trước ngày 15/6/2024`, `chậm nhất ngày 15/12 hằng năm`; says so where there is none."""
    if entry.deadline is None:
        return "không nêu thời hạn"
    return f"{'trước' if entry.exclusive else 'chậm nhất'} {date_words(entry.deadline)}"


def _citations(old: Version, new: Version) -> Iterator[Change]:
    before, after = _cited(old.plan), _cited(new.plan)
    for one, other in _by_key(before, after):
        found = other or one
        assert found is not None
        dates = _cited_day(one), _cited_day(other)
        if one is None or other is None or dates[0] != dates[1]:
            yield Change(Subject.CITATIONS, found[0], *dates, other[2] if other else None)


_Cited = tuple[str, str, Place]


def _cited(plan: Plan) -> dict[str, _Cited]:
    """Each document cited by number, with the dates it is given."""
    found: dict[str, _Cited] = {}
    for mention in plan.mentions:
        if isinstance(mention.found, prose.Citation):
            key = number_key(mention.found.number)
            name, days, place = found.get(key, (mention.found.number, "", mention.place()))
            day = str(mention.found.date or "")
            if day and day not in days.split(" và "):
                days = f"{days} và {day}" if days else day
            found[key] = (name, days, place)
    return found


def _cited_day(found: _Cited | None) -> str:
    return (f"ngày {found[1]}" if found[1] else "không ghi ngày") if found else ""


# ---------------------------------------------------------------------------------------------- the text


def _sections(old: Version, new: Version) -> Iterator[Change]:
    before, after = dict(_parts(old.plan)), dict(_parts(new.plan))
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        place = other.here() if other else None
        texts = _texts(one), _texts(other)
        yield from _list(Subject.TEXT, f"Phần “{key}”" if key else "Phần không tên", *texts, place)
    for field in ("basis", "unplaced"):
        was, now = ([plain(text) for text in getattr(version.plan.file, field)] for version in (old, new))
        yield from _list(Subject.TEXT, PlanFile.term(field), was, now, new.plan.file.at(field))
    was, now = ([plain(entry.text) for entry in version.plan.file.articles] for version in (old, new))
    yield from _list(Subject.TEXT, PlanFile.term("articles"), was, now, new.plan.file.at("articles"))


def _parts(plan: Plan) -> Iterator[tuple[str, Section]]:
    """Each section under a name that moved or renumbered parts keep."""
    seen: dict[str, int] = {}
    for section in plan.file.walk_sections():
        name = section.id or plain(section.title) or (plain(section.text)[:40])
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), section


def _texts(section: Section | None) -> list[str]:
    return [plain(text) for text in section.texts()] if section is not None else []


# ---------------------------------------------------------------------------------------------- pairing


def _by_key(before: dict[Any, Any], after: dict[Any, Any]) -> Iterator[tuple[Any, Any]]:
    for key in dict.fromkeys((*before, *after)):
        yield before.get(key), after.get(key)


def _paired(
    old: Sequence[Any], new: Sequence[Any], identity: Callable[[Any], str], text: Callable[[Any], str]
) -> Iterator[tuple[Any, Any]]:
    """Entries of two lists that are the same one: the same id, the same text, or a text that is much alike."""
    left = list(old)
    waiting = []
    for entry in new:
        same = next((other for other in left if identity(entry) and identity(other) == identity(entry)), None)
        same = same or next((other for other in left if text(other) == text(entry)), None)
        if same is None:
            waiting.append(entry)
        else:
            left.remove(same)
            yield same, entry
    for entry in waiting:
        near = max(left, key=lambda other: _alike(text(other), text(entry)), default=None)
        if near is not None and _alike(text(near), text(entry)) >= _ALIKE:
            left.remove(near)
            yield near, entry
        else:
            yield None, entry
    for entry in left:
        yield entry, None


def _alike(one: str, other: str) -> float:
    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.ratio() if words.quick_ratio() >= _ALIKE else 0.0


def _list(
    subject: Subject, what: str, before: Iterable[str], after: Iterable[str], place: Place | None
) -> Iterator[Change]:
    for one, other in _paired(list(before), list(after), lambda _: "", str):
        told = shortened(one, other) if one and other else (one or "", other or "")
        yield from _edited(subject, what, *told, place)


def _edited(subject: Subject, what: str, before: str, after: str, place: Place | None) -> Iterator[Change]:
    if before != after:
        yield Change(subject, what, before, after, place)


def shortened(before: str, after: str) -> tuple[str, str]:
    """Two texts cut down to where they differ, with a few words around; the same where they are the same."""
    if before == after or not before or not after:
        return before, after
    one, other = before.split(), after.split()
    head = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    most = min(len(one), len(other)) - head
    tail = next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
    return _cut(one, head, tail), _cut(other, head, tail)


def _cut(words: list[str], head: int, tail: int) -> str:
    first = max(0, head - _AROUND)
    last = min(len(words), len(words) - tail + _AROUND)
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")
