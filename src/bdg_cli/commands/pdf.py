"""PDF through LibreOffice, where it is installed: the same pages as the Word file, beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bdg_cli import edit
from bdg_cli.documents.seal import sealed_pdf
from bdg_cli.layout import WrongUse

_AT_ONCE = 10  # files for one start of LibreOffice: the start costs more than a file
_START, _EACH = 90, 20  # seconds
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def program() -> str:
    """Where LibreOffice is. Raises WrongUse, with the way out, where there is none."""
    named = (found for name in ("soffice", "libreoffice") if (found := shutil.which(name)))
    found = next(named, None) or next((path for path in _USUAL if os.path.isfile(path)), None)
    if found is None:
        raise WrongUse(
            "--pdf cần LibreOffice mà máy này chưa có: hãy cài từ libreoffice.org (miễn phí), "
            "hoặc chạy lại không có --pdf rồi mở tệp .docx bằng Word và lưu thành PDF"
        )
    return found


def converted(paths: list[Path], soffice: str) -> Iterator[tuple[Path, bytes | None]]:
    """Each Word file with its PDF; None where LibreOffice could not make one in time."""
    with edit.Scratch() as folder:
        profile = Path(folder, "profile").as_uri()  # its own: another LibreOffice may be open
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            words = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
            out = os.path.join(folder, str(start))
            _run([*words, "--outdir", out, *(str(path.resolve()) for path in some)], _START + _EACH * len(some))
            for path in some:
                made = Path(out, f"{path.stem}.pdf")
                yield path, sealed_pdf(made.read_bytes()) if made.is_file() else None


def _run(words: list[str], seconds: float) -> None:
    """Run LibreOffice; what hangs is stopped with all that it has started."""
    # A session of its own (where there are such): a hanging start has children, which are stopped with it.
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass  # the files that are missing say so
    finally:
        if process.poll() is None:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
