"""CH: letters and words: slips that are wrong everywhere, capitals, phrases said twice."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from bdg_cli import prose
from bdg_cli.checks.check import also, check
from bdg_cli.findings import INFO, WARNING, Edit, Fault, Place
from bdg_cli.plan import Found, Plan
from bdg_cli.prose.patterns import begun, lazy
from bdg_cli.vietnamese import month_words

_MOST_RELATED = 3

# Slips that no context makes right, and the right words. What could stand in another phrase is not here: “cũng cố” may
# be “cũng cố gắng”, “năng xuất” the end of “khả năng” and the beginning of “xuất khẩu”.
SLIPS = {
    "tháng hành động về bình đẳng giới": "tháng hành động vì bình đẳng giới",
    "bình đẵng": "bình đẳng", "bình đằng giới": "bình đẳng giới", "bình đắng giới": "bình đẳng giới",
    "bổ xung": "bổ sung", "xử dụng": "sử dụng", "hổ trợ": "hỗ trợ", "sự nổ lực": "sự nỗ lực",
    "nổ lực thực hiện": "nỗ lực thực hiện", "nổ lực phấn đấu": "nỗ lực phấn đấu",
    "tập huấn kỷ năng": "tập huấn kỹ năng", "kỷ năng lồng ghép": "kỹ năng lồng ghép", "kỷ năng sống": "kỹ năng sống",
    "kiến thức, kỷ năng": "kiến thức, kỹ năng", "nâng cao kỷ năng": "nâng cao kỹ năng",
    "xử lý kỹ luật": "xử lý kỷ luật", "kỹ niệm": "kỷ niệm", "kỹ cương": "kỷ cương",
    "suất sắc": "xuất sắc", "xuất xắc": "xuất sắc", "suất xắc": "xuất sắc", "tỷ xuất sinh": "tỷ suất sinh",
    "xữ lý": "xử lý", "xữ phạt": "xử phạt", "sử lý vi phạm": "xử lý vi phạm", "sử lý nghiêm": "xử lý nghiêm",
    "triễn khai": "triển khai", "triên khai": "triển khai", "thực hiên": "thực hiện",
    "tuyên tryền": "tuyên truyền", "tuyên truyên": "tuyên truyền", "tuyên truyển": "tuyên truyền",
    "phụ nử": "phụ nữ", "gìn giử": "gìn giữ", "giử vững": "giữ vững", "giử gìn": "giữ gìn",
    "giãi quyết": "giải quyết", "giãi pháp": "giải pháp", "lảnh đạo": "lãnh đạo", "lãnh đao": "lãnh đạo",
    "chĩ đạo": "chỉ đạo", "chĩ tiêu": "chỉ tiêu", "tỹ lệ": "tỷ lệ", "quãn lý": "quản lý", "bão vệ": "bảo vệ",
    "bão đảm": "bảo đảm", "bảo đãm": "bảo đảm", "đãm bảo": "đảm bảo",
    "cũng cố, kiện toàn": "củng cố, kiện toàn", "cùng cố, kiện toàn": "củng cố, kiện toàn",
    "cũng cố kiện toàn": "củng cố kiện toàn", "cùng cố kiện toàn": "củng cố kiện toàn",
    "nâng cáo": "nâng cao", "lồng gép": "lồng ghép", "rà xoát": "rà soát", "giám xát": "giám sát",
    "khảo xát": "khảo sát", "sai xót": "sai sót", "thiếu xót": "thiếu sót", "tham mưa": "tham mưu",
    "chủ chì": "chủ trì", "vướn mắc": "vướng mắc", "khuyến kích": "khuyến khích", "tạo đều kiện": "tạo điều kiện",
    "bạo lục gia đình": "bạo lực gia đình", "bạo lưc": "bạo lực", "bạo lực gia đinh": "bạo lực gia đình",
    "bổ nghiệm": "bổ nhiệm", "bồi dưởng": "bồi dưỡng", "cơ sỡ": "cơ sở", "ứng phố với": "ứng phó với",
    "phòng chông bạo lực": "phòng chống bạo lực", "mất cần bằng giới": "mất cân bằng giới",
    "quấy rồi tình dục": "quấy rối tình dục", "giới tinh khi sinh": "giới tính khi sinh",
    "bang rôn": "băng rôn", "băng rôl": "băng rôn", "bang rôl": "băng rôn", "đôn đóc": "đôn đốc",
    "thường trưc": "thường trực", "báo cao kết quả": "báo cáo kết quả", "cán bô": "cán bộ",
    "ngành, đoàn thế": "ngành, đoàn thể",
}  # fmt: skip
# Each slip with all its words, under one of those that give it away.
_SLIPS_BY_WORD: dict[str, list[tuple[str, frozenset[str]]]] = {}
for _wrong, _right in SLIPS.items():
    _words = _wrong.replace(",", "").split()
    _word = next(word for word in _words if word not in _right.replace(",", "").split())
    _SLIPS_BY_WORD.setdefault(_word, []).append((_wrong, frozenset(_words)))
# “Phần đầu đạt 60%”: the first part of something has no percentage to reach.
_STRIVE = lazy(
    r"p(?<!\wp)h[âầ]n đầu(?= {1,3}(?:(?:đến {1,3})?năm {1,3}\d{4},? {1,3})?(?:đạt|có|đến)"
    r"(?: {1,3}(?:trên|ít nhất|khoảng))? {1,3}\d[\d.,]{0,9}%)"
)
# A tone mark on the first vowel where another letter follows the second: “hòan thành”, “họat động”, “qúy”. Both manners
# of writing, hòa and hoà, agree that it is wrong there.
_MISPLACED = re.compile(r"[óòỏõọúùủũụ](?:(?<=[óòỏõọ])(?:a[nmtcpiy]|e[nt])|(?<=[úùủũụ])y[nt]|(?<=q[úùủũụ])y)")


# A day that not every month has, with its month and year; without year where it is called a day.
_LATE_IN_MONTH = re.compile(
    r"(?P<d>29(?<![\w/.,–-]29)|3[01](?<![\w/.,–-]3\d))(?: ?[/-] ?| {1,3}tháng {1,3})(?P<m>1[0-2]|0?[1-9])"
    r"(?:(?: ?[/-] ?|,? {1,3}năm {1,3})(?P<y>(?:19|20)\d\d)(?!\d)|(?<=\d)(?! ?[\d/-]))"
)
_A_LEAP_YEAR = 2024
_NEAR = 12


class _Slip(NamedTuple):
    """Wrong words where they stand, and how they are written rightly; `edits` is empty where a file cannot be mended."""

    place: Place
    wrong: str
    right: str
    edits: tuple[Edit, ...]


@check("CH103", WARNING, "Lỗi chữ hay gặp")
def common_slip(plan: Plan) -> Iterator[Fault]:
    """Những chữ sai hay gặp trong văn bản hành chính, sai ở mọi văn cảnh: viết nhầm phụ âm, dấu hỏi, dấu ngã (“bổ xung”,
    “hổ trợ”), đặt dấu thanh sai chỗ (“họat động”), gọi sai tên Tháng hành động vì bình đẳng giới (“về”); và ngày không có
    trong lịch (“31/4/2023”). Chữ nào còn có
    thể đúng ở câu khác, chữ trong trích yếu của văn bản được dẫn thì không báo. Mỗi lỗi báo một lần cho mỗi tệp.

    Cách xử lý: sửa chữ; với dự thảo, `bdg fix` sửa được mọi chỗ viết trong khối `|` hoặc trên một dòng.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan tổ chức Tháng hành động về bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở  # <- CH103
          giới; bổ xung kinh phí để họat động đạt kết quả./.  # <- CH103 CH103

    Sai (ngày không có trong lịch):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND ngày 31/4/2021 của Ủy ban nhân dân tỉnh, gửi báo cáo  # <- CH103 CC109
          trước ngày 30 tháng 02 năm 2024; tổ chức Tháng hành động từ ngày 15/11/2024 đến ngày 31/11/2024./.  # <- CH103 CH103

    Sai (ngày hằng năm):

        # demo/plan.yaml
        closing: |
          Các cơ quan thống kê số liệu đến ngày 31/11 hằng năm, tính từ ngày 01-12-2023 đến ngày 31-4-2024./.  # <- CH103 CH103

    Sai (“phấn đấu” thành “phần đầu”):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phần đầu đạt 60% cơ quan có lãnh đạo chủ chốt là nữ.  # <- CH103
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan tổ chức Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở
          giới; bổ sung kinh phí để hoạt động đạt kết quả./.

    Không phải lỗi (chương trình thì có thể “hành động về”; “phần đầu” của một việc):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Chương trình hành động về bình đẳng giới, hoàn thành phần đầu của công việc trong quý I,
          cũng cố gắng hoàn thành phần còn lại theo khả năng xuất bản tài liệu./.

    Không phải lỗi (trích yếu giữ như văn bản được dẫn đã viết):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về tổ chức Tháng hành động
          về bình đẳng giới năm 2021./.

    Không phải lỗi (năm nhuận; phân số, ký hiệu):

        # demo/plan.yaml
        closing: |
          Các cơ quan báo cáo đến ngày 29/02/2024; đạt 30/02 chỉ tiêu; đến ngày 29/02 hằng năm; thực hiện Nghị quyết số 31/2/2021 của thôn./.

    Không phải lỗi (hai cách đặt dấu đều dùng được, miễn là thống nhất):

        # demo/plan.yaml
        closing: |
          Các cơ quan hoà chung công việc với hoạt động văn hoá ở cơ sở, xoá bỏ định kiến giới, giữ đoàn kết./.
    """
    found: dict[tuple[str, str], list[_Slip]] = {}
    for slip in _slips(plan):
        found.setdefault((slip.place.path, slip.wrong.lower()), []).append(slip)
    for (_, wrong), (first, *others) in found.items():
        many = f", {len(others) + 1} chỗ trong tệp" if others else ""
        related = [(slip.place, "cũng viết như vậy") for slip in others[:_MOST_RELATED]]
        edits = [edit for slip in (first, *others) for edit in slip.edits]
        yield Fault(first.place, f"“{first.wrong}” phải viết là “{first.right}”{many}", related, wrong, edits)


@also(common_slip)
def day_of_no_month(plan: Plan) -> Iterator[Fault]:
    """A day with its year that the calendar has not: ngày 31/4/2023."""
    for found in plan.find(_LATE_IN_MONTH):
        day, month = int(found.match["d"]), int(found.match["m"])
        year = int(found.match["y"] or _A_LEAP_YEAR)
        last = monthrange(year, month)[1]
        before = found.reading.small[max(0, found.start - _NEAR) : found.start].rstrip()
        called = before.endswith("ngày") or (found.match["y"] is not None and not before.endswith("số"))
        if day > last and called and not found.in_title:
            words = " ".join(found.match[0].split())
            name = month_words(year, month) if found.match["y"] else f"tháng {month}"
            message = f"ngày {words} không có trong lịch: {name} có {last} ngày"
            yield Fault(found.place(), message, value=words)


def _slips(plan: Plan) -> Iterator[_Slip]:
    """Every slip. Which may be anywhere is seen from the words that the plan knows; most plans hold none."""
    known = plan.vocabulary & _SLIPS_BY_WORD.keys()
    possible = [wrong for word in known for wrong, words in _SLIPS_BY_WORD[word] if words <= plan.vocabulary]
    likely = [wrong for wrong in possible if wrong in plan.words]
    patterns = [(_phrase(wrong), SLIPS[wrong]) for wrong in likely]
    if "phần đầu" in plan.words or "phân đầu" in plan.words:
        patterns.append((_STRIVE(), "phấn đấu"))
    for pattern, right in patterns:
        yield from (_slip(found, right) for found in plan.find(pattern) if not found.in_title)
    if _MISPLACED.search(" ".join(plan.vocabulary)):
        yield from (_misplaced(found) for found in plan.find(_MISPLACED) if not found.in_title)


def _phrase(words: str) -> re.Pattern[str]:
    """A phrase in lower case as whole words, any gap between."""
    return re.compile(begun(words))


def _slip(found: Found, right: str) -> _Slip:
    """The slip: only the words that differ are marked and mended."""
    text, start = found.passage.text, found.start
    wrong = text.raw[start : found.end]
    words = list(re.finditer(r"[^\s*]+", wrong))
    pairs = list(zip(words, right.split(), strict=True))
    differing = [(match, _as_written(match[0], new)) for match, new in pairs if match[0].lower() != new]
    edits = [text.edit(start + match.start(), start + match.end(), new) for match, new in differing]
    place = text.place(start + differing[0][0].start(), start + differing[-1][0].end())
    told = " ".join(_as_written(match[0], new) for match, new in pairs)
    whole = tuple(edit for edit in edits if edit is not None)
    return _Slip(place, " ".join(match[0] for match in words), told, whole if len(whole) == len(edits) else ())


def _as_written(old: str, new: str) -> str:
    """The right word with the capitals of the wrong one."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _misplaced(found: Found) -> _Slip:
    """The word in which a tone mark stands one letter too early, with the mark on the next."""
    text, start, end = found.passage.text, found.start, found.end
    raw = text.raw
    while start and raw[start - 1].isalpha():
        start -= 1
    while end < len(raw) and raw[end].isalpha():
        end += 1
    at = found.start - start
    word = raw[start:end]
    bare_and_tone = unicodedata.normalize("NFD", word[at])
    second = unicodedata.normalize("NFC", word[at + 1] + bare_and_tone[1:])
    right = word[:at] + bare_and_tone[0] + second + word[at + 2 :]
    edit = text.edit(start, end, right)
    return _Slip(text.place(start, end), word, right, (edit,) if edit else ())


