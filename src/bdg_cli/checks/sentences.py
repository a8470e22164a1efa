"""CH: sentences: their marks, sentences cut in two, phrases said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bdg_cli.checks.check import check
from bdg_cli.findings import INFO, WARNING, Fault, Place
from bdg_cli.markup import Text
from bdg_cli.plan import Part, Plan
from bdg_cli.prose import Agency, Reading
from bdg_cli.prose.patterns import lazy

END_MARK = "./."
_QUOTES = re.compile("[“”]")
_BREAK = lazy(r"\n[ \t]*\n\s*")
_ENDS = lazy(r"[.;:!?…)”\"/][\s*]*\Z")
_BEGINS_SMALL = lazy(r"[\s*]*([^\W\d_]+)")
_POINT = lazy(r"[\s*]*[a-zđ]\)")
_OPENING_CLAUSE = lazy(r"(?:Thực hiện|Căn cứ|Triển khai|Theo) [^.;]{20,400}\. {1,3}(?=[^\W\d_])", re.DOTALL)
_ISSUES = lazy(r" {1,3}(?:ban hành|xây dựng|đề nghị|yêu cầu|lập|triển khai)(?!\w)")


@check("CH104", WARNING, "Dấu câu")
def marks(plan: Plan) -> Iterator[Fault]:
    """Ngoặc kép mở thì phải đóng, đóng thì phải có mở. Cuối văn bản có dấu “./.”: bdg tự ghi dấu ấy khi làm văn bản, nên
    chỉ báo khi `as_written` giữ một dấu kết thúc khác. Ngoặc kép thẳng (") không phân biệt mở và đóng: chỉ đếm cho đủ
    đôi, và một ngoặc mở kiểu “ đóng bằng " thì không báo.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục III (các mẫu văn bản đều kết thúc bằng “./.”).

    Cách xử lý: thêm dấu còn thiếu; nếu bản đã ban hành đúng là như vậy thì chấp nhận, nêu rõ lý do.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Chương trình “Tăng cường sự tham gia bình đẳng của phụ nữ giai đoạn 2021-2030.  # <- CH104

    Sai (thiếu dấu kết thúc):

        # demo/plan.yaml
        as_written:
          end_mark: ./  # <- CH104

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Chương trình “Tăng cường sự tham gia bình đẳng của phụ nữ giai đoạn 2021-2030”.

    Không phải lỗi (bdg ghi “./.” vào cuối; ngoặc kép ôm nhiều đoạn; hai kiểu ngoặc kép):

        # demo/plan.yaml
        closing: |
          Các cơ quan treo khẩu hiệu: “Phụ nữ và trẻ em gái hãy lên tiếng khi bị bạo lực.

          Việc nhà bình đẳng”, "Gia đình hạnh phúc", “Gia đình no ấm", theo dõi việc thực hiện

    Không phải lỗi (dấu kết thúc ghi như bản gốc và đủ):

        # demo/plan.yaml
        as_written:
          end_mark: ./.
    """
    written = plan.file.as_written
    if written is not None and written.end_mark is not None and written.end_mark.strip() != END_MARK:
        told = f"bằng “{written.end_mark}”" if written.end_mark.strip() else "mà không có dấu nào"
        yield Fault(written.at("end_mark"), f"văn bản kết thúc {told}, thiếu dấu “{END_MARK}”", value=written.end_mark)
    for passage, reading in plan.readings:
        if "“" in reading.text or "”" in reading.text or '"' in reading.text:
            yield from _quotes(passage.text, reading.text)


def _quotes(text: Text, words: str) -> Iterator[Fault]:
    """Quotation marks without their partner; a straight one may stand for either."""
    straight = words.count('"')
    opened: list[int] = []
    loose: list[int] = []
    for match in _QUOTES.finditer(words):
        if match[0] == "“":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            loose.append(match.start())
    alone = len(opened) + len(loose)
    if alone <= straight and (straight - alone) % 2 == 0:
        return  # each is closed or opened by a straight one, and the other straight ones are pairs
    for at in opened:
        yield Fault(text.place(at, at + 1), "ngoặc kép mở ở đây mà không đóng", value=_after(words, at))
    for at in loose:
        yield Fault(text.place(at, at + 1), "ngoặc kép đóng ở đây mà không mở", value=_after(words, at - 40))
    if straight % 2 and not opened and not loose:
        at = words.rindex('"')
        yield Fault(text.place(at, at + 1), 'ngoặc kép (") lẻ một dấu', value=_after(words, at))


def _after(words: str, at: int) -> str:
    return " ".join(words[max(0, at) : max(0, at) + 40].split())


@check("CH106", WARNING, "Câu đứt giữa đoạn")
def broken_sentence(plan: Plan) -> Iterator[Fault]:
    """Một câu bị ngắt làm hai: đoạn trước dừng khi chưa có dấu câu mà đoạn sau viết tiếp bằng chữ thường (thường do chép từ
    tệp PDF, hết trang thì xuống dòng); hoặc lời mở đầu “Thực hiện …” kết thúc bằng dấu chấm trước khi nói ai ban hành.

    Cách xử lý: nối hai đoạn lại; trong lời mở đầu thay dấu chấm bằng dấu phẩy.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan tổ chức đối thoại về cơ chế phối hợp liên ngành trong việc

          kiểm tra chính sách vì sự tiến bộ của phụ nữ./.  # <- CH106

    Sai (lời mở đầu bị ngắt):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh. Ủy ban nhân dân tỉnh ban hành Kế hoạch  # <- CH106
          thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan tổ chức đối thoại về cơ chế phối hợp liên ngành trong việc kiểm tra chính sách vì sự tiến bộ của phụ
          nữ./.

    Không phải lỗi (danh mục chữ thường sau dấu hai chấm, dấu chấm phẩy, gạch đầu dòng):

        # demo/plan.yaml
        closing: |
          Các cơ quan tập trung vào các việc sau:

          tuyên truyền chính sách, pháp luật về bình đẳng giới;

          kiểm tra việc thực hiện Kế hoạch

          - báo cáo kết quả;

          a) tổng hợp chung./.

    Không phải lỗi (mỗi căn cứ một đoạn, rồi mới đến cơ quan ban hành):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh.

          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:
    """
    for passage, reading in plan.readings:
        if "\n\n" in reading.text:
            for place, before in _cut_paragraphs(passage.text, reading.text):
                yield Fault(place, f"câu đứt ở đây: đoạn trước dừng ở “… {before}”", value=before)
        if passage.part is Part.OPENING:
            yield from _cut_opening(passage.text, reading)


def _cut_paragraphs(text: Text, words: str) -> Iterator[tuple[Place, str]]:
    """The first word of each paragraph that goes on with the sentence of the one before, and how that one ends."""
    for match in _BREAK().finditer(words):
        following = _BEGINS_SMALL().match(words, match.end())
        before = words[max(0, match.start() - 40) : match.start()].rstrip(" *")
        if not before or following is None or not following[1][0].islower() or _POINT().match(words, match.end()):
            continue
        if _ENDS().search(before) is None:
            yield text.place(following.start(1), following.end(1)), " ".join(before.split()[-3:])


def _cut_opening(text: Text, reading: Reading) -> Iterator[Fault]:
    match = _OPENING_CLAUSE().match(reading.text)
    if match is None or "\n\n" in match[0]:
        return
    issuer: Agency | None = next((found for found in reading.bodies if found.start == match.end()), None)
    if issuer is not None and _ISSUES().match(reading.text, issuer.end):
        at = match.end() - 1 - len(match[0]) + len(match[0].rstrip())
        message = f"câu đứt ở đây: lời mở đầu dừng bằng dấu chấm trước khi nói {issuer.name} làm gì"
        yield Fault(text.place(at, at + 1), message, value="opening")


# Words that are said twice in a row only by a slip; others repeat by design (“dần dần”, “ngày ngày”).
_NEVER_TWICE = (
    "các", "của", "và", "những", "trong", "được", "cho", "với", "tại", "về", "là", "theo", "trên", "để", "bằng", "do",
    "thực hiện", "triển khai", "tổ chức", "phối hợp", "giới", "công tác", "kế hoạch", "hành động", "truyền thông", "cơ quan",
)  # fmt: skip
_TWICE = tuple(f"{word} {word}" for word in _NEVER_TWICE)
_CLAUSE_ENDS = ',.;:()“”"\n{}/'
_WORD = re.compile(r"[^\s*]+")
_SHORTEST = 4  # syllables of a phrase worth telling
_LETTERS = 2 * 4 * _SHORTEST  # of a clause that such a phrase fits in twice: a syllable has three, and its gap
_FARTHEST = 14  # syllables from one to the other: farther apart, a writer means to say it again
_AND = {"và", "hoặc", "hay", "cũng"}  # “trước ngày … đối với báo cáo năm và trước ngày … đối với báo cáo quý”
_COMPARING = {"hơn", "bằng", "với", "tổng"}  # “tỷ lệ nữ tham gia cấp ủy cao hơn tỷ lệ nữ tham gia quản lý”
_APART = _AND | _COMPARING
_JOINING = _AND | {
    "của", "các", "những", "cho", "với", "trong", "về", "tại", "trên", "là", "để", "theo", "từ", "đến", "đối",
}  # fmt: skip
_TERMS = (
    "phòng ngừa và ứng phó với bạo lực trên cơ sở giới", "vì sự tiến bộ của phụ nữ", "vì sự tiến bộ phụ nữ",
    "người bị bạo lực gia đình", "phụ nữ và trẻ em gái", "đồng bào dân tộc thiểu số", "văn bản quy phạm pháp luật",
)  # fmt: skip


@check("CH107", INFO, "Lặp cụm từ")
def said_twice(plan: Plan) -> Iterator[Fault]:
    """Một cụm từ viết hai lần liền nhau, hoặc một cụm từ bốn tiếng trở lên trở lại trong cùng một vế câu, thường là dấu vết
    của việc sửa dở. Tên cơ quan, tên văn bản được nhắc lại thì không tính; cụm từ trở lại ở vế khác (sau dấu phẩy, dấu
    chấm phẩy, chữ “và”) là liệt kê, cũng không tính.

    Cách xử lý: bỏ một lần, hoặc viết lại câu.

    Sai:

        # demo/plan.yaml
        closing: |
          Tăng cường công tác phối hợp liên ngành trong thực hiện công tác phối hợp liên ngành giữa các các cơ quan./.  # <- CH107 CH107

    Đúng:

        # demo/plan.yaml
        closing: |
          Tăng cường công tác phối hợp liên ngành giữa các cơ quan trong xây dựng, kiểm tra việc thực hiện chính sách./.

    Không phải lỗi (tên cơ quan nhắc lại; liệt kê):

        # demo/plan.yaml
        closing: |
          Phòng Lao động - Thương binh và Xã hội báo cáo Sở Lao động - Thương binh và Xã hội về phòng, chống bạo lực trên cơ
          sở giới, hỗ trợ nạn nhân bị bạo lực trên cơ sở giới và dần dần giảm bạo lực trên cơ sở giới./.

    Không phải lỗi (ba tiếng và chữ nối lặp lại):

        # demo/plan.yaml
        closing: |
          Sở Nội vụ gắn nội dung bình đẳng giới trong chương trình bồi dưỡng với bình đẳng giới trong lập kế hoạch hằng năm./.

    Không phải lỗi (so sánh; của nơi này và của nơi khác):

        # demo/plan.yaml
        closing: |
          Tăng tỷ lệ nữ tham gia cấp ủy để bằng tỷ lệ nữ tham gia quản lý; xây dựng kế hoạch thực hiện của đơn vị trên cơ sở
          kế hoạch thực hiện của tỉnh./.

    Không phải lỗi (tên văn bản):

        # demo/plan.yaml
        closing: |
          Kế hoạch thực hiện Chiến lược quốc gia về bình đẳng giới của ngành bám sát Chiến lược quốc gia về bình đẳng giới
          giai đoạn 2021-2030 của Chính phủ./.
    """
    # What begins with a space takes long to look for, so it comes second.
    doubled = any(twice in plan.words and f" {twice} " in plan.words for twice in _TWICE)
    for passage, reading, start, end in plan.stretches(_CLAUSE_ENDS, _several_words if doubled else _may_return):
        for again, stop, first in _repeats(reading, start, end, doubled=doubled):
            words = " ".join(reading.text[again:stop].split())
            how = "trong một vế câu" if reading.text[first[1] : again].strip() else "liền nhau"
            related = [(passage.text.place(*first), "lần đầu ở đây")]
            yield Fault(passage.text.place(again, stop), f"“{words}” viết hai lần {how}", related, words.lower())


_Word = tuple[str, int, int]
_Repeat = tuple[int, int, tuple[int, int]]


def _repeats(reading: Reading, start: int, end: int, *, doubled: bool) -> Iterator[_Repeat]:
    """Where something is said for the second time in a clause, and where for the first."""
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(reading.small, start, end)]
    found = (*_doubled(words), *_returning(words)) if doubled else _returning(words)
    yield from (repeat for repeat in found if not _is_name(reading, repeat))


def _several_words(clauses: list[str]) -> Iterable[int]:
    """The clauses of more than one word."""
    return (at for at, clause in enumerate(clauses) if " " in clause)


def _may_return(clauses: list[str]) -> Iterable[int]:
    """The clauses that hold a phrase twice: then each of its words is there twice. Quick, since almost none does."""
    several = (
        (at, words)
        for at, clause in enumerate(clauses)
        if len(clause) > _LETTERS and len(words := clause.split()) - len(set(words)) >= _SHORTEST
    )
    return [at for at, words in several if _has_phrase_twice(words)]


def _has_phrase_twice(words: list[str]) -> bool:
    phrases = list(zip(*(words[at:] for at in range(_SHORTEST)), strict=False))
    return len(set(phrases)) < len(phrases)


def _doubled(words: list[_Word]) -> Iterator[_Repeat]:
    """A word, or two, written twice in a row, where no one writes them so."""
    for size in (1, 2):
        for at in range(len(words) - 2 * size + 1):
            once, again = words[at : at + size], words[at + size : at + 2 * size]
            told = " ".join(word for word, _, _ in once)
            if told in _NEVER_TWICE and told == " ".join(word for word, _, _ in again):
                yield again[0][1], again[-1][2], (once[0][1], once[-1][2])


def _returning(words: list[_Word]) -> Iterator[_Repeat]:
    """A phrase that comes back a few words later."""
    seen: dict[tuple[str, ...], int] = {}
    at = 0
    while at + _SHORTEST <= len(words):
        first = seen.setdefault(tuple(word for word, _, _ in words[at : at + _SHORTEST]), at)
        length = _SHORTEST
        listed = any(word in _APART for word, _, _ in words[first + length : at])
        if first + length > at or at - first > _FARTHEST or listed:
            at += 1
            continue
        while at + length < len(words) and first + length < at and words[first + length][0] == words[at + length][0]:
            length += 1
        if _is_phrase([word for word, _, _ in words[at : at + length]]) and not _of_another(words, at, length):
            yield words[at][1], words[at + length - 1][2], (words[first][1], words[first + length - 1][2])
        at += length


def _of_another(words: list[_Word], again: int, length: int) -> bool:
    """Whether one phrase is of one and the other of another: “quy định của ngành … quy định của Luật”, “… khác”."""
    stop = again + length
    return words[stop - 1][0] == "của" or (stop < len(words) and words[stop][0] == "khác")


def _is_phrase(words: list[str]) -> bool:
    """Whether enough is left without the words at both ends that only join it to the rest."""
    while words and words[0] in _JOINING:
        words = words[1:]
    while words and words[-1] in _JOINING:
        words = words[:-1]
    return len(words) >= _SHORTEST


def _is_name(reading: Reading, repeat: _Repeat) -> bool:
    """Whether what is repeated is (part of) a name or a term: those must be said again in full."""
    start, end, _ = repeat
    words = " ".join(reading.small[start:end].split())
    if reading.text[start].isupper() or (words.count(" ") + 1 >= _SHORTEST and any(words in term for term in _TERMS)):
        return True
    if reading.in_title(start):
        return True
    return any(found.start < end and start < found.end for found in (*reading.bodies, *reading.mentions))
