"""One turn of a conversation: from what was said and what is remembered to a reply. No web, no storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from assistant.interview import core, signalled
from assistant.municipality import Municipality, contact_json
from assistant.redaction import redact
from assistant.service import Command, Service
from assistant.state import Json, State
from assistant.texts import DEFAULT
from assistant.understanding import UnknownAnswer, read_answer, read_facts
from faq.answering import Reading
from faq.model import Entry, Match
from faq.translations import Wording
from faq.triage import Triage
from rules.facts import FactError, Facts, parse_facts
from rules.judge import Judgement

COMMAND_SCORE = 90
LONGEST_COMMAND = 60
# How like one of the phrasings in the language of the page a message is, to be read as that language or as that question.
IN_THIS_LANGUAGE = 0.45
JUST_AS_ASKED = 0.85
# Facts that say something about work and disability; an age or a town alone does not make a message ours.
_INCIDENTAL = frozenset({"age", "birth_date", "municipality", "moving_municipality", "branch"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What came in: a message, or an exact answer to the open question, with the state so far.

    `municipality` is the one whose site the guide stands on; it says nothing about where the citizen lives.
    """

    state: State
    language: str
    as_of: date
    today: date
    message: str | None = None
    answer: tuple[str, Json] | None = None
    municipality: Municipality | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out, in the terms of the HTTP contract; `state` is still to be signed."""

    kind: str
    reply: str
    state: State
    faq: tuple[dict[str, Any], ...] = ()
    eligibility: dict[str, Any] | None = None
    next_question: dict[str, Any] | None = None
    suggestions: tuple[str, ...] = ()
    understood: tuple[dict[str, Any], ...] = field(default=())
    contact: dict[str, Any] | None = None


def take_turn(service: Service, turn: Turn) -> Reply:
    """The reply to one turn; raises `FactError` when an exact answer is not a possible value."""
    conversation = _Conversation(service, turn)
    if turn.answer is not None:
        return conversation.answered(*turn.answer)
    return conversation.said(turn.message or "")


def reconsider(service: Service, turn: Turn, fact: str, ask: bool) -> Reply:
    """Take a fact back without losing the others; with `ask` its question is put again."""
    conversation = _Conversation(service, turn)
    if fact not in service.law.vocabulary:
        return conversation.go_on(turn.state)
    state = turn.state.without(fact)
    return conversation.ask_again(state, fact) if ask else conversation.go_on(replace(state, asked=None))


def resume(service: Service, turn: Turn) -> Reply | None:
    """Where a kept conversation stands, with nothing new said; None where nothing is kept.

    Raises `FactError` when the facts kept are no longer ones that can be told.
    """
    return _Conversation(service, turn).stand()


def _is_one_of(message: str, say: Sequence[str]) -> bool:
    spoken = message.casefold().strip(" .!?")
    if len(spoken) > LONGEST_COMMAND:
        return False
    return process.extractOne(spoken, say, scorer=fuzz.ratio, score_cutoff=COMMAND_SCORE) is not None


class _Conversation:
    """The steps of one turn; holds no state of its own between turns."""

    def __init__(self, service: Service, turn: Turn) -> None:
        self.service, self.turn = service.at(turn.municipality), turn
        self.answers_in = turn.language
        self.worried = False
        self._turn_to(turn.state)

    def _turn_to(self, state: State) -> State:
        """Speak of the municipality where the citizen says they live, or else of the one whose site this is."""
        self.concerned, self.is_home = self.service.municipalities.concerned(state.facts, self.turn.municipality)
        self.presenter = self.service.presenter(self.turn.language, self.turn.as_of, self.concerned)
        self.t = self.presenter.text
        return state

    def stand(self) -> Reply | None:
        """The open question, else the answer given last, else where the interview ended."""
        state = self.turn.state
        if state.asked and state.asked in self.service.law.vocabulary:
            judgement = self._judge(state)
            question = self._question(state.asked, judgement, state)
            return self._reply("question", self.t("chat.one_question"), state, judgement, question)
        if state.topic and state.topic in self.service.corpus and not state.answered:
            return self._tell(self.service.corpus[state.topic], state, 1.0)
        return self.go_on(state) if state.facts else None

    # --- what was said

    def answered(self, fact: str, value: Json) -> Reply:
        state = self.turn.state.with_answer(fact, value)
        self._parse({fact: value})
        return self.go_on(self._settle(state, {fact}))

    def said(self, raw: str) -> Reply:
        redacted = redact(raw)
        reply = self._respond(redacted.text)
        first = [*(["chat.cpr_removed"] if redacted.found else []), *(["chat.worry"] if self.worried else [])]
        return replace(reply, reply="\n\n".join([*map(self.t, first), reply.reply]))

    def _respond(self, message: str) -> Reply:
        reading = self.service.read(message, self.turn.state.topic)
        crisis = self._plain("crisis", reading.triage.reply) if reading.triage.kind == "crisis" else None
        if crisis is not None and reading.triage.heard == "said":
            return crisis
        if crisis is not None and reading.triage.heard == "faintly" and self._tells_facts(message):
            # Plain facts about work and health that faintly sound like distress are taken as such.
            crisis, reading = None, replace(reading, triage=replace(reading.triage, kind="question"))
        self.worried = reading.triage.worry and crisis is None
        command = self._command(message)
        if command is not None:
            return self._obey(command)
        # What only sounds like distress may be a plain answer to the question just asked.
        return self._picked(message) or self._short_answer(message) or crisis or self._message(message, reading)

    def _tells_facts(self, message: str) -> bool:
        return bool({found.fact for found in read_facts(message, self.turn.as_of)} - _INCIDENTAL)

    def _command(self, message: str) -> Command | None:
        return next((command for command in self.service.sayings.commands if _is_one_of(message, command.say)), None)

    def _picked(self, message: str) -> Reply | None:
        """One of the answers just offered, by its place: "den første", "2"."""
        for entry_id, say in zip(self.turn.state.offered, self.service.sayings.places, strict=False):
            if entry_id in self.service.corpus and _is_one_of(message, say):
                return self._tell(self.service.corpus[entry_id], replace(self.turn.state, offered=()), 1.0)
        return None

    def _obey(self, command: Command) -> Reply:
        state = self.turn.state
        if command.answer is not None:
            return self._tell(self.service.corpus[command.answer], state, 1.0)
        if command.name == "restart":
            return Reply("smalltalk", self.t("chat.restarted"), State())
        if command.name == "back":
            if not state.order:
                return self._plain("smalltalk", self.t("chat.nothing_to_undo"))
            last = state.order[-1]
            return self.ask_again(state.without(last), last)
        if command.name == "why":
            return self._why()
        return self.go_on(replace(state, focus=state.focus or core(self.service.law)))

    def ask_again(self, state: State, fact: str) -> Reply:
        judgement = self._judge(self._turn_to(state))
        question = self._question(fact, judgement, state)
        label = self.presenter.texts(f"fact.{fact}.label")
        return self._reply(
            "question", self.t("chat.undone", label=label), replace(state, asked=fact), judgement, question
        )

    def _why(self) -> Reply:
        asked = self.turn.state.asked
        if asked is None:
            return self._plain("smalltalk", self.t("chat.no_question_open"))
        judgement = self._judge(self.turn.state)
        question = self._question(asked, judgement, self.turn.state)
        text = question["help"]
        if question["law"]:
            text += "\n\n" + self.t("chat.why_law", laws="; ".join(question["law"]))
        return self._reply("question", text, self.turn.state, judgement, question)

    def _short_answer(self, message: str) -> Reply | None:
        """The message as an answer to the open question, if it is one."""
        asked = self.turn.state.asked
        if asked is None:
            return None
        question = self.presenter.question(asked)
        options = [str(option["value"]) for option in question["options"]] if question["kind"] == "choice" else []
        value = self._pressed(question, message)
        if isinstance(value, UnknownAnswer):
            value = read_answer(asked, question["kind"], options, message, self.turn.as_of)
        if isinstance(value, UnknownAnswer):
            return None
        also = {r.fact: r.value for r in read_facts(message, self.turn.as_of) if r.fact != asked}
        try:
            self._parse({asked: value})
        except FactError as error:
            return self._not_possible(asked, error)
        state = self.turn.state.with_answer(asked, value)
        for fact, other in also.items():
            state = state.with_fact(fact, other)
        return self.go_on(self._settle(state, {asked, *also}))

    def _pressed(self, question: Mapping[str, Any], message: str) -> Json | UnknownAnswer:
        """A message that says just what a button says, in any language."""
        spoken = message.casefold().strip(" .!?")
        labels = {str(option["label"]).casefold(): option["value"] for option in question["options"]}
        labels[self.presenter.texts("answer.dont_know").casefold()] = None
        return labels[spoken] if spoken in labels else UnknownAnswer()

    def _not_possible(self, asked: str, error: FactError) -> Reply:
        problem = error.problems[0]
        text = self.t(f"error.{problem.code}", **problem.params)
        state, judgement = self.turn.state, self._judge(self.turn.state)
        return self._reply("question", text, state, judgement, self._question(asked, judgement, state))

    # --- a free message

    def _message(self, message: str, reading: Reading) -> Reply:
        state = replace(self.turn.state, offered=())
        exact = self._titled(message)
        match = reading.match
        at_home = self._found_at_home(message) if exact is None else None
        if at_home is not None:
            return at_home
        if exact is None and reading.triage.kind != "question":
            return self._offer_foreign(message, reading.triage) or self._turned_away(reading.triage)
        readings = {r.fact: r.value for r in read_facts(message, self.turn.as_of)}
        told = bool(readings.keys() - _INCIDENTAL)
        if exact is None and match.kind == "none" and not told:
            return self._offer_foreign(message, reading.triage) or self._turned_away(reading.triage)
        for fact, value in readings.items():
            state = state.with_fact(fact, value)
        state = self._settle(state, set(readings))
        if exact is not None:
            return self._tell(exact, state, 1.0, readings=bool(readings))
        if match.kind == "answer" or (match.kind == "clarify" and told):
            # Who tells about themselves gets the likeliest answer and a question, not a choice between headings.
            best = match.candidates[0]
            about_me = bool(readings) or self.service.sayings.is_personal(message)
            return self._tell(self.service.corpus[best.entry_id], state, best.score, match, about_me)
        if match.kind == "clarify":
            return self._clarify([(c.entry_id, c.score) for c in match.candidates], state, self.t("chat.clarify"))
        return self.go_on(replace(state, focus=signalled(self.service.law, state.facts) or state.focus))

    def _titled(self, message: str) -> Entry | None:
        """The answer whose title was said, as a pressed suggestion says it; it is given in the title's language."""
        spoken = message.casefold().strip()
        found = self.service.titles.get(spoken)
        if found is None:
            return None
        entry_id, languages = found
        if self.turn.language not in languages and languages[0] != DEFAULT:
            self.answers_in = languages[0]
        return self.service.corpus[entry_id]

    def _found_at_home(self, message: str) -> Reply | None:
        """On a page in another language: what fits a question asked in that language, before it is read as Danish."""
        finder = self.service.finders.get(self.turn.language)
        near = finder.find(message) if finder else []
        if not near or near[0][1] < IN_THIS_LANGUAGE:
            return None
        if near[0][1] >= JUST_AS_ASKED:
            return self._tell(self.service.corpus[near[0][0]], self.turn.state, near[0][1])
        return self._clarify(near, self.turn.state, self.t("chat.clarify"))

    def _offer_foreign(self, message: str, found: Triage) -> Reply | None:
        """What may answer a question in another language, in that language; None where there is nothing to offer."""
        language = found.language or self.turn.language
        finder = self.service.finders.get(language)
        near = finder.find(message) if finder and found.kind in ("foreign", "question", "nonsense") else []
        if not near:
            return None
        self.answers_in = language
        texts = self.service.texts[language]
        own = self.turn.language == language
        text = texts("chat.clarify") if own else texts("chat.other_language", name=texts("page.language_name"))
        return self._clarify(near, self.turn.state, text)

    def _turned_away(self, found: Triage) -> Reply:
        kind = "smalltalk" if found.kind == "smalltalk" else "out_of_scope"
        # Who already reads the page in their own language need not be told that it exists.
        at_home = found.kind == "foreign" and found.language == self.turn.language
        text = self.t("chat.out_of_scope") if at_home else found.reply or self.t("chat.out_of_scope")
        return self._plain(kind, text)

    def _tell(
        self, entry: Entry, state: State, score: float, match: Match | None = None, readings: bool = False
    ) -> Reply:
        """Answer from the corpus, with what the facts add to it and the question that follows from them."""
        law, wording = self.service.law, self.worded(entry)
        focus = tuple(dict.fromkeys((*signalled(law, state.facts), *entry.interview))) if entry.schemes else state.focus
        state = replace(state, topic=entry.id, focus=focus)
        asks = bool(state.asked) or (readings and bool(entry.schemes))
        judgement = self._judge(state) if state.facts or asks else None
        question = self._next(state, judgement) if judgement and asks else None
        parts = [self.t("chat.answering", title=wording.title)]
        if judgement is not None:
            parts += self._personal(judgement, state, entry.schemes if readings else ())
        parts += self._local(entry)
        parts.append(wording.answer)
        if entry.law:
            parts.append(self.t("chat.law", law="; ".join(entry.law)))
        state = replace(state, asked=question["fact"] if question else None)
        faq = [self.entry(entry, score, match.candidates[0].evidence if match else ())]
        if match is not None:
            faq += [self.entry(self.service.corpus[c.entry_id], c.score) for c in match.candidates[1:]]
        close = [f["title"] for f in faq[1:]] if match is not None and match.kind == "clarify" else []
        related = [self.worded(self.service.corpus[id_]).title for id_ in entry.related[:3]]
        suggestions = list(dict.fromkeys((*close, *related)))[:3]
        if entry.schemes and question is None:
            suggestions.insert(0, self.t("chat.begin"))
        return self._reply("faq", "\n\n".join(parts), state, judgement, question, faq, suggestions)

    def _local(self, entry: Entry) -> list[str]:
        """What is said beside an answer that is a municipality's own, and beside the one on how to get hold of people."""
        site, parts = self.turn.municipality, []
        if site is not None and entry.id in site.answers:
            parts.append(self.t("chat.own_answer", municipality=site.full_name))
        if entry.id == self.service.sayings.human:
            parts.append(str(self._contact()["text"]))
        return parts

    def _contact(self) -> dict[str, Any]:
        return contact_json(self.presenter.texts, self.concerned, self.is_home)

    def _personal(self, judgement: Judgement, state: State, schemes: tuple[str, ...]) -> list[str]:
        """What the stated facts mean for the schemes the answer is about: figures first, then where each stands."""
        parts: list[str] = []
        for result in judgement.schemes:
            if result.version.scheme.id in schemes:
                parts += self.presenter.amount_text(result, state.facts)
        for result in judgement.schemes:
            told = result.outcome != "unknown" and len(schemes) <= 2
            if told and result.version.scheme.id in schemes:
                parts.append(self._outcome_line(result.version.scheme.id, judgement))
        return parts

    def _outcome_line(self, scheme: str, judgement: Judgement) -> str:
        result = next(r for r in judgement.schemes if r.version.scheme.id == scheme)
        told = self.presenter.scheme(result)
        reasons = [c["why"] for c in told["conditions"] if c["outcome"] == "unmet"][:2]
        return " ".join([told["summary"], *reasons])

    def _clarify(self, near: Sequence[tuple[str, float]], state: State, text: str) -> Reply:
        """Offer the few answers (id and score) that it could be."""
        faq = [self.entry(self.service.corpus[id_], score) for id_, score in near[:3]]
        titles = [entry["title"] for entry in faq]
        text += "\n\n" + "\n".join(f"• {title}" for title in titles)
        state = replace(state, offered=tuple(entry["id"] for entry in faq))
        judgement = self._judge(state) if state.facts else None
        return self._reply("clarify", text, state, judgement, None, faq, titles)

    # --- facts and judgement

    def _parse(self, facts: Mapping[str, Json]) -> Facts:
        return parse_facts(facts, self.service.law.vocabulary, self.turn.as_of)

    def _settle(self, state: State, new: set[str]) -> State:
        """Where facts contradict each other the newest stand: an answer may be changed."""
        for removable in (set(state.facts) - new, set(state.facts)):
            try:
                self._parse(state.facts)
            except FactError as error:
                for problem in error.problems:
                    if problem.fact in removable:
                        state = state.without(problem.fact)
            else:
                return self._turn_to(state)
        return self._turn_to(state)

    def _judge(self, state: State) -> Judgement:
        return self.service.judge.judge(self._parse(state.facts), self.turn.as_of)

    def _question(self, fact: str, judgement: Judgement, state: State) -> dict[str, Any]:
        law = self.presenter.asked_by(fact, judgement, state.focus or core(self.service.law))
        return self.presenter.question(fact, law)

    def _next(self, state: State, judgement: Judgement) -> dict[str, Any] | None:
        schemes = state.focus or core(self.service.law)
        last = state.order[-1] if state.order else None
        fact = self.service.questions.best(self._parse(state.facts), self.turn.as_of, schemes, last)
        return self._question(fact, judgement, state) if fact else None

    def go_on(self, state: State) -> Reply:
        """The interview's next step: a question, or where every scheme in focus stands."""
        judgement = self._judge(self._turn_to(state))
        question = self._next(state, judgement)
        if question is not None:
            state = replace(state, asked=question["fact"])
            return self._reply("question", self._so_far(judgement, state), state, judgement, question)
        schemes = state.focus or core(self.service.law)
        lines = [self._outcome_line(scheme, judgement) for scheme in schemes]
        text = "\n\n".join([self.t("chat.result"), *lines, *self.presenter.notices(self.turn.today)])
        return self._reply("eligibility", text, replace(state, asked=None), judgement, None)

    def _so_far(self, judgement: Judgement, state: State) -> str:
        """A line for what this turn has settled, so that a no comes with its reason at once, and once."""
        schemes = state.focus or core(self.service.law)
        before = self._ruled_out(self._judge(self.turn.state), self.turn.state)
        closed = [id_ for id_ in self._ruled_out(judgement, state) if id_ in schemes and id_ not in before]
        return "\n\n".join([*(self._outcome_line(id_, judgement) for id_ in closed), self.t("chat.one_question")])

    def _ruled_out(self, judgement: Judgement, state: State) -> list[str]:
        """The schemes ruled out for good: no "no" is told while a question is left that could open it."""
        facts, as_of = self._parse(state.facts), self.turn.as_of
        closed = [r.version.scheme.id for r in judgement.schemes if r.outcome == "not_eligible"]
        return [id_ for id_ in closed if not self.service.questions.open_facts(facts, as_of, (id_,))]

    # --- what goes out

    def worded(self, entry: Entry) -> Wording:
        """The answer in the language of the turn, or in Danish where there is none."""
        return self.service.worded(entry, self.answers_in)

    def entry(self, entry: Entry, score: float, evidence: Sequence[str] = ()) -> dict[str, Any]:
        """An answer as the contract has it; `evidence` are the words of the message that decided."""
        wording = self.worded(entry)
        return {
            "id": entry.id,
            "lang": wording.language,
            "title": wording.title,
            "answer": wording.answer,
            "short": wording.short,
            "score": round(min(max(score, 0.0), 1.0), 4),
            "evidence": list(evidence),
            "law": list(entry.law),
            "sources": [self.source(tag) for tag in entry.sources],
            "reviewed_on": entry.reviewed_on.isoformat(),
        }

    def source(self, tag: str) -> dict[str, Any]:
        source = self.service.law.sources[tag]
        return {"tag": tag, **source.model_dump(exclude_none=True)}

    def _plain(self, kind: str, text: str) -> Reply:
        """A reply that changes nothing: the open question stays open."""
        state = self.turn.state
        if kind == "crisis":
            return self._reply(kind, text, state, None, None)
        judgement = self._judge(state)
        question = self._question(state.asked, judgement, state) if state.asked else None
        return self._reply(kind, text, state, judgement if state.facts else None, question)

    def _reply(
        self,
        kind: str,
        text: str,
        state: State,
        judgement: Judgement | None,
        question: dict[str, Any] | None,
        faq: list[dict[str, Any]] | None = None,
        suggestions: list[str] | None = None,
    ) -> Reply:
        eligibility = self.presenter.judgement(judgement, self.turn.today, question) if judgement else None
        understood = tuple(
            {
                "fact": fact,
                "label": self.presenter.texts(f"fact.{fact}.label"),
                "value": state.facts[fact],
                "text": self.presenter.value(fact, state.facts[fact]),
            }
            for fact in state.order
        )
        offers = tuple(suggestions or ())
        return Reply(kind, text, state, tuple(faq or ()), eligibility, question, offers, understood, self._contact())
