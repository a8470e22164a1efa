"""VB: what a document calls itself, and the document that it issues, against their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.dates import PartialDate, Period
from bdg_cli.findings import ERROR, WARNING, Fault, Place
from bdg_cli.markup import Text
from bdg_cli.models.plan import Attached, PlanFile, PlanKind
from bdg_cli.plan import Plan
from bdg_cli.prose.patterns import GAP, begun
from bdg_cli.registry import number_key
from bdg_cli.vietnamese import lower_first, nfc, short_date

_I = re.IGNORECASE
_TYPES = (
    "Kế hoạch|Quyết định|Công văn|Báo cáo|Tờ trình|Chỉ thị|Thông báo|Nghị quyết|Chương trình|Đề án|Phương án|Hướng dẫn"
)
_TYPE_FIRST = re.compile(rf"\A\s*(?P<type>{_TYPES})\b\s*", _I)
# The name of what a decision issues: behind "ban hành", "phê duyệt", up to the end of the sentence.
_ISSUED = re.compile(
    r"\b(?:ban\s+hành|phê\s+duyệt)\s+(?:kèm\s+theo\s+(?:Quyết\s+định|văn\s+bản)\s+này\s+)?(?:bản\s+)?"
    rf"(?P<name>(?:{_TYPES})\b[^.;(]*)",
    _I,
)
_ISSUES = re.compile(r"\b(?:ban\s+hành|phê\s+duyệt|kèm\s+theo)\b", _I)
_WITH_THIS = re.compile(r"\s*,?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s+Quyết\s+định\s+này\s*\Z", _I)
_ATTACHED_TO = re.compile(r"\bkèm\s+theo\s+\Z", _I)
# "Quyết định này"; in capitals, because "báo cáo này" with a small letter may be any.
_THIS = re.compile(
    rf"(?P<type>{begun('Kế hoạch|Quyết định|Công văn|Báo cáo|Tờ trình|Chỉ thị|Thông báo|Nghị quyết')}){GAP}này(?!\w)"
)
_OF_ONESELF = re.compile(r"\b(?:thi\s+hành|kèm\s+theo|căn\s+cứ|triển\s+khai(?:\s+thực\s+hiện)?)\s+\Z", _I)
_REACH = 40
_LATELY = 3  # texts: how far back "này" may point
# "Trên đây là Kế hoạch …", "Nội dung trên là …": the name given again at the end, up to where the sentence goes on to something else.
_ABOVE = re.compile(
    r"\b(?:trên\s+đây|nội\s+dung\s+trên(?:\s+đây)?)\s+là\s+(?:(?:toàn\s+bộ\s+)?nội\s+dung\s+(?:của\s+)?)?"
    rf"(?P<type>{_TYPES})\s+(?P<name>(?:(?!\n\s*\n)[^.;:(])+)",
    _I,
)
_GOES_ON = re.compile(
    r",\s*(?:đề\s+nghị|yêu\s+cầu|kính|giao|các|trong\s+quá|nếu|căn\s+cứ|thủ\s+trưởng|ủy\s+ban|ubnd|sở|phòng|ban)\b.*\Z|"
    r"\s+(?:và\s+)?(?:đề\s+nghị|yêu\s+cầu)\b.*\Z",
    _I | re.DOTALL,
)
# "… ban hành Kế hoạch …, cụ thể như sau": what the opening says is issued here.
_HEREBY = re.compile(
    rf"\b(?:ban\s+hành|xây\s+dựng|lập|đề\s+ra)\s+(?P<type>{_TYPES})\s+(?P<name>(?:(?!\bban\s+hành\b)[^;:.]){{4,400}}?)"
    r"[,\s]*\b(?:cụ\s+thể\s+|với\s+[^:;.]{0,60}\s+)?như\s+sau\b",
    _I,
)
_YEAR = re.compile(r"\bnăm\s+(?P<year>20\d\d)\b", _I)
# Words that names of one document may have or leave out.
_LOOSE = frozenset(
    re.findall(
        r"\w+", "và của về việc các những trên địa bàn ở tại năm cho trong tỉnh thành phố quận huyện thị xã phường"
    )
)
# “Thực hiện nhiệm vụ …”, “đẩy mạnh công tác …”: words that fill, which any name of the document may have or leave out.
_FILLING = frozenset((
    "công", "tác", "giai", "đoạn", "đẩy", "mạnh", "tăng", "cường", "hưởng", "ứng", "nhiệm", "vụ", "hoạt", "động", "hành",
    "nội", "dung", "vì",
))  # fmt: skip
# “Kế hoạch triển khai thực hiện …”, “Kế hoạch tổ chức thực hiện …”: other words of one plan, if not quite its name (VB111).
_VERBS = frozenset(("triển", "khai", "thực", "hiện", "tổ", "chức"))
# “tỉnh Trà Vinh”, “của Sở Nội vụ”: whose document it is, which names may say or not.
_PLACE = re.compile(r"\b(?:tỉnh|thành\s+phố|quận|huyện|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu)\s+", _I)
_YEAR_FOLLOWS = {"năm", "giai", "đến", "trong", "về"}
_OF_ISSUER = re.compile(
    r"\bcủa\s+(?:ubnd|(?:ủy|uỷ)\s+ban|sở|ban|phòng|ngành|cơ\s+quan|đơn\s+vị|hội|công\s+an|chi\s+cục|trung\s+tâm|trường)\b"
    r"(?:(?!\b(?:năm|giai\s+đoạn)\b)[^,])*",
    _I,
)
_STRANGE = re.compile(r"[^\w\s.,;:()\"“”'’/&%+–-]")  # of another coding (TP009), or no name
_ALIKE = 0.34  # of the shorter of two names: fewer words in common, and they are names of two things
_SHORTEST = 3  # words; a shorter name says too little


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that stands somewhere: its type word (empty where it has none), the rest, and the place of all of it."""

    type: str
    text: str
    place: Place

    @property
    def told(self) -> str:
        """As it is shown in a message."""
        rest = lower_first(self.text) if self.type else self.text
        return " ".join(f"{self.type} {rest}".split()).rstrip(",")


