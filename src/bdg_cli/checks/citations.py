"""CC: what a plan cites, and whether it cites it right."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.dates import PartialDate, Period
from bdg_cli.facts import CitationFact, Facts
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.issuing import UNSURE, issuer_cited, issuer_left_out
from bdg_cli.models.registry import Act
from bdg_cli.plan import Mention, Part, Plan
from bdg_cli.prose.own import own_period, part_spoken_of, surely_its_title
from bdg_cli.prose.patterns import lazy
from bdg_cli.registry import Registry, number_key
from bdg_cli.vietnamese import date_words, long_date, nearest, words

_TITLE_OVERLAP = 0.34
_NEAR = 40
# Behind a period that a comma sets off: what is reached in it ("…, giai đoạn 2021-2025 đạt 60%") would go on otherwise.
_CLOSED = lazy(r"[”\"]? {0,3}(?:\Z|[.;)\n]|và (?:các |chương|kế|đề|nghị|quyết))")
# What makes a programme that bears the name of a national one the province's own, or tells what is done there.
_LOCAL = (
    *(
        "của ",
        "trên địa bàn",
        "tại ",
        "ở ",
        "theo ",
        "tỉnh ",
        "thành phố ",
        "huyện ",
        "thị xã ",
        "quận ",
        "xã ",
        "phường ",
    ),
    *("(quyết định ", "(kế hoạch "),
)


@check("CC101", ERROR, "Một văn bản, hai ngày")
def cited_with_two_dates(facts: tuple[Facts, ...], registry: Registry) -> Iterator[Fault]:
    """Cùng một số, ký hiệu của cùng một cơ quan trong một năm chỉ là một văn bản, nên chỉ có một ngày.
    Văn bản đã có trong sổ và đã kiểm chứng thì đối chiếu với sổ (CC104). Lần dẫn không nêu cơ quan ban hành chỉ được tính
    khi đoạn văn không nói tới cơ quan cùng loại hoặc địa bàn nào khác.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 15 (số và ký hiệu là duy nhất trong một năm).

    Cách xử lý: mở bản gốc của văn bản được dẫn, sửa ngày sai; nên ghi văn bản vào registry/acts.yaml một lần
    rồi viện dẫn bằng {{ cite("mã") }}.

    Sai:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND ngày 30 tháng 8 năm 2021 của Ủy ban nhân dân tỉnh./.  # <- CC101

    Sai (cơ quan viết hai cách; cơ quan không có trong sổ):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của UBND tỉnh Trà Vinh, Quyết định số 57/QĐ-UBND ngày 01/02/2021
          của UBND huyện Càng Long, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND ngày 30/8/2021 của Ủy ban nhân dân tỉnh và Quyết định số  # <- CC101
          57/QĐ-UBND ngày 02/02/2021 của Ủy ban nhân dân huyện Càng Long./.  # <- CC101

    Sai (lần sau chỉ ghi số, ngày; cơ quan ban hành đứng trước):

        # demo/plan.yaml
        opening: |
          Ủy ban nhân dân huyện Càng Long đã ban hành Kế hoạch số 11/KH-UBND ngày 08/12/2021.
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND, ngày 30/8/2021, của UBND huyện Càng Long.  # <- CC101

          Sở Nội vụ theo dõi việc thực hiện Quyết định số 57/QĐ-UBND ngày 01/02/2021, các nhiệm vụ tại Quyết định số
          57/QĐ-UBND ngày 02/02/2021./.  # <- CC101

    Sai (sở của tỉnh; thành phố viết tắt):

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 57/QĐ-UBND ngày 01/02/2021 của UBND TP. Trà Vinh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ
          thể như sau:
        closing: |
          Các cơ quan bám sát Quyết định số 57/QĐ-UBND ngày 02/02/2021 của Ủy ban nhân dân thành phố Trà Vinh, Công văn số  # <- CC101
          15/SNV-VP ngày 01/02/2023 của Sở Nội vụ, Công văn số 15/SNV-VP ngày 02/01/2023 của Sở Nội vụ tỉnh Trà Vinh./.  # <- CC101

        # registry/acts.yaml
        acts:
          - id: kh-10-2021
            kind: plan
            number: 10/KH-UBND
            issuer: ubnd-mau
            date: 2021-01-15
            title: thực hiện Chiến lược quốc gia về bình đẳng giới trên địa bàn tỉnh
          - id: qd-57-2021
            kind: decision
            number: 57/QĐ-UBND
            issuer: ubnd-mau
            title: ban hành Kế hoạch hành động
            verified: false
          - id: cv-15-2023
            kind: letter
            number: 15/SNV-VP
            issuer: so-noi-vu-mau
            title: về công tác bình đẳng giới
            verified: false

    Đúng:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND ngày 08 tháng 12 năm 2021 của Ủy ban nhân dân tỉnh./.

    Không phải lỗi (mỗi cơ quan một văn bản số 57, dù sổ không có cơ quan ấy):

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 57/QĐ-UBND ngày 01/02/2023 của UBND tỉnh, Quyết định số 57/QĐ-UBND ngày 05/3/2023 của
          UBND huyện Càng Long, Quyết định số 57/QĐ-UBND ngày 10/4/2023 của UBND xã Tân An, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch, cụ thể như sau:

    Không phải lỗi (tên đơn vị hành chính viết tắt hoặc là số):

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 57/QĐ-UBND ngày 01/02/2023 của UBND TP. Trà Vinh, Quyết định số 57/QĐ-UBND ngày 05/3/2023
          của UBND TX. Duyên Hải, Quyết định số 57/QĐ-UBND ngày 10/4/2023 của UBND phường 1, Quyết định số 57/QĐ-UBND ngày
          12/4/2023 của UBND phường 2, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:

    Không phải lỗi (cơ quan ban hành đứng trước; câu nói cả cơ quan, địa bàn khác nên không rõ là văn bản của ai):

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 57/QĐ-UBND ngày 01/02/2023 của UBND tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể
          như sau:
        closing: |
          UBND huyện Càng Long đã ban hành Quyết định số 57/QĐ-UBND ngày 05/3/2023, huyện Cầu Kè có Quyết định số 57/QĐ-UBND
          ngày 10/4/2023 để triển khai; Đề án của UBND huyện Tiểu Cần (Quyết định số 57/QĐ-UBND ngày 12/4/2023) được bổ
          sung./.

    Không phải lỗi (huyện, xã trùng tên ở hai nơi; ban chỉ đạo có tên dài):

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 57/QĐ-UBND ngày 01/02/2023 của UBND huyện Châu Thành, tỉnh Long An, Quyết định số 57/QĐ-UBND
          ngày 05/3/2023 của UBND huyện Châu Thành, tỉnh Tiền Giang, Kế hoạch số 11/KH-UBND ngày 01/02/2023 của UBND xã Tân An
          (huyện Càng Long), Kế hoạch số 11/KH-UBND ngày 05/3/2023 của UBND xã Tân An (huyện Cầu Kè), Ủy ban nhân dân tỉnh ban
          hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan phối hợp theo Kế hoạch số 15/KH-BCĐ ngày 01/02/2023 của Ban Chỉ đạo phòng, chống tội phạm,  # <- CC103
          Kế hoạch số 15/KH-BCĐ ngày 05/3/2023 của Ban Chỉ đạo phong trào toàn dân bảo vệ an ninh./.

    Không phải lỗi (ngày của việc khác):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch,
          cụ thể như sau:
        closing: |
          Thực hiện Kế hoạch số 11/KH-UBND, ngày 20/10/2021 Sở Nội vụ đã tổ chức hội nghị; thực hiện Kế hoạch số 11/KH-UBND của
          Ủy ban nhân dân tỉnh, ngày 25/11/2021, các cơ quan ra quân./.

    Không phải lỗi (mỗi năm một văn bản số 11; lần sau chỉ nêu số):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh, Kế hoạch số 11/KH-UBND ngày
          10/01/2022 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND./.

    Không phải lỗi (ngày ghi thiếu không trái với ngày ghi đủ):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành
          Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND tháng 12/2021 của Ủy ban nhân dân tỉnh./.
    """
    for group in _documents(facts, registry):
        dated = [cited for cited in group if cited.date]
        for cited in dated[1:]:
            first = dated[0]
            if _apart(cited.date, first.date):
                message = f"{cited.number} ở đây ghi {told(cited.date)}, nơi khác ghi {told(first.date)}"
                related = [(first.date_place, "lần dẫn trước")]
                yield Fault(cited.date_place, message, related, value=f"{cited.key} {cited.date}")


@check("CC102", ERROR, "Một văn bản, hai giai đoạn hoặc hai tên")
def cited_with_two_periods(facts: tuple[Facts, ...], registry: Registry) -> Iterator[Fault]:
    """Tên và giai đoạn của một văn bản không đổi giữa các lần dẫn. Số đánh lại từ đầu mỗi năm, ở từng cơ
    quan: cùng số mà khác năm, khác cơ quan là hai văn bản. Giai đoạn của chính kế hoạch, của mục tiêu, của kế hoạch khác lập
    ra từ văn bản ấy không tính; câu nói về sơ kết, kết quả, kinh phí được nói tới một phần giai đoạn. Lời đứng sau số chỉ là
    tên văn bản khi lần dẫn ấy có ghi ngày hoặc cơ quan ban hành.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b (viện dẫn phải ghi đúng tên loại, số, ngày, trích yếu).

    Cách xử lý: mở bản gốc của văn bản được dẫn, ghi đúng giai đoạn, đúng tên ở mọi chỗ.

    Sai:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch hành động giai đoạn 2020 - 2025 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021, Ủy ban
          nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch hành động giai đoạn 2021 - 2025, theo Quyết định số 57/QĐ-UBND./.  # <- CC102

    Sai (hai tên):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về phòng ngừa, ứng phó với bạo lực
          trên cơ sở giới; Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND của Ủy ban nhân dân tỉnh về chuyển đổi số trong trường học./.  # <- CC102

    Sai (giai đoạn trong tên ghi sau số):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về phòng ngừa bạo lực trên cơ sở giới giai
          đoạn 2021 - 2025, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch số 11/KH-UBND về phòng ngừa bạo lực trên cơ sở giới giai đoạn 2021 - 2030./.  # <- CC102

    Đúng:

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch hành động giai đoạn 2021 - 2025 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021, Ủy ban
          nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan bám sát Kế hoạch hành động giai đoạn 2021 - 2025, theo Quyết định số 57/QĐ-UBND./.

    Không phải lỗi (giai đoạn thứ hai là của việc khác):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch hành động giai đoạn 2021 - 2025 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021, Ủy ban
          nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Trong giai đoạn 2023 - 2025, các cơ quan lồng ghép với việc xây dựng nông thôn mới, bám sát Quyết định số
          57/QĐ-UBND./.

    Không phải lỗi (mỗi năm một văn bản số 11; giai đoạn của mục tiêu, không phải của văn bản):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về phòng ngừa, ứng phó với bạo lực trên
          cơ sở giới; Kế hoạch số 11/KH-UBND ngày 10/01/2023 của Ủy ban nhân dân tỉnh về chuyển đổi số trong trường học;
          Kế hoạch hành động giai đoạn 2021 - 2030 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021, Ủy ban nhân dân tỉnh ban
          hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan thực hiện Kế hoạch để đạt các mục tiêu giai đoạn 2021 - 2025 theo Quyết định số 57/QĐ-UBND./.

    Không phải lỗi (sơ kết, kinh phí của một phần giai đoạn; kế hoạch khác lập ra từ văn bản ấy):

        # demo/plan.yaml
        opening: |
          Thực hiện Kế hoạch hành động giai đoạn 2021 - 2030 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021, Kế hoạch số
          11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về phòng ngừa bạo lực trên cơ sở giới giai đoạn 2021 - 2025,
          Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Sở Nội vụ sơ kết việc thực hiện Kế hoạch hành động giai đoạn 2021 - 2025 theo Quyết định số 57/QĐ-UBND. Sở Tài chính
          bố trí kinh phí thực hiện Kế hoạch hành động giai đoạn 2024 - 2025 theo Quyết định số 57/QĐ-UBND. Các huyện xây dựng
          Kế hoạch bình đẳng giới giai đoạn 2024 - 2025 theo Quyết định số 57/QĐ-UBND, lồng ghép vào Chương trình xây dựng nông
          thôn mới giai đoạn 2021 - 2025 theo Quyết định số 57/QĐ-UBND; thực hiện Kế hoạch hành động trong giai đoạn 2024 -
          2025 theo Quyết định số 57/QĐ-UBND; báo cáo kết quả thực hiện Kế hoạch số 11/KH-UBND về phòng ngừa bạo lực trên cơ
          sở giới giai đoạn 2021 - 2023, Kế hoạch số 11/KH-UBND năm 2023./.

    Không phải lỗi (lời sau số không phải là tên):

        # demo/plan.yaml
        opening: |
          Thực hiện Quyết định số 57/QĐ-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh phê duyệt Đề án bình đẳng giới trong
          trường học, Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về phòng, chống bạo lực gia đình, Ủy ban
          nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Kinh phí bố trí theo Quyết định số 57/QĐ-UBND về mức chi và nguồn chi. Các huyện theo Quyết định số 57/QĐ-UBND ban
          hành tài liệu tập huấn cho cán bộ xã; gửi kết quả thực hiện Quyết định số 57/QĐ-UBND ngày 08/12/2021 của Ủy ban nhân
          dân tỉnh về Sở Nội vụ để tổng hợp; thực hiện chỉ tiêu của Quyết định số 57/QĐ-UBND ngày 08/12/2021 của Ủy ban nhân
          dân tỉnh về tỷ lệ nữ cấp ủy; Kế hoạch số 11/KH-UBND ngày 08/12/2021 của Ủy ban nhân dân tỉnh về PCBLGĐ trên địa bàn  # <- CH102
          tỉnh./.

    Không phải lỗi (giai đoạn thứ hai là của chính kế hoạch):

        # demo/plan.yaml
        period: 2024-2025
        opening: |
          Thực hiện Kế hoạch hành động giai đoạn 2021 - 2025 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021, Ủy ban
          nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:
        closing: |
          Các cơ quan lập Kế hoạch hành động giai đoạn 2024 - 2025, theo Quyết định số 57/QĐ-UBND./.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Thực hiện công tác bình đẳng giới của ngành.
                deadline: 2024-11
    """
    own = {plan.plan: plan.period for plan in facts}
    for group in _documents(facts, registry):
        yield from _two_periods([cited for cited in group if cited.period and cited.period != own[cited.plan]])
        yield from _two_names([cited for cited in group if cited.title])


def _two_periods(group: list[CitationFact]) -> Iterator[Fault]:
    """Every period that differs from the first under the same name; not a part of it, where one may be meant."""
    firsts: list[CitationFact] = []
    for cited in group:
        first = next((one for one in firsts if _same_name(one, cited)), None)
        if first is None:
            firsts.append(cited)
        elif cited.period != first.period and not _part_of_the_other(first, cited):
            message = f"{cited.number} ở đây là giai đoạn {cited.period}, nơi khác là {first.period}"
            related = [(first.period_place, "lần dẫn trước")]
            yield Fault(cited.period_place, message, related, value=f"{cited.key} {cited.period}")


def _same_name(one: CitationFact, other: CitationFact) -> bool:
    """Whether both give a period of one kind (years, or a year) to one name; the shorter may leave out its end."""
    if Period.parse(one.period).kind is not Period.parse(other.period).kind:
        return False
    return f"{one.name} ".startswith(f"{other.name} ") or f"{other.name} ".startswith(f"{one.name} ")


def _part_of_the_other(one: CitationFact, other: CitationFact) -> bool:
    first, second = Period.parse(one.period), Period.parse(other.period)
    return one.part.may_be(first, second) or other.part.may_be(second, first)


def _two_names(group: list[CitationFact]) -> Iterator[Fault]:
    for cited in group[1:]:
        here, before = words(cited.title), words(group[0].title)
        if len(here & before) < _TITLE_OVERLAP * min(len(here), len(before)):
            message = f"{cited.number} ở đây có tên “{cited.title}”, nơi khác có tên “{group[0].title}”"
            yield Fault(cited.place, message, [(group[0].place, "lần dẫn trước")], value=f"{cited.key} {cited.title}")


@check("CC103", WARNING, "Văn bản không có trong sổ")
def act_not_in_registry(facts: tuple[Facts, ...], registry: Registry) -> Iterator[Fault]:
    """Văn bản được dẫn phải có trong sổ (registry/acts.yaml), để ngày, cơ quan, tên được ghi một lần và đối chiếu được.
    Văn bản là kế hoạch của chính kho thì không cần ghi lại.

    Cách xử lý: ghi văn bản vào registry/acts.yaml; chưa đối chiếu với bản gốc thì thêm `verified: false`.

    Sai:

        # demo/plan.yaml
        closing: |
          Ủy ban nhân dân tỉnh đã hướng dẫn tại Công văn số 987/UBND-VX ngày 05/01/2024./.  # <- CC103

    Đúng:

        # registry/acts.yaml
        acts:
          - id: cv-987-2024
            kind: letter
            number: 987/UBND-VX
            issuer: ubnd-mau
            date: 2024-01-05
            title: hướng dẫn triển khai công tác bình đẳng giới năm 2024
            verified: false

        # demo/plan.yaml
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:
        closing: |
          Ủy ban nhân dân tỉnh đã hướng dẫn tại Công văn số 987/UBND-VX ngày 05/01/2024./.

    Không phải lỗi (phân số, ngày trong năm không phải số văn bản):

        # demo/plan.yaml
        closing: |
          Phấn đấu 42/100.000 trẻ sinh sống; tổ chức từ 15/11 đến 15/12; có 1/2 số xã tham gia./.

    Không phải lỗi (chính kế hoạch này, không phải ghi vào sổ):

        # demo/plan.yaml
        closing: |
          Các cơ quan báo cáo kết quả thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân tỉnh./.
    """
    own = {number_key(f"{plan.number}/{plan.symbol}") for plan in facts}
    for plan in facts:
        seen: dict[str, set[str]] = {}
        for cited in plan.citations:
            if cited.key in registry.acts_by_number or cited.key in own:
                continue
            issuers = seen.setdefault(cited.key, set())
            if cited.issuer in issuers or (issuers and cited.issuer in {"", UNSURE}):
                continue
            issuers.add(cited.issuer)
            near = nearest(cited.key, registry.acts_by_number)
            same_digits = near is not None and near.split("/")[0] == cited.key.split("/")[0]
            hint = f"; gần giống {registry.acts_by_number[near][0].number}" if near and same_digits else ""
            yield Fault(cited.place, f"{cited.number} không có trong sổ văn bản{hint}", value=cited.key)


@check("CC104", ERROR, "Khác sổ đã kiểm chứng")
def against_registry(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Sổ ghi ngày, cơ quan, tên, giai đoạn đã đối chiếu với bản gốc. Kế hoạch ghi khác là kế hoạch ghi sai.
    Điều gì sổ ghi `verified: false` thì không đem ra đối chiếu. Giai đoạn không chung năm nào với giai đoạn trong sổ là của
    văn bản trước hoặc sau nó, nên không tính; câu nói về sơ kết, kết quả, kinh phí được nói tới một phần giai đoạn.

    Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b.

    Cách xử lý: sửa theo sổ; nếu sổ sai thì sửa registry/acts.yaml, sổ đi kèm bdg sai thì báo cho người giữ bdg.

    Sai:

        # demo/plan.yaml
        closing: |
          Sở Nội vụ thực hiện Quyết định số 178/QĐ-TTg ngày 28/02/2016 của Thủ tướng Chính phủ,  # <- CC104
          mục tiêu Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025 và  # <- CC104
          Nghị định số 125/2021/NĐ-CP ngày 28/12/2021 của Thủ tướng Chính phủ./.  # <- CC104

    Sai (giai đoạn trong tên):

        # demo/plan.yaml
        closing: |
          Sở Nội vụ thực hiện Quyết định số 2232/QĐ-TTg ngày 28/12/2020 của Thủ tướng Chính phủ phê duyệt Chương trình phòng
          ngừa và ứng phó với bạo lực trên cơ sở giới giai đoạn 2021-2030./.  # <- CC104

    Đúng:

        # demo/plan.yaml
        closing: |
          Sở Nội vụ thực hiện Quyết định số 178/QĐ-TTg ngày 28/01/2016 của Thủ tướng Chính phủ,
          mục tiêu Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030 và
          Nghị định số 125/2021/NĐ-CP ngày 28/12/2021 của Chính phủ./.

    Không phải lỗi (giai đoạn là của kế hoạch địa phương; văn bản số 178 của năm khác):

        # demo/plan.yaml
        closing: |
          Sở Nội vụ theo dõi Kế hoạch hành động thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025./.

    Không phải lỗi (chương trình của giai đoạn sau; văn bản cùng số, cùng ngày của năm khác, của huyện):

        # registry/acts.yaml
        acts:
          - id: qd-57-2021
            kind: decision
            number: 57/QĐ-UBND
            issuer: ubnd-mau
            date: 2021-12-08
            title: phê duyệt Đề án bình đẳng giới trong cơ quan nhà nước

        # demo/plan.yaml
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:
        closing: |
          Sở Nội vụ tham mưu tiếp tục Chương trình phòng ngừa và ứng phó với bạo lực trên cơ sở giới giai đoạn 2026-2030;
          thực hiện Quyết định số 57/QĐ-UBND ngày 08/12/2022 của Ủy ban nhân dân tỉnh về việc giao chỉ tiêu trồng rừng,
          Quyết định số 57/QĐ-UBND ngày 10/3/2021 của Ủy ban nhân dân huyện Càng Long./.

    Không phải lỗi (sơ kết, kinh phí của một phần giai đoạn; chương trình cùng tên của tỉnh; việc làm trên địa bàn):

        # demo/plan.yaml
        closing: |
          Sở Nội vụ sơ kết 05 năm thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025, báo cáo kết quả thực hiện
          Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2023. Sở Tài chính bố trí kinh phí thực hiện Chiến lược quốc gia
          về bình đẳng giới giai đoạn 2024-2026. Các cơ quan thực hiện Chương trình phòng ngừa và ứng phó với bạo lực trên cơ
          sở giới giai đoạn 2022-2025 của tỉnh; thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2025 trên địa
          bàn tỉnh./.

    Không phải lỗi (kế hoạch của tỉnh thực hiện văn bản của Trung ương):

        # demo/plan.yaml
        closing: |
          Các cơ quan thực hiện Kế hoạch số 10/KH-UBND ngày 15/01/2021 của Ủy ban nhân dân tỉnh thực hiện Quyết định số
          2232/QĐ-TTg ngày 28/12/2020 của Thủ tướng Chính phủ phê duyệt Chương trình phòng ngừa và ứng phó với bạo lực trên cơ
          sở giới giai đoạn 2023-2025 trên địa bàn tỉnh./.

    Không phải lỗi (chỉ tiêu của từng giai đoạn):

        # demo/plan.yaml
        closing: |
          Theo Chiến lược quốc gia về bình đẳng giới, giai đoạn 2021-2025 phấn đấu đạt 60%; Chiến lược quốc gia về bình đẳng
          giới, từ năm 2021 đến năm 2025 phải đạt 60%./.

    Không phải lỗi (lời sau số không phải là tên; văn bản của huyện, cơ quan ban hành đứng trước):

        # registry/acts.yaml
        acts:
          - id: qd-57-2021
            kind: decision
            number: 57/QĐ-UBND
            issuer: ubnd-mau
            date: 2021-12-08
            title: phê duyệt Đề án bình đẳng giới trong cơ quan nhà nước giai đoạn 2021-2025
            period: 2021-2025

        # demo/plan.yaml
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024, cụ thể như sau:
        closing: |
          Các cơ quan gửi kết quả thực hiện Đề án giai đoạn 2021-2023 theo Quyết định số 57/QĐ-UBND ngày 08/12/2021 về Sở Nội vụ
          để tổng hợp.

          Ủy ban nhân dân huyện Càng Long đã ban hành Quyết định số 57/QĐ-UBND ngày 18/5/2021; Quyết định số 57/QĐ-UBND ngày
          08/12/2022 của Ủy ban nhân dân tỉnh kiện toàn Ban Vì sự tiến bộ của phụ nữ./.

    Không phải lỗi (thứ Bảy vẫn là ngày ký được, nếu đúng với bản gốc):

        # demo/plan.yaml
        closing: |
          Sở Nội vụ thực hiện Quyết định số 1898/QĐ-TTg ngày 28/11/2017 của Thủ tướng Chính phủ./.
    """
    judged: set[tuple[int, int]] = set()  # periods judged with a citation whose title holds an act's name too
    for mention in plan.mentions:
        found = mention.found
        if isinstance(found, prose.Citation):
            told_more = found.date or found.issuer or found.period or found.title
            act = act_meant(registry, plan, mention) if told_more else None
            if act is not None and act.verified:
                judged.add((id(mention.reading), found.period_start))
                yield from _differences(registry, plan, mention, found, act)
        elif isinstance(found, prose.NamedAct) and mention.passage.part is not Part.TITLE:
            act = registry.act_names.get(found.name.lower())
            known = (id(mention.reading), found.period_start) in judged
            if act and act.verified and not known and _is_mistaken(plan, mention, found, act):
                place = mention.place(found.period_start, found.period_end)
                name = found.name[:1].upper() + found.name[1:]
                message = f"“{name}” là giai đoạn {act.period} theo sổ, không phải {found.period}"
                yield Fault(place, message, value=f"{act.id} {found.period}")


