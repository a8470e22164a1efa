"""Files into models: the one place where the files of a repository are read.

Nothing here raises for what a planner wrote: it becomes a fault under a TP code, and what can be read is returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bdg_cli import nodes, spelling
from bdg_cli.dates import Period
from bdg_cli.findings import Fault, Place
from bdg_cli.layout import BASELINE, CONFIG, SETTINGS, Layout
from bdg_cli.models.baseline import BaselineFile, ConfigFile
from bdg_cli.models.located import Located
from bdg_cli.models.lock import LockedPlan, LockFile
from bdg_cli.models.plan import AssignmentsFile, PlanFile, Status, TargetsFile
from bdg_cli.models.registry import Acts, Agencies, Areas, CalendarDay, CalendarFile, Heir, Indicators
from bdg_cli.models.report import ReportsFile
from bdg_cli.models.settings import SettingsFile
from bdg_cli.nodes import Mapping, Node, Sequence, Source
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry, gather
from bdg_cli.vietnamese import nearest
from bdg_cli.workdays import Calendar

SHIPPED = "bdg:"
_REFERENCE = Path(__file__).parent / "reference"
_CALENDAR = "registry/calendar.yaml"
STRATEGY = "clqg-bdg-2021-2030"
NATIONAL_PLANS = (STRATEGY, "ct-bltcsg-2021-2025", "ct-lanh-dao-2021-2030", "ct-truyen-thong-2030")

_M = TypeVar("_M", bound=Located)
Coded = tuple[str, Fault]

_REGISTRY_MODELS: dict[str, type[Located]] = {
    "registry/acts.yaml": Acts,
    "registry/agencies.yaml": Agencies,
    "registry/areas.yaml": Areas,
    "registry/indicators.yaml": Indicators,
}
_PLAN_MODELS: dict[str, type[Located]] = {
    "plan.yaml": PlanFile,
    "targets.yaml": TargetsFile,
    "assignments.yaml": AssignmentsFile,
}

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10)}


@dataclass
class Loaded:
    """What one unit's files gave: the texts (for places), and the faults found in reading them."""

    faults: list[Coded] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


@dataclass
class LoadedPlan(Loaded):
    """A plan folder; `plan` is None where one of its files cannot be made into a model.

    `draft`: its plan.yaml says that it is not issued, whatever the other files are like.
    """

    plan: Plan | None = None
    draft: bool = False


@dataclass
class LoadedRegistry(Loaded):
    """The registry, shipped and the repository's own."""

    registry: Registry = field(default_factory=Registry)


def registry(layout: Layout) -> LoadedRegistry:
    """The registry files."""
    loaded = LoadedRegistry()
    parts: list[Any] = list(_shipped_parts())
    for path in layout.registry:
        model = _model(loaded, layout, path, _REGISTRY_MODELS[path])
        if model is not None:
            loaded.faults.extend(("TP011", fault) for fault in _repeated_ids(model, parts))
            parts.append(model)
    loaded.registry = gather(parts)
    loaded.faults.extend(("TP012", fault) for fault in _registry_references(loaded.registry))
    return loaded


def config(layout: Layout) -> tuple[Loaded, ConfigFile | None]:
    """bdg.yaml."""
    loaded = Loaded()
    return loaded, _model(loaded, layout, CONFIG, ConfigFile)


def plan(layout: Layout, identity: str, known: Registry) -> LoadedPlan:
    """One plan folder."""
    loaded = LoadedPlan()
    models: dict[str, Any] = {}
    for path in layout.plans[identity]:
        name = path.rsplit("/", 1)[1]
        models[name] = _model(loaded, layout, path, _PLAN_MODELS[name])
    if not _ID.match(identity) or len(identity) > 64 or identity in _DEVICES:
        message = f"tên thư mục “{identity}” không dùng làm mã được; chỉ chữ thường không dấu, số và gạch nối"
        loaded.faults.append(("TP005", Fault(Place(f"{identity}/plan.yaml"), message)))
    document = models["plan.yaml"]
    loaded.draft = document is not None and document.status is Status.DRAFT
    if all(model is not None for model in models.values()):
        loaded.plan = _plan(identity, models, known)
    return loaded


