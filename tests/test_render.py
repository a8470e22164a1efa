"""`bdg render-plan`: the documents that go with a plan, many at once, PDF, and the same bytes wherever it runs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from bdg_cli import entry
from bdg_cli.commands import batch, pdf
from bdg_cli.commands.office import Choices, Office
from bdg_cli.documents.seal import is_our_pdf, sealed_pdf
from bdg_cli.provenance import Kind, Subject
from tests.papers import TOP

PLANS = str(TOP / "plans")
TRA_VINH = "tra-vinh-2023-2025"
Bdg = Callable[..., int]


@pytest.fixture
def bdg(monkeypatch: pytest.MonkeyPatch) -> Bdg:
    """Runs the command in this process."""

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["bdg", *words])
        return entry.main()

    return run


def lines(path: Path) -> list[str]:
    """The words of a file by paragraph, cells after the text."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text.replace("\u00a0", " ") for text in [*(one.text for one in document.paragraphs), *cells] if text]


# -- documents beside a plan ------------------------------------------------------------------------------


def test_extract(tmp_path: Path, bdg: Bdg) -> None:
    """Its own tasks, its targets, what it has through a group, what it reports; nothing of the others."""
    assert bdg("render-plan", TRA_VINH, "--agency", "so-khdt-tra-vinh", "--repo", PLANS, "-o", str(tmp_path)) == 0
    said = lines(tmp_path / f"{TRA_VINH}-trich-so-khdt-tra-vinh.docx")
    assert said[0] == "TRÍCH KẾ HOẠCH"
    assert "2.3" in said
    assert "2.2" not in said
    assert any("đưa chỉ tiêu, mục tiêu bình đẳng giới vào kế hoạch phát triển" in text for text in said)
    assert "III. Nhiệm vụ giao chung cho Các sở, ban, ngành" in said
    assert not any("cán bộ nữ" in text for text in said)
    assert not any("Số:" in text for text in said)
    assert sum(text.endswith("./.") for text in said) == 1


def test_an_agency_the_plan_asks_nothing_of(tmp_path: Path, bdg: Bdg, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--agency", "so-y-te-bac-kan", "--repo", PLANS, "-o", str(tmp_path))
    assert bdg("render-plan", *words) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["bac-kan-2018-trich-so-y-te-bac-kan.docx"]
    assert bdg("render-plan", TRA_VINH, *words) == 1
    assert f"{TRA_VINH}: không giao gì cho so-y-te-bac-kan (Sở Y tế)" in capsys.readouterr().out


def test_annex(tmp_path: Path, bdg: Bdg) -> None:
    assert bdg("render-plan", "bac-kan-2018", "--annex", "--repo", PLANS, "-o", str(tmp_path)) == 0
    document = docx.Document(str(tmp_path / "bac-kan-2018-phu-luc-phan-cong.docx"))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm", "Kinh phí",
    ]  # fmt: skip
    assert table.rows[1].cells[0].text == "I. Sở Lao động - Thương binh và Xã hội"
    assert table.rows[2].cells[0].text.startswith("1. Chủ trì")
    (section,) = document.sections
    assert section.orientation == 1
    assert section.page_width is not None
    assert sum(column.width or 0 for column in table.columns) <= section.page_width
    assert document.paragraphs[0].text == "Phụ lục"
    assert document.paragraphs[2].text.replace("\u00a0", " ").startswith("(Kèm theo Quyết định số 415/QĐ-UBND")


