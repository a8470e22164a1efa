"""CC: whether a document is cited so that it can be found: its notation, its date and issuer, its number at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.findings import INFO, WARNING, Fault
from bdg_cli.plan import Found, Mention, Plan
from bdg_cli.prose.numbers import ABBREVIATIONS
from bdg_cli.prose.patterns import lazy
from bdg_cli.registry import Registry, number_key
from bdg_cli.vietnamese import listed

_MOST_RELATED = 3
_SERIAL = re.compile(r"(?P<serial>\d+[a-zA-Z]?(?:/\d{4})?)(?P<first>[/-])(?P<notation>.+)\Z")
_TYPES_WITHOUT_MARK = {"QD": "QĐ", "ND": "NĐ", "DA": "ĐA"}
_PREFIXES = ("", "S", "B", "P")  # of a department, a ministry, a district office, or left out
_ALSO = ("UBND", "HĐND", "TTg", "CP", "VSTBPN", "VSTBCPN", "BVSTBCPN")
_OF_THE_STATE = (["/", "UBND"], ["/", "HĐND"])  # never numbered as the Party numbers: “57-QĐ/UBND”
_OFFICE = 4  # letters: fewer may be anything
_LONG_ENOUGH = 6  # a shorter symbol is one letter away from another office's


@check("CC108", WARNING, "Ký hiệu sai dạng")
def notation_slip(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Ký hiệu của văn bản được dẫn gần giống một ký hiệu đúng mà khác một chữ, đảo chữ, thiếu dấu của Đ, thiếu gạch nối, hoặc
    dùng gạch chéo thay gạch nối giữa tên loại và tên cơ quan. Ký hiệu của từng cơ quan do cơ quan ấy đặt, nên ký hiệu lạ mà không gần ký
    hiệu nào thì không báo.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3 (giữa các nhóm chữ của ký hiệu có dấu gạch nối, không cách chữ).

    Cách xử lý: mở bản gốc, ghi lại ký hiệu; nếu cơ quan ban hành đúng là dùng ký hiệu ấy thì ghi vào sổ (`symbol`).

    Sai:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UNBD ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Quyết định số 57/QD-UBND ngày 08/12/2021  # <- CC108 CC108
          của Ủy ban nhân dân tỉnh, Kế hoạch số 16/KH-SLĐTBOXH ngày 02/01/2024 của Sở Lao động - Thương binh và Xã hội,  # <- CC108
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            number: 10/KH-UNBD
            issuer: ubnd-mau
            date: 2021-01-15
            title: thực hiện Chiến lược quốc gia về bình đẳng giới
            verified: false
          - id: qd-57-2021
            kind: decision
            number: 57/QD-UBND
            issuer: ubnd-mau
            title: ban hành Kế hoạch hành động
            verified: false
          - id: kh-16-2024
            kind: plan
            number: 16/KH-SLĐTBOXH
            issuer: so-ldtbxh-mau
            title: thực hiện công tác bình đẳng giới năm 2024
            verified: false

    Sai (thiếu gạch nối; đảo gạch chéo với gạch nối):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 57/QĐUBND ngày 08/12/2021 và Kế hoạch số 10-KH/UBND ngày 15/01/2021 của  # <- CC108 CC103 CC108 CC103
          Ủy ban nhân dân tỉnh./.

    Sai (gạch chéo):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 57/QĐ/UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh./.  # <- CC108

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            number: 10/KH-UBND
            issuer: ubnd-mau
            date: 2021-01-15
            title: thực hiện Chiến lược quốc gia về bình đẳng giới
          - id: qd-57-2021
            kind: decision
            number: 57/QĐ/UBND
            issuer: ubnd-mau
            title: ban hành Kế hoạch hành động
            verified: false

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 57/QĐ-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh./.

    Không phải lỗi (cơ quan dùng ký hiệu riêng; có dấu &; ký hiệu của Đảng; thông tư của bộ):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 5/KH-SLĐTB&XH ngày 08/01/2024 của Sở Lao động - Thương binh và Xã hội, Chỉ thị số
          21-CT/TW ngày 20/01/2018 của Ban Bí thư, Thông tư số 15/2019/TT-BLĐTBXH ngày 18/9/2019 của Bộ Lao động - Thương
          binh và Xã hội./.

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            number: 10/KH-UBND
            issuer: ubnd-mau
            date: 2021-01-15
            title: thực hiện Chiến lược quốc gia về bình đẳng giới
          - id: kh-5-2024
            kind: plan
            number: 5/KH-SLĐTB&XH
            issuer: so-ldtbxh-mau
            title: thực hiện công tác bình đẳng giới năm 2024
            verified: false
          - id: tt-15-2019
            kind: circular
            number: 15/2019/TT-BLĐTBXH
            title: quy định chế độ báo cáo
            verified: false

    Không phải lỗi (ký hiệu lạ, không gần ký hiệu nào; đơn vị soạn thảo do cơ quan đặt):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Công văn số 5/TTPVHCC-KGVXDL ngày 08/01/2024 của Trung tâm Phục vụ hành chính công./.

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            number: 10/KH-UBND
            issuer: ubnd-mau
            date: 2021-01-15
            title: thực hiện Chiến lược quốc gia về bình đẳng giới
          - id: cv-5-2024
            kind: letter
            number: 5/TTPVHCC-KGVXDL
            title: về công tác bình đẳng giới
            verified: false
    """
    symbols = _symbols(registry)
    told: dict[str, list[Mention]] = {}
    for mention in plan.mentions:
        if isinstance(mention.found, prose.Citation):
            told.setdefault(mention.found.number, []).append(mention)
    for number, (first, *others) in told.items():
        right = _right_notation(number, symbols)
        if right is not None:
            found = first.found
            assert isinstance(found, prose.Citation)
            related = [(other.place(), "cũng ghi như vậy") for other in others[:_MOST_RELATED]]
            message = f"ký hiệu {number} gần giống {right}"
            yield Fault(first.place(found.number_start, found.number_end), message, related, number)


