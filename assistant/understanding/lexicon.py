"""The word lists under `lexicon/`, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "lexicon"


@lru_cache(maxsize=None)
def load(name: str) -> Any:
    """The content of one lexicon file."""
    with (_FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)
