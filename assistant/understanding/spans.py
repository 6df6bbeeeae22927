"""A date as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written; where no year is said, it differs for what has been and what will be."""

    start: int
    end: int
    past: str | None
    future: str | None

    def seen(self, *, forward: bool) -> str | None:
        """The date, looking forward or back from today."""
        return self.future if forward else self.past
