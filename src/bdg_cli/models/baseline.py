"""bdg.yaml and baseline.yaml: the repository's settings, and the findings it has accepted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from bdg_cli.models.located import Located, Term
from bdg_cli.models.registry import Id, Window

PERMANENT = "permanent"


def _until(text: str) -> str:
    """A day as `date.isoformat` writes it, or `permanent`."""
    try:
        known = text == PERMANENT or date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"“{text}” không phải hạn; hãy viết năm-tháng-ngày, như 2025-12-31, hoặc permanent")
    return text


class SeverityTerm(Term):
    """How grave a finding is."""

    ERROR = ("error", "lỗi")
    WARNING = ("warning", "cảnh báo")
    INFO = ("info", "lưu ý")


class ConfigFile(Located):
    """bdg.yaml"""

    format: int = Field(title="Phiên bản định dạng", ge=1, le=1)
    name: str | None = Field(None, title="Tên kho")
    area: Id | None = Field(None, title="Địa bàn")
    window: Window = Field(Window.ADMINISTRATIVE, title="Cửa sổ thời gian của kho (bản này chưa dùng)")
    severity: dict[str, SeverityTerm] = Field(default_factory=dict, title="Mức độ theo mã")
    thresholds: dict[str, Decimal] = Field(default_factory=dict, title="Ngưỡng (bản này chưa dùng)")


class Acceptance(Located):
    """One accepted finding: by fingerprint, or by code, path and route (`at`)."""

    fingerprint: str | None = Field(None, title="Dấu vân tay")
    code: str | None = Field(None, title="Mã kiểm tra")
    path: str | None = Field(None, title="Tệp")
    route: str | None = Field(None, alias="at", title="Vị trí theo mã")
    reason: str | None = Field(None, title="Lý do")
    owner: str | None = Field(None, title="Người chấp nhận")
    until: Annotated[str, AfterValidator(_until)] | None = Field(None, title="Đến ngày")


class BaselineFile(Located):
    """baseline.yaml"""

    accepted: tuple[Acceptance, ...] = Field((), title="Đã chấp nhận")
