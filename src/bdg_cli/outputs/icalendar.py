"""Appointments as an iCalendar file (RFC 5545): whole days; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta

from bdg_cli import __version__
from bdg_cli.agenda import Appointment

_OCTETS = 75
_SEAL = "X-BDG-SEAL"
_SEALED = re.compile(rf"{_SEAL}:([0-9a-f]{{64}})\r\n")


def render(appointments: Iterable[Appointment], names: dict[str, str], today: date, title: str) -> str:
    """The calendar. `names` are the names of agencies by id; `today` stamps the entries."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//bdg//bdg {__version__}//VI", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(title)}",
    ]  # fmt: skip
    for one in appointments:
        lines += _event(one, names, today)
    body = "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])
    head, rest = body.split("VERSION:2.0\r\n", 1)
    return f"{head}VERSION:2.0\r\n{_folded(f'{_SEAL}:{_digest(body)}')}{rest}"


def is_ours(data: bytes) -> bool:
    """Whether bdg wrote this calendar and nobody has changed it since."""
    text = data.decode("utf-8", "replace").replace("\r\n ", "")
    seal = _SEALED.search(text)
    if seal is None:
        return False
    bare = text[: seal.start()] + text[seal.end() :]
    return _digest("".join(_folded(line) for line in bare.split("\r\n") if line)) == seal[1]


def _event(one: Appointment, names: dict[str, str], today: date) -> list[str]:
    who = ", ".join(names.get(agency, agency) for agency in one.agencies)
    about = [one.occasion.value, f"Kế hoạch: {one.plan}", f"Cơ quan: {who}" if who else "", one.note]
    return [
        "BEGIN:VEVENT",
        f"UID:{one.identity}@bdg",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{one.start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.end + timedelta(days=1):%Y%m%d}",  # the day after the last
        f"SUMMARY:{_text(_short(one.what))}",
        f"DESCRIPTION:{_text(chr(10).join([one.what, *(line for line in about if line)]))}",
        f"CATEGORIES:{_text(one.occasion.value)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _short(what: str) -> str:
    """A summary that a calendar can show; the whole is in the description."""
    return what if len(what) <= 120 else f"{what[:119].rsplit(' ', 1)[0]}…"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which splits a letter."""
    pieces: list[str] = []
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
