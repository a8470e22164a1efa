"""CT: the values of a measure against their unit, and the unit against the indicator's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bdg_cli.checks.check import check
from bdg_cli.findings import ERROR, Fault, Place
from bdg_cli.models.plan import Measure, Target
from bdg_cli.models.registry import Indicator
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import nfc, number

_PER = re.compile(r"/\s*(?P<base>\d[\d.]*)")
PERCENT = "%"
_POINTS, _YES_OR_NO = "điểm phần trăm", "có/không"
_COMPARED = re.compile(r"\bso\s+với\b", re.IGNORECASE)


def is_qualitative(measure: Measure, registry: Registry) -> bool:
    """Whether a measure is shown by evidence: it says so, or its unit or its indicator does."""
    indicator = indicator_of(measure, registry)
    return (
        measure.qualitative
        or unit_key(measure.unit) == _YES_OR_NO
        or (indicator is not None and indicator.verified and indicator.qualitative)
    )


def has_other_unit(measure: Measure, registry: Registry) -> bool:
    """Whether the unit of a measure is surely not that of its indicator. `bé trai/100 bé gái` is `trai/100 gái`."""
    indicator = indicator_of(measure, registry)
    if indicator is None or not indicator.verified or measure.unit is None:
        return False
    own, wanted = unit_key(measure.unit), unit_key(indicator.unit)
    return own != wanted and not (set(own.split(", ")) & set(wanted.split(", ")))


def indicator_of(measure: Measure, registry: Registry) -> Indicator | None:
    return registry.indicators.get(measure.indicator) if measure.indicator else None


def unit_key(unit: str | None) -> str:
    """A unit for comparing: `phần trăm` is `%`, and of `ca/100.000 trẻ sinh sống` only `/100000` counts."""
    plain = " ".join(nfc(unit or "").lower().split())
    if plain == "phần trăm":
        return PERCENT
    match = _PER.search(plain)
    if match:
        return f"/{match['base'].replace('.', '')}"
    return plain.replace(" /", "/").replace("/ ", "/")


@check("CT104", ERROR, "Giá trị ngoài miền của đơn vị")
def outside_domain(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Tỷ lệ phần trăm của một phần trong tổng thể nằm trong khoảng 0 đến 100; số đếm, số lần, tỷ số không thể âm;
    có/không là 1 hoặc 0. Giá trị, mốc, số gốc và điều kiện đều được xem.

    Cách xử lý: sửa giá trị (thường do gõ thừa số, thiếu dấu thập phân) hoặc sửa `unit`.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 600  # <- CT104
                    unit: "%"
                    due: 2024
              - id: "1.2"
                text: Tổ chức ít nhất {{ value }} tập huấn.
                measures:
                  - id: "1.2"
                    op: ">="
                    value: -2  # <- CT104
                    unit: lớp
                    due: 2024

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024

    Không phải lỗi (số lần lớn hơn 1; tỷ số giới tính khi sinh lớn hơn 100; mức giảm ghi bằng số âm):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong đời sống gia đình, y tế
            targets:
              - id: "1.1"
                text: Giảm số giờ làm việc nhà không được trả công của phụ nữ còn {{ value }} so với nam giới.
                measures:
                  - id: "1.1"
                    op: "<="
                    value: 1.7
                    unit: lần
                    due: 2024
              - id: "1.2"
                text: Tỷ số giới tính khi sinh không quá {{ value }}.
                measures:
                  - id: "1.2"
                    op: "<="
                    value: 111
                    unit: bé trai/100 bé gái
                    due: 2024
              - id: "1.3"
                text: Tỷ lệ tảo hôn giảm, thay đổi {{ value }} trong năm.
                measures:
                  - id: "1.3"
                    op: "<="
                    value: -2
                    unit: điểm phần trăm
                    due: 2024

    Không phải lỗi (0% và 100%; phần trăm so với một số khác có thể hơn 100):

        # registry/indicators.yaml
        indicators:
          - id: thu-nhap-nu-so-nam
            name: Thu nhập bình quân của lao động nữ so với lao động nam
            unit: "%"
            kind: level
            publication: year
            definitions:
              - numerator: {name: Thu nhập bình quân của lao động nữ}
                denominator: {name: Thu nhập bình quân của lao động nam}
                factor: 100
                part_of_whole: false

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Thu nhập của lao động nữ bằng {{ value }} thu nhập của lao động nam.
                measures:
                  - id: "1.1"
                    indicator: thu-nhap-nu-so-nam
                    op: ">="
                    value: 101
                    unit: "%"
                    due: 2024
              - id: "1.2"
                text: Số cuộc truyền thông tăng lên bằng {{ value }} so với năm trước.
                measures:
                  - id: "1.2"
                    op: ">="
                    value: 150
                    unit: "%"
                    due: 2024
              - id: "1.3"
                text: Có {{ value("1.3a") }} xã có người làm công tác bình đẳng giới, {{ value("1.3b") }} xã để trống.
                measures:
                  - id: "1.3a"
                    op: "="
                    value: 100
                    unit: "%"
                    due: 2024
                  - id: "1.3b"
                    op: "="
                    value: 0
                    unit: "%"
                    due: 2024
    """
    for target, measure in plan.measures():
        if has_other_unit(measure, registry):
            continue  # CT105 says it
        wrong = list(outside(target, measure, registry))
        if wrong:
            (place, message), *others = wrong
            yield Fault(place, message, others, value=measure.id)


