"""VB: what a document of its kind is made of: its notation, its usual parts, what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.checks.issuers import owner_of, sort_of
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.models.plan import Insert, PlanFile, PlanKind
from bdg_cli.models.registry import Sector
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry, number_key
from bdg_cli.vietnamese import listed

_I = re.IGNORECASE
_CITING = {"cite", "act"}
_TYPES = {PlanKind.PLAN: "KH-", PlanKind.DECISION: "QĐ-"}
# Abbreviations of types that no issuer's own abbreviation looks like: CT is also a tax office's, CĐ a trade union's.
_NEVER_OF_A_LETTER = ("NQ-", "QĐ-", "QyĐ-", "CTr-", "KH-", "BC-", "TTr-")
_MONEY = re.compile(r"\b(?:kinh\s+phí|ngân\s+sách|nguồn\s+lực|tài\s+chính|dự\s+toán|nguồn\s+vốn)\b", _I)
_MONEY_FIRST = re.compile(r"^[\s\-–*\d.)]*(?:về\s+)?(?:nguồn\s+)?kinh\s+phí\b", _I | re.MULTILINE)
_ORGANISED = re.compile(
    r"\btổ\s+chức\s+(?:thực\s+hiện|triển\s+khai)\b|\bphân\s+công\b|\btrách\s+nhiệm\b|\btriển\s+khai\s+thực\s+hiện\b", _I
)


@check("VB103", ERROR, "Ký hiệu không hợp loại văn bản hay cơ quan")
def symbol_against_kind(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Ký hiệu của văn bản có tên loại mở đầu bằng chữ viết tắt tên loại: KH- với kế hoạch, QĐ- với quyết định. Công văn
    không có chữ viết tắt tên loại, ký hiệu mở đầu bằng tên cơ quan. Phần tên cơ quan do mỗi nơi đặt, chỉ xét khi chắc chắn là
    của nơi khác (UBND trong ký hiệu của một sở); văn bản của Đảng, Mặt trận, đoàn thể theo quy định riêng, không xét.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3.b và Phụ lục III, mục I.

    Cách xử lý: sửa `symbol`; nếu loại văn bản ghi nhầm thì sửa `kind`.

    Sai:

        # demo/plan.yaml
        symbol: QĐ-UBND  # <- VB103

    Sai (công văn):

        # demo/plan.yaml
        kind: letter
        symbol: KH-UBND  # <- VB103
        title:
        subject: triển khai công tác bình đẳng giới năm 2024
        addressees:
          - group: so-ban-nganh-mau

    Sai (ký hiệu của Ủy ban nhân dân trong kế hoạch của một sở):

        # demo/plan.yaml
        issuer: so-noi-vu-mau
        symbol: KH-UBND  # <- VB103
        signature:
          - posts: [GIÁM ĐỐC]
            name: Nguyễn Văn Mẫu

    Đúng:

        # demo/plan.yaml
        symbol: KH-UBND

    Không phải lỗi (phần sau tên loại do cơ quan đặt):

        # demo/plan.yaml
        symbol: KH-BVSTBPN&TE

    Không phải lỗi (công văn mở đầu bằng tên cơ quan):

        # demo/plan.yaml
        kind: letter
        symbol: SLĐTBXH-TE&BDG
        title:
        subject: triển khai công tác bình đẳng giới năm 2024
        addressees:
          - group: so-ban-nganh-mau
    """
    file = plan.file
    symbol = (file.symbol or "").strip()
    if not symbol or registry.sector(file.issuer) in {Sector.PARTY, Sector.FRONT}:
        return
    message = _of_another_type(file, symbol) or _of_another_body(plan, registry, symbol)
    if message:
        yield Fault(file.at("symbol"), message, value=symbol)


def _of_another_type(file: PlanFile, symbol: str) -> str:
    kind, wanted = file.kind.term.lower(), _TYPES.get(file.kind)
    if wanted is not None and not number_key(symbol).startswith(number_key(wanted)):
        return f"ký hiệu {symbol} của {kind} không mở đầu bằng {wanted}"
    if file.kind is PlanKind.LETTER and symbol.startswith(_NEVER_OF_A_LETTER):
        opening = symbol.split("-")[0]
        return f"ký hiệu {symbol} của {kind} mở đầu bằng tên loại {opening}; công văn không có chữ viết tắt tên loại"
    return ""


def _of_another_body(plan: Plan, registry: Registry, symbol: str) -> str:
    issuer = registry.name(plan.file.issuer, plan.dated_on())
    owner, sort = owner_of(symbol), sort_of(issuer)
    if owner is None or sort is None or owner is sort:
        return ""
    return f"ký hiệu {symbol} là của {owner.value}, mà cơ quan ban hành là {issuer}"