def test_annex_by_section(tmp_path: Path, bdg: Bdg) -> None:
    """Tasks that say under which section they stand are grouped so."""
    repository = tmp_path / "plans"
    shutil.copytree(TOP / "tests" / "data" / "papers", repository)
    plan = repository / "ke-hoach" / "plan.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("      - title: Yêu cầu\n", "      - title: Yêu cầu\n        id: yeu-cau\n"),
        "utf-8",
    )
    tasks = repository / "ke-hoach" / "assignments.yaml"
    tasks.write_text(
        tasks.read_text("utf-8").replace("deadline: 2024-11", "section: yeu-cau\n        deadline: 2024-11", 1), "utf-8"
    )
    assert bdg("render-plan", "ke-hoach", "--annex", "--repo", str(repository), "-o", str(tmp_path)) == 0
    (table,) = docx.Document(str(tmp_path / "ke-hoach-phu-luc-phan-cong.docx")).tables
    firsts = [row.cells[0].text for row in table.rows]
    assert firsts[1:] == ["I. Yêu cầu", "1. Tham mưu công tác cán bộ nữ.", "II. Nhiệm vụ khác", firsts[4]]


def test_submission(tmp_path: Path, bdg: Bdg) -> None:
    """Number and date as the decision cites them; addressed to the body that decides; blanks marked; a draft."""
    assert bdg("render-plan", "bac-kan-2018", "--submission", "--repo", PLANS, "-o", str(tmp_path)) == 0
    said = lines(tmp_path / "bac-kan-2018-to-trinh.docx")
    assert said[0] == "TỜ TRÌNH"
    assert "Kính gửi: Ủy ban nhân dân tỉnh Bắc Kạn" in said
    assert any(text.startswith("Số: 392/TTr-LĐTBXH") for text in said)
    assert "Bắc Kạn, ngày 15 tháng 3 năm 2018" in said
    assert "[Chưa có nội dung: vì sao cần ban hành]" in said
    assert any("DỰ THẢO" in text for text in said)
    assert any("- Như trên;\n- Lưu: VT." in text for text in said)


def test_who_submits_may_be_said(tmp_path: Path, bdg: Bdg, capsys: pytest.CaptureFixture[str]) -> None:
    repository = tmp_path / "plans"
    shutil.copytree(TOP / "tests" / "data" / "minimal", repository)
    (repository / "demo" / "assignments.yaml").unlink()
    words = ("render-plan", "demo", "--submission", "--repo", str(repository), "-o", str(tmp_path))
    assert bdg(*words) == 1
    assert "không rõ cơ quan nào trình" in capsys.readouterr().out
    assert bdg(*words, "--agency", "so-noi-vu-mau") in {0, 1}
    assert any("SỞ NỘI VỤ" in text.upper() for text in lines(tmp_path / "demo-to-trinh.docx"))


