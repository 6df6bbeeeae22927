"""Whom each stretch of a message is about: the writer, another person, a bystander, or nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.numbers import word_value
from assistant.understanding.persons import (
    BYSTANDER,
    FIRST_OTHER,
    NOBODY,
    SELF,
    WE,
    Person,
    people,
    person_at,
    person_follows,
)
from assistant.understanding.text import Sentence, Token


@dataclass(frozen=True, slots=True)
class Subjects:
    """Who owns each word, and the other persons met."""

    owners: tuple[int, ...]
    persons: tuple[Person, ...]


def find_subjects(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Subjects:
    """Walk through the words and keep track of who is spoken of."""
    walk = _Walk(tokens)
    at = 0
    for sentence in sentences:
        first = at
        while at < len(tokens) and tokens[at].start < sentence.end:
            at += 1
        if first < at:
            walk.sentence(first, at - 1, sentence.is_question)
    return Subjects(tuple(walk.owners), tuple(walk.persons))


class _Walk:
    """The state of one walk; never outlives it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.owners = [SELF] * len(tokens)
        self.persons: list[Person] = []
        self.owner = self.subject = self.main = SELF
        self.among_children = False
        self.in_relative = False
        self.sets = people().sets

    def sentence(self, first: int, last: int, is_question: bool) -> None:
        """Give every word of one sentence its owner."""
        if self.owner in (BYSTANDER, NOBODY, WE):
            self.owner = SELF
        kept = self.owner
        self.in_relative = False
        if self._asks_in_general(first, last, is_question):
            self.owner = NOBODY
        self.subject = self.owner
        for i in range(first, last + 1):
            self._step(i, first, last)
            self.owners[i] = self.owner
            if self.owner == SELF or self.owner >= FIRST_OTHER:
                self.main = self.owner
        if self.owner == NOBODY:
            self.owner = kept

    def _asks_in_general(self, first: int, last: int, is_question: bool) -> bool:
        """A question that names no person is about anybody."""
        words = [token.text for token in self.tokens[first : last + 1]]
        if any(word in self.sets[part] for word in words for part in ("self", "group", "third")):
            return False
        second = words[1] if len(words) > 1 else ""
        asks = words[0] in self.sets["question_words"] or (words[0] == "er" and second == "der")
        return (
            is_question
            or asks
            or (words[0] in self.sets["modal_verbs"] and second in self.sets["not_asker_after_modal"])
        )

    def _step(self, i: int, first: int, last: int) -> None:
        """Let one word change who is spoken of."""
        word = self.tokens[i].text
        before = self.tokens[i - 1].text if i > first else ""
        self._leave_children(word)
        person = person_at(self.tokens, i, first, FIRST_OTHER + len(self.persons))
        if person is not None:
            self._meet(person, i, first)
        elif word in self.sets["third"]:
            if word not in self.sets["third_possessive"] or not person_follows(self.tokens, i, last):
                self._refer()
        elif word in self.sets["generic"]:
            self.owner = self.subject = NOBODY
        elif word in self.sets["self"] or word in self.sets["group"]:
            self._speak(i, before, last)
        elif self._is_bystander(word, before):
            self.owner = BYSTANDER
            if i < last and self.tokens[i + 1].text in self.sets["finite_verbs"]:
                self.subject = BYSTANDER
        else:
            self._join(word, before)

    def _leave_children(self, word: str) -> None:
        """After their ages the children are done with: "to børn på 8 og 11, er selv 39"."""
        counted = word in self.sets["child_tail"] or word[0].isdigit() or word_value(word) is not None
        if self.among_children and not counted:
            self.owner, self.among_children = self.subject, False

    def _speak(self, i: int, before: str, last: int) -> None:
        word = self.tokens[i].text
        mine = word in self.sets["self"]
        if before == "hos" and not mine:
            return
        if not person_follows(self.tokens, i, last):
            self.owner = SELF if mine else WE
            if word == "vi":
                self.subject = WE
        if word == "jeg":
            self.subject = SELF

    def _is_bystander(self, word: str, before: str) -> bool:
        """Whether it is "chefen" or "jobcentret", but not "i kommunen" and not "som læreren"."""
        if word not in self.sets["bystanders"] or not word.endswith(("en", "et")) or before == "som":
            return False
        return not (before in self.sets["prepositions"] and word in self.sets["after_preposition_a_place"])

    def _join(self, word: str, before: str) -> None:
        """Relative clauses stay with their noun; "og" with a verb goes back to the subject."""
        relative = word in ("der", "som")
        if relative and before in self.sets["anybody"]:
            self.owner = NOBODY
        elif relative and self.owner >= FIRST_OTHER and self.owner != self.subject:
            self.in_relative = True
        elif word == "at" and self.owner == BYSTANDER:
            self.owner = self.main
        elif before in ("og", "men", "samt") and word in self.sets["finite_verbs"] and not self.in_relative:
            self.owner = self.subject

    def _meet(self, person: Person, i: int, first: int) -> None:
        """A person comes in, from the determiner on."""
        known = next((p for p in self.persons if p.noun == person.noun), None)
        lead = next(j for j in range(i, -1, -1) if self.tokens[j].start <= person.start)
        if known is None and self._is_named_now(lead):
            # In "hun er min datter" the one met as "hun" gets a name.
            known = self.persons[-1]
        if known is None:
            self.persons.append(person)
        self.owner = BYSTANDER if person.kind == "bystanders" else (known or person).number
        self.among_children = person.noun in self.sets["children"]
        self.owners[lead:i] = [self.owner] * (i - lead)
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        opens = lead == first or self.tokens[lead - 1].text in self.sets["clause_openers"]
        if opens or after in self.sets["finite_verbs"]:
            self.subject = self.owner
            self.in_relative = False

    def _is_named_now(self, lead: int) -> bool:
        before = self.tokens[lead - 1].text if lead else ""
        return bool(self.persons) and self.persons[-1].kind == "unnamed" and before == "er"

    def _refer(self) -> None:
        """Take "han" and "hun" for the person met last."""
        known = [person for person in self.persons if person.kind != "bystanders"]
        if not known:
            known = [Person(FIRST_OTHER + len(self.persons), "", 0, 0, "unnamed")]
            self.persons.append(known[0])
        self.owner = self.subject = known[-1].number