@lru_cache(maxsize=1)
def _symbols(registry: Registry) -> dict[str, str]:
    """Every known symbol of an office by its letters alone, with and without the letter for its kind."""
    kinds, agencies = registry.kinds.values(), registry.agencies.values()
    known = [symbol for symbol in (*(kind.symbol for kind in kinds), *(one.symbol for one in agencies)) if symbol]
    symbols = {_letters(symbol): symbol for symbol in (*_ALSO, *known)}
    for symbol in known:
        if len(symbol) >= _LONG_ENOUGH and symbol[0] in "SB":
            for prefix in _PREFIXES:
                symbols.setdefault(_letters(prefix + symbol[1:]), prefix + symbol[1:])
    return symbols


def _letters(symbol: str) -> str:
    return symbol.upper().replace("Đ", "D").replace("&", "")


def _right_notation(number: str, symbols: dict[str, str]) -> str | None:
    """The number with the notation that was meant; None where nothing is surely wrong."""
    parts = _SERIAL.match(number)
    if parts is None:
        return None
    groups = re.split(r"([/-])", parts["notation"])
    glued = _glued(groups[0], symbols) if len(groups) == 1 else None
    if glued is not None:
        return f"{parts['serial']}/{glued}"
    if parts["first"] == "-" and groups[0] in ABBREVIATIONS and groups[1:] in _OF_THE_STATE:
        return f"{parts['serial']}/{groups[0]}-{groups[2]}"
    mended = list(groups)
    if groups[0] in _TYPES_WITHOUT_MARK and len(groups) > 1:
        mended[0] = _TYPES_WITHOUT_MARK[groups[0]]
    is_type = mended[0] in ABBREVIATIONS
    if is_type and parts["first"] == "/" and len(groups) > 2 and groups[1] == "/" and _letters(groups[2]) in symbols:
        mended[1] = "-"
    for index in range(2 if is_type else 0, len(groups), 2):
        if groups[index] not in ABBREVIATIONS and (near := _near(groups[index], symbols)) is not None:
            mended[index] = near
    return f"{parts['serial']}{parts['first']}{''.join(mended)}" if mended != groups else None


def _glued(group: str, symbols: dict[str, str]) -> str | None:
    """The kind of document and the office that stand in one group of letters for want of a hyphen."""
    for kind in ABBREVIATIONS:
        office = symbols.get(_letters(group.removeprefix(kind)))
        if group.startswith(kind) and office is not None and len(office) >= _OFFICE and _letters(group) not in symbols:
            return f"{kind}-{office}"
    return None