@check("VB106", WARNING, "Thiếu phần thường có")
def usual_parts(plan: Plan) -> Iterator[Fault]:
    """Kế hoạch thường có phần kinh phí và phần tổ chức thực hiện; thiếu thì không rõ lấy tiền ở đâu, ai làm. Phần kinh phí
    là khóa `funding` của kế hoạch hay của nhiệm vụ, một phần hay một đoạn mở đầu bằng kinh phí; một nhiệm vụ “bố trí kinh
    phí” giao cho một cơ quan chưa nói tiền lấy ở đâu. Phần tổ chức thực hiện là phân công hay một phần có tên như vậy.
    Không xét công văn, quyết định, kế hoạch mới có số liệu mà chưa có lời văn.

    Cách xử lý: thêm phần còn thiếu; nếu kinh phí đã có ở văn bản khác thì viết một câu dẫn văn bản ấy.

    Sai:

        # demo/plan.yaml
        kind: plan  # <- VB106
        funding: []
        sections:
          - title: Mục tiêu, chỉ tiêu
            marker: roman
            insert: targets
          - title: Tổ chức thực hiện
            marker: roman
            insert: assignments

    Sai (không nói ai làm):

        # demo/plan.yaml
        kind: plan  # <- VB106
        sections:
          - title: Nội dung
            marker: roman
            text: Tuyên truyền về bình đẳng giới.
          - title: Kinh phí thực hiện
            marker: roman
            insert: funding

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties: []

    Đúng:

        # demo/plan.yaml
        funding:
          - source: Ngân sách tỉnh năm 2024
            text: Kinh phí bố trí trong dự toán năm 2024 của các cơ quan.
        sections:
          - title: Mục tiêu, chỉ tiêu
            marker: roman
            insert: targets
          - title: Kinh phí thực hiện
            marker: roman
            insert: funding
          - title: Tổ chức thực hiện
            marker: roman
            insert: assignments

    Không phải lỗi (nói về kinh phí trong một đoạn, không thành phần riêng):

        # demo/plan.yaml
        funding: []
        sections:
          - title: Mục tiêu, chỉ tiêu
            marker: roman
            insert: targets
          - title: Tổ chức thực hiện
            marker: roman
            text: |
              Kinh phí thực hiện bố trí trong dự toán năm 2024 của các cơ quan.
            insert: assignments

    Không phải lỗi (công văn):

        # demo/plan.yaml
        kind: letter
        symbol: UBND-VX
        title:
        subject: triển khai công tác bình đẳng giới năm 2024
        addressees:
          - group: so-ban-nganh-mau
        funding: []
        sections:
          - text: Các cơ quan rà soát, báo cáo kết quả thực hiện các chỉ tiêu.
            insert: targets

    Không phải lỗi (phân công viết trong một phần, không có tệp phân công):

        # demo/plan.yaml
        sections:
          - title: Kinh phí thực hiện
            marker: roman
            insert: funding
          - title: Phân công trách nhiệm
            marker: roman
            text: Các cơ quan thực hiện nhiệm vụ theo lĩnh vực.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties: []
    """
    file = plan.file
    if file.kind is not PlanKind.PLAN or not file.sections:
        return  # a plan without any section is not written here
    missing = [
        name
        for name, there in (("kinh phí", _has_money(plan)), ("tổ chức thực hiện", _is_organised(plan)))
        if not there
    ]
    if missing:
        yield Fault(file.at("kind"), f"kế hoạch không có phần {listed(missing)}", value="|".join(missing))


def _has_money(plan: Plan) -> bool:
    file = plan.file
    sections = list(file.walk_sections())
    texts = [text for section in sections for text in section.texts()] + [file.opening, file.closing]
    return bool(
        file.funding
        or any(section.insert is Insert.FUNDING for section in sections)
        or any(section.title is not None and _MONEY.search(section.title.raw) for section in sections)
        or any(text is not None and _MONEY_FIRST.search(text.raw) for text in texts)
        or any(task.funding for duty in plan.assignments.duties for task in duty.tasks)
    )


def _is_organised(plan: Plan) -> bool:
    titles = [section.title.raw for section in plan.file.walk_sections() if section.title is not None]
    return bool(plan.assignments.duties) or any(_ORGANISED.search(title) for title in titles)


@check("VB107", WARNING, "Không dẫn văn bản cấp trên nào")
def cites_nothing(plan: Plan) -> Iterator[Fault]:
    """Kế hoạch lập ra để thực hiện một văn bản nào đó; không dẫn văn bản nào thì không rõ theo chủ trương, chỉ tiêu nào.
    Dẫn là ghi ở `parents`, ở căn cứ, nêu số, nêu tên một văn bản có trong sổ, hoặc dùng {{ cite("mã") }}.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6 (căn cứ ban hành, viện dẫn văn bản).

    Cách xử lý: ghi văn bản cấp trên ở `parents` và viện dẫn trong lời mở đầu.

    Sai:

        # demo/plan.yaml
        kind: plan  # <- VB107
        parents: []
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Đúng:

        # demo/plan.yaml
        parents: []
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Không phải lỗi (dẫn từ sổ):

        # demo/plan.yaml
        parents: []
        opening: |
          Thực hiện {{ cite("kh-10-2021") }}, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới
          năm 2024, cụ thể như sau:

    Không phải lỗi (gọi tên, không nêu số):

        # demo/plan.yaml
        parents: []
        opening: |
          Thực hiện Luật Bình đẳng giới, Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới
          năm 2024, cụ thể như sau:
    """
    file = plan.file
    if file.parents or file.basis or _acts_of(file):
        return
    cited = any(isinstance(mention.found, prose.Citation | prose.NamedAct) for mention in plan.mentions)
    if not cited and not any(piece.name in _CITING for _, piece in plan.expressions):
        yield Fault(file.at("kind"), f"{file.kind.term.lower()} không dẫn văn bản cấp trên nào")


def _acts_of(file: PlanFile) -> bool:
    """Whether its funding or its reports rest on an act."""
    return any(entry.act for entry in file.funding) or any(entry.according_to for entry in file.reporting)
