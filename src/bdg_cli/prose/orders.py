"""Tells whether a sentence orders something for the days it names: an activity held then, a task done by then.

Who writes of what has been, or of whom and what the days concern, writes much as one who gives orders. So only what is
surely an order counts: nothing but bodies and words of ordering before the activity, and nothing between it and the
days that these could belong to.
"""

from __future__ import annotations

import re

from bdg_cli.prose import Reading
from bdg_cli.prose.patterns import begun, lazy

_END_OF_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*(?:\n|[-+–*])")
_LONGEST = 2000  # characters of a sentence that are looked at, to either side
_WORD = re.compile(r"\w+")
# Events that have days of their own, whatever stands in their names; then those that have only the days set for them.
_OWN_DAYS = lazy(begun("tháng hành động|tháng cao điểm|đợt cao điểm|chiến dịch|tuần lễ|ngày hội"))
_ACTIVITY = lazy(
    begun(
        "tháng hành động|tháng cao điểm|đợt cao điểm|chiến dịch|tuần lễ|ngày hội|hội nghị|hội thi|hội thảo|hội diễn|"
        "hội thao|hội trại|tọa đàm|toạ đàm|diễn đàn|mít tinh|liên hoan|giao lưu|cuộc thi|lễ|lớp|khóa|khoá|buổi|đợt|"
        "tập huấn|bồi dưỡng|truyền thông|tuyên truyền|treo|ra quân|diễu hành"
    )
)
# What an order may say before its activity, beside names of bodies and numbers.
_ORDERING = frozenset((
    "chủ", "trì", "phối", "hợp", "cùng", "với", "tham", "mưu", "hướng", "dẫn", "chỉ", "đạo", "giao", "yêu", "cầu",
    "đề", "nghị", "đồng", "loạt", "tổ", "chức", "triển", "khai", "thực", "hiện", "phát", "động", "hưởng", "ứng",
    "tiến", "hành", "mở", "đẩy", "mạnh", "tăng", "cường", "chuỗi", "nhiều", "một", "số", "hoạt", "nội", "dung",
    "công", "tác", "các", "cơ", "quan", "đơn", "vị", "địa", "phương", "sở", "phòng", "ban", "ngành", "đoàn", "thể",
    "tỉnh", "thành", "phố", "huyện", "thị", "xã", "phường", "trấn", "cấp", "và", "liên", "thuộc", "trên", "bàn",
    "toàn", "của",
))  # fmt: skip
_HOLDING = lazy(
    begun("tổ chức|triển khai|thực hiện|phát động|hưởng ứng|tiến hành|mở|chủ trì|xây dựng|đẩy mạnh|tăng cường|chỉ đạo")
)
_IS_HELD = lazy(begun("tập huấn|bồi dưỡng|truyền thông|tuyên truyền|treo|ra quân|diễu hành"))  # without another verb
_PLANNING = {"xây", "dựng", "lập", "kế", "hoạch"}  # next year's activities are planned this year, last year's are not
_HIGHER = lazy(r"(?:bộ(?! chỉ huy| đội)|chính phủ|thủ tướng|trung ương|ủy ban quốc gia|quốc hội)(?!\w)")
# What the days would belong to: something that has been, or a stretch of time by itself.
_OF_OTHERS = lazy(
    begun(
        "được|đã|đang|từng|chưa|do|mà|bị|có|là|sinh|sẽ|thời kỳ|thời kì|thời hiệu|mốc|kỳ|giai đoạn|niên độ|số liệu|"
        "kết quả|thành tích|tồn đọng|áp dụng|theo|năm trước|của năm|kỷ niệm|kỉ niệm|nghỉ|tuyển dụng|bổ nhiệm|"
        "tiếp nhận|khởi công"
    )
)
_WHOM = lazy(
    begun(
        "cho|đối với|việc|những|cán bộ|công chức|viên chức|người|hộ|gia đình|học sinh|sinh viên|thanh niên|"
        "doanh nghiệp|hợp tác xã|lao động|đối tượng|trẻ em|phụ nữ|hội viên|đoàn viên|cơ sở|công trình|dự án|mô hình|"
        "hồ sơ|vụ|trường hợp"
    )
)
# What an activity may be said to be before its days follow without a comma: other words may have them for themselves.
_ITS_NATURE = lazy(
    r"[\s”\"]*(?:\Z|“|(?:"
    r"về|tại|ở|trên|nhân|với|và|vì|chào mừng|hưởng ứng|phát động|triển khai|phổ biến|quán triệt|tìm hiểu|chuyên đề|"
    r"trực tuyến|băng rôn|khẩu hiệu|pa nô|panô|áp phích|cờ|tập huấn|bồi dưỡng|truyền thông|tuyên truyền|cao điểm|"
    r"ra quân)(?!\w))"
)
_OUTCOME = lazy(
    begun("được|đã|đạt|thu hút|lượt|tham dự|tham gia|hiệu quả|thành công|tiếp tục|thì") + r"|có(?<!\wcó) +\d"
)
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
_LAST_DAY = lazy(begun("chậm nhất|muộn nhất|trễ nhất|hạn cuối|hạn chót"))
_CONDITION = lazy(begun("nếu|trường hợp|những|chưa|không|khi|mà|được|đã|đang|từng") + r"|năm (?=[12]\d{3})")
_CLAUSE_GOES_ON = lazy(r" *[^\s,;:.)]")