def outside(target: Target, measure: Measure, registry: Registry) -> Iterator[tuple[Place, str]]:
    """The values of a measure that its unit cannot have, in words. Nothing else is concluded from such values."""
    indicator = indicator_of(measure, registry)
    ratio = indicator is not None and any(not entry.part_of_whole for entry in indicator.definitions)
    compared = (indicator is None or not indicator.definitions) and bool(_COMPARED.search(target.text.raw))
    values = [(measure, "giá trị", measure.value)] if measure.value is not None else []
    for owner, name, value in [
        *values,
        *((entry, f"mốc năm {entry.year}", entry.value) for entry in measure.milestones),
        *([(measure.baseline, "số gốc", measure.baseline.value)] if measure.baseline else []),
    ]:
        domain = _domain(unit_key(measure.unit), free=ratio or compared)
        if measure.unit and not domain[0] <= value <= domain[1]:
            yield owner.at("value"), f"{name} {number(value)} của số đo {measure.id} {_bounds(domain, measure.unit)}"
    condition = measure.condition
    if condition is not None:
        domain = _domain(unit_key(condition.unit), free=True)
        if not domain[0] <= condition.value <= domain[1]:
            text = f"điều kiện {number(condition.value)} của số đo {measure.id} {_bounds(domain, condition.unit)}"
            yield condition.at("value"), text


_Domain = tuple[Decimal, Decimal]


def _domain(unit: str, *, free: bool) -> _Domain:
    """The lowest and highest value of a unit. `free`: a percentage of something else, or a change."""
    top = Decimal("Infinity")
    if unit == _POINTS:
        return Decimal(-100), Decimal(100)
    if unit == _YES_OR_NO:
        return Decimal(0), Decimal(1)
    if unit == PERCENT:
        return (-top, top) if free else (Decimal(0), Decimal(100))
    return Decimal(0), top


def _bounds(domain: _Domain, unit: str) -> str:
    low, high = domain
    if high.is_infinite():
        return f"âm, đơn vị “{unit}” không có số âm"
    return f"ngoài khoảng {number(low)} đến {number(high)} của đơn vị “{unit}”"


@check("CT105", ERROR, "Đơn vị khác chỉ tiêu thống kê")
def unit_of_another(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Số đo gắn với chỉ tiêu thống kê thì cùng đơn vị, nếu không số liệu và giá trị không so được với nhau. Cách viết
    khác của cùng một đơn vị không tính; đơn vị chưa kiểm chứng trong sổ không đem ra đối chiếu.

    Cách xử lý: sửa `unit` và `value` theo chỉ tiêu thống kê, hoặc gắn với chỉ tiêu thống kê khác.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: cơ quan  # <- CT105
                    due: 2024

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024

    Không phải lỗi (cách viết khác của cùng đơn vị):

        # registry/indicators.yaml
        indicators:
          - id: sinh-vi-thanh-nien
            name: Tỷ suất sinh ở vị thành niên của tỉnh
            unit: ca/1.000 phụ nữ
            direction: down
            kind: flow
            publication: year

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, y tế
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: phần trăm
                    due: 2024
              - id: "1.2"
                text: Tỷ suất sinh ở vị thành niên còn {{ value }}.
                measures:
                  - id: "1.2"
                    indicator: sinh-vi-thanh-nien
                    op: "<="
                    value: 18
                    unit: ca sinh/1000 phụ nữ từ 15 đến 19 tuổi
                    due: 2024

    Không phải lỗi (đơn vị trong sổ chưa kiểm chứng):

        # registry/indicators.yaml
        indicators:
          - id: cuoc-truyen-thong
            name: Truyền thông về bình đẳng giới
            unit: cuộc
            direction: up
            kind: cumulative
            publication: year
            verified: false

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực truyền thông
            targets:
              - id: "1.1"
                text: Tổ chức ít nhất {{ value }} truyền thông về bình đẳng giới.
                measures:
                  - id: "1.1"
                    indicator: cuoc-truyen-thong
                    op: ">="
                    value: 2
                    unit: đợt
                    due: 2024
    """
    for _, measure in plan.measures():
        indicator = indicator_of(measure, registry)
        if indicator is not None and has_other_unit(measure, registry):
            message = (
                f"đơn vị “{measure.unit}” của số đo {measure.id} khác đơn vị “{indicator.unit}” của chỉ tiêu thống kê "
                f"{indicator.id}"
            )
            related = [(indicator.at("unit"), "đơn vị của chỉ tiêu thống kê")]
            yield Fault(measure.at("unit"), message, related, value=f"{measure.id} {measure.unit}")