@pytest.mark.parametrize(
    "words, says",
    [
        (["--annex", "--submission"], "--annex không đi cùng"),
        (["--annex", "--agency", "so-y-te-tra-vinh"], "--annex không đi cùng"),
        (["--agency", "so-y-te-tra-vin"], "có phải “so-y-te-tra-vinh”?"),
        (["--pdf", "--format", "text"], "--pdf không đi cùng"),
    ],
)
def test_wrong_use(bdg: Bdg, capsys: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    assert bdg("render-plan", *words, "--repo", PLANS) == 2
    assert says in capsys.readouterr().err


# -- many at once -----------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A repository of twelve plans: one cannot be read, one has an error that makes it a draft."""
    repository = tmp_path / "plans"
    shutil.copytree(TOP / "tests" / "data" / "minimal", repository)
    for number in range(11):
        shutil.copytree(repository / "demo", repository / f"demo-{number:02}")
    bad = repository / "demo-03" / "plan.yaml"
    bad.write_text(bad.read_text("utf-8").replace("kind: plan", "kind: ["), "utf-8")
    draft = repository / "demo-05" / "plan.yaml"
    draft.write_text(draft.read_text("utf-8").replace("date: 2024-01-15\n", ""), "utf-8")
    return repository


def rendered(repository: Path, workers: int) -> list[tuple[str, tuple[str, ...], bool, bytes]]:
    office = Office(Choices(str(repository), "2026-11-23", "build", "docx", False, True))
    subjects = [Subject(Kind.PLAN, identity) for identity in office.layout.plans]
    return [(one.name, one.lines, one.failed, one.content) for one in batch.rendered(office, subjects, workers)]


def test_one_process_or_two_say_and_make_the_same(many: Path) -> None:
    alone = rendered(many, 1)
    assert len(alone) == 12
    assert rendered(many, 2) == alone


@pytest.mark.skipif(sys.platform == "win32", reason="that is how it is done there anyway")
def test_a_new_interpreter_makes_the_same(many: Path) -> None:
    """As on Windows, where a process cannot be forked."""
    source = (
        "import sys; sys.path[:0] = ['src', '.']\n"
        "from bdg_cli.commands import batch\n"
        "from tests.test_render import rendered\n"
        "from pathlib import Path\n"
        "import hashlib\n"
        "if __name__ == '__main__':\n"
        "    batch.FORKS = sys.argv[2] == 'fork'\n"
        "    print(hashlib.sha256(repr(rendered(Path(sys.argv[1]), 2)).encode()).hexdigest())\n"
    )
    script = many.parent / "run.py"
    script.write_text(source, "utf-8")
    results = [
        subprocess.run(
            [sys.executable, str(script), str(many), way], cwd=TOP, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": f"{TOP / 'src'}{os.pathsep}{TOP}"},
        ).stdout
        for way in ("fork", "spawn")
    ]  # fmt: skip
    assert results[0] == results[1]


def test_one_bad_plan_does_not_stop_the_others(many: Path, bdg: Bdg, capsys: pytest.CaptureFixture[str]) -> None:
    out = many.parent / "ra"
    assert bdg("render-plan", "--repo", str(many), "-o", str(out)) == 1
    said = capsys.readouterr().out
    assert len(list(out.glob("*.docx"))) == 11
    assert not (out / "demo-03.docx").exists()
    assert said.endswith("2 trong 12 kế hoạch chưa lập được như cần: demo-03, demo-05\n")
    written = re.findall(r"Đã ghi \S*?(demo[-\d]*)\.docx", said)
    assert written == sorted(written)


def run(*words: str, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bdg_cli", *words], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(TOP / "src"), **environment},
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent there")
def test_ctrl_c_leaves_whole_files_only(many: Path) -> None:
    """Sent to the whole group, as a terminal sends it, after the first files are there."""
    for number in range(400):
        shutil.copytree(many / "demo", many / f"more-{number}")
    out = many.parent / "ra"
    process = run("render-plan", "--repo", str(many), "-o", str(out), cwd=many.parent)
    deadline = time.monotonic() + 120
    while len(list(out.glob("*.docx"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr == "bdg: đã dừng theo yêu cầu\n"
    assert list(out.glob(".*")) == []
    for path in out.glob("*.docx"):
        assert zipfile.ZipFile(path).testzip() is None


# -- provenance -------------------------------------------------------------------------------------------


def test_same_bytes_in_every_process_and_folder(tmp_path: Path) -> None:
    """Whatever the order of sets, the folder one stands in, the cache, the number of processes."""
    made = []
    for number, (seed, folder, plans) in enumerate((("0", TOP, "plans"), ("4242", tmp_path, PLANS))):
        out = tmp_path / str(number)
        cache = str(tmp_path / f"cache-{number}")
        for words in (["render-plan"], ["render-plan", "--annex"], ["report", "--period", "2024H1"]):
            common = ("--repo", plans, "-o", str(out), "--today", "2026-11-23")
            process = run(*words, *common, cwd=folder, PYTHONHASHSEED=seed, BDG_CACHE_DIR=cache)
            _, stderr = process.communicate(timeout=120)
            assert process.returncode == 0, stderr
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0].keys() == made[1].keys()
    assert len(made[0]) > 10
    assert made[0] == made[1]


def properties(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        text = package.read("docProps/custom.xml").decode()
    return dict(re.findall(r'name="([^"]+)"><vt:lpwstr>([^<]*)', text))


def test_what_a_file_says_of_itself(tmp_path: Path, bdg: Bdg) -> None:
    """Plan, document, inputs with templates and settings, version; Word shows 255 characters of each."""
    repository = tmp_path / "plans"
    shutil.copytree(TOP / "tests" / "data" / "minimal", repository)
    words = ("render-plan", "demo", "--agency", "so-y-te-mau", "--repo", str(repository), "-o", str(tmp_path))
    path = tmp_path / "demo-trich-so-y-te-mau.docx"
    inputs = []
    for change in (None, "templates/settings.yaml", "templates/extract/words.md.j2", "registry/agencies.yaml"):
        if change is not None:
            target = repository / change
            target.parent.mkdir(parents=True, exist_ok=True)
            own = target.read_text("utf-8") if target.exists() else (TOP / change).read_text("utf-8")
            target.write_text(own + "\n", "utf-8")
        bdg(*words)
        inputs.append(properties(path)["bdg-inputs"])
    assert len(set(inputs)) == len(inputs)
    said = properties(path)
    assert (said["bdg-plan"], said["bdg-document"], said["bdg-agency"]) == ("demo", "extract", "so-y-te-mau")
    assert all(len(value) <= 255 for value in said.values())


# -- PDF --------------------------------------------------------------------------------------------------

LIBREOFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def test_without_libreoffice(
    bdg: Bdg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_USUAL", ())
    assert bdg("render-plan", "--pdf", "--repo", PLANS, "-o", str(tmp_path / "ra")) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "libreoffice.org" in said
    assert not (tmp_path / "ra").exists()


@LIBREOFFICE
def test_pdf_beside_the_word_file(bdg: Bdg, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "thư mục có dấu cách"
    words = ("render-plan", "dak-nong-2023", "bac-kan-2018", "--pdf", "--repo", PLANS, "-o", str(out))
    assert bdg(*words) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "bac-kan-2018.docx", "bac-kan-2018.pdf", "dak-nong-2023.docx", "dak-nong-2023.pdf",
    ]  # fmt: skip
    data = (out / "dak-nong-2023.pdf").read_bytes()
    assert is_our_pdf(data)
    capsys.readouterr()
    assert bdg(*words) == 0
    assert capsys.readouterr().out.count("không đổi") == 4  # not a byte of difference the second time
    (out / "dak-nong-2023.pdf").write_bytes(data + b"\n% a signature\n%%EOF\n")
    assert bdg(*words) == 1
    assert "Không ghi đè" in capsys.readouterr().out
    assert (out / "dak-nong-2023.pdf").read_bytes().startswith(data)


def test_a_program_that_hangs_is_stopped(
    bdg: Bdg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform == "win32":
        pytest.skip("a script cannot stand in for a program there")
    stand_in = tmp_path / "soffice"
    stand_in.write_text("#!/bin/sh\nsleep 600 & echo $! > " + str(tmp_path / "child") + "\nwait\n", "utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr(pdf, "program", lambda: str(stand_in))
    monkeypatch.setattr(pdf, "_START", 1)
    monkeypatch.setattr(pdf, "_EACH", 0)
    assert bdg("render-plan", "dak-nong-2023", "--pdf", "--repo", PLANS, "-o", str(tmp_path / "ra")) == 1
    assert "LibreOffice không chuyển được" in capsys.readouterr().out
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < deadline:  # it may take the system a moment to bury it
        time.sleep(0.05)
    assert not is_alive(child)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_seal_of_a_pdf() -> None:
    raw = (
        b"%PDF-1.6\n/CreationDate(D:20260102030405Z)\n/ID [ <"
        + b"A" * 32
        + b">\n<"
        + b"A" * 32
        + b"> ]\nstartxref\n9\n%%EOF\n"
    )
    sealed = sealed_pdf(raw)
    assert is_our_pdf(sealed)
    assert not is_our_pdf(raw)
    assert not is_our_pdf(sealed.replace(b"startxref\n9", b"startxref\n8"))
    other = sealed_pdf(raw.replace(b"030405", b"112233").replace(b"A" * 32, b"B" * 32))
    assert other == sealed
