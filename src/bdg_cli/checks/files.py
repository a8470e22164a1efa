"""TP: what reading files finds, and references that lead nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Iterator

from bdg_cli.checks.check import also, check, rule
from bdg_cli.data.observations import Observation
from bdg_cli.facts import Facts
from bdg_cli.findings import ERROR, WARNING, Edit, Fault
from bdg_cli.load import missing
from bdg_cli.markup import Expression, Text, loose_braces
from bdg_cli.models.located import Located
from bdg_cli.models.report import ReportsFile
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.spelling import old_coding, said_of_old_coding

# The names that `{{ … }}` may hold, and what their argument is.
EXPRESSIONS = {
    "cite": "mã văn bản",
    "act": "mã văn bản",
    "agency": "mã cơ quan",
    "agency_short": "mã cơ quan",
    "value": "mã số đo (bỏ trống nếu chỉ tiêu có một số đo)",
    "due": "mã số đo (bỏ trống nếu chỉ tiêu có một số đo)",
    "period": "không có",
    "area": "không có",
    "issuer": "không có",
}
_OF_MEASURES = {"value", "due"}

UNREADABLE = rule(
    "TP001",
    ERROR,
    "Không đọc được YAML",
    """Tệp sai cú pháp YAML thì không đọc được gì trong đó; các tệp khác vẫn được kiểm tra.

    Cách xử lý: sửa chỗ được chỉ; hay gặp nhất là thụt dòng lệch, thiếu dấu cách sau “:”, câu có “: ” không đặt trong
    ngoặc kép, dấu nháy chưa đóng.

    Sai:

        # demo/targets.yaml
        objectives: a: b  # <- TP001 KN104

    Đúng:

        # demo/plan.yaml
        title: "Thực hiện công tác bình đẳng giới: năm 2024"

    Không phải lỗi (chú thích, dòng trống, ngoặc kép):

        # demo/plan.yaml
        # Số ghi theo sổ văn bản đi.
        place: "Trà Vinh"

    Không phải lỗi (dấu hai chấm trong khối chữ bắt đầu bằng “|”):

        # demo/plan.yaml
        closing: |
          Lưu ý: các cơ quan báo cáo đúng hạn, gồm: số liệu, kết quả, kiến nghị./.
    """,
)

REPEATED_KEY = rule(
    "TP002",
    ERROR,
    "Khóa lặp",
    """YAML lấy giá trị sau, bỏ giá trị trước, không nói gì. Vì thế khóa lặp là lỗi.

    Cách xử lý: xóa một trong hai.

    Sai:

        # demo/plan.yaml
        place: Trà Vinh
        place: Cà Mau  # <- TP002

    Đúng:

        # demo/plan.yaml
        place: Trà Vinh

    Không phải lỗi (cùng khóa ở hai mục khác nhau):

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
            purpose: thi hành
          - text: VT
            purpose: lưu

    Không phải lỗi (khóa của tệp trùng tên với khóa trong một mục):

        # demo/plan.yaml
        title: Thực hiện công tác bình đẳng giới năm 2024
        sections:
          - title: Mục tiêu, chỉ tiêu
            marker: roman
            insert: targets
          - title: Tổ chức thực hiện
            marker: roman
            insert: assignments
    """,
)

UNKNOWN_KEY = rule(
    "TP003",
    ERROR,
    "Khóa lạ",
    """Khóa viết sai thì nội dung dưới nó bị bỏ qua mà không ai hay; bdg không bỏ qua.

    Cách xử lý: sửa theo tên gần nhất được gợi ý; danh sách khóa ở docs/format.md.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            taks:  # <- TP003
              - text: Tham mưu công tác cán bộ nữ.
            answers_for:
              - role: owner
                targets: ["1"]

    Đúng:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (khóa có mặt mà để trống):

        # demo/plan.yaml
        funding:

    Không phải lỗi (tên khóa lạ nằm trong chú thích, trong lời văn):

        # demo/plan.yaml
        # taks: chưa dùng
        closing: |
          taks: đây là lời văn./.
    """,
)

MISSING_KEY = rule(
    "TP004",
    ERROR,
    "Thiếu khóa",
    """Có những khóa mà thiếu thì không hiểu được mục ấy. Phép so sánh, giá trị, đơn vị, năm đạt của số đo không thuộc loại
    này (xem CT101, CT102).

    Cách xử lý: thêm khóa được nêu.

    Sai:

        # demo/plan.yaml
        issuer:  # <- TP004 KN104@1

    Đúng:

        # demo/plan.yaml
        issuer: ubnd-mau

    Không phải lỗi (số đo của bản gốc không có phép so sánh thì là CT101, có bằng chứng thì không lỗi):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Nội dung về bình đẳng giới được đưa vào chương trình bồi dưỡng.
                measures:
                  - id: "1.1"
                    due: 2024
                    evidence: chương trình bồi dưỡng đã ban hành

    Không phải lỗi (những khóa không bắt buộc):

        # demo/plan.yaml
        place:
        recipients:
          - group: so-ban-nganh-mau
          - text: VT
            purpose: lưu
    """,
)


@check("TP005", ERROR, "Giá trị sai kiểu, sai miền")
def unknown_expression(plan: Plan) -> Iterator[Fault]:
    """Mỗi khóa nhận một kiểu giá trị: ngày, số, mã, một trong vài từ. Biểu thức trong lời văn chỉ có các tên bdg biết.

    Cách xử lý: sửa theo lời nhắc; ngày viết năm-tháng-ngày, số thập phân viết dấu chấm.

    Sai:

        # demo/plan.yaml
        date: 15/01/2024  # <- TP005 KN104@1

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan báo cáo {{ ngay_mai }}./.  # <- TP005

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện {{ cite("luat-binh-dang-gioi") ./.  # <- TP005
          Hằng năm {% if x %} rà soát kết quả./.  # <- TP005 TP005

    Đúng:

        # demo/plan.yaml
        date: 2024-01-15

    Không phải lỗi (chữ giống số, giống đúng sai vẫn là chữ):

        # demo/plan.yaml
        number: 010
        place: no

    Không phải lỗi (dấu nháy đơn; ngày của mọi năm):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện {{ cite('luat-binh-dang-gioi') }} trong năm {{ period }}./.
        reporting:
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: year
            deadline: 12-20
    """
    for text in (passage.text for passage in plan.passages()):
        if "{" in text.raw or "}" in text.raw:
            yield from _loose_braces(text)
    elsewhere = [name for name in EXPRESSIONS if name not in _OF_MEASURES]
    for text, expression, measures in _expressions(plan):
        known = EXPRESSIONS if measures else elsewhere
        if expression.name not in known:
            written = text.raw[expression.start : expression.end]
            message = f"không hiểu “{written}”; các biểu thức dùng được ở đây: {', '.join(known)}"
            yield Fault(text.place(expression.start, expression.end), message, value=written)


def _loose_braces(text: Text) -> Iterator[Fault]:
    for start, end in loose_braces(text.raw):
        sign = text.raw[start:end]
        known = "mở mà không đóng, hoặc đóng mà không mở" if sign in {"{{", "}}"} else "không dùng trong lời văn"
        yield Fault(text.place(start, end), f"“{sign}” {known}; biểu thức viết như {{{{ value }}}}", value=sign)


TRICKS = rule(
    "TP006",
    ERROR,
    "Neo, bí danh, thẻ",
    """Neo (&), bí danh (*), thẻ (!) của YAML làm một giá trị nằm ở chỗ khác với chỗ đọc thấy; kho không dùng chúng.

    Cách xử lý: viết lại giá trị ở chỗ cần; chữ bắt đầu bằng &, *, ! thì đặt trong ngoặc kép.

    Sai:

        # demo/plan.yaml
        place: &noi Trà Vinh  # <- TP006

    Đúng:

        # demo/plan.yaml
        place: Trà Vinh

    Không phải lỗi (ký hiệu nằm giữa hay trong ngoặc kép):

        # demo/plan.yaml
        title: "*Thực hiện* công tác bình đẳng giới & vì sự tiến bộ của phụ nữ năm 2024"

    Không phải lỗi (dấu & trong ký hiệu, dấu ! cuối câu):

        # demo/plan.yaml
        symbol: KH-BVSTBPN&TE
        closing: Các cơ quan hãy lên tiếng!
    """,
)

ENCODING = rule(
    "TP007",
    ERROR,
    "Không phải UTF-8, có ký tự điều khiển",
    """Mọi tệp của kho là văn bản UTF-8. Ký tự điều khiển không nhìn thấy được nhưng làm hỏng văn bản in ra.

    Cách xử lý: mở tệp, lưu lại với bảng mã UTF-8; xóa ký tự ở chỗ được chỉ.

    Sai:

        # demo/plan.yaml
        place: Trà␇Vinh  # <- TP007 KN104@1

    Đúng:

        # demo/plan.yaml
        place: Trà Vinh

    Không phải lỗi (chữ ngoài tiếng Việt vẫn là UTF-8):

        # demo/plan.yaml
        title: Thực hiện công tác bình đẳng giới năm 2024 – “kết nối” ☺

    Không phải lỗi (chữ Khmer, chữ Hán trong tên riêng):

        # demo/plan.yaml
        closing: Dịch tài liệu truyền thông sang tiếng Khmer (ខ្មែរ), tiếng Hoa (漢).
    """,
)

NOT_COMPOSED = rule(
    "TP008",
    WARNING,
    "Không ở dạng NFC",
    """Chữ Việt gõ bằng dấu rời trông như chữ dựng sẵn mà máy coi là khác, nên tìm không thấy, so không bằng.

    Cách xử lý: `bdg fix --apply` sửa cả tệp (văn bản đã ban hành thì không); đặt bộ gõ ở “Unicode dựng sẵn”.

    Sai:

        # demo/plan.yaml
        place: Tra\u0300 Vinh  # <- TP008

    Đúng:

        # demo/plan.yaml
        place: Trà Vinh

    Không phải lỗi (chữ không dấu):

        # demo/plan.yaml
        place: Tra Vinh

    Không phải lỗi (chữ dựng sẵn):

        # demo/plan.yaml
        place: Trà Vinh
    """.replace("\\u0300", "\u0300"),
)

LOOKALIKES = rule(
    "TP009",
    WARNING,
    "Chữ giống chữ Việt",
    """Chữ của bảng chữ cái khác (ð thay cho đ, chữ Kirin) trông giống mà không phải chữ Việt; chữ theo bảng mã cũ TCVN3,
    VNI thì đọc không ra.

    Cách xử lý: gõ lại chữ ấy, hoặc dùng `bdg fix` (trừ văn bản đã ban hành); tệp theo bảng mã cũ thì chuyển cả tệp sang
    Unicode.

    Sai:

        # demo/plan.yaml
        title: Thực hiện công tác bình ðẳng giới năm 2024  # <- TP009

    Sai:

        # demo/plan.yaml
        title: B×nh ®¼ng giíi, ®­a phô n÷ vµo l·nh ®¹o  # <- TP009@1

    Đúng:

        # demo/plan.yaml
        title: Thực hiện công tác bình đẳng giới năm 2024

    Không phải lỗi (dấu nhân, dấu độ giữa các con số):

        # demo/plan.yaml
        title: Thực hiện công tác bình đẳng giới năm 2024, pa nô 2 × 3 m

    Không phải lỗi (chữ Đ, Ê của tên riêng):

        # demo/plan.yaml
        closing: Quan tâm đồng bào Ê Đê, Hrê, Đan Lai.
    """,
)

TOO_LARGE = rule(
    "TP010",
    ERROR,
    "Quá lớn, quá sâu",
    """Tệp của một kế hoạch dài vài trang đến vài chục trang. Tệp quá lớn hay lồng quá sâu là tệp hỏng hoặc đặt nhầm chỗ.

    Cách xử lý: tách tệp, hoặc bỏ các tầng lồng nhau thừa.

    Sai:

        # demo/targets.yaml
        objectives: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]  # <- TP010 KN104

    Đúng:

        # demo/plan.yaml
        place: Trà Vinh

    Không phải lỗi (phần lồng trong phần, bốn tầng):

        # demo/plan.yaml
        sections:
          - title: Nội dung
            marker: roman
            sections:
              - title: Tuyên truyền
                marker: arabic
                sections:
                  - title: Ở cơ sở
                    marker: letter
                    items:
                      - Tổ chức nói chuyện chuyên đề tại khu dân cư.
          - title: Tổ chức thực hiện
            marker: roman
            insert: assignments

    Không phải lỗi (mục ngắn viết trên một dòng):

        # demo/plan.yaml
        recipients: [{group: so-ban-nganh-mau, purpose: thi hành}, {text: VT, purpose: lưu}]
    """,
)


@check("TP011", ERROR, "Mã trùng")
def repeated_number(plan: Plan) -> Iterator[Fault]:
    """Mỗi mã chỉ của một thứ trong loại của nó; kho thêm vào sổ đi kèm bdg mà không ghi đè mã nào.

    Cách xử lý: đổi một trong hai mã; thứ đã có trong sổ đi kèm thì không ghi lại.

    Sai:

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            title: thực hiện Chiến lược
          - id: kh-10-2021  # <- TP011
            kind: plan
            title: thực hiện Chương trình
          - id: nq-28-2021  # <- TP011
            kind: resolution
            title: ban hành Chiến lược

        # demo/plan.yaml
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.1"  # <- TP011
                text: Phấn đấu {{ value }} cơ quan có nữ tham gia lãnh đạo.
                measures: [{id: "1.2", op: ">=", value: 60, unit: "%", due: 2024}]

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks: [{text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}]
            answers_for: [{role: owner, targets: ["1"]}]

    Đúng:

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            number: 10/KH-UBND
            issuer: ubnd-mau
            date: 2021-01-15
            title: thực hiện Chiến lược

    Không phải lỗi (số đo duy nhất mang mã của chỉ tiêu):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]

    Không phải lỗi (một phần và một hoạt động cùng mã):

        # demo/plan.yaml
        sections:
          - id: thang-hanh-dong
            title: Tổ chức Tháng hành động
            marker: roman
            text: Các cơ quan tổ chức Tháng hành động theo hướng dẫn.
          - title: Tổ chức thực hiện
            marker: roman
            insert: assignments
        events:
          - id: thang-hanh-dong
            name: Tháng hành động vì bình đẳng giới
            start: 2024-11-15
            end: 2024-12-15
    """
    entries: list[tuple[str, str, Located]] = [("mục tiêu", one.id, one) for one in plan.objectives]
    entries += [("chỉ tiêu", target.id, target) for _, target in plan.walk_targets()]
    entries += [("số đo", measure.id, measure) for _, measure in plan.measures()]
    entries += [("phần", part.id, part) for part in plan.file.walk_sections() if part.id]
    first: dict[tuple[str, str], Located] = {}
    for kind, identity, entry in entries:
        earlier = first.setdefault((kind, identity), entry)
        if earlier is not entry:
            related = [(earlier.at("id"), "lần đầu ở đây")]
            yield Fault(entry.at("id"), f"{kind} “{identity}” đã có", related, value=identity)


@check("TP012", ERROR, "Tham chiếu tới mã không có")
def unknown_reference(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Mã ghi ở kế hoạch phải có: cơ quan, nhóm, văn bản, địa bàn, chỉ tiêu thống kê trong sổ; mục tiêu, chỉ tiêu, phần
    trong chính kế hoạch; kế hoạch cấp trên và số đo của nó trong kho hoặc trong sổ đi kèm.

    Cách xử lý: sửa theo mã gần nhất được gợi ý, hoặc thêm vào registry/.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mao  # <- TP012
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1", "7"]  # <- TP012

    Sai:

        # demo/plan.yaml
        parents: [clqg-bdg-2021-2031]  # <- TP012

    Sai:

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện {{ cite("luat-binh-dang-gio") }}./.  # <- TP012

    Sai:

        # reports/2024H1.yaml
        reports:
          - plan: dem0  # <- TP012
            received:
              - agency: so-y-te-maa  # <- TP012

    Đúng:

        # demo/plan.yaml
        parents: [clqg-bdg-2021-2030, nq-28-2021]
        closing: |
          Các cơ quan thực hiện {{ cite("luat-binh-dang-gioi") }}./.

    Không phải lỗi (tên tự do ở nơi nhận không phải là mã):

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
          - text: Lãnh đạo Văn phòng
          - text: VT
            purpose: lưu

    Không phải lỗi (văn bản cấp trên trong sổ, kế hoạch đi kèm bdg):

        # demo/plan.yaml
        parents: [kh-10-2021, ct-truyen-thong-2030]
    """
    yield from _in_document(plan, registry)
    yield from _in_targets(plan, registry)
    yield from _in_assignments(plan, registry)
    yield from _in_texts(plan, registry)


