"""The index of a CSV: every row is found where it stands, and comes back as it is when the file is read whole."""

from __future__ import annotations

import io
import marshal
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bdg_cli.data import index, observations
from bdg_cli.data.index import Index
from bdg_cli.data.observations import COLUMNS, Observation
from bdg_cli.data.rows import File, Filed, Held
from bdg_cli.dates import Period

PATH = "data/a.csv"
HEADER = ",".join(COLUMNS)
PLANS = Path(__file__).parent.parent / "plans" / "data"


class Bytes:
    """A file in memory, read in blocks of few lines so that blocks end everywhere."""

    def __init__(self, raw: bytes, block: int = 200) -> None:
        self.raw = raw
        self.block = block

    def blocks(self) -> Iterator[list[bytes]]:
        stream = io.BytesIO(self.raw)
        while lines := stream.readlines(self.block):
            yield lines

    def lines(self, offsets: Iterable[int]) -> Iterator[bytes]:
        stream = io.BytesIO(self.raw)
        for offset in offsets:
            stream.seek(offset)
            yield stream.readline()

    def span(self, start: int, end: int) -> bytes:
        return self.raw[start:end]


def row(**cells: str) -> str:
    usual = {"indicator": "cl-1-1", "area": "tra-vinh", "period": "2024", "source": "Sở Nội vụ"}
    return ",".join({**usual, **cells}.get(column, "") for column in COLUMNS)


def opened(text: str | bytes, block: int = 200, path: str = PATH) -> File:
    """A file with its index, as it comes back from the cache."""
    store = Bytes(text if isinstance(text, bytes) else text.encode(), block)
    packed = marshal.loads(marshal.dumps(index.build(store.blocks()).pack()))
    return File(path, Index.unpack(packed), store)


def said(rows: Iterable[Observation]) -> list[tuple[object, ...]]:
    """What observations say and where they stand."""
    return [(*one[1:], one.line.place().pack(), one.line.place("numerator").pack()) for one in rows]


def whole(text: str) -> list[tuple[object, ...]]:
    return said(observations.read(PATH, text).observations)


TABLE = [
    HEADER,
    row(numerator="1", denominator="2"),
    row(area="ha-noi", numerator="3", denominator="4"),
    row(indicator="cl-2-1", period="2024H1", numerator="5", denominator="6"),
    row(numerator="7", denominator="8", sex="female", note='"ế, ""ký"" ố"'),
    row(period="2024-S1", numerator="9", denominator="10"),
]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(TABLE) + "\n", id="plain"),
        pytest.param("\n".join(TABLE), id="no-last-newline"),
        pytest.param("\r\n".join(TABLE) + "\r\n", id="crlf"),
        pytest.param("\n\n" + "\n\n".join(TABLE) + "\n,,,,,,,,,,,,,,\n\n", id="blank-lines"),
        pytest.param("\n".join(TABLE).replace("tra-vinh", '"tra-vinh"'), id="quoted-ids"),
        pytest.param("\n".join(TABLE).replace("cl-1-1,tra-vinh,", " cl-1-1 ,tra-vinh ,"), id="spaces"),
        pytest.param("\n".join(",".join(line.split(",")[:9]) for line in TABLE), id="fewer-columns"),
        pytest.param("\n".join(",".join(line.split(",")[:3]) for line in TABLE), id="three-columns"),
    ],
)
@pytest.mark.parametrize("block", [1, 150, 10_000])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no-mark", "byte-order-mark"])
def test_rows_come_back_as_read_whole(text: str, block: int, mark: str) -> None:
    file = opened((mark + text).encode(), block)
    expected = whole(text)
    assert file.index.fault is None
    streamed = [one for found, _ in file.stretches() for one in found]
    assert said(streamed) == expected
    found = [one for name in file.index.indicators for one in file.read(file.index.offsets_of(name))]
    assert sorted(said(found), key=str) == sorted(expected, key=str)


