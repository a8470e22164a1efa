"""SS: numbers and deadlines of an issued plan that an earlier revision promised otherwise, and no act allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bdg_cli.checks.check import check
from bdg_cli.comparison import deadline_text, measures_by_id, paired, promised, report_key, tasks_by_body
from bdg_cli.dates import PartialDate
from bdg_cli.findings import ERROR, Fault
from bdg_cli.models.plan import Measure, Operator, Reporting
from bdg_cli.models.registry import Direction
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import date_words, number, period_words


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure in both versions."""

    before: Measure
    after: Measure

    @property
    def allowed(self) -> bool:
        """Whether the measure names an act it did not name before: that act allows the change."""
        return self.after.amended_by is not None and self.after.amended_by != self.before.amended_by


def pairs(before: Plan, plan: Plan) -> Iterator[Pair]:
    """The measures of both versions that nothing allows to change; none where the plan was not issued."""
    if not before.issued or amended(before, plan):
        return
    known = measures_by_id(before)
    for key, (_, after) in measures_by_id(plan).items():
        if key in known:
            pair = Pair(known[key][1], after)
            if not pair.allowed:
                yield pair


def amended(before: Plan, plan: Plan) -> bool:
    """Whether the plan as a whole names an amending act that it did not name before."""
    return bool(set(plan.file.amended_by) - set(before.file.amended_by))