def shipped_registry() -> Registry:
    """The registry that ships with bdg, alone."""
    return gather(_shipped_parts())


@cache
def _calendar_file() -> CalendarFile:
    return _shipped(_CALENDAR, CalendarFile)


def calendar_days() -> tuple[CalendarDay, ...]:
    """Every entry of the shipped calendar, days off first."""
    model = _calendar_file()
    return (*model.holidays, *model.working_days)


@cache
def calendar() -> Calendar:
    """Public holidays and days worked in their place, as shipped."""
    model = _calendar_file()
    holidays = frozenset(day.date for day in model.holidays)
    return Calendar(holidays, frozenset(day.date for day in model.working_days))


@cache
def certain_calendar() -> Calendar:
    """The shipped calendar for checks: without days that are not verified, since those are held against nobody."""
    model = _calendar_file()
    holidays = frozenset(day.date for day in model.holidays if day.verified)
    return Calendar(holidays, frozenset(day.date for day in model.working_days if day.verified))


def shipped_text(path: str) -> str:
    """The text of a file of the reference."""
    return (_REFERENCE / path).read_text("utf-8")


def shipped_plan(identity: str, known: Registry) -> Plan:
    """The national strategy, or one of the three programmes, as shipped."""
    models: dict[str, Any] = {
        name: _shipped(f"plans/{identity}/{name}", _PLAN_MODELS[name]) for name in ("plan.yaml", "targets.yaml")
    }
    return _plan(identity, models, known)


def _plan(identity: str, models: dict[str, Any], known: Registry) -> Plan:
    return Plan(
        id=identity,
        file=models["plan.yaml"],
        targets=models.get("targets.yaml") or TargetsFile(),
        assignments=models.get("assignments.yaml") or AssignmentsFile(),
        names=tuple(known.act_names),
    )


def reports(layout: Layout) -> tuple[Loaded, dict[str, ReportsFile]]:
    """The period reports, by period as the file name says it."""
    loaded = Loaded()
    found: dict[str, ReportsFile] = {}
    for path in layout.reports:
        model = _model(loaded, layout, path, ReportsFile)
        period = path.rsplit("/", 1)[1].removesuffix(".yaml")
        try:
            named = str(Period.parse(period)) == period
        except ValueError:
            named = False
        if not named:
            message = f"tên tệp “{period}.yaml” không phải kỳ; hãy đặt tên theo kỳ báo cáo, như 2024H1.yaml, 2024.yaml"
            loaded.faults.append(("TP005", Fault(Place(path), message, value=period)))
        elif model is not None:
            found[period] = model
    return loaded, found


def locks(layout: Layout) -> tuple[Loaded, dict[str, LockFile]]:
    """The locked figures of issued reports, by period. What somebody has edited by hand is a fault, and left out."""
    loaded = Loaded()
    found: dict[str, LockFile] = {}
    for path in layout.locks:
        model = _model(loaded, layout, path, LockFile)
        if model is None:
            continue
        named = path.rsplit("/", 1)[1].removesuffix(".lock.json")
        if str(model.period) != named:
            message = f"tệp mang tên kỳ {named} mà bên trong ghi kỳ {model.period}; tệp khóa không được đổi tên"
            loaded.faults.append(("TP005", Fault(model.at("period"), message, value=str(model.period))))
            continue
        edited = [fault for plan in model.plans for fault in _edited_by_hand(plan)]
        loaded.faults += [("TP005", fault) for fault in edited]
        kept = tuple(plan for plan in model.plans if not any(_edited_by_hand(plan)))
        found[named] = model.model_copy(update={"plans": kept}) if edited else model
    return loaded, found


