"""`bdg init DIR`: a repository that validates clean, with the area's agencies and a first plan to copy."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bdg_cli import edit, load
from bdg_cli.commands import period as periods
from bdg_cli.commands import schema, terminal
from bdg_cli.dates import Period, PeriodKind
from bdg_cli.documents.wording import Wording
from bdg_cli.layout import CONFIG, WrongUse
from bdg_cli.models.registry import AgencyKind, Area, AreaUnit, Level, Sector
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import nearest, without_marks

_DEFAULT_AREA = "ha-noi"
_OFFICES = {
    Level.PROVINCE: ("so-noi-vu", "so-ldtbxh", "ubnd-tinh", "so-vhttdl"),
    Level.COMMUNE: ("phong-vhxh-xa", "phong-vhxh-xa", "ubnd-xa", "ubnd-xa"),
}
_FILES = (
    ("bdg.yaml", "bdg.yaml.j2"),
    ("registry/areas.yaml", "areas.yaml.j2"),
    ("registry/acts.yaml", "acts.yaml.j2"),
    ("registry/agencies.yaml", "agencies.yaml.j2"),
    ("{plan}/plan.yaml", "plan.yaml.j2"),
    ("{plan}/targets.yaml", "targets.yaml.j2"),
    ("{plan}/assignments.yaml", "assignments.yaml.j2"),
    ("README.md", "README.md.j2"),
    ("data/README.md", "data-README.md.j2"),
)


@dataclass(frozen=True)
class Answers:
    """What the user has said already; None where not."""

    area: str | None
    commune: str | None
    office: str | None
    period: str | None


def run(folder: str, answers: Answers, *, ask: bool, today: str | None, dry_run: bool) -> int:
    """Make the repository; over nothing that is there."""
    day = date.fromisoformat(terminal.today(today))
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = "đã là một kho" if (target / CONFIG).exists() else "đã có và không trống"
        raise WrongUse(f"“{folder}” {what}; hãy chọn một thư mục mới")
    registry = load.shipped_registry()
    if ask:
        answers = _asked(answers, day)
    files = _made(_settings(registry, answers, day))
    for path, content in files.items():
        if not dry_run:
            edit.write_file(os.path.join(folder, *path.split("/")), content)
        if not path.startswith("."):
            print(f"{'Sẽ ghi' if dry_run else 'Đã ghi'} {target / path}")
    if not dry_run:
        print(f"Kho đã sẵn sàng. Tiếp theo: chuyển vào “{folder}”, đọc README.md, chạy bdg validate")
    return 0


def _asked(answers: Answers, day: date) -> Answers:
    """The answers, with what is missing asked at the terminal."""
    if not sys.stdin.isatty():
        raise WrongUse("không có bàn phím để hỏi; hãy thêm --yes, và --area, --period nếu cần")
    area = answers.area or terminal.ask("Mã tỉnh, thành phố (không dấu, như vinh-long)", _DEFAULT_AREA)
    commune = answers.commune
    if commune is None:
        commune = terminal.ask("Tên xã, phường nếu là kho của cấp xã (Enter nếu là cấp tỉnh)", "")
    period = answers.period or terminal.ask("Kỳ của kế hoạch đầu tiên", str(day.year + 1))
    return Answers(area, commune or None, answers.office, period)


def _settings(registry: Registry, answers: Answers, day: date) -> dict[str, Any]:
    """Everything the templates need."""
    province = _province(registry, answers.area or _DEFAULT_AREA, day)
    commune = _commune(answers.commune) if answers.commune else None
    level = Level.COMMUNE if commune else Level.PROVINCE
    period = periods.parse(answers.period or str(day.year + 1))
    if period.kind not in {PeriodKind.YEAR, PeriodKind.SPAN}:
        raise WrongUse(f"kế hoạch là của một năm hay nhiều năm, không phải {period}; như 2026 hoặc 2026-2030")
    area = commune["id"] if commune else province.id
    kinds = _kinds(registry, level, day)
    standing_kind = _standing(kinds, level, answers.office)
    _, _, issuer_kind, family_kind = _OFFICES[level]
    where = f"{commune['unit']} {commune['name']}" if commune else f"{province.unit} {province.name}"
    return {
        "name": f"Kho kế hoạch bình đẳng giới {where}", "area": area, "province": province.id, "commune": commune,
        "where": where, "place": commune["name"] if commune else province.name, "day": f"{day:%d/%m/%Y}",
        "agencies": [_agency(kind, area, where, level) for kind in kinds], "group": _group_name(level),
        "issuer": _id(issuer_kind, area), "standing": _id(standing_kind.id, area),
        "standing_name": standing_kind.name, "family": _id(family_kind, area), "plan": f"ke-hoach-{period}",
        "period": str(period), "last_year": period.end.year, "late": period.end.year >= 2030, "when": _when(period),
        "month": f"{day:%Y-%m}" if day.year == period.start.year else str(period.start.year),
        "report_period": f"{period.start.year}H1",
    }  # fmt: skip


def _province(registry: Registry, identity: str, day: date) -> Area:
    area = registry.areas.get(identity)
    if area is None or area.level is not Level.PROVINCE:
        known = [known.id for known in registry.areas.values() if known.level is Level.PROVINCE]
        near = nearest(identity, known)
        raise WrongUse(f"không có tỉnh, thành phố nào mang mã “{identity}”" + (f"; có phải “{near}”?" if near else ""))
    if area.valid is not None and not area.valid.covers(day):
        after = registry.areas.get(area.merged_into or "")
        hint = f"; nay thuộc {after.name}, hãy dùng --area {after.id}" if after else ""
        raise WrongUse(f"{area.name} không còn là đơn vị cấp tỉnh ngày {day:%d/%m/%Y}{hint}")
    return area


def _commune(text: str) -> dict[str, str]:
    """`xã An Bình` as unit, name and id."""
    unit = next(
        (unit for unit in (AreaUnit.COMMUNE, AreaUnit.WARD, AreaUnit.ZONE) if text.lower().startswith(f"{unit} ")), None
    )
    if unit is None:
        raise WrongUse(f"“{text}” phải bắt đầu bằng xã, phường hoặc đặc khu, như “xã An Bình”")
    name = text[len(unit.value) + 1 :].strip()
    slug = re.sub(r"[^a-z0-9]+", "-", without_marks(f"{unit} {name}")).strip("-")
    return {"id": slug, "name": name, "unit": unit.value}


def _kinds(registry: Registry, level: Level, day: date) -> list[AgencyKind]:
    """The kinds of agency of a level that exist on a day and may be stated as certain, and those the plan needs."""
    needed = set(_OFFICES[level])
    return [
        kind
        for kind in registry.kinds.values()
        if kind.level is level
        and (kind.valid is None or kind.valid.covers(day))
        and (
            kind.id in needed
            or (kind.verified and kind.sector in {Sector.ADMINISTRATION, Sector.FRONT, Sector.VERTICAL})
        )
    ]


def _standing(kinds: list[AgencyKind], level: Level, chosen: str | None) -> AgencyKind:
    """The kind of the standing office: the one chosen, else the one that holds gender equality now."""
    known = {kind.id: kind for kind in kinds}
    if chosen is not None and chosen not in known:
        near = nearest(chosen, known)
        raise WrongUse(f"không có loại cơ quan “{chosen}” ở cấp này" + (f"; có phải “{near}”?" if near else ""))
    now, before, _, _ = _OFFICES[level]
    return known[chosen or (now if level is Level.COMMUNE or before not in known else before)]


def _agency(kind: AgencyKind, area: str, where: str, level: Level) -> dict[str, Any]:
    name = f"Ủy ban nhân dân {where}" if kind.id == "ubnd-xa" else ""
    member = kind.sector is Sector.ADMINISTRATION and kind.id not in {"ubnd-tinh", "ubnd-xa"}
    return {
        "id": _id(kind.id, area),
        "kind": kind.id,
        "name": name if level is Level.COMMUNE else "",
        "member": member,
    }


def _id(kind: str, area: str) -> str:
    """`so-noi-vu-vinh-long`; the level is said once: `ubnd-xa-an-binh`, not `ubnd-xa-xa-an-binh`."""
    return f"{kind.removesuffix('-xa')}-{area}" if area.split("-")[0] in {"xa", "phuong", "dac"} else f"{kind}-{area}"


def _group_name(level: Level) -> str:
    return "Các cơ quan, đơn vị thuộc xã" if level is Level.COMMUNE else "Các sở, ban, ngành"


def _when(period: Period) -> str:
    return f"năm {period}" if period.kind is PeriodKind.YEAR else f"giai đoạn {period}"


def _made(settings: dict[str, Any]) -> dict[str, bytes]:
    """Path and content of every file."""
    wording = Wording(None)
    files = {
        path.format(plan=settings["plan"]): wording.text(f"init/{template}", **settings).encode()
        for path, template in _FILES
    }
    return {**files, **{f".bdg/schema/{name}": content for name, content in schema.all_files().items()}}
