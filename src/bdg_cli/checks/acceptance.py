"""KN: the repository's own order: what it accepted, what could not be checked, what has no place yet."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.checks.check import check, rule
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.plan import Plan
from bdg_cli.vietnamese import count

EXPIRED = rule(
    "KN101",
    ERROR,
    "Chấp nhận đã hết hạn",
    """Một lỗi được chấp nhận đến một ngày; qua ngày ấy nó lại là lỗi, và mục chấp nhận phải được xem lại.

    Cách xử lý: sửa lỗi rồi xóa mục này; nếu vẫn phải chấp nhận thì ghi lý do mới và ngày mới.

    Sai:

        # demo/plan.yaml
        number:  # <- VB101

        # baseline.yaml
        accepted:
          - code: VB101
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            owner: Văn thư
            until: 2024-05-31  # <- KN101

    Đúng:

        # demo/plan.yaml
        number:

        # baseline.yaml
        accepted:
          - code: VB101
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            owner: Văn thư
            until: 2024-12-31

    Không phải lỗi (văn bản đã ban hành thì chấp nhận không thời hạn được):

        # demo/plan.yaml
        number:

        # baseline.yaml
        accepted:
          - code: VB101
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            owner: Văn thư
            until: permanent

    Không phải lỗi (hôm nay, 01/7/2024, là ngày cuối cùng còn hạn):

        # demo/plan.yaml
        number:

        # baseline.yaml
        accepted:
          - code: VB101
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            owner: Văn thư
            until: 2024-07-01
    """,
)

WITHOUT_REASON = rule(
    "KN102",
    ERROR,
    "Chấp nhận không lý do",
    """Chấp nhận một lỗi là một quyết định: phải nói vì sao và, trong baseline.yaml, ai quyết định.

    Cách xử lý: ghi `reason` và `owner`; trong chú thích thì viết lý do sau chữ “vì”.

    Sai:

        # demo/plan.yaml
        number:

        # baseline.yaml
        accepted:
          - code: VB101  # <- KN102
            path: demo/plan.yaml
            at: number
            owner: Văn thư
            until: permanent

    Sai:

        # demo/plan.yaml
        number:  # bdg: bỏ qua VB101  # <- KN102

    Sai (không nói ai chấp nhận):

        # demo/plan.yaml
        number:

        # baseline.yaml
        accepted:
          - code: VB101  # <- KN102
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            until: permanent

    Đúng:

        # demo/plan.yaml
        number:

        # baseline.yaml
        accepted:
          - code: VB101
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            owner: Văn thư
            until: permanent

    Không phải lỗi (chú thích có lý do):

        # demo/plan.yaml
        number:  # bdg: bỏ qua VB101 vì bản lưu không ghi số

    Không phải lỗi (những chữ ấy nằm trong lời văn thì không phải là chấp nhận):

        # demo/plan.yaml
        closing: |
          Chú thích “# bdg: bỏ qua VB101” chỉ dùng trong kho.
    """,
)

UNUSED = rule(
    "KN103",
    WARNING,
    "Chấp nhận không còn dùng",
    """Lỗi đã hết mà mục chấp nhận còn đó thì lần sau lỗi quay lại sẽ không ai thấy. Còn tệp không đọc
    được (KN104) thì chưa xét.

    Cách xử lý: xóa mục chấp nhận.

    Sai:

        # baseline.yaml
        accepted:
          - code: VB101  # <- KN103
            path: demo/plan.yaml
            at: number
            reason: bản lưu không ghi số
            owner: Văn thư
            until: permanent

    Đúng:

        # baseline.yaml
        accepted: []

    Không phải lỗi (mục đang che một lỗi có thật):

        # demo/plan.yaml
        date: 2024-01

        # baseline.yaml
        accepted:
          - code: VB102
            path: demo/plan.yaml
            at: date
            reason: bản lưu không ghi ngày
            owner: Văn thư
            until: permanent

    Không phải lỗi (còn tệp không đọc được, chưa biết mục nào hết cần):

        # demo/targets.yaml
        objectives: a: b  # <- KN104 TP001

        # baseline.yaml
        accepted:
          - code: BC101
            path: reports/2024H1.yaml
            reason: cơ quan chưa gửi
            owner: Văn thư
            until: permanent
    """,
)

NOT_CHECKED = rule(
    "KN104",
    WARNING,
    "Chưa kiểm tra được",
    """Một tệp không đọc được thì những gì dựa vào nó chưa được kiểm tra; “không có lỗi” khi ấy không có nghĩa là đúng.

    Cách xử lý: sửa lỗi TP của tệp được nêu, rồi chạy lại.

    Sai:

        # demo/targets.yaml
        objectives: a: b  # <- KN104 TP001

    Đúng:

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi việc thực hiện Kế hoạch.
                deadline: 2024-11

    Không phải lỗi (không có tệp chỉ tiêu thì không có gì phải kiểm tra ở đó):

        # demo/plan.yaml
        title: Thực hiện công tác bình đẳng giới năm 2024

    Không phải lỗi (bảng số liệu mới có dòng đầu):

        # data/2024.csv
        indicator,area,period,numerator,denominator,source
    """,
)


@check("KN105", WARNING, "Còn phần chưa xếp chỗ")
def without_a_place(plan: Plan) -> Iterator[Fault]:
    """Khi nhập một văn bản, đoạn nào bdg không biết xếp vào đâu thì để ở `unplaced`, không bỏ đi. Còn ở đó thì đoạn ấy
    không được in ra, không được kiểm tra. Báo một lần cho cả kế hoạch.

    Cách xử lý: chuyển từng đoạn vào đúng chỗ (`sections`, targets.yaml, assignments.yaml, `recipients` …), rồi xóa khóa
    `unplaced`.

    Sai:

        # demo/plan.yaml
        unplaced:
          - Các cơ quan chủ động lồng ghép nội dung bình đẳng giới vào kế hoạch của ngành.  # <- KN105
          - Ban hành kèm theo 02 phụ lục.

    Đúng:

        # demo/plan.yaml
        closing: |
          Các cơ quan chủ động lồng ghép nội dung bình đẳng giới vào kế hoạch của ngành./.

    Không phải lỗi (mọi đoạn đã có chỗ, khóa còn để trống):

        # demo/plan.yaml
        unplaced: []

    Không phải lỗi (ghi chú của người nhập là chú thích, không phải phần chưa xếp chỗ):

        # demo/plan.yaml
        # Bản gốc còn 02 phụ lục, để riêng.
        place: Trà Vinh
    """
    parts = plan.file.unplaced
    if parts:
        message = f"còn {count(len(parts))} đoạn của văn bản gốc chưa xếp chỗ, không in ra và không được kiểm tra"
        yield Fault(parts[0].place(), message, [(part.place(), "cũng chưa xếp chỗ") for part in parts[1:]])
