"""PC: what prose calls things: levels of government that are no more, bodies called a kind they are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from bdg_cli.checks.check import check
from bdg_cli.findings import INFO, WARNING, Fault, Place
from bdg_cli.models.registry import Level
from bdg_cli.plan import Passage, Plan
from bdg_cli.prose import Agency, Citation, NamedAct, Reading
from bdg_cli.prose.patterns import lazy
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, short_date

_MOST_RELATED = 3
_DISTRICT = lazy(r"(?:huyện|quận|thị {1,3}xã|thị {1,3}trấn)(?!\w)")
_WORDS = ("huyện", "quận", "thị xã", "thị trấn")
# A level that is gone is rightly named by whoever looks back on it, or says what came in its place.
_LOOKING_BACK = lazy(
    r"\b(?:cũ|trước đây|trước ngày|trước khi|không còn|kết thúc|chấm dứt|giải thể|sắp xếp|hợp nhất|sáp nhập|chuyển giao|"
    r"bàn giao|tiếp nhận|thay cho|thay thế|kế thừa|sơ kết|tổng kết|giai đoạn trước|đến hết ngày 30/6/2025|"
    r"đến hết ngày 30 tháng 6 năm 2025|nguyên (?:là |phó |chủ|bí|trưởng|cán|giám)|nhiệm kỳ 20[12]\d ?[-–] ?202[0-5]|"
    r"chuyển (?:về|sang|từ|lên)|giao về|bỏ (?:đơn vị hành chính )?cấp|không tổ chức (?:đơn vị hành chính )?cấp|"
    r"quê (?:quán|gốc|ở)|lịch sử đảng bộ|địa chí)"
    r"(?!\w)"
)
_YEAR = lazy(r"(?<![\d/.,])(?:19|20)\d\d(?![\d.,]\d)")
_HAS_BEEN = lazy(r"(?<!\w)(?:đã|đạt|(?:6|06|sáu) tháng đầu)(?!\w)")
_THEN = lazy(r"[\s*+–-]*(?:(?:trong|tính đến|từ|đến|cuối|hết|kết quả|tình hình) )*(?:năm|giai đoạn) \d")
# What bears the name of a district keeps it: a school, a hospital, a market. Another body named between has its own.
_NAMED_AFTER = lazy(
    r"(?<!\w)(?<!môi )(?<!thị )(?:trường(?! hợp)|trung tâm|bệnh viện|phòng khám|trạm|chợ|bến xe|nhà văn hóa|nhà văn hoá|"
    r"nhà thi đấu|sân vận động|thư viện|bảo tàng|di tích|đình|chùa|ngân hàng|phòng giao dịch|quỹ tín dụng|hợp tác xã|"
    r"công ty|khu công nghiệp|cụm công nghiệp|đồn)(?!\w)"
    r"(?:(?!(?:ubnd|ủy ban|hđnd|hội đồng|(?<!biên )phòng|với|cùng|cho|địa bàn|các)(?!\w))[^,.;:\n]){0,60}\Z"
)
_GAP, _NAME = 4, 80  # characters from the level to the name behind it, and back to the word for what bears it
_SENTENCE_END = lazy(r"[.;](?= |\Z)|\n")
_REACH = 400


@check("PC112", WARNING, "Cấp hành chính không còn, trong lời văn")
def level_is_gone(plan: Plan, registry: Registry, today: date) -> Iterator[Fault]:
    """Từ ngày 01/7/2025 không còn cấp huyện (huyện, quận, thị xã, thành phố thuộc tỉnh); cấp xã chỉ còn xã, phường, đặc
    khu, không còn thị trấn. Kế hoạch ban hành sau ngày ấy, hoặc còn thực hiện sau ngày ấy, mà lời văn vẫn giao việc, tính
    chỉ tiêu theo huyện, thị trấn thì không ai làm được. Chỉ xét những chữ chắc là cấp cũ (không xét “thành phố”), báo một
    lần cho cả kế hoạch. Câu nói về thời trước (“huyện Lộc Bình cũ”, “sau khi sắp xếp”, “tổng kết”) và tên trong văn bản
    được dẫn thì không tính. Kế hoạch hết giai đoạn trước ngày 01/7/2025, hoặc ban hành trước ngày ấy và nay đã hết giai
    đoạn, thì không báo.

    Căn cứ: Luật số 72/2025/QH15; Nghị quyết số 203/2025/QH15.

    Cách xử lý: dự thảo thì thay bằng cấp xã (xã, phường, đặc khu) hoặc cơ quan kế thừa; văn bản đang thực hiện thì ban hành
    văn bản điều chỉnh.

    Sai (ngày 2025-09-10):

        # demo/plan.yaml
        date: 2025-09-08
        area: tra-vinh  # <- PC104
        period: 2026
        title: Thực hiện công tác bình đẳng giới năm 2026
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch
          thực hiện công tác bình đẳng giới năm 2026, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2026-12-18
        closing: |
          Phòng Tài nguyên và Môi trường huyện, các huyện, thị xã, thị trấn lồng ghép bình đẳng giới vào kế hoạch của  # <- PC112
          địa phương./.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2026-11

    Sai (còn thực hiện khi cấp huyện kết thúc) (ngày 2025-01-10):

        # demo/plan.yaml
        date: 2025-01-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20
        closing: |
          Mỗi huyện xây dựng một mô hình địa chỉ tin cậy./.  # <- PC112

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11

    Đúng (ngày 2025-09-10):

        # demo/plan.yaml
        date: 2025-09-08
        area: tra-vinh  # <- PC104
        period: 2026
        title: Thực hiện công tác bình đẳng giới năm 2026
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch
          thực hiện công tác bình đẳng giới năm 2026, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2026-12-18
        closing: |
          Các xã, phường, đặc khu lồng ghép bình đẳng giới vào kế hoạch của địa phương; tiếp nhận hồ sơ của huyện Lộc Bình cũ.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2026-11

    Không phải lỗi (trường, bệnh viện giữ tên cũ; nói về người, nhiệm kỳ trước) (ngày 2025-09-10):

        # demo/plan.yaml
        date: 2025-09-08
        area: tra-vinh  # <- PC104
        period: 2026
        title: Thực hiện công tác bình đẳng giới năm 2026
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch
          thực hiện công tác bình đẳng giới năm 2026, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2026-12-18
        closing: |
          Trường trung học phổ thông huyện Tiểu Cần, Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Càng Long tổ
          chức nói chuyện chuyên đề; báo cáo viên là bà Trần Thị Mẫu, nguyên Chủ tịch Ủy ban nhân dân huyện Càng Long. Nữ
          đại biểu cấp huyện nhiệm kỳ 2021 - 2025 chiếm một phần ba; phòng giao dịch Ngân hàng Chính sách xã hội huyện Càng
          Long cho vay. Năm 2024, các huyện, thị xã tổ chức 35 lớp; giai đoạn 2021-2025, các huyện đã xây dựng 12 mô hình.
          Nhiệm vụ của cấp huyện chuyển về cấp xã./.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2026-11

    Không phải lỗi (kế hoạch năm 2024):

        # demo/plan.yaml
        closing: |
          Các huyện, thị xã, thành phố, thị trấn lồng ghép bình đẳng giới vào kế hoạch của địa phương./.

    Không phải lỗi (đã hết giai đoạn) (ngày 2026-05-01):

        # demo/plan.yaml
        date: 2025-01-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20
        closing: |
          Mỗi huyện xây dựng một mô hình địa chỉ tin cậy./.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11
    """
    last = _last_day(registry, Level.DISTRICT)
    used = _used_after(plan, last, today) if last is not None else ""
    if last is None or not used or not any(word in plan.words for word in _WORDS):
        return
    found = [(word, place) for passage, reading in plan.readings for word, place in _named(passage, reading, last)]
    if found:
        counts = Counter(word for word, _ in found)
        told = listed(f"“{word}” ({count} chỗ)" for word, count in counts.items())
        first_without = short_date(last + timedelta(days=1))
        message = f"từ ngày {first_without} không còn cấp huyện, thị trấn; {used} mà lời văn còn nói tới {told}"
        related = [(place, f"“{word}”") for word, place in found[1:][:_MOST_RELATED]]
        yield Fault(found[0][1], message, related, "district")


def _last_day(registry: Registry, level: Level) -> date | None:
    """The last day on which a level of government was there, as far as the registry is certain; None while it is."""
    kinds = [kind for kind in registry.kinds.values() if kind.level is level and kind.verified]
    ends = [kind.valid.to if kind.valid else None for kind in kinds]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _used_after(plan: Plan, last: date, today: date) -> str:
    """In words that the plan is used after a day; empty where it is not, or nobody can be sure, or its time is over."""
    written, period = plan.file.date, plan.period
    kind = plan.file.kind.term.lower()
    if written is not None and written.year is not None and written.earliest > last:
        return f"{kind} ban hành sau ngày ấy"
    if period is None or period.end <= last or period.end < today:
        return ""
    if not plan.issued and today > last:
        return f"dự thảo {kind} chưa ban hành"
    return f"{kind} thực hiện đến hết năm {period.end.year}"


def _named(passage: Passage, reading: Reading, last: date) -> Iterator[tuple[str, Place]]:
    """Where the level is named as if it were there: outside cited documents, outside sentences that look back."""
    spans = [(found.start, found.end) for found in reading.mentions]
    for match in _DISTRICT().finditer(reading.small):
        start, end = match.span()
        named = any(first <= start < stop for first, stop in spans) or reading.in_title(start)
        if named or reading.small[start - 1 : start].isalnum() or _is_named_after(reading, start, end):
            continue
        if not _looks_back(reading, *_sentence(reading.small, start, end), last):
            yield " ".join(match[0].split()), passage.text.place(start, end)


def _is_named_after(reading: Reading, start: int, end: int) -> bool:
    """Whether the level is part of the name of a school, a bank … (“Trường THPT huyện Tiểu Cần”)."""
    proper = reading.text[end : end + _GAP].lstrip()[:1].isupper()
    return proper and _NAMED_AFTER().search(reading.small, max(0, start - _NAME), start) is not None


def _looks_back(reading: Reading, start: int, end: int, last: date) -> bool:
    """Whether a sentence tells of the time when the level was there, by its words or its years."""
    if _LOOKING_BACK().search(reading.small, start, end):
        return True
    cited = [(one.start, one.end) for one in reading.mentions if isinstance(one, Citation | NamedAct)]
    found = _YEAR().finditer(reading.small, start, end)
    years = [int(year[0]) for year in found if not any(first <= year.start() < stop for first, stop in cited)]
    if not years or max(years) > last.year:
        return False
    if _HAS_BEEN().search(reading.small, start, end):
        return True
    return max(years) < last.year and _THEN().match(reading.small, start, end) is not None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _SENTENCE_END().finditer(text, max(0, start - _REACH), start)]
    after = _SENTENCE_END().search(text, end, min(len(text), end + _REACH))
    return before[-1] if before else max(0, start - _REACH), after.start() if after else end + _REACH


_LISTS = ("các sở", "các phòng")


@check("PC113", INFO, "Gọi sai loại cơ quan")
def called_a_department(plan: Plan) -> Iterator[Fault]:
    """“Các Sở: Nội vụ, Y tế, Công an” gọi Công an tỉnh là một sở. Công an, Thanh tra, ban, chi cục, hội, đoàn thể không phải
    là sở, kể tên sau danh sách các sở: “các Sở: Nội vụ, Y tế và Công an tỉnh”. Xét cả tên gọi ở khóa `heading`.

    Căn cứ: Nghị định 45/2025/NĐ-CP (các cơ quan chuyên môn cấp tỉnh); Nghị định 30/2020/NĐ-CP, Phụ lục II, mục IV.1.

    Cách xử lý: kể các sở trước, rồi “và Công an tỉnh” (tên đầy đủ) ở cuối.

    Sai:

        # demo/plan.yaml
        closing: |
          Giao các Sở: Nội vụ, Giáo dục và Đào tạo, Công an, Tư pháp bám sát nội dung của Kế hoạch./.  # <- PC113

    Sai (danh sách không có dấu hai chấm):

        # demo/plan.yaml
        closing: |
          Giao các Sở Nội vụ, Công an, Tư pháp bám sát nội dung của Kế hoạch./.  # <- PC113

    Sai (ở tên gọi của cơ quan được giao):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            heading: "Giao các Sở: Nội vụ, Công an, Y tế"  # <- PC113
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11

    Đúng:

        # demo/plan.yaml
        closing: |
          Giao các Sở: Nội vụ, Giáo dục và Đào tạo, Tư pháp và Công an tỉnh bám sát nội dung của Kế hoạch./.

    Không phải lỗi (sở có dấu phẩy trong tên; sở, ban, ngành nói chung):

        # demo/plan.yaml
        closing: |
          Giao các Sở: Văn hóa, Thể thao và Du lịch, Khoa học và Công nghệ; các sở, ban, ngành: Nội vụ, Công an, Thanh tra
          tỉnh bám sát nội dung của Kế hoạch./.

    Không phải lỗi (hết danh sách các sở ở dấu chấm phẩy; danh sách không có dấu hai chấm):

        # demo/plan.yaml
        closing: |
          Giao các Sở: Nội vụ, Y tế; Công an tỉnh; Thanh tra tỉnh bám sát nội dung của Kế hoạch. Các Sở Tài chính, Tư pháp,
          Công an tỉnh phối hợp./.

    Không phải lỗi (cơ quan có tên đầy đủ kể sau các sở; sau dấu chấm phẩy là cơ quan khác):

        # demo/plan.yaml
        closing: |
          Giao các Sở: Nội vụ, Y tế, Tư pháp, Công an tỉnh, UBND cấp xã; các Sở: Tài chính, Giáo dục và Đào tạo; Ủy ban Mặt
          trận Tổ quốc tỉnh, Hội Liên hiệp Phụ nữ tỉnh phối hợp./.

    Không phải lỗi (Bộ Công an là một bộ):

        # demo/plan.yaml
        closing: |
          Thực hiện theo hướng dẫn của các Bộ: Nội vụ, Công an, Y tế./.
    """
    for passage, reading in plan.readings if any(list_ in plan.words for list_ in _LISTS) else ():
        for agency in _misnamed(reading):
            yield _fault(passage.text.place(agency.start, agency.end), agency)
    for duty in plan.assignments.duties:
        if duty.heading is not None and "các" in duty.heading.lower():
            for agency in _misnamed(Reading(duty.heading)):
                yield _fault(duty.at("heading"), agency)


def _misnamed(reading: Reading) -> Iterator[Agency]:
    """The members of a list of departments or offices that are none."""
    if any(list_ in reading.small for list_ in _LISTS):
        for agency in reading.agencies:
            if agency.under in {"Sở", "Phòng"} and not agency.name.startswith(agency.under):
                yield agency


def _fault(place: Place, agency: Agency) -> Fault:
    return Fault(place, f"“{agency.name}” không phải là một {(agency.under or '').lower()}", value=agency.name)
