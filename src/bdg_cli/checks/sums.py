"""SL: counts that must add up: the sexes to everybody, the parts of an area to the area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bdg_cli.checks.check import check
from bdg_cli.data.counts import adds_up, is_in_thousands
from bdg_cli.data.observations import FigureStatus, Observation, Sex
from bdg_cli.data.results import definition_at
from bdg_cli.data.territory import Territory
from bdg_cli.dates import Period
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.models.registry import Count, Definition
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number

Key = tuple[str, str, Period, Sex, str]  # indicator, area, period, sex, group
Standing = dict[Key, Observation]
_COLUMNS = (("numerator", "tử số"), ("denominator", "mẫu số"))
_SHOWN = 10  # rows that a finding points to


@dataclass(frozen=True, slots=True)
class _Gap:
    """A column in which parts do not add up to their whole."""

    column: str
    word: str
    counts: tuple[Decimal, ...]
    whole: Decimal

    @property
    def total(self) -> Decimal:
        return sum(self.counts, Decimal(0))

    def against(self, sum_in_words: str) -> str:
        """The words for it."""
        relation = "lớn hơn" if self.total > self.whole else "nhỏ hơn"
        return f"{self.word} {sum_in_words} {number(self.total)}, {relation} số chung {number(self.whole)}"


@check("SL104", ERROR, "Nam và nữ cộng lại khác số chung")
def sexes_against_all(history: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Số đếm của nam, của nữ (và của người không rõ giới tính) cộng lại phải bằng số chung. Chỉ xét tử số và mẫu số, khi
    có cả nam và nữ, cùng độ chính thức và cùng ngày có số; tỷ lệ không cộng được.

    Cách xử lý: đối chiếu với báo cáo của cơ quan cung cấp; có người không rõ giới tính thì thêm dòng `unknown`.

    Sai:

        # data/2024.csv
        indicator,area,period,sex,numerator,denominator,source
        cl-3-2a,tra-vinh,2023,,153,188,"Sở Văn hóa, Thể thao và Du lịch"  # <- SL104
        cl-3-2a,tra-vinh,2023,female,131,161,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2023,male,27,29,"Sở Văn hóa, Thể thao và Du lịch"

    Đúng:

        # data/2024.csv
        indicator,area,period,sex,numerator,denominator,source
        cl-3-2a,tra-vinh,2023,,153,188,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2023,female,131,161,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2023,male,22,27,"Sở Văn hóa, Thể thao và Du lịch"

    Không phải lỗi (có người không rõ giới tính; chỉ có một giới):

        # data/2024.csv
        indicator,area,period,sex,numerator,denominator,source
        cl-3-2a,tra-vinh,2022,,172,214,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2022,female,147,181,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2022,male,24,32,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2022,unknown,1,1,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2023,,153,188,"Sở Văn hóa, Thể thao và Du lịch"
        cl-3-2a,tra-vinh,2023,female,131,161,"Sở Văn hóa, Thể thao và Du lịch"

    Không phải lỗi (tỷ lệ của nam, của nữ không cộng lại; số chung đã sửa, phân tổ chưa sửa):

        # data/2024.csv
        indicator,area,period,sex,numerator,denominator,value,vintage,source,as_of
        cl-5-2a,tra-vinh,2022,,,,93.0,,Sở Giáo dục và Đào tạo,
        cl-5-2a,tra-vinh,2022,female,,,93.7,,Sở Giáo dục và Đào tạo,
        cl-5-2a,tra-vinh,2022,male,,,92.4,,Sở Giáo dục và Đào tạo,
        cl-5-2a,tra-vinh,2023,,5082,5430,,official,Sở Giáo dục và Đào tạo,2023-12-20
        cl-5-2a,tra-vinh,2023,female,2480,2640,,preliminary,Sở Giáo dục và Đào tạo,2023-11-15
        cl-5-2a,tra-vinh,2023,male,2590,2790,,preliminary,Sở Giáo dục và Đào tạo,2023-11-15
    """
    if not any(row.sex is Sex.FEMALE for row in history):
        return
    standing = standing_rows(history)
    for key, row in standing.items():
        definition = definition_at(registry.indicators.get(row.indicator), row.period)
        if row.sex is not Sex.ALL or definition is None or not definition.part_of_whole:
            continue
        parts = _by_sex(standing, key, row)
        gaps = [] if _share_one_whole(parts) else _gaps(definition, row, parts)
        if gaps:
            terms = [_terms(parts, gap) for gap in gaps]
            message = "; ".join(gap.against(f"{words} =") for gap, words in zip(gaps, terms, strict=True))
            related = [(part.line.place(gaps[0].column), part.sex.term) for part in parts]
            yield Fault(row.line.place(gaps[0].column), message, related, value="/".join(row.key))