def _is_mistaken(plan: Plan, mention: Mention, found: prose.NamedAct, act: Act) -> bool:
    """Whether a period given with an act's name is the act's own, and wrong.

    One that lies apart is that of the act before or after it; a plan older than the act means another. Where results or
    money are told of, a part of the act's time may be meant; where a place is named behind, what is done there.
    """
    if act.period is None or found.period is None or found.period == act.period:
        return False
    written = plan.file.date
    older = written is not None and act.date is not None and written.latest < act.date.earliest
    apart = found.period.end < act.period.start or act.period.end < found.period.start
    small = mention.reading.small
    if older or apart or small.startswith("từ", found.period_start) or _is_local(small, found.period_end):
        return False
    if "," in small[found.end : found.period_start] and not _CLOSED().match(small, found.period_end):
        return False
    return not part_spoken_of(small, found.start).may_be(found.period, act.period)


def _is_local(small: str, end: int) -> bool:
    return small[end : end + _NEAR].lstrip('”" ').startswith(_LOCAL)


def act_meant(registry: Registry, plan: Plan, mention: Mention) -> Act | None:
    """The act of the registry that a citation means; None where it may be another with the same number."""
    found = mention.found
    assert isinstance(found, prose.Citation)
    for act in registry.acts_by_number.get(number_key(found.number), ()):
        same = found.date is None or act.date is None or _same_document(found, act)
        if same and _may_be_of(registry, plan, mention, act):
            return act
    return None