def _in_document(plan: Plan, registry: Registry) -> Iterator[Fault]:
    file, bodies = plan.file, registry.bodies
    yield from _unknown(file, "issuer", file.issuer, registry.agencies, "cơ quan")
    yield from _unknown(file, "parent_body", file.parent_body, registry.agencies, "cơ quan")
    yield from _unknown(file, "area", file.area, registry.areas, "địa bàn")
    for recipient in (*file.addressees, *file.recipients):
        yield from _unknown(recipient, "agency", recipient.agency, registry.agencies, "cơ quan")
        yield from _unknown(recipient, "group", recipient.group, registry.groups, "nhóm cơ quan")
    for entry in file.reporting:
        yield from _unknown(entry, "to", entry.to, bodies, "cơ quan")
        yield from _unknown(entry, "via", entry.via, bodies, "cơ quan")
        yield from _unknown_among(entry, "from", entry.from_, bodies, "cơ quan")
    for funding in file.funding:
        yield from _unknown(funding, "act", funding.act, registry.acts, "văn bản")
    yield from _unknown_among(file, "amended_by", file.amended_by, registry.acts, "văn bản")


def _in_targets(plan: Plan, registry: Registry) -> Iterator[Fault]:
    for _, measure in plan.measures():
        yield from _unknown(measure, "indicator", measure.indicator, registry.indicators, "chỉ tiêu thống kê")
        yield from _unknown(measure, "amended_by", measure.amended_by, registry.acts, "văn bản")