# Bodies as Phụ lục II, mục IV.1 writes them: a capital at the word for the kind of body and at each group of words for
# its field. Only names that no sentence holds as common words.
BODIES = (
    "Ủy ban nhân dân", "Uỷ ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc", "Mặt trận Tổ quốc",
    "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Liên đoàn Lao động",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Ban Vì sự tiến bộ của phụ nữ", "Ban Vì sự tiến bộ phụ nữ",
    "Thủ tướng Chính phủ", "Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Sở Tư pháp", "Sở Giáo dục và Đào tạo",
    "Sở Lao động - Thương binh và Xã hội", "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông",
    "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Môi trường", "Bộ Nội vụ",
    "Bộ Y tế", "Bộ Tài chính", "Bộ Giáo dục và Đào tạo", "Bộ Lao động - Thương binh và Xã hội",
)  # fmt: skip
_BODY_WORDS = {name: frozenset(name.lower().replace(",", "").replace("-", "").split()) for name in BODIES}
# Patterns that begin with letters are quick to search for; what stands around is looked at afterwards.
_PARTS = (
    re.compile(r"điều {1,3}\d{1,3}(?!\w|[.,]\d)"),
    re.compile(r"chương {1,3}(?:\d{1,3}|[IVX]{1,5})(?!\w|[.,]\d)"),
    re.compile(r"mục {1,3}[IVX]{1,5}(?!\w)"),
    re.compile(r"phần {1,3}[IVX]{1,5}(?!\w)"),
    re.compile(r"Khoản {1,3}\d{1,2}(?!\w)"),
    re.compile(r"Điểm {1,3}[a-zđ](?!\w)"),
)
_OF_A_DOCUMENT = lazy(
    r"[^.;\n]{0,60}?(?:Luật|Bộ luật|Hiến pháp|Nghị định|Nghị quyết|Thông tư|Quyết định|Quy chế|Kế hoạch)(?!\w)"
)
_GOES_ON = re.compile(r"[\w,] {1,3}\Z")
# Nouns by themselves, told by the words before them: “quản lý nhà nước”, “tòa án nhân dân” are written small.
_ALONE = {
    re.compile(r"nhân dân(?<!an nhân dân)(?!\w)"): re.compile(
        r"(?<!\w)(?:của|tầng lớp|trong|cho|với|đến|tới|và|toàn) {1,3}\Z"
    ),
    re.compile(r"nhà nước(?<!ý nhà nước)(?!\w)"): re.compile(r"(?<!\w)(?:của|Đảng và|Đảng,) {1,3}\Z"),
}
_REACH = 16
_NAMED_TYPES = {
    "decision": "quyết định", "plan": "kế hoạch", "directive": "chỉ thị", "resolution": "nghị quyết",
    "decree": "nghị định", "circular": "thông tư", "letter": "công văn", "submission": "tờ trình",
}  # fmt: skip


