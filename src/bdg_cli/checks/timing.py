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
from bdg_cli.findings import ERROR, WARNING, Fault, Place
from bdg_cli.models.plan import Event, PeriodKindTerm, Reporting
from bdg_cli.plan import Mention, Part, Plan, single_spaced
from bdg_cli.prose import orders
from bdg_cli.prose.patterns import says
from bdg_cli.vietnamese import date_words, short_date

_ACTIVITY_PARTS = {Part.SECTION, Part.TASK}
# A sentence with one of these, a part with such a title tells what has been.
_LOOKING_BACK = (
    "kết quả", "số liệu", "so sánh", "so với", "đã", "thu hút", "tiếp nhận", "ghi nhận", "xảy ra", "phát hiện",
    "đạt được", "bị", "sinh", "báo cáo", "tiếp nối", "thành lập", "phát huy", "kế thừa", "kinh nghiệm", "bài học",
    "trước đây", "vừa qua", "tổng kết", "sơ kết", "đánh giá", "thành tích",
)  # fmt: skip
_RETROSPECT = (
    "tình hình", "kết quả", "đánh giá", "thực trạng", "hiện trạng", "sự cần thiết", "bối cảnh", "hạn chế",
    "tồn tại", "nguyên nhân", "ưu điểm", "đặc điểm", "khái quát", "sơ lược", "nét chính", "tổng kết", "sơ kết",
    "nhìn lại", "thành tựu", "thuận lợi", "khó khăn", "bài học", "kinh nghiệm", "thực tiễn", "đã", "căn cứ",
    "cơ sở pháp lý", "cơ sở xây dựng",
)  # fmt: skip
# A part with such a title says what is to be done, and when.
_TO_DO = (
    "nhiệm vụ", "giải pháp", "nội dung", "hoạt động", "yêu cầu", "tổ chức", "thời gian", "truyền thông",
)  # fmt: skip
_YEAR = re.compile(r"(?<![\d/.,])(?:19|20)\d\d(?![\d.,]\d)")


