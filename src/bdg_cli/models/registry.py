"""The registry: legal acts, agencies, areas, indicators. Each thing once, with the time in which it holds."""

from __future__ import annotations

import datetime
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from bdg_cli.dates import PartialDate, Period
from bdg_cli.models.located import Located, Term

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]


class ActKind(Term):
    """Kinds of legal act and administrative document."""

    LAW = ("law", "Luật")
    CODE = ("code", "Bộ luật")
    RESOLUTION = ("resolution", "Nghị quyết")
    DECREE = ("decree", "Nghị định")
    DECISION = ("decision", "Quyết định")
    DIRECTIVE = ("directive", "Chỉ thị")
    CIRCULAR = ("circular", "Thông tư")
    PLAN = ("plan", "Kế hoạch")
    LETTER = ("letter", "Công văn")
    PROGRAMME = ("programme", "Chương trình")
    REPORT = ("report", "Báo cáo")
    NOTICE = ("notice", "Thông báo")
    CONCLUSION = ("conclusion", "Kết luận")
    SUBMISSION = ("submission", "Tờ trình")
    GUIDANCE = ("guidance", "Hướng dẫn")


class Level(Term):
    """Levels of government, and the bodies beside it."""

    CENTRAL = ("central", "trung ương")
    PROVINCE = ("province", "cấp tỉnh")
    DISTRICT = ("district", "cấp huyện")
    COMMUNE = ("commune", "cấp xã")


class Sector(Term):
    """Where a body belongs: only administrative bodies can be given orders by a people's committee."""

    ADMINISTRATION = ("administration", "cơ quan hành chính")
    PARTY = ("party", "cơ quan Đảng")
    FRONT = ("front", "Mặt trận, đoàn thể")
    VERTICAL = ("vertical", "cơ quan ngành dọc")
    UNIT = ("unit", "đơn vị sự nghiệp")


class Function(Term):
    """Fields of public duty, as far as gender-equality plans touch them."""

    GENDER = ("gender-equality", "bình đẳng giới")
    LABOUR = ("labour", "lao động, việc làm")
    PERSONNEL = ("personnel", "cán bộ, công chức")
    FINANCE = ("finance", "tài chính, ngân sách")
    PLANNING = ("planning", "kế hoạch, đầu tư")
    BUSINESS = ("business", "đăng ký doanh nghiệp")
    EDUCATION = ("education", "giáo dục, đào tạo")
    VOCATIONAL = ("vocational-education", "giáo dục nghề nghiệp")
    HEALTH = ("health", "y tế")
    POPULATION = ("population", "dân số")
    FAMILY = ("family", "gia đình, phòng, chống bạo lực gia đình")
    CULTURE = ("culture", "văn hóa")
    PRESS = ("press", "báo chí, thông tin cơ sở")
    DIGITAL = ("digital", "công nghệ thông tin")
    STATISTICS = ("statistics", "thống kê")
    SECURITY = ("security", "trật tự, an toàn xã hội, phòng, chống mua bán người")
    SOCIAL_ASSISTANCE = ("social-assistance", "bảo trợ xã hội")
    CHILDREN = ("children", "trẻ em")
    POVERTY = ("poverty", "giảm nghèo")
    JUSTICE = ("justice", "tư pháp")
    MASS = ("mass-mobilisation", "vận động quần chúng")
    LOCAL = ("local-government", "quản lý địa bàn")
    COORDINATION = ("coordination", "phối hợp liên ngành")


class Validity(Located):
    """The time in which something holds. Open at a side that is left blank."""

    from_: date | None = Field(None, alias="from", title="Từ ngày")
    to: date | None = Field(None, title="Đến hết ngày")

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Act(Located):
    """A legal act or administrative document that plans cite."""

    id: Id = Field(title="Mã")
    kind: ActKind = Field(title="Loại văn bản")
    number: str | None = Field(None, title="Số, ký hiệu")
    issuer: Id | None = Field(None, title="Cơ quan ban hành")
    date: PartialDate | None = Field(None, title="Ngày ban hành")
    title: str = Field(title="Tên, trích yếu")
    names: tuple[str, ...] = Field((), title="Tên thường gọi")
    period: Period | None = Field(None, title="Giai đoạn")
    in_force: Validity | None = Field(None, title="Hiệu lực")
    replaced_by: Id | None = Field(None, title="Được thay bằng")
    verified: bool = Field(True, title="Đã kiểm chứng")
    source: str | None = Field(None, title="Nguồn")
    note: str | None = Field(None, title="Ghi chú")


