"""Hours a week: of the job, and of the assistance a person needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .lexicon import load
from .message import Candidate, Message, is_conditional, is_wished
from .numbers import NumberMention
from .text import fold_word
from .workplace import work_words

_UNIT = re.compile(r"(?:[ -]?(?:timer|timers|timar|tiemr|tmer|time|timmer)|[ ]?t(?:\b\.?|/uge))(?![\w])")
_PER_WEEK = re.compile(r",? ?(?:om ugen|ugentlige?t?|pr\.? uge|per uge|i ugen|/ ?uge|på en uge|hver uge|ugenligt|om ugn)")
_PER_DAY = re.compile(r",? ?(?:om dagen|i døgnet|dagligt|pr\.? dag|per dag|hver dag|om aftenen|om natten|om morgenen|ad gangen|(?:om|i) måneden|pr\.? måned|på en dag|i træk|om året|efter|siden|senere|for sent|i bus|i tog|hver (?:anden )?\w+dag|i går|tilbage|til )")
_NEED = re.compile(r"\b(?:hjælp|(?<!jeg )(?<!og )(?<!men )hjælper|assistent|assistance|tolk|støtte|tegnsprogstolk|assistenten|hjælperen|medhjælp|tolkning|skrivetolk|sekretærhjælp)\b")


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, frozenset[str]]:
    return {part: frozenset(fold_word(word) for word in words) for part, words in load("hours").items()}


def read_hours(message: Message) -> Iterator[Candidate]:
    """Weekly hours of work and of assistance."""
    yield from _with_unit(message)
    yield from _without_unit(message)


def _with_unit(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        unit = _UNIT.match(message.norm, number.end)
        if not unit or number.in_range or number.is_article or not 0 < number.value <= 80:
            continue
        end = unit.end()
        if _PER_DAY.match(message.norm, end) or not message.is_about_someone(number.start) and not _NEED.search(message.before(number.start, 40)):
            continue
        week = _PER_WEEK.match(message.norm, end)
        last = week.end() if week else end
        if unit.group().strip(" -") in ("timers", "time") and number.value == 1:
            continue
        if _is_assistance(message, number, last):
            if re.search(r"\bsøgt om (?:\w+ )?$", message.before(number.start, 24)):
                continue
            if is_conditional(message, number.start) or re.search(r"\b(?:op til|mere end|højst|maks\w*|de) $", message.before(number.start, 14)):
                continue
            yield Candidate("assistance_hours", _plain(number.value), number.start, last)
        else:
            weight = _work_weight(message, number, last, bool(week))
            if weight:
                yield Candidate("weekly_hours", _plain(number.value), number.start, last, weight)


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _clause_before(message: Message, position: int, length: int = 70) -> str:
    before = message.before(position, length)
    for cut in (": ", " men ", " mens ", ", jeg ", ", så ", " og jeg ", " og har brug"):
        at = before.rfind(cut)
        if at >= 0:
            before = before[at + (0 if "brug" in cut else len(cut)):]
    return before


def _is_assistance(message: Message, number: NumberMention, end: int) -> bool:
    after = message.after(end, 40)
    if re.match(r",? (?:om ugen )?(?:personlig |praktisk |til )?(?:assistance|hjælp|assistent|støtte|tolk|assistenttimer|hjælper|tolkning|medhjælp)\w*", after):
        return True
    before = _clause_before(message, number.start)
    found = list(_NEED.finditer(before))
    if not found:
        return False
    between = before[found[-1].end():]
    return not re.search(r"\b(?:arbejder|ansat|job|stilling|fleksjob|arbejde|tid|kontrakt)\b", between)


def _work_weight(message: Message, number: NumberMention, end: int, weekly: bool) -> int:
    lexicon = _lexicon()
    before = _clause_before(message, number.start)
    words = re.findall(r"[\w-]+", before)
    if re.search(r"\bfra [\w,]+(?: timer)?(?: og ned)? til $", before):
        return 5
    after = message.after(end, 30)
    if any(w in lexicon["other_before"] for w in words[-3:]) or re.search(r"\bi lære\b", before):
        return 0
    following = re.findall(r"[\w-]+", after)[:2]
    if any(w in lexicon["other_after"] for w in following[:1]) or is_conditional(message, number.start) and not weekly:
        return 0
    if re.search(r"\b(?:kan|kunne|må)\b[\w ]{0,30}$", before) or is_wished(message, number.start) or re.search(r"\b(?:uddannelse\w*|undervisning\w*|kurs\w+|skole\w*|praktik på)\b", before[-30:]):
        return 0
    if re.match(r" som (?!led)", message.after(end, 8)) and not re.search(r"\b(?:var|havde)\b", before):
        return 4
    if any(w in lexicon["past_before"] for w in words[-3:]) or (following[:1] and following[0] in lexicon["past_after"]):
        return 0 if re.search(r"\bfra (?:\w+ )?$", before) or not re.search(r"\bnu\b", before) else 2
    if re.search(r"\b(?:nu|er) (?:\w+ )?(?:på|nede på|oppe på|kun)(?: kun)? $", before) and not re.search(r"\b(?:uddannelse\w*|det|kursus|den) er (?:på )?$", before):
        return 5
    if re.search(r"\b(?:skal|vil|kommer til at|går ned)\b", before):
        return 1
    present = 2 if re.search(r"\b(?:nu|nede på|gået ned|ned til|op til|sat ned|i dag|lige nu|til)\b", before[-25:]) else 0
    if before.endswith(", ") and re.match(r"(?:,| i | på | hos |$)", after) and any(w in work_words().trades for w in words[-2:]):
        return 3
    if re.match(r" i (?:et |mit )?(?:fleksjob|flexjob|job|løntilskud|praktik|seniorjob|skånejob|vikariat)\b", after):
        return 4
    if re.search(r"\b(?:har|på|job på) $", before) and re.match(r" (?:på|i|hos|ved) (?!mig|at)", after):
        return 3 + present
    wide = words if before.strip() else re.findall(r"[\w-]+", message.before(number.start, 70))
    if weekly or any(w in lexicon["work"] or w.endswith("job") or w.startswith(("fleksjob", "flexjob", "løntilskud", "arbejd", "ansat")) for w in wide) or re.search(r"\b(?:nedsat tid|deltid|arbejdsuge|arbejdstid)\b", message.sentence_text(number.start)):
        return 3 + present
    return 0


def _without_unit(message: Message) -> Iterator[Candidate]:
    """"… 37 timer før, nu er jeg nede på 20": the second number borrows the unit of the first."""
    if "time" not in message.norm:
        return
    for number in message.numbers:
        if number.in_range or number.is_article or not 0 < number.value <= 80 or _UNIT.match(message.norm, number.end):
            continue
        if re.match(r" ?(?:år|procent|%|uger|dage|måned|minut|kr)", message.norm[number.end:number.end + 10]):
            continue
        if re.search(r"\b(?:nede på|ned på|gået ned til|gået op til|ned til|sat ned til|nu på|nu kun|nu kun på|nu|er nu på|nu arbejder jeg)(?: kun)? $", message.before(number.start, 25)) \
                and message.is_about_someone(number.start):
            yield Candidate("weekly_hours", _plain(number.value), number.start, number.end, 5)
