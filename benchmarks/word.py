"""What a Word document costs, as ratios of medians measured in turn: `python tasks.py bench`.

The same plan (about 350 paragraphs, three tables) is made in one warm process by bdg, by docxtpl from a slim template,
and by python-docx paragraph by paragraph; words and styles on the page are the same (it is checked). Measured is the
time of the processor from the finished words to the bytes of the file: docxtpl and python-docx are given theirs
ready-made, bdg its Document. bdg does more in that time: drawn lines, bookmarks with origins, no lone last words,
fixed dates.
"whole" is all that bdg does from loaded YAML: expressions, citations, no-break spaces as well.

Bounds (issue "Word documents"): bdg at most a quarter of docxtpl; ten times the rows and paragraphs at most twelve
times the time. For information: one process against two, for a batch of plans.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path

import docx
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docxtpl import DocxTemplate

from bdg_cli.commands import batch
from bdg_cli.commands.office import Choices, Office
from bdg_cli.documents import docx_writer, plan_document
from bdg_cli.documents.model import Annex, Document
from bdg_cli.documents.task_table import table
from bdg_cli.documents.texts import Speaker
from bdg_cli.documents.wording import Wording
from bdg_cli.provenance import Kind, Subject

TOP = Path(__file__).resolve().parents[1]
STYLE = TOP / "templates" / "style.docx"
PLAN = "ke-hoach"
TODAY = "2026-11-23"
TURNS = 21
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Rows(list[list[str]]):
    """The rows of a table with their cells."""


Piece = tuple[str, str] | Rows  # the style and text of a paragraph, or a table


def main() -> int:
    """Print the ratios; 1 where one is over its bound."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["BDG_CACHE_DIR"] = str(Path(scratch, "cache"))
        return _against_others(Path(scratch)) | _in_size(Path(scratch)) | _on_two_cores(Path(scratch))


def _against_others(scratch: Path) -> int:
    office, document = _document(scratch / "once", 1)
    plan = office.workshop.plan(PLAN).plan
    assert plan is not None
    registry = office.workshop.registry
    content = _pieces(docx_writer.write(document, STYLE))
    template = _template(content, scratch / "slim.docx")
    makers: dict[str, Callable[[], bytes]] = {
        "docxtpl": lambda: _with_docxtpl(template, content),
        "bdg": lambda: docx_writer.write(document, STYLE),
        "bdg, whole": lambda: docx_writer.write(
            plan_document.build(plan, registry, office.root, {}, draft=False), STYLE
        ),
        "python-docx": lambda: _with_python_docx(content),
    }
    for name in ("docxtpl", "python-docx"):
        assert _pieces(makers[name]()) == content, name
    times = _in_turn(makers)
    tables = [piece for piece in content if isinstance(piece, Rows)]
    paragraphs = (
        len(content) - len(tables) + sum(cell.count("\n") + 1 for rows in tables for row in rows for cell in row)
    )
    print(
        f"{paragraphs} paragraphs, {len(tables)} tables; docxtpl {times['docxtpl'] * 1000:.1f} ms; "
        f"median of {TURNS} turns"
    )
    return _report(times, "docxtpl", {"bdg": 0.25, "bdg, whole": None, "python-docx": None})


def _in_size(scratch: Path) -> int:
    _, small = _document(scratch / "small", 1)
    _, large = _document(scratch / "large", 10)
    times = _in_turn({
        "once": lambda: docx_writer.write(small, STYLE),
        "ten times": lambda: docx_writer.write(large, STYLE),
    })  # fmt: skip
    return _report(times, "once", {"ten times": 12.0})


def _on_two_cores(scratch: Path) -> int:
    """How a batch of plans fares in two processes: the thresholds of commands/batch.py rest on it."""
    repository = _repository(scratch / "batch", 1)
    for number in range(batch.FROM):
        shutil.copytree(repository / PLAN, repository / f"ke-hoach-{number}")
    office = _office(repository)
    subjects = [Subject(Kind.PLAN, identity) for identity in office.layout.plans][: batch.FROM]
    makers = {
        "one process": partial(_rendered, office, subjects, 1),
        "two processes": partial(_rendered, office, subjects, 2),
    }
    times = _in_turn(makers, 7, time.perf_counter)
    print(f"{len(subjects)} plans; the time of the clock")
    return _report(times, "one process", {"two processes": None})


def _rendered(office: Office, subjects: list[Subject], workers: int) -> bytes:
    return b"".join(one.content for one in batch.rendered(office, subjects, workers))


def _in_turn(
    makers: Mapping[str, Callable[[], bytes]], turns: int = TURNS, clock: Callable[[], float] = time.process_time
) -> dict[str, float]:
    """The median time of each, one run of each per turn, so that noise falls on all alike."""
    measured: dict[str, list[float]] = {name: [] for name in makers}
    for turn in range(turns + 1):
        for name, make in makers.items():
            began = clock()
            make()
            if turn:  # the first warms up
                measured[name].append(clock() - began)
    return {name: statistics.median(values) for name, values in measured.items()}


def _report(times: dict[str, float], base: str, bounds: dict[str, float | None]) -> int:
    over = 0
    for name, bound in bounds.items():
        ratio = times[name] / times[base]
        over |= bound is not None and ratio > bound
        print(f"{name:<16} / {base:<12} {ratio:6.2f}" + (f"  (at most {bound:g})" if bound else ""))
    return int(over)


# -- the plan ---------------------------------------------------------------------------------------------


