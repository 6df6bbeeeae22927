"""Whom each stretch of a message is about: the writer, another person asked about, a bystander, or nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.lexicon import load
from assistant.understanding.numbers import word_value
from assistant.understanding.text import Sentence, Token, fold_word

SELF, WE, NOBODY, BYSTANDER, FIRST_OTHER = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Person:
    """Another person in the message."""

    number: int
    noun: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """Who owns each word, and the other persons met."""

    owners: tuple[int, ...]
    persons: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _People:
    sets: dict[str, frozenset[str]]
    kinds: dict[str, str]


@lru_cache(maxsize=1)
def people() -> _People:
    """The lexicon of persons."""
    data = load("people")
    sets = {name: frozenset(fold_word(word) for word in words) for name, words in data.items()}
    kinds = {word: kind for kind in ("clients", "relatives", "trainees", "employed", "bystanders")
             for word in sets[kind]}
    kinds.update({word: "trade" for word in map(fold_word, load("trades")["trades"]) if word not in kinds})
    kinds.update({"mand": "relatives", "pige": "relatives", "dreng": "relatives"})
    return _People(sets, kinds)


def find_subjects(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Subjects:
    """Walk through the words and keep track of who is spoken of."""
    walk = _Walk(tokens)
    for sentence in sentences:
        walk.sentence(sentence)
    return Subjects(tuple(walk.owners), tuple(walk.persons))


class _Walk:
    """The state of one walk; never outlives it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.owners = [SELF] * len(tokens)
        self.persons: list[Person] = []
        self.owner = SELF
        self.subject = SELF
        self.main = SELF
        self.among_children = False
        self.in_relative = False
        self.sets = people().sets

    def sentence(self, sentence: Sentence) -> None:
        """Give every word of one sentence its owner."""
        inside = [i for i, token in enumerate(self.tokens) if sentence.start <= token.start < sentence.end]
        if not inside:
            return
        words = [self.tokens[i].text for i in inside]
        if self.owner in (BYSTANDER, NOBODY, WE):
            self.owner = SELF
        kept = self.owner
        self.in_relative = False
        if self._asks_in_general(words, sentence.is_question):
            self.owner = NOBODY
        self.subject = self.owner
        for i in inside:
            self._step(i, inside[0], inside[-1])
            self.owners[i] = self.owner
            if self.owner == SELF or self.owner >= FIRST_OTHER:
                self.main = self.owner
        if self.owner == NOBODY:
            self.owner = kept

    def _asks_in_general(self, words: list[str], marked: bool) -> bool:
        sets = self.sets
        if any(word in sets["self"] or word in sets["group"] or word in sets["third"] for word in words):
            return False
        if any(people().kinds.get(w, "trade") != "trade" and words[n - 1] in ("vores", "vor") for n, w in enumerate(words) if n):
            return False
        asks = words[0] in sets["question_words"] or words[:2] == ["er", "der"] or (
            words[0] in sets["modal_verbs"] and len(words) > 1 and words[1] in sets["not_asker_after_modal"])
        return asks or marked

    def _step(self, i: int, first: int, last: int) -> None:
        word = self.tokens[i].text
        after = self.tokens[i + 1].text if i < last else ""
        before = self.tokens[i - 1].text if i > first else ""
        sets = self.sets
        if self.among_children and word not in sets["child_tail"] and not word[0].isdigit() and word_value(word) is None:
            self.owner, self.among_children = self.subject, False
        person = self._person_at(i, first, last)
        if person is not None:
            self._meet(person, i, first)
            lead = next(j for j in range(i, -1, -1) if self.tokens[j].start <= person.start)
            self.owners[lead:i] = [self.owner] * (i - lead)
        elif word in sets["third"] and not (word in ("hans", "hendes") and self._noun_follows(i, last)):
            self._refer()
        elif word in sets["generic"]:
            self.owner = self.subject = NOBODY
        elif word in sets["self"]:
            if not self._noun_follows(i, last):
                self.owner = SELF
            if word == "jeg":
                self.subject = SELF
        elif word in sets["group"] and before != "hos" and not self._noun_follows(i, last):
            self.owner = WE
            self.subject = WE if word == "vi" else self.subject
        elif word in sets["bystanders"] and word[-2:] in ("en", "et") and not (
                before in sets["prepositions"] and word in sets["after_preposition_a_place"]) and before != "som":
            self.owner = BYSTANDER
            if after in sets["finite_verbs"]:
                self.subject = BYSTANDER
        elif word in ("der", "som") and before in ("en", "nogen", "dem", "de", "folk", "alle", "ingen", "andre"):
            self.owner = NOBODY
        elif word in ("der", "som") and self.owner >= FIRST_OTHER and self.owner != self.subject:
            self.in_relative = True
        elif word == "at" and self.owner == BYSTANDER:
            self.owner = self.main
        elif before in ("og", "men", "samt") and word in sets["finite_verbs"] and not self.in_relative:
            self.owner = self.subject

    def _noun_follows(self, i: int, last: int) -> bool:
        """Whether a word for a person follows within two words of a determiner."""
        mine = self.tokens[i].text in ("vores", "vor")
        return any(people().kinds.get(self.tokens[j].text) not in (None, "bystanders_only", *(() if mine else ("trade",))) for j in range(i + 1, min(i + 4, last + 1))
                   if all(self.tokens[k].text not in self.sets["finite_verbs"] for k in range(i + 1, j)))

    def _person_at(self, i: int, first: int, last: int) -> Person | None:
        """The person a noun with its determiner brings in."""
        token = self.tokens[i]
        kind = people().kinds.get(token.text)
        if kind is None and token.text.endswith("s") and people().kinds.get(token.text[:-1]) == "relatives":
            kind = "genitive"
        lead = next((j for j in range(i - 1, max(first, i - 4) - 1, -1)
                     if self.tokens[j].text in self.sets["determiners"]), None)
        if kind is None or lead is None:
            return None
        determiner = self.tokens[lead].text
        if kind in ("clients", "relatives") and lead > first and self.tokens[lead - 1].text in ("ansat", "ansætter", "ansatte"):
            kind = "employed"
        if kind in ("bystanders", "trade") and determiner in ("vores", "vor"):
            kind = "employed"
        if kind == "trade":
            return None
        if kind == "genitive":
            return None
        before = self.tokens[lead - 1].text if lead > first else ""
        own = self.tokens[lead - 2].text if lead - 1 > first else ""
        if determiner in ("en", "et") and before in ("er", "som") and own in ("jeg", "selv", "er", ""):
            return None
        if determiner in ("en", "et") and kind in ("employed", "clients", "trainees") and not self._is_presented(i, before):
            return None
        if determiner in ("den", "to", "tre", "fire") and kind not in ("relatives",):
            return None
        number = FIRST_OTHER + len(self.persons)
        return Person(number, token.text, self.tokens[lead].start, token.end, kind)

    def _is_presented(self, i: int, before: str) -> bool:
        """"Vi har en medarbejder …" and "en mand på 45" bring somebody in; "kan en ansat …" asks in general."""
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        return after in ("på", "der", "som", "med", "hos", "fra") or before in ("har", "ansætte", "ansat", "om", "for", "til", "det", "er", "har", "ansætter", "fået")

    def _meet(self, person: Person, i: int, first: int) -> None:
        same = next((p for p in self.persons if p.noun == person.noun), None)
        if same is None:
            self.persons.append(person)
        number = (same or person).number
        if person.kind == "bystanders":
            number = BYSTANDER
        self.owner = number
        self.among_children = person.noun in self.sets["children"]
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        lead = next(j for j in range(i, -1, -1) if self.tokens[j].start <= person.start)
        opener = lead == first or self.tokens[lead - 1].text in ("at", "når", "fordi", "hvis", "da", "så", "og", "men")
        if opener or after in self.sets["finite_verbs"]:
            self.subject = number
            self.in_relative = False

    def _refer(self) -> None:
        known = [p for p in self.persons if p.kind != "bystanders"]
        if not known:
            known = [Person(FIRST_OTHER + len(self.persons), "", 0, 0, "unnamed")]
            self.persons.append(known[0])
        self.owner = self.subject = known[-1].number
