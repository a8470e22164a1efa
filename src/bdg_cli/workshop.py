"""Where units are done: load, check, gather facts, and hand back plain values that the cache can keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from bdg_cli import facts, load, nodes
from bdg_cli.checks import CATALOGUE, CHECKS
from bdg_cli.checks.check import Check
from bdg_cli.data import observations
from bdg_cli.data.observations import Observation
from bdg_cli.data.results import Results
from bdg_cli.facts import Facts
from bdg_cli.findings import NOT_CHECKED, Fault, Finding, Place, fingerprint
from bdg_cli.layout import INDICATORS, Layout
from bdg_cli.load import Coded, Loaded, LoadedPlan, LoadedRegistry
from bdg_cli.models.lock import LockFile
from bdg_cli.models.report import ReportsFile
from bdg_cli.nodes import Source
from bdg_cli.registry import Registry

_COMMENT = re.compile(r"#\s*bdg:\s*bỏ qua\s+(?P<code>[A-Z]{2}\d{3})(?:\s+vì\s+(?P<reason>.*\S))?\s*$", re.MULTILINE)
_NEED_REGISTRY = {"TP012", "CC103"}
Unit = dict[str, Any]


@dataclass
class Figures:
    """All CSV files of the repository, read."""

    observations: tuple[Observation, ...]
    faults: list[Coded] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Gap:
    """What could not be checked: files that could not be read, the codes that needed them, and that in words."""

    paths: list[str]
    codes: tuple[str, ...]
    reason: str

    def findings(self, plan: str | None) -> list[Finding]:
        """KN104 for each file, naming the codes."""
        message = f"{self.reason} ({_in_short(self.codes)})"
        return _findings(((NOT_CHECKED, Fault(Place(path), message)) for path in self.paths), plan)


class Workshop:
    """One repository on one day. Registry and data are read once, plans one at a time."""

    def __init__(self, layout: Layout, today: str) -> None:
        self.layout = layout
        self.today = date.fromisoformat(today)
        self._last: tuple[str, LoadedPlan] | None = None

    @cached_property
    def loaded_registry(self) -> LoadedRegistry:
        """The registry files."""
        return load.registry(self.layout)

    @property
    def registry(self) -> Registry:
        """The registry, shipped and the repository's own."""
        return self.loaded_registry.registry

    @cached_property
    def figures(self) -> Figures:
        """Every CSV under data/."""
        rows: list[Observation] = []
        faults: list[Coded] = []
        unread: list[str] = []
        for path in self.layout.data:
            text, found = load.text(self.layout, path)
            faults += found
            if text is None:
                unread.append(path)
                continue
            read = observations.read(path, text)
            rows += read.observations
            faults += read.faults
            unread += [path] if read.unread else []
        return Figures(tuple(rows), faults, unread)

    @cached_property
    def results(self) -> Results:
        """The observations, asked one figure at a time: the repository's and the published national ones."""
        return Results((*national_results(), *self.figures.observations), self.registry)

    @cached_property
    def reports(self) -> tuple[Loaded, dict[str, ReportsFile]]:
        """The period reports by period."""
        return load.reports(self.layout)

    @cached_property
    def locks(self) -> tuple[Loaded, dict[str, LockFile]]:
        """The figures of issued reports as they were locked, by period."""
        return load.locks(self.layout)

    @cached_property
    def shipped(self) -> tuple[Facts, ...]:
        """The facts of the national strategy and programmes."""
        plans = [load.shipped_plan(identity, self.registry) for identity in load.NATIONAL_PLANS]
        return tuple(facts.gather(plan, self.registry, shipped=True) for plan in plans)

    def _heard(self, faults: list[Coded]) -> list[Coded]:
        """Without the faults that only repeat that a registry file is missing or cannot be read."""
        absent = "registry/agencies.yaml" not in self.layout.stats
        if not absent and not self.loaded_registry.unread:
            return faults
        return [(code, fault) for code, fault in faults if code not in _NEED_REGISTRY]

    def plan(self, identity: str) -> LoadedPlan:
        """One plan folder, or a shipped plan; the last one asked for is kept, and only that."""
        if identity in load.NATIONAL_PLANS and identity not in self.layout.plans:
            return LoadedPlan(plan=load.shipped_plan(identity, self.registry))
        if self._last is None or self._last[0] != identity:
            self._last = (identity, load.plan(self.layout, identity, self.registry))
        return self._last[1]

    # ------------------------------------------------------------------------------------------ units

    def catalogue(self) -> Unit:
        """Severity, title and way out of every rule."""
        return {"rules": {code: (rule.severity, rule.title, rule.way_out) for code, rule in CATALOGUE.items()}}

    def registry_unit(self) -> Unit:
        """Findings of the registry files."""
        loaded = self.loaded_registry
        gap = Gap(loaded.unread, _reading("registry"), "các kiểm tra dựa vào sổ này chưa đầy đủ vì nó không đọc được")
        return {**_unit(_findings(self._heard(loaded.faults)), gap), "entries": _comments(loaded.sources.values())}

    def config_unit(self) -> Unit:
        """Findings of bdg.yaml and of the settings of documents, and the severities that the repository has changed."""
        loaded, config = load.config(self.layout)
        faults = [*loaded.faults, *load.settings(self.layout)[0].faults]
        severities = {code: str(severity) for code, severity in config.severity.items()} if config else {}
        if config is not None:
            place = config.at("severity")
            faults += [
                ("TP012", fault) for code in severities for fault in load.missing(place, code, CATALOGUE, "kiểm tra")
            ]
            area = load.missing(config.at("area"), config.area, self.registry.areas, "địa bàn")
            faults += [("TP012", fault) for fault in area]
        gap = Gap(loaded.unread, ("TP012",), "mức độ riêng và địa bàn của kho chưa được xét vì tệp này không đọc được")
        return {**_unit(_findings(faults), gap), "severities": severities}

    def plan_unit(self, identity: str) -> Unit:
        """Findings of one plan that do not depend on the day, and its facts."""
        loaded = self.plan(identity)
        plan = loaded.plan
        faults = list(loaded.faults)
        if plan is not None:
            found = _run(
                lambda check: _is_plan_check(check, dated=False),
                plan=plan, registry=self.registry, calendar=load.certain_calendar(),
            )  # fmt: skip
            faults += self._heard(found)
        told = f"kế hoạch {identity} chưa được kiểm tra vì tệp này không đọc được"
        gap = Gap(loaded.unread, _reading("plan", "facts"), told)
        kept = facts.gather(plan, self.registry).pack() if plan is not None else b""
        unit = _unit(_findings(faults, identity), gap, plan=identity)
        return {**unit, "entries": _comments(loaded.sources.values()), "facts": kept, "draft": loaded.draft}

    def dated_unit(self, identity: str) -> Unit:
        """Findings of one plan that depend on the day."""
        plan = self.plan(identity).plan
        if plan is None:
            return _unit([])
        faults = _run(
            lambda check: _is_plan_check(check, dated=True),
            plan=plan, registry=self.registry, calendar=load.certain_calendar(), today=self.today,
        )  # fmt: skip
        return _unit(_findings(faults, identity))

    def data_unit(self) -> Unit:
        """Findings of the figures by themselves."""
        figures = self.figures
        checked = _run(
            lambda check: "observations" in check.inputs, observations=figures.observations, registry=self.registry
        )
        told = "số liệu của tệp này chưa được kiểm tra, chưa tính vào kết quả vì tệp không đọc được"
        gap = Gap(figures.unread, _reading("observations", "results"), told)
        return _unit(_findings([*figures.faults, *self._heard(checked)]), gap)

    def reports_unit(self) -> Unit:
        """Findings of the report files and of the locks."""
        loaded, reports = self.reports
        plans = frozenset(self.layout.plans)
        checked = _run(
            lambda check: "reports" in check.inputs and "plans" in check.inputs,
            reports=reports, plans=plans, registry=self.registry,
        )  # fmt: skip
        told = "báo cáo của kỳ này chưa được kiểm tra vì tệp không đọc được"
        locked, _ = self.locks
        gap = Gap(loaded.unread, _reading("reports"), told)
        unlocked = Gap(
            locked.unread, _reading("locks"), "số liệu đã khóa của kỳ này chưa được đối chiếu vì tệp không đọc được"
        )
        unit = _unit(_findings([*loaded.faults, *locked.faults, *self._heard(checked)]), gap, unlocked)
        issued = [
            f"reports/{period}.yaml" for period, file in reports.items() if any(one.number for one in file.reports)
        ]
        return {**unit, "entries": _comments(loaded.sources.values()), "issued": issued}

    def across_unit(self, packed: Iterable[bytes]) -> Unit:
        """Findings of the checks across plans."""
        known = (*(Facts.unpack(one) for one in packed), *self.shipped)
        faults = _run(
            lambda check: "facts" in check.inputs and not check.compares,
            facts=known, registry=self.registry, results=self.results, today=self.today,
            reports=self.reports[1], locks=self.locks[1], calendar=load.certain_calendar(),
        )  # fmt: skip
        return _unit(_findings(self._heard(faults), plans=frozenset(self.layout.plans)))

    def lost_since(self, before: Workshop) -> list[Finding]:
        """What issued plans have lost since an earlier revision (SS)."""
        found = self._rewritten(before)
        for identity, paths in before.layout.plans.items():
            if self.layout.plans.get(identity) != paths or not load.same(before.layout, self.layout, paths):
                found += self._compared(before, identity)
        return found

    def _rewritten(self, before: Workshop) -> list[Finding]:
        """Shared definitions that were written over, where the file of indicators changed at all."""
        paths = [path for path in (INDICATORS,) if path in before.layout.stats and path in self.layout.stats]
        if not paths or load.same(before.layout, self.layout, paths):
            return []
        plans = [plan for plan in (self.plan(identity).plan for identity in self.layout.plans) if plan is not None]
        known = tuple(facts.gather(plan, self.registry) for plan in plans)
        given = {"earlier_registry": before.registry, "registry": self.registry, "facts": known}
        return _findings(_run(lambda check: "earlier_registry" in check.inputs, **given))

    def _compared(self, before: Workshop, identity: str) -> list[Finding]:
        """One plan against its earlier revision; a revision that cannot be read has nothing to hold it to."""
        old = before.plan(identity).plan
        if old is None:
            return []
        if identity not in self.layout.plans:
            return _findings(_run(lambda check: "gone" in check.inputs, gone=old), identity)
        plan = self.plan(identity).plan
        if plan is None:
            return []  # TP and KN104 speak of it
        given = {"before": old, "plan": plan, "registry": self.registry}
        return _findings(_run(lambda check: "before" in check.inputs, **given), identity)

    def baseline_unit(self) -> Unit:
        """Findings of baseline.yaml, and its entries."""
        loaded, model = load.baseline(self.layout)
        entries = [
            (
                entry.fingerprint or "", entry.code or "", entry.path or "", entry.route or "", entry.reason or "",
                entry.owner or "", entry.until or "", 0, (entry.here().pack(), entry.at("until").pack()),
            )
            for entry in (model.accepted if model else ())
        ]  # fmt: skip
        gap = Gap(loaded.unread, ("KN101", "KN102", "KN103"), "chưa áp dụng chấp nhận nào vì tệp này không đọc được")
        return {**_unit(_findings(loaded.faults), gap), "entries": entries}


