"""What the outputs for machines share: addresses, the description of a fix, and JSON that deceives nobody."""

from __future__ import annotations

import json
import re
from typing import Any

from bdg_cli.findings import Finding

SHIPPED = "bdg:"

# Besides what JSON itself escapes: what ends a line for some readers, turns the text on a screen, or is no UTF-8.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def address(path: str, prefix: str) -> str:
    """A path of the repository as seen from the top of the checkout; what bdg ships keeps its own name."""
    return path if path.startswith(SHIPPED) else prefix + path


def fix_description(title: str, finding: Finding) -> str:
    """`Không ở dạng NFC: thay 3 chỗ`."""
    return f"{title}: thay {len(finding.edits)} chỗ"


def dumps(document: Any) -> str:
    """Indented JSON with one newline at the end. Texts read back the same; none of them acts on a screen or a log."""
    written = json.dumps(document, ensure_ascii=False, indent=2)
    # All of these can stand inside strings only, where an escape says the same.
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written).replace("##[", "##\\u005b") + "\n"
