"""PC: tasks against each other, and against the money they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bdg_cli.checks.check import check
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.models.plan import Task
from bdg_cli.models.registry import Function
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, nfc

_I = re.IGNORECASE
_LEADS = re.compile(r"\b(?:chủ\s+trì|làm\s+đầu\s+mối|là\s+đầu\s+mối)\b", _I)
_LEADING_CLAUSE = re.compile(
    r"\W*(?:là\s+cơ\s+quan\s+)?(?:chủ\s+trì|làm\s+đầu\s+mối)\b(?:\s*,?\s*phối\s+hợp(?:\s+với)?\s+(?:các\s+)?[^.;:]{0,160}?"
    r"(?:liên\s+quan|(?:đơn\s+vị|địa\s+phương|sở,\s+ban,\s+ngành)(?:\s+(?:có\s+)?liên\s+quan)?))?[\s,]*",
    _I,
)
_HELPS = re.compile(r"\W*(?:phối\s+hợp|tham\s+gia|hỗ\s+trợ|cùng)\b", _I)
# What each body does for itself, however alike it is worded.
_OWN_PART = re.compile(
    r"\b(?:trong\s+)?(?:phạm\s+vi\s+)?(?:chức\s+năng|lĩnh\s+vực|thẩm\s+quyền)\b|\b(?:ngành|cơ\s+quan|đơn\s+vị|địa\s+phương|sở|"
    r"tổ\s+chức|cấp|huyện|xã)\s+(?:mình|quản\s+lý)\b|\bmình\s+(?:phụ\s+trách|quản\s+lý)\b|\bcủa\s+(?:ngành|cơ\s+quan|đơn\s+vị)\b|"
    r"\b(?:trên|ở|tại)\s+(?:địa\s+bàn|địa\s+phương|cơ\s+quan|đơn\s+vị)\b|\btrực\s+thuộc\b",
    _I,
)
_FOR_ITSELF = re.compile(
    r"\W*(?:tiếp\s+tục\s+|tăng\s+cường\s+|đẩy\s+mạnh\s+|tổ\s+chức\s+|thực\s+hiện\s+(?:các\s+hoạt\s+động\s+)?)*"
    r"(?:tuyên\s+truyền|truyền\s+thông|phổ\s+biến|quán\s+triệt|lồng\s+ghép|thanh\s+tra|kiểm\s+tra|giám\s+sát|bố\s+trí|báo\s+cáo|"
    r"lập\s+kế\s+hoạch|xây\s+dựng\s+kế\s+hoạch|triển\s+khai|thực\s+hiện|thu\s+thập|rà\s+soát|cử|bồi\s+dưỡng|tập\s+huấn|vận\s+động)\b",
    _I,
)
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(_WORD.findall("và của các những cho về để với trong theo tại ở trên là có được việc công tác"))
_SHORTEST = 4  # words that say something; a shorter task is alike by chance
_LONG = 8  # words; among so many one more or less does not make another task

_OF_FINANCE = re.compile(
    r"\b(?:sở|phòng|bộ|cơ\s+quan|ban)\s+(?:kế\s+hoạch\s*[-–,]?\s*)?tài\s+chính\b|\btài\s+chính\s*[-–]\s*kế\s+", _I
)
# Money that a body has already: nobody need find it.
_IN_HAND = re.compile(
    r"\bdự\s+toán\b[^.;]{0,60}\b(?:của\s+(?:các\s+|từng\s+|mỗi\s+)?(?:cơ\s+quan|đơn\s+vị|ngành|địa\s+phương)|được\s+giao|đã\s+giao)|"
    r"\bđã\s+(?:được\s+)?(?:giao|phân\s+bổ|bố\s+trí|cấp)\b|\bđược\s+giao\b|\bphân\s+bổ\s+kinh\s+phí\b|"
    r"\b(?:tự|chủ\s+động)\s+(?:bố\s+trí|cân\s+đối|dành|sắp\s+xếp|bảo\s+đảm|đảm\s+bảo)\b|\blồng\s+ghép\b|\bkinh\s+phí\s+của\s+(?:các\s+)?"
    r"(?:cơ\s+quan|đơn\s+vị)|\bxã\s+hội\s+hóa\b|\btài\s+trợ\b",
    _I,
)


@dataclass(frozen=True, slots=True)
class _Given:
    """A task of one body."""

    agency: str
    task: Task

    @property
    def place(self) -> Place:
        return self.task.at("text")


@check("PC110", WARNING, "Một nhiệm vụ giao hai nơi chủ trì")
def led_twice(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Cùng một việc mà hai cơ quan cùng cấp đều chủ trì thì không cơ quan nào làm, hoặc làm hai lần. Hai nhiệm vụ là một khi
    lời văn như nhau, nhiều nhất thừa một chữ. Việc “trong phạm vi lĩnh vực”, “ở địa phương mình”, việc ai cũng làm cho cơ
    quan mình (tuyên truyền, lồng ghép, thanh tra, báo cáo …) mà không ghi chủ trì, và việc phối hợp thì không tính.

    Cách xử lý: để một cơ quan chủ trì; cơ quan kia ghi ở `partners`, hoặc viết “Phối hợp …”.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Chủ trì, phối hợp với các đơn vị liên quan xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.  # <- PC110
                deadline: 2024-11

    Đúng:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Chủ trì xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.
                deadline: 2024-11
                partners: [so-y-te-mau]
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (trong phạm vi lĩnh vực; việc ai cũng làm cho cơ quan mình):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Thanh tra, xử lý vi phạm về bình đẳng giới thuộc lĩnh vực mình phụ trách.
                deadline: 2024-11
              - text: Tuyên truyền pháp luật về bình đẳng giới cho công chức, viên chức.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Thanh tra, xử lý vi phạm về bình đẳng giới thuộc lĩnh vực mình phụ trách.
                deadline: 2024-11
              - text: Tuyên truyền pháp luật về bình đẳng giới cho công chức, viên chức.
                deadline: 2024-11

    Không phải lỗi (một nơi chủ trì, một nơi phối hợp; hai việc khác nhau):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Chủ trì xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.
                deadline: 2024-11
              - text: Tham mưu quy hoạch cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Phối hợp xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.
                deadline: 2024-11
              - text: Tham mưu quy hoạch cán bộ trẻ.
                deadline: 2024-11
    """
    tasks = [task for task in _worded(plan, registry) if len(task.words) >= _SHORTEST]
    alike = _alike(tasks)
    told: set[int] = set()
    for index, task in enumerate(tasks):
        earlier = (tasks[other] for other in sorted(alike.get(index, ())) if other < index and other not in told)
        given, first = task.given, next((one.given for one in earlier if _clash(one.given, task.given, registry)), None)
        if first is None:
            continue
        told.add(index)
        names = listed(registry.short_name(one.agency) for one in (first, given))
        message = f"{names} cùng được giao một việc: “{_short(given.task.text.raw)}”"
        yield Fault(given.place, message, [(first.place, f"{registry.short_name(first.agency)} ở đây")], given.agency)


