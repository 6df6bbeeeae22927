"""Raw text to clean words: Unicode, case, sentences and the ways to write æ, ø and å."""

import re
import unicodedata
from itertools import product

_WORD = re.compile(r"[^\W_]+|§|%")
_SENTENCE = re.compile(r"(?<=[.?!…])\s+|[\n\r;]+|(?<=[?!])(?=\w)")
_APOSTROPHES = str.maketrans({"’": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "é": "e", "è": "e", "á": "a"})
_UNFOLD = re.compile(r"ae|oe|aa")
_LETTER_OF = {"ae": "æ", "oe": "ø", "aa": "å"}
_MAX_DIGRAPHS = 4


def normalise(text: str) -> str:
    """One Unicode form, lower case, plain quotes and dashes, single blanks; line breaks are kept."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).translate(_APOSTROPHES)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a normalised text, in order, without empty ones."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if part and _WORD.search(part))


def words(sentence: str) -> tuple[str, ...]:
    """The words and numbers of a normalised sentence; punctuation is left out."""
    return tuple(_WORD.findall(sentence))


def fold(word: str) -> str:
    """æ, ø and å as ae, oe and aa, so that both ways of writing meet."""
    return word.translate(_FOLDS)


def unfoldings(word: str) -> tuple[str, ...]:
    """Every way to read the ae, oe and aa of a word as æ, ø and å, most replaced first."""
    pieces = _UNFOLD.split(word)
    digraphs = _UNFOLD.findall(word)
    if not digraphs or len(digraphs) > _MAX_DIGRAPHS:
        return ()
    choices = product(*((_LETTER_OF[pair], pair) for pair in digraphs))
    return tuple(
        "".join(piece + fill for piece, fill in zip(pieces, (*choice, ""), strict=True)) for choice in choices
    )[:-1]
