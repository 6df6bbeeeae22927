"""Understanding: what a citizen's message states about them."""

from assistant.understanding.answers import UNKNOWN_ANSWER, UnknownAnswer, read_answer
from assistant.understanding.reading import FactReading, read_facts

__all__ = ["UNKNOWN_ANSWER", "FactReading", "UnknownAnswer", "read_answer", "read_facts"]