def sentence(reading: Reading, start: int, end: int) -> tuple[str, str]:
    """What stands in the sentence before a place and behind it, in lower case."""
    before = _END_OF_SENTENCE.split(reading.small[max(0, start - _LONGEST) : start])[-1]
    return before, _END_OF_SENTENCE.split(reading.small[end : end + _LONGEST], maxsplit=1)[0]


def holds(reading: Reading, start: int, end: int, *, past: bool) -> bool:
    """Whether the sentence orders an activity to be held on the days that stand from `start` to `end`."""
    before, after = sentence(reading, start, end)
    if _OUTCOME().search(after):
        return False
    if _TIME_LABEL().match(before):
        return True
    apart = _SET_APART().search(before)
    head = before[: apart.start()] if apart else before
    return _names_activity(reading, start - len(before), head, apart=apart is not None, past=past)


def opens_with(reading: Reading, start: int, end: int, *, past: bool) -> bool:
    """Whether the days open a sentence that orders an activity for them."""
    before, after = sentence(reading, start, end)
    if _WORD.search(before) or _OUTCOME().search(after):
        return False
    return _names_activity(reading, end, after, apart=True, past=past)


def _names_activity(reading: Reading, begin: int, words: str, *, apart: bool, past: bool) -> bool:
    """Whether the words, which begin at `begin`, order an activity, and name nothing else that has days."""
    label = words.rfind(": ") + 1
    activity = _ACTIVITY().search(words, label)
    if activity is None or not _orders(reading, begin + label, begin + activity.start(), activity[0], past=past):
        return False
    rest = words[activity.end() :]
    if _OF_OTHERS().search(rest):
        return False
    if apart or _OWN_DAYS().search(words, label):
        return True
    return _ITS_NATURE().match(rest) is not None and _WHOM().search(rest) is None


def _orders(reading: Reading, start: int, end: int, activity: str, *, past: bool) -> bool:
    """Whether there is nothing from `start` to `end` but bodies, none of them higher ones, and words that order it."""
    words = reading.small[start:end]
    for agency in reading.agencies:
        if start <= agency.start < end:
            if _HIGHER().match(agency.name.lower()):
                return False
            words = words[: agency.start - start] + " " * (agency.end - agency.start) + words[agency.end - start :]
    known = _ORDERING | _PLANNING if past else _ORDERING
    said = _WORD.findall(words)
    if not all(word in known or word.isdigit() for word in said):
        return False
    return _HOLDING().search(words) is not None or (not said and _IS_HELD().match(activity) is not None)


def is_due(reading: Reading, start: int, end: int) -> bool:
    """Whether the sentence orders something to be done by the day that stands, with "trước", from `start` to `end`."""
    before, after = sentence(reading, start, end)
    if _OUTCOME().search(after) or _CLAUSE_GOES_ON().match(after) or _CONDITION().search(before):
        return False
    if _LAST_DAY().match(reading.small, start):
        return not before.strip() or before.rstrip()[-1] in ",(:–-" or _is_done(before)
    return _is_done(before)


def _is_done(before: str) -> bool:
    done = _DONE().search(before)
    if done is None:
        return False
    return _OF_OTHERS().search(done["what"]) is None and _WHOM().search(done["what"]) is None
