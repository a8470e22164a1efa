"""Charts of DrawingML: the part that draws one, the workbook inside it, and the drawing that shows it in the text.

Word and LibreOffice open and edit them. Shades of grey, so that a black-and-white copy says the same. Units are
those of the format: EMU (1/12700 pt) for sizes, hundredths of a point for type.
"""

from __future__ import annotations

from decimal import Decimal
from string import ascii_uppercase

from bdg_cli.documents.archive import CONTENT_TYPES, archived
from bdg_cli.documents.docx_xml import Words, escaped
from bdg_cli.documents.model import Chart, Series

WORKBOOK = "rId1"  # what a chart part calls its workbook

_SHEET = "Số liệu"
_EMU_PER_POINT = 12700
_HEIGHT = 175.0  # points: a fifth of a page, so that it seldom leaves a gap above it
_FONT = "Times New Roman"
_SHADES = ("FFFFFF", "D9D9D9", "A6A6A6", "404040")  # the first series is the aim: an empty frame
_CATEGORY_AXIS, _VALUE_AXIS = 1, 2
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relation(number: int) -> str:
    """What the document calls its nth chart part; no id that others give."""
    return f"bdgChart{number}"


def drawing(number: int, chart: int, width: float, description: str) -> Words:
    """`<w:drawing><wp:inline>…<c:chart r:id="…"/>`: the nth chart in the line of text, `width` points wide."""
    size = f'cx="{round(width * _EMU_PER_POINT)}" cy="{round(_HEIGHT * _EMU_PER_POINT)}"'
    return Words(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Biểu đồ {chart}" descr="{escaped(description)}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        f' r:id="{relation(chart)}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def part(chart: Chart) -> str:
    """`<c:chartSpace>`: columns side by side over the categories, each with its number, from zero up."""
    series = "".join(_series(chart, index, one) for index, one in enumerate(chart.series))
    return (
        f'{_HEAD}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="vi-VN"/><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(chart)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="{_gap(chart)}"/><c:overlap val="-10"/>{_axis_ids()}</c:barChart>'
        f"{_category_axis()}{_value_axis(chart)}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_type(1100)}"
        f'<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _gap(chart: Chart) -> int:
    """The gap between categories in hundredths of a column: few columns stay as slim as many would be."""
    columns = _SLIM / max(1, len(chart.categories)) - len(chart.series)
    return max(80, min(500, round(columns * 100)))


_SLIM = 14  # columns across the chart at which each has a good width


def _title(chart: Chart) -> str:
    lines = _title_line(chart.title, 1200, bold=True)
    lines += _title_line(chart.note, 1100, bold=False) if chart.note else ""
    return f'<c:title><c:tx><c:rich><a:bodyPr/>{lines}</c:rich></c:tx><c:overlay val="0"/></c:title>'


def _title_line(text: str, size: int, *, bold: bool) -> str:
    """The title, bold; or the note under it, in italics."""
    return (
        "<a:p><a:pPr><a:defRPr/></a:pPr>"
        f'<a:r><a:rPr lang="vi-VN" sz="{size}" b="{int(bold)}" i="{int(not bold)}">'
        f'<a:latin typeface="{_FONT}"/><a:cs typeface="{_FONT}"/></a:rPr><a:t>{escaped(text)}</a:t></a:r></a:p>'
    )


def _type(size: int) -> str:
    return (
        "<c:txPr><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f'<a:latin typeface="{_FONT}"/><a:cs typeface="{_FONT}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
    )


def _series(chart: Chart, index: int, one: Series) -> str:
    column = ascii_uppercase[index + 1]
    last = len(chart.categories) + 1
    fill = _SHADES[min(index, len(_SHADES) - 1) if index + 1 < len(chart.series) else -1]
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx>{_texts(f'${column}$1', (one.name,))}</c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>'
        '<c:invertIfNegative val="0"/>'
        f"<c:dLbls>{_labels(one.values)}</c:dLbls>"
        f"<c:cat>{_texts(f'$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val>{_numbers(f'${column}$2:${column}${last}', one.values)}</c:val></c:ser>"
    )


def _labels(values: tuple[Decimal | None, ...]) -> str:
    """The number over each column, with its own decimals (80 beside 59,95)."""
    each = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{_label(_number_format(value))}</c:dLbl>'
        for index, value in enumerate(values)
        if value is not None
    )
    return each + _label(_number_format(*(value for value in values if value is not None)))


def _label(look: str) -> str:
    return (
        f'<c:numFmt formatCode="{look}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_type(1000)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _texts(cells: str, texts: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{escaped(text)}</c:v></c:pt>' for index, text in enumerate(texts))
    return (
        f"<c:strRef><c:f>'{_SHEET}'!{cells}</c:f>"
        f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _numbers(cells: str, values: tuple[Decimal | None, ...]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{value:f}</c:v></c:pt>' for index, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef><c:f>'{_SHEET}'!{cells}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache>'
        "</c:numRef>"
    )


def _axis_ids() -> str:
    return f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'


def _category_axis() -> str:
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_type(1100)}<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """From zero, unless a value is below: a cut axis makes small differences look large."""
    values = [value for one in chart.series for value in one.values if value is not None]
    floor = '<c:min val="0"/>' if min(values, default=Decimal(0)) >= 0 else ""
    look = _number_format(Decimal(0) if max(map(abs, values), default=Decimal(0)) >= _TEN else Decimal("0.0"))
    line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{floor}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{line}</c:majorGridlines>'
        f'<c:numFmt formatCode="{look}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'{_type(1000)}<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        "</c:valAx>"
    )


_TEN = Decimal(10)  # from here on an axis needs no decimals


def _number_format(*values: Decimal) -> str:
    """As many decimals as the value that has most; 42A is Vietnamese: a comma for decimals wherever it is opened."""
    exponents = [value.as_tuple().exponent for value in values]
    places = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return "[$-42A]#,##0" + (f".{'0' * places}" if places > 0 else "")


# -- the workbook -----------------------------------------------------------------------------------------

_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(chart: Chart) -> bytes:
    """The .xlsx with the chart's numbers: categories down, series across. The same chart gives the same bytes."""
    parts = {
        CONTENT_TYPES: _TYPES,
        "_rels/.rels": _relationship("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f'<sheets><sheet name="{_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relationship("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _worksheet(chart),
    }
    return archived({name: content.encode() for name, content in parts.items()})


def _relationship(kind: str, target: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _worksheet(chart: Chart) -> str:
    head: tuple[str | Decimal | None, ...] = (None, *(one.name for one in chart.series))
    rows = [head]
    for index, category in enumerate(chart.categories):
        rows.append((category, *(one.values[index] for one in chart.series)))
    cells = "".join(
        f'<row r="{number}">{"".join(_cell(number, column, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def _cell(row: int, column: int, value: str | Decimal | None) -> str:
    """Text is written inline: it never becomes a formula, whatever it begins with."""
    name = f"{ascii_uppercase[column]}{row}"
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f'<c r="{name}"><v>{value:f}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escaped(value)}</t></is></c>'
