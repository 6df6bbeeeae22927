"""Understanding: what a citizen's message states about them."""

from .reading import FactReading, read_facts

__all__ = ["FactReading", "read_facts"]
