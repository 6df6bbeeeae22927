"""Danish endings: the base forms a word may stand for."""

from __future__ import annotations

from collections.abc import Iterator

_ENDINGS = ("erne", "ene", "en", "et", "er", "ne", "n", "t", "e", "s", "r")
_SHORTEST_STEM = 3


def base_forms(word: str, shortest: int = _SHORTEST_STEM) -> Iterator[str]:
    """The word itself, and what is left when an ending falls off ("butikken": butik, "teatret": teater)."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) < shortest or stem == word:
            continue
        yield stem
        if stem[-1] == stem[-2]:
            yield stem[:-1]
        if ending == "et" and stem.endswith("tr"):
            yield f"{stem[:-1]}er"
