"""All checks, by code. The modules are listed here; a test fails when one is forgotten."""

from __future__ import annotations

from bdg_cli.checks import (
    acceptance,
    agencies,
    assignments,
    bodies,
    citations,
    competence,
    composition,
    compound,
    coverage,
    deadlines,
    document,
    figures,
    files,
    issuers,
    levels,
    locks,
    measures,
    naming,
    orders,
    outcomes,
    parents,
    recipients,
    references,
    reporting,
    said,
    sentences,
    series,
    signing,
    spellings,
    sums,
    targets,
    tasks,
    timing,
    units,
    validity,
    weakening,
    withdrawal,
    words,
)
from bdg_cli.checks.check import Check, Rule

MODULES = (
    files, document, composition, signing, naming, orders, recipients, citations, issuers, validity, references, targets,
    compound, units, levels, measures, parents, assignments, competence, tasks, agencies, bodies, timing, deadlines, figures,
    coverage, sums, series, reporting, locks, outcomes, said, words, spellings, sentences, weakening, withdrawal, acceptance,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(
    entry for module in MODULES for entry in vars(module).values() if isinstance(entry, Rule)
)
CHECKS: tuple[Check, ...] = tuple(entry for entry in RULES if isinstance(entry, Check))
CATALOGUE: dict[str, Rule] = {}
for _rule in sorted(RULES, key=lambda entry: entry.code):
    CATALOGUE.setdefault(_rule.code, _rule)
