"""JSON Schemas of all file kinds, made from the models: what an editor needs to complete, explain and check keys.

A schema accepts a number or a boolean wherever the model reads text, because `no`, `010` and `1.10` stay what was
written until the model decides. References between files stay with `bdg validate`.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from bdg_cli.dates import PartialDate, Period
from bdg_cli.markup import Text
from bdg_cli.models.baseline import BaselineFile, ConfigFile
from bdg_cli.models.located import Located, Term
from bdg_cli.models.plan import AssignmentsFile, PlanFile, TargetsFile
from bdg_cli.models.registry import Acts, Agencies, Areas, Indicators
from bdg_cli.models.report import ReportsFile
from bdg_cli.models.settings import SettingsFile

FILES: dict[str, tuple[type[Located], str]] = {
    "bdg": (ConfigFile, "bdg.yaml"),
    "acts": (Acts, "registry/acts.yaml"),
    "agencies": (Agencies, "registry/agencies.yaml"),
    "areas": (Areas, "registry/areas.yaml"),
    "indicators": (Indicators, "registry/indicators.yaml"),
    "plan": (PlanFile, "*/plan.yaml"),
    "targets": (TargetsFile, "*/targets.yaml"),
    "assignments": (AssignmentsFile, "*/assignments.yaml"),
    "reports": (ReportsFile, "reports/*.yaml"),
    "baseline": (BaselineFile, "baseline.yaml"),
    "settings": (SettingsFile, "templates/settings.yaml"),
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR = ["string", "number", "boolean"]


class _Schema(GenerateJsonSchema):
    """Knows the types that bdg reads itself, and that scalars stay as written until the model types them."""

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> dict[str, Any]:
        """Dates, periods and texts."""
        owner: Any = getattr(schema["function"]["function"], "__self__", None)
        told: dict[Any, str] = {
            PartialDate: "Ngày: năm-tháng-ngày, năm-tháng, hoặc năm; ngày hằng năm viết tháng-ngày",
            Period: "Kỳ: 2024, 2024H1, 2024Q3, 2024M05, 2024-9M, 2023SY, 2023-2025",
            Text: "Lời văn: đoạn, “- ” đầu dòng, **đậm**, *nghiêng*, {{ biểu_thức }}",
        }
        return {"type": _SCALAR, "description": told.get(owner, "")}

    def str_schema(self, schema: core_schema.StringSchema) -> dict[str, Any]:
        """Text may look like a number or a boolean in YAML."""
        return {**super().str_schema(schema), "type": _SCALAR}

    def int_schema(self, schema: core_schema.IntSchema) -> dict[str, Any]:
        """A whole number, quoted or not."""
        return {**super().int_schema(schema), "type": ["integer", "string"]}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> dict[str, Any]:
        """A number, quoted or not."""
        return {"type": ["number", "string"]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> dict[str, Any]:
        """true or false, quoted or not."""
        return {"enum": [True, False, "true", "false"]}

    def date_schema(self, schema: core_schema.DateSchema) -> dict[str, Any]:
        """A full date."""
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def of_file(name: str) -> dict[str, Any]:
    """The schema of one file kind. Every key may be left blank."""
    model, pattern = FILES[name]
    schema = model.model_json_schema(schema_generator=_Schema, mode="validation")
    terms = {term.__name__: term for term in Term.__subclasses__()}
    for known, entry in (("", schema), *schema.get("$defs", {}).items()):
        # Names of classes and their docstrings are for programmers; what people read is on keys and closed values.
        entry.pop("title", None)
        entry.pop("description", None)
        if known in terms:
            entry["description"] = "; ".join(f"{member.value}: {member.term}" for member in terms[known])
    return {"$schema": DIALECT, "title": f"Tệp {pattern} của kho kế hoạch bình đẳng giới", **_may_be_blank(schema)}


def _may_be_blank(node: Any) -> Any:
    """The same schema in which each property also takes null: a blank key counts as one not written."""
    if isinstance(node, list):
        return [_may_be_blank(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _may_be_blank(value) for key, value in node.items()}
    properties = changed.get("properties")
    if isinstance(properties, dict):
        changed["properties"] = {name: _with_null(entry) for name, entry in properties.items()}
    return changed


def _with_null(entry: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {key: entry[key] for key in ("title", "description", "default") if key in entry}
    rest = {key: value for key, value in entry.items() if key not in kept}
    if any(choice.get("type") == "null" for choice in rest.get("anyOf", ())):
        return entry
    return {**kept, "anyOf": [rest, {"type": "null"}]}