def _edited_by_hand(plan: LockedPlan) -> Iterator[Fault]:
    """Where the digests of a lock do not fit what stands beside them: at the figure, else at the plan."""
    way_out = "tệp khóa không được sửa tay; hãy lấy lại bản cũ từ git, hoặc khóa lại bằng bdg report --freeze --force"
    changed = [figure for figure in plan.figures if figure.hash != figure.digest()]
    for figure in changed:
        message = f"số liệu {figure.measure} kỳ {figure.period} không khớp mã băm của nó: {way_out}"
        yield Fault(figure.at("hash"), message, value=f"{figure.measure}/{figure.period}")
    if not changed and plan.hash != plan.digest():
        yield Fault(plan.at("hash"), f"khóa của {plan.plan} không khớp mã băm của nó: {way_out}", value=plan.plan)


def baseline(layout: Layout) -> tuple[Loaded, BaselineFile | None]:
    """baseline.yaml, where there is one."""
    loaded = Loaded()
    return loaded, _model(loaded, layout, BASELINE, BaselineFile) if BASELINE in layout.stats else None


def content(layout: Layout, path: str) -> bytes:
    """The bytes of a file of the repository, or those that are tried out in its place."""
    changed = layout.changed.get(path)
    return Path(layout.absolute(path)).read_bytes() if changed is None else changed


def settings(layout: Layout) -> tuple[Loaded, SettingsFile | None]:
    """templates/settings.yaml; without one, nothing is set and style.docx stands as it is."""
    loaded = Loaded()
    if SETTINGS not in layout.stats:
        return loaded, SettingsFile()
    return loaded, _model(loaded, layout, SETTINGS, SettingsFile)


def text(layout: Layout, path: str) -> tuple[str | None, list[Coded]]:
    """The characters of a file of the repository, or None and the fault that says why not."""
    raw = content(layout, path)
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "bảng mã khác"
        message = f"tệp không phải UTF-8 (có lẽ là {what}), sai từ dòng {line}; hãy lưu lại với bảng mã UTF-8"
        return None, [("TP007", Fault(Place(path, line, 1, line, 1), message))]


def same(one: Layout, other: Layout, paths: Iterable[str]) -> bool:
    """Whether files have the same bytes in two versions of a repository."""
    return all(content(one, path) == content(other, path) for path in paths)


@cache
def _shipped_parts() -> tuple[Any, ...]:
    return tuple(_shipped(path, model) for path, model in _REGISTRY_MODELS.items())


def _shipped(path: str, model: type[_M]) -> _M:
    """A file of the reference; a fault in it is a fault of bdg."""
    loaded = Loaded()
    made = _typed(loaded, SHIPPED + path, shipped_text(path), model)
    if made is None or loaded.faults:
        raise AssertionError(f"{loaded.faults[0][1].place} {loaded.faults[0][1].message}")
    return made


def _model(loaded: Loaded, layout: Layout, path: str, model: type[_M]) -> _M | None:
    written, faults = text(layout, path)
    loaded.faults.extend(faults)
    if written is None:
        loaded.unread.append(path)
        return None
    made = _typed(loaded, path, written, model)
    if made is None:
        loaded.unread.append(path)
    return made


def _typed(loaded: Loaded, path: str, content: str, model: type[_M]) -> _M | None:
    source, faults = nodes.read(path, content)
    loaded.sources[path] = source
    loaded.faults.extend(faults)
    loaded.faults.extend(spelling.faults(source))
    if any(code in {"TP001", "TP007", "TP010"} for code, _ in faults):
        return None
    root: Any = source.root if source.root is not None else _empty(source)
    try:
        return model.model_validate(root)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        loaded.faults.extend(_settled(*_typing_fault(source, model, detail)) for detail in errors)
    if model is BaselineFile:
        errors = _without_faulty_acceptances(root, errors)
    if any(detail["type"] != "extra_forbidden" for detail in errors):
        return None
    for detail in errors:
        owner = _descend(root, detail["loc"][:-1])
        assert isinstance(owner, Mapping)
        owner.pop(str(detail["loc"][-1]), None)
    try:  # what is left without them can still be checked
        return model.model_validate(root)
    except ValidationError:
        return None


