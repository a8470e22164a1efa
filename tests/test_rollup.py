"""A province's report from its communes' repositories: sums of counts, what is missing, nothing twice, the cascade."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from bdg_cli import entry

TODAY = "2026-12-20"
COMMUNES = {"xa-an-binh": "An Bình", "xa-long-ho": "Long Hồ", "xa-phu-quoi": "Phú Quới", "xa-tan-ngai": "Tân Ngãi"}
HEAD = "indicator,area,period,numerator,denominator,value,status,vintage,cutoff,source,as_of\n"
PLAN = "ke-hoach-2026"


def bdg(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command in this process."""
    monkeypatch.setattr("sys.argv", ["bdg", *words])
    return entry.main()


def row(area: str, counts: str, indicator: str = "cl-3-2a", period: str = "2026", status: str = "") -> str:
    """One figure as an office writes it: `66,85`, or `,,77.6` where it has a rate only."""
    cells = counts if counts.count(",") > 1 else f"{counts},"
    return f"{indicator},{area},{period},{cells},{status},official,2026-12-14,UBND xã,2026-12-15\n"


class Country:
    """A province and three communes, each in a repository of its own, as `bdg init` makes them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        self.said = ""
        self.province = folder / "tỉnh Vĩnh Long"
        common = ("--yes", "--area", "vinh-long", "--period", "2026", "--today", "2026-01-05")
        assert bdg(monkeypatch, "init", str(self.province), *common) == 0
        areas = "".join(
            f"  - {{id: {area}, name: {name}, unit: xã, level: commune, parent: vinh-long}}\n"
            for area, name in COMMUNES.items()
        )
        (self.province / "registry" / "areas.yaml").write_text(f"areas:\n{areas}", "utf-8")
        for area, name in list(COMMUNES.items())[:3]:
            assert bdg(monkeypatch, "init", str(self.commune(area)), *common, "--commune", f"xã {name}") == 0

    def commune(self, area: str) -> Path:
        """The folder of a commune's repository."""
        return self.folder / f"xã {COMMUNES[area]}"

    def figures(self, folder: Path, *rows: str) -> None:
        """The figures of a repository."""
        (folder / "data" / "2026.csv").write_text(HEAD + "".join(rows), "utf-8")

    def report(self, *include: str, folders: tuple[Path, ...] = (), expected: int = 0) -> str:
        """The province's report as text, made from these communes and folders."""
        self.capsys.readouterr()
        found = (*(self.commune(area) for area in include), *folders)
        options = [word for folder in found for word in ("--include", str(folder))]
        code = bdg(
            self.monkeypatch, "report", "--period", "2026", "--repo", str(self.province), "--today", TODAY,
            "--format", "text", *options,
        )  # fmt: skip
        printed = self.capsys.readouterr()
        self.said = printed.err
        assert code == expected, printed.err
        return printed.out.replace("\u00a0", " ")


@pytest.fixture
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Country:
    return Country(tmp_path, monkeypatch, capsys)


def cells(text: str, annex: str, label: str) -> list[str]:
    """The cells of one row of an annex's table, lines joined."""
    part = text.split(f"\n{annex.center(100).rstrip()}\n", 1)[1]
    found: list[list[str]] = []
    for line in part.splitlines():
        if line.startswith("| "):
            pieces = [piece.strip() for piece in line.strip("|").split("|")]
            if found or pieces[0] == label:
                found.append(pieces)
        elif found:
            break
    return [" ".join(words for words in column if words) for column in zip(*found, strict=True)]


THREE = ("xa-an-binh", "xa-long-ho", "xa-phu-quoi")


