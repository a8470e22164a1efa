"""Figures and words of progress as they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bdg_cli.models.plan import Measure
from bdg_cli.progress import shown


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        pytest.param("59.25", "59,3", id="half-up-not-to-even"),
        pytest.param("59.35", "59,4", id="half-up"),
        pytest.param("59.95", "59,95", id="never-up-to-the-target"),
        pytest.param("60", "60", id="exact"),
        pytest.param("1" + "0" * 29, "100." + ".".join(["000"] * 9), id="longer-than-a-decimal-context"),
    ],
)
def test_shown(value: str, printed: str) -> None:
    measure = Measure.model_validate({"id": "1", "op": ">=", "value": "60"})
    assert shown(Decimal(value), measure) == printed