@check("CH105", INFO, "Viết hoa trái Phụ lục II")
def capitals(plan: Plan) -> Iterator[Fault]:
    """Phụ lục II quy định chữ nào viết hoa. Chỉ xét những chỗ máy biết chắc: tên cơ quan (“Ủy ban nhân dân”, không phải
    “Ủy ban Nhân dân”); tên loại của một văn bản có số (“Quyết định số …”); Phần, Chương, Mục, Điều viết hoa còn khoản,
    điểm viết thường khi viện dẫn một văn bản cụ thể; Nhân dân, Nhà nước khi đứng một mình. Mỗi cách viết báo một lần.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục II, mục IV.1, V.1, V.6, V.7.

    Cách xử lý: sửa theo cách viết nêu trong thông báo.

    Sai:

        # demo/plan.yaml
        closing: |
          Ủy ban Nhân dân các cấp, Sở nội vụ phổ biến chính sách, pháp luật của nhà nước tới các tầng lớp  # <- CH105 CH105 CH105
          nhân dân, thực hiện điều 7 Luật Bình đẳng giới theo Khoản 2 Điều 5 của quyết định số 57/QĐ-UBND ngày 08/12/2021./.  # <- CH105 CH105 CH105 CH105

    Đúng:

        # demo/plan.yaml
        closing: |
          Ủy ban nhân dân các cấp, Sở Nội vụ phổ biến chính sách, pháp luật của Nhà nước tới các tầng lớp
          Nhân dân, thực hiện Điều 7 Luật Bình đẳng giới theo khoản 2 Điều 5 của Quyết định số 57/QĐ-UBND ngày 08/12/2021./.

    Không phải lỗi (quản lý nhà nước, ngân sách nhà nước, cơ quan nhà nước; các sở nói chung):

        # demo/plan.yaml
        closing: |
          Các sở, ban, ngành, cơ quan quản lý nhà nước, tòa án nhân dân bố trí ngân sách nhà nước; văn bản số 57/QĐ-UBND
          ngày 08/12/2021 có hiệu lực từ ngày ký; các cơ sở y tế thực hiện./.

    Không phải lỗi (mục tiêu, không phải mục; điều là việc; đầu câu viết hoa):

        # demo/plan.yaml
        closing: |
          Thực hiện mục tiêu 1 của Kế hoạch, bốn điều 5 năm qua chưa làm được.

          Khoản 2 Điều 5 Luật Bình đẳng giới được phổ biến tới từng cơ quan./.
    """
    found: dict[str, list[tuple[Place, str, str]]] = {}
    for place, wrong, right in _capitals(plan):
        found.setdefault(wrong, []).append((place, wrong, right))
    for (place, wrong, right), *others in found.values():
        many = f"; {len(others) + 1} chỗ trong văn bản" if others else ""
        related = [(other, "cũng viết như vậy") for other, _, _ in others[:_MOST_RELATED]]
        yield Fault(place, f"“{wrong}” phải viết là “{right}”{many}", related, wrong)