def _in_assignments(plan: Plan, registry: Registry) -> Iterator[Fault]:
    sections = {part.id for part in plan.file.walk_sections() if part.id}
    for duty in plan.assignments.duties:
        yield from _unknown(duty, "agency", duty.agency, registry.agencies, "cơ quan")
        yield from _unknown(duty, "group", duty.group, registry.groups, "nhóm cơ quan")
        yield from _unknown_among(duty, "agencies", duty.agencies, registry.agencies, "cơ quan")
        for answer in duty.answers_for:
            yield from _unknown_among(answer, "targets", answer.targets, plan.numbers, "mục tiêu, chỉ tiêu")
        for task in duty.tasks:
            yield from _unknown(task, "section", task.section, sections, "phần")
            yield from _unknown_among(task, "partners", task.partners, registry.bodies, "cơ quan")
            yield from _unknown_among(task, "targets", task.targets, plan.numbers, "mục tiêu, chỉ tiêu")


def _unknown(holder: Located, field: str, identity: str | None, known: Container[str], what: str) -> Iterable[Fault]:
    """The fault of an id that is in a field; its place is looked for only then."""
    return () if identity is None or identity in known else missing(holder.at(field), identity, known, what)


def _unknown_among(
    holder: Located, field: str, identities: Iterable[str], known: Container[str], what: str
) -> Iterator[Fault]:
    """The faults of the ids in a list."""
    for identity in identities:
        if identity not in known:
            yield from missing(holder.at_entry(field, identity), identity, known, what)


