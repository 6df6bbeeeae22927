"""What is said about an aid that a message names: whether others have it too, and whether one can do without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understanding.aid_words import aid_at
from assistant.understanding.clause import is_conditional
from assistant.understanding.lexicon import folded_words
from assistant.understanding.message import Candidate, Message
from assistant.understanding.text import Sentence, Token

_NEAR = 7
_REPORTED = re.compile(r"\s?(?:hvad|hvor|hvornår|hvem|hvordan)\b|.*\b(?:siger nej|skrevet|skriver|mener|påstår)\b")
_WITHOUT = re.compile(r"\b(?:uden|undvære|foruden)\b")
_GOES = re.compile(r"\b(?:kan|kunne|går|klarer|kommer|dur|duer|ville|er|må|bliver|fungerer)\b")
_MANAGES = re.compile(r"\b(?:kan|klarer)(?: \w+){0,2} (?:klare|mig|undvære|arbejde|nøjes)\b[\w ]*$")
_THE_OTHERS = re.compile(r"\b(?:de|ingen|alle|mange|nogen|har|bruger) andre\b")
_ONLY_ME = re.compile(r"\b(?:kun|bare) (?:mig|jeg)\b")
_USUAL = ("sædvanlig", "almindelig", "standard", "normal", "usædvanlig", "findes")


def read_aid_context(message: Message) -> Iterator[Candidate]:
    """Whether the aid is common and whether it is decisive; only where an aid is spoken of."""
    if not any(aid_at(message, i) for i in range(len(message.tokens))):
        return
    for sentence in message.sentences:
        if sentence.is_question or _REPORTED.match(message.norm[sentence.start : sentence.end]):
            continue
        tokens = message.sentence_tokens(sentence)
        for clause in _clauses(message, tokens):
            yield from _common(message, clause)
        yield from _decisive(message, sentence, tokens)


def _has(tokens: Sequence[Token], part: str) -> Token | None:
    words = folded_words("aid_context", part)
    return next((token for token in tokens if token.text in words), None)


def _common(message: Message, clause: Sequence[Token]) -> Iterator[Candidate]:
    """A clause with the others, their verb and the thing: "det har de andre på kontoret ikke"."""
    text = message.norm[clause[0].start : clause[-1].end]
    others = _has(clause, "others") or _in_general(clause)
    if others is None or (others.text == "andre" and not _THE_OTHERS.search(text)):
        return
    if _has(clause, "have") is None or _has(clause, "never") is not None or not _names_thing(message, clause, others):
        return
    everybody = others.text in folded_words("aid_context", "everybody")
    # "De andre har almindelige stole" says that they have not the special one.
    plain = not everybody and _has(clause, "plain") is not None and _has(clause, "others_places") is None
    common = _has(clause, "negations") is None and not _ONLY_ME.search(text) and not plain
    yield Candidate("aid_common_in_branch", common, clause[0].start, clause[-1].end, 0, message.tokens[0].start)


def _names_thing(message: Message, clause: Sequence[Token], others: Token) -> bool:
    if _has([token for token in clause if token is not others], "things") is not None:
        return True
    return any(aid_at(message, message.token_index(token.start)) for token in clause)


def _in_general(clause: Sequence[Token]) -> Token | None:
    """The place meant by "sædvanligt i branchen", "findes på kontorer", "almindeligt hos os"."""
    usual = any(token.text.startswith(_USUAL) for token in clause)
    return _has(clause, "others_places") if usual else None


def _clauses(message: Message, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if clause and _begins_clause(message, clause[-1], token):
            yield clause
            clause = []
        clause.append(token)
    if clause:
        yield clause


def _begins_clause(message: Message, before: Token, token: Token) -> bool:
    if token.text in folded_words("aid_context", "clause_openers"):
        return True
    comma = "," in message.norm[before.end : token.start]
    goes_on = token.text in folded_words("aid_context", "after_comma") or _has([before], "before_comma") is not None
    return comma and not goes_on


def _decisive(message: Message, sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Candidate]:
    """Tell "uden den kan jeg ikke …" from "jeg kan godt arbejde uden"."""
    text = message.norm[sentence.start : sentence.end]
    for match in _WITHOUT.finditer(text):
        at = sentence.start + match.start()
        index = message.token_index(at)
        if not _GOES.search(text) or not _means_aid(message, index) or is_conditional(message, at):
            continue
        around = [token for token in tokens if abs(message.token_index(token.start) - index) <= _NEAR]
        fine, cannot = _has(around, "without_fine") is not None, _has(around, "cannot") is not None
        if cannot and not fine:
            yield Candidate("aid_decisive", True, around[0].start, around[-1].end, 1)
            yield from _needed(message, index)
        elif not cannot and (fine or _MANAGES.search(text[: match.end()])):
            yield Candidate("aid_decisive", False, around[0].start, around[-1].end, 5)


def _needed(message: Message, index: int) -> Iterator[Candidate]:
    """What one cannot do without is needed: the aid named right after, or last before."""
    order = (*range(index + 1, min(index + 5, len(message.tokens))), *range(index - 1, -1, -1))
    found = (aid_at(message, i, plain_too=False) for i in order)
    aid = next((aid for aid in found if aid is not None and aid.name), None)
    if aid is not None and aid.name:
        yield Candidate("needs_aid", True, aid.start, aid.end, 1)
        yield Candidate("aid", aid.name, aid.start, aid.end, 1)


def _means_aid(message: Message, index: int) -> bool:
    """Whether "uden" is followed by an aid, a word for it, or nothing at all."""
    end = message.sentence_at(message.tokens[index].start).end
    following = [token for token in message.tokens[index + 1 : index + 5] if token.start < end]
    if not following or message.comma_before(index + 1):
        return True
    first, second = following[0].text, following[1].text if len(following) > 1 else ""
    if first == "at":
        return second in ("have", "bruge", "få")
    if first in folded_words("aid_context", "pronouns"):
        return True
    own = message.word(index) == "undvære" and first in ("min", "mit", "mine")
    return own or any(aid_at(message, message.token_index(token.start)) for token in following)