def _near(symbol: str, symbols: dict[str, str]) -> str | None:
    """The one known symbol that a slip of one letter makes this one of; two letters changed about for short ones."""
    letters = _letters(symbol)
    if letters in symbols:
        return None
    near = [known for known in symbols if abs(len(known) - len(letters)) <= 1 and _one_slip(letters, known)]
    return symbols[near[0]] if len(near) == 1 else None


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter is too many, missing, wrong, or two neighbours have changed places."""
    if len(one) == len(other):
        apart = [index for index in range(len(one)) if one[index] != other[index]]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]]
        swapped = swapped and one[apart[1]] == other[apart[0]]
        return (swapped and len(one) > 3) or (len(apart) == 1 and len(one) >= _LONG_ENOUGH)
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) != len(shorter) + 1 or len(shorter) < _LONG_ENOUGH:
        return False
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))


_NAMED_ONLY = {"law", "code"}


@check("CC109", INFO, "Viện dẫn lần đầu không đủ")
def first_citation(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Lần đầu viện dẫn một văn bản phải ghi tên loại, số, ký hiệu, ngày ban hành, tên cơ quan ban hành và trích yếu; các lần
    sau chỉ cần tên loại và số, ký hiệu. Ở đây báo khi lần đầu không ghi ngày, hoặc không ghi cả cơ quan lẫn trích yếu (và
    cả đoạn không nói cơ quan nào). Luật, bộ luật chỉ cần tên; văn bản đã dẫn bằng {{ cite("mã") }} thì đã đủ.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b.

    Cách xử lý: ghi đủ ở lần đầu, hoặc ghi văn bản vào sổ và dùng {{ cite("mã") }}: lần đầu bdg ghi đủ, lần sau ghi gọn.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 57/QĐ-UBND của Ủy ban nhân dân tỉnh./.  # <- CC109

    Sai (chỉ có số và ngày):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 57/QĐ-UBND ngày 08/12/2021./.  # <- CC109

    Sai (ngày của việc khác):

        # demo/plan.yaml
        closing: |
          Thực hiện Quyết định số 57/QĐ-UBND của Ủy ban nhân dân tỉnh, ngày 20/10/2024 Sở Nội vụ tổ chức lễ phát động./.  # <- CC109

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 57/QĐ-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh ban hành Kế hoạch hành
          động về bình đẳng giới./.

    Không phải lỗi (lần sau ghi gọn; ngày để trống ghi tay; tên văn bản đứng trước):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Kế hoạch số 11/KH-UBND ngày     tháng 6
          năm 2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm
          2024, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND và Kế hoạch hành động (theo Quyết định số 57/QĐ-UBND ngày 08/12/2021)./.

    Không phải lỗi (nhiều văn bản cùng một ngày):

        # demo/plan.yaml
        opening: |
          Ngày 08/12/2021, Ủy ban nhân dân tỉnh ban hành Quyết định số 57/QĐ-UBND về bình đẳng giới. Thực hiện Kế hoạch số
          10/KH-UBND, Kế hoạch số 11/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế
          hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:
        closing: |
          Ủy ban nhân dân tỉnh đã có Quyết định số 57/QĐ-UBND; Kế hoạch số 09/KH-UBND cùng ngày 08/9/2022./.

    Không phải lỗi (ngày đặt giữa hai dấu phẩy, hoặc sau chữ “ban hành”):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND, ngày 15/01/2021, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình
          đẳng giới năm 2024, cụ thể như sau:
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND do Ủy ban nhân dân tỉnh ban hành ngày 15/01/2021./.

    Không phải lỗi (tên trước, số trong ngoặc):

        # demo/plan.yaml
        closing: |
          Các cơ quan bám sát Kế hoạch hành động về bình đẳng giới (Quyết định số 57/QĐ-UBND ngày 08/12/2021)./.

    Không phải lỗi (luật; dẫn từ sổ):

        # demo/plan.yaml
        opening: |
          Thực hiện {{ cite("kh-10-2021") }}, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm
          2024, cụ thể như sau:
        closing: |
          Các cơ quan thực hiện Luật Bình đẳng giới số 73/2006/QH11 và Kế hoạch số 10/KH-UBND./.
    """
    seen = _cited_by_id(plan, registry)
    for mention in plan.mentions:
        found = mention.found
        if not isinstance(found, prose.Citation) or number_key(found.number) in seen:
            continue
        seen.add(number_key(found.number))
        missing = [] if found.kind in _NAMED_ONLY else _missing(found, mention.reading)
        if missing:
            yield Fault(mention.place(), f"{found.number} dẫn lần đầu thiếu {listed(missing)}", value=found.number)


