"""VB: whom an office can give orders to, and whom it can only ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bdg_cli.checks.check import check
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.plan import Duty, Verb
from bdg_cli.models.registry import Level, Sector
from bdg_cli.plan import Plan
from bdg_cli.prose import Agency, Reading
from bdg_cli.prose.patterns import GAP, lazy
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed

_I = re.IGNORECASE
_REACH = 40  # characters before an order that say who gives it
# Bodies that no people's committee gives orders to. The police and the army are vertical too, but their heads sit on it.
_NOT_ORDERED = {Sector.PARTY, Sector.FRONT, Sector.VERTICAL}
_OF_THE_COMMITTEE = re.compile(r"\b(?:công\s+an|quân\s+sự|biên\s+phòng)\b", _I)
_ASKED = re.compile(
    r"\A\W*(?:(?:theo|trong|căn\s+cứ|trên\s+cơ\s+sở|hằng|hàng)\b[^.;:]{0,120}?,\s*)?(?:đề\s+nghị|phối\s+hợp|tham\s+gia|cùng)\b",
    _I,
)
# In prose: “Giao …” at the beginning of a sentence, or of a people's committee; whoever else gives orders may be the Party.
_GIVEN = lazy(rf"giao(?<!\wgiao)(?:{GAP}cho)?:?{GAP}")
_OF_A_COMMITTEE = lazy(
    r"(?:\A|[.;:] +|\n\s*)(?:ubnd|(?:ủy|uỷ) ban nhân dân)(?: (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường))? \Z"
)
_NEXT = lazy(r" *, *|,? +và +")
_ONLY_ASKED = lazy(
    r"(?:(?:ủy|uỷ) ban )?(?:mặt trận tổ quốc|mttq)|ubmttq|tòa án|toà án|tand|viện kiểm sát|vksnd|(?:tỉnh|thành|huyện) (?:ủy|uỷ|đoàn)|"
    r"hội (?:liên hiệp phụ nữ|lhpn|phụ nữ|nông dân|cựu chiến binh|ccb)|liên đoàn lao động|lđlđ|đoàn (?:thanh niên|tncs)|"
    r"(?:ban|văn phòng|(?:ủy|uỷ) ban kiểm tra)(?: [^\W\d]+){0,5} (?:tỉnh|thành|huyện) (?:ủy|uỷ)"
)
_JOINS = lazy(r",? *(?:phối hợp|tham gia|cùng)(?!\w)")


@check("VB113", WARNING, "“Giao” cho nơi chỉ đề nghị được")
def ordered_about(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Ủy ban nhân dân, sở, ban giao việc cho cơ quan hành chính của mình; với cơ quan Đảng, Mặt trận, đoàn thể, tòa án, viện
    kiểm sát và cơ quan ngành dọc khác thì đề nghị hoặc phối hợp. `verb` để trống là “giao”; lời văn thì xét câu “Giao …”. Tên nhóm chung như “các sở, ban,
    ngành, đoàn thể” không tính; Công an, Quân sự do thành viên Ủy ban nhân dân phụ trách nên cũng không tính.

    Căn cứ: Luật Tổ chức chính quyền địa phương (Ủy ban nhân dân chỉ đạo cơ quan chuyên môn và Ủy ban nhân dân cấp dưới).

    Cách xử lý: ghi `verb: đề nghị`, hoặc viết nhiệm vụ bắt đầu bằng “Phối hợp …”, “Tham gia …”.

    Sai:

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: hoi-lhpn-mau, kind: hoi-lhpn-tinh, area: tra-vinh}
          - {id: toa-an-mau, kind: toa-an-tinh, area: tra-vinh}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: hoi-lhpn-mau  # <- VB113
            tasks:
              - text: Vận động hội viên thực hiện bình đẳng giới.
                deadline: 2024-11
          - agency: toa-an-mau  # <- VB113
            verb: giao
            tasks:
              - text: Xét xử các vụ án về bạo lực gia đình đúng thời hạn.
                deadline: 2024-11

        # demo/plan.yaml
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu

    Sai (trong lời văn):

        # demo/plan.yaml
        closing: |
          Giao Sở Nội vụ theo dõi việc thực hiện. Giao Hội Liên hiệp Phụ nữ tỉnh, Liên đoàn Lao động tỉnh tuyên truyền tới  # <- VB113
          hội viên, đoàn viên./.

    Đúng:

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: hoi-lhpn-mau, kind: hoi-lhpn-tinh, area: tra-vinh}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: hoi-lhpn-mau
            verb: đề nghị
            tasks:
              - text: Vận động hội viên thực hiện bình đẳng giới.
                deadline: 2024-11

        # demo/plan.yaml
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu

    Không phải lỗi (giao phối hợp; đề nghị; Tỉnh ủy giao; được giao):

        # demo/plan.yaml
        closing: |
          Giao Sở Nội vụ chủ trì, phối hợp với Hội Liên hiệp Phụ nữ tỉnh tuyên truyền; đề nghị Liên đoàn Lao động tỉnh giám
          sát. Giao Hội Nông dân tỉnh phối hợp vận động hội viên. Thực hiện nhiệm vụ mà Tỉnh ủy giao Hội Cựu chiến binh tỉnh,
          Hội Liên hiệp Phụ nữ tỉnh được giao chủ trì Đề án./.

    Không phải lỗi (lời văn đã là phối hợp; Công an tỉnh; nhóm chung có đoàn thể):

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: hoi-lhpn-mau, kind: hoi-lhpn-tinh, area: tra-vinh}
          - {id: cong-an-mau, kind: cong-an-tinh, area: tra-vinh}
        groups:
          - {id: so-ban-nganh-mau, name: "Các sở, ban, ngành, đoàn thể", members: [so-noi-vu-mau, so-y-te-mau, hoi-lhpn-mau]}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: hoi-lhpn-mau
            tasks:
              - text: Theo chức năng, nhiệm vụ của mình, phối hợp tuyên truyền về bình đẳng giới.
                deadline: 2024-11
          - agency: cong-an-mau
            tasks:
              - text: Xử lý kịp thời các vụ bạo lực trên cơ sở giới.
                deadline: 2024-11
          - group: so-ban-nganh-mau
            tasks:
              - text: Lồng ghép nội dung bình đẳng giới vào kế hoạch của ngành.
                deadline: 2024-11

        # demo/plan.yaml
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu

    Không phải lỗi (đoàn thể tự giao việc trong hệ thống của mình; khối của cơ quan chưa kiểm chứng):

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: hoi-lhpn-mau, kind: hoi-lhpn-tinh, area: tra-vinh}
          - {id: bhxh-mau, kind: bhxh-tinh, area: tra-vinh}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: bhxh-mau
            tasks:
              - text: Rà soát chế độ thai sản của lao động nữ.
                deadline: 2024-11

        # demo/plan.yaml
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu

        # hoi/plan.yaml
        kind: plan
        status: issued
        issuer: hoi-lhpn-mau
        number: 5
        symbol: KH-BTV
        date: 2024-02-01
        title: Thực hiện công tác bình đẳng giới năm 2024
        area: tra-vinh
        period: 2024
        parents: [demo]
        sections:
          - title: Kinh phí và tổ chức thực hiện
            marker: roman
            insert: assignments
        reporting:
          - from: [hoi-lhpn-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-18

        # hoi/assignments.yaml
        duties:
          - agency: hoi-lhpn-mau
            tasks:
              - text: Vận động hội viên thực hiện bình đẳng giới.
                deadline: 2024-11
    """
    issuer = plan.file.issuer
    if registry.sector(issuer) is not Sector.ADMINISTRATION or registry.level(issuer) is Level.CENTRAL:
        return
    for duty in plan.assignments.duties:
        if duty.verb is Verb.REQUEST or _is_asked(duty):
            continue
        ordered = [name for name in duty.named if _is_beyond_orders(registry, name)]
        if ordered:
            names = listed(registry.short_name(name) for name in ordered)
            sectors = listed(dict.fromkeys(registry.sector(_first_member(registry, name)).term for name in ordered))
            message = f"giao nhiệm vụ cho {names} ({sectors}); phải là đề nghị hoặc phối hợp"
            yield Fault(duty.at_agency(), message, value=",".join(ordered))
    if "giao " in plan.words:
        yield from _said(plan)


