"""reports/<period>.lock.json: the figures of issued reports, as they were when each was locked. Written by bdg alone.

JSON is read as the YAML it also is, so that each figure knows its line. Every figure carries a digest of its values,
every plan one of all its figures: an edit by hand shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bdg_cli.dates import Period
from bdg_cli.models.located import Located
from bdg_cli.models.plan import Number
from bdg_cli.models.registry import Id

_DIGITS = 16


class LockedFigure(Located):
    """One figure that a report printed. `value` has six decimals at most; `path` is where its row stood."""

    measure: Number = Field(title="Số đo")
    indicator: Id | None = Field(None, title="Chỉ tiêu thống kê")
    area: Id | None = Field(None, title="Địa bàn")
    period: Period = Field(title="Kỳ của số liệu")
    numerator: Decimal | None = Field(None, title="Tử số")
    denominator: Decimal | None = Field(None, title="Mẫu số")
    value: Decimal | None = Field(None, title="Giá trị")
    status: str = Field("", title="Trạng thái")
    vintage: str = Field("", title="Độ chính thức")
    as_of: date | None = Field(None, title="Ngày có số")
    path: str | None = Field(None, title="Tệp số liệu")
    hash: str = Field("", title="Mã băm")

    def digest(self) -> str:
        """What `hash` must be: a digest over all the other fields."""
        fields = (
            self.measure, self.indicator, self.area, self.period, _plain(self.numerator), _plain(self.denominator),
            _plain(self.value), self.status, self.vintage, self.as_of, self.path,
        )  # fmt: skip
        return _digest("" if field is None else str(field) for field in fields)


class LockedPlan(Located):
    """The figures of the report on one plan, with the report's number and date and a digest of its inputs."""

    plan: Id = Field(title="Kế hoạch")
    number: str = Field(title="Số, ký hiệu của báo cáo")
    date: str = Field(title="Ngày ban hành báo cáo")
    inputs: str = Field(title="Mã băm của các tệp đầu vào")
    figures: tuple[LockedFigure, ...] = Field((), title="Số liệu")
    hash: str = Field("", title="Mã băm")

    def digest(self) -> str:
        """What `hash` must be: a digest over the other fields, so that a figure taken out shows too."""
        return _digest((self.plan, self.number, self.date, self.inputs, *(figure.hash for figure in self.figures)))


class LockFile(Located):
    """reports/<period>.lock.json"""

    format: Literal["bdg-lock/1"] = Field(title="Định dạng")
    period: Period = Field(title="Kỳ báo cáo")
    today: date = Field(title="Ngày khóa")
    plans: tuple[LockedPlan, ...] = Field((), title="Kế hoạch")


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]
