"""VB: who receives a document, against who has something to do in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bdg_cli.checks.check import check
from bdg_cli.findings import INFO, WARNING, Fault
from bdg_cli.models.plan import Duty, Form, PlanFile, PlanKind, Purpose, Recipient
from bdg_cli.models.registry import Agency, Function, Sector
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import count, listed

_I = re.IGNORECASE
# Words of a recipient that may stand for anybody: then nobody is missing.
_ANYBODY = re.compile(
    r"\bnhư\s+(?:trên|điều|mục|kính\s+gửi)|\b(?:cơ\s+quan|đơn\s+vị|thành\s+viên|ủy\s+viên|các\s+ngành)\b", _I
)
_DEPARTMENTS = re.compile(r"\bcác\s+sở\b|\bsở\s*,|\bban\s*,\s*ngành\b|\bphòng\s*,\s*ban\b|\bphòng\s+chuyên\s+môn\b", _I)
_LISTED = re.compile(r"\bcác\s+sở\b\s*(?::|(?-i:[A-ZĐÔ]))", _I)  # "Các Sở: Nội vụ, Y tế" are those and no others
_ABBREVIATED = re.compile(r"\b[A-ZĐ&-]{2,}\b")
_FRONT = re.compile(r"\bmặt\s+trận\b|mttq|\bđoàn\s+thể\b|\bcác\s+hội\b|\btổ\s+chức\s+chính\s+trị\b", _I)
_LOCAL = re.compile(
    r"\b(?:ubnd|ủy\s+ban\s+nhân\s+dân)\s+(?:các|huyện|quận|thị|xã|phường)\b|\bcác\s+(?:huyện|quận|xã|phường|thị)\b|"
    r"\bcấp\s+(?:huyện|xã)\b|\bđịa\s+phương\b",
    _I,
)
_OFFICE = re.compile(r"\bvăn\s+phòng\b|\bvp\b|cvp|ldvp|lđvp", _I)
_BOARDS = re.compile(r"\bcác\s+ban\b", _I)
_PRESS = re.compile(r"\bbáo\b(?!\s+cáo)|\bđài\b|\bcổng\b|\bcông\s+báo\b|\bbáo\s+chí\b", _I)
_LEVEL = re.compile(r"\s+(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường)(?:\s.*)?\Z", _I)
_BOARD_OF_MANY = ("ban vì sự tiến bộ", "ban chỉ đạo", "hội đồng")


@check("VB104", WARNING, "Cơ quan có nhiệm vụ không ở nơi nhận")
def not_a_recipient(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Cơ quan được giao nhiệm vụ thì phải nhận được văn bản. Có ở nơi nhận là có tên, có trong một nhóm, hoặc thuộc lời
    gọi chung như “Các sở, ban, ngành”, “UBND các huyện”; nơi nhận còn để ngỏ (“Các cơ quan, đơn vị”, thành viên một ban
    mà sổ không kê tên) thì không xét. Báo một lần cho cả văn bản.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.9 (nơi nhận để thực hiện).

    Cách xử lý: thêm cơ quan còn thiếu, hoặc nhóm có cơ quan ấy, vào `recipients`.

    Sai:

        # demo/plan.yaml
        recipients:
          - agency: so-noi-vu-mau  # <- VB104
            purpose: thi hành
          - text: VT
            purpose: lưu

    Sai (đài, báo không nằm trong “các sở, ban, ngành”):

        # registry/agencies.yaml
        agencies:
          - id: ubnd-mau
            kind: ubnd-tinh
            area: tra-vinh
          - id: so-noi-vu-mau
            kind: so-noi-vu
            area: tra-vinh
          - id: so-y-te-mau
            kind: so-y-te
            area: tra-vinh
          - id: cong-ttdt-mau
            kind: cong-ttdt-tinh
            area: tra-vinh

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: cong-ttdt-mau
            tasks:
              - text: Mở chuyên mục về bình đẳng giới.
                deadline: 2024-11

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau  # <- VB104
            purpose: thi hành
          - text: VT
            purpose: lưu

    Đúng:

        # demo/plan.yaml
        recipients:
          - agency: so-noi-vu-mau
            purpose: thi hành
          - agency: so-y-te-mau
            purpose: thi hành
          - text: VT
            purpose: lưu

    Không phải lỗi (có trong nhóm):

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
            purpose: thi hành
          - text: VT
            purpose: lưu

    Không phải lỗi (lời gọi chung, hoặc kê tên bằng chữ):

        # demo/plan.yaml
        recipients:
          - text: "Các Sở: Nội vụ, Y tế"
          - text: VT
            purpose: lưu

    Không phải lỗi (nơi nhận để ngỏ):

        # demo/plan.yaml
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu
    """
    if not plan.file.recipients:
        return
    receivers = _Receivers(plan, registry)
    missing = {identity: duty for identity, duty in _bound(plan, registry).items() if not receivers.include(identity)}
    if missing:
        names = [registry.name(identity, plan.dated_on()) for identity in missing]
        message = f"{count(len(names))} cơ quan có nhiệm vụ nhưng không có ở nơi nhận: {listed(names)}"
        related = [
            (duty.at_agency(), f"nhiệm vụ của {name}") for name, duty in zip(names, missing.values(), strict=True)
        ]
        yield Fault(plan.file.at("recipients"), message, related, value="|".join(sorted(missing)))


