"""What every document has around its text: letterhead, end mark, recipients and signature."""

from __future__ import annotations

from dataclasses import replace

from bdg_cli.dates import PartialDate
from bdg_cli.documents.model import Block, Closing, Heading, Letterhead, Paragraph, Run, Runs, Signatory
from bdg_cli.documents.texts import ended, plain
from bdg_cli.models.plan import AsWritten, Purpose, Recipient, Signature
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import long_date

DRAFT = "DỰ THẢO"
END_MARK = "./."
_BLANK = "\u00a0" * 8


def letterhead(plan: Plan, registry: Registry, *, draft: bool) -> Letterhead:
    """Agency, motto, number and date of a plan (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.1 to II.4)."""
    file = plan.file
    written = file.as_written
    number = written.number if written and written.number else number_line(file.number, file.symbol)
    place_date = written.date if written and written.date else place_line(file.place, file.date)
    return Letterhead(
        parent=_parent(plan, registry),
        issuer=(Run(registry.name(file.issuer, plan.dated_on()), origin=file.at("issuer")),),
        number=(Run(number, origin=file.at("number")),),
        place_date=(Run(place_date, origin=file.at("date")),),
        draft=DRAFT if draft else "",
    )


def _parent(plan: Plan, registry: Registry) -> Runs:
    """The body above, abbreviated (mục II.2); none where a people's committee itself issues."""
    body = plan.file.parent_body
    return (Run(registry.short_name(body), origin=plan.file.at("parent_body")),) if body else ()


def number_line(number: str | None, symbol: str | None) -> str:
    """`Số: 05/KH-UBND`; the number of a draft stays blank (mục II.3, Điều 15)."""
    shown = _BLANK if number is None else f"{number:0>2}" if number.isdigit() else number
    return f"Số: {shown}/{symbol or ''}"


def place_line(place: str | None, written: PartialDate | None) -> str:
    """`Trà Vinh, ngày 05 tháng 7 năm 2024`; unknown parts stay blank."""
    year, month, day = (written.year, written.month, written.day) if written else (None, None, None)
    return f"{place or ''}, {long_date(year, month, day)}"


def end_mark(blocks: list[Block], written: AsWritten | None = None) -> list[Block]:
    """The blocks with `./.` at the end of the last text (every form of Phụ lục III)."""
    mark = written.end_mark if written and written.end_mark is not None else END_MARK
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, Paragraph):
            blocks[index] = replace(block, runs=ended(block.runs, mark))
            break
        if isinstance(block, Heading) and block.run_in:
            blocks[index] = replace(block, run_in=ended(block.run_in, mark))
            break
    return blocks


def plan_closing(plan: Plan, registry: Registry) -> Closing:
    """Recipients and signatures of a plan."""
    return closing(
        plan.file.recipients, plan.file.signature, registry, first="Như trên" if plan.file.addressees else ""
    )


def closing(
    recipients: tuple[Recipient, ...], signatures: tuple[Signature, ...], registry: Registry, first: str = ""
) -> Closing:
    """Nơi nhận with `;` at each line and `.` at the last, `Lưu:` (mục II.9.d), beside the signatures."""
    lines = [plain(f"- {first};")] if first else []
    last = len(recipients) - 1
    for index, recipient in enumerate(recipients):
        end = "." if index == last else ";"
        lines.append((Run(f"- {_named(recipient, registry)}{end}", origin=recipient.here()),))
    return Closing(tuple(lines), tuple(_signatory(signature) for signature in signatures))


def _named(recipient: Recipient, registry: Registry) -> str:
    if recipient.as_written:
        return recipient.as_written.lstrip("- ").rstrip(";.")
    body = recipient.agency or recipient.group
    name = registry.short_name(body) if body else (recipient.text or "")
    note = f" ({recipient.note})" if recipient.note else ""
    lead = "Lưu: " if recipient.purpose is Purpose.FILE else ""
    return f"{lead}{name}{note}"


def _signatory(signature: Signature) -> Signatory:
    above = [(line, "authority") for line in signature.authority] + [(line, "posts") for line in signature.posts]
    return Signatory(
        authority=tuple((Run(line.upper(), origin=signature.at(key)),) for line, key in above),
        also=tuple((Run(line.upper(), origin=signature.at("also")),) for line in signature.also),
        name=(Run(signature.name or "", origin=signature.at("name")),),
    )
