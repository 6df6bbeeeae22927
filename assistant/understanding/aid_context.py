"""What is said about an aid that a message names: whether others have it too, and whether one can do without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .aids import aid_at
from .lexicon import folded_words
from .message import Candidate, Message, is_conditional
from .text import Sentence, Token

_REPORTED = re.compile(r"^ ?(?:hvad|hvor|hvornår|hvem|hvordan)\b|\b(?:siger nej|skrevet|skriver|mener|påstår)\b")
_WITHOUT = re.compile(r"\b(?:uden|undvære|foruden)\b")


def read_aid_context(message: Message) -> Iterator[Candidate]:
    """Whether the aid is common in the branch and whether it is decisive; only where an aid is spoken of."""
    named = [i for i in range(len(message.tokens)) if aid_at(message, i, plain_too=True) is not None]
    if not named:
        return
    for sentence in message.sentences:
        if sentence.is_question or _REPORTED.search(message.norm[sentence.start:sentence.end]):
            continue
        tokens = [token for token in message.tokens if sentence.start <= token.start < sentence.end]
        yield from _common(message, tokens)
        yield from _decisive(message, sentence, tokens)


def _has(tokens: Sequence[Token], part: str) -> Token | None:
    words = folded_words("aid_context", part)
    return next((token for token in tokens if token.text in words), None)


def _common(message: Message, tokens: Sequence[Token]) -> Iterator[Candidate]:
    """The clause from the words for "the others" on, with its verb and its thing."""
    for clause in _clauses(message, tokens):
        others = _has(clause, "others") or _in_general(clause)
        if others is not None and others.text == "andre" and not re.search(r"\b(?:de|ingen|alle|mange|nogen|har|bruger) andre\b", message.norm[clause[0].start:clause[-1].end]):
            continue
        if others is None or _has(clause, "have") is None or _has(clause, "never") is not None:
            continue
        thing = _has([t for t in clause if t is not others], "things")
        if thing is None and not any(aid_at(message, message.token_index(t.start), True) for t in clause):
            continue
        only_me = re.search(r"\b(?:kun|bare) (?:mig|jeg)\b", message.norm[clause[0].start:clause[-1].end])
        plain = others.text not in ("alle", "hver", "ethvert", "hvert", "samtlige") and _has(clause, "plain") is not None and _has(clause, "others_places") is None
        common = _has(clause, "negations") is None and not only_me and not plain
        yield Candidate("aid_common_in_branch", common, clause[0].start, clause[-1].end, about=message.tokens[0].start)


def _in_general(clause: Sequence[Token]) -> Token | None:
    """"Sædvanligt i branchen", "findes på alle kontorer", "almindeligt hos os"."""
    place = _has(clause, "others_places")
    usual = next((t for t in clause if t.text.startswith(("sædvanlig", "almindelig", "standard", "normal", "usædvanlig", "findes"))), None)
    return place if usual is not None else None


def _clauses(message: Message, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        turned = before is not None and (
            "," in message.norm[before.end:token.start] and token.text not in ("der", "som", "jeg", "har", "bruger")
            or token.text in ("men", "for", "fordi"))
        if turned and clause:
            yield clause
            clause = []
        clause.append(token)
    if clause:
        yield clause


def _decisive(message: Message, sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Candidate]:
    """"Uden den kan jeg ikke …" against "jeg kan godt arbejde uden"."""
    text = message.norm[sentence.start:sentence.end]
    for match in _WITHOUT.finditer(text):
        at = sentence.start + match.start()
        around = [t for t in tokens if abs(message.token_index(t.start) - message.token_index(at)) <= 7
                  and "men" != t.text]
        if not _means_aid(message, at, match.group()) or is_conditional(message, at) \
                or not re.search(r"\b(?:kan|kunne|går|klarer|kommer|dur|duer|ville|er|må|bliver|fungerer)\b", text):
            continue
        fine, cannot = _has(around, "without_fine"), _has(around, "cannot")
        if cannot is None and re.search(r"\b(?:kan|klarer)(?: \w+)?(?: \w+)? (?:klare |mig |undvære|arbejde|nøjes)[\w ]*$", text[:match.end()]):
            fine = around[0]
        if cannot is not None and fine is None:
            yield Candidate("aid_decisive", True, around[0].start, around[-1].end, 1)
            yield from _needed(message, at)
        elif fine is not None and cannot is None:
            yield Candidate("aid_decisive", False, around[0].start, around[-1].end, 5)


def _needed(message: Message, at: int) -> Iterator[Candidate]:
    """What one cannot do without is needed: the aid named last before, or right after."""
    index = message.token_index(at)
    order = [*range(index + 1, min(index + 5, len(message.tokens))), *range(index - 1, -1, -1)]
    aid = next((a for i in order if (a := aid_at(message, i, plain_too=False)) is not None and a.name), None)
    if aid is not None:
        yield Candidate("needs_aid", True, aid.start, aid.end, 1)
        yield Candidate("aid", aid.name or "", aid.start, aid.end, 1)


def _means_aid(message: Message, at: int, word: str) -> bool:
    """Whether "uden" is followed by an aid, a word for it, or nothing at all."""
    index = message.token_index(at)
    following = message.tokens[index + 1:index + 5]
    end = message.sentence_at(at).end
    following = tuple(t for t in following if t.start < end)
    if not following or message.norm[message.tokens[index].end:following[0].start] != " ":
        return True
    if following[0].text in ("den", "det", "dem", "sådan", "denne", "disse", "at"):
        return following[0].text != "at" or following[1:2] != () and following[1].text in ("have", "bruge", "få")
    return any(aid_at(message, message.token_index(t.start), plain_too=True) for t in following) or (
        word == "undvære" and following[0].text in ("min", "mit", "mine"))
