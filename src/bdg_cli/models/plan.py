"""One plan: plan.yaml, targets.yaml and assignments.yaml, as they may be written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from bdg_cli.dates import PartialDate, Period
from bdg_cli.findings import Place
from bdg_cli.markup import Text
from bdg_cli.models.located import Located, Term
from bdg_cli.models.registry import Direction, Id

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*[a-zđ]?$", max_length=12)]


Quantity = Annotated[Decimal, Field(ge=Decimal("-1e15"), le=Decimal("1e15"))]


class PlanKind(Term):
    """Kinds of document that a folder can hold."""

    PLAN = ("plan", "Kế hoạch")
    DECISION = ("decision", "Quyết định")
    LETTER = ("letter", "Công văn")


class Status(Term):
    """Where a document stands in its life."""

    DRAFT = ("draft", "dự thảo")
    ISSUED = ("issued", "đã ban hành")
    AMENDED = ("amended", "đã sửa đổi")
    REPLACED = ("replaced", "đã được thay")
    ENDED = ("ended", "đã kết thúc")


class Form(Term):
    """The rules of layout a document was made under."""

    ND30 = ("nd30", "Nghị định 30/2020/NĐ-CP")
    BEFORE_2020 = ("before-2020", "trước Nghị định 30/2020/NĐ-CP")


class Marker(Term):
    """How a section is numbered."""

    ROMAN = ("roman", "I.")
    ARABIC = ("arabic", "1.")
    LETTER = ("letter", "a)")
    DASH = ("dash", "-")
    PAREN_ROMAN = ("paren-roman", "(i)")
    NONE = ("none", "không đánh số")


class Insert(Term):
    """What a section places instead of, or after, its own text."""

    TARGETS = ("targets", "mục tiêu, chỉ tiêu")
    ASSIGNMENTS = ("assignments", "phân công")
    FUNDING = ("funding", "kinh phí")
    REPORTING = ("reporting", "chế độ báo cáo")


class Purpose(Term):
    """Why a recipient receives the document."""

    CARRY_OUT = ("thi hành", "để thi hành")
    REPORT = ("báo cáo", "để báo cáo")
    COORDINATE = ("phối hợp", "để phối hợp")
    INFORM = ("biết", "để biết")
    FILE = ("lưu", "lưu")


class Role(Term):
    """What an agency answers for."""

    OWNER = ("owner", "theo dõi, thực hiện, tổng hợp báo cáo")
    DATA = ("data", "báo cáo số liệu")
    COORDINATOR = ("coordinator", "theo dõi, đôn đốc, tổng hợp chung")
    PARTNER = ("partner", "phối hợp")


class Verb(Term):
    """How a duty is put: an order, or a request to a body that takes no orders."""

    ASSIGN = ("giao", "giao")
    REQUEST = ("đề nghị", "đề nghị")


class Sharing(Term):
    """Whether several agencies do a duty each for itself or together."""

    EACH = ("each", "mỗi cơ quan")
    JOINT = ("joint", "cùng thực hiện")


class Operator(Term):
    """How a result is compared with the value. Terms are the words of a target."""

    AT_LEAST = (">=", "đạt")
    ABOVE = (">", "trên")
    AT_MOST = ("<=", "không quá")
    BELOW = ("<", "dưới")
    EQUAL = ("=", "bằng")
    ABOUT = ("~", "khoảng")

    @property
    def way(self) -> Direction | None:
        """Which way is better; None for `=` and `~`."""
        if self in {Operator.AT_LEAST, Operator.ABOVE}:
            return Direction.UP
        return Direction.DOWN if self in {Operator.AT_MOST, Operator.BELOW} else None


class Side(Term):
    """For `~`: on which side of the tolerance a result still counts."""

    UP = ("up", "cao hơn cũng đạt")
    DOWN = ("down", "thấp hơn cũng đạt")

    @property
    def way(self) -> Direction:
        """Which way is better."""
        return Direction.UP if self is Side.UP else Direction.DOWN


class Section(Located):
    """One part of the text, with its own parts."""

    id: Id | None = Field(None, title="Mã")
    title: Text | None = Field(None, title="Tên phần")
    marker: Marker = Field(Marker.NONE, title="Cách đánh số")
    run_in: bool = Field(False, title="Viết liền tên và nội dung")
    text: Text | None = Field(None, title="Nội dung")
    items: tuple[Text, ...] = Field((), title="Các ý")
    insert: Insert | None = Field(None, title="Đặt vào đây")
    sections: tuple[Section, ...] = Field((), title="Các phần con")
    as_written: str | None = Field(None, title="Nguyên văn")

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def texts(self) -> Iterator[Text]:
        """The texts of this section alone."""
        for text in (self.title, self.text, *self.items):
            if text is not None:
                yield text


class Recipient(Located):
    """One line of the recipients, or of the addressees of a letter."""

    agency: Id | None = Field(None, title="Cơ quan")
    group: Id | None = Field(None, title="Nhóm cơ quan")
    text: str | None = Field(None, title="Tên tự do")
    purpose: Purpose | None = Field(None, title="Để làm gì")
    note: str | None = Field(None, title="Ghi chú")
    as_written: str | None = Field(None, title="Nguyên văn")


class Signature(Located):
    """Who signs: authority lines (TM., KT. …), the posts above the name, further posts below the space."""

    authority: tuple[str, ...] = Field((), title="Quyền hạn ký")
    posts: tuple[str, ...] = Field((), title="Chức vụ")
    also: tuple[str, ...] = Field((), title="Chức vụ kiêm nhiệm")
    name: str | None = Field(None, title="Họ tên người ký")


class PeriodKindTerm(Term):
    """How often a report is due."""

    MONTH = ("month", "hằng tháng")
    QUARTER = ("quarter", "hằng quý")
    HALF_YEAR = ("half-year", "6 tháng")
    NINE_MONTHS = ("9-months", "9 tháng")
    YEAR = ("year", "năm")
    WHOLE = ("whole", "cả giai đoạn")


class Reporting(Located):
    """One reporting duty: who, through whom, to whom, which period, until when."""

    from_: tuple[Id, ...] = Field((), alias="from", title="Cơ quan báo cáo")
    via: Id | None = Field(None, title="Qua cơ quan")
    to: Id | None = Field(None, title="Gửi cơ quan")
    period: PeriodKindTerm | None = Field(None, title="Kỳ báo cáo")
    deadline: PartialDate | None = Field(None, title="Thời hạn")
    exclusive: bool = Field(True, title="Không gồm chính ngày ấy (“trước ngày”)")
    according_to: str | None = Field(None, title="Theo văn bản")
    combined_with: str | None = Field(None, title="Lồng ghép với báo cáo")
    text: Text | None = Field(None, title="Lời văn")


class Funding(Located):
    """A source of money."""

    source: str | None = Field(None, title="Nguồn kinh phí")
    act: Id | None = Field(None, title="Theo văn bản")
    text: Text | None = Field(None, title="Nội dung")


class Event(Located):
    """A campaign or activity with dates: `11-15` is a day of every year."""

    id: Id = Field(title="Mã")
    name: str = Field(title="Tên hoạt động")
    start: PartialDate = Field(title="Bắt đầu")
    end: PartialDate | None = Field(None, title="Kết thúc")
    reported: bool = Field(False, title="Kết quả phải có trong báo cáo năm")


class AsWritten(Located):
    """Forms of the original that bdg would otherwise compute."""

    number: str | None = Field(None, title="Dòng số, ký hiệu")
    date: str | None = Field(None, title="Dòng địa danh, ngày tháng")
    end_mark: str | None = Field(None, title="Dấu kết thúc")


class Article(Located):
    """An article of a decision."""

    title: Text | None = Field(None, title="Tên điều")
    text: Text = Field(title="Nội dung")


class Attached(Located):
    """The plan that a decision issues."""

    title: Text = Field(title="Tên văn bản kèm theo")
    opening: Text | None = Field(None, title="Mở đầu")
    sections: tuple[Section, ...] = Field((), title="Các phần")
    closing: Text | None = Field(None, title="Kết thúc")
    signature: tuple[Signature, ...] = Field((), title="Chữ ký")


class PlanFile(Located):
    """plan.yaml"""

    kind: PlanKind = Field(title="Loại văn bản")
    status: Status = Field(title="Tình trạng")
    form: Form = Field(Form.ND30, title="Thể thức")
    issuer: Id = Field(title="Cơ quan ban hành")
    parent_body: Id | None = Field(None, title="Cơ quan chủ quản")
    number: str | None = Field(None, title="Số")
    symbol: str | None = Field(None, title="Ký hiệu")
    place: str | None = Field(None, title="Địa danh")
    date: PartialDate | None = Field(None, title="Ngày ban hành")
    title: Text | None = Field(None, title="Trích yếu")
    subject: Text | None = Field(None, title="Về việc")
    area: Id | None = Field(None, title="Địa bàn")
    period: Period | None = Field(None, title="Giai đoạn thực hiện")
    parents: tuple[Id, ...] = Field((), title="Văn bản cấp trên")
    authority: Text | None = Field(None, title="Thẩm quyền ban hành")
    basis: tuple[Text, ...] = Field((), title="Căn cứ")
    proposal: Text | None = Field(None, title="Theo đề nghị")
    articles: tuple[Article, ...] = Field((), title="Điều")
    attached: Attached | None = Field(None, title="Văn bản kèm theo")
    opening: Text | None = Field(None, title="Mở đầu")
    sections: tuple[Section, ...] = Field((), title="Các phần")
    closing: Text | None = Field(None, title="Kết thúc")
    reporting: tuple[Reporting, ...] = Field((), title="Chế độ báo cáo")
    funding: tuple[Funding, ...] = Field((), title="Kinh phí")
    events: tuple[Event, ...] = Field((), title="Sự kiện, chiến dịch")
    addressees: tuple[Recipient, ...] = Field((), title="Kính gửi")
    recipients: tuple[Recipient, ...] = Field((), title="Nơi nhận")
    signature: tuple[Signature, ...] = Field((), title="Chữ ký")
    unplaced: tuple[Text, ...] = Field((), title="Phần chưa xếp chỗ")
    amended_by: tuple[Id, ...] = Field((), title="Văn bản sửa đổi kế hoạch này")
    as_written: AsWritten | None = Field(None, title="Nguyên văn")

    def walk_sections(self) -> Iterator[Section]:
        """Every section in order, those of an attached plan last."""
        attached = self.attached.sections if self.attached else ()
        for section in (*self.sections, *attached):
            yield from section.walk()


class Baseline(Located):
    """The value a target starts from."""

    value: Quantity = Field(title="Số gốc")
    period: Period = Field(title="Kỳ của số gốc")


class Milestone(Located):
    """A value to be reached on the way."""

    year: int = Field(title="Năm", ge=1990, le=2100)
    op: Operator | None = Field(None, title="So sánh, nếu khác của năm đạt")
    value: Quantity = Field(title="Giá trị")


class Condition(Located):
    """An inner threshold that a unit must meet to be counted (at least 4 a quarter)."""

    op: Operator = Field(title="So sánh")
    value: Quantity = Field(title="Giá trị")
    unit: str = Field(title="Đơn vị")
    per: str | None = Field(None, title="Trong mỗi")


class Measure(Located):
    """One number of a target, or a qualitative result and what proves it."""

    id: Number = Field(title="Mã")
    indicator: Id | None = Field(None, title="Chỉ tiêu thống kê")
    op: Operator | None = Field(None, title="So sánh")
    value: Quantity | None = Field(None, title="Giá trị")
    unit: str | None = Field(None, title="Đơn vị tính")
    due: int | None = Field(None, title="Năm đạt", ge=1990, le=2100)
    tolerance: Quantity | None = Field(None, title="Sai số", ge=0)
    side: Side | None = Field(None, title="Phía cũng đạt")
    baseline: Baseline | None = Field(None, title="Số gốc")
    milestones: tuple[Milestone, ...] = Field((), title="Mốc")
    condition: Condition | None = Field(None, title="Điều kiện")
    evidence: str | None = Field(None, title="Căn cứ chứng minh")
    carries_out: str | None = Field(None, title="Thực hiện chỉ tiêu cấp trên")
    amended_by: Id | None = Field(None, title="Văn bản cho phép sửa")
    verified: bool = Field(True, title="Đã kiểm chứng")
    note: str | None = Field(None, title="Ghi chú")

    @property
    def qualitative(self) -> bool:
        """A result that is shown by evidence, not by a number."""
        return self.evidence is not None and self.value is None

    @property
    def way(self) -> Direction | None:
        """Which way is better, by its operator or the side of its tolerance; None where neither says."""
        return (self.op.way if self.op else None) or (self.side.way if self.side else None)


class Target(Located):
    """A target (chỉ tiêu): its sentence, and one measure for each number in it."""

    id: Number = Field(title="Mã")
    label: str | None = Field(None, title="Nhãn")
    text: Text = Field(title="Lời văn")
    measures: tuple[Measure, ...] = Field((), title="Số đo")


class Objective(Located):
    """An objective (mục tiêu) with its targets."""

    id: Number = Field(title="Mã")
    label: str | None = Field(None, title="Nhãn")
    title: Text = Field(title="Tên mục tiêu")
    targets: tuple[Target, ...] = Field((), title="Chỉ tiêu")


class TargetsFile(Located):
    """targets.yaml"""

    objectives: tuple[Objective, ...] = Field((), title="Mục tiêu")


class AnswersFor(Located):
    """What an agency answers for, and how. Without targets: the whole plan."""

    role: Role = Field(title="Vai trò")
    targets: tuple[Number, ...] = Field((), title="Mục tiêu, chỉ tiêu")
    as_written: Text | None = Field(None, title="Nguyên văn")


class Task(Located):
    """A piece of work."""

    id: Id | None = Field(None, title="Mã")
    text: Text = Field(title="Nội dung")
    section: Id | None = Field(None, title="Đặt dưới phần")
    deadline: PartialDate | None = Field(None, title="Thời hạn")
    product: str | None = Field(None, title="Sản phẩm")
    partners: tuple[Id, ...] = Field((), title="Cơ quan phối hợp")
    funding: str | None = Field(None, title="Kinh phí")
    targets: tuple[Number, ...] = Field((), title="Phục vụ chỉ tiêu")


class Duty(Located):
    """What one agency, several or a group must do."""

    agency: Id | None = Field(None, title="Cơ quan")
    agencies: tuple[Id, ...] = Field((), title="Các cơ quan")
    group: Id | None = Field(None, title="Nhóm cơ quan")
    sharing: Sharing = Field(Sharing.EACH, title="Cách cùng làm")
    verb: Verb = Field(Verb.ASSIGN, title="Giao hay đề nghị")
    acting_as: str | None = Field(None, title="Với tư cách")
    heading: str | None = Field(None, title="Tên gọi trong văn bản")
    run_in: bool = Field(False, title="Viết liền tên và nội dung")
    marker: Marker = Field(Marker.DASH, title="Cách đánh dấu từng nhiệm vụ")
    tasks: tuple[Task, ...] = Field((), title="Nhiệm vụ")
    answers_for: tuple[AnswersFor, ...] = Field((), title="Chịu trách nhiệm")

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of the agencies and the group named, in order."""
        single = (self.agency,) if self.agency else ()
        group = (self.group,) if self.group else ()
        return (*single, *self.agencies, *group)

    @property
    def named_at(self) -> str:
        """The field that names the agency, agencies or group."""
        return "agency" if self.agency else "agencies" if self.agencies else "group"

    def at_agency(self) -> Place:
        """Where the agency, agencies or group is named."""
        return self.at(self.named_at)


class AssignmentsFile(Located):
    """assignments.yaml"""

    duties: tuple[Duty, ...] = Field((), title="Phân công")