def _cited_by_id(plan: Plan, registry: Registry) -> set[str]:
    """The numbers of the acts that the plan cites from the registry: bdg writes those out."""
    arguments = [piece.argument or "" for _, piece in plan.expressions if piece.name in {"cite", "act"}]
    return {number_key(act.number) for argument in arguments if (act := registry.acts.get(argument)) and act.number}


_BY_WAY = lazy(r"(?:(?<!\w)(?:theo|tại|kèm theo) {1,3}|\( {0,3})\Z")
_ISSUED_THEN = lazy(
    r"(?<!\w)(?:ban hành|ký|có|phê duyệt)(?!\w)[^.;\n]{0,200}\Z|\A {1,3}của {1,3}[^.;\n()]{2,60}\( {0,3}\Z"
)
_ONLY_JOINED = lazy(r" {0,3}(?:[,;]| và| ,) {0,3}(?:và {1,3})?\Z")
_ISSUED_ON = lazy(r"[^.;\n\d]{0,80}(?<!\w)(?:cùng|đều|ký|ban hành) {1,3}(?:vào {1,3})?\Z")
_NAME_BEFORE = lazy(r"Kế hoạch|Chương trình|Chiến lược|Đề án|Dự án|tiêu chí|Quy chế")


def _missing(found: prose.Citation, reading: prose.Reading) -> list[str]:
    """What a first citation lacks; the issuer may stand elsewhere in the paragraph, the name before the citation."""
    missing = [] if found.date is not None or _shares_a_date(found, reading) else ["ngày"]
    before = reading.text[max(0, found.start - 200) : found.start]
    named = (
        found.title is not None
        or found.period is not None
        or (_BY_WAY().search(before) is not None and _NAME_BEFORE().search(before) is not None)
        or reading.text[found.end : found.end + 2].strip(" ")[:1].isalpha()
    )
    if not named and not found.issuer and not reading.bodies:
        missing += ["cơ quan ban hành", "trích yếu"]
    return missing


def _shares_a_date(found: prose.Citation, reading: prose.Reading) -> bool:
    """Whether the sentence gives the day elsewhere: before what was issued on it, or behind the last of several."""
    at = reading.mentions.index(found)
    days = [one for one in reading.mentions[:at] if isinstance(one, prose.DateMention) and one.date.complete]
    if days and _ISSUED_THEN().search(reading.text[days[-1].end : found.start]):
        return True
    end = found.end
    for later in reading.mentions[at + 1 :]:
        if isinstance(later, prose.DateMention):
            return later.date.complete and _is_its_day(reading.text, end, later)
        if not isinstance(later, prose.Citation) or _ONLY_JOINED().match(reading.text[end : later.start]) is None:
            return False
        if later.date is not None:
            return True
        end = later.end
    return False


def _is_its_day(text: str, end: int, day: prose.DateMention) -> bool:
    """Whether a day is that of the document before it: "do … ban hành ngày D", or "‹văn bản›, ngày D, …"."""
    between_commas = text[end : day.start].strip() == "," and text.startswith(",", day.end)
    return between_commas or _ISSUED_ON().match(text, end, day.start) is not None


_UNNUMBERED = re.compile(
    r"(?P<type>Quyết định|Công văn|Nghị quyết|Chỉ thị|Thông tư|Nghị định|Thông báo|Kết luận|Tờ trình)"
    r"(?P<day> {1,3}ngày {1,3}\d{1,2}(?:/| {1,3}tháng {1,3})\d{1,2}(?:/| {1,3}năm {1,3})\d{4})? {1,3}của {1,3}"
    r"(?:(?:Chủ tịch|Phó Chủ tịch|Bộ trưởng|Giám đốc|Trưởng ban) {1,3})?"
)
_SEVERAL = lazy(r"(?<!\w)(?:các|những|mọi|một số|hai|ba|\d{1,3}) {1,3}\Z")
_SENTENCE_END = lazy(r"[.;](?= |\Z)|\n")
_ABOUT = lazy(
    r",? {1,3}(?:về|phê duyệt|ban hành|giao|quy định|triển khai|hướng dẫn|phân bổ|công bố|kiện toàn|thành lập)(?!\w)"
)
_BLANK_THERE = re.compile(r"số ?[….]*/[A-ZĐ]")
_BLANK = lazy(
    r"[Ss]ố {0,24}(?:[….]{1,12} {0,24})?/(?P<symbol>(?:QĐ|KH|NQ|CT|TB|TTr|BC|CV|HD)-[A-ZĐ]{2,12}[\w&-]{0,20})"
)


