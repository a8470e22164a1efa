"""Lists what the shipped reference does not state as certain: `python scripts/unverified.py`, one line an entry."""

from __future__ import annotations

import sys

from bdg_cli import load
from bdg_cli.models.located import Located


def main() -> int:
    """Print kind, id and the note that says why."""
    registry = load.shipped_registry()
    kinds: tuple[tuple[str, dict[str, Located]], ...] = (
        ("act", {**registry.acts}),
        ("kind of agency", {**registry.kinds}),
        ("agency", {**registry.agencies}),
        ("area", {**registry.areas}),
        ("indicator", {**registry.indicators}),
        (
            "measure of the strategy",
            {measure.id: measure for _, measure in load.shipped_plan(load.STRATEGY, registry).measures()},
        ),
        ("day", {str(day.date): day for day in load.calendar_days()}),
    )
    for kind, entries in kinds:
        for identity, entry in entries.items():
            if not getattr(entry, "verified", True):
                why = getattr(entry, "note", None) or getattr(entry, "source", None) or ""
                print(f"{kind:<24} {identity:<28} {why}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
