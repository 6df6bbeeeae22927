"""Who a person is: age, date of birth, where they live and whether they move."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .dates import full_year, iso_day
from .lexicon import folded_words, load
from .message import Candidate, Message, is_conditional
from .numbers import NumberMention
from .signals import read_signals
from .subject import FIRST_OTHER, people
from .text import fold_word
from .workplace import trade_at

_YEARS = re.compile(r"[ -]?(?:års|år|åtig|årig|årrig|årige)\b")
_AFTER_YEARS = re.compile(r" (?:siden|fra pension\w*|inde i|tilbage|i faget|som|hos|i samme|erfaring|forsinket|ude|i job|endnu)\b")
_BORN = re.compile(r"\b(?:født|f\.|fødselsdato(?:en)?|fødselsdag(?:en)?|fødselsår(?:et)?|fødsdag)(?: (?:er|den|d\.?|i|dato|året|på)){0,3}[ :]{0,2}$")
_COHORT = re.compile(r"\bårgang '?(\d{4}|\d{2})\b")
_SIX_DIGITS = re.compile(r"\b(?:født|fødselsdato(?:en)?)(?: (?:er|den|d\.?))?:? (\d{2})(\d{2})(\d{2}|\d{4})(?![\d-])")


@dataclass(frozen=True, slots=True)
class _Age:
    between: frozenset[str]
    uncertain: frozenset[str]
    units: frozenset[str]
    after_in: frozenset[str]


@lru_cache(maxsize=1)
def _age_words() -> _Age:
    data = load("age")

    def folded(part: str) -> frozenset[str]:
        return frozenset(fold_word(word) for word in data[part])

    return _Age(folded("between"), folded("uncertain"), folded("not_an_age_before_unit"), folded("allowed_after_in"))


@lru_cache(maxsize=1)
def municipality_names() -> dict[str, str]:
    """Every spelling of a municipality, folded, with its proper name."""
    data = load("municipalities")["municipalities"]
    names = {fold_word(word): name for name, others in data.items() for word in (name, *others)}
    names.update({f"{word}s": name for word, name in list(names.items()) if not word.endswith("s")})
    return names


def read_person(message: Message) -> Iterator[Candidate]:
    """Age, birth date, municipality and moving."""
    yield from _ages(message)
    yield from _birth_dates(message)
    yield from _homes(message)
    yield from read_signals(message, "person")


def _ages(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        if number.in_range or number.is_article or not 5 <= number.value <= 105 or not message.is_about_someone(number.start):
            continue
        years = _YEARS.match(message.norm, number.end)
        end = years.end() if years else number.end
        weight = _age_weight(message, number, bool(years), end)
        if weight:
            yield Candidate("age", int(number.value), number.start, end, weight)


def _age_weight(message: Message, number: NumberMention, years: bool, end: int) -> int:
    before = message.before(number.start, 60)
    if years and (message.norm[number.end:end].endswith(("årig", "årige", "åtig", "årrig")) and _is_person_next(message, end)):
        return 3
    if years and _AFTER_YEARS.match(message.norm, end) or _unit_follows(message, end, years):
        return 0
    if is_conditional(message, number.start):
        return 0
    if re.search(r"\b(?:alder(?:en)?(?: (?:er|på|af))?[: ]{1,2})$", before):
        return 0 if re.search(r"pensionsalder|aldersgrænse", before) else 3
    if re.search(r"\b(?:er|var) (?:lige |netop |nu |allerede )?(?:fyldt|blevet) $|\bfyldt $", before):
        return 0 if re.search(r"\b(?:når|ikke|til|først)[ \w]*$", before) else 3
    if re.search(r"\bblev (?:lige )?$", before) and re.search(r"^,? (?:i går|i forgårs|i sidste|i mandags|sidste|for)", message.norm[end:end + 12]):
        return 3
    return _age_by_words(message, number, years)


def _age_by_words(message: Message, number: NumberMention, years: bool) -> int:
    """Walk back from the number to "er" with its subject, or to a person ("en søn på 24")."""
    ages, sets = _age_words(), people().sets
    index = message.token_index(number.start)
    sentence_start = message.sentence_at(number.start).start
    tokens = message.tokens
    for at in range(index - 1, max(-1, index - 8), -1):
        token = tokens[at]
        if token.start < sentence_start:
            break
        word = token.text
        earlier = tokens[at - 1].text if at and tokens[at - 1].start >= sentence_start else ""
        if word in ("er", "r") or (word == "selv" and at == index - 1) or (word == "jeg" and at == index - 1 and earlier == "er"):
            if word == "er" and (earlier in ("det", "uddannelsen", "kontrakten", "den", "vi", "arbejdstiden", "stillingen", "timetallet", "grænsen", "aldersgrænsen", "hvad", "loftet")):
                return 0
            if earlier == "der" and message.owner_at(number.start) < FIRST_OTHER:
                return 0
            return 3 if earlier in sets["self"] or earlier in sets["third"] or earlier in people().kinds or earlier in ("og", "men", "") else 2
        if word == "på" and at == index - 1 and (_person_before(message, at) or trade_at(message, at - 1)[0] is not None and " er " in before):
            return 3
        if _is_comma_person(message, at, index):
            return 2
        if word not in ages.between and not _listed_word(message, at, index):
            break
        if word in ages.uncertain and word not in ("i", "et", "først") or (word == "først" and earlier == "er"):
            return 0
    return 1 if _stands_alone(message, number, years) else 0


def _listed_word(message: Message, at: int, index: int) -> bool:
    """In "jeg er tømrer, 52 og …" and "er hørehæmmet og 44" what stands before the number is part of the list."""
    between = message.norm[message.tokens[at].end:message.tokens[at + 1].start]
    return at == index - 1 and between == ", " or (at < index - 1 and index - at < 6 and
                                                   message.tokens[index - 1].text == "og") or \
        (at < index - 1 and message.norm[message.tokens[index - 1].end:message.tokens[index].start] == ", ")


def _is_comma_person(message: Message, at: int, index: int) -> bool:
    return at == index - 1 and message.tokens[at].text in people().kinds and message.owner_at(message.tokens[at].start) >= FIRST_OTHER


def _person_before(message: Message, at: int) -> bool:
    word = message.tokens[at - 1].text if at else ""
    return people().kinds.get(word) is not None and word not in folded_words("age", "child_words")


def _is_person_next(message: Message, end: int) -> bool:
    """"den 55-årige", "jeg er en 34-årig kvinde", but not "en toårig uddannelse"."""
    following = re.match(r",? ([\w-]+)", message.norm[end:end + 30])
    word = following.group(1) if following else ""
    return not any(part in word for part in ("uddannelse", "bachelor", "kandidat", "kursus", "kontrakt", "forløb", "periode", "aftale", "grund"))


def _unit_follows(message: Message, end: int, years: bool) -> bool:
    following = re.match(r"[ -]?([\w%]+)(?: ([\w]+))?", message.norm[end:end + 40])
    if not following or message.norm[end:end + 1] in (",", ".", ")"):
        return False
    word, later = following.group(1), following.group(2) or ""
    if word == "i" and (later in _age_words().after_in or years):
        return years and later not in _age_words().after_in and False
    return word in _age_words().units and not years


def _stands_alone(message: Message, number: NumberMention, years: bool) -> bool:
    """"(52 år)", "kvinde 43 år, …": a number of years right after a comma or at the start."""
    if not years:
        return False
    before = message.before(number.start, 12)
    after = message.norm[number.end:number.end + 12]
    opened = before.strip() in ("", "(") or before.endswith((", ", "(", "mand ", "kvinde "))
    return opened and re.match(r" ?år(?: gammel)?(?:[,.)]| og|$)", after) is not None


def _birth_dates(message: Message) -> Iterator[Candidate]:
    for mention in message.dates:
        if mention.past and _BORN.search(message.before(mention.start, 40)) and message.is_about_someone(mention.start) \
                and re.search(r"\d", message.norm[mention.start:mention.end]) and re.search(r"\d{2}$|\d{4}", message.norm[mention.start:mention.end]):
            yield Candidate("birth_date", mention.past, mention.start, mention.end, 2)
    for match in _SIX_DIGITS.finditer(message.norm):
        day = iso_day(full_year(match.group(3), message.as_of), int(match.group(2)), int(match.group(1)))
        if day:
            yield Candidate("birth_date", day, match.start(1), match.end(), 3)
    for match in re.finditer(r"\b(?:født|f\.) (?:i )?'?(\d{2})(?![\d./-])", message.norm):
        if message.is_about_someone(match.start()) and not re.match(r"\.? [\wæøå]*(?:ber|ar|ts|il|aj|ni|li|st)\b", message.norm[match.end():match.end() + 14]):
            yield Candidate("birth_date", str(full_year(match.group(1), message.as_of)), match.start(), match.end(), 1)
    for match in _COHORT.finditer(message.norm):
        if message.is_about_someone(match.start()):
            yield Candidate("birth_date", str(full_year(match.group(1), message.as_of)), match.start(), match.end(), 1)


def _homes(message: Message) -> Iterator[Candidate]:
    names = municipality_names()
    homes = folded_words("municipalities", "homes")
    tokens = message.tokens
    for i, token in enumerate(tokens):
        found = _municipality_at(message, i, names)
        if found is None:
            continue
        name, size = found
        end = tokens[i + size - 1].end
        if i + size < len(tokens) and tokens[i + size].text in ("kommune", "kommunes"):
            end = tokens[i + size].end
        sentence_start = message.sentence_at(token.start).start
        first = next(j for j in range(max(0, i - 8), i + 1) if tokens[j].start >= sentence_start)
        lead = [t.text for t in tokens[first:i]]
        yield from _home(message, name, lead, first, token.start, end, homes)


def _home(message: Message, name: str, lead: list[str], first: int, start: int, end: int,
          homes: frozenset[str]) -> Iterator[Candidate]:
    """What the words before the name of a municipality make of it: home, work, or where somebody moves."""
    if not lead or lead[-1] not in ("i", "på", "til", "fra", "under") or is_conditional(message, start):
        return
    moves = [k for k, word in enumerate(lead) if word in ("flytter", "flytte", "flyttet", "flyttede")]
    lives = [k for k, word in enumerate(lead) if word in homes]
    works = [k for k, word in enumerate(lead) if word in ("arbejder", "arbejde", "ansat", "job", "ligger", "læge", "arbejdsplads")]
    if moves and (not lives or moves[-1] > lives[-1]):
        moved = lead[moves[-1]] in ("flyttet", "flyttede")
        about = message.tokens[first + moves[-1]].start
        if lead[-1] == "fra" and not moved or lead[-1] in ("til", "i") and moved:
            yield Candidate("municipality", name, start, end, 1, about)
        if not moved and lead[-1] in ("til", "fra"):
            yield Candidate("moving_municipality", True, start, end, 1, about)
    elif lives and lead[-1] in ("i", "på") and not _elsewhere(lead[lives[-1] + 1:]) and (
            not works or lives[-1] > works[-1] or works[-1] - lives[-1] == 2 and lead[works[-1] - 1] == "og"):
        if lead[lives[-1]] != "boet" or {"altid", "siden", "nu"} & set(lead):
            yield Candidate("municipality", name, start, end, 2, message.tokens[first + lives[-1]].start)
    elif lead[-1] == "fra" and lead[-2:-1] in (["er"], ["kommer"]) and lead[-3:-2] in (["jeg"], ["og"], []):
        yield Candidate("municipality", name, start, end, 0)


def _elsewhere(between: list[str]) -> bool:
    """Whether words between "bor" and a place turn to another place: "bor …, men er født i", "bor ikke i"."""
    if "ikke" in between:
        return between[-2:] != ["men", "i"] and between[-3:-1] != ["men", "nu"]
    return bool({"men", "født", "vokset", "opvokset", "kommer", "oprindeligt", "uden", "tæt", "nær"} & set(between))


def _municipality_at(message: Message, i: int, names: dict[str, str]) -> tuple[str, int] | None:
    for size in (2, 1):
        if i + size <= len(message.tokens):
            text = message.norm[message.tokens[i].start:message.tokens[i + size - 1].end]
            if text in names:
                return names[text], size
    return None
