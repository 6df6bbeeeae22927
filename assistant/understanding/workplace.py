"""Trade, workplace and kind of employer: what is said in the places where people say where they work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import folded_words, load
from .message import Message
from .phrases import PhraseBook, compile_phrase
from .text import fold_word

_ENDINGS = ("erne", "ene", "en", "et", "er", "ne", "n", "t", "e", "s")
_REACH = 14
_STILL = re.compile(r" (?:jeg |han |hun )?(?:ikke|ik|aldrig)( længere| mere)?\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A word of work: the branch it names (or none) and the kind of employer it tells."""

    branch: str | None
    sector: str | None
    specific: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WorkSlot:
    """One place in the message that tells of a job: when it is, as what, and where."""

    time: str
    anchor: str
    start: int
    trade: Found | None
    places: tuple[Found, ...]

    @property
    def end(self) -> int:
        """Where the last thing told ends."""
        return max([self.start, *([self.trade.end] if self.trade else []), *(place.end for place in self.places)])


@dataclass(frozen=True, slots=True)
class _Work:
    anchors: PhraseBook[str]
    trades: dict[str, str]
    trade_suffixes: tuple[str, ...]
    not_trades: frozenset[str]
    unspecific: frozenset[str]
    never: frozenset[str]
    always_employed: frozenset[str]
    leads: frozenset[str]
    places: dict[str, str]
    place_suffixes: tuple[str, ...]
    dropped: tuple[str, ...]
    no_branch: frozenset[str]
    towns: frozenset[str]
    stops: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Employers:
    public: frozenset[str]
    public_suffixes: tuple[str, ...]
    private: frozenset[str]
    companies: frozenset[str]


@lru_cache(maxsize=1)
def work_words() -> _Work:
    """The lexicons of trades and workplaces."""
    trades, places, anchors = load("trades"), load("workplaces"), load("work_anchors")

    def folded(words: list[str]) -> frozenset[str]:
        return frozenset(fold_word(word) for word in words)

    named = {fold_word(word): word for word in [*trades["trades"], *trades["unspecific"]]}
    named.update({fold_word(word): branch for word, branch in trades["som_branche"].items()})
    where = {fold_word(word): word for word in places["places"]}
    where.update({fold_word(word): branch for word, branch in places["named_otherwise"].items()})
    times = ("present", "own", "coming", "past", "applied", "wished", "trained", "training", "been")
    return _Work(
        PhraseBook(compile_phrase(source, time, {}) for time in times for source in anchors[time]),
        named, tuple(sorted(folded(trades["suffixes"]), key=len, reverse=True)), folded(trades["not_a_trade"]),
        folded(trades["unspecific"]), folded(trades["never_a_branch"]), folded(trades["always_employed"]),
        folded(trades["lead_words"]), where, tuple(sorted(folded(places["suffixes"]), key=len, reverse=True)),
        tuple(fold_word(word) for word in places["dropped_endings"]), folded(places["no_branch"]),
        folded(list(load("municipalities")["municipalities"])), folded(anchors["stops"]), folded(anchors["prepositions"]), folded(anchors["determiners"]),
    )


@lru_cache(maxsize=1)
def _employers() -> _Employers:
    data = load("employers")

    def folded(words: list[str]) -> frozenset[str]:
        return frozenset(fold_word(word) for word in words)

    return _Employers(folded(data["public_words"]), tuple(fold_word(w) for w in data["public_suffixes"]),
                      folded(data["private_words"]), folded(data["private_companies"]))


def work_slots(message: Message) -> tuple[WorkSlot, ...]:
    """Every place that tells of a job, with what is said there."""
    found: list[WorkSlot] = []
    for hit in work_words().anchors.find(message.norm):
        index = message.token_index(hit.end - 1) + 1
        ended = _STILL.match(message.norm, hit.end)
        if ended and hit.payload == "present" and not ended.group(1):
            continue
        trade, places = _told_after(message, index, hit.payload, message.norm[hit.start:hit.end], hit.end)
        found.append(WorkSlot("past" if ended and hit.payload == "present" else hit.payload, message.norm[hit.start:hit.end], hit.start, trade, places))
    found.extend(_copulas(message))
    return tuple(found)


