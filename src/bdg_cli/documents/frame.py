"""What every document has around its text: letterhead, end mark, addressees, recipients and signature.

The words are in templates/frame/words.md.j2; here is which stands where.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bdg_cli.dates import PartialDate
from bdg_cli.documents.model import Block, Closing, Heading, Letterhead, Paragraph, Run, Runs, Signatory, Style
from bdg_cli.documents.texts import ended, plain, whole_parts
from bdg_cli.documents.wording import Wording
from bdg_cli.models.plan import AsWritten, Form, PlanKind, Purpose, Recipient, Signature
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import long_date

END_MARK = "./."
WORDS = "frame/words.md.j2"
_BLANK = "\u00a0" * 8


def letterhead(plan: Plan, registry: Registry, wording: Wording, *, draft: bool) -> Letterhead:
    """Agency, motto, number and date of a plan (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.1 to II.4)."""
    file = plan.file
    written = file.as_written
    number = written.number if written and written.number else number_line(file.number, file.symbol, wording)
    place_date = written.date if written and written.date else place_line(file.place, file.date, wording)
    return Letterhead(
        parent=_parent(plan, registry),
        issuer=(Run(whole_parts(registry.name(file.issuer, plan.dated_on())), origin=file.at("issuer")),),
        number=(Run(number, origin=file.at("number")),),
        place_date=(Run(place_date, origin=file.at("date")),),
        draft=draft_mark(wording) if draft else "",
    )


def draft_mark(wording: Wording) -> str:
    """DỰ THẢO."""
    return wording.words(WORDS, say="draft")


def _parent(plan: Plan, registry: Registry) -> Runs:
    """The body above, abbreviated (mục II.2); none where a people's committee itself issues."""
    body = plan.file.parent_body
    name = registry.short_name(body, plan.dated_on()) if body else ""
    return (Run(name, origin=plan.file.at("parent_body")),) if body else ()


def number_line(number: str | None, symbol: str | None, wording: Wording) -> str:
    """`Số: 05/KH-UBND`; the number of a draft stays blank (mục II.3, Điều 15)."""
    return wording.words(WORDS, say="number", number=shown_number(number), symbol=symbol or "")


def shown_number(number: str | None) -> str:
    """A number below 10 with its zero; room to write where there is none."""
    if number is None:
        return _BLANK
    return f"{number:0>2}" if number.isdigit() else number


def place_line(place: str | None, written: PartialDate | None, wording: Wording) -> str:
    """`Trà Vinh, ngày 05 tháng 7 năm 2024`; unknown parts stay blank."""
    return wording.words(WORDS, say="place-date", place=place or "", date=dated(written))


def dated(written: PartialDate | None) -> str:
    """`ngày 05 tháng 7 năm 2024` of a date as far as it is known."""
    return long_date(*((written.year, written.month, written.day) if written else (None, None, None)))


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


def attached_line(plan: Plan, registry: Registry, wording: Wording) -> Runs:
    """`(Kèm theo Quyết định số … ngày … của …)` under the title of an attached document (Phụ lục I, mục III.1.c)."""
    file = plan.file
    return wording.line(
        WORDS, say="attached", kind=file.kind.term, number=shown_number(file.number), symbol=file.symbol or "",
        date=dated(file.date), issuer=registry.name(file.issuer, plan.dated_on()),
    )  # fmt: skip


def addressed(
    addressees: tuple[Recipient, ...], registry: Registry, wording: Wording, on: date | None = None
) -> list[Block]:
    """Kính gửi: one on the same line; several each on its own, `;` behind each and `.` behind the last (mục II.9.b).

    Bodies are named as on the day `on`, today without one.
    """
    if not addressees:
        return []
    if len(addressees) == 1:
        (only,) = addressees
        name = wording.token((Run(_full_name(only, registry, on), origin=only.here()),))
        return [Paragraph(wording.line(WORDS, say="one-addressee", addressee=name), Style.ADDRESSEE_FIRST)]
    lines: list[Block] = [Paragraph(wording.line(WORDS, say="several-addressees"), Style.ADDRESSEE_FIRST)]
    for index, one in enumerate(addressees, 1):
        end = "." if index == len(addressees) else ";"
        run = Run(_full_name(one, registry, on) + end, origin=one.here())
        lines.append(Paragraph((run,), Style.ADDRESSEE, "-"))
    return lines