def _in_texts(plan: Plan, registry: Registry) -> Iterator[Fault]:
    for text, expression, measures in _expressions(plan):
        yield from _in_expression(text, expression, registry, measures)


def _in_expression(text: Text, expression: Expression, registry: Registry, measures: frozenset[str]) -> Iterator[Fault]:
    place = text.place(expression.start, expression.end)
    argument = expression.argument
    if expression.name in {"cite", "act"}:
        yield from missing(place, argument or "", registry.acts, "văn bản")
    elif expression.name in {"agency", "agency_short"}:
        yield from missing(place, argument or "", registry.bodies, "cơ quan")
    elif expression.name in _OF_MEASURES and measures:
        if argument is not None:
            yield from missing(place, argument, measures, "số đo của chỉ tiêu này")
        elif len(measures) > 1:
            message = (
                f'chỉ tiêu có {len(measures)} số đo; hãy nói rõ, như {{{{ {expression.name}("{min(measures)}") }}}}'
            )
            yield Fault(place, message, value=expression.name)


@also(unknown_reference)
def unknown_parent(facts: tuple[Facts, ...], registry: Registry) -> Iterator[Fault]:
    """Parents and carried-out measures that are in no plan and no act."""
    plans = {plan.plan: plan for plan in facts}
    measures = {f"{plan.plan}/{entry.measure}" for plan in facts for entry in plan.measures}
    parents = {**plans, **registry.acts}
    for plan in facts:
        for parent, place in plan.parents:
            yield from missing(place, parent, parents, "kế hoạch hay văn bản")
        for entry in plan.measures:
            yield from missing(entry.carries_place, entry.carries_out or None, measures, "số đo cấp trên")