def _told_after(message: Message, index: int, time: str, anchor: str, anchor_end: int) -> tuple[Found | None, tuple[Found, ...]]:
    """Read on from an anchor: "som <trade>" and "i/på/hos <place>", until the clause turns to something else."""
    work = work_words()
    sentence_end = message.sentence_at(anchor_end - 1).end
    trade: Found | None = None
    places: list[Found] = []
    last_anchor = message.tokens[index - 1].text if index else ""
    i, limit = index, min(len(message.tokens), index + _REACH)
    if anchor.endswith("ansat"):
        trade, after = trade_at(message, i)
        trade, i = (trade, after) if trade is not None and trade.specific else (None, i)
    if time == "own":
        place, i = place_at(message, i, sentence_end, firm=True)
        owned = place is not None and place.branch not in folded_words("workplaces", "not_owned")
        if place is None:
            trail = re.match(r"(?: [\wæøå-]+){1,3}? inden for ", message.norm[anchor_end:])
            if trail:
                place, _ = place_at(message, message.token_index(anchor_end + trail.end()), sentence_end)
                owned = place is not None
        return None, (place,) if place is not None and owned else ()
    if last_anchor == "som" or time == "trained":
        trade, i = trade_at(message, i)
    elif last_anchor in work.prepositions or last_anchor == "samme" or anchor.endswith(" er"):
        place, i = place_at(message, i, sentence_end)
        places.extend([place] if place else [])
    while i < limit and message.tokens[i].start < sentence_end:
        word = message.tokens[i].text
        if word == "som" and trade is None:
            trade, i = trade_at(message, i + 1)
            continue
        if word == "ved" and message.tokens[i + 1:i + 2] and message.tokens[i + 1].text == "siden":
            break
        if word in work.prepositions or (word == "fra" and "tilbud" in anchor) or (word == "til" and anchor.startswith("skift")) or (word == "for" and message.tokens[i - 1].text in ("inden", "ansat", "arbejder")):
            place, following = place_at(message, i + 1, sentence_end)
            places.extend([place] if place else [])
            i = following
            continue
        if word == "med" and last_anchor == "arbejder":
            place, following = place_at(message, i + 1, sentence_end, known_only=True)
            places.extend([place] if place else [])
            i = following
            continue
        if i == index and (word in ("jeg", "han", "hun", "vi") or word == "er" and anchor.startswith("mi")):
            i += 1
            continue
        if word in work.stops and word != "inden" or (word == "og" and _starts_clause(message, i + 1)):
            break
        i += 1
    return trade, tuple(places)


def _starts_clause(message: Message, i: int) -> bool:
    return i >= len(message.tokens) or message.tokens[i].text in work_words().stops | {"min", "mit", "mine", "diplomuddannelse"}