def test_one_figure_at_a_time() -> None:
    file = opened("\n".join(TABLE))
    filed = Filed([file])

    def numerators(indicator: str, area: str, period: str) -> list[str]:
        return [str(one.numerator) for one in filed.rows(indicator, area, Period.parse(period))]

    assert numerators("cl-1-1", "tra-vinh", "2024") == ["1", "7"]
    assert numerators("cl-1-1", "tra-vinh", "2024H1") == ["9"], "2024-S1 is 2024H1"
    assert numerators("cl-1-1", "ha-noi", "2024") == ["3"]
    assert numerators("cl-2-1", "tra-vinh", "2024") == []
    assert numerators("cl-9-9", "tra-vinh", "2024") == []
    assert numerators("cl-1-1", "nowhere", "2024") == []
    assert {str(one) for one in filed.periods("cl-1-1", "tra-vinh")} == {"2024", "2024H1"}
    assert filed.indicators == ("cl-1-1", "cl-2-1")
    assert {str(one) for one in filed.all_periods} == {"2024", "2024H1"}


def test_columns_in_any_order() -> None:
    text = "note,period,numerator,area,denominator,indicator\nghi,2024,1,tra-vinh,2,cl-1-1\n"
    text += '"a, b",2023,3,ha-noi,4,cl-1-1\n'
    file = opened(text)
    assert said(file.read(file.index.offsets_of("cl-1-1"))) == whole(text)
    assert file.index.offsets("cl-1-1", "ha-noi", Period.parse("2023")) == [text.index('"a')]


def test_files_lie_over_each_other_in_order() -> None:
    first = opened("\n".join([HEADER, row(numerator="1")]), path="data/a.csv")
    second = opened("\n".join([HEADER, row(numerator="2"), row(area="hue")]), path="data/b.csv")
    filed = Filed([first, second])
    rows = filed.rows("cl-1-1", "tra-vinh", Period.parse("2024"))
    assert [(one.line.source.path, one.line.number) for one in rows] == [("data/a.csv", 2), ("data/b.csv", 2)]
    assert [one.area for one in filed.history("cl-1-1")] == ["tra-vinh", "tra-vinh", "hue"]
    assert len(list(filed.observations())) == 3


@pytest.mark.parametrize("name", ["2022.csv", "2023.csv", "2024H1.csv"])
def test_the_real_files(name: str) -> None:
    text = (PLANS / name).read_text("utf-8")
    file = opened(text)
    assert said(one for found, _ in file.stretches() for one in found) == whole(text)
    held = Held(observations.read(PATH, text).observations)
    for one in observations.read(PATH, text).observations:
        asked = (one.indicator, one.area, one.period)
        assert said(Filed([file]).rows(*asked)) == said(held.rows(*asked))


def test_mutations_come_back_as_read_whole() -> None:
    """Quotes, commas and newlines anywhere: the index finds exactly the rows that reading from the start finds."""
    rng = random.Random(7)
    text = (PLANS / "2023.csv").read_text("utf-8")
    signs = ['"', ",", "\n", "\r\n", ";", "-", ".", "ế", " ", '"cl-1-1"', "tra-vinh"]
    for _ in range(300):
        changed = list(text)
        for _ in range(rng.randint(1, 8)):
            position = rng.randrange(len(changed))
            changed[position : position + rng.randrange(3)] = rng.choice(signs)
        mutated = "".join(changed)
        read = observations.read(PATH, mutated)
        file = opened(mutated)
        assert (file.index.fault is not None) is read.unread
        if read.unread:
            assert file.index.fault is not None
            assert file.index.fault.message == read.faults[0][1].message
            continue
        streamed = list(file.stretches())
        assert said(one for found, _ in streamed for one in found) == said(read.observations)
        faults = [(code, fault.message, fault.place.pack()) for _, found in streamed for code, fault in found]
        assert faults == [(code, fault.message, fault.place.pack()) for code, fault in read.faults]
        ids = [one for one in read.observations if one.indicator and one.area and "," not in one.indicator + one.area]
        asked = {(one.indicator, one.area, one.period) for one in ids}
        held = Held(read.observations)
        for key in asked:
            assert said(Filed([file]).rows(*key)) == said(held.rows(*key))


# -------------------------------------------------------------------------------------- files that cannot be read


