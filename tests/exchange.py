"""A small repository whose forms go out and come back, and hands that fill workbooks as people do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bdg_cli import entry
from bdg_cli.workbooks.model import KEYS
from tests.pages import MINIMAL

TODAY = "2024-06-20"
PERIOD = "2024H1"

TARGETS = """\
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
  - id: "2"
    title: Trong đời sống gia đình
    targets:
      - id: "2.1"  # hai số trong một câu
        text: |
          Có {{ value("2.1a") }} người bị bạo lực được hỗ trợ; thời gian làm việc nhà của nữ không
          quá {{ value("2.1b") }} của nam.
        measures:
          - id: "2.1a"
            indicator: cl-3-2a
            op: ">="
            value: 80
            unit: "%"
          - id: "2.1b"
            indicator: cl-3-1
            op: "<="
            value: 1.7
            unit: lần
            baseline: {value: 1.84, period: 2023}
      - id: "2.2"
        text: Đưa nội dung bình đẳng giới vào chương trình giảng dạy.
        measures:
          - id: "2.2"
            indicator: cl-5-1
            evidence: Chương trình giảng dạy
"""
ASSIGNMENTS = """\
duties:
  - group: so-ban-nganh-mau
    tasks:
      - text: Báo cáo kết quả theo quy định.
  - agency: so-noi-vu-mau
    tasks:
      - text: |
          Tham mưu công tác cán bộ nữ; phối hợp với các cơ quan liên quan theo dõi, tổng hợp kết quả
          thực hiện.
        deadline: 2024-11
      - id: tap-huan
        text: "=1+1 là dòng bắt đầu bằng dấu bằng"
        product: "-SUM(A1)"
    answers_for:
      - role: owner
        targets: ["1", "2"]
  # Sở Y tế chỉ cấp số liệu.
  - agency: so-y-te-mau
    tasks:
      - text: Kiểm soát mất cân bằng giới tính khi sinh.
    answers_for:
      - role: data
        targets: ["2.1b"]
"""
DATA = """\
indicator,area,period,sex,group,numerator,denominator,value,status,vintage,window,cutoff,source,as_of,note
cl-3-2a,tra-vinh,2023H2,,,79,96,,,official,administrative,2023-12-14,Số liệu minh họa,2023-12-20,
cl-3-2a,tra-vinh,2023H1,,,74,92,,,official,administrative,2023-06-14,Số liệu minh họa,2023-06-20,
cl-1-1,tra-vinh,2024H1,,,18,31,,,estimate,administrative,2024-06-14,Số liệu minh họa,2024-06-14,
"""


def repository(folder: Path, *, status: str = "issued") -> Path:
    """A repository at `folder` with a plan of four measures and three duties."""
    shutil.copytree(MINIMAL, folder)
    write(folder, "demo/targets.yaml", TARGETS)
    write(folder, "demo/assignments.yaml", ASSIGNMENTS)
    write(folder, "data/2024.csv", DATA)
    plan = folder / "demo/plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("status: issued", f"status: {status}"), encoding="utf-8")
    return folder


def write(folder: Path, path: str, text: str) -> None:
    """A file of a repository."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


class Office:
    """Runs bdg in a repository, in this process, and keeps what it said."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], status: str = "issued"
    ) -> None:
        self.repo = repository(folder / "kho", status=status)
        self.out = folder / "ra"
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.said = self.told = ""

    def run(self, *words: str, today: str = TODAY) -> int:
        """The exit code; `said` and `told` are the two streams."""
        self._monkeypatch.chdir(self.repo)
        self._monkeypatch.setattr("sys.argv", ["bdg", *words, "--today", today])
        code = entry.main()
        captured = self._capsys.readouterr()
        self.said, self.told = captured.out, captured.err
        return code

    def form(self, agency: str = "so-noi-vu-mau", period: str = PERIOD) -> Workbook:
        """The form of an agency, opened."""
        assert self.run("form", agency, "--period", period, "-o", str(self.out), "--force") == 0
        return Workbook(self.out / f"{agency}-{period}.xlsx")

    def collect(self, book: Workbook | Path, *words: str, today: str = TODAY) -> int:
        """Save the workbook as filled, and collect it."""
        path = book.save(self.out / "filled.xlsx") if isinstance(book, Workbook) else book
        return self.run("collect", str(path), *words, today=today)

    def text(self, path: str) -> str:
        """A file of the repository; empty where there is none."""
        target = self.repo / path
        return target.read_text("utf-8") if target.exists() else ""


class Workbook:
    """A workbook in the hands of somebody who sees labels and columns, not keys."""

    def __init__(self, path: Path) -> None:
        self.book: Any = openpyxl.load_workbook(path)

    def sheet(self, title: str) -> Any:
        """A sheet by its title."""
        return self.book[title]

    def columns(self, title: str) -> dict[str, int]:
        """The number of each keyed column."""
        sheet = self.sheet(title)
        row = next(row for row in sheet.iter_rows() if KEYS in [cell.value for cell in row])
        return {cell.value: cell.column for cell in row if cell.value}

    def row(self, title: str, words: str, below: int = 0) -> int:
        """The number of the row that has a cell of these words, or with them in it; or of one `below` it."""
        texts = [
            (cell.row, cell.value)
            for row in self.sheet(title).iter_rows(min_col=2)
            for cell in row
            if isinstance(cell.value, str) and words in cell.value
        ]
        assert texts, f"{title} has no row with “{words}”"
        return int(next((row for row, text in texts if text == words), texts[0][0])) + below

    def cell(self, title: str, words: str, column: str, below: int = 0) -> Any:
        """The cell of a row in a keyed column."""
        return self.sheet(title).cell(self.row(title, words, below), self.columns(title)[column])

    def put(self, title: str, words: str, below: int = 0, **values: Any) -> str:
        """Type into the columns of a row; the address of the last cell."""
        for column, value in values.items():
            cell = self.cell(title, words, column, below)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # typed as text, whatever it begins with
        return f"{title}!{cell.coordinate}"

    def counts(self, words: str, numerator: Any, denominator: Any, column: str = "all", **about: Any) -> None:
        """Type the counts of an indicator, and what is asked once for it."""
        self.put("Số liệu", words, **{column: numerator}, **about)
        self.put("Số liệu", words, below=1, **{column: denominator})

    def unmerge(self, title: str) -> None:
        """Take merged cells apart: openpyxl leaves them where they are when rows move."""
        sheet = self.sheet(title)
        for area in [str(one) for one in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)

    def save(self, path: Path) -> Path:
        """Save it as somebody's own file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path
