"""CH: one thing under one name: names written in several ways, abbreviations nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.markup import Text
from bdg_cli.plan import Plan
from bdg_cli.prose.numbers import ABBREVIATIONS
from bdg_cli.prose.patterns import begun, lazy
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed

_MOST_RELATED = 3
_WORD = re.compile(r"[^\W_]+")
_LINKING = {"của", "và"}
_QUOTES = re.compile(r"[“”\"]")
_MONTH = lazy(
    r"tháng {1,3}hành {1,3}động {1,3}v[ìề] {1,3}bình {1,3}đẳng {1,3}giới {1,3}và {1,3}"
    r"(?P<what>(?:phòng|ứng|chống)[^.;:()\n]{3,40}?) {1,3}bạo {1,3}lực {1,3}trên {1,3}cơ {1,3}sở {1,3}giới"
)
_LEVEL = re.compile(r" (?:tỉnh|huyện|xã)\Z")
_EDITION = re.compile(r"\s*(?:\(sửa đổi\))?\s*(?:năm \d{4}|giai đoạn \d{4}\s*-\s*\d{4})\Z")
# Open syllables in which the tone mark may stand on either vowel: “hóa”, “hoá”; and the two ways of each.
_TONES = {"o": "óòỏõọ", "a": "áàảãạ", "e": "éèẻẽẹ", "u": "úùủũụ", "y": "ýỳỷỹỵ"}
_ON_SECOND = {
    first + bare: start + second
    for start, bare in ("oa", "oe", "uy")
    for first, second in zip(_TONES[start], _TONES[bare], strict=True)
}
_EITHER = frozenset((*_ON_SECOND, *_ON_SECOND.values()))


class _Written(NamedTuple):
    """A name as it stands somewhere: in a text, from `start` to `end`."""

    words: str
    text: Text
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where in the file: asked only of what is written in several ways."""
        return self.text.place(self.start, self.end)


# Each thing by its key: the ways to write it, each with every place where it is written so.
_Ways = dict[str, dict[str, list[_Written]]]


