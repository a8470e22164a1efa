"""VB: the document itself, its number and its date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bdg_cli.checks.check import check
from bdg_cli.dates import PartialDate
from bdg_cli.facts import Facts
from bdg_cli.findings import ERROR, INFO, WARNING, Fault, Place
from bdg_cli.plan import Plan
from bdg_cli.registry import number_key
from bdg_cli.vietnamese import listed, short_date


@check("VB101", ERROR, "Đã ban hành mà thiếu số")
def issued_without_number(plan: Plan) -> Iterator[Fault]:
    """Văn bản đã ban hành phải có số; không có số thì không ai viện dẫn, tra cứu được. Dự thảo thì để trống.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 8 và Điều 15 (số và ký hiệu là thành phần thể thức bắt buộc).

    Cách xử lý: ghi số ở khóa `number` theo sổ văn bản đi; nếu chưa ban hành, đổi `status` thành `draft`.

    Sai:

        # demo/plan.yaml
        number:  # <- VB101

    Đúng:

        # demo/plan.yaml
        number: 34

    Không phải lỗi (dự thảo):

        # demo/plan.yaml
        status: draft
        number:  # <- VB114

    Không phải lỗi (số bắt đầu bằng 0; số có chữ kèm):

        # demo/plan.yaml
        number: 012a
    """
    if plan.issued and plan.file.number is None:
        yield Fault(plan.file.at("number"), f"văn bản {plan.file.status.term} nhưng chưa có số")


@check("VB102", ERROR, "Đã ban hành mà thiếu ngày")
def issued_without_date(plan: Plan) -> Iterator[Fault]:
    """Văn bản đã ban hành phải có đủ ngày, tháng, năm: hiệu lực và thời hạn tính từ ngày ấy.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 8 (địa danh và thời gian ban hành là thành phần thể thức bắt buộc).

    Cách xử lý: ghi đủ ngày ở khóa `date` (năm-tháng-ngày); nếu chưa ban hành, đổi `status` thành `draft`.

    Sai:

        # demo/plan.yaml
        date: 2024-01  # <- VB102

    Sai:

        # demo/plan.yaml
        date:  # <- VB102

    Đúng:

        # demo/plan.yaml
        date: 2024-01-16

    Không phải lỗi (dự thảo để trống ngày):

        # demo/plan.yaml
        status: draft
        date: 2024-01  # <- VB114

    Không phải lỗi (văn bản đã được thay vẫn còn đủ ngày):

        # demo/plan.yaml
        status: replaced
        date: 2024-01-15
    """
    written = plan.file.date
    if plan.issued and (written is None or not written.complete):
        known = f", mới chỉ ghi “{written}”" if written is not None else ""
        yield Fault(plan.file.at("date"), f"văn bản {plan.file.status.term} nhưng chưa đủ ngày, tháng, năm{known}")


@check("VB114", INFO, "Dự thảo còn trống số, ngày")
def blank_in_a_draft(plan: Plan) -> Iterator[Fault]:
    """Dự thảo được để trống số và ngày: văn thư cấp số, ghi ngày khi văn bản được ký. Đây chỉ là lời nhắc, báo một lần,
    không làm hỏng việc kiểm tra; văn bản đã ban hành mà còn trống thì là VB101, VB102.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 15 (số lấy theo thứ tự đăng ký tại văn thư cơ quan trong năm).

    Cách xử lý: khi ban hành, ghi `number`, `date` đủ ngày, tháng, năm và đổi `status` thành `issued`.

    Sai:

        # demo/plan.yaml
        status: draft
        number:  # <- VB114
        date: 2024-01

    Sai (đã xin số trước, chưa có ngày):

        # demo/plan.yaml
        status: draft
        date:  # <- VB114

    Đúng:

        # demo/plan.yaml
        status: issued
        number: 12
        date: 2024-01-15

    Không phải lỗi (dự thảo đã có số, có ngày):

        # demo/plan.yaml
        status: draft
        number: 12
        date: 2024-01-15

    Không phải lỗi (văn bản đã ban hành thiếu số là lỗi khác):

        # demo/plan.yaml
        number:  # <- VB101
    """
    file = plan.file
    if plan.issued:
        return
    blank = [("số", file.at("number"))] if file.number is None else []
    if file.date is None or not file.date.complete:
        blank.append(("ngày", file.at("date")))
    if blank:
        yield Fault(blank[0][1], f"dự thảo còn để trống {listed(word for word, _ in blank)}; điền khi ban hành")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A numbered document with a full date, wherever it is named."""

    series: tuple[str, ...]
    number: int
    date: str
    place: Place
    name: str
    own: bool  # a plan's own number, not one that it cites
    shipped: bool  # of the reference, where no planner can mend it