class Acts(Located):
    """registry/acts.yaml"""

    acts: tuple[Act, ...] = Field((), title="Văn bản")


class Heir(Located):
    """Who takes over when an agency ends: all of it, or the functions named."""

    agency: Id | None = Field(None, title="Cơ quan kế thừa")
    kind: Id | None = Field(None, title="Loại cơ quan kế thừa")
    functions: tuple[Function, ...] = Field((), title="Lĩnh vực được chuyển")


class AgencyKind(Located):
    """A kind of agency that every province or district has, with the time in which the kind exists."""

    id: Id = Field(title="Mã")
    name: str = Field(title="Tên")
    abbreviations: tuple[str, ...] = Field((), title="Tên viết tắt")
    symbol: str | None = Field(None, title="Ký hiệu")
    level: Level = Field(title="Cấp")
    sector: Sector = Field(Sector.ADMINISTRATION, title="Khối")
    functions: tuple[Function, ...] = Field((), title="Lĩnh vực")
    valid: Validity | None = Field(None, title="Thời gian tồn tại")
    heirs: tuple[Heir, ...] = Field((), title="Kế thừa")
    basis: str | None = Field(None, title="Căn cứ")
    verified: bool = Field(True, title="Đã kiểm chứng")
    note: str | None = Field(None, title="Ghi chú")


class FormerName(Located):
    """A name that an agency bore for a time."""

    name: str = Field(title="Tên")
    valid: Validity = Field(title="Thời gian")


class Agency(Located):
    """One agency. What it leaves out, its kind says."""

    id: Id = Field(title="Mã")
    kind: Id | None = Field(None, title="Loại cơ quan")
    name: str | None = Field(None, title="Tên")
    abbreviations: tuple[str, ...] = Field((), title="Tên viết tắt")
    symbol: str | None = Field(None, title="Ký hiệu")
    level: Level | None = Field(None, title="Cấp")
    sector: Sector | None = Field(None, title="Khối")
    area: Id | None = Field(None, title="Địa bàn")
    functions: tuple[Function, ...] = Field((), title="Lĩnh vực")
    valid: Validity | None = Field(None, title="Thời gian tồn tại")
    heirs: tuple[Heir, ...] = Field((), title="Kế thừa")
    former_names: tuple[FormerName, ...] = Field((), title="Tên cũ")
    verified: bool = Field(True, title="Đã kiểm chứng")
    note: str | None = Field(None, title="Ghi chú")


class Group(Located):
    """A group of agencies that plans name together ("các sở, ban, ngành")."""

    id: Id = Field(title="Mã")
    name: str = Field(title="Tên")
    abbreviations: tuple[str, ...] = Field((), title="Tên viết tắt")
    members: tuple[Id, ...] = Field((), title="Thành viên")
    kind: Id | None = Field(None, title="Loại cơ quan của các thành viên")
    area: Id | None = Field(None, title="Địa bàn")
    note: str | None = Field(None, title="Ghi chú")


class Agencies(Located):
    """registry/agencies.yaml"""

    kinds: tuple[AgencyKind, ...] = Field((), title="Loại cơ quan")
    agencies: tuple[Agency, ...] = Field((), title="Cơ quan")
    groups: tuple[Group, ...] = Field((), title="Nhóm cơ quan")


class AreaUnit(Term):
    """The word for a unit of government."""

    PROVINCE = ("tỉnh", "tỉnh")
    CITY = ("thành phố", "thành phố")
    DISTRICT = ("huyện", "huyện")
    TOWN = ("thị xã", "thị xã")
    COMMUNE = ("xã", "xã")
    WARD = ("phường", "phường")
    ZONE = ("đặc khu", "đặc khu")