@check("TG101", ERROR, "Hoạt động ngoài giai đoạn của kế hoạch")
def outside_period(plan: Plan) -> Iterator[Fault]:
    """Hoạt động, nhiệm vụ, sự kiện phải nằm trong giai đoạn của kế hoạch; ngày ngoài giai đoạn thường là chép từ bản năm
    trước. Trong lời văn chỉ xét câu chắc chắn giao tổ chức một hoạt động vào những ngày ấy, hoặc giao xong một việc trước
    ngày ấy. Ngày của văn bản được dẫn, hạn báo cáo, câu và phần nói về tình hình, kết quả, số liệu đã có, ngày của người và
    việc được nói tới (“người được bổ nhiệm từ ngày …”) thì không tính.

    Cách xử lý: sửa năm; hoạt động hằng năm thì ghi “hằng năm” thay cho một năm.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tổ chức Tháng hành động từ ngày 15/11 đến ngày 15/12/2022.  # <- TG101
                deadline: 2024-12
              - text: Rà soát quy hoạch cán bộ nữ, hoàn thành trước ngày 30/6/2023.  # <- TG101
                deadline: 2024-06
              - text: Từ ngày 15/11/2023 đến ngày 15/12/2023, các cơ quan tổ chức truyền thông về bình đẳng giới.  # <- TG101
                deadline: 2024-12
              - text: Mở lớp tập huấn cho cán bộ cấp xã (thời gian từ ngày 05/6/2025 đến ngày 09/6/2025).  # <- TG101
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

    Không phải lỗi (tình hình, kết quả của thời gian trước):

        # demo/plan.yaml
        sections:
          - title: Đặc điểm tình hình
            sections:
              - title: Công tác tiếp công dân
                text: Từ ngày 01/01/2022 đến ngày 31/12/2022, cơ quan tổ chức tiếp 35 lượt công dân.
          - title: Yêu cầu
            items:
              - Phát huy những việc triển khai có hiệu quả từ ngày 15/11/2022 đến ngày 15/12/2022.
              - Từ ngày 01/01/2023 đến ngày 31/12/2023, tỉnh tiếp nhận 12 vụ việc, thu hút 4 dự án.
              - Rà soát trẻ em sinh từ ngày 01/01/2020 đến ngày 31/12/2022.
              - Triển khai đợt 1 từ ngày 01/10/2023 đến ngày 31/12/2023, đợt 2 từ ngày 01/01/2024 đến ngày 31/3/2024.

    Không phải lỗi (công tác của năm trước; ngày của người, của việc được nói tới; đợt của cấp trên, của năm sau):

        # demo/plan.yaml
        sections:
          - title: Công tác bình đẳng giới năm 2023
            text: Từ ngày 15/11/2023 đến ngày 15/12/2023, các cơ quan tổ chức truyền thông về bình đẳng giới.
          - title: Nhiệm vụ
            items:
              - Tổ chức tập huấn cho công chức tuyển dụng từ ngày 01/01/2022 đến ngày 31/12/2023.
              - Nhân rộng mô hình triển khai thí điểm từ ngày 01/01/2022 đến ngày 31/12/2023.
              - Trao giải Cuộc thi phát động từ ngày 01/10/2023 đến ngày 31/12/2023.
              - Hưởng ứng Cuộc thi do Bộ Tư pháp tổ chức từ ngày 01/11/2024 đến ngày 15/01/2025.
              - Xây dựng kế hoạch tổ chức Tháng hành động từ ngày 15/11/2025 đến ngày 15/12/2025.

    Không phải lỗi (thời hạn là điều kiện, không phải việc phải xong):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Rà soát người được bổ nhiệm trước ngày 30/6/2023, thực hiện chế độ với người đã hoàn thành nhiệm vụ
                  trước ngày 31/12/2023.
                deadline: 2024-06
              - text: Các xã hoàn thành tiêu chí nông thôn mới trước ngày 31/12/2023 nâng cao chất lượng tiêu chí.
                deadline: 2024-06
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
        if mention.passage.part in _ACTIVITY_PARTS:
            yield from _said_outside(plan, mention, period, related)
    for duty in plan.assignments.duties:
        for task in duty.tasks:
            if task.deadline and _outside(task.deadline, task.deadline, period):
                message = f"thời hạn {date_words(task.deadline)} ngoài giai đoạn {period} của kế hoạch"
                yield Fault(task.at("deadline"), message, related, value=str(task.deadline))
    for event in plan.file.events:
        if _outside(event.start, event.end or event.start, period):
            message = f"“{event.name}” ngoài giai đoạn {period} của kế hoạch"
            yield Fault(event.at("start"), message, related, value=event.id)


def _said_outside(plan: Plan, mention: Mention, period: Period, related: list[tuple[Place, str]]) -> Iterator[Fault]:
    """The dates of an activity, and the day on which something must be done, in prose."""
    found = mention.found
    if isinstance(found, prose.DateRange):
        if (
            not found.yearly
            and _outside(found.first, found.last, period)
            and _is_activity(plan, mention, found, period)
        ):
            message = f"hoạt động kết thúc ngày {short_date(found.last.latest)}, ngoài giai đoạn {period} của kế hoạch"
            yield Fault(mention.place(), message, related, value=str(found.last))
    elif isinstance(found, prose.Deadline) and _is_past_due(plan, mention, found, period):
        message = f"hạn {short_date(found.date.latest)} ở trước giai đoạn {period} của kế hoạch"
        yield Fault(mention.place(), message, related, value=str(found.date))


def _is_activity(plan: Plan, mention: Mention, found: prose.DateRange, period: Period) -> bool:
    """Whether the days are those of something to be held: not, where they are past, of what there has been."""
    reading, past = mention.reading, found.first.earliest < period.start
    if past and _looks_back(plan, mention, period):
        return False
    if orders.opens_with(reading, found.start, found.end, past=past):
        return (
            not past
            or mention.passage.part is Part.TASK
            or any(says(title, _TO_DO) for title in _titles(plan, mention))
        )
    return orders.holds(reading, found.start, found.end, past=past)


def _is_past_due(plan: Plan, mention: Mention, found: prose.Deadline, period: Period) -> bool:
    """Whether something must be done on a day before the plan begins: not, where the day only tells who or what."""
    if not found.date.complete or found.date.latest >= period.start:
        return False
    return orders.is_due(mention.reading, found.start, found.end) and not _looks_back(plan, mention, period)


def _looks_back(plan: Plan, mention: Mention, period: Period) -> bool:
    """Whether the sentence or the part it stands in ("Đặc điểm tình hình", "Công tác năm 2023") tells what has been."""
    before, after = orders.sentence(mention.reading, mention.found.start, mention.found.end)
    if says(before, _LOOKING_BACK) or says(after, _LOOKING_BACK):
        return True
    if any(int(year) in range(period.start.year, period.end.year + 1) for year in _YEAR.findall(after)):
        return True  # set against what follows: “đợt 1 từ … đến …/2023, đợt 2 từ … đến …/2024”
    return any(says(title, _RETROSPECT) or _is_past(title, period) for title in _titles(plan, mention))


def _is_past(title: str, period: Period) -> bool:
    """Whether a title names years, and all of them before the plan's."""
    years = [int(year) for year in _YEAR.findall(title)]
    return bool(years) and max(years) < period.start.year


