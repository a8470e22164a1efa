"""CC: whether what a plan cites was there, and still in force, on the plan's own day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.checks.citations import act_meant, told
from bdg_cli.dates import PartialDate
from bdg_cli.findings import ERROR, WARNING, Fault, Place
from bdg_cli.markup import Text
from bdg_cli.models.plan import Status
from bdg_cli.models.registry import Act
from bdg_cli.plan import Mention, Plan
from bdg_cli.registry import Registry, number_key
from bdg_cli.vietnamese import short_date

_CITING = {"cite", "act"}
_I = re.IGNORECASE
# An act whose time is over is rightly named by whoever looks back on it, or puts something in its place.
_LOOKING_BACK = re.compile(
    r"\b(?:sơ\s+kết|tổng\s+kết|đánh\s+giá|kết\s+quả|giai\s+đoạn\s+trước|kế\s+thừa|tiếp\s+nối|thay\s+thế|thay\s+cho|"
    r"bãi\s+bỏ|hết\s+hiệu\s+lực|hết\s+hạn|kết\s+thúc)\b",
    _I,
)
_SENTENCE_END = re.compile(r"\.(?=\s|\Z)|\n[ \t]*\n")
_REACH = 1000
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class _Naming:
    """An act of the registry that a text names, where, and the sentence around it."""

    act: Act
    text: Text
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where in the file."""
        return self.text.place(self.start, self.end)

    @property
    def sentence(self) -> str:
        """The sentence around it."""
        return _sentence(self.text.raw, self.start, self.end)