def _may_be_of(registry: Registry, plan: Plan, mention: Mention, act: Act) -> bool:
    """Whether the act's issuer is the one that is cited. Local bodies number their documents alike: each its own."""
    found = mention.found
    assert isinstance(found, prose.Citation)
    local = registry.agencies[act.issuer].area if act.issuer in registry.agencies else None
    if local is None or act.issuer is None:
        return True
    if not found.issuer:
        return local == plan.file.area and issuer_left_out(plan, registry, mention, (act.issuer,)) == act.issuer
    named = issuer_cited(plan, registry, mention)
    if named not in registry.agencies:
        return local == plan.file.area and registry.may_be_called(act.issuer, found.issuer)
    return named == act.issuer or _says_its_title(found, act)


def _same_document(found: prose.Citation, act: Act) -> bool:
    """Numbers start again each year, so another year means another document unless something else agrees."""
    assert found.date is not None
    assert act.date is not None
    if found.date.year == act.date.year or _says_its_title(found, act):
        return True
    same_day = (found.date.month, found.date.day) == (act.date.month, act.date.day) and found.date.day is not None
    return same_day and not (found.title and _overlap(found.title, act) < _TITLE_OVERLAP)


def _says_its_title(found: prose.Citation, act: Act) -> bool:
    return _overlap(found.title or "", act) >= 0.5