def _said(plan: Plan) -> Iterator[Fault]:
    """Orders in prose: each to one body or more that can only be asked."""
    for found in plan.find(_GIVEN()):
        small = found.reading.small
        before = small[max(0, found.start - _REACH) : found.start]
        if found.in_title or not (_begins(before) or _is_committee(before)):
            continue
        given = list(_next_to(found.reading, found.end))
        asked = [agency for agency in given if _ONLY_ASKED().match(small, agency.start)]
        if asked and not _JOINS().match(small, given[-1].end):
            message = f"giao nhiệm vụ cho {listed(one.name for one in asked)}; phải là đề nghị hoặc phối hợp"
            yield Fault(found.passage.text.place(found.start, given[-1].end), message, value=asked[0].name)


def _begins(before: str) -> bool:
    """Whether a sentence, or an item of a list, begins behind this."""
    words = before.rstrip(" -+–*•")
    return not words or words[-1] in ".;:\n" or (words[-1] == ")" and not words[-3:-2].strip())


def _is_committee(before: str) -> bool:
    """Whether a people's committee begins the sentence, and nothing else is said."""
    return ("ubnd" in before or "ban nhân dân" in before) and _OF_A_COMMITTEE().search(before) is not None


def _next_to(reading: Reading, start: int) -> Iterator[Agency]:
    """The bodies that are named one after another from there."""
    for agency in reading.agencies:
        if agency.start == start:
            yield agency
            following = _NEXT().match(reading.small, agency.end)
            if following is None:
                return
            start = following.end()


def _is_asked(duty: Duty) -> bool:
    """Whether its heading or each of its tasks asks, joins or helps instead of giving an order."""
    if duty.heading is not None and _ASKED.search(duty.heading):
        return True
    return bool(duty.tasks) and all(_ASKED.search(task.text.raw) for task in duty.tasks)


def _is_beyond_orders(registry: Registry, name: str) -> bool:
    """Whether a body, or each member of a group, surely is one that can only be asked."""
    group = registry.groups.get(name)
    if group is not None and group.kind is None:
        return bool(group.members) and all(_is_beyond_orders(registry, member) for member in group.members)
    known = (group is not None or name in registry.agencies) and registry.is_verified(name)
    return known and registry.sector(name) in _NOT_ORDERED and not _OF_THE_COMMITTEE.search(registry.name(name))


def _first_member(registry: Registry, name: str) -> str:
    """The body whose sector stands for a group without a kind of its own."""
    group = registry.groups.get(name)
    return group.members[0] if group is not None and group.kind is None else name
