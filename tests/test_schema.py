"""The JSON Schemas, held by a real validator against every file of plans/, and against what bdg itself refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bdg_cli import nodes, schema

TOP = Path(__file__).parents[1]


class _Loader(yaml.CSafeLoader):
    """YAML as an editor reads it: numbers and booleans typed, dates left as text."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}

FILES = [
    pytest.param(name, path, id=path.relative_to(TOP).as_posix())
    for name, (_, pattern) in schema.FILES.items()
    for folder in (TOP / "plans", TOP / "tests" / "data" / "minimal", TOP / "src" / "bdg_cli" / "reference")
    for path in sorted(folder.glob(pattern))
]


def faults(name: str, document: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema.of_file(name))
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("name", schema.FILES)
def test_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.of_file(name))


@pytest.mark.parametrize("name, path", FILES)
def test_every_file_fits(name: str, path: Path) -> None:
    text = path.read_text("utf-8")
    assert faults(name, yaml.load(text, Loader=_Loader)) == []
    source, _ = nodes.read(path.name, text)
    assert faults(name, source.root) == []


@pytest.mark.parametrize(
    "name, text",
    [
        pytest.param("plan", "kind: plan\nstatus: issued\nissuer: a\ntitel: b\n", id="unknown key"),
        pytest.param("plan", "kind: plann\nstatus: issued\nissuer: a\n", id="unknown value"),
        pytest.param("plan", "status: issued\nissuer: a\n", id="missing key"),
        pytest.param("plan", "kind: plan\nstatus: issued\nissuer: Sở Y tế\n", id="not an id"),
        pytest.param("targets", "objectives: {id: 1}\n", id="mapping for list"),
        pytest.param("assignments", "duties: [{tasks: [{deadline: 2024}]}]\n", id="task without text"),
    ],
)
def test_what_bdg_refuses_it_refuses(name: str, text: str) -> None:
    assert faults(name, yaml.load(text, Loader=_Loader)) != []


def test_text_may_look_like_something_else() -> None:
    text = "kind: plan\nstatus: draft\nissuer: a\nnumber: 010\nplace: no\nperiod: 2024\nperiod_is: x\n"
    assert faults("plan", yaml.load(text.replace("period_is: x\n", ""), Loader=_Loader)) == []


def test_keys_are_explained_in_vietnamese() -> None:
    plan = schema.of_file("plan")
    assert plan["properties"]["recipients"]["title"] == "Nơi nhận"
    assert plan["$defs"]["Purpose"]["description"].startswith("thi hành: để thi hành; ")
    english = [name for name, entry in plan["$defs"].items() if "title" in entry]
    assert english == []
