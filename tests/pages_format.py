"""docs/format.md: every file of a repository and every key, from the models."""

from __future__ import annotations

from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from bdg_cli.checks.files import EXPRESSIONS
from bdg_cli.data.observations import COLUMNS
from bdg_cli.models.baseline import BaselineFile, ConfigFile
from bdg_cli.models.located import Located, Term
from bdg_cli.models.plan import AssignmentsFile, PlanFile, TargetsFile
from bdg_cli.models.registry import Acts, Agencies, Areas, Indicators
from bdg_cli.models.report import ReportsFile
from bdg_cli.models.settings import SettingsFile

FILES: tuple[tuple[str, type[Located]], ...] = (
    ("bdg.yaml", ConfigFile),
    ("registry/acts.yaml", Acts),
    ("registry/agencies.yaml", Agencies),
    ("registry/areas.yaml", Areas),
    ("registry/indicators.yaml", Indicators),
    ("<mã kế hoạch>/plan.yaml", PlanFile),
    ("<mã kế hoạch>/targets.yaml", TargetsFile),
    ("<mã kế hoạch>/assignments.yaml", AssignmentsFile),
    ("reports/<kỳ>.yaml", ReportsFile),
    ("baseline.yaml", BaselineFile),
    ("templates/settings.yaml", SettingsFile),
)


def manual() -> str:
    """The whole page."""
    rows = [
        "# Các tệp của một kho, từng khóa",
        "",
        "<!-- Sinh từ mã nguồn bằng `python tasks.py docs`; không sửa tay. -->",
    ]
    told: set[type[Located]] = set()
    for path, model in FILES:
        rows += ["", f"## {path}", *_table(model)]
        told.add(model)
        for inner in _inner_models(model, told):
            rows += ["", f"### {inner.__name__}", *_table(inner)]
    rows += [
        "",
        "## data/*.csv",
        "",
        "Các cột, theo thứ tự thường dùng: " + ", ".join(f"`{name}`" for name in COLUMNS) + ".",
    ]
    rows += ["", "## Biểu thức trong lời văn", ""]
    rows += [f'- `{{{{ {name} }}}}`, `{{{{ {name}("…") }}}}`: {argument}' for name, argument in EXPRESSIONS.items()]
    return "\n".join(rows) + "\n"


def _table(model: type[Located]) -> list[str]:
    rows = ["", "| khóa | nghĩa | kiểu | bắt buộc |", "|---|---|---|---|"]
    for name, info in model.model_fields.items():
        required = "có" if info.is_required() else ""
        rows.append(f"| `{info.alias or name}` | {info.title} | {_told(info.annotation)} | {required} |")
    return rows


def _told(annotation: Any) -> str:
    if get_origin(annotation) is tuple:
        return f"danh sách {_told(get_args(annotation)[0])}"
    if get_origin(annotation) in {Union, UnionType}:
        return " / ".join(_told(part) for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is dict:
        return "bảng khóa: giá trị"
    if isinstance(annotation, type) and issubclass(annotation, Term):
        return ", ".join(f"`{member.value}`" for member in annotation if member.value)
    if isinstance(annotation, type) and issubclass(annotation, Located):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    names = {"str": "chữ", "int": "số nguyên", "bool": "true, false", "Decimal": "số", "date": "ngày"}
    names |= {"PartialDate": "ngày (có thể thiếu)", "Period": "kỳ", "Text": "lời văn"}
    name = annotation.__name__ if isinstance(annotation, type) else "mã"
    return names.get(name, name)


def _inner_models(model: type[Located], told: set[type[Located]]) -> list[type[Located]]:
    found: list[type[Located]] = []
    for info in model.model_fields.values():
        for inner in _located(info.annotation):
            if inner not in told:
                told.add(inner)
                found += [inner, *_inner_models(inner, told)]
    return found


def _located(annotation: Any) -> list[type[Located]]:
    if isinstance(annotation, type) and issubclass(annotation, Located) and not issubclass(annotation, Enum):
        return [annotation]
    return [inner for part in get_args(annotation) for inner in _located(part)]