def _copulas(message: Message) -> Iterator[WorkSlot]:
    """"Jeg er 68 og selvstændig tømrer i …": a trade in the list of what somebody is."""
    work = work_words()
    tokens = message.tokens
    for i, token in enumerate(tokens):
        opens = _opens_list(message, i)
        if token.text not in ("er", "som") and not opens or not message.is_about_someone(token.start):
            continue
        before = tokens[i - 1].text if i else ""
        if before in ("det", "der", "den", "uddannelsen", "hvad", "hvem", "stillingen", "jobbet"):
            continue
        if token.text == "som" and token.start != message.sentence_at(token.start).start and before != "nu":
            continue
        inverted = i + 1 < len(tokens) and tokens[i + 1].text in ("jeg", "han", "hun")
        trade, after = trade_at(message, i if opens else i + 2 if inverted else i + 1, listed=True)
        if trade is None:
            continue
        leads = {t.text for t in tokens[i + 1:after]}
        if not trade.specific and after < len(tokens) and tokens[after].text == "som":
            other, later = trade_at(message, after + 1)
            trade, after = (other, later) if other is not None else (trade, after)
        time = "trained" if leads & {"uddannet", "udlært", "nyuddannet", "tidligere", "forhenværende", "pensioneret", "nyuddannede"} else "is"
        sentence_end = message.sentence_at(token.start).end
        place: Found | None = None
        heads = trade_word(message, trade) in ("leder", "chef", "ejer", "indehaver", "direktør", "bestyrer", "souschef", "teamleder", "formand")
        if "pensioneret" in leads:
            continue
        if after + 1 < len(tokens) and tokens[after].start < sentence_end and (
                tokens[after].text == "hos" or tokens[after].text in ("i", "på", "ved") and tokens[after + 1].text in ("en", "et", "den", "det")):
            place = Found(None, None, False, tokens[after].start, tokens[after + 1].end)
        after = _past_hours(message, after)
        if tokens[after:after + 1] and tokens[after].text == "inden" and after + 1 < len(tokens):
            after += 1
        if after < len(tokens) and (tokens[after].text in work.prepositions or tokens[after - 1].text == "inden" or heads and tokens[after].text in ("af", "for")) and tokens[after].start < sentence_end:
            place = place_at(message, after + 1, sentence_end)[0] or place
        if "kommunal" in leads or "privatansat" in leads or "privat" in leads or "statslig" in leads or "regional" in leads:
            sector = "private" if leads & {"privat", "privatansat"} else "public"
            place = Found(None, sector, False, tokens[i + 1].start, trade.end) if place is None else place
        yield WorkSlot(time, trade_word(message, trade), token.start, trade, (place,) if place else ())


def _past_hours(message: Message, i: int) -> int:
    """In "it-konsulent, 37 timer, i …" the hours between trade and place are stepped over."""
    hours = i
    while hours < len(message.tokens) and hours < i + 5 and (
            _is_number(message, hours) or message.tokens[hours].text in ("timer", "timers", "om", "ugen", "ugentligt")):
        hours += 1
    return hours if hours < len(message.tokens) and message.tokens[hours].text in work_words().prepositions else i


def _opens_list(message: Message, i: int) -> bool:
    """Whether a word opens a telegram like "59 år, tømrer, slidt ryg" or "kvinde, 43 år, lærer"."""
    token = message.tokens[i]
    if token.start != message.sentence_at(token.start).start or not ("," in message.norm[token.end:token.end + (25 if token.text == "født" else 6)]):
        return False
    return _is_number(message, i) or token.text in ("kvinde", "mand", "født") or _trade_branch(token.text) is not None


def trade_word(message: Message, trade: Found) -> str:
    """The word that named a trade."""
    return message.norm[trade.start:trade.end]


def trade_at(message: Message, i: int, listed: bool = False) -> tuple[Found | None, int]:
    """A trade at a word, past adjectives (and, in a list of what somebody is, past an age)."""
    work = work_words()
    tokens = message.tokens
    sentence_end = message.sentence_at(tokens[max(i - 1, 0)].start).end if i <= len(tokens) else 0
    limit = min(len(tokens), i + (8 if listed else 5))
    start = i
    while i < limit and tokens[i].start < sentence_end:
        if not listed and i > start and "," in message.norm[tokens[i - 1].end:tokens[i].start]:
            return None, i
        for size in (3, 2, 1):
            if i + size > len(tokens) or tokens[i + size - 1].end > sentence_end:
                continue
            text = message.norm[tokens[i].start:tokens[i + size - 1].end]
            branch = _trade_branch(text) if size == 1 or text in work.trades else None
            if branch is not None:
                word = tokens[i + size - 1].text
                specific = text not in work.unspecific and word not in work.unspecific
                never = text in work.never or branch in work.never
                return Found(None if never else branch, None, specific, tokens[i].start, tokens[i + size - 1].end), i + size
        text = tokens[i].text
        if text in work.leads or listed and text == "i" and tokens[i - 1].text in ("født", "årgang") or (listed and (text in ("år", "gammel") or _is_number(message, i))):
            i += 1
            continue
        return None, start
    return None, start


def _is_number(message: Message, i: int) -> bool:
    return message.tokens[i].text.isdigit() or any(n.start <= message.tokens[i].start < n.end for n in message.numbers)


