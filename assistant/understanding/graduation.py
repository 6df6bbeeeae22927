"""When an education ended, how long it took, and when a job begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .dates import DateMention
from .lexicon import load
from .message import Candidate, Message, is_conditional, is_negated
from .phrases import Hit, PhraseBook, compile_phrase
from .signals import read_signals
from .text import fold_word
from .workplace import trade_at, work_words

_YEAR_UNIT = re.compile(r"[ -]?(årig[et]?|åring|år|års|måneders?|mdr\.?|semestre|semestres|månedersuddannelse|årigt)\b")
_START = re.compile(r"\b(?:start\w*|begynd\w*|tiltræd\w*|ansat fra|ansættes|job\w*|arbejde\w* fra|første arbejdsdag)\b")
_AFTER_EDUCATION = re.compile(r"^[ ,]{0,2}(?:\w+ ){0,2}?(uddannelse\w*|bachelor\w*|kandidat\w*|studie\w*|professionsbachelor\w*|overbygning|erhvervsuddannelse|læretid|\w+uddannelse)\b")


@lru_cache(maxsize=1)
def _finished() -> PhraseBook[bool]:
    data = load("graduation")
    return PhraseBook([compile_phrase(source, False, {}) for source in data["finished"]]
                     + [compile_phrase(source, True, {}) for source in data["coming"]])


@lru_cache(maxsize=1)
def _education_words() -> tuple[frozenset[str], frozenset[str]]:
    data = load("graduation")
    return frozenset(map(fold_word, data["education"])), frozenset(map(fold_word, data["not_education"]))


def read_education(message: Message) -> Iterator[Candidate]:
    """Training, graduation, length of education and start of a job."""
    yield from read_signals(message, "training")
    yield from _graduations(message)
    yield from _lengths(message)
    yield from _starts(message)


def _graduations(message: Message) -> Iterator[Candidate]:
    hits = [*_finished().find(message.norm), *_became(message)]
    for mention in message.dates:
        sentence = message.sentence_at(mention.start)
        near = [h for h in hits if sentence.start <= h.start < sentence.end and message.is_about_someone(h.start)
                and not _other_end(message, h.end) and not is_conditional(message, h.start)]
        near = [h for h in near if _close(message, mention, h.start, h.end)]
        if not near:
            continue
        value = mention.past
        if value is None or any(h.payload for h in near) or any(is_negated(message, h.start) for h in near):
            continue
        became = any(message.norm[h.start:h.start + 5] == "blev " and _names_trade(message, h.start + 4) for h in near)
        educated = became or any(word in message.norm for word in _education_words()[0]) or _names_trade(message, near[0].end)
        strong = any(re.search(r"uddan|dimit|eksam|svende|cand|bachelor|kandidat|speciale|udlært|studie|læretid", message.norm[h.start:h.end]) for h in near)
        if educated or strong or any("færdig" in message.norm[h.start:h.end] for h in near):
            weight = 3 if educated or strong else 1
            yield Candidate("graduated_on", value, min(mention.start, near[0].start) if False else mention.start, mention.end, weight)


def _became(message: Message) -> Iterator[Hit[bool]]:
    """"Jeg blev datamatiker i januar"."""
    for i, token in enumerate(message.tokens):
        if token.text == "blev" and (trade := trade_at(message, i + 1)[0]) is not None and trade.specific:
            yield Hit(False, token.start, trade.end)


def _names_trade(message: Message, end: int) -> bool:
    return trade_at(message, message.token_index(end - 1) + 1)[0] is not None


def _other_end(message: Message, end: int) -> bool:
    """Whether what ended was something else than an education ("færdig med behandlingen")."""
    index = message.token_index(end - 1) + 1
    return any(t.text in _education_words()[1] for t in message.tokens[index:index + 3])


def _close(message: Message, mention: DateMention, start: int, end: int) -> bool:
    between = message.norm[end:mention.start] if mention.start >= end else message.norm[mention.end:start]
    if mention.start < end and mention.end > start:
        return True
    if mention.end <= start:
        return re.fullmatch(r",? ?(?:siden,? ?)?(?:at )?(?:jeg|han|hun|vi)?(?: \w+){0,3} ?", between) is not None and len(between) < 45 \
            and not re.search(r"\b(?:født|arbejd\w+|bor|ansat|start\w+|begynd\w+)\b", between)
    return len(between) < 70 and not re.search(r"[;]|\b(?:men|født|ansat|arbejde\w*|job|start\w+|begynd\w+|har været|siden|flytte\w*|fik|søgt\w*|praktik)\b", between)


def _lengths(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        unit = _YEAR_UNIT.match(message.norm, number.end)
        if not unit or number.in_range or not message.is_about_someone(number.start):
            continue
        months = number.value * (1 if unit.group(1).startswith("m") else 6 if unit.group(1).startswith("s") else 12)
        if not 1 <= months <= 240 or months != int(months):
            continue
        if _is_education_length(message, number.start, unit.end(), unit.group(1)):
            yield Candidate("education_months", int(months), number.start, unit.end())
    for match in re.finditer(r"\b(et|en|to|tre|fire|fem|halvanden|halvandet|tre-?og-?et-?halvt|\d(?:,5)?)[ -]?årig[et]?(?:t)?\b", message.norm):
        value = _word_years(match.group(1))
        said = _AFTER_EDUCATION.match(message.norm[match.end():match.end() + 50]) or re.search(
            r"\b\w*(?:uddannelse\w*|bachelor\w*|kandidat\w*|studie\w*) (?:er |var )?(?:en |et |på |kun )?$", message.before(match.start(), 50))
        if value and said and message.is_about_someone(match.start()):
            yield Candidate("education_months", int(value * 12), match.start(), match.end(), 1)


def _word_years(word: str) -> float | None:
    from .numbers import word_value  # digits are read here too

    if word[0].isdigit():
        return float(word.replace(",", "."))
    return 3.5 if word.startswith("tre") and "halvt" in word else word_value(word)


def _is_education_length(message: Message, start: int, end: int, unit: str) -> bool:
    after = message.norm[end:end + 50]
    before = message.before(start, 60)
    if re.match(r" siden\b", after) or re.search(r"\bfor (?:\w+ )?$", before):
        return False
    if "årig" in unit:
        return _AFTER_EDUCATION.match(after) is not None or re.search(r"\b(?:uddannelse\w*|bachelor\w*|kandidat\w*) (?:er |var )?(?:en |et |på )?$", before) is not None
    words = r"(?:[\w-]*uddannelse\w*|[\w-]*bachelor\w*|kandidat\w*|studie\w*|læretid\w*|overbygning\w*|den|det|elevtid\w*)"
    verbs = r"(?:er|var|varede|varer|tog|tager|på|er på|var på|var kun på|er kun på|tog kun|tog mig|på kun|har taget|har varet|strakte sig over|varede i)"
    if re.search(rf"\b{words} (?:som [\w-]+ |til [\w-]+ )?{verbs}(?: (?:kun|i alt|på|ca|over|mig|i|bare|præcis|godt))*\.? $", before):
        return not re.search(r"\b(?:den|det) (?:er|var)(?: \w+)? $", before) or "uddannelse" in before or " på " in before[-5:] or "tog" in before[-8:]
    if re.search(rf"\b{words},? (?:som|der) (?:tog|varede|tager|varer|er på|var på|strakte sig over)(?: \w+)? $", before):
        return True
    if re.match(r" (?:lang(?:t|e)? )?(?:studie\w*|studier|uddannelse\w*|læretid)\b", after) and unit.endswith("s"):
        return True
    return re.search(rf"\b{words} (?:\w+ )?på (?:kun )?$", before) is not None \
        or re.match(r",? (?:lang )?uddannelse\b", after) is not None \
        or (re.search(r"\blæs(?:t|te|er) (?:i )?$", before) is not None and re.match(r" til\b", after) is not None)


def _starts(message: Message) -> Iterator[Candidate]:
    """"begynder den 1. december", "fra 1. maj": only what lies ahead, and only for a job."""
    for mention in message.dates:
        if mention.future is None or not message.is_about_someone(mention.start) or is_conditional(message, mention.start):
            continue
        before = message.before(mention.start, 70)
        lead = re.search(r"\b(starter|starte|begynder|begynde|tiltræder|tiltræde|ansat fra|ansat pr\.?|start(?:dato)?(?: er)?|første arbejdsdag(?: er)?|møder (?:første gang )?ind)\b(\.?[^.;]*)$", before)
        lead = lead or re.search(r"\b(job|arbejde|stilling|ansættelse)\b([^.;]{0,30}) fra $", before)
        if not lead or re.search(r"\b(?:kursus|kurset|uddannelse\w*|studie\w*|praktik\w*|skole\w*|løntilskud|behandling|forløb|barsel|universitet\w*|løsning|igen|tilbage|på \w+uddannelsen|læse)\b", lead.group(2)):
            continue
        if is_negated(message, message.norm.rfind(lead.group(1), 0, mention.start)):
            continue
        if mention.future >= message.as_of.isoformat()[:len(mention.future)]:
            yield Candidate("start_on", mention.future, mention.start, mention.end, 1 if len(mention.future) == 10 else 0)


__all__ = ["read_education", "work_words"]
