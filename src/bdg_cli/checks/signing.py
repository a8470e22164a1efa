"""VB: who signs, by what right, and whether the issuing body signs that way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bdg_cli.checks.check import check
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.models.plan import Signature
from bdg_cli.models.registry import Sector
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import nfc

_LINE = re.compile(r"\A(?P<right>TM|KT|TL|TUQ|Q)\s*[./]\s*(?P<whom>.+)\Z")
_SLASHED = re.compile(r"\A(T|K)/(M|T|L)\b")  # T/M, K/T, T/L: as written before
_DEPUTY = re.compile(r"\A(?:PHÓ\b|THỨ TRƯỞNG\b|P\.)")
# Posts of those who head a body: what stands behind KT., and what no deputy may write below it.
_HEAD = re.compile(
    r"\A(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TRƯỞNG (?:BAN|PHÒNG|TRẠM|ĐÀI)|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH (?:VĂN PHÒNG|THANH TRA)|"
    r"CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM|TỔNG BIÊN TẬP)\b"
)
_BODY = re.compile(r"\A(?:ỦY BAN|HỘI ĐỒNG|BAN|SỞ|PHÒNG|BỘ(?! TRƯỞNG)|CHÍNH PHỦ|QUỐC HỘI)\b")
# Bodies under one head, by how their names begin: the head signs alone, nobody on behalf of them.
_UNDER_ONE_HEAD = re.compile(
    r"\A(?:Sở|Phòng|Bộ|Cục|Chi cục|Tổng cục|Vụ|Văn phòng|Thanh tra|Trung tâm|Trường|Trạm|Thủ tướng|Ban Dân tộc)\b"
)
_COMMITTEE = "Ủy ban nhân dân"
_HEADS_OF = ((_COMMITTEE, "CHỦ TỊCH"), ("Sở ", "GIÁM ĐỐC"), ("Phòng ", "TRƯỞNG PHÒNG"))
_SHORT = (("UBND", "ỦY BAN NHÂN DÂN"), ("HĐND", "HỘI ĐỒNG NHÂN DÂN"), ("UỶ BAN", "ỦY BAN"))


@dataclass(frozen=True, slots=True)
class _Right:
    """One authority line: TM, KT, TL, TUQ or Q, of whom, and where it stands."""

    right: str
    whom: str
    place: Place


@check("VB105", WARNING, "Quyền hạn ký không hợp")
def signing_right(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """TM. đi với tên tập thể (Ủy ban nhân dân, Ban, Hội đồng), và phải là cơ quan ban hành; cơ quan do một người đứng đầu
    như Sở, Phòng thì giám đốc, trưởng phòng ký thẳng. Cấp phó ký thì có KT. và chức vụ người đứng đầu ở dòng trên, chức vụ
    cấp phó ở dòng dưới. Văn bản có nhiều cơ quan ký thì không xét ai ký thay mặt ai; văn bản của Đảng, Mặt trận, đoàn thể không xét.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 13 và Phụ lục I, mục II.7.

    Cách xử lý: sửa `authority` và `posts` của `signature`.

    Sai (Sở không phải tập thể):

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}

        # demo/plan.yaml
        issuer: so-noi-vu-mau
        symbol: KH-SNV
        signature:
          - authority: [TM. SỞ NỘI VỤ]  # <- VB105
            posts: [GIÁM ĐỐC]
            name: Nguyễn Văn Mẫu

    Sai (chép khối ký của Ủy ban nhân dân):

        # demo/plan.yaml
        issuer: so-noi-vu-mau
        symbol: KH-SNV
        signature:
          - authority: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH]  # <- VB105
            posts: [PHÓ CHỦ TỊCH]
            name: Nguyễn Văn Mẫu

    Sai (KT. mà người ký là người đứng đầu):

        # demo/plan.yaml
        signature:
          - authority: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH]
            posts: [CHỦ TỊCH]  # <- VB105
            name: Nguyễn Văn Mẫu

    Sai (cấp phó của người khác):

        # demo/plan.yaml
        signature:
          - authority: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH]
            posts: [PHÓ GIÁM ĐỐC]  # <- VB105
            name: Nguyễn Văn Mẫu

    Sai (cấp phó ký mà không có KT.):

        # demo/plan.yaml
        signature:
          - authority: [TM. ỦY BAN NHÂN DÂN]
            posts: [PHÓ CHỦ TỊCH]  # <- VB105
            name: Nguyễn Văn Mẫu

    Sai (TM. đi với chức vụ, KT. đi với tên cơ quan):

        # demo/plan.yaml
        signature:
          - authority: [TM. CHỦ TỊCH]  # <- VB105
            posts: [PHÓ CHỦ TỊCH]
            name: Nguyễn Văn Mẫu
          - authority: [KT. ỦY BAN NHÂN DÂN]  # <- VB105
            posts: [PHÓ CHỦ TỊCH]
            name: Trần Thị Mẫu

    Đúng:

        # demo/plan.yaml
        signature:
          - authority: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH]
            posts: [PHÓ CHỦ TỊCH]
            name: Nguyễn Văn Mẫu

    Không phải lỗi (người đứng đầu ký thẳng; Chủ tịch ký theo thẩm quyền của mình, không có TM.):

        # demo/plan.yaml
        signature:
          - posts: [CHỦ TỊCH]
            name: Nguyễn Văn Mẫu

    Không phải lỗi (Ban ký qua phó ban kiêm chức khác):

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: ban-vstbpn-mau, kind: ban-vstbpn-tinh, area: tra-vinh}

        # demo/plan.yaml
        issuer: ban-vstbpn-mau
        symbol: KH-BVSTBPN
        signature:
          - authority: [KT. TRƯỞNG BAN]
            posts: [PHÓ TRƯỞNG BAN THƯỜNG TRỰC]
            also: [GIÁM ĐỐC SỞ NỘI VỤ]
            name: Nguyễn Văn Mẫu

    Không phải lỗi (Trưởng ban là phó chủ tịch kiêm nhiệm):

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
          - {id: ban-vstbpn-mau, kind: ban-vstbpn-tinh, area: tra-vinh}

        # demo/plan.yaml
        issuer: ban-vstbpn-mau
        symbol: KH-BVSTBPN
        signature:
          - authority: [TRƯỞNG BAN]
            posts: [PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH]
            name: Nguyễn Văn Mẫu

    Không phải lỗi (thừa lệnh, rồi cấp phó ký thay):

        # demo/plan.yaml
        signature:
          - authority: [TL. CHỦ TỊCH, KT. CHÁNH VĂN PHÒNG]
            posts: [PHÓ CHÁNH VĂN PHÒNG]
            name: Nguyễn Văn Mẫu

    Không phải lỗi (văn bản liên tịch, mỗi cơ quan một chữ ký; tên viết tắt, có địa phương):

        # demo/plan.yaml
        signature:
          - authority: [TM. BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM TỈNH]
            posts: [PHÓ CHỦ TỊCH]
            name: Trần Thị Mẫu
          - authority: ["TM. UBND TỈNH", KT. CHỦ TỊCH]
            posts: [PHÓ CHỦ TỊCH THƯỜNG TRỰC]
            name: Nguyễn Văn Mẫu
    """
    if not _is_bound(plan, registry):
        return
    attached = plan.file.attached.signature if plan.file.attached else ()
    for signatures in (plan.file.signature, attached):
        for signature in signatures:
            alone = len(signatures) == 1
            wrong = _misused(signature, alone) or (_foreign(signature, plan, registry) if alone else None)
            if wrong is not None:
                place, message = wrong
                yield Fault(place, message, value="|".join((*signature.authority, *signature.posts)))


def _is_bound(plan: Plan, registry: Registry) -> bool:
    """Whether the issuer surely is an office whose signatures follow the decree."""
    issuer = registry.agencies.get(plan.file.issuer)
    if issuer is None or not registry.is_verified(issuer.id):
        return False
    if registry.sector(issuer.id) in {Sector.PARTY, Sector.FRONT}:
        return False
    name = registry.name(issuer.id, plan.dated_on())
    return issuer.kind is not None or name.startswith(_COMMITTEE) or bool(_UNDER_ONE_HEAD.match(name))


def _misused(signature: Signature, alone: bool) -> tuple[Place, str] | None:
    """What is wrong in a signature whoever issues the document: its place, and in words. Beside another's, it may be of
    a body with rules of its own (the Front: TM. Ban Thường trực, Phó Chủ tịch)."""
    rights = list(_rights(signature))
    plain = [line for line in signature.authority if not _LINE.match(_spelled(line))]  # a head's post, above another
    posts = [_spelled(post) for post in (*plain, *signature.posts) if post.strip()]
    for one in rights:
        if one.right == "TM" and _HEAD.match(one.whom):
            return one.place, f"“TM.” đi với tên tập thể, không đi với chức vụ “{one.whom}”"
        if one.right != "TM" and _BODY.match(one.whom):
            return one.place, f"“{one.right}.” đi với chức vụ người đứng đầu, không đi với tên cơ quan “{one.whom}”"
    if not posts:
        return None
    deputy_of = next((one.whom for one in reversed(rights) if one.right == "KT"), None)
    if deputy_of is not None:
        return _not_a_deputy(signature, posts, deputy_of)
    delegated = any(one.right in {"TL", "TUQ"} or (one.right == "TM" and not alone) for one in rights)
    if not delegated and all(_DEPUTY.match(post) for post in posts):
        return signature.at("posts"), f"“{posts[0]}” ký mà không có dòng “KT.” và chức vụ người đứng đầu ở trên"
    return None


def _not_a_deputy(signature: Signature, posts: list[str], head: str) -> tuple[Place, str] | None:
    """What is wrong below "KT. head": the head's own post, or the deputy of another."""
    deputies = [post for post in posts if _DEPUTY.match(post)]
    if not deputies and not _HEAD.match(posts[0]):
        return None
    if any(set(post.split()) & set(head.split()) for post in deputies):
        return None
    what = f"“{posts[0]}” không phải cấp phó của {head}" if deputies else f"chức vụ người ký là “{posts[0]}”"
    return signature.at("posts"), f"“KT. {head}” là cấp phó ký thay, mà {what}"