class Area(Located):
    """A territory."""

    id: Id = Field(title="Mã")
    name: str = Field(title="Tên")
    unit: AreaUnit | None = Field(None, title="Loại đơn vị hành chính")
    level: Level = Field(title="Cấp")
    parent: Id | None = Field(None, title="Thuộc")
    valid: Validity | None = Field(None, title="Thời gian tồn tại")
    merged_into: Id | None = Field(None, title="Nhập vào")
    verified: bool = Field(True, title="Đã kiểm chứng")
    note: str | None = Field(None, title="Ghi chú")


class Areas(Located):
    """registry/areas.yaml"""

    areas: tuple[Area, ...] = Field((), title="Địa bàn")


class CalendarDay(Located):
    """A day off, or a day worked in its place."""

    date: datetime.date = Field(title="Ngày")
    name: str = Field(title="Lý do")
    verified: bool = Field(True, title="Đã kiểm chứng")


class CalendarFile(Located):
    """registry/calendar.yaml, shipped with bdg"""

    holidays: tuple[CalendarDay, ...] = Field((), title="Ngày nghỉ")
    working_days: tuple[CalendarDay, ...] = Field((), title="Ngày làm bù")


class IndicatorKind(Term):
    """How figures of an indicator relate to time."""

    LEVEL = ("level", "thời điểm")
    FLOW = ("flow", "phát sinh trong kỳ")
    CUMULATIVE = ("cumulative", "lũy kế")


class Direction(Term):
    """Which way is better."""

    UP = ("up", "cao hơn là tốt hơn")
    DOWN = ("down", "thấp hơn là tốt hơn")


class Publication(Term):
    """How often the source publishes."""

    HALF_YEAR = ("half-year", "6 tháng")
    QUARTER = ("quarter", "quý")
    YEAR = ("year", "năm")
    SCHOOL_YEAR = ("school-year", "năm học")
    TWO_YEARS = ("2-years", "2 năm")
    FIVE_YEARS = ("5-years", "5 năm")
    TERM = ("term", "đầu nhiệm kỳ")


class Window(Term):
    """Which calendar a figure follows."""

    ADMINISTRATIVE = ("administrative", "theo chế độ báo cáo hành chính")
    STATISTICAL = ("statistical", "theo lịch thống kê")


class Count(Located):
    """A numerator or denominator: what is counted, in which unit."""

    name: str = Field(title="Nội dung đếm")
    unit: str | None = Field(None, title="Đơn vị")


class Definition(Located):
    """How an indicator is computed, from a day on."""

    from_: date | None = Field(None, alias="from", title="Áp dụng từ")
    numerator: Count | None = Field(None, title="Tử số")
    denominator: Count | None = Field(None, title="Mẫu số")
    factor: Decimal = Field(Decimal(1), title="Hệ số")
    part_of_whole: bool = Field(True, title="Tử số là một phần của mẫu số")


class Indicator(Located):
    """A statistical indicator."""

    id: Id = Field(title="Mã")
    name: str = Field(title="Tên chỉ tiêu")
    unit: str = Field(title="Đơn vị tính")
    direction: Direction | None = Field(None, title="Chiều tốt lên")
    kind: IndicatorKind = Field(title="Loại số liệu")
    qualitative: bool = Field(False, title="Định tính")
    functions: tuple[Function, ...] = Field((), title="Lĩnh vực")
    breakdowns: tuple[str, ...] = Field((), title="Phân tổ")
    publication: Publication | None = Field(None, title="Kỳ công bố")
    lowest_level: Level | None = Field(None, title="Cấp thấp nhất có số liệu")
    publication_verified: bool = Field(True, title="Kỳ, cấp công bố đã kiểm chứng")
    window: Window = Field(Window.ADMINISTRATIVE, title="Cửa sổ thời gian")
    source_agency: str | None = Field(None, title="Cơ quan cung cấp")
    official_code: str | None = Field(None, title="Mã chính thức")
    definitions: tuple[Definition, ...] = Field((), title="Định nghĩa")
    verified: bool = Field(True, title="Đã kiểm chứng")
    note: str | None = Field(None, title="Ghi chú")

    @property
    def publication_known(self) -> bool:
        """Whether how often and down to which level it is published may be held against a plan or a figure."""
        return self.verified and self.publication_verified


class Indicators(Located):
    """registry/indicators.yaml"""

    indicators: tuple[Indicator, ...] = Field((), title="Chỉ tiêu thống kê")