@pytest.mark.parametrize(
    ("raw", "code", "line", "words"),
    [
        pytest.param("\n".join(TABLE).encode("utf-16"), "TP007", 1, "UTF-16", id="utf-16"),
        pytest.param("\n".join(TABLE).encode("utf-16-le"), "TP007", 1, "UTF-16", id="utf-16-without-mark"),
        pytest.param(b"\n".join([HEADER.encode(), b"cl-1-1,hue,2024,,,1,2,,,,,,S\xd4 N\xe9i v\xf4,,"]), "TP007", 2,
                     "TCVN3", id="tcvn3"),
        pytest.param("\n".join([HEADER, row(), row(source="Sơ")]).encode("cp1258", "replace"), "TP007", 3,
                     "Windows-1258", id="cp1258"),
        pytest.param("\n".join([HEADER, row(), row(note="a\x00b")]).encode(), "TP007", 3, "UTF-16", id="nul"),
        pytest.param(b"indicator;area;period\ncl-1-1;hue;2024\n", "TP014", 1, "CSV UTF-8", id="semicolons"),
        pytest.param(b"indicator\tarea\tperiod\n", "TP014", 1, "CSV UTF-8", id="tabs"),
        pytest.param(b"sep=,\nindicator,area,period\n", "TP014", 1, "cột", id="what-excel-writes-first"),
        pytest.param(b"sep=;\nindicator;area;period\n", "TP014", 1, "sep=;", id="sep-with-semicolons"),
        pytest.param(b"\n\nindicator,area,value\n", "TP014", 3, "period", id="a-column-missing"),
        pytest.param(b"indicator,area,period,,\n", "TP014", 1, "hai cột cùng tên", id="columns-without-a-name"),
        pytest.param(b"indicator,area,period,\n", "TP014", 1, "không tên", id="one-column-without-a-name"),
        pytest.param(",".join(f"c{n}" for n in range(10_000)).encode(), "TP014", 1, "10000 cột", id="10000-columns"),
        pytest.param(b"indicator,area,period\rcl-1-1,hue,2024\r", "TP014", 1, "xuống dòng", id="carriage-returns-only"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(raw: bytes, code: str, line: int, words: str) -> None:
    fault = opened(raw).index.fault
    assert fault is not None
    assert (fault.code, fault.line) == (code, line)
    assert words in fault.message
    assert opened(raw).index.indicators == ()


def test_an_empty_file_has_no_rows_and_no_fault() -> None:
    for raw in (b"", b"\n", b"\xef\xbb\xbf", HEADER.encode()):
        file = opened(raw)
        assert file.index.fault is None
        assert [one for found, faults in file.stretches() for one in (*found, *faults)] == []


def test_a_line_that_is_no_row_costs_only_itself() -> None:
    long = row(note="x" * 150_000)
    open_quote = row(note='"không đóng')
    text = "\n".join([HEADER, row(numerator="1"), long, open_quote, "cl-1-1,tra-vinh,2024", row(numerator="2")])
    file = opened(text)
    streamed = list(file.stretches())
    assert [str(one.numerator) for found, _ in streamed for one in found] == ["1", "2"]
    faults = [(code, fault.place.line, fault.message) for _, found in streamed for code, fault in found]
    assert [(code, line) for code, line, _ in faults] == [("TP014", 3), ("TP014", 4), ("TP014", 5)]
    assert "dài" in faults[0][2]
    assert "không đóng" in faults[1][2]
    counted = Filed([file]).rows("cl-1-1", "tra-vinh", Period.parse("2024"))
    assert [str(one.numerator) for one in counted] == ["1", "2"]


def test_a_file_changed_under_the_index_gives_no_wrong_row() -> None:
    text = "\n".join([HEADER, row(numerator="1", denominator="2"), row(area="hue", numerator="3")])
    file = opened(text)
    store = file.store
    assert isinstance(store, Bytes)
    store.raw = store.raw.replace(b"cl-1-1,tra-vinh", b"cl-1-1,ca-mau-x")
    assert Filed([file]).rows("cl-1-1", "tra-vinh", Period.parse("2024")) == []