@check("SL105", WARNING, "Tổng các địa bàn khác số chung")
def parts_against_area(history: tuple[Observation, ...], registry: Registry) -> Iterator[Fault]:
    """Số đếm của các địa bàn trực thuộc cộng lại phải bằng số của địa bàn cấp trên. Chỉ xét tử số và mẫu số, khi sổ địa
    bàn có ít nhất hai địa bàn trực thuộc còn tồn tại cả kỳ và địa bàn nào cũng có số, cùng độ chính thức. Chỉ tiêu phân
    tổ theo cấp (cơ quan của tỉnh không thuộc huyện nào) thì tổng nhỏ hơn là thường.

    Cách xử lý: tìm địa bàn ghi sai hoặc tính lại số chung từ các địa bàn.

    Sai:

        # registry/areas.yaml
        areas:
          - {id: huyen-a, name: A, level: district, parent: tra-vinh}
          - {id: huyen-b, name: B, level: district, parent: tra-vinh}

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-6-3,tra-vinh,2023,100,106,Sở Thông tin và Truyền thông  # <- SL105
        cl-6-3,huyen-a,2023,52,55,Phòng Văn hóa và Thông tin
        cl-6-3,huyen-b,2023,45,51,Phòng Văn hóa và Thông tin

    Đúng:

        # registry/areas.yaml
        areas:
          - {id: huyen-a, name: A, level: district, parent: tra-vinh}
          - {id: huyen-b, name: B, level: district, parent: tra-vinh}

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
        cl-6-3,tra-vinh,2023,100,106,Sở Thông tin và Truyền thông
        cl-6-3,huyen-a,2023,52,55,Phòng Văn hóa và Thông tin
        cl-6-3,huyen-b,2023,48,51,Phòng Văn hóa và Thông tin

    Không phải lỗi (một huyện chưa có số; tỷ lệ không cộng lại; cơ quan cấp tỉnh không thuộc huyện nào):

        # registry/areas.yaml
        areas:
          - {id: huyen-a, name: A, level: district, parent: tra-vinh}
          - {id: huyen-b, name: B, level: district, parent: tra-vinh}

        # data/2024.csv
        indicator,area,period,numerator,denominator,value,status,source
        cl-6-3,tra-vinh,2022,98,106,,,Sở Thông tin và Truyền thông
        cl-6-3,huyen-a,2022,52,55,,,Phòng Văn hóa và Thông tin
        cl-6-3,huyen-b,2022,,,,missing,Phòng Văn hóa và Thông tin
        cl-6-3,tra-vinh,2023,,,94.3,,Sở Thông tin và Truyền thông
        cl-6-3,huyen-a,2023,,,95.5,,Phòng Văn hóa và Thông tin
        cl-6-3,huyen-b,2023,,,92.9,,Phòng Văn hóa và Thông tin
        cl-1-1,tra-vinh,2023,136,232,,,Sở Nội vụ
        cl-1-1,huyen-a,2023,50,90,,,Phòng Nội vụ
        cl-1-1,huyen-b,2023,55,100,,,Phòng Nội vụ

    Không phải lỗi (huyện B đã nhập vào huyện A từ năm 2023; huyện A không phát sinh):

        # registry/areas.yaml
        areas:
          - {id: huyen-a, name: A, level: district, parent: tra-vinh}
          - {id: huyen-b, name: B, level: district, parent: tra-vinh, valid: {to: 2022-12-31}}
          - {id: huyen-c, name: C, level: district, parent: tra-vinh}

        # data/2024.csv
        indicator,area,period,numerator,denominator,status,source
        cl-3-3,tra-vinh,2023,2,3,,Công an tỉnh
        cl-3-3,huyen-a,2023,0,0,none,Công an huyện
        cl-3-3,huyen-c,2023,2,3,,Công an huyện
    """
    wholes = _wholes(registry)
    if not any(row.area in wholes for row in history):
        return
    standing = standing_rows(history)
    territory = Territory(registry.areas)
    for key, row in standing.items():
        if row.sex is not Sex.ALL or row.area not in wholes:
            continue
        indicator = registry.indicators.get(row.indicator)
        definition = definition_at(indicator, row.period)
        if indicator is None or definition is None:
            continue
        parts = _by_area(standing, key, row, territory)
        gaps = _gaps(definition, row, parts)
        if "level" in indicator.breakdowns:  # the area's own bodies are counted in none of its parts
            gaps = [gap for gap in gaps if gap.total > gap.whole]
        if gaps:
            message = "; ".join(gap.against(f"của {len(parts)} địa bàn trực thuộc cộng lại") for gap in gaps)
            related = [(part.line.place(gaps[0].column), registry.areas[part.area].name) for part in parts][:_SHOWN]
            yield Fault(row.line.place(gaps[0].column), message, related, value="/".join(row.key))


