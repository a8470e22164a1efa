"""The run: each unit's findings from the cache or by loading and checking it, then acceptance, severity, order.

Modules that read and check are imported only when some unit has to be done again.
"""

from __future__ import annotations

import gc

from bdg_cli import acceptance
from bdg_cli.cache import Cache, combined
from bdg_cli.findings import Finding, Place, fingerprint
from bdg_cli.layout import BASELINE, CONFIG, SETTINGS, Layout, scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from bdg_cli.history import Changes
    from bdg_cli.workshop import Workshop

_COLLECT_EVERY = 100_000  # objects
_BROKEN = frozenset({"TP001", "TP002", "TP006", "TP007", "TP010"})  # what is wrong with a file's YAML itself


class Outcome:
    """Everything a run has to say.

    `catalogue` holds severity, title and way out by code; `drafts` the ids of plans that are not issued; `withheld`
    the findings that could be mended and must not be (see `_withhold`).
    """

    __slots__ = ("catalogue", "drafts", "findings", "layout", "not_checked", "today", "withheld")

    def __init__(self, layout: Layout, today: str) -> None:
        self.layout = layout
        self.today = today
        self.findings: list[Finding] = []
        self.not_checked: list[tuple[str, str, str]] = []
        self.catalogue: dict[str, tuple[str, str, str]] = {}
        self.drafts: set[str] = set()
        self.withheld: list[Finding] = []

    @property
    def file_count(self) -> int:
        """How many files of the repository were looked at."""
        return len(self.layout.stats)

    def count(self, severity: str) -> int:
        """How many findings of a severity are not accepted."""
        return sum(1 for finding in self.findings if finding.severity == severity and not finding.accepted)

    @property
    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(1 for finding in self.findings if finding.accepted)


def validate(
    root: str, today: str, *, use_cache: bool = True, baseline: bool = True, since: str | None = None,
    changed: dict[str, bytes] | None = None,
) -> Outcome:  # fmt: skip
    """All findings of the repository at `root` on the day `today` (ISO). Nothing is written into the repository.

    `since` names a revision of git: then only what stands in what changed since, what the change caused elsewhere,
    and what issued plans have lost by it (SS). `changed`: contents by path that are looked at in place of those on
    disk; what is found then is not kept.
    """
    layout = scan(root)
    layout.changed = changed or {}
    cache = Cache(root, use=use_cache)
    run = _Run(layout, cache, today)
    outcome = run.outcome()
    if not changed:
        cache.save()
    if since is None:
        _settle(run, baseline=baseline)
        return outcome
    from bdg_cli import history

    with history.earlier(root, since) as folder:
        before = _Run(scan(folder), Cache(root, use=use_cache, borrowed=True), today)
        if CONFIG in before.layout.stats:  # else the repository was not there yet
            before.outcome()
            outcome.findings += run.workshop.lost_since(before.workshop)
            _settle(before, baseline=baseline)
    _settle(run, baseline=baseline, compared=True)
    outcome.findings = _of_the_change(outcome, before.result, history.changes(root, since))
    return outcome


def _settle(run: _Run, *, baseline: bool, compared: bool = False) -> None:
    """Apply what is not cached: what may be mended, acceptance, severity, order."""
    outcome = run.result
    _withhold(outcome, run.issued)
    if baseline:
        entries = [acceptance.Entry(*entry) for entry in run.entries]
        usual = {code: severity for code, (severity, _, _) in outcome.catalogue.items()}
        drafts = frozenset(outcome.drafts)
        outcome.findings += list(
            acceptance.apply(outcome.findings, entries, outcome.today, drafts, usual, compared=compared)
        )
    _grade(outcome, run.severities)
    outcome.findings.sort(key=Finding.order)


def _of_the_change(outcome: Outcome, before: Outcome, changes: Changes) -> list[Finding]:
    """The findings that stand in what changed, and those that an earlier revision did not have as they are now."""
    known: dict[tuple[str, str, bool], int] = {}
    for finding in before.findings:
        known[finding.state] = known.get(finding.state, 0) + 1
    kept = []
    for finding in outcome.findings:
        place = finding.place
        if known.get(finding.state, 0) > 0:
            known[finding.state] -= 1
            if not changes.touch(place.path, place.line, max(place.line, place.end_line)):
                continue
        kept.append(finding)
    return kept


def _withhold(outcome: Outcome, issued: set[str]) -> None:
    """Take the edits from findings in issued text, and in files whose YAML is broken: those are never mended by bdg.

    A plan is issued unless its plan.yaml says draft; a report is when it has a number, or its figures are locked.
    """
    stats = outcome.layout.stats
    untouched = issued | {finding.place.path for finding in outcome.findings if finding.code in _BROKEN}
    untouched |= {path for path in outcome.layout.reports if f"{path.removesuffix('.yaml')}.lock.json" in stats}
    for identity, paths in outcome.layout.plans.items():
        untouched |= set() if identity in outcome.drafts else set(paths)
    for finding in outcome.findings:
        if any(edit.path in untouched for edit in finding.edits):
            outcome.withheld.append(finding)
            finding.edits = ()


def _grade(outcome: Outcome, severities: dict[str, str]) -> None:
    for finding in outcome.findings:
        usual = outcome.catalogue[finding.code][0]
        finding.severity = usual if finding.code.startswith("TP") else severities.get(finding.code, usual)


