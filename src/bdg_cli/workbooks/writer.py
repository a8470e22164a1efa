"""A Book into the bytes of an .xlsx. The same book gives the same bytes; nothing people wrote becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from bdg_cli.documents.archive import archived
from bdg_cli.documents.seal import OPEN_SEAL, SEAL, sealed
from bdg_cli.vietnamese import nfc
from bdg_cli.workbooks.model import Book, Cell, Look, Row, Rule, Sheet, address, letters
from bdg_cli.workbooks.sizes import row_height, type_of

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

_FONT = "Times New Roman"
_MADE = datetime(1980, 1, 1)  # a constant date: the same input gives the same bytes
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000  # characters: Excel takes 32,767 in a cell
_INPUT, _CLOSED, _HEADS, _GROUPS = "FFF8DC", "E7E6E6", "D9E2EC", "F2F2F2"


def write(book: Book) -> bytes:
    """The workbook as a sealed .xlsx."""
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty

    workbook: Any = Workbook()
    del workbook["Sheet"]
    workbook.properties.title = book.title[:200]
    workbook.properties.creator = workbook.properties.lastModifiedBy = "bdg"
    workbook.properties.language = "vi-VN"
    workbook.properties.created = _MADE
    for name, value in {**book.properties, SEAL: OPEN_SEAL}.items():
        workbook.custom_doc_props.append(StringProperty(name=name, value=value))
    for sheet in book.sheets:
        _lay(workbook.create_sheet(sheet.title), sheet)
    if any(sheet.protected for sheet in book.sheets):
        workbook.security.lockStructure = True
    saved = io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", parts[core])
    return archived(sealed(parts))


def _lay(target: Any, sheet: Sheet) -> None:
    _lay_columns(target, sheet)
    for number, row in enumerate(sheet.rows, 1):
        _lay_row(target, sheet, number, row)
    for rule, cells in _rules(sheet).items():
        validation = _validation(rule)
        for cell in cells:
            validation.add(cell)
        target.add_data_validation(validation)
    if sheet.hidden:
        target.sheet_state = "hidden"
    _protect(target, sheet)
    _set_page(target, sheet)


def _lay_columns(target: Any, sheet: Sheet) -> None:
    target.column_dimensions["A"].hidden = True
    for place, column in enumerate(sheet.columns, 2):
        target.column_dimensions[letters(place)].width = column.width


def _lay_row(target: Any, sheet: Sheet, number: int, row: Row) -> None:
    if row.key:
        _fill(target.cell(number, 1), row.key)
    for place, cell in enumerate(row.cells, 2):
        if cell is not None:
            _lay_cell(target, number, place, cell)
    dimension = target.row_dimensions[number]
    if row.hidden:
        dimension.hidden = True
    elif not sheet.hidden:
        dimension.height = row.height or row_height(sheet, row)


def _lay_cell(target: Any, number: int, place: int, cell: Cell) -> None:
    made = target.cell(number, place)
    _fill(made, cell.value)
    if cell.formula:
        made.value = f"={cell.formula}"
    for name, value in _looks(cell.look).items():
        setattr(made, name, value)
    if cell.form:
        made.number_format = cell.form
    if cell.rows > 1 or cell.columns > 1:
        _merge(target, number, place, cell)


def _merge(target: Any, number: int, place: int, cell: Cell) -> None:
    """The cell over the cells below and beside it, with its border around them all."""
    last_row, last_column = number + cell.rows - 1, place + cell.columns - 1
    border = _looks(cell.look).get("border")
    if border is not None:
        for row in range(number, last_row + 1):
            for column in range(place, last_column + 1):
                target.cell(row, column).border = border
    target.merge_cells(start_row=number, start_column=place, end_row=last_row, end_column=last_column)


def _fill(made: Any, value: str | int | Decimal | date | None) -> None:
    """A value into a cell. Text stays text: neither `=1+1` nor `#N/A` is anything else, and Excel is told so."""
    if not isinstance(value, str):
        made.value = value
        return
    made.value = _CONTROL.sub("", nfc(value))[:_LONGEST]
    made.data_type = "s"
    if value[:1] in {"=", "+", "-", "@", "\t", "\r", "'"}:
        made.quotePrefix = True


def _rules(sheet: Sheet) -> dict[Rule, list[str]]:
    found: dict[Rule, list[str]] = {}
    for number, place, cell in sheet.walk():
        if cell.rule is not None:
            found.setdefault(cell.rule, []).append(address(number, place))
    return found


def _validation(rule: Rule) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    if rule.is_list:
        source = rule.source or '"' + ",".join(rule.choices) + '"'
        made = DataValidation(type="list", formula1=source, allow_blank=True)
    else:
        made = DataValidation(
            type="decimal", operator="between", formula1=rule.low, formula2=rule.high, allow_blank=True
        )
        if rule.whole:
            made.type = "whole"
    made.error, made.errorTitle, made.errorStyle = rule.told[:225], "Chưa nhận được", "stop"
    made.showErrorMessage = True
    return made


def _protect(target: Any, sheet: Sheet) -> None:
    """Labels cannot be changed by mistake; there is no password, and widths and heights stay free."""
    if not sheet.protected:
        return
    target.protection.sheet = True
    target.protection.formatColumns = target.protection.formatRows = target.protection.formatCells = False


def _set_page(target: Any, sheet: Sheet) -> None:
    page = target.page_setup
    page.paperSize = 9  # A4
    page.orientation = "landscape" if sheet.landscape else "portrait"
    page.fitToWidth, page.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.page_margins.left = target.page_margins.right = 0.5
    target.page_margins.top, target.page_margins.bottom = 0.6, 0.6
    target.print_options.horizontalCentered = True
    target.oddFooter.center.text = "Trang &P/&N"
    target.oddFooter.center.font, target.oddFooter.center.size = _FONT, 10
    target.sheet_view.showGridLines = False
    if sheet.hidden or not sheet.rows:
        return
    last = letters(len(sheet.columns) + 1)
    target.print_area = f"B1:{last}{len(sheet.rows)}"
    if sheet.head is not None:
        target.print_title_rows = f"{sheet.head[0]}:{sheet.head[1]}"
        target.freeze_panes = f"A{sheet.head[1] + 1}"
        if sheet.filtered:
            target.auto_filter.ref = f"B{sheet.head[1]}:{last}{len(sheet.rows)}"


@cache
def _looks(look: Look) -> dict[str, Any]:
    """Font, alignment, fill, border, format and lock of a look, by the name openpyxl has for each."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    size, bold = type_of(look)
    line = Side(style="thin", color="808080")
    found: dict[str, Any] = {
        "font": Font(name=_FONT, size=size, bold=bold, italic=look in {Look.CENTRED_NOTE, Look.COMPUTED}),
        "alignment": Alignment(
            horizontal=_horizontal(look),
            vertical="top" if look in {Look.TEXT, Look.NOTE} else "center",
            wrap_text=True,
        ),
        "protection": Protection(locked=not look.open),
    }
    if look not in {Look.BARE, Look.TITLE, Look.OFFICE, Look.NOTE, Look.CENTRED_NOTE}:
        found["border"] = Border(left=line, right=line, top=line, bottom=line)
    fill = _INPUT if look.open else {Look.CLOSED: _CLOSED, Look.HEAD: _HEADS, Look.GROUP: _GROUPS}.get(look)
    if fill:
        found["fill"] = PatternFill("solid", fgColor=fill)
    form = {Look.COUNT: "#,##0", Look.COMPUTED: "#,##0.00", Look.DATE: "dd/mm/yyyy", Look.DAY: "dd/mm/yyyy"}.get(look)
    if form:
        found["number_format"] = form
    elif look is Look.TEXT:
        found["number_format"] = "@"
    return found


def _horizontal(look: Look) -> str:
    if look in {Look.TITLE, Look.HEAD, Look.CENTRED, Look.CENTRED_NOTE, Look.CHOICE, Look.DAY, Look.DATE, Look.CLOSED}:
        return "center"
    return "right" if look in {Look.COUNT, Look.DECIMAL, Look.COMPUTED, Look.RIGHT} else "left"
