"""A citizen's message made ready for reading: folded, split into words and sentences, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_FOLD_PAIR = {"aa": "å", "ae": "æ", "oe": "ø"}
_FOLD_ONE = str.maketrans(
    {
        "ä": "æ",
        "ö": "ø",
        "é": "e",
        "è": "e",
        "ê": "e",
        "á": "a",
        "à": "a",
        "ó": "o",
        "ü": "y",
        "í": "i",
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "»": '"',
        "«": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
    }
)
_DROP = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_STOP = re.compile(r"[.!?;\n…]+")
_ABBREVIATIONS = frozenset(
    "ca f eks bl a d nr kl stk evt pga mdr inkl ekskl cand mag scient pol merc jur dr fx jf tlf max kr st pr ift vedr"
    " feks hhv mht".split()
)
_AFTER_ORDINAL = frozenset(
    "januar jan februar feb marts mar april apr maj juni jun juli jul august aug september sept sep oktober okt"
    " november nov december dec klasse semester sal gang måned dag år kvartal halvår etage maj prioritet praktik"
    " mandag tirsdag onsdag torsdag fredag i".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the folded text between full stops."""

    start: int
    end: int
    is_question: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts[i]` and `ends[i]` say where its character i stands in the original."""

    norm: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span behind a span of the folded text."""
        return self.starts[start], self.ends[end - 1]


def fold_word(word: str) -> str:
    """A word of a lexicon, spelled as the folded text spells it."""
    return fold(word).norm


def fold(raw: str) -> Folded:
    """Lower case, one spelling of æ, ø and å, plain quotes and dashes, single spaces; every step keeps offsets."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, start, end in _clusters(raw):
        if char in _DROP:
            continue
        if char.isspace():
            char = "\n" if char in "\n\r\u2028\u2029" else " "
            if chars and chars[-1] in " \n":
                chars[-1] = "\n" if char == "\n" else chars[-1]
                continue
        pair = _FOLD_PAIR.get(chars[-1] + char) if chars else None
        if pair:
            chars[-1] = pair
            ends[-1] = end
            continue
        chars.append(char)
        starts.append(start)
        ends.append(end)
    return Folded("".join(chars), tuple(starts), tuple(ends))


def _clusters(raw: str) -> list[tuple[str, int, int]]:
    """Each character with its combining marks as one composed lower-case character."""
    if raw.isascii():
        return [(char, i, i + 1) for i, char in enumerate(raw.lower())]
    found: list[tuple[str, int, int]] = []
    i, size = 0, len(raw)
    while i < size:
        j = i + 1
        while j < size and unicodedata.combining(raw[j]):
            j += 1
        composed = raw[i] if j == i + 1 else unicodedata.normalize("NFC", raw[i:j])
        lowered = composed[:1].lower()[:1] or composed[:1]
        found.append((lowered.translate(_FOLD_ONE), i, j))
        i = j
    return found


def words(norm: str) -> tuple[Token, ...]:
    """The words of a folded text."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(norm))


def sentences(norm: str, raw: str, folded: Folded) -> tuple[Sentence, ...]:
    """Split at full stops, but not in dates, decimals and abbreviations."""
    found: list[Sentence] = []
    begin = 0
    for stop in _STOP.finditer(norm):
        if stop.group() == "." and not _ends_sentence(norm, raw, folded, stop.start(), stop.end()):
            continue
        if norm[begin : stop.start()].strip():
            found.append(Sentence(begin, stop.start(), "?" in stop.group()))
        begin = stop.end()
    if norm[begin:].strip():
        found.append(Sentence(begin, len(norm), False))
    return tuple(found)


def _ends_sentence(norm: str, raw: str, folded: Folded, dot: int, after: int) -> bool:
    before = re.search(r"[^\W_]+$", norm[max(0, dot - 20) : dot])
    word = before.group() if before else ""
    if after < len(norm) and norm[after] not in " \n":
        following = raw[folded.starts[after]]
        return following.isupper() and len(word) > 2 and not word.isdigit()
    if word.isdigit() and len(word) <= 2:
        following_word = re.match(r"\s*([^\W_]+)", norm[after : after + 30])
        return not (following_word and following_word.group(1) in _AFTER_ORDINAL)
    return word not in _ABBREVIATIONS


def index_at(starts: tuple[int, ...], position: int) -> int:
    """Index of the last start at or before a position (-1 if none)."""
    return bisect_right(starts, position) - 1
