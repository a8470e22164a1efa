"""CC: which body can issue which act, and whose notation is whose: what the law fixes, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.checks.citations import act_meant
from bdg_cli.findings import ERROR, Fault, Place
from bdg_cli.plan import Mention, Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, nfc


class Issuer(Enum):
    """Sorts of issuer that the law tells apart, with their names in a sentence."""

    ASSEMBLY = "Quốc hội"
    STANDING = "Ủy ban Thường vụ Quốc hội"
    GOVERNMENT = "Chính phủ"
    PRIME_MINISTER = "Thủ tướng Chính phủ"
    MINISTRY = "bộ, cơ quan ngang bộ"
    COUNCIL = "Hội đồng nhân dân"
    COMMITTEE = "Ủy ban nhân dân"
    DEPARTMENT = "sở, phòng"


_SORTS = (
    (Issuer.STANDING, re.compile(r"ủy ban thường vụ quốc hội|ubtvqh")),
    (Issuer.ASSEMBLY, re.compile(r"quốc hội")),
    (Issuer.GOVERNMENT, re.compile(r"chính phủ")),
    (Issuer.PRIME_MINISTER, re.compile(r"(?:phó )?thủ tướng")),
    (
        Issuer.MINISTRY,
        re.compile(
            r"bộ (?!chính trị|chỉ huy|tư lệnh|luật)|thanh tra chính phủ|ủy ban dân tộc|ngân hàng nhà nước|văn phòng chính phủ"
        ),
    ),
    (Issuer.COUNCIL, re.compile(r"(?:thường trực )?(?:hội đồng nhân dân|hđnd)")),
    (Issuer.COMMITTEE, re.compile(r"(?:(?:phó )?chủ tịch )?(?:ủy ban nhân dân|ubnd)")),
    (Issuer.DEPARTMENT, re.compile(r"(?:sở|phòng) ")),
)
# Who issues an act of a kind: Luật 80/2015/QH13, Điều 4, and Luật 64/2025/QH15, Điều 4.
_ISSUED_BY = {
    "law": {Issuer.ASSEMBLY},
    "code": {Issuer.ASSEMBLY},
    "decree": {Issuer.GOVERNMENT},
    "circular": {Issuer.MINISTRY},
    "resolution": {Issuer.ASSEMBLY, Issuer.STANDING, Issuer.GOVERNMENT, Issuer.COUNCIL},
}
_NAMED = {"law": "luật", "code": "bộ luật", "decree": "nghị định", "circular": "thông tư", "resolution": "nghị quyết"}
# Whose a notation is, by its last group (a letter's by its first): NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3.b.
_OWNERS = {
    "CP": Issuer.GOVERNMENT,
    "TTG": Issuer.PRIME_MINISTER,
    "UBND": Issuer.COMMITTEE,
    "HĐND": Issuer.COUNCIL,
}
_JOINT = re.compile(r"/(?:NQLT|TTLT)\b", re.IGNORECASE)  # issued together with another body


def sort_of(words: str) -> Issuer | None:
    """The sort of issuer that words name ("Chủ tịch UBND tỉnh" is the committee's); None for all others."""
    plain = " ".join(nfc(words).lower().replace("uỷ", "ủy").split())
    return next((sort for sort, pattern in _SORTS if pattern.match(plain)), None)


def owner_of(notation: str) -> Issuer | None:
    """Whose a notation surely is: `KH-UBND`, `QĐ-TTg`, `UBND-VX`; None where the issuer fixes its own letters."""
    groups = notation.rsplit("/", 1)[-1].upper().split("-")
    if re.fullmatch(r"UBTVQH\d{1,2}", groups[-1]):
        return Issuer.STANDING
    if re.fullmatch(r"QH\d{1,2}", groups[-1]):
        return Issuer.ASSEMBLY
    if len(groups) < 2:
        return None
    return _OWNERS.get(groups[-1]) or (Issuer.COMMITTEE if groups[0] == "UBND" else None)


@check("CC107", ERROR, "Cơ quan không ban hành loại văn bản ấy")
def not_issued_by(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Luật định ai ban hành loại văn bản nào: luật là Quốc hội, nghị định là Chính phủ, thông tư là bộ trưởng, nghị quyết là
    Quốc hội, Chính phủ, Hội đồng nhân dân; ký hiệu -CP, -TTg, -UBND, -HĐND là của đúng các cơ quan ấy. Chủ tịch Ủy ban nhân
    dân ban hành văn bản với ký hiệu UBND; văn bản liên tịch, của Đảng, tòa án, cơ quan tự đặt ký hiệu thì không xét. Văn bản
    mà sổ đã kiểm chứng ghi cơ quan khác thì CC104 đã nói.

    Căn cứ: Luật Ban hành văn bản quy phạm pháp luật năm 2015, năm 2025, Điều 4; Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3.

    Cách xử lý: mở bản gốc của văn bản được dẫn, sửa cơ quan ban hành hoặc số, ký hiệu.

    Sai:

        # registry/acts.yaml
        acts:
          - {id: nd-1, kind: decree, number: 99/2023/NĐ-CP, title: quy định chế độ báo cáo, verified: false}
          - {id: tt-1, kind: circular, number: 12/2023/TT-BNV, title: hướng dẫn chế độ báo cáo, verified: false}
          - {id: qd-1, kind: decision, number: 1234/QĐ-TTg, title: phê duyệt Đề án, verified: false}
          - {id: kh-1, kind: plan, number: 16/KH-UBND, title: thực hiện công tác năm 2024, verified: false}

        # demo/plan.yaml
        opening: |
          Thực hiện Nghị định số 99/2023/NĐ-CP ngày 01/02/2023 của Bộ Nội vụ;  # <- CC107
          Thông tư số 12/2023/TT-BNV ngày 01/3/2023 của Chính phủ;  # <- CC107
          Quyết định số 1234/QĐ-TTg ngày 05/5/2023 của Chính phủ;  # <- CC107
          Kế hoạch số 16/KH-UBND ngày 05/01/2024 của Sở Nội vụ,  # <- CC107
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Đúng:

        # registry/acts.yaml
        acts:
          - {id: nd-1, kind: decree, number: 99/2023/NĐ-CP, title: quy định chế độ báo cáo, verified: false}
          - {id: tt-1, kind: circular, number: 12/2023/TT-BNV, title: hướng dẫn chế độ báo cáo, verified: false}
          - {id: qd-1, kind: decision, number: 1234/QĐ-TTg, title: phê duyệt Đề án, verified: false}

        # demo/plan.yaml
        opening: |
          Thực hiện Nghị định số 99/2023/NĐ-CP ngày 01/02/2023 của Chính phủ; Thông tư số 12/2023/TT-BNV ngày 01/3/2023 của
          Bộ trưởng Bộ Nội vụ; Quyết định số 1234/QĐ-TTg ngày 05/5/2023 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban
          hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Không phải lỗi (Chủ tịch Ủy ban nhân dân ký; sở tự đặt ký hiệu; nghị quyết của Đảng, nghị quyết liên tịch):

        # registry/acts.yaml
        acts:
          - {id: qd-1, kind: decision, number: 15/QĐ-UBND, title: phê duyệt dự toán, verified: false}
          - {id: kh-1, kind: plan, number: 16/KH-SNV, title: thực hiện công tác năm 2024, verified: false}
          - {id: nq-1, kind: resolution, number: 05-NQ/TU, title: về công tác cán bộ nữ, verified: false}
          - {id: nq-2, kind: resolution, number: 01/2020/NQLT-BNV-TLĐ, title: về phối hợp công tác, verified: false}

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 15/QĐ-UBND ngày 05/01/2024 của Chủ tịch Ủy ban nhân dân tỉnh; Kế hoạch số 16/KH-SNV ngày
          05/01/2024 của Sở Nội vụ; Nghị quyết số 05-NQ/TU ngày 01/3/2023 của Tỉnh ủy; Nghị quyết liên tịch số
          01/2020/NQLT-BNV-TLĐ ngày 01/3/2020 của Bộ Nội vụ, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác
          bình đẳng giới năm 2024, cụ thể như sau:

    Không phải lỗi (sổ đã kiểm chứng cơ quan ban hành: là CC104):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Nghị định số 125/2021/NĐ-CP ngày 28/12/2021 của Thủ tướng Chính phủ./.  # <- CC104
    """
    for mention in plan.mentions:
        found = mention.found
        if not isinstance(found, prose.Citation) or not found.issuer or _JOINT.search(found.number):
            continue
        sort = sort_of(found.issuer)
        wrong = _wrong(found, found.issuer, sort) if sort is not None else ""
        if wrong and not _known_otherwise(plan, registry, mention, found):
            yield Fault(_issuer_place(mention, found), wrong, value=f"{found.number} {found.issuer}")


def _wrong(found: prose.Citation, words: str, sort: Issuer) -> str:
    """What is wrong with an issuer of that sort for what is cited, in words; empty where nothing is."""
    allowed = _ISSUED_BY.get(found.kind or "")
    if allowed is not None and sort not in allowed:
        issuers = listed((one.value for one in Issuer if one in allowed), "hoặc")
        return f"{words} không ban hành {_NAMED[found.kind or '']}; {found.number} phải là của {issuers}"
    owner = owner_of(found.number)
    if owner is not None and owner is not sort:
        return f"ký hiệu {found.number} là của {owner.value}, không phải của {words}"
    return ""


def _known_otherwise(plan: Plan, registry: Registry, mention: Mention, found: prose.Citation) -> bool:
    """Whether the registry, verified, holds another issuer: then CC104 says so."""
    act = act_meant(registry, plan, mention)
    if act is None or not act.verified or act.issuer is None or found.issuer is None:
        return False
    named = registry.issuer_named(found.issuer, plan.file.area)
    return named is not None and named != act.issuer


def _issuer_place(mention: Mention, found: prose.Citation) -> Place:
    return mention.place(found.issuer_start, found.issuer_end)
