"""A place in a plan's files in words of an office: `Mục tiêu 4, chỉ tiêu 4.1`, `Mục III.2 “Tuyên truyền”`, `Nơi nhận`.

People who sign do not read YAML: they look for the place in the printed document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bdg_cli.findings import Place
from bdg_cli.models.located import Located
from bdg_cli.models.plan import (
    Article,
    Attached,
    Duty,
    Marker,
    Measure,
    Objective,
    PlanFile,
    Reporting,
    Section,
    Target,
    Task,
)
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import letter, listed, roman, sentence_case

WHOLE = "Toàn văn bản"
_OF_ALL = ("kind", "status", "form")  # what stands here is about the whole document
_LONGEST_TITLE = 60  # characters of a part's name that are quoted


@dataclass(frozen=True, slots=True)
class _Step:
    """One level down: who holds, under which field, what (None for a plain value), the how-manieth of its kind."""

    holder: Located
    field: str
    child: Located | None = None
    position: int = 0


def whereabouts(plan: Plan | None, registry: Registry, place: Place) -> str:
    """Where a place of a plan's files stands in its document; file and line where the plan cannot be read."""
    folder, _, name = place.path.rpartition("/")
    model = _file(plan, name) if plan is not None and folder == plan.id else None
    if plan is None or model is None:
        return f"Tệp {place.path}, dòng {place.line}"
    if place.start < 0:
        return WHOLE
    steps = list(_descend(model, place))
    said = [
        _said(plan, registry, step)
        for step, following in zip(steps, [*steps[1:], None], strict=True)
        if not (isinstance(step.child, Section) and following and isinstance(following.child, Section))
    ]
    return sentence_case(", ".join(words for words in said if words)) or WHOLE


def _file(plan: Plan, name: str) -> Located | None:
    files: dict[str, Located] = {
        "plan.yaml": plan.file, "targets.yaml": plan.targets, "assignments.yaml": plan.assignments,
    }  # fmt: skip
    return files.get(name)


def _descend(model: Located, place: Place) -> Iterator[_Step]:
    """From a file down to a place; what is missing is marked at the first key, and only its route names it."""
    missing = place.route.rsplit("/", 1)[-1]
    while True:
        names = {info.alias or name: name for name, info in type(model).model_fields.items()}
        keys = model.node.keys_at if model.node is not None else {}
        before = [(word.start, names[key]) for key, word in keys.items() if word.start <= place.start and key in names]
        if not before:
            return
        start, field = max(before)
        if missing in names and missing not in keys and start == place.start:
            yield _Step(model, names[missing])
            return
        value = getattr(model, field)
        entries = [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Located)]
        inner = [(index, one) for index, one in enumerate(entries, 1) if one.node and one.node.start <= place.start]
        if not inner:
            yield _Step(model, field)
            return
        position, child = inner[-1]
        yield _Step(model, field, child, position)
        model = child


def _said(plan: Plan, registry: Registry, step: _Step) -> str:
    """One step in words; empty where it says nothing beside the others."""
    match step.child:
        case None:
            return _value(step)
        case Objective() as objective:
            return objective.label or f"mục tiêu {objective.id}"
        case Target() as target:
            return f"chỉ tiêu {target.id}"
        case Measure() as measure:
            several = isinstance(step.holder, Target) and len(step.holder.measures) > 1
            return f"số đo {measure.id}" if several else ""
        case Section() as section:
            return _section(plan, section, step.position)
        case Article():
            return f"Điều {step.position}"
        case Duty() as duty:
            return _duty(plan, registry, duty)
        case Reporting() as entry if entry.period is not None:
            return f"{_term(step)} ({entry.period.term})"
        case Task():
            return f"nhiệm vụ thứ {step.position}"
    return _term(step)


def _value(step: _Step) -> str:
    """A plain value by its term, where its holder alone does not say which it is."""
    own = isinstance(step.holder, PlanFile | Attached | Measure) and step.field not in {"id", *_OF_ALL}
    return _term(step) if own else ""


def _duty(plan: Plan, registry: Registry, duty: Duty) -> str:
    if duty.heading:
        return f"phân công “{' '.join(duty.heading.split())}”"
    return f"phân công cho {listed(registry.name(agency, plan.dated_on()) for agency in duty.named)}"


def _term(step: _Step) -> str:
    return type(step.holder).term(step.field).lower()


def _section(plan: Plan, section: Section, position: int) -> str:
    """`mục III.2 “Tuyên truyền”`, numbered as the document numbers it."""
    attached = plan.file.attached.sections if plan.file.attached else ()
    numbers = {**_numbers(plan.file.sections, ""), **_numbers(attached, "")}
    number = numbers.get(id(section), "")
    title = " ".join(section.title.raw.split()) if section.title else ""
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"
    quoted = f" “{title}”" if title else ""
    return f"mục {number}{quoted}" if number else f"phần{quoted or f' thứ {position}'}"


def _numbers(sections: tuple[Section, ...], lead: str) -> dict[int, str]:
    """`III.2.a` for each section and those below it; parts without a number of their own have that of the one above."""
    found: dict[int, str] = {}
    counts: dict[Marker, int] = {}
    for section in sections:
        counts[section.marker] = counts.get(section.marker, 0) + 1
        own = (section.as_written or _number(section.marker, counts[section.marker])).strip(" .)(-")
        number = ".".join(part for part in (lead, own) if part)
        found[id(section)] = number
        found.update(_numbers(section.sections, number))
    return found


def _number(marker: Marker, position: int) -> str:
    match marker:
        case Marker.ROMAN:
            return roman(position)
        case Marker.ARABIC:
            return str(position)
        case Marker.LETTER:
            return letter(position)
        case Marker.PAREN_ROMAN:
            return roman(position).lower()
    return ""