def _titles(plan: Plan, mention: Mention) -> tuple[str, ...]:
    """The titles of the sections that a text stands in, other than itself, in lower case."""
    text = mention.passage.text
    return tuple(
        single_spaced(section.title.raw.lower())
        for section in plan.file.walk_sections()
        if section.title is not None
        and section.title is not text
        and any(text is one for part in section.walk() for one in part.texts())
    )


def _outside(first: PartialDate, last: PartialDate, period: Period) -> bool:
    """Whether no day of the stretch can lie in the period; a day of every year always can."""
    if first.year is None or last.year is None:
        return False
    return last.latest < period.start or first.earliest > period.end


_REPORT = "báo cáo"
_REACH = (100, 200)  # characters before and behind the word for a report in which it is said when one is due
# Where no whole date is: “ngày 15 của tháng cuối quý”, “10 ngày sau khi kết thúc quý”, “tuần đầu tháng 12”.
_WHEN = re.compile(
    r"ngày (?:\d{1,2}(?: của)? (?:tháng (?!\d)|hằng|hàng|mỗi)|làm việc|cuối|đầu)|\d ngày (?:sau|kể từ|trước)|"
    r"tuần (?:đầu|cuối|thứ|\d)|(?:đầu|giữa|cuối|trong|trước|vào) (?:tháng|quý) (?:\d|đầu|cuối|[iv])|"
    r"trước \d{1,2} tháng \d"
)


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

    Không phải lỗi (hạn nói theo kỳ, không nêu tháng):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            text: Các cơ quan gửi báo cáo về Sở Nội vụ trước ngày 15 của tháng cuối quý.

    Không phải lỗi (nêu ngày, tuần gửi mà không có chữ “trước”):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            text: Báo cáo 6 tháng gửi ngày 15/6; báo cáo năm gửi trong tuần đầu tháng 12 hằng năm.

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
    if _says_when(plan):
        return
    if plan.file.reporting:
        first, *others = plan.file.reporting
        related = [(entry.here(), "cũng không có hạn") for entry in others]
        yield Fault(first.here(), "chế độ báo cáo không nêu thời hạn gửi", related)
    else:
        yield Fault(
            plan.file.at("reporting"), "kế hoạch không quy định báo cáo: thiếu khóa “reporting” và thời hạn gửi"
        )


def _says_when(plan: Plan) -> bool:
    """Whether a day, a week or a month stands near to the word for a report; dates of documents are theirs."""
    before, behind = _REACH
    for mention in plan.mentions:
        if isinstance(mention.found, prose.DateMention):
            start = mention.found.start
            if _REPORT in mention.reading.small[max(0, start - behind) : start + before]:
                return True
    text = plan.words
    at = text.find(_REPORT)
    while at >= 0:
        if _WHEN.search(text, max(0, at - before), at + behind):
            return True
        at = text.find(_REPORT, at + len(_REPORT))
    return False


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