def _capitals(plan: Plan) -> Iterator[tuple[Place, str, str]]:
    """Where, what is written, what should be. What a plan nowhere writes is seen in all its prose at once."""
    for name in BODIES:
        times = plan.words.count(name.lower()) if _BODY_WORDS[name] <= plan.vocabulary else 0
        if times and times > plan.full_text.count(name):
            yield from _other_capitals(plan, name)
    yield from _parts(plan)
    for noun, behind in _ALONE.items():
        for alone in plan.find(noun, small=False):
            text, start = alone.reading.text, alone.start
            if behind.search(text, max(0, start - _REACH), start) and not alone.in_title:
                yield alone.place(), alone.match[0], alone.match[0].capitalize()
    for mention in plan.mentions:
        found = mention.found
        if isinstance(found, prose.Citation) and found.kind in _NAMED_TYPES:
            word = _NAMED_TYPES[found.kind]
            if mention.passage.text.raw.startswith(word, found.start):
                words = " ".join(mention.passage.text.raw[found.start : found.number_end].split())
                yield mention.place(found.start, found.start + len(word)), words, words[0].upper() + words[1:]


def _other_capitals(plan: Plan, name: str) -> Iterator[tuple[Place, str, str]]:
    """A body where its name has other capitals."""
    for found in plan.find(_phrase(name.lower())):
        written = " ".join(found.reading.text[found.start : found.end].split())
        if written != name and not found.in_title and _is_body(name, written, found.end, found.reading.small):
            yield found.place(), written, name


def _is_body(name: str, written: str, end: int, small: str) -> bool:
    """Whether a body is meant and told here: not "cơ sở y tế", not a heading in capitals, not part of a longer name."""
    if written.isupper() or written.islower() or small.endswith(f"cơ {name.lower()}", 0, end):
        return False
    return not any(
        longer.endswith(name) and len(longer) > len(name) and small.endswith(longer.lower(), 0, end)
        for longer in BODIES
    )


def _parts(plan: Plan) -> Iterator[tuple[Place, str, str]]:
    """Điều, Chương, Mục, Phần written small; Khoản, Điểm written large inside a sentence."""
    for found in (found for pattern in _PARTS for found in plan.find(pattern, small=False)):
        text = found.reading.text
        word, before = " ".join(found.match[0].split()), text[max(0, found.start - 6) : found.start]
        if word[0].islower() and not before[-1:].isalnum() and _OF_A_DOCUMENT().match(text, found.end):
            yield found.place(), word, word[0].upper() + word[1:]
        elif word[0].isupper() and _GOES_ON.search(before):
            yield found.place(), word, word[0].lower() + word[1:]
