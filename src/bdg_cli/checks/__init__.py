"""All checks, by code. The modules are listed here; a test fails when one is forgotten."""

from __future__ import annotations

from bdg_cli.checks import (
    acceptance,
    agencies,
    assignments,
    citations,
    composition,
    coverage,
    deadlines,
    document,
    figures,
    files,
    measures,
    parents,
    recipients,
    reporting,
    series,
    sums,
    targets,
    timing,
    units,
    validity,
    weakening,
    withdrawal,
)
from bdg_cli.checks.check import Check, Rule

MODULES = (
    files, document, composition, recipients, citations, validity, targets, units, measures, parents, assignments,
    agencies, timing, deadlines, figures, coverage, sums, series, reporting, acceptance,
    weakening, withdrawal,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(
    entry for module in MODULES for entry in vars(module).values() if isinstance(entry, Rule)
)
CHECKS: tuple[Check, ...] = tuple(entry for entry in RULES if isinstance(entry, Check))
CATALOGUE: dict[str, Rule] = {}
for _rule in sorted(RULES, key=lambda entry: entry.code):
    CATALOGUE.setdefault(_rule.code, _rule)
