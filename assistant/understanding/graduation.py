"""When an education ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.understanding.clause import is_conditional, is_negated
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.phrases import Hit, PhraseBook, compile_phrase
from assistant.understanding.spans import DateMention
from assistant.understanding.trades import trade_at

_CERTAIN, _LIKELY = 3, 1
_NEAR_BEFORE, _NEAR_AFTER = 45, 70
_EDUCATION = re.compile(r"uddan|dimit|eksam|svende|cand|bachelor|kandidat|speciale|udlært|studie|læretid")
_SUBJECT_BETWEEN = re.compile(r",? ?(?:siden,? ?)?(?:at )?(?:jeg|han|hun|vi)?(?: \w+){0,3} ?")
_OTHER_BETWEEN = re.compile(r"\b(?:født|arbejd\w+|bor|ansat|start\w+|begynd\w+)\b")
_OTHER_AFTER = re.compile(
    r"\b(?:men|født|ansat|arbejde\w*|job|start\w+|begynd\w+|har været|siden|flytte\w*|fik|søgt\w*|praktik)\b"
)


@lru_cache(maxsize=1)
def _endings() -> PhraseBook[bool]:
    """Ways to say that an education ended; True where it has not yet."""
    data = load("graduation")
    return PhraseBook(
        compile_phrase(source, part == "coming", {}) for part in ("finished", "coming") for source in data[part]
    )


def read_graduation(message: Message) -> Iterator[Candidate]:
    """A date next to words of graduating; a graduation still to come tells none."""
    hits = [
        hit
        for hit in (*_endings().find(message.norm), *_became(message))
        if message.is_about_someone(hit.start)
        and not is_conditional(message, hit.start)
        and not _of_other(message, hit)
    ]
    for mention in message.dates:
        near = [hit for hit in hits if _is_near(message, mention, hit)]
        ahead = any(hit.payload or is_negated(message, hit.start) for hit in near)
        if not near or mention.past is None or ahead:
            continue
        weight = _weight(message, near)
        if weight:
            yield Candidate("graduated_on", mention.past, mention.start, mention.end, weight)


def _became(message: Message) -> Iterator[Hit[bool]]:
    """Becoming something: "jeg blev datamatiker i januar"."""
    for i, token in enumerate(message.tokens):
        trade = trade_at(message, i + 1)[0] if token.text == "blev" else None
        if trade is not None and trade.specific:
            yield Hit(False, token.start, trade.end)


def _of_other(message: Message, hit: Hit[bool]) -> bool:
    """Whether what ended was something else than an education ("færdig med behandlingen")."""
    index = message.index_after(hit.end)
    others = folded_words("graduation", "not_education")
    return any(token.text in others for token in message.tokens[index : index + 3])


def _weight(message: Message, near: list[Hit[bool]]) -> int:
    said = [message.norm[hit.start : hit.end] for hit in near]
    educated = any(word in message.norm for word in folded_words("graduation", "education"))
    traded = trade_at(message, message.index_after(near[0].end))[0] is not None
    became = any(
        words.startswith("blev ") and _ends_in_trade(message, hit) for words, hit in zip(said, near, strict=True)
    )
    if educated or traded or became or any(_EDUCATION.search(words) for words in said):
        return _CERTAIN
    return _LIKELY if any("færdig" in words for words in said) else 0


def _ends_in_trade(message: Message, hit: Hit[bool]) -> bool:
    return trade_at(message, message.token_index(hit.start) + 1)[0] is not None


def _is_near(message: Message, mention: DateMention, hit: Hit[bool]) -> bool:
    """Whether a date and words of graduating stand together, with nothing else between."""
    sentence = message.sentence_at(mention.start)
    if not sentence.start <= hit.start < sentence.end:
        return False
    if mention.start < hit.end and mention.end > hit.start:
        return True
    if mention.end <= hit.start:
        between = message.norm[mention.end : hit.start]
        plain = len(between) < _NEAR_BEFORE and _SUBJECT_BETWEEN.fullmatch(between) is not None
        return plain and not _OTHER_BETWEEN.search(between)
    between = message.norm[hit.end : mention.start]
    return len(between) < _NEAR_AFTER and not _OTHER_AFTER.search(between)
