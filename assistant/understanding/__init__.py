"""Understanding: what a citizen's message states about them."""

from assistant.understanding.answers import UNKNOWN_ANSWER, read_answer
from assistant.understanding.reading import FactReading, read_facts

__all__ = ["UNKNOWN_ANSWER", "FactReading", "read_answer", "read_facts"]
