"""Understanding: what a citizen's message states about them."""

from assistant.understanding.answers import UnknownAnswer, read_answer
from assistant.understanding.reading import FactReading, read_facts

__all__ = ["FactReading", "UnknownAnswer", "read_answer", "read_facts"]