def _bound(plan: Plan, registry: Registry) -> dict[str, Duty]:
    """Everybody with a duty, groups by their members, and that duty; without those the registry does not tell of:
    groups that name nobody, ids it does not hold (TP012)."""
    found: dict[str, Duty] = {}
    for duty in plan.assignments.duties:
        for named in duty.named:
            group = registry.groups.get(named)
            known = group is None or group.kind is not None
            for identity in group.members if group and group.members else (named,) if known else ():
                if identity != plan.file.issuer and identity in registry.bodies:
                    found.setdefault(identity, duty)
    return found


class _Receivers:
    """Those a document goes to: by name, through groups, and by what free text calls them."""

    def __init__(self, plan: Plan, registry: Registry) -> None:
        file = plan.file
        self._registry = registry
        self._day = plan.dated_on()
        lines = (*file.recipients, *file.addressees)
        bodies = [body for line in lines for body in (line.agency, line.group) if body]
        self._members = {member for body in bodies for member in registry.members(body)}
        groups = [registry.groups[body] for body in bodies if body in registry.groups]
        self._kinds = {group.kind for group in groups if group.kind}
        self._texts = [*_texts(file), *(group.name for group in groups)]
        self._plain = "\n".join(" ".join(text.lower().split()) for text in self._texts)
        self._open = (
            any(not group.members and not group.kind for group in groups)
            or any(self._of_many(body) for body in bodies)
            or any(_ANYBODY.search(text) for text in self._texts)
        )

    def include(self, identity: str) -> bool:
        """Whether a body receives the document, or may."""
        if self._open or identity in self._members:
            return True
        kind = _kind(identity, self._registry)
        if kind is not None and kind in self._kinds:
            return True
        if any(_says(self._plain, known.lower()) for known in _names(identity, self._registry, self._day)):
            return True
        return any(self._calls(text, identity) for text in self._texts)

    def _of_many(self, body: str) -> bool:
        """Whether a recipient is a board: its members, whom the registry does not list, receive it with it."""
        return self._registry.name(body, self._day).lower().startswith(_BOARD_OF_MANY)

    def _calls(self, text: str, identity: str) -> bool:
        name = self._registry.name(identity, self._day)
        if _DEPARTMENTS.search(text) and self._is_among_departments(text, identity, name):
            return True
        sector, functions = self._registry.sector(identity), self._registry.functions(identity)
        return bool(
            (sector is Sector.FRONT and _FRONT.search(text))
            or ((Function.LOCAL in functions or name.startswith("Ủy ban nhân dân")) and _LOCAL.search(text))
            or (name.startswith("Văn phòng") and _OFFICE.search(text))
            or (name.startswith("Ban ") and _BOARDS.search(text))
            or (Function.PRESS in functions and sector is not Sector.ADMINISTRATION and _PRESS.search(text))
        )

    def _is_among_departments(self, text: str, identity: str, name: str) -> bool:
        """Whether "các sở, ban, ngành" means it; a list of departments means those it names, if it spells them out."""
        if _LISTED.search(text) and not _ABBREVIATED.search(text):
            return _says(" ".join(text.lower().split()), name.removeprefix("Sở ").removeprefix("Ban ").lower())
        inside = self._registry.sector(identity) in {Sector.ADMINISTRATION, Sector.VERTICAL}
        return inside and not name.startswith(("Ủy ban nhân dân", "UBND"))