@check("VB110", ERROR, "Quyết định và kế hoạch kèm theo không khớp")
def decision_against_plan(plan: Plan) -> Iterator[Fault]:
    """Tên kế hoạch ở trích yếu của quyết định, ở điều ban hành và ở đầu bản kế hoạch kèm theo là một; số, ngày ở dòng “Kèm
    theo Quyết định số …” là số, ngày của quyết định. Tên đầy đủ và tên rút gọn, có hay không có địa phương, chữ “và”, dấu
    phẩy thì không coi là khác; nơi thì viết tắt, nơi thì viết đủ cũng vậy. Dòng “Kèm theo” do bdg tự ghi luôn khớp, chỉ xét
    dòng ghi tay.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.3 (quyết định ban hành, phê duyệt văn bản khác).

    Cách xử lý: lấy một tên cho cả ba chỗ; bỏ dòng “Kèm theo” ghi tay.

    Sai:

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Về việc ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch thực hiện công tác bình đẳng giới năm 2024.
          - text: Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.
        attached:
          title: Thực hiện công tác bình đẳng giới năm 2023  # <- VB110

    Sai (số của quyết định khác):

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Về việc ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch thực hiện công tác bình đẳng giới năm 2024.
        attached:
          title: Thực hiện công tác bình đẳng giới năm 2024
          opening: |
            (Kèm theo Quyết định số 57/QĐ-UBND ngày 15/01/2024 của Ủy ban nhân dân tỉnh)  # <- VB110

    Sai (không điều nào ban hành):

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Về việc ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024
        articles:
          - text: Các sở, ban, ngành căn cứ chức năng, nhiệm vụ triển khai thực hiện.  # <- VB110
          - text: Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.
        attached:
          title: Thực hiện công tác bình đẳng giới năm 2024

    Đúng:

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Về việc ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch thực hiện công tác bình đẳng giới năm 2024.
          - text: Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.
        attached:
          title: Thực hiện công tác bình đẳng giới năm 2024

    Không phải lỗi (triển khai, thực hiện, tổ chức thực hiện):

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Ban hành Kế hoạch triển khai thực hiện công tác bình đẳng giới năm 2024
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch tổ chức thực hiện công tác bình đẳng giới năm 2024.
        attached:
          title: Thực hiện nhiệm vụ bình đẳng giới tỉnh Trà Vinh năm 2024

    Không phải lỗi (tên rút gọn; có, không có địa phương; “và” thay dấu phẩy):

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Phê duyệt Kế hoạch bình đẳng giới, vì sự tiến bộ của phụ nữ năm 2024
        articles:
          - text: |
              Phê duyệt Kế hoạch thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ trên địa bàn tỉnh năm 2024
              kèm theo Quyết định này.
        attached:
          title: Thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ, năm 2024

    Không phải lỗi (dòng “Kèm theo” đúng số; nơi viết tắt, nơi viết đủ; điều khác nói tới kế hoạch khác):

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Về việc ban hành Kế hoạch thực hiện công tác BĐG năm 2024  # <- CH102
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch thực hiện công tác bình đẳng giới năm 2024.
          - text: Sở Nội vụ ban hành Kế hoạch kiểm tra việc thực hiện.
        attached:
          title: Thực hiện công tác bình đẳng giới năm 2024
          opening: |
            (Kèm theo Quyết định số 12/QĐ-UBND ngày 15 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh)
    """
    file, attached = plan.file, plan.file.attached
    if file.kind is not PlanKind.DECISION or attached is None:
        return
    if file.articles and not any(_ISSUES.search(article.text.raw) for article in file.articles):
        yield Fault(
            file.articles[0].at("text"), "có kế hoạch kèm theo mà không điều nào ban hành, phê duyệt kế hoạch ấy"
        )
    own = _named(attached.title, plan, "Kế hoạch")
    given = [(where, name) for where, name in _given(file, plan) if own is not None and _differ(name, own, _VERBS)]
    if own is not None and given:
        told = "; ".join(f"{where} ghi “{name.told}”" for where, name in given)
        message = f"kế hoạch kèm theo tên là “{own.told}”, {told}"
        yield Fault(own.place, message, [(name.place, where) for where, name in given], value=own.text)
    yield from _wrongly_attached(plan, attached)