@also(unknown_reference)
def unknown_in_data(observations: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Indicators and areas of observations that the registry does not know, once each in a file."""
    known = (("indicator", registry.indicators, "chỉ tiêu thống kê"), ("area", registry.areas, "địa bàn"))
    told: set[tuple[str, str]] = set()
    for row in observations:
        for column, entries, what in known:
            name = row.indicator if column == "indicator" else row.area
            if name not in entries and (column, name) not in told:
                told.add((column, name))
                for fault in missing(row.line.place(column), name, entries, what):
                    fault.alike = f"{column}/{name}"
                    yield fault


@also(NOT_COMPOSED)
def decomposed_in_data(observations: tuple[Observation, ...]) -> Iterator[Fault]:
    """Texts of observations in decomposed letters: one finding for a file."""
    composed: dict[str, bool] = {}
    for row, column, text in _texts_of_rows(observations):
        if text not in composed:
            composed[text] = unicodedata.is_normalized("NFC", text)
        if not composed[text]:
            place = row.line.place(column)
            raw = row.line.raw[place.column - 1 : place.end_column - 1]
            edit = Edit(place.path, place.start, place.end, unicodedata.normalize("NFC", raw))
            message = f"“{unicodedata.normalize('NFC', text)[:40]}” viết bằng dấu rời; cùng một chữ mà máy coi là khác"
            yield Fault(place, message, edits=[edit], alike="composed")


@also(LOOKALIKES)
def old_coding_in_data(observations: tuple[Observation, ...]) -> Iterator[Fault]:
    """Texts of observations in a coding of before Unicode: one finding for a file."""
    codings: dict[str, str] = {}
    for row, column, text in _texts_of_rows(observations):
        if text not in codings:
            codings[text] = old_coding(text)
        if codings[text]:
            yield Fault(row.line.place(column), said_of_old_coding(codings[text]), alike="coding")


def _texts_of_rows(observations: tuple[Observation, ...]) -> Iterator[tuple[Observation, str, str]]:
    """Each text of rows that is not plain ASCII, with its column."""
    for row in observations:
        for column, text in (("source", row.source), ("note", row.note), ("group", row.group)):
            if text and not text.isascii():
                yield row, column, text


@also(unknown_reference)
def unknown_in_reports(reports: dict[str, ReportsFile], plans: frozenset[str], registry: Registry) -> Iterator[Fault]:
    """Plans and agencies of the period reports that the repository does not have."""
    for file in reports.values():
        for report in file.reports:
            yield from missing(report.at("plan"), report.plan, plans, "kế hoạch")
            for entry in report.received:
                yield from missing(entry.at("agency"), entry.agency, registry.bodies, "cơ quan")


def _expressions(plan: Plan) -> Iterator[tuple[Text, Expression, frozenset[str]]]:
    """Every expression, with the measures that `value` and `due` can mean there (empty outside targets)."""
    of_targets = {
        id(target.text): frozenset(measure.id for measure in target.measures) for _, target in plan.walk_targets()
    }
    for passage, expression in plan.expressions:
        yield passage.text, expression, of_targets.get(id(passage.text), frozenset())


STRAY = rule(
    "TP013",
    WARNING,
    "Tệp lạ",
    """Tệp mà bdg không biết trong thư mục kế hoạch, registry/, data/, reports/ thường là tên viết sai: nội dung của nó không
    được đọc. README.md và tệp bắt đầu bằng dấu chấm thì được.

    Cách xử lý: đổi thành tên đúng, hoặc chuyển tệp ra ngoài.

    Sai:

        # demo/target.yaml
        objectives: []  # <- TP013@1

    Sai:

        # data/2024.csv.yaml
        a: b  # <- TP013@1

    Đúng:

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi việc thực hiện Kế hoạch.
                deadline: 2024-11

    Không phải lỗi (tệp có tên đúng, dù trống):

        # registry/areas.yaml
        areas: []

    Không phải lỗi (tệp bắt đầu bằng dấu chấm):

        # demo/.nhap.yaml
        ghi: nháp
    """,
)

BAD_TABLE = rule(
    "TP014",
    ERROR,
    "Không đọc được CSV, XLSX",
    """Bảng số liệu là CSV mã UTF-8, ngăn bởi dấu phẩy, dòng đầu là tên cột. Tệp Excel không để trong data/: số liệu trong
    biểu Excel (.xlsx) vào kho bằng `bdg collect`; tệp có mật khẩu, có macro, hay không phải biểu của bdg thì không nhận.

    Cách xử lý: trong Excel chọn “CSV UTF-8 (Comma delimited)”; giữ nguyên tên các cột.

    Sai:

        # data/2024.csv
        indicator;area;period;value  # <- TP014 KN104
        cl-1-1;tra-vinh;2024H1;59,1

    Sai:

        # data/2024.csv
        indicator,area,perod,value  # <- TP014 KN104
        cl-1-1,tra-vinh,2024H1,59.1

    Sai:

        # data/2024.csv
        indicator,area,period,value
        cl-1-1,tra-vinh,2024H1,59,1  # <- TP014

    Đúng:

        # data/2024.csv
        indicator,area,period,value,vintage,source,note
        cl-1-1,tra-vinh,2024H1,59.1,estimate,Sở Nội vụ,"ước, chưa chốt"

    Không phải lỗi (thiếu các cột không bắt buộc; chỉ có dòng đầu):

        # data/2024.csv
        indicator,area,period

    Không phải lỗi (các cột theo thứ tự khác):

        # data/2024.csv
        period,area,indicator,source,denominator,numerator
        2023,tra-vinh,cl-1-1,Sở Nội vụ,31,18
    """,
)