def _texts(file: PlanFile) -> Iterator[str]:
    """The free text of the recipients, and of the article that a decision's "Như Điều …" stands for."""
    for line in (*file.recipients, *file.addressees):
        yield from (text for text in (line.text, line.as_written, line.note) if text)
    if file.kind is PlanKind.DECISION and file.articles:
        yield file.articles[-1].text.raw


def _names(identity: str, registry: Registry, day: date | None) -> Iterator[str]:
    """What a body is called: its names and abbreviations, and without the level and place behind."""
    agency: Agency | None = registry.agencies.get(identity)
    kind = registry.kind_of(agency) if agency else None
    names = [registry.name(identity, day), registry.name(identity), registry.short_name(identity)]
    names += [*(agency.abbreviations if agency else ()), *((kind.name, *kind.abbreviations) if kind else ())]
    for name in names:
        yield name
        short = _LEVEL.sub("", name)
        if len(short.split()) > 1 and not short.startswith(("Ủy ban nhân dân", "UBND")):
            yield short


def _says(text: str, name: str) -> bool:
    """Whether a text holds a name as whole words, both in lower case with single spaces."""
    at = text.find(name)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + len(name) : at + len(name) + 1].isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


def _kind(identity: str, registry: Registry) -> str | None:
    body = registry.bodies.get(identity)
    return body.kind if body else None