def _given(file: PlanFile, plan: Plan) -> Iterator[tuple[str, _Name]]:
    """The names that a decision gives the plan: in its own title, in the first article that issues something."""
    articles = ((f"Điều {index}", article.text) for index, article in enumerate(file.articles, 1))
    issuing = next(((where, text) for where, text in articles if _ISSUED.search(text.raw)), ("", None))
    for where, text in (("trích yếu quyết định", file.title), issuing):
        match = _ISSUED.search(text.raw) if text is not None else None
        if text is None or match is None:
            continue
        name = _named(text, plan, "", match.start("name"), match.end("name"))
        if name is not None:
            yield where, name


def _wrongly_attached(plan: Plan, attached: Attached) -> Iterator[Fault]:
    """A line "(Kèm theo Quyết định số …)" written by hand that names another decision."""
    texts = {id(text) for text in (attached.title, attached.opening) if text is not None}
    for mention in plan.mentions:
        found, text = mention.found, mention.passage.text
        if not isinstance(found, prose.Citation) or id(text) not in texts:
            continue
        if not _ATTACHED_TO.search(text.raw, 0, found.start):
            continue
        wrong = _other_decision(plan.file, found)
        if wrong:
            yield Fault(mention.place(), wrong, value=f"{number_key(found.number)} {found.date or ''}")


