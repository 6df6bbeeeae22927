"""The word lists under `lexicon/`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.understanding.folding import fold_word

_FOLDER = Path(__file__).parent / "lexicon"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> Any:
    """The content of one lexicon file."""
    with (_FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_LOADER)  # noqa: S506  (the safe loader, in C where there is one)


@cache
def folded_words(name: str, part: str) -> frozenset[str]:
    """The words of one list in a lexicon file, spelled as the folded text spells them."""
    return frozenset(fold_word(str(word)) for word in load(name)[part])