class _Run:
    """One pass over the units of a repository."""

    def __init__(self, layout: Layout, cache: Cache, today: str) -> None:
        self.layout = layout
        self.cache = cache
        self.today = today
        self.entries: list[tuple[Any, ...]] = []
        self.severities: dict[str, str] = {}
        self.result = Outcome(layout, today)
        self.issued: set[str] = set()  # report files with a report that has left the office
        self._workshop: Workshop | None = None

    @property
    def workshop(self) -> Workshop:
        """The room where units are done: imported, with all that it needs, only when a unit is."""
        if self._workshop is None:
            # The collector finds nothing among modules and models that live as long as the program: keep it off
            # while they come in, and rare after that (a loaded plan is a cycle, so it must run at times).
            gc.disable()
            from bdg_cli.workshop import Workshop

            gc.freeze()
            gc.set_threshold(_COLLECT_EVERY)
            gc.enable()
            self._workshop = Workshop(self.layout, self.today)
        return self._workshop

    def outcome(self) -> Outcome:
        """Findings of all units, not yet graded."""
        outcome = self.result
        layout, digest = self.layout, self.cache.digest
        registry = digest(layout, layout.registry)
        plans = {identity: digest(layout, paths) for identity, paths in layout.plans.items()}
        data, reports = digest(layout, layout.data), digest(layout, [*layout.reports, *layout.locks])
        outcome.catalogue = self._unit("catalogue", {}, lambda shop: shop.catalogue())["rules"]
        self._take(outcome, "registry", {"registry": registry}, lambda shop: shop.registry_unit())
        settings = [SETTINGS] if SETTINGS in layout.stats else []
        inputs = {"config": digest(layout, [CONFIG, *settings]), "registry": registry}
        self._take(outcome, "config", inputs, lambda shop: shop.config_unit())
        for identity, own in plans.items():
            self._plan(outcome, identity, {"plan": own, "registry": registry})
        self._take(outcome, "data", {"data": data, "registry": registry}, lambda shop: shop.data_unit())
        inputs = {"reports": reports, "registry": registry, "plans": combined(plans)}
        self._take(outcome, "reports", inputs, lambda shop: shop.reports_unit())
        everything = combined([*plans.values(), registry, data, reports])
        inputs = {"everything": everything, "today": self.today}
        self._take(outcome, "across", inputs, lambda shop: shop.across_unit(self._facts(plans, registry)))
        if BASELINE in layout.stats:
            inputs = {"baseline": digest(layout, [BASELINE])}
            self._take(outcome, "baseline", inputs, lambda shop: shop.baseline_unit())
        outcome.findings += _strays(layout)
        return outcome

    def _plan(self, outcome: Outcome, identity: str, inputs: dict[str, str]) -> None:
        payload = self._take(outcome, f"plan:{identity}", inputs, lambda shop: shop.plan_unit(identity))
        if payload["draft"]:
            outcome.drafts.add(identity)
        dated = {**inputs, "today": self.today}
        self._take(outcome, f"dated:{identity}", dated, lambda shop: shop.dated_unit(identity))

    def _facts(self, plans: dict[str, str], registry: str) -> list[bytes]:
        units = [self._plan_unit(identity, {"plan": own, "registry": registry}) for identity, own in plans.items()]
        return [unit["facts"] for unit in units if unit["facts"]]

    def _plan_unit(self, identity: str, inputs: dict[str, str]) -> dict[str, Any]:
        return self._unit(f"plan:{identity}", inputs, lambda shop: shop.plan_unit(identity))

    def _take(
        self, outcome: Outcome, unit: str, inputs: dict[str, str], work: Callable[[Workshop], dict[str, Any]]
    ) -> dict[str, Any]:
        payload = self._unit(unit, inputs, work)
        outcome.findings += [Finding.unpack(packed) for packed in payload["findings"]]
        outcome.not_checked += payload.get("not_checked", ())
        self.entries += payload.get("entries", ())
        self.severities.update(payload.get("severities", {}))
        self.issued.update(payload.get("issued", ()))
        return payload

    def _unit(self, unit: str, inputs: dict[str, str], work: Callable[[Workshop], dict[str, Any]]) -> dict[str, Any]:
        payload = self.cache.get(unit, inputs)
        if payload is None:
            payload = work(self.workshop)
            self.cache.put(unit, inputs, payload)
        return payload


def _strays(layout: Layout) -> list[Finding]:
    findings = []
    for path in layout.strays:
        folder = path.split("/")[0]
        if folder in layout.planless:
            continue
        plan = folder if folder in layout.plans else None
        findings.append(_found("TP013", "tệp lạ: không phải tệp bdg đọc", path, plan))
    for folder in layout.planless:
        message = f"thiếu tệp plan.yaml: không có nó thì thư mục “{folder}” không được đọc là một kế hoạch"
        findings.append(_found("TP004", message, f"{folder}/plan.yaml", None))
    if layout.plans and "registry/agencies.yaml" not in layout.stats:
        message = "thiếu tệp registry/agencies.yaml: sổ cơ quan của kho, không có nó thì không biết ai được giao việc"
        findings.append(_found("TP004", message, "registry/agencies.yaml", None))
    return findings


def _found(code: str, message: str, path: str, plan: str | None) -> Finding:
    place = Place(path)
    return Finding(code, message, place, (), fingerprint(code, place), plan)