def _other_decision(file: PlanFile, found: prose.Citation) -> str:
    own = f"{file.number}/{file.symbol}"
    digits = file.number is not None and file.symbol is not None
    if digits and number_key(found.number).lstrip("0") != number_key(own).lstrip("0"):
        return f"dòng “Kèm theo” ghi số {found.number}, mà quyết định này là số {own}"
    known = file.date is not None and file.date.complete and found.date is not None and found.date.complete
    if known and found.date != file.date:
        return f"dòng “Kèm theo” ghi ngày {_day(found.date)}, mà quyết định này ban hành ngày {_day(file.date)}"
    return ""


def _day(written: PartialDate | None) -> str:
    return short_date(written.earliest) if written is not None else ""


@check("VB111", WARNING, "Tự gọi khác tên của mình")
def called_otherwise(plan: Plan) -> Iterator[Fault]:
    """Văn bản tự gọi mình bằng tên loại khác (“Quyết định này” trong một kế hoạch), năm khác, hay ở câu “Trên đây là …” bằng
    tên khác với trích yếu, thường là chép từ văn bản khác. “Quyết định này” mà ngay trước đó có nói tới một quyết định thì
    là gọi lại quyết định ấy; trong quyết định có kế hoạch kèm theo thì gọi cả hai đều được. Câu mở đầu diễn giải tên theo lời
    khác thì không tính.

    Cách xử lý: sửa tên loại, năm, tên cho đúng với văn bản đang viết.

    Sai:

        # demo/plan.yaml
        closing: |
          Thủ trưởng các cơ quan chịu trách nhiệm thi hành Quyết định này./.  # <- VB111

    Sai (năm của kế hoạch trước):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện công tác bình đẳng giới năm 2023, cụ thể như sau:  # <- VB111

    Sai (tên khác):

        # demo/plan.yaml
        closing: |
          Trên đây là Kế hoạch triển khai công tác phòng, chống bạo lực gia đình năm 2024./.  # <- VB111

    Đúng:

        # demo/plan.yaml
        closing: |
          Trên đây là Kế hoạch thực hiện công tác bình đẳng giới năm 2024; các cơ quan tổ chức thực hiện Kế hoạch này./.

    Không phải lỗi (gọi lại văn bản vừa dẫn):

        # demo/plan.yaml
        closing: |
          Các cơ quan bám sát Quyết định số 2282/QĐ-TTg ngày 31/12/2020 của Thủ tướng Chính phủ, nhất là những chỉ tiêu
          của Quyết định này đến năm 2025./.

    Không phải lỗi (nghị quyết nói tới từ đầu):

        # demo/plan.yaml
        opening: |
          Thực hiện Nghị quyết số 28/NQ-CP ngày 03/3/2021 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện
          công tác bình đẳng giới năm 2024, cụ thể như sau:
        closing: |
          Các cơ quan phấn đấu đạt mục tiêu của Nghị quyết này./.

    Không phải lỗi (thêm chữ triển khai; công tác, nhiệm vụ; tên cơ quan, địa phương ở một chỗ):

        # demo/plan.yaml
        title: Triển khai thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2024
        closing: |
          Trên đây là Kế hoạch thực hiện nhiệm vụ bình đẳng giới năm 2024 của Ủy ban nhân dân tỉnh Trà Vinh./.

    Không phải lỗi (tên rút gọn, có thêm địa phương; năm của văn bản khác):

        # demo/plan.yaml
        closing: |
          Trên đây là Kế hoạch công tác bình đẳng giới trên địa bàn tỉnh năm 2024, đề nghị các cơ quan lấy kết quả thực hiện
          Kế hoạch năm 2023 làm cơ sở so sánh./.

    Không phải lỗi (quyết định và kế hoạch kèm theo):

        # demo/plan.yaml
        kind: decision
        symbol: QĐ-UBND
        title: Về việc ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024
        articles:
          - text: Ban hành kèm theo Quyết định này Kế hoạch thực hiện công tác bình đẳng giới năm 2024.
          - text: Giám đốc các sở tổ chức thực hiện Kế hoạch này và chịu trách nhiệm thi hành Quyết định này.
        attached:
          title: Thực hiện công tác bình đẳng giới năm 2024
          closing: Các cơ quan báo cáo kết quả thực hiện Kế hoạch này.

    Không phải lỗi (kế hoạch của giai đoạn có nêu giai đoạn của chương trình):

        # demo/plan.yaml
        title: Thực hiện Chương trình truyền thông về bình đẳng giới giai đoạn 2021-2030 năm 2024
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện Chương trình truyền thông về bình đẳng giới giai đoạn 2021-2030, cụ thể như sau:
    """
    yield from _by_another_type(plan)
    yield from _by_another_name(plan)