@check("VB109", INFO, "Nơi nhận để thi hành mà không có nhiệm vụ")
def nothing_to_carry_out(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Nơi nhận ghi “thi hành” thì trong kế hoạch phải có việc cho nơi ấy: có nhiệm vụ, phối hợp, báo cáo, của chính nó
    hoặc của một nhóm có nó. Kế hoạch không có phân công, hoặc giao cho nhóm mà sổ không kê tên, thì không xét.

    Cách xử lý: thêm nhiệm vụ cho cơ quan ấy, hoặc đổi mục đích gửi thành `biết`, `phối hợp`.

    Sai:

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
            purpose: thi hành
          - agency: so-ldtbxh-mau  # <- VB109
            purpose: thi hành
          - text: VT
            purpose: lưu

    Đúng:

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
            purpose: thi hành
          - agency: so-ldtbxh-mau
            purpose: biết
          - text: VT
            purpose: lưu

    Không phải lỗi (nhiệm vụ giao cho nhóm có cơ quan ấy):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - group: so-ban-nganh-mau
            tasks:
              - text: Thực hiện công tác bình đẳng giới của ngành.
                deadline: 2024-11

        # demo/plan.yaml
        recipients:
          - agency: so-noi-vu-mau
            purpose: thi hành
          - agency: so-y-te-mau
            purpose: thi hành
          - text: VT
            purpose: lưu

    Không phải lỗi (cơ quan chỉ phối hợp):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
                partners: [so-ldtbxh-mau]
            answers_for:
              - role: owner
                targets: ["1"]

        # demo/plan.yaml
        recipients:
          - agency: so-noi-vu-mau
            purpose: thi hành
          - agency: so-ldtbxh-mau
            purpose: thi hành
          - text: VT
            purpose: lưu
    """
    busy = _busy(plan)
    groups = [registry.groups[name] for name in busy if name in registry.groups]
    if not plan.assignments.duties or any(not group.members and not group.kind for group in groups):
        return
    known = {member for name in busy for member in registry.members(name)}
    kinds = {_kind(name, registry) for name in busy} - {None}
    for line in plan.file.recipients:
        body = line.agency or line.group
        if line.purpose is not Purpose.CARRY_OUT or body is None or _kind(body, registry) in kinds:
            continue
        if known.isdisjoint(registry.members(body)):
            name = registry.name(body, plan.dated_on())
            place = line.at("agency" if line.agency else "group")
            yield Fault(place, f"{name} nhận để thi hành nhưng kế hoạch không giao nhiệm vụ nào", value=body)


def _busy(plan: Plan) -> list[str]:
    """Everybody that the plan names as doing, helping or reporting something."""
    duties = plan.assignments.duties
    named = [name for duty in duties for name in duty.named]
    partners = [name for duty in duties for task in duty.tasks for name in task.partners]
    reporting = [name for entry in plan.file.reporting for name in (*entry.from_, entry.via, entry.to) if name]
    return [*named, *partners, *reporting]


_AS_ABOVE = re.compile(r"\A[\s\-–]*như\s+trên\b", _I)
_AS_ARTICLE = re.compile(r"\A[\s\-–]*như\s+điều\s+(?P<number>\d{1,2})\b", _I)


@check("VB112", WARNING, "“Như trên”, “Như Điều …” không khớp")
def as_above(plan: Plan) -> Iterator[Fault]:
    """“Như trên” là những nơi ở Kính gửi, “Như Điều …” là những nơi ở điều cuối của quyết định; không có Kính gửi, không
    có điều ấy thì dòng này không chỉ vào đâu. Khi có, bdg tự ghi dòng này lên đầu nơi nhận, ghi tay nữa là thành hai.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.9.d.

    Cách xử lý: bỏ dòng ghi tay ở `recipients`; với công văn, kê nơi gửi ở `addressees`.

    Sai:

        # demo/plan.yaml
        recipients:
          - text: Như trên  # <- VB112
          - group: so-ban-nganh-mau
            purpose: thi hành
          - text: VT
            purpose: lưu

    Sai (bdg đã ghi từ Kính gửi):

        # demo/plan.yaml
        kind: letter
        symbol: UBND-VX
        title:
        subject: triển khai công tác bình đẳng giới năm 2024
        addressees:
          - group: so-ban-nganh-mau
        recipients:
          - text: Như trên  # <- VB112
          - text: VT
            purpose: lưu

    Đúng:

        # demo/plan.yaml
        kind: letter
        symbol: UBND-VX
        title:
        subject: triển khai công tác bình đẳng giới năm 2024
        addressees:
          - group: so-ban-nganh-mau
        recipients:
          - text: VT
            purpose: lưu

    Không phải lỗi (kế hoạch kê thẳng nơi nhận):

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
            purpose: thi hành
          - text: VT
            purpose: lưu

    Không phải lỗi (quyết định trước Nghị định 30/2020/NĐ-CP tự ghi dòng này):

        # demo/plan.yaml
        kind: decision
        form: before-2020
        symbol: QĐ-UBND
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch thực hiện công tác bình đẳng giới năm 2024.
          - text: Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.
        recipients:
          - text: Như Điều 2
          - text: VT
            purpose: lưu
    """
    for line in plan.file.recipients:
        message = _above(plan.file, _written(line))
        if message:
            yield Fault(line.at("text" if line.text else "as_written"), message, value=_written(line))


def _written(line: Recipient) -> str:
    return line.as_written or line.text or ""


def _above(file: PlanFile, written: str) -> str:
    """What is wrong with such a line written by hand; empty where nothing is."""
    article = _AS_ARTICLE.match(written)
    decides = file.kind is PlanKind.DECISION and bool(file.articles)
    if article is not None:
        if not decides or int(article["number"]) > len(file.articles):
            return f"nơi nhận ghi “{written.strip()}” mà văn bản không có điều ấy"
        return f"bdg đã tự ghi “Như Điều {len(file.articles)}”" if file.form is not Form.BEFORE_2020 else ""
    if not _AS_ABOVE.match(written):
        return ""
    return "bdg đã tự ghi “Như trên” từ Kính gửi" if file.addressees else "nơi nhận ghi “Như trên” mà không có Kính gửi"
