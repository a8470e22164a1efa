"""reports/<period>.yaml: what people add to the figures of a period, and what each agency sent and when."""

from __future__ import annotations

import datetime
from datetime import date

from pydantic import Field

from bdg_cli.dates import PartialDate
from bdg_cli.markup import Text
from bdg_cli.models.located import Located, Term
from bdg_cli.models.plan import Recipient, Signature
from bdg_cli.models.registry import Id


class TaskState(Term):
    """How far a task has come."""

    DONE = ("done", "đã hoàn thành")
    ONGOING = ("ongoing", "đang thực hiện")
    NOT_STARTED = ("not-started", "chưa thực hiện")


class TaskResult(Located):
    """What an agency says of one of its tasks."""

    task: Id = Field(title="Nhiệm vụ (mã, hoặc số thứ tự trong phần của cơ quan)")
    state: TaskState | None = Field(None, title="Tình trạng")
    result: Text | None = Field(None, title="Kết quả")


class Received(Located):
    """A report that an agency sent, or should have sent."""

    agency: Id = Field(title="Cơ quan")
    sent: date | None = Field(None, title="Ngày gửi")
    summary: Text | None = Field(None, title="Kết quả nổi bật")
    tasks: tuple[TaskResult, ...] = Field((), title="Kết quả từng nhiệm vụ")
    note: str | None = Field(None, title="Ghi chú")


class Narrative(Located):
    """The parts of a report that only people can write."""

    direction: Text | None = Field(None, title="Công tác chỉ đạo, triển khai")
    activities: Text | None = Field(None, title="Kết quả các hoạt động")
    strengths: Text | None = Field(None, title="Ưu điểm")
    weaknesses: Text | None = Field(None, title="Tồn tại, hạn chế")
    causes: Text | None = Field(None, title="Nguyên nhân")
    next_steps: Text | None = Field(None, title="Phương hướng, nhiệm vụ")
    proposals: Text | None = Field(None, title="Kiến nghị, đề xuất")


class Report(Located):
    """The report on one plan for the period of the file."""

    plan: Id = Field(title="Kế hoạch")
    number: str | None = Field(None, title="Số")
    symbol: str | None = Field(None, title="Ký hiệu")
    date: PartialDate | None = Field(None, title="Ngày ban hành")
    due: datetime.date | None = Field(None, title="Hạn gửi của các cơ quan, khi kế hoạch không nêu")
    addressees: tuple[Recipient, ...] = Field((), title="Kính gửi")
    narrative: Narrative | None = Field(None, title="Lời báo cáo")
    received: tuple[Received, ...] = Field((), title="Báo cáo đã nhận")
    recipients: tuple[Recipient, ...] = Field((), title="Nơi nhận")
    signature: tuple[Signature, ...] = Field((), title="Chữ ký")
    illustrative: str | None = Field(None, title="Ghi rõ nếu là số liệu, nội dung minh họa")


class ReportsFile(Located):
    """reports/<period>.yaml"""

    reports: tuple[Report, ...] = Field((), title="Báo cáo")