@lru_cache(maxsize=1)
def _wholes(registry: Registry) -> frozenset[str | None]:
    """The areas that others make up, as far as that is verified."""
    doubtful = {area.parent for area in registry.areas.values() if not area.verified}
    return frozenset(above for area in registry.areas.values() for above in (area.parent, area.merged_into)) - doubtful


def key_of(row: Observation) -> Key:
    return (row.indicator, row.area, row.period, row.sex, row.group)


def standing_rows(history: Iterable[Observation]) -> Standing:
    """The row that counts for each figure: the newest `as_of` of the best vintage."""
    best: Standing = {}
    ranks: dict[Key, tuple[int, date]] = {}
    for row in history:
        key, rank = key_of(row), (row.vintage.rank, row.as_of or date.min)
        if key not in best or rank >= ranks[key]:
            best[key], ranks[key] = row, rank
    return best


def _counted(row: Observation, column: str) -> Decimal | None:
    """A count; zero where nothing occurred, None where it is not known."""
    count: Decimal | None = getattr(row, column)
    if row.status is FigureStatus.NONE:
        return count or Decimal(0)
    return count if row.status is FigureStatus.ORDINARY else None


def _gaps(definition: Definition, row: Observation, parts: list[Observation]) -> list[_Gap]:
    """The columns of counts in which the parts do not add up to the row."""
    gaps = []
    for column, word in _COLUMNS:
        counted: Count | None = getattr(definition, column)
        whole = _counted(row, column)
        counts = [count for part in parts if (count := _counted(part, column)) is not None]
        if not parts or whole is None or len(counts) < len(parts) or not adds_up(counted):
            continue
        gap = _Gap(column, word, tuple(counts), whole)
        if abs(gap.total - whole) > _rounding(gap, counted):
            gaps.append(gap)
    return gaps


def _rounding(gap: _Gap, counted: Count | None) -> Decimal:
    """How far rounded terms may drift apart: half a last place for each; whole numbers of people not at all."""
    terms = (gap.whole, *gap.counts)
    whole_numbers = all(term == term.to_integral_value() for term in terms)
    if whole_numbers and not is_in_thousands(counted):
        return Decimal(0)
    return sum((half_a_place(term) for term in terms), Decimal(0))


def half_a_place(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0) / 2


def _by_sex(standing: Standing, key: Key, row: Observation) -> list[Observation]:
    """The rows of the sexes, where both are given and as final and as new as the whole; else none."""
    indicator, area, period, _, group = key
    found = {sex: standing.get((indicator, area, period, sex, group)) for sex in (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)}
    parts = [part for part in found.values() if part is not None]
    alike = all(part.vintage is row.vintage and part.as_of == row.as_of for part in parts)
    return parts if found[Sex.MALE] and found[Sex.FEMALE] and alike else []


def _share_one_whole(parts: list[Observation]) -> bool:
    """Whether men and women are shares of one denominator: then only their own figures say how they are counted."""
    wholes = {part.denominator for part in parts}
    return len(parts) > 1 and len(wholes) == 1 and wholes.isdisjoint({None, Decimal(0)})


def _terms(parts: list[Observation], gap: _Gap) -> str:
    return " + ".join(f"{part.sex.term} {number(count)}" for part, count in zip(parts, gap.counts, strict=True))


def _by_area(standing: Standing, key: Key, row: Observation, territory: Territory) -> list[Observation]:
    """The rows of all areas directly below, where each has one as final as the whole; else none.

    An area that begins or ends within the period leaves the sum open.
    """
    children = territory.below(row.area, row.period.end)
    if len(children) < 2 or set(children) != set(territory.below(row.area, row.period.start)):
        return []
    parts = []
    for child in children:
        part = standing.get((row.indicator, child, row.period, key[3], key[4]))
        if part is None or part.vintage is not row.vintage or part.window is not row.window:
            return []
        parts.append(part)
    return parts