def _differences(registry: Registry, plan: Plan, mention: Mention, found: prose.Citation, act: Act) -> Iterator[Fault]:
    number = act.number or act.title
    if found.date and act.date and _apart(str(found.date), str(act.date)):
        place = mention.place(found.date_start, found.date_end)
        message = f"{number} ban hành {told(str(act.date))} theo sổ, không phải {told(str(found.date))}"
        yield Fault(place, message, value=f"{act.id} {found.date}")
    # An abbreviation alone may be another's too: “TTCP” is the inspectorate of the government and its prime minister.
    written = "" if not found.issuer or found.issuer.isupper() else found.issuer
    issuer = registry.issuer_named(written, plan.file.area) if written else None
    if issuer and act.issuer and issuer != act.issuer:
        place = mention.place(found.issuer_start, found.issuer_end)
        message = f"{number} do {registry.name(act.issuer)} ban hành theo sổ, không phải {found.issuer}"
        yield Fault(place, message, value=f"{act.id} {issuer}")
    if found.period not in {None, act.period, plan.period} and _is_own(registry, mention.reading.small, found, act):
        place = mention.place(found.period_start, found.period_end)
        message = f"{number} là giai đoạn {act.period} theo sổ, không phải {found.period}"
        yield Fault(place, message, value=f"{act.id} {found.period}")
    if surely_its_title(mention.reading.small, found) and _overlap(found.title or "", act) < _TITLE_OVERLAP:
        place = mention.place(found.title_start, found.title_end)
        yield Fault(place, f"{number} theo sổ có tên “{act.title}”", value=f"{act.id} title")


