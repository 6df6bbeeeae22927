"""Take CPR numbers out of what a citizen writes, before anything else sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

REDACTED = "[cpr-nummer fjernet]"

# Six digits that can be a day and month and any year, then four: numbers without a valid check digit exist since 2007.
_DAY = r"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])"
_GAP = r"[\s.\-/_·]{0,3}"
_CPR = re.compile(
    rf"(?<![\d,]){_DAY}{_GAP}(?:0[1-9]|1[0-2]){_GAP}(?:\d{{2}}){_GAP}\d{{2}}{_GAP}\d{{2}}(?!\d)",
    re.ASCII,
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text without CPR numbers, and whether there were any."""

    text: str
    found: bool


def redact(text: str) -> Redacted:
    """Replace every CPR number in any spelling: spaces, dots, dashes of all kinds, digits of other scripts."""
    plain = unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_DASHES))
    plain = "".join(_ascii_digit(char) for char in plain)
    cleaned, count = _CPR.subn(REDACTED, plain)
    return Redacted(cleaned, count > 0)


def _ascii_digit(char: str) -> str:
    digit = unicodedata.digit(char, None) if not char.isascii() and char.isdecimal() else None
    return char if digit is None else str(digit)
