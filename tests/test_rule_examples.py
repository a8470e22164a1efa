"""Every page is a test: its wrong examples give exactly the marked findings, everything else on it is silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bdg_cli.checks import CATALOGUE, MODULES, RULES
from bdg_cli.checks.check import Example, Rule
from tests import pages

_MEANT = re.compile(r"(?:Sai|Đúng|Không phải lỗi)\b")
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}-{example.title.split()[0]}")
    for rule in CATALOGUE.values()
    for number, example in enumerate(rule.examples, 1)
]


def test_the_minimal_repository_is_clean(tmp_path: Path) -> None:
    example = Example("Đúng", (), None, False)
    pages.lay(example, tmp_path / "kho")
    assert pages.found(tmp_path / "kho", None).findings == []


@pytest.mark.parametrize("rule, example", EXAMPLES)
def test_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    expected = pages.lay(example, tmp_path / "kho")
    outcome = pages.found(tmp_path / "kho", example.today, example.since)
    found = sorted((one.code, one.place.path, one.place.line) for one in outcome.findings if not one.accepted)
    assert found == expected, [repr(one) for one in outcome.findings]
    assert example.wrong == (rule.code in {code for code, _, _ in expected})


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=lambda rule: rule.code)
def test_page_is_whole(rule: Rule) -> None:
    titles = [example.title for example in rule.examples]
    assert any(title.startswith("Sai") for title in titles)
    assert any(title.startswith("Đúng") for title in titles)
    assert sum(title.startswith("Không phải lỗi") for title in titles) >= 2, "two near misses"
    assert rule.way_out, "a way out"
    meant = [line for line in rule.page.splitlines() if _MEANT.match(line)]
    assert len(meant) == len(titles), "a heading that is read as none"


def test_every_module_of_checks_is_listed() -> None:
    folder = Path(pages.__file__).parents[1] / "src" / "bdg_cli" / "checks"
    names = {path.stem for path in folder.glob("*.py")} - {"__init__", "check"}
    assert names == {module.__name__.rsplit(".", 1)[1] for module in MODULES}


def test_one_page_for_each_code() -> None:
    pages_by_code: dict[str, set[str]] = {}
    for rule in RULES:
        pages_by_code.setdefault(rule.code, set()).add(rule.page)
    assert {code for code, texts in pages_by_code.items() if len(texts) > 1} == set()