def national_results() -> tuple[Observation, ...]:
    """Published results of the national strategy, as shipped."""
    path = "data/strategy.csv"
    return tuple(observations.read(load.SHIPPED + path, load.shipped_text(path)).observations)


def _is_plan_check(check: Check, *, dated: bool) -> bool:
    return "plan" in check.inputs and not check.compares and ("today" in check.inputs) is dated


def _run(chosen: Any, **given: Any) -> list[Coded]:
    return [(check.code, fault) for check in CHECKS if chosen(check) for fault in check.run(**given)]


def _reading(*inputs: str) -> tuple[str, ...]:
    """The codes of the checks that read any of some inputs, sorted."""
    return tuple(sorted({check.code for check in CHECKS if check.inputs & set(inputs)}))


def _unit(findings: list[Finding], *gaps: Gap, plan: str | None = None) -> Unit:
    unread = [found for gap in gaps for found in gap.findings(plan)]
    rows = [(code, path, gap.reason) for gap in gaps for path in gap.paths for code in gap.codes]
    return {"findings": [finding.pack() for finding in [*findings, *unread]], "not_checked": rows}


def _findings(faults: Iterable[Coded], plan: str | None = None, plans: frozenset[str] = frozenset()) -> list[Finding]:
    """Faults under their codes, with fingerprints that no moved line changes."""
    seen: Counter[tuple[str, ...]] = Counter()
    findings = []
    for code, fault in sorted(faults, key=lambda coded: (coded[1].place.path, coded[1].place.start, coded[0])):
        place = fault.place
        identity = (code, place.path, place.route, fault.value)
        mark = fingerprint(code, place, fault.value, seen[identity])
        seen[identity] += 1
        folder = place.path.split("/")[0]
        owner = plan or (folder if folder in plans else None)
        findings.append(Finding(code, fault.message, place, fault.related, mark, owner, edits=fault.edits))
    return findings


def _in_short(codes: tuple[str, ...]) -> str:
    """The codes as few words: `VB` where all of the subject are among them, else each by itself."""
    subjects: dict[str, list[str]] = {}
    for code in codes:
        subjects.setdefault(code[:2], []).append(code)
    whole = Counter(check.code[:2] for check in {check.code: check for check in CHECKS}.values())
    return ", ".join(
        subject if len(named) == whole[subject] > 1 else ", ".join(named) for subject, named in subjects.items()
    )


def _comments(sources: Iterable[Source]) -> list[tuple[Any, ...]]:
    return [entry for source in sources if not source.path.startswith(load.SHIPPED) for entry in _comments_in(source)]


def _comments_in(source: Source) -> Iterator[tuple[Any, ...]]:
    if "bdg:" not in source.text:
        return
    texts = [(scalar.start, scalar.end) for scalar in nodes.scalars(source.root)]
    for match in _COMMENT.finditer(source.text):
        if any(start <= match.start() < end for start, end in texts):
            continue  # words of a text, not a comment
        place = source.place(match.start(), match.end())
        reason = match["reason"] or ""
        yield ("", match["code"], source.path, "", reason, "", "", place.line, (place.pack(), place.pack()))