def _settled(code: str, fault: Fault) -> Coded:
    """The fault with its route found now, before what it is about is taken out of the tree."""
    fault.place = Place(*fault.place.pack())
    return code, fault


def _without_faulty_acceptances(root: Any, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Take each faulty acceptance out of the tree, and return the errors of the rest: the others still hold."""
    inside = [detail["loc"] for detail in errors if len(detail["loc"]) > 1]
    for index in sorted({int(route[1]) for route in inside}, reverse=True):
        del root["accepted"][index]
    return [detail for detail in errors if len(detail["loc"]) == 1]


def _empty(source: Source) -> Mapping:
    mapping = Mapping()
    mapping.source, mapping.start, mapping.end, mapping.keys_at = source, 0, 0, {}
    return mapping


# ---------------------------------------------------------------------------------------------- types


def _typing_fault(source: Source, model: type[Located], detail: ErrorDetails) -> Coded:
    route = tuple(part for part in detail["loc"])
    place = nodes.find(source.root, route) or source.whole()
    if detail["type"] == "extra_forbidden":
        return "TP003", _unknown_key(source, model, route)
    if detail["type"] == "missing":
        owner, name = _model_at(model, route), str(route[-1])
        term = _term(owner, name)
        return "TP004", Fault(place, f"thiếu khóa “{name}” ({term.lower()})", value=name)
    return "TP005", Fault(place, _sentence(detail), value=str(route[-1]) if route else "")


def _unknown_key(source: Source, model: type[Located], route: tuple[int | str, ...]) -> Fault:
    name = str(route[-1])
    known = [info.alias or field_name for field_name, info in _model_at(model, route).model_fields.items()]
    near = nearest(name, known)
    hint = f"; có phải “{near}”?" if near else f"; các khóa dùng được: {', '.join(known)}"
    node = _descend(source.root, route[:-1])
    place = node.keys_at[name].place() if isinstance(node, Mapping) else source.whole()
    return Fault(place, f"khóa lạ “{name}”{hint}", value=name)


def _descend(node: Node, route: tuple[int | str, ...]) -> Node:
    for part in route:
        match node:
            case Mapping() if part in node:
                node = node[str(part)]
            case Sequence() if isinstance(part, int):
                node = node[part]
    return node


def _model_at(model: type[Located], route: tuple[int | str, ...]) -> type[Located]:
    """The model that the mapping at the end of an error location was meant to become."""
    for part in route[:-1]:
        if isinstance(part, str):
            inner = _inner_model(_field(model, part))
            model = inner or model
    return model


def _field(model: type[Located], key: str) -> Any:
    for name, info in model.model_fields.items():
        if key in {name, info.alias}:
            return info.annotation
    return None


def _inner_model(annotation: Any) -> type[Located] | None:
    if isinstance(annotation, type) and issubclass(annotation, Located):
        return annotation
    if get_origin(annotation) in {tuple, UnionType} or get_args(annotation):
        return next((found for part in get_args(annotation) if (found := _inner_model(part))), None)
    return None


def _term(model: type[Located], key: str) -> str:
    for name, info in model.model_fields.items():
        if key in {name, info.alias}:
            return info.title or key
    return key


def _sentence(detail: ErrorDetails) -> str:
    """A pydantic error in words a planner can act on."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", "giá trị không hợp lệ"))
    if kind == "enum":
        return f"giá trị không nhận; hãy chọn một trong: {_choices(context)}"
    if kind == "string_pattern_mismatch":
        return "mã chỉ gồm chữ thường không dấu, chữ số và gạch nối, như “so-noi-vu” (số mục tiêu như “2.1”, “3.2a”)"
    for start, words in _SENTENCES:
        if kind.startswith(start):
            return words.format(**context)
    return "giá trị không hợp lệ"


def _choices(context: dict[str, Any]) -> str:
    expected = str(context.get("expected", "")).replace("'", "")
    return expected.replace(" or ", ", ")


