"""`bdg render-plan`: each plan, decision or letter as a Word document, or one of the documents that go with it."""

from __future__ import annotations

from pathlib import Path

from bdg_cli.commands import batch, making, pdf
from bdg_cli.commands.bar import Bar
from bdg_cli.commands.office import Choices, Office
from bdg_cli.layout import WrongUse
from bdg_cli.provenance import Kind, Subject


def kind_of(agency: str | None, *, annex: bool, submission: bool) -> Kind:
    """Which document the options ask for. Raises WrongUse where they ask for two."""
    if annex and (submission or agency):
        raise WrongUse("--annex không đi cùng --submission hay --agency; hãy chạy từng lệnh một")
    if annex:
        return Kind.ANNEX
    if submission:
        return Kind.SUBMISSION
    return Kind.EXTRACT if agency else Kind.PLAN


def run(names: tuple[str, ...], kind: Kind, agency: str, choices: Choices, *, as_pdf: bool) -> int:
    """Make the documents; one bad plan does not stop the others."""
    if as_pdf and choices.form == "text":
        raise WrongUse("--pdf không đi cùng --format text")
    soffice = pdf.program() if as_pdf else ""
    office = Office(choices)
    office.see_templates()
    if agency:
        making.known(office, agency)
    subjects = [Subject(kind, identity, agency=agency) for identity in office.chosen(names)]
    office.see_templates()
    if choices.form != "text":
        office.style  # noqa: B018 - a style file that is no use is told once, not for each plan
    failed, saved = _save(office, subjects, names)
    if as_pdf:
        failed |= _save_pdfs(office, saved, soffice)
    if failed and len(subjects) > 1:
        listed = ", ".join(subject.plan for subject in subjects if subject.plan in failed)
        office.say(f"{len(failed)} trong {len(subjects)} kế hoạch chưa lập được như cần: {listed}")
    return 1 if failed else 0


def _save(office: Office, subjects: list[Subject], named: tuple[str, ...]) -> tuple[set[str], dict[Path, str]]:
    """Make and save the documents: the plans that failed, and the plan of each file that is there now."""
    failed: set[str] = set()
    saved: dict[Path, str] = {}
    printed = office.choices.form == "text"
    with Bar("Lập văn bản", len(subjects)) as bar:
        office.listener = None if printed else bar.say
        for result in batch.rendered(office, subjects):
            plan = result.subject.plan
            for line in result.lines:
                office.say(line)
            path = office.save(result.name, result.content) if result.name else None
            if path is not None:
                saved[path] = plan
            asked_for = result.name or plan in named  # a plan that has no such document fails only where it was named
            if result.failed or (asked_for and path is None and not (printed and result.name)):
                failed.add(plan)
            bar.advance()
        office.listener = None
    return failed, saved


def _save_pdfs(office: Office, saved: dict[Path, str], soffice: str) -> set[str]:
    """The PDF of each Word file beside it; the plans that failed."""
    failed: set[str] = set()
    with Bar("Chuyển sang PDF", len(saved)) as bar:
        office.listener = bar.say
        for path, content in pdf.converted(list(saved), soffice):
            if content is None:
                office.say(f"LibreOffice không chuyển được {path} sang PDF; hãy mở tệp ấy bằng Word và lưu thành PDF")
            if content is None or office.save(f"{path.stem}.pdf", content) is None:
                failed.add(saved[path])
            bar.advance()
        office.listener = None
    return failed