@check("VB108", WARNING, "Số không tăng theo ngày")
def number_against_date(facts: tuple[Facts, ...]) -> Iterator[Fault]:
    """Trong một năm, một cơ quan đánh số mỗi loại văn bản theo thứ tự ngày. Số lớn hơn mà ngày sớm hơn là có số hoặc
    ngày ghi nhầm. Xét cả các văn bản được viện dẫn, vì nhầm lẫn hay nằm ở đó.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 15 (số lấy theo thứ tự và trình tự thời gian ban hành trong năm).

    Cách xử lý: mở bản gốc của hai văn bản, đối chiếu số và ngày, sửa chỗ ghi nhầm.

    Sai:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh;
          Kế hoạch số 11/KH-UBND ngày 12/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:  # <- VB108

    Đúng:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh;
          Kế hoạch số 11/KH-UBND ngày 18/01/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:

    Không phải lỗi (mỗi năm đánh số lại từ 01):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh;
          Kế hoạch số 09/KH-UBND ngày 08/9/2022 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:

    Không phải lỗi (hai loại văn bản, hai dãy số; cùng một ngày thì số nào trước cũng được):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh; Quyết định số 57/QĐ-UBND ngày
          10/01/2021 của Ủy ban nhân dân tỉnh; Kế hoạch số 11/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh,
          Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
    """
    series: dict[tuple[str, ...], dict[int, list[_Numbered]]] = {}
    for one in _numbered(facts):
        series.setdefault(one.series, {}).setdefault(one.number, []).append(one)
    for numbers in series.values():
        for low, high in combinations(sorted(numbers), 2):
            yield from _contradiction(numbers[low], numbers[high])


def _contradiction(lower: list[_Numbered], higher: list[_Numbered]) -> Iterator[Fault]:
    """One finding for two documents, and only where no reading of their dates is in order."""
    if min(one.date for one in lower) <= max(one.date for one in higher):
        return
    if any(one.own and all(_cites_later(one, other) for other in lower) for one in higher):
        return  # a plan cites what was issued after it: CC106 says so
    first, second = sorted((lower[0], higher[0]), key=lambda one: (not one.shipped, one.place.path, one.place.start))
    if second.shipped:
        return
    message = (
        f"số {higher[0].number} ghi ngày {_told(higher[0].date)}, trước ngày {_told(lower[0].date)} "
        f"của số {lower[0].number}, cùng loại, cùng cơ quan, cùng năm"
    )
    value = f"{lower[0].name}|{higher[0].name}"
    yield Fault(second.place, message, [(first.place, f"{first.name} ở đây")], value=value)


def _cites_later(own: _Numbered, other: _Numbered) -> bool:
    return own.place.path.split("/")[0] == other.place.path.split("/")[0] and other.date > own.date


def _numbered(facts: tuple[Facts, ...]) -> Iterator[_Numbered]:
    for plan in facts:
        for cited in plan.citations:
            yield from _one(cited.issuer, plan, cited.number, cited.date, cited.place, own=False)
        yield from _one(plan.issuer, plan, f"{plan.number}/{plan.symbol}", plan.date, plan.head, own=True)


def _one(issuer: str, plan: Facts, number: str, date: str, place: Place, *, own: bool) -> Iterator[_Numbered]:
    digits, _, symbol = number.partition("/")
    if digits.isdigit() and len(date) == 10 and symbol:
        owner = (issuer,) if issuer else ("", plan.plan)
        yield _Numbered((*owner, number_key(symbol), date[:4]), int(digits), date, place, number, own, plan.shipped)


def _told(date: str) -> str:
    return short_date(PartialDate.parse(date).earliest)