_SENTENCES = (
    ("literal", "chỉ nhận {expected}"),
    ("finite_number", "không phải số; viết bằng chữ số, phần thập phân sau dấu chấm, như 1.7"),
    ("decimal", "không phải số; viết bằng chữ số, phần thập phân sau dấu chấm, như 1.7"),
    ("int", "không phải số nguyên"),
    ("bool", "chỉ nhận true hoặc false"),
    ("date", "không phải ngày đầy đủ; hãy viết năm-tháng-ngày, như 2024-06-15"),
    ("string_too_long", "dài quá {max_length} ký tự"),
    ("string", "cần một đoạn chữ"),
    ("tuple", "cần một danh sách, mỗi mục một dòng bắt đầu bằng “- ”"),
    ("model", "cần một bảng gồm các dòng “khóa: giá trị”"),
    ("dict", "cần một bảng gồm các dòng “khóa: giá trị”"),
    ("greater_than_equal", "số nhỏ quá; nhỏ nhất là {ge}"),
    ("greater_than", "số nhỏ quá; phải lớn hơn {gt}"),
    ("less_than_equal", "số lớn quá; lớn nhất là {le}"),
    ("less_than", "số lớn quá; phải nhỏ hơn {lt}"),
)


# ---------------------------------------------------------------------------------------------- ids


def _repeated_ids(model: Located, parts: list[Any]) -> Iterator[Fault]:
    """Ids of a registry file that stand there twice, or that the shipped registry or an earlier file has."""
    for name in type(model).model_fields:
        first: dict[str, Place] = {
            entry.id: entry.at("id") for part in parts if type(part) is type(model) for entry in getattr(part, name)
        }
        for entry in getattr(model, name):
            if entry.id in first:
                where = first[entry.id]
                owner = "sổ đi kèm bdg" if where.path.startswith(SHIPPED) else "tệp này"
                related = [] if where.path.startswith(SHIPPED) else [(where, "lần đầu ở đây")]
                yield Fault(entry.at("id"), f"mã “{entry.id}” đã có trong {owner}", related, value=entry.id)
            else:
                first[entry.id] = entry.at("id")


def _registry_references(known: Registry) -> Iterator[Fault]:
    """References inside the repository's own registry files that lead nowhere."""
    for act in known.acts.values():
        yield from missing(act.at("issuer"), act.issuer, known.agencies, "cơ quan")
        yield from missing(act.at("replaced_by"), act.replaced_by, known.acts, "văn bản")
    for agency in known.agencies.values():
        yield from missing(agency.at("kind"), agency.kind, known.kinds, "loại cơ quan")
        yield from missing(agency.at("area"), agency.area, known.areas, "địa bàn")
        yield from _heir_references(agency.heirs, known)
    for kind in known.kinds.values():
        yield from _heir_references(kind.heirs, known)
    for group in known.groups.values():
        yield from missing(group.at("kind"), group.kind, known.kinds, "loại cơ quan")
        yield from missing(group.at("area"), group.area, known.areas, "địa bàn")
        for member in group.members:
            yield from missing(group.at_entry("members", member), member, known.agencies, "cơ quan")
    for area in known.areas.values():
        yield from missing(area.at("parent"), area.parent, known.areas, "địa bàn")
        yield from missing(area.at("merged_into"), area.merged_into, known.areas, "địa bàn")


def _heir_references(heirs: tuple[Heir, ...], known: Registry) -> Iterator[Fault]:
    for heir in heirs:
        yield from missing(heir.at("agency"), heir.agency, known.agencies, "cơ quan")
        yield from missing(heir.at("kind"), heir.kind, known.kinds, "loại cơ quan")


def missing(place: Place, identity: str | None, known: Any, what: str) -> Iterator[Fault]:
    """The fault of a reference to an id that does not exist, with the nearest one that does."""
    if identity is None or identity in known or place.path.startswith(SHIPPED):
        return
    near = nearest(identity, known)
    hint = f"; có phải “{near}”?" if near else ""
    yield Fault(place, f"không có {what} nào mang mã “{identity}”{hint}", value=identity)
