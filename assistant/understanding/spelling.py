"""Split compounds joined and misspelt key words put right, before anything is read.

Only words of the lexicons are ever written in; everyday words are left alone.
"""

from __future__ import annotations

from .text import Folded


def corrected(folded: Folded) -> Folded:
    """The folded text with key words spelled as in the lexicons."""
    return folded
