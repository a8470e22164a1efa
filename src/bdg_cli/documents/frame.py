"""What every document has around its text: letterhead, end mark, recipients and signature."""

from __future__ import annotations

from dataclasses import replace

from bdg_cli.dates import PartialDate
from bdg_cli.documents.model import Block, Closing, Heading, Letterhead, Paragraph, Run, Runs, Signatory, Style
from bdg_cli.documents.texts import ended, plain, whole_parts
from bdg_cli.models.plan import AsWritten, Form, PlanKind, Purpose, Recipient, Signature
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
        issuer=(Run(whole_parts(registry.name(file.issuer, plan.dated_on())), origin=file.at("issuer")),),
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


def attached_line(plan: Plan, registry: Registry) -> Runs:
    """`(Kèm theo Quyết định số … ngày … của …)` under the title of an attached document (Phụ lục I, mục III.1.c)."""
    file, written = plan.file, plan.file.date
    number = number_line(file.number, file.symbol).removeprefix("Số: ")
    day = long_date(*((written.year, written.month, written.day) if written else (None, None, None)))
    issuer = registry.name(file.issuer, plan.dated_on())
    return plain(f"(Kèm theo {file.kind.term} số {number} {day} của {issuer})")


def addressed(addressees: tuple[Recipient, ...], registry: Registry) -> list[Block]:
    """Kính gửi: one on the same line; several each on its own, `;` behind each and `.` behind the last (mục II.9.b)."""
    if not addressees:
        return []
    if len(addressees) == 1:
        (only,) = addressees
        runs = (Run("Kính gửi: "), Run(_full_name(only, registry), origin=only.here()))
        return [Paragraph(runs, Style.ADDRESSEE_FIRST)]
    lines: list[Block] = [Paragraph((Run("Kính gửi:"),), Style.ADDRESSEE_FIRST)]
    for index, one in enumerate(addressees, 1):
        end = "." if index == len(addressees) else ";"
        run = Run(_full_name(one, registry) + end, origin=one.here())
        lines.append(Paragraph((run,), Style.ADDRESSEE, "-"))
    return lines


def _full_name(one: Recipient, registry: Registry) -> str:
    if one.as_written:
        return one.as_written.lstrip("- ").rstrip(";.")
    body = one.agency or one.group
    return registry.name(body) if body else (one.text or "")


def plan_closing(plan: Plan, registry: Registry) -> Closing:
    """Recipients and signatures of a plan, letter or decision.

    The first line says `Như trên` of those addressed, `Như Điều n` of those a decision binds (mục II.9.d); what was
    issued before the decree keeps its own list.
    """
    file = plan.file
    first = "Như trên" if file.addressees else ""
    if file.kind is PlanKind.DECISION and file.articles and file.form is not Form.BEFORE_2020:
        first = f"Như Điều {len(file.articles)}"
    return closing(file.recipients, file.signature, registry, first)


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
        also=tuple((Run(whole_parts(line.upper()), origin=signature.at("also")),) for line in signature.also),
        name=(Run(signature.name or "", origin=signature.at("name")),),
    )
