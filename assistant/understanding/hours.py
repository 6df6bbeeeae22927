"""Hours a week: of the job, and of the assistance a person needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.clause import is_conditional, is_wished
from assistant.understanding.lexicon import folded_words
from assistant.understanding.message import Candidate, Message
from assistant.understanding.numbers import NumberMention
from assistant.understanding.places import branch_of_place
from assistant.understanding.trades import is_trade

_MOST = 80
_CHANGED, _NAMED, _SAID, _LIKELY_NOW, _POSSIBLE = 5, 4, 3, 2, 1
_UNIT = re.compile(r"(?:[ -]?(?:timers|timer|time)|[ ]?t(?:\b\.?|/uge))(?!\w)")
_PER_WEEK = re.compile(r",? ?(?:om ugen|ugentlige?t?|pr\.? uge|per uge|i ugen|/ ?uge|på en uge|hver uge)")
_NOT_PER_WEEK = re.compile(
    r",? ?(?:om dagen|i døgnet|dagligt|pr\.? dag|per dag|hver dag|om aftenen|om natten|om morgenen|ad gangen"
    r"|(?:om|i) måneden|pr\.? måned|på en dag|i træk|om året|efter|siden|senere|for sent|i bus|i tog"
    r"|hver (?:anden )?\w+dag|i går|tilbage|til )"
)
_HELP = re.compile(
    r"\b(?:hjælp|(?<!jeg )(?<!og )(?<!men )hjælper|assistent|assistance|tolk|støtte|tegnsprogstolk|assistenten"
    r"|hjælperen|medhjælp|tolkning|skrivetolk|sekretærhjælp)\b"
)
_HELP_AFTER = re.compile(
    r",? (?:om ugen )?(?:personlig |praktisk |til )?(?:assistance|hjælp|assistent|støtte|tolk|medhjælp)\w*"
)
_WORK_BETWEEN = re.compile(r"\b(?:arbejder|ansat|job|stilling|fleksjob|arbejde|tid|kontrakt)\b")
_UNSURE_HELP = re.compile(r"\b(?:op til|mere end|højst|maks\w*|de|søgt om|søgt om \w+) $")
_FROM_TO = re.compile(r"\bfra [\w,]+(?: timer)?(?: og ned)? til $")
_ABLE = re.compile(r"\b(?:kan|kunne|må)\b[\w ]{0,30}$|\bi lære\b")
_LEARNING = re.compile(r"\b(?:uddannelse\w*|undervisning\w*|kurs\w+|skole\w*|praktik på)\b")
_AS_TRADE = re.compile(r" som (?!led)")
_NOW_ON = re.compile(r"\b(?:nu|er) (?:\w+ )?(?:på|nede på|oppe på|kun)(?: kun)? $")
_NOT_OF_JOB = re.compile(r"\b(?:uddannelse\w*|det|kursus|den) er (?:på )?$")
_TO_COME = re.compile(r"\b(?:skal|vil|kommer til at|går ned)\b")
_PRESENT = re.compile(r"\b(?:nu|nede på|gået ned|ned til|op til|sat ned|i dag|lige nu|til)\b")
_JOB_AFTER = re.compile(r" i (?:et |mit )?(?:\w*job|løntilskud|praktik|vikariat)\b")
_PLACE_AFTER = re.compile(r" (?:på|i|hos|ved) (?!mig|at)")
_LIST_GOES_ON = re.compile(r"(?:,| i | på | hos |$)")
_HAS = re.compile(r"\b(?:har|på|job på) $")
_PART_TIME = re.compile(r"\b(?:nedsat tid|deltid|arbejdsuge|arbejdstid)\b")
_OTHER_UNIT = re.compile(r" ?(?:år|procent|%|uger|dage|måned|minut|kr)")
_NOW_NUMBER = re.compile(
    r"\b(?:nede på|ned på|gået ned til|gået op til|ned til|sat ned til|nu på|nu kun|nu kun på|nu|nu arbejder jeg)"
    r"(?: kun)? $"
)
_WORK_STEMS = ("fleksjobb", "flexjobb", "løntilskuds", "arbejd", "ansat")
_CUTS = (": ", " når ", " men ", " mens ", ", jeg ", ", så ", " og jeg ")
# "når jeg arbejder 30 timer" says how it is; "hvis jeg arbejder 30 timer" only asks how it would be.
_WHEN_AT_WORK = re.compile(r"\bn(?:å|aa)r jeg (?:kun |nu |jo )?(?:arbejder|er ansat|har) $")


def read_hours(message: Message) -> Iterator[Candidate]:
    """Weekly hours of work and of assistance."""
    for number in message.numbers:
        if number.in_range or number.is_article or not 0 < number.value <= _MOST:
            continue
        unit = _UNIT.match(message.norm, number.end)
        if unit:
            yield from _with_unit(message, number, unit.end())
        elif "time" in message.norm and _is_now_number(message, number):
            # "… 37 timer før, nu er jeg nede på 20": the second number borrows the unit of the first.
            yield Candidate("weekly_hours", _plain(number.value), number.start, number.end, _CHANGED)


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _is_now_number(message: Message, number: NumberMention) -> bool:
    return (
        message.is_about_someone(number.start)
        and not _OTHER_UNIT.match(message.norm, number.end)
        and _NOW_NUMBER.search(message.before(number.start, 25)) is not None
    )


def _with_unit(message: Message, number: NumberMention, end: int) -> Iterator[Candidate]:
    helped = _HELP.search(message.before(number.start, 40))
    if _NOT_PER_WEEK.match(message.norm, end) or not (message.is_about_someone(number.start) or helped):
        return
    week = _PER_WEEK.match(message.norm, end)
    last = week.end() if week else end
    value = _plain(number.value)
    if _is_assistance(message, number, last):
        if not is_conditional(message, number.start) and not _UNSURE_HELP.search(message.before(number.start, 24)):
            yield Candidate("assistance_hours", value, number.start, last)
        return
    weight = _work_weight(message, number, last, bool(week))
    if weight:
        yield Candidate("weekly_hours", value, number.start, last, weight)


def _clause_before(message: Message, position: int) -> str:
    """The text before, back to where the clause began."""
    before = message.before(position, 70)
    return before[max((before.rfind(cut) + len(cut) for cut in _CUTS if cut in before), default=0) :]


def _is_assistance(message: Message, number: NumberMention, end: int) -> bool:
    if _HELP_AFTER.match(message.after(end, 40)):
        return True
    before = _clause_before(message, number.start)
    helps = list(_HELP.finditer(before))
    return bool(helps) and not _WORK_BETWEEN.search(before[helps[-1].end() :])


def _work_weight(message: Message, number: NumberMention, end: int, weekly: bool) -> int:
    """How surely the hours are those of the job now; 0 if they are something else."""
    before, after = _clause_before(message, number.start), message.after(end, 30)
    if _FROM_TO.search(before):
        return _CHANGED
    if _WHEN_AT_WORK.search(before):
        return _SAID
    if _is_other(message, number, before, after) or (is_conditional(message, number.start) and not weekly):
        return 0
    words, following = re.findall(r"[\w-]+", before), re.findall(r"[\w-]+", after)[:1]
    was = bool(folded_words("hours", "past_before") & set(words[-3:]))
    if _AS_TRADE.match(after) and not {"var", "havde"} & set(words):
        return _NAMED
    if was or folded_words("hours", "past_after") & set(following):
        return _LIKELY_NOW if " nu " in f" {before}" and not before.endswith("fra ") else 0
    if _NOW_ON.search(before) and not _NOT_OF_JOB.search(before):
        return _CHANGED
    if _TO_COME.search(before):
        return _POSSIBLE
    if _JOB_AFTER.match(after):
        return _NAMED
    present = 2 if _PRESENT.search(before[-25:]) else 0
    return _SAID + present if weekly or _is_of_job(message, number, before, after) else 0


def _is_other(message: Message, number: NumberMention, before: str, after: str) -> bool:
    """Hours of something else than work: what one could do, a course, sleep, a way to go."""
    words, following = re.findall(r"[\w-]+", before)[-3:], re.findall(r"[\w-]+", after)[:1]
    if folded_words("hours", "other_before") & set(words) or folded_words("hours", "other_after") & set(following):
        return True
    able = _ABLE.search(before) or _LEARNING.search(before[-30:])
    return bool(able) or is_wished(message, number.start)


def _is_of_job(message: Message, number: NumberMention, before: str, after: str) -> bool:
    """Whether words of work stand around the hours."""
    words = re.findall(r"[\w-]+", before)
    if (
        before.endswith(", ")
        and _LIST_GOES_ON.match(after)
        and any(is_trade(w) or branch_of_place(w) for w in words[-2:])
    ):
        return True
    if _HAS.search(before) and _PLACE_AFTER.match(after):
        return True
    alone = not before.strip() and not after.strip()
    if alone and _WORK_BETWEEN.search(message.norm[: number.start]):
        return True
    wide = words if before.strip() else re.findall(r"[\w-]+", message.before(number.start, 70))
    named = any(w in folded_words("hours", "work") or w.endswith("job") or w.startswith(_WORK_STEMS) for w in wide)
    return named or _PART_TIME.search(message.sentence_text(number.start)) is not None
