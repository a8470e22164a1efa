"""`bdg report --include DIR`: the repositories of an area's units, read and checked, for sums and the cascade."""

from __future__ import annotations

import os

from bdg_cli import load, rollup, validation
from bdg_cli.cache import Cache, combined
from bdg_cli.commands.office import Office
from bdg_cli.data.results import Results
from bdg_cli.dates import Period
from bdg_cli.findings import ERROR
from bdg_cli.layout import Layout, WrongUse, find_root
from bdg_cli.models.registry import Area
from bdg_cli.plan import Plan
from bdg_cli.provenance import INCLUDED
from bdg_cli.rollup import RollUp, Unit
from bdg_cli.workshop import Workshop


class Included:
    """The repositories named, each once. One whose figures have errors is named and left out, and counts as missing."""

    def __init__(self, office: Office, folders: tuple[str, ...]) -> None:
        self.office = office
        self.faulty = False
        self.units: list[Unit] = []
        self.digests: list[str] = []
        roots: dict[str, str] = {}
        for folder in folders:
            root = os.path.realpath(find_root(folder))
            if root == os.path.realpath(office.root):
                raise WrongUse(f"--include {folder} là chính kho này; hãy chỉ ra kho của đơn vị trực thuộc")
            if root in roots:
                office.say(f"--include {folder}: đã có (cùng kho với {roots[root]}), chỉ tính một lần")
                continue
            roots[root] = folder
            self._add(folder, root)

    def _add(self, folder: str, root: str) -> None:
        outcome = validation.validate(root, self.office.outcome.today, use_cache=self.office.choices.cache)
        cache = Cache(root, use=self.office.choices.cache)
        shop = Workshop(outcome.layout, self.office.outcome.today, cache)
        _, config = load.config(outcome.layout)
        if config is None or config.area is None:
            raise WrongUse(f"kho {folder}: bdg.yaml không ghi địa bàn (area), không biết số của kho là của đâu")
        errors = [
            one
            for one in outcome.findings
            if one.severity == ERROR and not one.accepted and _of_figures(one.place.path)
        ]
        if errors or shop.figures.unread:
            self.faulty = self.office.failed = True
            first = f": {errors[0].place!r} {errors[0].code} {errors[0].message}" if errors else ""
            self.office.say(f"{folder}: không cộng số liệu của kho này vì còn {len(errors)} lỗi chưa xử lý{first}")
            return
        self.digests.append(_digest(outcome.layout))
        self.units.append(
            Unit(
                folder=os.path.basename(os.path.normpath(folder)) or folder,
                area=config.area,
                areas={area: known for area, known in shop.registry.areas.items() if _is_own(known)},
                results=Results.over(shop.figures.rows, shop.registry),
                reported=shop.figures.rows.areas,
                plans=tuple(plan for name in outcome.layout.plans if (plan := shop.plan(name).plan) is not None),
            )
        )

    def of_plan(self, plan: Plan, period: Period) -> RollUp:
        """The roll-up for one plan; repositories of other areas are named and left out."""
        registry = self.office.workshop.registry
        whole = plan.file.area or ""
        areas: dict[str, Area] = {}
        for unit in self.units:
            areas.update(unit.areas)
        areas.update(registry.areas)
        within = []
        for unit in self.units:
            if rollup.is_within(unit.area, whole, areas):
                within.append(unit)
            else:
                other = f"kho {unit.folder} là của {unit.area}, không thuộc {whole or 'địa bàn của kế hoạch'}"
                self.office.say(f"{plan.id}: {other}: không cộng")
        periods = (period, period.previous, period.year_before)
        return rollup.of_plan(plan, registry, tuple(within), periods)

    def properties(self) -> dict[str, str]:
        """The provenance of what came from the included repositories."""
        return {INCLUDED: combined(self.digests)}


def _of_figures(path: str) -> bool:
    return path.startswith(("data/", "registry/")) or path == "bdg.yaml"


def _is_own(area: Area) -> bool:
    return not area.here().path.startswith(load.SHIPPED)


def _digest(layout: Layout) -> str:
    paths = [*layout.registry, *layout.data, *(path for paths in layout.plans.values() for path in paths)]
    return Cache(layout.root, use=False).digest(layout, paths)
