"""What every test has: a cache folder of its own, and `--update` for the generated files."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes generated files and snapshots anew instead of comparing them."""
    parser.addoption("--update", action="store_true", help="write generated files and snapshots anew")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDG_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("BDG_LANG", raising=False)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether generated files are to be written."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def top() -> Path:
    """The top of the checkout."""
    return Path(__file__).parents[1]