@check("SS101", ERROR, "Hạ chỉ tiêu đã ban hành")
def lowered_target(before: Plan, plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Chỉ tiêu của văn bản đã ban hành là cam kết; hạ nó trong kho mà không có văn bản sửa đổi thì bản trong kho không
    còn là bản đã ký. Văn bản chỉ được sửa đổi, bổ sung bằng văn bản của chính cơ quan đã ban hành.

    Cách xử lý: khôi phục giá trị cũ; nếu cơ quan ban hành đã cho sửa thì ghi văn bản ấy vào registry/acts.yaml và nêu mã
    ở `amended_by` của số đo (hoặc của plan.yaml khi sửa cả kế hoạch).

    Sai:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 65, unit: "%", due: 2024}

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
                    value: 60  # <- SS101
                    unit: "%"
                    due: 2024

    Đúng:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 65, unit: "%", due: 2024}

        # registry/acts.yaml
        acts:
          - {id: kh-10-2021, kind: plan, number: 10/KH-UBND, issuer: ubnd-mau, date: 2021-01-15, title: thực hiện Chiến lược}
          - id: sua-doi
            kind: decision
            number: 20/QĐ-UBND
            date: 2024-03-01
            issuer: ubnd-mau
            title: Sửa đổi Kế hoạch thực hiện công tác bình đẳng giới năm 2024

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024, amended_by: sua-doi}

    Không phải lỗi (nâng chỉ tiêu):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 65, unit: "%", due: 2024}

    Không phải lỗi (dự thảo chưa ban hành thì còn sửa được):

        # trước: demo/plan.yaml
        status: draft

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 65, unit: "%", due: 2024}

        # demo/plan.yaml
        status: issued

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}
    """
    for pair in pairs(before, plan):
        old, new = pair.before, pair.after
        if _flipped(old, new):
            continue  # SS104
        if _is_weaker(old, new, registry):
            told = promised(old), promised(new)
            yield Fault(
                new.at("value" if new.says("value") else "id"),
                f"trước là {told[0]}, nay là {told[1]}",
                value=" > ".join(told),
            )
        yield from _lowered_milestones(old, new, registry)


def _lowered_milestones(old: Measure, new: Measure, registry: Registry) -> Iterator[Fault]:
    direction = _way(old, registry)
    now = {entry.year: entry for entry in new.milestones}
    for entry in old.milestones:
        other = now.get(entry.year)
        if other is None:
            if entry.year != new.due:
                message = f"bỏ mốc {number(entry.value)} của năm {entry.year}"
                yield Fault(new.at("milestones"), message, value=str(entry.year))
        elif direction and _beyond(entry.value, other.value, direction):
            message = f"mốc năm {entry.year} trước là {number(entry.value)}, nay là {number(other.value)}"
            yield Fault(other.at("value"), message, value=f"{entry.year} {entry.value} > {other.value}")


def _is_weaker(old: Measure, new: Measure, registry: Registry) -> bool:
    """Whether a result that was not enough would be enough now."""
    if old.op is None or old.value is None:
        return False
    if new.op is None or new.value is None:
        return True
    direction = _way(old, registry)
    if direction is None:
        return False
    limits = _limit(old, direction), _limit(new, direction)
    if limits[0] != limits[1]:
        return _beyond(limits[0], limits[1], direction)
    return old.op in _STRICT and new.op not in _STRICT


_STRICT = {Operator.ABOVE, Operator.BELOW}


def _way(measure: Measure, registry: Registry) -> Direction | None:
    """Which way the measure asks for; `=` and `~` ask for what is better by the indicator."""
    indicator = registry.indicators.get(measure.indicator or "")
    return measure.way or (indicator.direction if indicator else None)


def _limit(measure: Measure, direction: Direction) -> Decimal:
    """The worst value that is still enough."""
    assert measure.value is not None
    slack = (measure.tolerance or Decimal(0)) if measure.op is Operator.ABOUT else Decimal(0)
    return measure.value - slack if direction is Direction.UP else measure.value + slack


def _beyond(old: Decimal, new: Decimal, direction: Direction) -> bool:
    return new < old if direction is Direction.UP else new > old


def _flipped(old: Measure, new: Measure) -> bool:
    ways = old.way, new.way
    return None not in ways and ways[0] is not ways[1]


@check("SS102", ERROR, "Lùi hạn đã ban hành")
def moved_deadline(before: Plan, plan: Plan) -> Iterator[Fault]:
    """Năm đạt chỉ tiêu, thời hạn nhiệm vụ và hạn báo cáo của văn bản đã ban hành không lùi được bằng một lần sửa tệp.

    Cách xử lý: khôi phục thời hạn cũ, hoặc nêu văn bản cho phép ở `amended_by` của số đo; với nhiệm vụ và hạn báo cáo,
    ở `amended_by` của plan.yaml.

    Sai:

        # trước: demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-10
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11  # <- SS102
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

    Sai (hạn báo cáo):

        # trước: demo/plan.yaml
        reporting:
          - {from: [so-noi-vu-mau, so-y-te-mau], to: ubnd-mau, period: year, deadline: 2024-12-18}

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20  # <- SS102

    Đúng:

        # trước: demo/plan.yaml
        reporting:
          - {from: [so-noi-vu-mau, so-y-te-mau], to: ubnd-mau, period: year, deadline: 2024-12-18}

        # registry/acts.yaml
        acts:
          - {id: kh-10-2021, kind: plan, number: 10/KH-UBND, issuer: ubnd-mau, date: 2021-01-15, title: thực hiện Chiến lược}
          - id: sua-doi
            kind: decision
            number: 20/QĐ-UBND
            date: 2024-03-01
            issuer: ubnd-mau
            title: Sửa đổi Kế hoạch thực hiện công tác bình đẳng giới năm 2024

        # demo/plan.yaml
        amended_by: [sua-doi]
        reporting:
          - {from: [so-noi-vu-mau, so-y-te-mau], to: ubnd-mau, period: year, deadline: 2024-12-20}

    Không phải lỗi (rút ngắn thời hạn):

        # trước: demo/plan.yaml
        reporting:
          - {from: [so-noi-vu-mau, so-y-te-mau], to: ubnd-mau, period: year, deadline: 2024-12-24}

        # demo/plan.yaml
        reporting:
          - {from: [so-noi-vu-mau, so-y-te-mau], to: ubnd-mau, period: year, deadline: 2024-12-20}

    Không phải lỗi (nêu rõ thêm ngày trong cùng một tháng):

        # trước: demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11-29}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}
    """
    for pair in pairs(before, plan):
        years = pair.before.due, pair.after.due or plan.last_year
        if years[0] is not None and years[1] is not None and years[1] > years[0]:
            message = f"năm đạt trước là {years[0]}, nay là {years[1]}"
            yield Fault(pair.after.at("due"), message, value=f"{years[0]} > {years[1]}")
    if before.issued and not amended(before, plan):
        yield from _longer_period(before, plan)
        yield from _later_tasks(before, plan)
        yield from _later_reports(before, plan)


def _longer_period(before: Plan, plan: Plan) -> Iterator[Fault]:
    """A longer period moves every target that names no year of its own."""
    if not any(measure.due is None and measure.value is not None for _, measure in before.measures()):
        return
    if before.last_year and plan.last_year and plan.last_year > before.last_year:
        message = f"giai đoạn kéo đến {plan.last_year}, nên chỉ tiêu không nêu năm đạt lùi từ {before.last_year}"
        yield Fault(plan.file.at("period"), message, value=f"{before.last_year} > {plan.last_year}")


def _later_tasks(before: Plan, plan: Plan) -> Iterator[Fault]:
    now = tasks_by_body(plan)
    for bodies, tasks in tasks_by_body(before).items():
        for old, new in paired(tasks, now.get(bodies, [])):
            if old and new and old.deadline and _is_later(old.deadline, new.deadline):
                now_told = f"là {date_words(new.deadline)}" if new.deadline else "bỏ trống"
                message = f"thời hạn trước là {date_words(old.deadline)}, nay {now_told}"
                place = new.at("deadline") if new.deadline else new.at("text")
                yield Fault(place, message, value=f"{old.deadline} > {new.deadline}")


def _is_later(old: PartialDate, new: PartialDate | None) -> bool:
    return new is None or new.latest > old.latest


def _later_reports(before: Plan, plan: Plan) -> Iterator[Fault]:
    now = {report_key(entry): entry for entry in plan.file.reporting}
    for old in before.file.reporting:
        new = now.get(report_key(old))
        if new is None or old.deadline is None:
            continue
        if new.deadline is None or _last_day(new) > _last_day(old):
            message = f"hạn báo cáo trước là {deadline_text(old)}, nay {deadline_text(new)}"
            yield Fault(new.at("deadline"), message, value=f"{old.deadline} > {new.deadline}")


def _last_day(entry: Reporting) -> int:
    assert entry.deadline is not None
    return entry.deadline.latest.toordinal() - entry.exclusive


@check("SS103", ERROR, "Sửa số gốc đã ban hành")
def rewritten_baseline(before: Plan, plan: Plan) -> Iterator[Fault]:
    """Sửa số gốc làm thay đổi quãng đường phải đi mà lời văn chỉ tiêu vẫn như cũ, nên không ai thấy.

    Cách xử lý: khôi phục số gốc đã ký; số liệu mới thì ghi vào data/, còn sửa số gốc phải có văn bản nêu ở `amended_by`.

    Sai:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024,
                     baseline: {value: 48, period: 2022}}

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
                    baseline:
                      value: 44  # <- SS103
                      period: 2022

    Đúng:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024,
                     baseline: {value: 48, period: 2022}}

        # registry/acts.yaml
        acts:
          - {id: kh-10-2021, kind: plan, number: 10/KH-UBND, issuer: ubnd-mau, date: 2021-01-15, title: thực hiện Chiến lược}
          - id: sua-doi
            kind: decision
            number: 20/QĐ-UBND
            date: 2024-03-01
            issuer: ubnd-mau
            title: Sửa đổi Kế hoạch thực hiện công tác bình đẳng giới năm 2024

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024, amended_by: sua-doi,
                     baseline: {value: 44, period: 2022}}

    Không phải lỗi (thêm số gốc trước chưa có):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024,
                     baseline: {value: 44, period: 2022}}

    Không phải lỗi (viết lại cùng một số):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024,
                     baseline: {value: 44, period: 2022}}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024,
                     baseline: {value: 44.0, period: 2022}}
    """
    for pair in pairs(before, plan):
        old, new = pair.before.baseline, pair.after.baseline
        if old is None:
            continue
        told = f"{number(old.value)} của {period_words(old.period)}"
        if new is None:
            yield Fault(pair.after.at("baseline"), f"bỏ số gốc {told}", value=told)
        elif (old.value, old.period) != (new.value, new.period):
            message = f"số gốc trước là {told}, nay là {number(new.value)} của {period_words(new.period)}"
            yield Fault(new.at("value"), message, value=f"{told} > {new.value} {new.period}")


@check("SS104", ERROR, "Đổi chiều chỉ tiêu đã ban hành")
def flipped_direction(before: Plan, plan: Plan) -> Iterator[Fault]:
    """“Ít nhất” đổi thành “không quá” thì cùng một kết quả chuyển từ chưa đạt thành đạt.

    Cách xử lý: khôi phục phép so sánh cũ ở `op`; nếu văn bản sửa đổi cho phép thì nêu ở `amended_by`.

    Sai:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: lần, due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - id: "1.1"
                    op: ">="  # <- SS104
                    value: 1.7
                    unit: lần
                    due: 2024

    Đúng:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: lần, due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<", value: 1.7, unit: lần, due: 2024}

    Không phải lỗi (“khoảng” không có chiều):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "~", value: 1.7, tolerance: 0.1, unit: lần, due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: lần, due: 2024}

    Không phải lỗi (chỉ tiêu mới):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: lần, due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: lần, due: 2024}
              - id: "1.2"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.2", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}
    """
    for pair in pairs(before, plan):
        old, new = pair.before, pair.after
        if _flipped(old, new):
            assert old.op is not None
            assert new.op is not None
            message = f"trước là “{old.op.term}” ({old.op}), nay là “{new.op.term}” ({new.op})"
            yield Fault(new.at("op"), message, value=f"{old.op} > {new.op}")
