"""What a caseworker may write for a column, an answer or a date, and what it means."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.texts import Texts
from rules.dates import parse_span
from rules.facts import Fact
from rules.lawbook import LawBook

ID, AS_OF = "id", "as_of"

_YES_NO = {
    **dict.fromkeys(("ja", "j", "sand", "yes", "true", "1"), True),
    **dict.fromkeys(("nej", "n", "falsk", "no", "false", "0"), False),
}
_DONT_KNOW = ("ved ikke", "vedikke", "?")
_DANISH_DATE = re.compile(r"(?:(\d{1,2})([-.]))?(\d{1,2})(?(2)\2|[-.])(\d{4})", re.ASCII)  # the same sign twice
# A point before exactly three digits may be a Danish thousand, so it is refused and not guessed.
_NUMBER = re.compile(r"[-+]?\d+(?:,\d+|\.(?!\d{3}$)\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spellings:
    """The columns, and for each choice fact its values, by every way to write them, folded."""

    columns: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]

    def column(self, heading: object) -> str | None:
        """`id`, `as_of` or a fact; None for a heading nobody knows."""
        return self.columns.get(fold(str(heading)))

    def suggestion(self, heading: str) -> str | None:
        """The column that an unknown heading was probably meant for."""
        close = difflib.get_close_matches(fold(heading), self.columns, n=1, cutoff=0.8)
        return close[0] if close else None


def load_spellings(law: LawBook, texts: Texts) -> Spellings:
    """Ids, and the labels in Danish and in the language of `texts`."""
    columns = {name: name for name in (ID, AS_OF, *law.vocabulary)}
    choices: dict[str, dict[str, str]] = {}
    for name, fact in law.vocabulary.items():
        choices[name] = {fold(value): value for value in fact.values}
        for words in (texts.danish, texts.own):
            columns.setdefault(fold(words.get(f"fact.{name}.label", name)), name)
            for value in fact.values:
                choices[name].setdefault(fold(words.get(f"fact.{name}.{value}", value)), value)
    return Spellings(columns, choices)


def fold(text: str) -> str:
    """The same for everything that only differs in capitals, spaces, or how å is composed."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def read_day(text: str) -> date | None:
    """`dd-mm-åååå`, `dd.mm.åååå` or `åååå-mm-dd`; None for anything else."""
    try:
        span = parse_span(_iso(text.strip()))
    except ValueError:
        return None
    return span.first if span.is_day else None


def read_value(fact: Fact, cell: object, choices: Mapping[str, str]) -> object:
    """A cell as JSON would have it. What cannot be read is left as it is: the vocabulary's own check then names it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if fact.kind == "bool" and cell in (0, 1):
            return bool(cell)
        return f"{cell:.15g}" if fact.kind in ("date", "text") else cell
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return _read_text(fact, cell, choices) if isinstance(cell, str) else cell


def _read_text(fact: Fact, cell: str, choices: Mapping[str, str]) -> object:
    text, word = " ".join(cell.split()), fold(cell)
    if word in _DONT_KNOW:
        return None
    if fact.kind == "bool":
        return _YES_NO.get(word, text)
    if fact.kind == "choice":
        return choices.get(word, text)
    if fact.kind == "date":
        return _iso(text)
    return _number(text) if fact.kind in ("int", "number") else text


def _number(text: str) -> int | float | str:
    if not is_number(text):
        return text
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _iso(text: str) -> str:
    """`dd-mm-åååå` or `mm-åååå` the other way round; anything else as it is."""
    match = _DANISH_DATE.fullmatch(text)
    if match is None:
        return text
    return "-".join(part.zfill(2) for part in (match[4], match[3], match[1]) if part)