def test_counts_are_summed_and_rates_are_not_averaged(country: Country) -> None:
    """66/85, 9/10 and 150/160 are 225/255 = 88,2%; the mean of the rates would be 87,1%."""
    for area, counts in zip(THREE, ("66,85", "9,10", "150,160"), strict=True):
        country.figures(country.commune(area), row(area, counts))
    areas = country.province / "registry" / "areas.yaml"
    areas.write_text("".join(areas.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")  # all have repositories
    text = country.report(*THREE)
    assert "đạt 88,2% (225/255 người), vượt 8,2 điểm phần trăm" in text
    assert "cộng từ kho của 03/03 đơn vị" in text
    assert cells(text, "Phụ lục II", "2.1")[2:6] == ["225", "255", "88,2%", "3/3"]


def test_a_sum_that_lacks_a_unit_is_shown_and_not_judged(country: Country) -> None:
    for area, counts in zip(THREE[:2], ("66,85", "9,10"), strict=True):
        country.figures(country.commune(area), row(area, counts))
    text = country.report(*THREE)
    assert "mới có số liệu của 02/04 đơn vị, chưa đủ để tính và đánh giá" in text
    assert "01 chưa đủ số liệu" in text
    found = cells(text, "Phụ lục II", "2.1")
    assert found[2:6] == ["75", "95", "78,9%", "2/4"]
    assert found[6] == "Chưa có kho: xã Tân Ngãi; Chưa có số liệu: xã Phú Quới"


def test_nothing_that_happened_is_nothing_added(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "4,5"))
    country.figures(country.commune("xa-long-ho"), row("xa-long-ho", "0,0", status="none"))
    found = cells(country.report(*THREE[:2]), "Phụ lục II", "2.1")
    assert found[2:6] == ["4", "5", "80%", "2/4"]


def test_the_same_figure_in_two_repositories_counts_once(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"), row("xa-long-ho", "9,10"))
    country.figures(country.commune("xa-long-ho"), row("xa-long-ho", "9,10"))
    areas = country.commune("xa-an-binh") / "registry" / "areas.yaml"
    other = "  - {id: xa-long-ho, name: Long Hồ, unit: xã, level: commune, parent: vinh-long}\n"
    areas.write_text(areas.read_text("utf-8") + other, "utf-8")
    found = cells(country.report(*THREE[:2]), "Phụ lục II", "2.1")
    assert found[2:6] == ["75", "95", "78,9%", "2/4"]
    assert "Xã Long Hồ có ở xã An Bình, xã Long Hồ với số giống nhau, chỉ tính một lần" in found[6]


def test_figures_that_contradict_each_other_are_refused(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"), row("xa-long-ho", "8,10"))
    country.figures(country.commune("xa-long-ho"), row("xa-long-ho", "9,10"))
    areas = country.commune("xa-an-binh") / "registry" / "areas.yaml"
    other = "  - {id: xa-long-ho, name: Long Hồ, unit: xã, level: commune, parent: vinh-long}\n"
    areas.write_text(areas.read_text("utf-8") + other, "utf-8")
    found = cells(country.report(*THREE[:2]), "Phụ lục II", "2.1")
    assert found[2:6] == ["66", "85", "77,6%", "1/4"]
    assert "Xã Long Hồ có ở xã An Bình, xã Long Hồ với số khác nhau, không tính" in found[6]


def test_a_rate_alone_cannot_be_added(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"))
    country.figures(country.commune("xa-long-ho"), row("xa-long-ho", ",,90.0"))
    found = cells(country.report(*THREE[:2]), "Phụ lục II", "2.1")
    assert found[2:6] == ["66", "85", "77,6%", "1/4"]
    assert "Chỉ có tỷ lệ, không có tử số và mẫu số nên không cộng được: xã Long Hồ" in found[6]


def test_the_province_s_own_figure_comes_first(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"))
    country.figures(country.province, row("vinh-long", "900,1000"))
    text = country.report("xa-an-binh")
    assert "đạt 90% (900/1.000 người)" in text
    assert "Báo cáo dùng số của tỉnh Vĩnh Long: 90%" in cells(text, "Phụ lục II", "2.1")[6]


def test_a_figure_of_the_whole_covers_those_of_its_parts(country: Country) -> None:
    """A commune below another area that reports for both: the parts are not added to their whole."""
    areas = country.province / "registry" / "areas.yaml"
    text = areas.read_text("utf-8").replace(
        "id: xa-long-ho, name: Long Hồ, unit: xã, level: commune, parent: vinh-long",
        "id: xa-long-ho, name: Long Hồ, unit: xã, level: commune, parent: xa-an-binh",
    )
    areas.write_text(text, "utf-8")
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"))
    country.figures(country.commune("xa-long-ho"), row("xa-long-ho", "9,10"))
    found = cells(country.report(*THREE[:2]), "Phụ lục II", "2.1")
    assert found[2:4] == ["66", "85"]
    assert "Xã Long Hồ đã nằm trong số của xã An Bình" in found[6]


def test_a_repository_named_twice_counts_once(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"))
    found = cells(country.report("xa-an-binh", "xa-an-binh"), "Phụ lục II", "2.1")
    assert found[2:4] == ["66", "85"]
    assert "chỉ tính một lần" in country.said


def test_a_repository_with_faulty_figures_is_left_out(country: Country) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"))
    country.figures(country.commune("xa-long-ho"), row("xa-long-ho", "19,10"))  # more than the whole: SL102
    text = country.report(*THREE[:2], expected=1)
    assert "không cộng số liệu của kho này vì còn 1 lỗi chưa xử lý" in country.said
    assert "SL102" in country.said
    assert "DỰ THẢO" in text
    assert cells(text, "Phụ lục II", "2.1")[5] == "1/4"


def test_a_repository_of_another_province_is_left_out(country: Country) -> None:
    stranger = country.folder / "xã khác"
    options = ("--yes", "--area", "ca-mau", "--period", "2026", "--commune", "xã Cái Nước", "--today", "2026-01-05")
    assert bdg(country.monkeypatch, "init", str(stranger), *options) == 0
    country.figures(stranger, row("xa-cai-nuoc", "66,85"))
    text = country.report(folders=(stranger,))
    assert "không thuộc vinh-long: không cộng" in country.said
    assert "Chưa đủ số liệu" not in text


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        pytest.param("không có", "không thấy kho", id="no such folder"),
        pytest.param("tỉnh Vĩnh Long", "chính kho này", id="the repository itself"),
    ],
)
def test_wrong_use(country: Country, folder: str, said: str) -> None:
    country.capsys.readouterr()
    words = ("report", "--period", "2026", "--repo", str(country.province), "--include", str(country.folder / folder))
    assert bdg(country.monkeypatch, *words, "--format", "text") == 2
    assert said in country.capsys.readouterr().err


def test_cascade(country: Country) -> None:
    """An Bình has set both targets, one lower; Long Hồ has none for violence; Tân Ngãi has no repository."""
    low = country.commune("xa-an-binh") / PLAN / "targets.yaml"
    low.write_text(low.read_text("utf-8").replace("value: 60", "value: 55"), "utf-8")
    without = country.commune("xa-long-ho") / PLAN / "targets.yaml"
    without.write_text(without.read_text("utf-8").split('  - id: "2"')[0], "utf-8")
    text = country.report(*THREE)
    first = cells(text, "Phụ lục III", "1.1")
    assert first[2:5] == ["đạt 60%", "3/4", "xã An Bình (55%)"]
    assert first[5] == "xã Tân Ngãi (chưa có kho)"
    second = cells(text, "Phụ lục III", "2.1")
    assert second[3] == "2/4"
    assert second[5] == "xã Long Hồ (có kho, chưa đặt chỉ tiêu); xã Tân Ngãi (chưa có kho)"


def test_the_document_says_where_its_figures_come_from(country: Country, tmp_path: Path) -> None:
    country.figures(country.commune("xa-an-binh"), row("xa-an-binh", "66,85"))
    words = (
        "report",
        "--period",
        "2026",
        "--repo",
        str(country.province),
        "--today",
        TODAY,
        "-o",
        str(tmp_path / "ra"),
    )
    assert bdg(country.monkeypatch, *words, "--include", str(country.commune("xa-an-binh"))) == 0
    document = docx.Document(str(tmp_path / "ra" / f"{PLAN}-bao-cao-2026.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Số liệu cộng từ các đơn vị trực thuộc năm 2026" in texts
    assert 'name="bdg-included"' in custom(tmp_path / "ra" / f"{PLAN}-bao-cao-2026.docx")


def custom(path: Path) -> str:
    """The custom properties of a document."""
    with zipfile.ZipFile(path) as package:
        return package.read("docProps/custom.xml").decode()