def _by_another_type(plan: Plan) -> Iterator[Fault]:
    """ "Quyết định này" where the document is none. One finding for each type.

    What is said only of oneself ("thi hành Quyết định này") counts unless a decision is spoken of just before; all else
    only where no decision is spoken of before at all, for it may be that one.
    """
    own = _own_types(plan)
    found: dict[str, list[Place]] = {}
    for this in plan.find(_THIS, small=False) if " này" in plan.words else ():
        kind, before, start = " ".join(this.match["type"].split()), this.reading.small, this.start
        if kind in own or _says(kind).search(before, 0, start):
            continue
        lately = kind in found or _OF_ONESELF.search(before, max(0, start - _REACH), start) is not None
        earlier = plan.readings[max(0, this.order - _LATELY) if lately else 0 : this.order]
        if not any(_says(kind).search(reading.small) for _, reading in earlier):
            found.setdefault(kind, []).append(this.place())
    for kind, (first, *others) in found.items():
        message = f"tự gọi là “{kind} này”, mà văn bản là {plan.file.kind.term.lower()}"
        yield Fault(first, message, [(place, "cũng gọi như vậy") for place in others], value=kind)


@cache
def _says(kind: str) -> re.Pattern[str]:
    """A document of a kind, named in another way than as "… này"."""
    return re.compile(rf"{begun(kind.lower())}(?!{GAP}này)")


def _own_types(plan: Plan) -> frozenset[str]:
    """What a document may call itself: its kind, what its title begins with, and the plan that a decision issues."""
    own = {plan.file.kind.term}
    if plan.file.kind is PlanKind.DECISION:
        own.add(PlanKind.PLAN.term)
    for title in (plan.file.title, plan.file.attached.title if plan.file.attached else None):
        match = _TYPE_FIRST.match(title.raw) if title is not None else None
        if match is not None:
            own.add(match["type"].capitalize())
    return frozenset(own)


def _by_another_name(plan: Plan) -> Iterator[Fault]:
    """The name that the opening says is issued, and the one that the end repeats, against the title."""
    file, attached = plan.file, plan.file.attached
    for title, opening, closing in (
        (file.title, file.opening, file.closing),
        (attached.title, attached.opening, attached.closing) if attached else (None, None, None),
    ):
        if title is None:
            continue
        for text, formula, sign, strict in ((opening, _HEREBY, "như", False), (closing, _ABOVE, "trên", True)):
            match = formula.search(text.raw) if text is not None and sign in text.raw.lower() else None
            if text is not None and match is not None:
                yield from _wrong_name(plan, title, text, match, strict=strict)


def _wrong_name(plan: Plan, title: Text, text: Text, match: re.Match[str], *, strict: bool) -> Iterator[Fault]:
    """What is wrong with a name that a document gives itself; `strict` where it is given as the name, not in a sentence."""
    start, end = match.start("type"), match.end("name")
    kind = match["type"].capitalize()
    if kind not in _own_types(plan):
        message = f"tự gọi là “{kind}”, mà văn bản là {plan.file.kind.term.lower()}"
        yield Fault(text.place(start, end), message, value=kind)
        return
    more = _GOES_ON.search(text.raw, start, end) if strict else None
    name = _named(text, plan, "", start, more.start() if more else end)
    wanted = _named(title, plan, "")
    if name is None or wanted is None:
        return
    years = _years(plan, text, start, end)
    own = [*_years(plan, title, 0, len(title.raw)), *([plan.file.period] if plan.file.period else [])]
    if years and own and not any(one.contains(other) or other.contains(one) for one in years for other in own):
        message = f"tự gọi là của năm {years[0]}, mà văn bản là của năm {plan.file.period or own[0]}"
        yield Fault(name.place, message, value=str(years[0]))
    elif _unlike(name, wanted) or (strict and _differ(name, wanted)):
        message = f"tự gọi là “{name.told}”, mà tên văn bản là “{wanted.told}”"
        yield Fault(name.place, message, value=name.told)


