"""Tells whether a sentence orders something for the days it names: an activity held then, a task done by then.

Who writes of what has been, or of whom and what the days concern, writes much as one who gives orders. So only what is
surely an order counts: nothing but bodies and words of ordering before the activity, and nothing between it and the
days that these could belong to.
"""

from __future__ import annotations

import re

from bdg_cli.prose import Reading
from bdg_cli.prose.patterns import first_of, lazy, says

_END_OF_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*(?:\n|[-+–*])")
_LONGEST = 2000  # characters of a sentence that are looked at, to either side
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"\s+")
_BODY, _HIGHER_BODY = "¤", "§"
# Events that have days of their own, whatever stands in their names; then those that have only the days set for them.
_OWN_DAYS = (
    "tháng hành động", "tháng cao điểm", "đợt cao điểm", "chiến dịch", "tuần lễ", "ngày hội",
)  # fmt: skip
_ACTIVITIES = (
    *_OWN_DAYS,
    "hội nghị", "hội thi", "hội thảo", "hội diễn", "hội thao", "hội trại", "tọa đàm", "toạ đàm", "diễn đàn",
    "mít tinh", "liên hoan", "giao lưu", "cuộc thi", "lễ", "lớp", "khóa", "khoá", "buổi", "đợt", "tập huấn",
    "bồi dưỡng", "truyền thông", "tuyên truyền", "treo", "ra quân", "diễu hành",
)  # fmt: skip
# What an order may say before its activity, beside names of bodies and numbers.
_ORDERING = frozenset((
    "chủ", "trì", "phối", "hợp", "cùng", "với", "tham", "mưu", "hướng", "dẫn", "chỉ", "đạo", "giao", "yêu", "cầu",
    "đề", "nghị", "đồng", "loạt", "tổ", "chức", "triển", "khai", "thực", "hiện", "phát", "động", "hưởng", "ứng",
    "tiến", "hành", "mở", "đẩy", "mạnh", "tăng", "cường", "chuỗi", "nhiều", "một", "số", "hoạt", "nội", "dung",
    "công", "tác", "các", "cơ", "quan", "đơn", "vị", "địa", "phương", "sở", "phòng", "ban", "ngành", "đoàn", "thể",
    "tỉnh", "thành", "phố", "huyện", "thị", "xã", "phường", "trấn", "cấp", "và", "liên", "thuộc", "trên", "bàn",
    "toàn", "của",
))  # fmt: skip
_HOLDING = (
    "tổ chức", "triển khai", "thực hiện", "phát động", "hưởng ứng", "tiến hành", "mở", "chủ trì", "xây dựng",
    "đẩy mạnh", "tăng cường", "chỉ đạo",
)  # fmt: skip
_IS_HELD = (
    "tập huấn", "bồi dưỡng", "truyền thông", "tuyên truyền", "treo", "ra quân", "diễu hành",
)  # fmt: skip
_PLANNING = {"xây", "dựng", "lập", "kế", "hoạch"}  # next year's activities are planned this year, last year's are not
_HIGHER = ("bộ ", "chính phủ", "thủ tướng", "trung ương", "ủy ban quốc gia", "quốc hội")
_NOT_HIGHER = ("bộ chỉ huy", "bộ đội")
# What the days would belong to: something that has been, or a stretch of time by itself.
_OF_OTHERS = (
    "được", "đã", "đang", "từng", "chưa", "do", "mà", "bị", "có", "là", "sinh", "sẽ", "thời kỳ", "thời kì",
    "thời hiệu", "mốc", "kỳ", "giai đoạn", "niên độ", "số liệu", "kết quả", "thành tích", "tồn đọng", "áp dụng",
    "theo", "năm trước", "của năm", "kỷ niệm", "kỉ niệm", "nghỉ", "tuyển dụng", "bổ nhiệm", "tiếp nhận",
    "khởi công",
)  # fmt: skip
_WHOM = (
    "cho", "đối với", "việc", "những", "cán bộ", "công chức", "viên chức", "người", "hộ", "gia đình", "học sinh",
    "sinh viên", "thanh niên", "doanh nghiệp", "hợp tác xã", "lao động", "đối tượng", "trẻ em", "phụ nữ",
    "hội viên", "đoàn viên", "cơ sở", "công trình", "dự án", "mô hình", "hồ sơ", "vụ", "trường hợp",
)  # fmt: skip
# What an activity may be said to be before its days, without a comma: other words may have them for themselves.
_ITS_NATURE = (
    "về", "tại", "ở", "trên", "nhân", "với", "và", "vì", "chào mừng", "hưởng ứng", "phát động", "triển khai",
    "phổ biến", "quán triệt", "tìm hiểu", "chuyên đề", "trực tuyến", "băng rôn", "khẩu hiệu", "pa nô", "panô",
    "áp phích", "cờ", "tập huấn", "bồi dưỡng", "truyền thông", "tuyên truyền", "cao điểm", "ra quân",
)  # fmt: skip
_OUTCOMES = (
    "được", "đã", "đạt", "thu hút", "lượt", "tham dự", "tham gia", "hiệu quả", "thành công", "tiếp tục", "thì",
)  # fmt: skip
_HAS_SO_MANY = lazy(r"có(?<!\wcó) +\d")
_MAY_SET_APART = (",", "(", ":", "–", "-", "thời gian", "dự kiến")
_SET_APART = lazy(r"[,(:–-] *(?:(?:thời gian|dự kiến) *:? *)?\Z")
_TIME_LABEL = lazy(
    r"[\s+–-]*thời gian(?: (?:tổ chức|thực hiện|triển khai|phát động|diễn ra|treo|truyền thông|tập huấn))?"
    r"(?:,? địa điểm)? *:? *\Z"
)
# What comes to be done by a day: at the beginning of a sentence, or set apart from what was said before.
_DONE = lazy(
    r"(?:^[\s+–-]*|[,:(–-] *|(?<!\w)(?=phải ))(?:(?:và|phải|cần|yêu cầu|bảo đảm|đảm bảo|phấn đấu|cơ bản) +){0,3}"
    r"(?:hoàn thành|làm xong|thực hiện xong|xong|thời hạn(?: hoàn thành)?|hạn hoàn thành)(?!\w) *:? *(?:việc(?!\w))?"
    r"(?P<what>[^,:()–]*)\Z"
)
_LAST_DAY = (
    "chậm nhất", "muộn nhất", "trễ nhất", "hạn cuối", "hạn chót",
)  # fmt: skip
_CONDITIONS = ("nếu", "trường hợp", "những", "chưa", "không", "khi", "mà", "được", "đã", "đang", "từng")
_OF_A_YEAR = lazy(r"năm (?=[12]\d{3})")
_CLAUSE_GOES_ON = lazy(r" *[^\s,;:.)]")