class _Worded(NamedTuple):
    """A task with the words that say something, and the sum of their hashes: one word less is one subtraction."""

    given: _Given
    words: frozenset[str]
    total: int


def _worded(plan: Plan, registry: Registry) -> Iterator[_Worded]:
    for given in _given(plan, registry):
        words = _words(given.task.text.raw)
        yield _Worded(given, words, sum(map(hash, words)))


def _alike(tasks: list[_Worded]) -> dict[int, set[int]]:
    """For each task, by position, those that say the same, or, of long ones, the same and one word more or less."""
    by_total: dict[int, set[int]] = {}
    for index, task in enumerate(tasks):
        by_total.setdefault(task.total, set()).add(index)
    found: dict[int, set[int]] = {}
    for index, task in enumerate(tasks):
        less = map(task.total.__sub__, map(hash, task.words)) if len(task.words) > _LONG else ()
        if not by_total.keys().isdisjoint(less) or len(by_total[task.total]) > 1:
            totals = {task.total, *(task.total - hash(word) for word in task.words if len(task.words) > _LONG)}
            for other in set().union(*(by_total[total] for total in totals & by_total.keys())) - {index}:
                found.setdefault(index, set()).add(other)
                found.setdefault(other, set()).add(index)
    return found


def _given(plan: Plan, registry: Registry) -> Iterator[_Given]:
    """The tasks that one body alone has, and may lead."""
    for duty in plan.assignments.duties:
        if len(duty.named) == 1 and duty.agency in registry.agencies:
            yield from (_Given(duty.agency or "", task) for task in duty.tasks if _may_be_led(task.text.raw))


def _clash(one: _Given, other: _Given, registry: Registry) -> bool:
    """Whether two bodies of one level lead one task: neither helps the other, and it is not each one's own part."""
    if one.agency == other.agency or registry.level(one.agency) is not registry.level(other.agency):
        return False
    helps = other.agency in one.task.partners or one.agency in other.task.partners
    return not helps and _is_led(one.task.text.raw) and _is_led(other.task.text.raw)


def _is_led(text: str) -> bool:
    """Whether a task is one that has a lead: no part of what everybody does, no help for another."""
    return _may_be_led(text) and not _OWN_PART.search(text)


def _may_be_led(text: str) -> bool:
    """Whether its beginning lets a task have a lead, or its words say so."""
    if _HELPS.match(text):
        return False
    return not _FOR_ITSELF.match(text) or (("trì" in text or "mối" in text) and _LEADS.search(text) is not None)