def _foreign(signature: Signature, plan: Plan, registry: Registry) -> tuple[Place, str] | None:
    """What does not belong to the issuer: another body's name, its head's post, or a body's name where one head signs."""
    name = registry.name(plan.file.issuer, plan.dated_on())
    rights = list(_rights(signature))
    for one in rights:
        if one.right != "TM":
            continue
        if _UNDER_ONE_HEAD.match(name):
            return one.place, f"{name} do một người đứng đầu ký thẳng, không ký thay mặt tập thể (“TM. {one.whom}”)"
        if name.startswith(_COMMITTEE) != one.whom.startswith(_COMMITTEE.upper()):
            return one.place, f"ký thay mặt “{one.whom}”, mà cơ quan ban hành là {name}"
    head = next((post for start, post in _HEADS_OF if name.startswith(start)), None)
    acting = next((one for one in rights if one.right in {"KT", "Q"}), None)
    if head is None or {"TL", "TUQ"} & {one.right for one in rights}:
        return None
    if acting is not None and _HEAD.match(acting.whom) and not acting.whom.startswith(head):
        return acting.place, f"“{acting.right}. {acting.whom}”, mà người đứng đầu {name} là {head}"
    return None


def _rights(signature: Signature) -> Iterator[_Right]:
    for line in signature.authority:
        match = _LINE.match(_spelled(line))
        if match is not None:
            yield _Right(match["right"], match["whom"], signature.at_entry("authority", line))


def _spelled(line: str) -> str:
    """A line for comparing: in capitals, with single spaces, and the usual abbreviations written out."""
    plain = " ".join(nfc(line).upper().split())
    for short, full in _SHORT:
        plain = plain.replace(short, full)
    return _SLASHED.sub(r"\1\2.", plain)