def _is_own(registry: Registry, small: str, found: prose.Citation, act: Act) -> bool:
    """Whether the period given with a citation is surely meant to be the act's own.

    Behind the name of a national act, "giai đoạn … trên địa bàn tỉnh" is that of what is done there.
    """
    if act.period is None or found.period is None or found.period.kind is not act.period.kind:
        return False
    own = own_period(small, found)
    local = act.issuer in registry.agencies and registry.agencies[act.issuer].area is not None
    if own is None or (
        not local and small[found.period_end : found.period_end + 1] == " " and _is_local(small, found.period_end)
    ):
        return False
    if found.period_start < found.start and _overlap(own.name, act) < 1:
        return False
    return not own.part.may_be(found.period, act.period)


def _overlap(title: str, act: Act) -> float:
    """The share of a cited title's words that stand in the act's title or names."""
    cited = words(title)
    known = words(act.title).union(*(words(name) for name in act.names))
    return len(cited & known) / len(cited) if cited else 0.0


def _documents(facts: tuple[Facts, ...], registry: Registry) -> Iterator[list[CitationFact]]:
    """The citations of each document that the registry cannot judge, in the order of the plans' texts.

    Documents of one number are told apart by issuer and year; a citation without issuer belongs to its own plan, one
    without date to the only year that is given. Where no year is, or several are, nobody knows which is meant.
    """
    for group in _of_one_number(facts, registry):
        years = {cited.year for cited in group if cited.year}
        for year in sorted(years):
            yield [cited for cited in group if cited.year == year or (not cited.year and len(years) == 1)]


def _of_one_number(facts: tuple[Facts, ...], registry: Registry) -> Iterator[list[CitationFact]]:
    """The citations of one number and issuer."""
    groups: dict[tuple[str, str], list[CitationFact]] = {}
    for plan in facts:
        for cited in plan.citations:
            if cited.issuer != UNSURE and not registry.judges(cited.key):
                groups.setdefault((cited.key, cited.issuer or f"@{plan.plan}"), []).append(cited)
    yield from groups.values()


def _apart(one: str, other: str) -> bool:
    """Whether two dates, partial or not, cannot be the same day."""
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    if first.year is None or second.year is None:
        return False
    return first.latest < second.earliest or second.latest < first.earliest


def told(date: str) -> str:
    """A date, partial or not, as it is written out in a sentence."""
    day = PartialDate.parse(date)
    if day.complete:
        return long_date(day.year, day.month, day.day)
    return date_words(day)