def _words(text: str) -> frozenset[str]:
    """What a task says, without who leads it and with whom."""
    plain = nfc(text)
    lead = _LEADING_CLAUSE.match(plain)
    return frozenset(_WORD.findall(plain.lower(), lead.end() if lead else 0)) - _EMPTY


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 90 else f"{plain[:89].rstrip()}…"


@check("PC111", WARNING, "Nói tới kinh phí mà thiếu cơ quan tài chính")
def money_without_finance(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Phần kinh phí nói lấy tiền ở ngân sách mà phần phân công không có cơ quan tài chính thì không ai thẩm định, bố trí.
    Cơ quan tài chính có trong một nhóm, phối hợp một nhiệm vụ, hay được nêu trong lời văn là đủ. Kinh phí đã giao, trong dự
    toán của từng cơ quan, tự bố trí, xã hội hóa thì không cần. Chỉ xét kế hoạch của Ủy ban nhân dân, ban liên ngành có phân
    công.

    Căn cứ: Luật Bình đẳng giới, Điều 24 (nguồn tài chính cho hoạt động bình đẳng giới).

    Cách xử lý: giao cơ quan tài chính tham mưu bố trí kinh phí; hoặc nói rõ kinh phí ở dự toán đã giao.

    Sai:

        # demo/plan.yaml
        funding:
          - source: Ngân sách tỉnh  # <- PC111
            text: Kinh phí thực hiện Kế hoạch do ngân sách tỉnh bảo đảm.

    Đúng:

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: so-tai-chinh-mau, kind: so-tai-chinh, area: tra-vinh}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-tai-chinh-mau
            tasks:
              - text: Tham mưu bố trí kinh phí thực hiện Kế hoạch.
                deadline: 2024-11

        # demo/plan.yaml
        funding:
          - source: Ngân sách tỉnh
            text: Kinh phí thực hiện Kế hoạch do ngân sách tỉnh bảo đảm.
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu

    Không phải lỗi (kinh phí trong dự toán của các cơ quan; do Ủy ban nhân dân đã phân bổ):

        # demo/plan.yaml
        funding:
          - source: Ngân sách tỉnh năm 2024
            text: Kinh phí bố trí trong dự toán năm 2024 của các cơ quan.
          - source: Kinh phí sự nghiệp xã hội
            text: Kinh phí đã giao trong dự toán năm 2024 của các cơ quan tại quyết định phân bổ dự toán.

    Không phải lỗi (cơ quan tài chính nêu trong lời văn):

        # demo/plan.yaml
        funding:
          - source: Ngân sách tỉnh
            text: Sở Tài chính tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí thực hiện Kế hoạch.

    Không phải lỗi (kế hoạch của một sở):

        # demo/plan.yaml
        issuer: so-noi-vu-mau
        symbol: KH-SNV
        funding:
          - source: Ngân sách tỉnh
            text: Kinh phí thực hiện Kế hoạch do ngân sách tỉnh bảo đảm.
        signature:
          - posts: [GIÁM ĐỐC]
            name: Nguyễn Văn Mẫu
    """
    assigns = registry.functions(plan.file.issuer) & {Function.LOCAL, Function.COORDINATION}
    place = _money(plan)
    if place is None or not assigns or not plan.assignments.duties or _is_finance_named(plan, registry):
        return
    yield Fault(place, "nói lấy kinh phí từ ngân sách mà không cơ quan tài chính nào có nhiệm vụ")


def _money(plan: Plan) -> Place | None:
    """Where the plan says that money must be found; None where it does not, or says that it is in hand already."""
    told = [
        (
            entry.at("source" if entry.source else "text"),
            f"{entry.source or ''}. {entry.text.raw if entry.text else ''}",
        )
        for entry in plan.file.funding
    ]
    for section in plan.file.walk_sections():
        if section.title is not None and re.search(r"\bkinh\s+phí\b", section.title.raw, _I) and section.insert is None:
            told += [(text.place(), text.raw) for text in (section.text, *section.items) if text is not None]
    return next((place for place, text in told if not _IN_HAND.search(text)), None)


def _is_finance_named(plan: Plan, registry: Registry) -> bool:
    named = [name for duty in plan.assignments.duties for name in duty.named]
    named += [name for duty in plan.assignments.duties for task in duty.tasks for name in task.partners]
    bodies = {member for name in named for member in registry.members(name)}
    if any(Function.FINANCE in registry.functions(body) or _OF_FINANCE.search(registry.name(body)) for body in bodies):
        return True
    headings = (duty.heading for duty in plan.assignments.duties if duty.heading)
    return any(_OF_FINANCE.search(text) for text in headings) or (
        "tài chính" in plan.words and _OF_FINANCE.search(plan.words) is not None
    )