@check("CC110", WARNING, "Nói tới một văn bản cụ thể mà không nêu số")
def without_number(plan: Plan) -> Iterator[Fault]:
    """Nói “Quyết định của Ủy ban nhân dân tỉnh về việc phân bổ kinh phí …” là nói tới một văn bản cụ thể mà người đọc không
    tìm được. Số để trống cũng vậy. Chỉ xét tên loại viết hoa, có cơ quan ban hành, có nội dung hoặc ngày; nói chung (“các
    Quyết định của …”, “theo Quyết định của Thủ tướng Chính phủ”) và văn bản chỉ gọi tên (luật, chiến lược) thì không tính.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b (viện dẫn phải ghi số, ký hiệu).

    Cách xử lý: ghi số, ký hiệu, ngày của văn bản; nếu chưa có thì viết khác đi (“theo quyết định giao dự toán năm 2024”).

    Sai:

        # demo/plan.yaml
        closing: |
          Kinh phí thực hiện theo Quyết định của Ủy ban nhân dân tỉnh về việc phân bổ kinh phí sự nghiệp năm 2024./.  # <- CC110

    Sai (số để trống; có ngày mà không có số):

        # demo/plan.yaml
        closing: |
          Kinh phí theo Quyết định số      /QĐ-SNV của Sở Nội vụ, Nghị quyết ngày 08/12/2023 của Hội đồng nhân dân tỉnh,  # <- CC110 CC110
          Quyết định của Chủ tịch Ủy ban nhân dân tỉnh về việc kiện toàn Ban Vì sự tiến bộ của phụ nữ tỉnh./.  # <- CC110

    Đúng:

        # demo/plan.yaml
        closing: |
          Kinh phí thực hiện theo Quyết định số 57/QĐ-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về việc phân bổ kinh phí./.

    Không phải lỗi (nói chung; luật gọi bằng tên; số nêu ngay sau đó):

        # demo/plan.yaml
        closing: |
          Thực hiện các Quyết định của Ủy ban nhân dân tỉnh về bình đẳng giới, Luật Bình đẳng giới, Quyết định của Thủ tướng
          Chính phủ; Quyết định của Ủy ban nhân dân tỉnh về việc phân bổ kinh phí (Quyết định số 57/QĐ-UBND ngày
          08/12/2021); thực hiện Quyết định của cấp có thẩm quyền./.

    Không phải lỗi (dự thảo chưa có số của chính nó):

        # demo/plan.yaml
        status: draft
        number:  # <- VB114
        closing: |
          Kèm theo Kế hoạch số      /KH-UBND của Ủy ban nhân dân tỉnh là các phụ lục./.
    """
    for unnumbered in plan.find(_UNNUMBERED, small=False):
        reading, start = unnumbered.reading, unnumbered.start
        end = _end_of_unnumbered(unnumbered)
        cited = ((found.start, found.end) for found in reading.mentions if isinstance(found, prose.Citation))
        if end is not None and not any(first < end and start < last for first, last in cited):
            words = " ".join(reading.text[start:end].split())
            yield Fault(unnumbered.passage.text.place(start, end), f"“{words}” không nêu số, ký hiệu", value=words)
    for blank in plan.find(_BLANK(), small=False) if _BLANK_THERE.search(plan.full_text) else ():
        symbol = blank.match["symbol"]
        if plan.issued or symbol != plan.file.symbol:
            yield Fault(blank.place(), f"số của văn bản …/{symbol} để trống", value=symbol)


def _end_of_unnumbered(unnumbered: Found) -> int | None:
    """Where the issuer ends; None where no one document is meant, or its number follows in the sentence."""
    reading, match, text = unnumbered.reading, unnumbered.match, unnumbered.reading.text
    if _SEVERAL().search(text, max(0, unnumbered.start - 14), unnumbered.start):
        return None
    issuer = next((agency for agency in reading.bodies if agency.start == unnumbered.end), None)
    if issuer is None or not (match["day"] or _ABOUT().match(text, issuer.end)):
        return None
    sentence = _SENTENCE_END().search(text, issuer.end)
    limit = sentence.start() if sentence else len(text)
    numbered = any(
        isinstance(found, prose.Citation) and issuer.end <= found.start < limit and found.kind is not None
        and text.startswith(match["type"], found.start)
        for found in reading.mentions
    )  # fmt: skip
    return None if numbered else issuer.end