def _unlike(one: _Name, other: _Name) -> bool:
    """Whether two names have so little in common that they are of two things."""
    here, there = _words(one.text), _words(other.text)
    return len(here & there) < _ALIKE * min(len(here), len(there))


def _years(plan: Plan, text: Text, start: int, end: int) -> list[Period]:
    """The years and spans of years of a stretch of text, without those of documents that it cites."""
    mentions = [mention.found for mention in plan.mentions if mention.passage.text is text]
    inside = [(one.start, one.end) for one in mentions if isinstance(one, prose.Citation | prose.NamedAct)]
    inside += [
        (one.period_start, one.period_end) for one in mentions if isinstance(one, prose.Citation | prose.NamedAct)
    ]
    spans = [one.period for one in mentions if isinstance(one, prose.PeriodMention) and start <= one.start < end]
    years = [
        Period.parse(match["year"])
        for match in _YEAR.finditer(text.raw, start, end)
        if not any(first <= match.start() < last for first, last in inside)
    ]
    return [*years, *spans]


def _named(text: Text, plan: Plan, kind: str, start: int = 0, end: int | None = None) -> _Name | None:
    """The name that stands in a text; None where it is too short to tell, or holds what is not known here."""
    stop = len(text.raw) if end is None else end
    raw = text.raw[start:stop]
    for expression in text.expressions():
        if start <= expression.start < stop and expression.name != "period":
            return None
        raw = raw.replace(text.raw[expression.start : expression.end], str(plan.period or ""))
    raw = _WITH_THIS.sub("", raw)
    match = _TYPE_FIRST.match(raw)
    rest = raw[match.end() :] if match else raw
    if len(_words(rest)) < _SHORTEST or _STRANGE.search(rest):
        return None
    return _Name(match["type"].capitalize() if match else kind, rest.strip(" \n,"), text.place(start, stop))


def _differ(one: _Name, other: _Name, but: frozenset[str] = frozenset()) -> bool:
    """Whether two names cannot be of one document: another type, or each has a word (`but` for these) that the other lacks.

    Words that only fill count for nothing; where one abbreviates what the other spells out, nothing is concluded.
    """
    if one.type and other.type and one.type != other.type:
        return True
    if _abbreviations(one.text) != _abbreviations(other.text):
        return False
    here, there = _words(one.text), _words(other.text)
    but = but | _FILLING
    return bool(here - there - but) and bool(there - here - but)


def _abbreviations(name: str) -> set[str]:
    """The words in capitals, unless all of it is."""
    return set() if name.isupper() else set(re.findall(r"\b[A-ZĐ&]{2,}\b", name))


@cache
def _words(name: str) -> frozenset[str]:
    plain = _OF_ISSUER.sub(" ", _without_places(nfc(name))).lower().replace("uỷ", "ủy").replace("hoá", "hóa")
    return frozenset(re.findall(r"\w+", plain)) - _LOOSE


def _without_places(name: str) -> str:
    """The name without those of provinces and communes: the words with capitals behind the word for the level."""
    first, *others = _PLACE.split(name)
    rests = []
    for other in others:
        words = other.split()
        while words and words[0][0].isupper() and words[0].lower() not in _YEAR_FOLLOWS:
            del words[0]
        rests.append(" ".join(words))
    return " ".join((first, *rests))
