"""BC: figures that an issued report has said, against those of today."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.checks.check import check
from bdg_cli.data.locking import Now, Restatement, newest, restated
from bdg_cli.data.results import Results
from bdg_cli.facts import Facts
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.models.lock import LockedFigure, LockFile
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number, period_words

_SHIPPED = "bdg:"


@check("BC104", WARNING, "Số liệu đổi sau khi báo cáo khóa")
def changed_after_lock(
    facts: tuple[Facts, ...], locks: dict[str, LockFile], results: Results, registry: Registry
) -> Iterator[Fault]:
    """Khi ban hành, báo cáo khóa số liệu (`bdg report --freeze`). Số liệu trong kho đổi sau đó thì hai báo cáo nói
    hai số khác nhau; báo cáo kỳ sau phải nói ra ở phụ lục số liệu điều chỉnh, và khóa báo cáo ấy xong thì hết cảnh
    báo. Số có thêm cho chỗ khi khóa còn chưa có, số chỉ đổi từ ước sang chính thức mà vẫn thế, không bị xét.

    Cách xử lý: sửa nhầm thì lấy lại số cũ; số đúng là số mới thì ghi lý do ở cột note, lập báo cáo kỳ sau rồi khóa;
    báo cáo chưa gửi đi thì khóa lại bằng `bdg report --freeze --force`.

    Sai:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2024H1,19,31,estimate,Sở Nội vụ  # <- BC104

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "18",
             "denominator": "31", "value": "58.064516", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "0abaa80cd4b9f634"}
          ], "hash": "3ede7c54a124df54"}
        ]}

    Sai (số đã khóa không còn trong kho):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2023,18,31,official,Sở Nội vụ

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "18",  # <- BC104
             "denominator": "31", "value": "58.064516", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "0abaa80cd4b9f634"}
          ], "hash": "3ede7c54a124df54"}
        ]}

    Đúng:

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2024H1,18,31,estimate,Sở Nội vụ

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "18",
             "denominator": "31", "value": "58.064516", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "0abaa80cd4b9f634"}
          ], "hash": "3ede7c54a124df54"}
        ]}

    Không phải lỗi (có số mới, vẫn bằng số cũ):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source,as_of
        cl-1-1,tra-vinh,2024H1,18,31,estimate,Sở Nội vụ,2024-06-14
        cl-1-1,tra-vinh,2024H1,18,31,estimate,Sở Nội vụ,2024-07-10

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "18",
             "denominator": "31", "value": "58.064516", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "0abaa80cd4b9f634"}
          ], "hash": "3ede7c54a124df54"}
        ]}

    Không phải lỗi (khi khóa chưa có số, nay có):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2024H1,18,31,estimate,Sở Nội vụ

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": null,
             "denominator": null, "value": null, "status": "missing", "vintage": "", "as_of": null, "path": null,
             "hash": "654547084e9614ef"}
          ], "hash": "d2b447aa76510277"}
        ]}

    Không phải lỗi (báo cáo năm đã khóa và đã nói số mới của 6 tháng):

        # data/2024.csv
        indicator,area,period,numerator,denominator,vintage,source
        cl-1-1,tra-vinh,2024H1,19,31,estimate,Sở Nội vụ

        # reports/2024H1.lock.json
        {"format": "bdg-lock/1", "period": "2024H1", "today": "2024-06-20", "plans": [
          {"plan": "demo", "number": "20/BC-UBND", "date": "2024-06-20", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "18",
             "denominator": "31", "value": "58.064516", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "0abaa80cd4b9f634"}
          ], "hash": "3ede7c54a124df54"}
        ]}

        # reports/2024.lock.json
        {"format": "bdg-lock/1", "period": "2024", "today": "2024-12-22", "plans": [
          {"plan": "demo", "number": "90/BC-UBND", "date": "2024-12-22", "inputs": "", "figures": [
            {"measure": "1.1", "indicator": "cl-1-1", "area": "tra-vinh", "period": "2024H1", "numerator": "19",
             "denominator": "31", "value": "61.290323", "status": "", "vintage": "estimate", "as_of": null,
             "path": "data/2024.csv", "hash": "5d2c7d68fdc43a1d"}
          ], "hash": "a844d75b007def05"}
        ]}
    """
    known = {plan.plan for plan in facts}
    said = {key: stated for key, stated in newest(locks).items() if stated.report.plan in known}
    found: dict[tuple[str | None, str | None, str], list[Restatement]] = {}
    for one in restated(said, results):
        locked = one.stated.figure
        if not one.added:
            found.setdefault((locked.indicator, locked.area, str(locked.period)), []).append(one)
    for key, changes in found.items():
        first = changes[0]
        related = [
            (one.stated.figure.at("measure"), f"đã khóa ở báo cáo {one.stated.report.number}") for one in changes
        ]
        place = _of_row(first.now)
        if place is None:
            (place, _), *related = related
        yield Fault(place, _message(first, registry), related, value="/".join(part or "" for part in key))


def _of_row(now: Now) -> Place | None:
    return None if now.place is None or now.place.path.startswith(_SHIPPED) else now.place


def _message(one: Restatement, registry: Registry) -> str:
    locked = one.stated.figure
    area = registry.areas.get(locked.area or "")
    what = f"{locked.indicator} của {area.name if area else locked.area}, {period_words(locked.period)},"
    return f"{what} nay là {_told(one.now)}, báo cáo {one.stated.report.number} đã khóa là {_told(locked)}"


def _told(figure: Now | LockedFigure) -> str:
    if figure.value is None:
        return "không có số"
    value = number(figure.value, 2) if figure.value != int(figure.value) else number(figure.value, 0)
    if figure.numerator is None or figure.denominator is None:
        return value
    return f"{number(figure.numerator)}/{number(figure.denominator)} (bằng {value})"
