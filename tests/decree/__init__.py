"""A checker of Nghị định 30/2020/NĐ-CP for finished .docx files, independent of the program that makes them.

`violations(data)` reads the XML, resolves styles, defaults and direct formatting, finds the parts of the document by
place and words, and says under the number of each rule of nd30.md what breaks it. Nothing of bdg is imported.
"""

from __future__ import annotations

from collections.abc import Collection

from tests.decree import annex, body, end, head, page
from tests.decree.parts import units
from tests.decree.rule import RULES, Paper, Violation
from tests.decree.word import Word

__all__ = ["RULES", "Violation", "annex", "body", "end", "head", "page", "violations"]

# What a document issued before 05/3/2020 keeps of its own form: head and signature of what a decision issues (A8),
# and the first line of its recipients (N4).
BEFORE_2020 = frozenset({"A8", "N4"})


def violations(data: bytes, exempt: Collection[str] = ()) -> list[Violation]:
    """All that breaks a rule of the decree, but for the rules that are exempt."""
    word = Word(data)
    paper = Paper(word, units(word))
    return [
        Violation(number, message)
        for number, check in RULES.items()
        if number not in exempt
        for message in check(paper)
    ]
