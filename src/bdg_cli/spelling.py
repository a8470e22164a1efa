"""Letters of a file that look right and are not: decomposed (TP008), of another alphabet or an old coding (TP009)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bdg_cli.findings import Edit, Fault
from bdg_cli.nodes import Source

# Letters of other alphabets that look Vietnamese, and the letter that was meant.
_LOOKALIKES = {"ð": "đ", "Ð": "Đ"} | dict(zip("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx", strict=True))
_LOOKALIKE = re.compile("[" + "".join(_LOOKALIKES) + "\u0400-\u04ff]")
_MARKED = re.compile(r"\w[\u0300-\u036f]+")
_OLD_CODING = (
    ("TCVN3", re.compile(r"(?<=[A-Za-z])[¨©ª«¬®µ¶·¸¹»¼½¾¿×]|®[a-z]")),
    ("VNI", re.compile(r"(?<=[aeouyAEOUY])[øûïäëöüå]|ñ[a-z]")),
)


def faults(source: Source) -> Iterator[tuple[str, Fault]]:
    """Letters that look right and are not: decomposed, of another alphabet, of an old coding."""
    if source.text.isascii():
        return
    if not unicodedata.is_normalized("NFC", source.text):
        yield from (("TP008", fault) for fault in _decomposed(source))
    yield from (("TP009", fault) for fault in _lookalikes(source))
    for name, pattern in _OLD_CODING:
        if len(pattern.findall(source.text)) >= 3:
            message = f"chữ có vẻ theo bảng mã cũ {name}; hãy chuyển cả tệp sang Unicode dựng sẵn"
            yield "TP009", Fault(source.whole(), message)


def _decomposed(source: Source) -> Iterator[Fault]:
    """One finding for a file: an input method that decomposes letters does so in all of them."""
    edits = []
    for match in _MARKED.finditer(source.text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group() and not _LOOKALIKE.match(match.group()):  # the letter first, then its mark
            edits.append(Edit(source.path, match.start(), match.end(), composed))
    words = list(dict.fromkeys(_word_at(source.text, one.start) for one in edits))
    if words:
        (start, end), many = words[0], f", và {len(words) - 1} chữ nữa trong tệp" if len(words) > 1 else ""
        shown = unicodedata.normalize("NFC", source.text[start:end])
        message = f"“{shown}” viết bằng dấu rời{many}; cùng một chữ mà máy coi là khác"
        yield Fault(source.place(start, end, str), message, edits=edits)  # of the file: no route


def _lookalikes(source: Source) -> Iterator[Fault]:
    """One finding for a word. Where one of its letters looks like none of ours it is of another language: no edits."""
    done = 0
    for match in _LOOKALIKE.finditer(source.text):
        if match.start() < done:
            continue
        start, done = _word_at(source.text, match.start())
        letters = list(_LOOKALIKE.finditer(source.text, start, done))
        slip = all(letter.group() in _LOOKALIKES for letter in letters)
        edits = [Edit(source.path, *one.span(), _LOOKALIKES[one.group()]) for one in letters] if slip else []
        named = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in dict.fromkeys(one.group() for one in letters))
        meant = ", ".join(f"“{sign}”" for sign in dict.fromkeys(edit.new for edit in edits))
        message = f"chữ {named} không phải chữ Việt" + (f"; chữ đúng là {meant}" if meant else "")
        place = source.place(letters[0].start(), letters[-1].end())
        yield Fault(place, message, edits=edits, value=source.text[start:done])


def _word_at(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the letters, with their marks, that stand together around an offset."""
    start = end = offset
    while start and _of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _of_word(text[end]):
        end += 1
    return start, end


def _of_word(sign: str) -> bool:
    return sign.isalpha() or "\u0300" <= sign <= "\u036f"
