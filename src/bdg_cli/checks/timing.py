"""TG: dates of activities, and deadlines of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.checks.deadlines import NEAR, cutoff_of
from bdg_cli.dates import PartialDate, Period
from bdg_cli.facts import last_days
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.models.plan import Event, PeriodKindTerm, Reporting
from bdg_cli.plan import Mention, Part, Plan
from bdg_cli.vietnamese import short_date

_ACTIVITY_PARTS = {Part.SECTION, Part.TASK}
_LOOKING_BACK = re.compile(r"\b(?:kết\s+quả|số\s+liệu|so\s+sánh|so\s+với|đã)\b", re.IGNORECASE)
_END_OF_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*(?:\n|-)")


@check("TG101", ERROR, "Hoạt động ngoài giai đoạn của kế hoạch")
def outside_period(plan: Plan) -> Iterator[Fault]:
    """Hoạt động, nhiệm vụ, sự kiện phải nằm trong giai đoạn của kế hoạch; ngày ngoài giai đoạn thường là chép từ bản năm
    trước. Ngày của văn bản được dẫn, hạn báo cáo, câu nói về kết quả, số liệu đã có thì không tính.

    Cách xử lý: sửa năm; hoạt động hằng năm thì ghi “hằng năm” thay cho một năm.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tổ chức Tháng hành động từ ngày 15/11 đến ngày 15/12/2022.  # <- TG101
                deadline: 2024-12
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2025-03  # <- TG101

    Đúng:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tổ chức Tháng hành động từ ngày 15/11 đến ngày 15/12/2024.
                deadline: 2024-12
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11

    Không phải lỗi (kết quả của thời gian trước):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Lấy kết quả đạt được từ ngày 01/01/2023 đến ngày 31/12/2023 làm cơ sở so sánh.
                deadline: 2024-12
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (hằng năm; ngày của văn bản; giai đoạn của chương trình):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tổ chức Tháng hành động từ 15/11 đến 15/12 hằng năm.
                deadline: 2024-12
              - text: Thực hiện Quyết định số 178/QĐ-TTg ngày 28/01/2016, phòng ngừa bạo lực giai đoạn 2021 - 2025.
                deadline: 2024-12
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (hạn báo cáo của năm nằm ở tháng 01 năm sau):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-01-10
    """
    period = plan.period
    if period is None:
        return
    related = [(plan.file.at("period"), f"giai đoạn {period}")] if plan.file.period else []
    for mention in plan.mentions:
        found = mention.found
        if not isinstance(found, prose.DateRange) or mention.passage.part not in _ACTIVITY_PARTS:
            continue
        if _outside(found.first, found.last, period) and not (
            found.first.earliest < period.start and _looks_back(mention)
        ):
            message = f"hoạt động kết thúc ngày {short_date(found.last.latest)}, ngoài giai đoạn {period} của kế hoạch"
            yield Fault(mention.place(), message, related, value=str(found.last))
    for duty in plan.assignments.duties:
        for task in duty.tasks:
            if task.deadline and _outside(task.deadline, task.deadline, period):
                message = f"thời hạn {task.deadline} ngoài giai đoạn {period} của kế hoạch"
                yield Fault(task.at("deadline"), message, related, value=str(task.deadline))
    for event in plan.file.events:
        if _outside(event.start, event.end or event.start, period):
            message = f"“{event.name}” ngoài giai đoạn {period} của kế hoạch"
            yield Fault(event.at("start"), message, related, value=event.id)


def _looks_back(mention: Mention) -> bool:
    """Whether the sentence speaks, before its dates, of what there is already."""
    before = mention.passage.text.raw[: mention.found.start]
    return bool(_LOOKING_BACK.search(_END_OF_SENTENCE.split(before)[-1]))


def _outside(first: PartialDate, last: PartialDate, period: Period) -> bool:
    """Whether no day of the stretch can lie in the period; a day of every year always can."""
    if first.year is None or last.year is None:
        return False
    return last.latest < period.start or first.earliest > period.end


@check("TG102", WARNING, "Không có hạn báo cáo")
def without_report_deadline(plan: Plan) -> Iterator[Fault]:
    """Chế độ báo cáo phải nói gửi khi nào; “theo quy định” thì mỗi nơi hiểu một ngày. Hạn có thể ở khóa `reporting`
    hoặc trong lời văn (“trước ngày 15/6/2024”).

    Căn cứ: Nghị định 09/2019/NĐ-CP, Điều 7 và Điều 8 (chế độ báo cáo phải quy định thời hạn gửi báo cáo).

    Cách xử lý: ghi `deadline` cho từng kỳ ở khóa `reporting`.

    Sai:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]  # <- TG102
            to: ubnd-mau
            text: Các cơ quan thực hiện chế độ báo cáo theo quy định.

    Đúng:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20

    Không phải lỗi (hạn nằm trong lời văn):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
        closing: |
          Các cơ quan gửi báo cáo về Sở Nội vụ trước ngày 15/6/2024./.

    Không phải lỗi (hạn lặp lại hằng năm):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 06-20
    """
    if any(entry.deadline for entry in plan.file.reporting):
        return
    if any(isinstance(mention.found, prose.Deadline) for mention in plan.mentions):
        return
    if plan.file.reporting:
        first, *others = plan.file.reporting
        related = [(entry.here(), "cũng không có hạn") for entry in others]
        yield Fault(first.here(), "chế độ báo cáo không nêu thời hạn gửi", related)
    else:
        yield Fault(
            plan.file.at("reporting"), "kế hoạch không quy định báo cáo: thiếu khóa “reporting” và thời hạn gửi"
        )


@check("TG105", WARNING, "Hạn báo cáo trước khi hoạt động kết thúc")
def due_before_it_ends(plan: Plan) -> Iterator[Fault]:
    """Hoạt động mà kết quả phải có trong báo cáo năm (`reported: true`, như Tháng hành động đến ngày 15/12) thì hạn gửi
    báo cáo phải sau khi hoạt động kết thúc, nếu không thì báo cáo chỉ có thể ước. Hạn từ ngày chốt số liệu 14/12 trở đi thì
    không tính: số liệu năm chốt ngày ấy. Hạn sớm hơn ngày chốt trên một tháng thì coi là báo cáo khác.

    Căn cứ: Nghị định 09/2019/NĐ-CP, Điều 12 (ngày chốt số liệu báo cáo năm).

    Cách xử lý: lùi hạn gửi báo cáo năm; hoặc quy định gửi riêng kết quả của hoạt động ấy.

    Sai:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            period: year
            deadline: 2024-12-10  # <- TG105
            text: Báo cáo năm gửi Ủy ban nhân dân tỉnh trước ngày 10/12/2024.
        events:
          - id: thang-hanh-dong
            name: Tháng hành động vì bình đẳng giới
            start: 2024-11-15
            end: 2024-12-15
            reported: true

    Đúng:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20
        events:
          - id: thang-hanh-dong
            name: Tháng hành động vì bình đẳng giới
            start: 2024-11-15
            end: 2024-12-15
            reported: true

    Không phải lỗi (hạn đúng ngày chốt; hoạt động không phải báo cáo trong báo cáo năm; báo cáo 6 tháng):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            period: year
            deadline: 2024-12-15  # <- TG104
            text: Báo cáo năm gửi Ủy ban nhân dân tỉnh trước ngày 15/12/2024.
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-20
        events:
          - id: thang-hanh-dong
            name: Tháng hành động vì bình đẳng giới
            start: 2024-11-15
            end: 2024-12-15
            reported: true
          - id: giao-luu
            name: Giao lưu văn nghệ
            start: 2024-12-28

    Không phải lỗi (hạn của mọi năm; hoạt động của mọi năm đã xong):

        # demo/plan.yaml
        period: 2024-2026
        parents: [kh-10-2021]
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 12-20
        events:
          - id: thang-hanh-dong
            name: Tháng hành động vì bình đẳng giới
            start: 11-15
            end: 12-15
            reported: true

    Không phải lỗi (hoạt động sau ngày chốt là của báo cáo năm sau):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            period: year
            deadline: 2024-12-14
            text: Báo cáo năm gửi Ủy ban nhân dân tỉnh trước ngày 14/12/2024.
        events:
          - id: gap-mat
            name: Gặp mặt cán bộ nữ
            start: 2024-12-20
            end: 2024-12-21
            reported: true
    """
    for event in plan.file.events:
        if not event.reported:
            continue
        early = [(entry, *days) for entry in plan.file.reporting if (days := _too_early(plan, entry, event))]
        if early:
            (first, last, end), *others = early
            message = (
                f"báo cáo năm gửi đến hết ngày {short_date(last)}, mà “{event.name}” kết thúc ngày {short_date(end)}"
            )
            related = [(event.at("end" if event.end else "start"), "hoạt động phải báo cáo")]
            related += [(entry.at("deadline"), "cùng hạn ấy") for entry, *_ in others]
            yield Fault(first.at("deadline"), message, related, value=f"{event.id} {last}")


def _too_early(plan: Plan, entry: Reporting, event: Event) -> tuple[date, date] | None:
    """The first last day of a yearly report that comes before an activity of that year's figures ends, and that end."""
    if entry.period is not PeriodKindTerm.YEAR:
        return None
    for last in last_days(plan, entry):
        cutoff = cutoff_of(entry.period, last)
        if cutoff is None or not last < cutoff <= last + NEAR:
            continue
        begin, end = (_in_year(written, cutoff.year) for written in (event.start, event.end or event.start))
        if begin is not None and end is not None and begin <= cutoff and last < end:
            return last, end
    return None


def _in_year(written: PartialDate, year: int) -> date | None:
    """The day that a date means in a year, the latest if it is partial; None for a day of another year."""
    if written.year not in (None, year):
        return None
    return PartialDate(year, written.month, written.day).latest