def _document(folder: Path, times: int) -> tuple[Office, Document]:
    """A plan with its annex as a Document: head, some 270 paragraphs, closing, a table of 20 rows; or `times` it."""
    office = _office(_repository(folder, times))
    plan = office.workshop.plan(PLAN).plan
    assert plan is not None
    registry, wording = office.workshop.registry, Wording(office.root)
    document = plan_document.build(plan, registry, office.root, {}, draft=False)
    tasks = table(plan, registry, Speaker(plan, registry, plan.dated_on()), wording)
    assert tasks is not None
    return office, Document(document.name, document.properties, (*document.blocks, Annex("Phụ lục", "", ()), tasks))


def _office(repository: Path) -> Office:
    return Office(Choices(str(repository), TODAY, "build", "docx", False, True))


def _repository(folder: Path, times: int) -> Path:
    """The smallest repository of the tests, with a plan of the size wanted."""
    shutil.copytree(TOP / "tests" / "data" / "minimal", folder)
    (folder / "demo").rename(folder / PLAN)
    text = "Tuyên truyền, phổ biến chính sách, pháp luật về bình đẳng giới và phòng, chống bạo lực trên cơ sở giới theo"
    items = [
        f'          - "Ý {number}: {text} Quyết định số {number + 10}/QĐ-UBND ngày 05/3/2024 trong cơ quan, đơn vị."\n'
        for number in range(7)
    ]
    parts = [
        f'      - title: Nội dung {number}\n        marker: arabic\n        text: "{text} kế hoạch."\n        items:\n'
        + "".join(items)
        for number in range(29 * times)
    ]
    plan = (folder / PLAN / "plan.yaml").read_text("utf-8")
    sections = f"sections:\n  - title: Nội dung\n    marker: roman\n    sections:\n{''.join(parts)}"
    (folder / PLAN / "plan.yaml").write_text(plan.replace("sections:\n", sections, 1), "utf-8")
    tasks = "".join(f'      - text: "Nhiệm vụ {number}: {text} kế hoạch."\n' for number in range(20 * times))
    duties = f"duties:\n  - agency: so-noi-vu-mau\n    tasks:\n{tasks}"
    (folder / PLAN / "assignments.yaml").write_text(duties, "utf-8")
    return folder


# -- the same by other means ------------------------------------------------------------------------------


def _pieces(data: bytes) -> list[Piece]:
    """What a file shows, in the order of the page: paragraphs with their styles, tables as rows of cells."""
    document = docx.Document(io.BytesIO(data))
    found: list[Piece] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            cells = [[_cell(cell) for cell in row._tr.iterchildren(f"{W}tc")] for row in part.rows]
            found.append(Rows([cell for cell in row if cell] for row in cells))
        elif part.text:
            found.append((part.style.name if part.style else "", part.text))
    return found


def _cell(element: BaseOxmlElement) -> str:
    """The words of a cell; what are paragraphs here may be line breaks there."""
    breaks = {f"{W}p": "\n", f"{W}br": "\n"}
    text = "".join(breaks.get(str(part.tag)) or part.text or "" for part in element.iter(f"{W}p", f"{W}br", f"{W}t"))
    return "\n".join(line for line in text.split("\n") if line)


def _stretches(content: list[Piece]) -> list[list[tuple[str, str]] | list[list[str]]]:
    """Paragraphs between tables together; each row of a table as wide as the widest, a merged cell being the first."""
    found: list[list[tuple[str, str]] | list[list[str]]] = []
    for is_table, group in groupby(content, lambda piece: isinstance(piece, Rows)):
        if not is_table:
            found.append([piece for piece in group if not isinstance(piece, Rows)])
            continue
        for rows in group:
            width = max(len(row) for row in rows)
            found.append([[*map(str, row), *[""] * (width - len(row))] for row in rows])
    return found


def _template(content: list[Piece], path: Path) -> Path:
    """A slim template that gives the same: a loop over the paragraphs of each stretch, which has a branch for each
    style, and a loop over the rows of each table."""
    document = docx.Document(str(STYLE))
    for index, piece in enumerate(_stretches(content)):
        if isinstance(piece[0], list):
            grid = document.add_table(3, len(piece[0]))
            grid.rows[0].cells[0].text = f"{{%tr for row in p{index} %}}"
            for column, cell in enumerate(grid.rows[1].cells):
                cell.text = f"{{{{ row[{column}] }}}}"
            grid.rows[2].cells[0].text = "{%tr endfor %}"
            continue
        document.add_paragraph(f"{{%p for style, text in p{index} %}}")
        for position, style in enumerate(dict.fromkeys(str(one[0]) for one in piece)):
            document.add_paragraph(f'{{%p {"elif" if position else "if"} style == "{style}" %}}')
            document.add_paragraph("{{ text }}", style=style)
        document.add_paragraph("{%p endif %}")
        document.add_paragraph("{%p endfor %}")
    document.save(str(path))
    return path


def _with_docxtpl(template: Path, content: list[Piece]) -> bytes:
    written = DocxTemplate(str(template))
    written.render({f"p{index}": piece for index, piece in enumerate(_stretches(content))}, autoescape=True)
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


def _with_python_docx(content: list[Piece]) -> bytes:
    document = docx.Document(str(STYLE))
    for piece in _stretches(content):
        if not isinstance(piece[0], list):
            for style, text in piece:
                document.add_paragraph(text, style=style)
            continue
        grid = document.add_table(0, len(piece[0]))
        for row in piece:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