@check("CC105", WARNING, "Viện dẫn văn bản đã hết hiệu lực")
def no_longer_in_force(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Vào ngày của kế hoạch, văn bản được dẫn phải còn hiệu lực, còn trong giai đoạn của nó. Năm “định hướng đến” ghi
    trong tên văn bản cũng tính vào giai đoạn. Chỉ xét văn bản mà sổ đã kiểm chứng; câu nói về sơ kết, tổng kết, đánh
    giá hay thay thế văn bản cũ thì bỏ qua. Mỗi văn bản báo một lần.

    Cách xử lý: dẫn văn bản đang có hiệu lực; nếu văn bản cũ vẫn được kéo dài thì ghi thời hạn mới vào sổ.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 1696/QĐ-TTg ngày 02/10/2015 của Thủ tướng Chính phủ./.  # <- CC105

    Sai (luật đã được thay):

        # demo/plan.yaml
        closing: |
          Công an xử lý hành vi bạo lực theo {{ cite("luat-pcblgd-2007") }}./.  # <- CC105

    Sai (giai đoạn ghi sau tên):

        # demo/plan.yaml
        closing: |
          Bám sát Chiến lược quốc gia về bình đẳng giới giai đoạn 2011-2020./.  # <- CC105

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Quyết định số 2282/QĐ-TTg ngày 31/12/2020 của Thủ tướng Chính phủ; xử lý hành vi bạo lực
          theo {{ cite("luat-pcblgd-2022") }}./.

    Không phải lỗi (tổng kết văn bản đã hết giai đoạn):

        # demo/plan.yaml
        closing: |
          Các cơ quan gửi báo cáo tổng kết thực hiện Quyết định số 1696/QĐ-TTg ngày 02/10/2015 của Thủ tướng Chính phủ./.

    Không phải lỗi (hết giai đoạn nhưng còn phần định hướng):

        # registry/acts.yaml
        acts:
          - id: qd-20-2016
            kind: decision
            number: 20/QĐ-UBND
            issuer: ubnd-mau
            date: 2016-06-14
            title: phê duyệt Kế hoạch bình đẳng giới giai đoạn 2016-2020 và định hướng đến năm 2025
            period: 2016-2020

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 20/QĐ-UBND ngày 14/6/2016 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Không phải lỗi (sổ chưa kiểm chứng):

        # registry/acts.yaml
        acts:
          - id: qd-20-2016
            kind: decision
            number: 20/QĐ-UBND
            issuer: ubnd-mau
            date: 2016-06-14
            title: phê duyệt Kế hoạch bình đẳng giới giai đoạn 2016-2020
            period: 2016-2020
            verified: false

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 20/QĐ-UBND ngày 14/6/2016 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Không phải lỗi (kế hoạch của năm 2018):

        # demo/plan.yaml
        date: 2018-03-19
        title: Thực hiện công tác bình đẳng giới năm 2018
        period: 2018
        parents: [qd-1696-2015]
        sections:
          - title: Tổ chức thực hiện
            marker: roman
            insert: assignments
        opening: |
          Thực hiện Quyết định số 1696/QĐ-TTg ngày 02/10/2015 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện công tác bình đẳng giới năm 2018, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2018-12-20

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Thực hiện công tác bình đẳng giới của ngành.
                deadline: 2018-11
    """
    written = plan.file.date
    if written is None or written.year is None:
        return
    namings = list(_namings(plan, registry))
    acts = {naming.act.id: naming.act for naming in namings}
    acts |= {parent: registry.acts[parent] for parent in plan.file.parents if parent in registry.acts}
    told = {identity: _over(act, registry, written.earliest) for identity, act in acts.items()}
    ended = {identity for identity, over in told.items() if over}
    for act, places in _by_act(plan, namings, ended).items():
        yield Fault(places[0], told[act], [(place, "cũng dẫn ở đây") for place in places[1:]], value=act)


def _by_act(plan: Plan, namings: list[_Naming], ended: set[str]) -> dict[str, list[Place]]:
    """Where acts that ended are named as something to go by; the list of parents only for those not in the text."""
    found: dict[str, list[Place]] = {}
    for naming in namings:
        if naming.act.id in ended and not _LOOKING_BACK.search(naming.sentence):
            found.setdefault(naming.act.id, []).append(naming.place)
    named = {naming.act.id for naming in namings}
    silent = [parent for parent in plan.file.parents if parent in ended and parent not in named]
    if silent and not (plan.file.title is not None and _LOOKING_BACK.search(plan.file.title.raw)):
        for parent in silent:
            found.setdefault(parent, []).append(plan.file.at_entry("parents", parent))
    return found


def _over(act: Act, registry: Registry, day: date) -> str:
    """What ended an act before a day, as a message; empty where nothing surely did."""
    name = act.number or act.title
    if not act.verified:
        return ""
    last = act.in_force.to if act.in_force else None
    if last is None:
        last = _replaced_on(act, registry)
    if last is not None and last < day:
        heir = registry.acts.get(act.replaced_by or "")
        by = f", được thay bằng {heir.number or heir.title}" if heir is not None else ""
        return f"{name} có hiệu lực đến hết ngày {short_date(last)}{by}"
    if act.period is None or act.period.end >= day:
        return ""
    outlook = max((int(year) for name in (act.title, *act.names) for year in _YEAR.findall(name)), default=0)
    return f"{name} là giai đoạn {act.period}, đã hết" if outlook < day.year else ""


def _replaced_on(act: Act, registry: Registry) -> date | None:
    """The last day before an act's heir came into force; None where that day is not known for sure."""
    heir = registry.acts.get(act.replaced_by or "")
    if heir is None or not heir.verified or heir.in_force is None or heir.in_force.from_ is None:
        return None
    return heir.in_force.from_ - timedelta(days=1)


def _namings(plan: Plan, registry: Registry) -> Iterator[_Naming]:
    for mention in plan.mentions:
        found = mention.found
        act: Act | None = None
        if isinstance(found, prose.Citation):
            act = _surely(found, act_meant(registry, plan, mention)) if _is_of_a_year(found) else None
        elif isinstance(found, prose.NamedAct) and not mention.reading.in_title(found.start):
            act = _of_its_period(found, registry.act_names.get(found.name.lower()))
        if act is not None:
            yield _Naming(act, mention.passage.text, found.start, found.end)
    yield from _by_expression(plan, registry)


def _by_expression(plan: Plan, registry: Registry) -> Iterator[_Naming]:
    for passage, piece in plan.expressions:
        act = registry.acts.get(piece.argument or "") if piece.name in _CITING else None
        if act is not None:
            yield _Naming(act, passage.text, piece.start, piece.end)


def _surely(found: prose.Citation, act: Act | None) -> Act | None:
    """The act, if the citation says the year too: numbers start again each year."""
    if act is None or act.date is None:
        return None
    dated = found.date is not None and found.date.year == act.date.year
    return act if dated or f"/{act.date.year}/" in found.number else None


def _is_of_a_year(found: prose.Citation) -> bool:
    """Whether a citation says of what year the document is: numbers start again each year."""
    return found.date is not None or found.number.count("/") > 1


def _of_its_period(found: prose.NamedAct, act: Act | None) -> Act | None:
    """The act, if its name is said with its own period or year: without, a later edition may be meant."""
    if act is None:
        return None
    if act.period is not None:
        return act if found.period == act.period or str(act.period) in found.name else None
    return act if act.date is not None and f"năm {act.date.year}" in found.name else None


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of a text, as far as is quick to read."""
    floor, limit = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _SENTENCE_END.finditer(text, floor, start)]
    after = _SENTENCE_END.search(text, end, limit)
    return text[before[-1] if before else floor : after.start() if after else limit]


@check("CC106", ERROR, "Viện dẫn văn bản ban hành sau")
def issued_later(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Văn bản chỉ dẫn được văn bản đã ban hành trước hoặc cùng ngày. Ngày sau ngày của kế hoạch là ngày hoặc số ghi nhầm.
    Ngày được dẫn thiếu ngày, tháng thì chỉ báo khi mọi cách hiểu đều là sau; kế hoạch chưa đủ ngày thì không xét.
    Ngày ghi khác sổ đã kiểm chứng là việc của CC104, hai ngày cho một văn bản là việc của CC101.

    Cách xử lý: mở bản gốc của văn bản được dẫn, sửa số hoặc ngày; nếu ngày của kế hoạch sai thì sửa khóa `date`.

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND ngày 20/01/2024 của Ủy ban nhân dân tỉnh./.  # <- CC106

    Sai (dẫn từ sổ):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện {{ cite("qd-101-2024") }}./.  # <- CC106

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND ngày 08/01/2024 của Ủy ban nhân dân tỉnh./.

    Không phải lỗi (ban hành cùng ngày):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân tỉnh./.

    Không phải lỗi (chỉ biết tháng, có thể là trước):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND tháng 01/2024 của Ủy ban nhân dân tỉnh./.

    Không phải lỗi (dự thảo chưa có ngày):

        # demo/plan.yaml
        status: draft
        number:  # <- VB114
        date: 2024-01
        closing: |
          Các cơ quan thực hiện Kế hoạch số 11/KH-UBND ngày 20/02/2024 của Ủy ban nhân dân tỉnh./.
    """
    written = plan.file.date
    if written is None or not written.complete or plan.file.status is Status.AMENDED:
        return  # an amended text may cite what amended it
    day = written.latest
    documents: dict[tuple[str, int], list[_Dated]] = {}
    for one in _dated(plan, registry):
        documents.setdefault((number_key(one.number), one.date.earliest.year), []).append(one)
    for group in documents.values():
        if all(one.date.earliest > day for one in group):
            first = group[0]
            message = f"{first.number} ban hành {told(str(first.date))}, sau {told(str(written))} của văn bản này"
            related = [(one.place, "cũng dẫn ở đây") for one in group[1:]]
            yield Fault(first.place, message, related, value=f"{number_key(first.number)} {first.date}")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A document that a plan goes by, and when it was issued."""

    number: str
    date: PartialDate
    place: Place


def _dated(plan: Plan, registry: Registry) -> Iterator[_Dated]:
    for mention in plan.mentions:
        if isinstance(mention.found, prose.Citation):
            yield from _cited(plan, registry, mention, mention.found)
    for naming in _by_expression(plan, registry):
        yield from _listed(naming.act, naming.place)
    for parent in plan.file.parents:
        if parent in registry.acts:
            yield from _listed(registry.acts[parent], plan.file.at_entry("parents", parent))


def _listed(act: Act, place: Place) -> Iterator[_Dated]:
    if act.verified and act.date is not None and act.date.year is not None:
        yield _Dated(act.number or act.title, act.date, place)


def _cited(plan: Plan, registry: Registry, mention: Mention, found: prose.Citation) -> Iterator[_Dated]:
    """A citation with its own date, unless the registry knows better; one without a date has that of the registry."""
    act = act_meant(registry, plan, mention) if _is_of_a_year(found) else None
    known = act.date if act is not None and act.verified else None
    if found.date is None:
        if act is not None and _surely(found, act) is not None:
            yield from _listed(act, mention.place())
        return
    differs = known is not None and (known.latest < found.date.earliest or found.date.latest < known.earliest)
    if found.date.year is not None and not differs:
        yield _Dated(found.number, found.date, mention.place(found.date_start, found.date_end))