def _full_name(one: Recipient, registry: Registry, on: date | None) -> str:
    if one.as_written:
        return one.as_written.lstrip("- ").rstrip(";.")
    body = one.agency or one.group
    return registry.name(body, on) if body else (one.text or "")


def plan_closing(plan: Plan, registry: Registry, wording: Wording) -> Closing:
    """Recipients and signatures of a plan, letter or decision.

    The first line says `Như trên` of those addressed, `Như Điều n` of those a decision binds (mục II.9.d); what was
    issued before the decree keeps its own list.
    """
    file = plan.file
    if file.form is Form.BEFORE_2020:
        return closing(file.recipients, file.signature, registry, wording, on=plan.dated_on(), as_issued=True)
    first = wording.words(WORDS, say="as-above") if file.addressees else ""
    if file.kind is PlanKind.DECISION and file.articles:
        first = wording.words(WORDS, say="as-article", article=len(file.articles))
    return closing(file.recipients, file.signature, registry, wording, first, on=plan.dated_on())


def closing(
    recipients: tuple[Recipient, ...],
    signatures: tuple[Signature, ...],
    registry: Registry,
    wording: Wording,
    first: str = "",
    *,
    on: date | None = None,
    as_issued: bool = False,
) -> Closing:
    """Nơi nhận with `;` at each line and `.` at the last, beside the signatures (mục II.9.d).

    The last line is `Lưu: …`, wherever it is written; one that nobody has written is the registry of the office.
    Bodies are named as on the day `on`, today without one; `as_issued` leaves the list alone.
    """
    lines: list[tuple[str, Recipient | None]] = [(first, None)] if first else []
    ordered = recipients if as_issued else sorted(recipients, key=_is_file)
    lines += [(_named(recipient, registry, wording, on), recipient) for recipient in ordered]
    if recipients and not as_issued and not any(_is_file(recipient) for recipient in recipients):
        lines.append((wording.words(WORDS, say="filed-by-default"), None))
    marks = [";"] * (len(lines) - 1) + ["."]
    listed = (
        (Run(f"- {text}{mark}", origin=recipient.here()),) if recipient else plain(f"- {text}{mark}")
        for (text, recipient), mark in zip(lines, marks, strict=False)
    )
    return Closing(tuple(listed), tuple(_signatory(signature) for signature in signatures))


def _is_file(recipient: Recipient) -> bool:
    return recipient.purpose is Purpose.FILE or (recipient.as_written or "").lstrip("- ").startswith("Lưu")


def _named(recipient: Recipient, registry: Registry, wording: Wording, on: date | None) -> str:
    if recipient.as_written:
        return recipient.as_written.lstrip("- ").rstrip(";.")
    body = recipient.agency or recipient.group
    name = registry.short_name(body, on) if body else (recipient.text or "")
    name += f" ({recipient.note})" if recipient.note else ""
    return wording.words(WORDS, say="filed", where=name) if recipient.purpose is Purpose.FILE else name


def _signatory(signature: Signature) -> Signatory:
    above = [(line, "authority") for line in signature.authority] + [(line, "posts") for line in signature.posts]
    return Signatory(
        authority=tuple((Run(line.upper(), origin=signature.at(key)),) for line, key in above),
        also=tuple((Run(whole_parts(line.upper()), origin=signature.at("also")),) for line in signature.also),
        name=(Run(signature.name or "", origin=signature.at("name")),),
    )