def _trade_branch(text: str) -> str | None:
    work = work_words()
    for form in (text, text[:-1] if text.endswith(("s", "e", "t")) else text):
        if form in work.trades and form not in work.not_trades:
            return work.trades[form]
    if " " in text or text in work.not_trades or text in work.places or text in work.leads or len(text) < 6:
        return work.trades.get(text)
    for suffix in work.trade_suffixes:
        if text.endswith(suffix) and len(text) > len(suffix) + 1:
            if suffix in ("medarbejder", "assistent", "arbejder"):
                stem = text.removesuffix(suffix).rstrip("-")
                return work.places.get(stem) or work.places.get(stem.removesuffix("s")) or text
            return text
    return None


def place_at(message: Message, i: int, sentence_end: int, known_only: bool = False,
             firm: bool = False) -> tuple[Found | None, int]:
    """A workplace at a word, past its article and adjectives, and whether it is public or private."""
    work = work_words()
    tokens = message.tokens
    sector: str | None = None
    first = i
    for j in range(i, min(len(tokens), i + 6)):
        token = tokens[j]
        if token.start >= sentence_end or (j > i and "," in message.norm[tokens[j - 1].end:token.start]):
            break
        if j > i and (token.text in work.prepositions or token.text in work.stops or token.text in ("som", "og", "med", "om")):
            if not (token.text == "og" and sector is None):
                break
            break
        sector = sector_of(message, j) or sector
        branch = place_branch(token.text)
        is_head = branch is not None or (token.text in work.no_branch and token.text not in ("job", "sted", "hus", "hjem")) or company_at(message, j) > 0
        if not is_head and not known_only:
            trade = _trade_branch(token.text) if token.text not in work.leads else None
            branch, is_head = (trade, True) if trade and token.text not in work.unspecific else (branch, False)
        if is_head and token.text in ("det", "offentlige", "private") and j + 1 < len(tokens) and place_branch(tokens[j + 1].text):
            continue
        if is_head and firm and branch is None:
            break
        if is_head:
            following = tokens[j + 1] if j + 1 < len(tokens) and tokens[j + 1].start < sentence_end else None
            if following is not None and following.text in ("kommune", "kommunes"):
                sector = "public"
            end = tokens[j + max(company_at(message, j), 1) - 1].end
            return Found(branch, sector, True, tokens[first].start, end), j + max(company_at(message, j), 1)
        if known_only:
            break
    if sector is not None:
        return Found(None, sector, True, tokens[first].start, tokens[min(first + 1, len(tokens) - 1)].end), first + 1
    return None, first


def place_branch(word: str) -> str | None:
    """The branch that a word for a workplace names, in any inflection."""
    work = work_words()
    if word in work.no_branch or word in work.leads or word in work.towns:
        return None
    for form in _forms(word):
        if form in work.places:
            return work.places[form]
    for ending in work.dropped:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending).rstrip("-")
            for form in (stem, stem.removesuffix("s"), stem.removesuffix("e")):
                branch = work.places.get(form) or work.trades.get(form)
                if branch:
                    return branch
            return word if ending in ("firma", "virksomhed", "kontor", "selskab", "afdeling") and len(stem) > 2 else None
    for form in _forms(word):
        if form not in work.no_branch and any(form.endswith(s) and len(form) > len(s) + 1 for s in work.place_suffixes):
            return form
    return None


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if ending == "et" and stem.endswith("tr"):
                yield stem[:-1] + "er"


def sector_of(message: Message, j: int) -> str | None:
    """Whether a word tells a public or a private employer."""
    employers = _employers()
    word = message.tokens[j].text
    if word in employers.public or any(word.endswith(s) and len(word) > len(s) for s in employers.public_suffixes):
        return "public"
    if word in employers.private or company_at(message, j):
        return "private"
    return None


def company_at(message: Message, j: int) -> int:
    """How many words from here name a well-known private company."""
    employers = _employers()
    for size in (3, 2, 1):
        if j + size <= len(message.tokens):
            text = message.norm[message.tokens[j].start:message.tokens[j + size - 1].end]
            if text in employers.companies or (size == 1 and text.endswith("s") and text[:-1] in employers.companies):
                return size
    return 0