@check("CH101", WARNING, "Một tên nhiều cách viết")
def several_spellings(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Trong một văn bản, một cơ quan, một văn bản, một đợt hoạt động chỉ có một tên; một chữ chỉ đặt dấu theo một kiểu
    (“hóa” hoặc “hoá”). Viết nhiều kiểu thì người đọc không chắc có phải một, máy tìm không ra hết. Khác nhau về chữ hoa
    là việc của CH105; viết tắt là việc của CH102; tên trong trích yếu của văn bản được dẫn thì không tính.

    Cách xử lý: chọn một cách viết (tên cơ quan theo sổ, tên văn bản theo trích yếu) và dùng ở mọi chỗ.

    Sai:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện công tác bình đẳng giới năm 2024, giao Ban Vì sự tiến bộ của phụ nữ tỉnh theo dõi; Sở Kế hoạch
          và Đầu tư phối hợp, cụ thể như sau:
        closing: |
          Ban Vì sự tiến bộ phụ nữ tỉnh, Sở Kế hoạch - Đầu tư tổng hợp báo cáo./.  # <- CH101 CH101

    Sai (một Tháng hành động, hai tên):

        # demo/plan.yaml
        closing: |
          Các cơ quan tổ chức Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới; xây dựng
          kế hoạch cho Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới./.  # <- CH101

    Sai (hai kiểu đặt dấu):

        # demo/plan.yaml
        closing: |
          Sở Văn hóa, Thể thao và Du lịch xây dựng gia đình văn hoá, xã hội văn hóa./.  # <- CH101

    Đúng:

        # demo/plan.yaml
        closing: |
          Ban Vì sự tiến bộ của phụ nữ tỉnh, Sở Kế hoạch và Đầu tư tổ chức Tháng hành động vì bình đẳng giới và phòng ngừa,
          ứng phó với bạo lực trên cơ sở giới, xây dựng gia đình văn hóa./.

    Không phải lỗi (tên đầy đủ và tên viết tắt; tên riêng của hai cơ quan; gạch nối dài, ngắn):

        # demo/plan.yaml
        closing: |
          Sở Lao động - Thương binh và Xã hội (Sở LĐTBXH) chủ trì; Sở Lao động – Thương binh và Xã hội, Sở Văn hóa và Thể thao,
          Sở Văn hóa, Thể thao và Du lịch phối hợp; Ủy ban nhân dân tỉnh, Ủy ban nhân dân các xã chỉ đạo./.

    Không phải lỗi (Tháng hành động gọi gọn; tên trong trích yếu giữ như văn bản được dẫn):

        # demo/plan.yaml
        closing: |
          Tổ chức Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới; trong Tháng hành động
          vì bình đẳng giới, phổ biến Chiến lược quốc gia về bình đẳng giới theo Kế hoạch số 10/KH-UBND ngày 15/01/2021 của
          Ủy ban nhân dân tỉnh về thực hiện Chiến lược quốc gia bình đẳng giới./.

    Không phải lỗi (hai chữ khác nhau, mỗi chữ một kiểu dấu):

        # demo/plan.yaml
        closing: |
          Các cơ quan xây dựng gia đình văn hoá, xóa bỏ định kiến giới./.
    """
    several = [
        (key, written)
        for ways in (_bodies(plan), _months(plan), _acts(plan, registry), _syllables(plan))
        for key, written in ways.items()
        if len(written) > 1
    ]
    for key, written in several:
        yield _told(key, written, registry)


def _is_official(way: str, registry: Registry) -> bool:
    """Whether the registry writes the name of a kind of agency or of an act in this way."""
    by_length, acts = _official(registry)
    return way in acts or any(way == _surface(name) for name in by_length.get(len(way), ()))


@lru_cache(maxsize=1)
def _official(registry: Registry) -> tuple[dict[int, list[str]], frozenset[str]]:
    """The names of kinds of agency by their length, which no way to write changes, and those of acts in lower case."""
    by_length: dict[int, list[str]] = {}
    for kind in registry.kinds.values():
        name = _LEVEL.sub("", kind.name)
        by_length.setdefault(len(name), []).append(name)
    return by_length, frozenset(act.names[0].lower() for act in registry.acts.values() if act.names)


def _told(key: str, ways: dict[str, list[_Written]], registry: Registry) -> Fault:
    """One finding for one thing: at the first place that has another way than the official or most frequent one."""
    main = max(ways, key=lambda way: (_is_official(way, registry), len(ways[way])))
    others = sorted((way for way in ways if way != main), key=lambda way: ways[way][0].place.start)
    first = ways[others[0]][0]
    right = ways[main][0]
    told = listed(f"“{ways[way][0].words}” ({len(ways[way])} chỗ)" for way in others)
    message = f"{told}; chỗ khác viết “{right.words}” ({len(ways[main])} chỗ)"
    places = [right.place, *(one.place for way in others for one in ways[way] if one is not first)]
    words = ["viết ở đây", *("cũng viết khác" for _ in places[1:])]
    return Fault(first.place, message, list(zip(places, words, strict=True))[:_MOST_RELATED], key)


def _add(ways: _Ways, key: str, way: str, written: _Written) -> None:
    ways.setdefault(key, {}).setdefault(way, []).append(written)


def _surface(words: str) -> str:
    """A name as far as CH101 compares it: capitals, kinds of dash and the place of tone marks aside."""
    return _level_tones(" ".join(words.lower().replace("–", "-").split()))


def _bodies(plan: Plan) -> _Ways:
    ways: _Ways = {}
    for passage, reading in plan.readings:
        for agency in reading.bodies:
            key, way = _key_and_way(agency.core)
            if key and not reading.in_title(agency.start):
                _add(ways, key, way, _Written(agency.core, passage.text, agency.start, agency.end))
    return ways


@lru_cache(maxsize=1000)  # most agencies are named again and again
def _key_and_way(core: str) -> tuple[str, str]:
    """What all ways to write a name have in common, and this way; no key for a name that is shortened."""
    if any(word.isupper() and len(word) > 1 for word in _WORD.findall(core)):
        return "", ""
    way = _surface(core)
    return " ".join(word for word in _WORD.findall(way) if word not in _LINKING), way


def _months(plan: Plan) -> _Ways:
    ways: _Ways = {}
    if plan.words.count("tháng hành động") < 2:
        return ways
    for found in (found for found in plan.find(_MONTH()) if not found.in_title):
        words = " ".join(found.reading.text[found.start : found.end].split())
        way = " ".join(found.match["what"].split())
        _add(ways, "tháng hành động", way, _Written(words, found.passage.text, found.start, found.end))
    return ways


def _acts(plan: Plan, registry: Registry) -> _Ways:
    """Acts called by name, outside the titles of cited documents; an edition ("năm 2022") is no part of the name."""
    ways: _Ways = {}
    for mention in plan.mentions:
        found, reading = mention.found, mention.reading
        if not isinstance(found, prose.NamedAct) or reading.in_title(found.start):
            continue
        act = registry.act_names.get(found.name.lower())
        words = _named_in_full(reading.text[found.start : found.end])
        if act is not None and words:
            _add(ways, act.id, words.lower(), _Written(words, mention.passage.text, found.start, found.end))
    return ways


@lru_cache(maxsize=1000)  # and acts too
def _named_in_full(written: str) -> str:
    """The name of an act without its edition; empty where it is shortened."""
    words = _EDITION.sub("", _QUOTES.sub("", " ".join(written.split())))
    return "" if any(word.isupper() and len(word) > 1 for word in _WORD.findall(words)) else words


def _syllables(plan: Plan) -> _Ways:
    """Syllables written in both manners of placing the tone mark: one fault of the document, shown at the most frequent."""
    endings = {word[-2:] for word in plan.vocabulary}
    if not any(first in endings and second in endings for first, second in _ON_SECOND.items()):
        return {}
    both: dict[str, set[str]] = {}
    for word in (word for word in plan.vocabulary if word[-2:] in _EITHER):
        if word[-3:-2] != "q":
            both.setdefault(_level_tone(word), set()).add(word)
    both = {key: words for key, words in both.items() if len(words) > 1}
    if not both:
        return {}
    key = max(sorted(both), key=lambda one: sum(plan.words.count(word) for word in both[one]))
    ways: _Ways = {}
    for found in plan.find(re.compile(begun("|".join(sorted(both[key]))))):
        written = _Written(found.match[0], found.passage.text, found.start, found.end)
        _add(ways, f"dấu: {key}", found.match[0], written)
    return ways


def _level_tones(words: str) -> str:
    """The words with tone marks at the end of open syllables on the second vowel: hóa and hoá alike."""
    return " ".join(map(_level_tone, words.split()))


def _level_tone(word: str) -> str:
    bare = word.rstrip(',.;:)”"')
    return bare[:-2] + _ON_SECOND.get(bare[-2:], bare[-2:]) + word[len(bare) :]


# What offices write short without a word of explanation, beside the abbreviations of kinds of document.
_COMMON = frozenset(ABBREVIATIONS) | {
    # bodies, posts, levels, and what stands in the form of documents
    "UBND", "HĐND", "UBMTTQ", "MTTQ", "MTTQVN", "TAND", "VKSND", "LHPN", "LĐLĐ", "TNCS", "TNCSHCM", "HCM", "TPHCM", "CCB",
    "BCH", "BTV", "BCĐ", "BQL", "UBKT", "ĐBQH", "TW", "TƯ", "TU", "HU", "TP", "TX", "TT", "QH", "CP", "VN", "VP", "VT", "TM",
    "KT", "TL", "TUQ", "STT", "ĐVT", "KT-XH", "AN", "QP", "NSNN", "QLNN", "MTQG", "CLB", "HTX", "NGO", "INGO",
    # fields and their offices
    "TBXH", "TB&XH", "LĐTBXH", "LĐ-TBXH", "LĐTB&XH", "LĐ-TB&XH", "GDĐT", "GD&ĐT", "GD-ĐT", "KHĐT", "KH&ĐT", "KHCN", "KH&CN",
    "TNMT", "TN&MT", "NNPTNT", "NN&PTNT", "NNMT", "NN&MT", "GTVT", "XD", "VHTT", "VHTTDL", "VHTT&DL", "TT&DL", "VHTTTT",
    "TTTT", "TT&TT", "DTTG", "DT&TG", "TCKH", "TC-KH", "KHHGĐ", "DS-KHHGĐ", "KSBT", "TCCB", "TTYT", "GDTX", "GDNN",
    "GDNN-GDTX", "THPT", "THCS", "TH", "PTDTNT", "PTDTBT", "ĐH", "CĐ", "NHCSXH", "PCCC", "ATGT", "ANTT", "CNTT", "PTTH", "PT-TH",
    # insurance, taxes, papers
    "BHXH", "BHYT", "BHTN", "TNCN", "TNDN", "GTGT", "VAT", "CCCD", "CMND", "VNĐ", "USD", "EUR",
    # the world: organisations, conventions, measures
    "LHQ", "UN", "UNDP", "UNESCO", "UNFPA", "UNICEF", "ILO", "IOM", "EU", "ADB", "ODA", "FDI", "GDP", "GRDP", "HDI", "GII",
    "ASEAN", "APEC", "OECD", "USAID", "KOICA", "AIPA", "CEDAW", "ICCPR", "CRC", "UPR", "SDG", "PCI", "PAPI", "DDCI", "SIPAS",
    "OCOP", "HIV", "AIDS", "COVID", "SARS", "HPV", "STI", "ADN", "BMI", "LGBT", "LGBTI", "LGBTQ", "GMT",
    # technology and the media
    "QR", "AI", "OA", "SMS", "PDF", "ISO", "TV", "LED", "IT", "ICT", "LAN", "URL", "HTML", "CSV", "XLSX", "USB", "CD", "DVD",
    "MC", "VTV", "VOV", "TTXVN",
}  # fmt: skip
_FOREIGN = re.compile("[FJWZ]")  # letters that no Vietnamese word begins with: nothing to spell out in Vietnamese
_TOKEN = re.compile(r"[A-ZĐ][A-ZĐ&-]*[A-ZĐ]")
_LONG_AND_SHORT = {"VSTBCPN": "VSTBPN", "BVSTBCPN": "BVSTBPN"}  # with and without “của”


@check("CH102", WARNING, "Viết tắt không giải thích, không thống nhất")
def abbreviations(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Cụm từ không thông dụng mà viết tắt thì lần đầu phải viết đủ, chữ tắt đặt trong ngoặc đơn liền sau: “bình đẳng giới
    (BĐG)”; từ đó về sau chỉ một cách tắt. Chữ tắt quen dùng (UBND, HĐND, MTTQ …), chữ tắt tên loại văn bản, tên cơ quan
    tắt như trong sổ thì không cần giải thích. Mỗi chữ tắt báo một lần.

    Cách xử lý: viết đủ ở lần đầu, hoặc ghi tên viết tắt của cơ quan vào sổ (`abbreviations`); chọn một cách tắt.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan, Ban VSTBPN tỉnh báo cáo kết quả công tác BĐG về Ủy ban nhân dân tỉnh./.  # <- CH102

    Sai (giải thích một kiểu, dùng kiểu khác):

        # demo/plan.yaml
        closing: |
          Các cơ quan lồng ghép công tác bình đẳng giới (BDG) vào kế hoạch của ngành, báo cáo kết quả BĐG hằng năm./.  # <- CH102

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan lồng ghép công tác bình đẳng giới (BĐG) vào kế hoạch của ngành, báo cáo kết quả BĐG hằng năm./.

    Không phải lỗi (quen dùng; tên cơ quan trong sổ; ký hiệu văn bản; số La Mã; HIV/AIDS):

        # demo/plan.yaml
        closing: |
          UBND tỉnh, Sở LĐTBXH, Sở TT&TT thực hiện trong quý II Kế hoạch số 10/KH-UBND ngày 15/01/2021; phòng, chống HIV/AIDS./.

    Không phải lỗi (hai cụm từ giải thích cùng một chỗ; bảng chữ viết tắt; chữ ai cũng biết):

        # demo/plan.yaml
        closing: |
          Các cơ quan lồng ghép công tác bình đẳng giới và vì sự tiến bộ của phụ nữ (BĐG và VSTBCPN) vào kế hoạch của ngành,
          báo cáo kết quả BĐG, VSTBCPN; quét mã QR, tỷ trọng trong GRDP, hỗ trợ bằng VNĐ.

          Viết tắt: BLGĐ: bạo lực gia đình; PCBL: phòng, chống bạo lực. Các vụ BLGĐ được ghi vào sổ PCBL./.

    Không phải lỗi (bảng chữ viết tắt ghi bằng gạch ngang; tổ chức, chỉ số quốc tế; hai chữ tắt quen dùng gần giống nhau):

        # demo/plan.yaml
        closing: |
          Chữ viết tắt: BLGĐ - bạo lực gia đình, BĐG - bình đẳng giới. Các cơ quan báo cáo công tác BĐG, số vụ BLGĐ; phối hợp
          với FAO, ADB, nâng chỉ số PAPI; ký HĐ với trường CĐ theo HD của Sở Nội vụ, phát hành đĩa CD tuyên truyền./.

    Không phải lỗi (giải thích bằng lời):

        # demo/plan.yaml
        closing: |
          Các cơ quan hỗ trợ người đồng tính, song tính, chuyển giới (sau đây viết tắt là LGBT); dịch vụ cho LGBT được bố trí
          theo dự toán./.
    """
    uses = _uses(plan)
    defined = {definition.short for _, reading in plan.readings for definition in reading.definitions}
    for alike in _alike(uses).values():
        unknown = [short for short in alike if short not in _COMMON]
        # “CD” and “CĐ”, “HD” and “HĐ” are known each for itself; “BĐG” and “BDG” are one thing.
        shorts = alike if unknown or len({short.replace("Đ", "D") for short in alike}) > 1 else alike[:1]
        if len(shorts) > 1:
            yield _several({short: uses[short] for short in shorts}, defined)
            continue
        (short,) = shorts
        if short in _COMMON or short in defined or _FOREIGN.search(short):
            continue
        names, parts = _registered(registry)
        bare = [use for use in uses[short] if not (use.in_name and short in parts)]
        if bare and short not in names and not _parts_known(short, defined):
            many = f" ({len(bare)} chỗ)" if len(bare) > 1 else ""
            related = [(use.place, "cũng viết tắt ở đây") for use in bare[1:][:_MOST_RELATED]]
            yield Fault(bare[0].place, f"“{short}” viết tắt mà không giải thích{many}", related, short)


class _Use(NamedTuple):
    """A short form where it stands; in the name of an agency (`Vụ BĐG`) or by itself."""

    text: Text
    start: int
    end: int
    in_name: bool

    @property
    def place(self) -> Place:
        """Where in the file: asked only of what nobody explains."""
        return self.text.place(self.start, self.end)


def _uses(plan: Plan) -> dict[str, list[_Use]]:
    uses: dict[str, list[_Use]] = {}
    for passage, reading in plan.readings:
        for found in reading.abbreviations:
            in_name = found.short not in _COMMON and any(
                agency.start < found.start and found.end <= agency.end for agency in reading.bodies
            )
            uses.setdefault(found.short, []).append(_Use(passage.text, found.start, found.end, in_name))
    return uses


def _alike(shorts: Iterable[str]) -> dict[str, list[str]]:
    """Short forms by what they have in common: `LĐTBXH`, `LĐTB&XH`, `LĐ-TB&XH`; `BĐG`, `BDG`."""
    groups: dict[str, list[str]] = {}
    for short in shorts:
        bare = re.sub("[&-]", "", short)
        groups.setdefault(_LONG_AND_SHORT.get(bare, bare).replace("Đ", "D"), []).append(short)
    return groups


def _several(uses: dict[str, list[_Use]], defined: set[str]) -> Fault:
    """Several short forms of one thing: at the one that is not explained, else at the rarer one."""
    ordered = sorted(uses, key=lambda short: (short in defined, len(uses[short])), reverse=True)
    main, other = ordered[0], ordered[1]
    told = listed(f"“{short}” ({len(uses[short])} chỗ)" for short in ordered)
    message = f"cùng một cụm từ viết tắt {len(uses)} kiểu: {told}"
    return Fault(uses[other][0].place, message, [(uses[main][0].place, f"“{main}” ở đây")], "|".join(sorted(uses)))


@lru_cache(maxsize=1)
def _registered(registry: Registry) -> tuple[frozenset[str], frozenset[str]]:
    """The short names and symbols of the registry, and the words of capitals in its names (`LĐTBXH` of `Sở LĐTBXH`)."""
    kinds, agencies, groups = registry.kinds.values(), registry.agencies.values(), registry.groups.values()
    names = {kind.name for kind in kinds} | {kind.symbol or "" for kind in kinds}
    names |= {one.name or "" for one in agencies} | {one.symbol or "" for one in agencies}
    names |= {group.name for group in groups}
    names |= set(chain.from_iterable(body.abbreviations for body in kinds))
    names |= set(chain.from_iterable(body.abbreviations for body in agencies))
    names |= set(chain.from_iterable(body.abbreviations for body in groups))
    return frozenset(names), frozenset(_TOKEN.findall("\n".join(names)))


def _parts_known(short: str, known: set[str]) -> bool:
    """Whether each part of a compound short form is known: `HĐND-UBND`."""
    parts = re.split("[&-]", short)
    return len(parts) > 1 and all(part in _COMMON or part in known for part in parts)