def sentence(reading: Reading, start: int, end: int) -> tuple[str, str]:
    """What stands in the sentence before a place and behind it, in lower case with single spaces."""
    before, after = _around(reading, start, end)
    return _plain(before), _plain(after)


def _around(reading: Reading, start: int, end: int) -> tuple[str, str]:
    before = _END_OF_SENTENCE.split(reading.small[max(0, start - _LONGEST) : start])[-1]
    return before, _END_OF_SENTENCE.split(reading.small[end : end + _LONGEST], maxsplit=1)[0]


def _plain(words: str) -> str:
    return _GAP.sub(" ", words)


def holds(reading: Reading, start: int, end: int, *, past: bool) -> bool:
    """Whether the sentence orders an activity to be held on the days that stand from `start` to `end`."""
    before, after = _around(reading, start, end)
    if _tells_of_outcome(_plain(after)):
        return False
    if "thời gian" in before and _TIME_LABEL().match(before):
        return True
    apart = _SET_APART().search(before) if before.rstrip().endswith(_MAY_SET_APART) else None
    head = before[: apart.start()] if apart else before
    words = _without_bodies(reading, start - len(before), start - len(before) + len(head))
    return _names_activity(words, apart=apart is not None, past=past)


def opens_with(reading: Reading, start: int, end: int, *, past: bool) -> bool:
    """Whether the days open a sentence that orders an activity for them."""
    before, after = _around(reading, start, end)
    if _WORD.search(before) or _tells_of_outcome(_plain(after)):
        return False
    return _names_activity(_without_bodies(reading, end, end + len(after)), apart=True, past=past)


def _without_bodies(reading: Reading, start: int, end: int) -> str:
    """A stretch of the text with a sign in place of each body that it names."""
    pieces, position = [], start
    for agency in reading.agencies:
        if position <= agency.start < end:
            name = agency.name.lower()
            higher = name.startswith(_HIGHER) and not name.startswith(_NOT_HIGHER)
            pieces += [reading.small[position : agency.start], _HIGHER_BODY if higher else _BODY]
            position = min(agency.end, end)
    return _plain("".join((*pieces, reading.small[position:end])))


def _names_activity(words: str, *, apart: bool, past: bool) -> bool:
    """Whether the words order an activity, and name nothing else that has days."""
    words = words[words.rfind(": ") + 1 :]
    at, activity = first_of(words, _ACTIVITIES) or (-1, "")
    if not activity or not _orders(words[:at], activity, past=past):
        return False
    rest = words[at + len(activity) :]
    if says(rest, _OF_OTHERS):
        return False
    return apart or says(words, _OWN_DAYS) or (_is_its_nature(rest) and not says(rest, _WHOM))


def _orders(lead: str, activity: str, *, past: bool) -> bool:
    """Whether there is nothing before an activity but bodies, none of them higher ones, and words that order it."""
    known = _ORDERING | _PLANNING if past else _ORDERING
    said = _WORD.findall(lead)
    if _HIGHER_BODY in lead or not all(word in known or word.isdigit() for word in said):
        return False
    return says(lead, _HOLDING) or (not said and activity in _IS_HELD)


def _is_its_nature(rest: str) -> bool:
    """Whether what follows an activity says what it is about, where, and the like, or nothing follows."""
    plain = rest.strip(' ”"')
    if not plain or plain[0] == "“":
        return True
    first = first_of(plain, _ITS_NATURE)
    return first is not None and first[0] == 0


def _tells_of_outcome(after: str) -> bool:
    return says(after, _OUTCOMES) or (" có " in after and _HAS_SO_MANY().search(after) is not None)


def is_due(reading: Reading, start: int, end: int) -> bool:
    """Whether the sentence orders something to be done by the day that stands, with "trước", from `start` to `end`."""
    before, after = sentence(reading, start, end)
    if _CLAUSE_GOES_ON().match(after) or says(before, _CONDITIONS) or _OF_A_YEAR().search(before):
        return False
    if _tells_of_outcome(after):
        return False
    if reading.small.startswith(_LAST_DAY, start):
        return not before.strip() or before.rstrip()[-1] in ",(:–-" or _is_done(before)
    return _is_done(before)


def _is_done(before: str) -> bool:
    done = _DONE().search(before)
    if done is None:
        return False
    return not says(done["what"], (*_OF_OTHERS, *_WHOM))
