"""One turn of a conversation: from what was said and what is remembered to a reply. No web, no storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from assistant.interview import core, signalled
from assistant.presenting import Presenter
from assistant.redaction import redact
from assistant.service import Command, Service
from assistant.state import Json, State
from assistant.understanding import UnknownAnswer, read_answer, read_facts
from faq.answering import Reading
from faq.model import Entry, Match
from faq.triage import Triage
from rules.facts import FactError, Facts, parse_facts
from rules.judge import Judgement

COMMAND_SCORE = 90
# Facts that say something about work and disability; an age or a town alone does not make a message ours.
_INCIDENTAL = frozenset({"age", "birth_date", "municipality", "moving_municipality", "branch"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What came in: a message, or an exact answer to the open question, with the state so far."""

    state: State
    language: str
    as_of: date
    today: date
    message: str | None = None
    answer: tuple[str, Json] | None = None


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


def take_turn(service: Service, turn: Turn) -> Reply:
    """The reply to one turn; raises `FactError` when an exact answer is not a possible value."""
    presenter = service.presenter(turn.language, turn.as_of)
    conversation = _Conversation(service, presenter, turn)
    if turn.answer is not None:
        return conversation.answered(*turn.answer)
    return conversation.said(turn.message or "")


def reconsider(service: Service, turn: Turn, fact: str, ask: bool) -> Reply:
    """Take a fact back without losing the others; with `ask` its question is put again."""
    conversation = _Conversation(service, service.presenter(turn.language, turn.as_of), turn)
    if fact not in service.law.vocabulary:
        return conversation.go_on(turn.state)
    state = turn.state.without(fact)
    return conversation.ask_again(state, fact) if ask else conversation.go_on(replace(state, asked=None))


class _Conversation:
    """The steps of one turn; holds no state of its own between turns."""

    def __init__(self, service: Service, presenter: Presenter, turn: Turn) -> None:
        self.service, self.presenter, self.turn = service, presenter, turn
        self.t = presenter.text

    # --- what was said

    def answered(self, fact: str, value: Json) -> Reply:
        state = replace(self.turn.state.with_fact(fact, value), asked=None)
        self._parse({fact: value})
        return self.go_on(self._settle(state, {fact}))

    def said(self, raw: str) -> Reply:
        redacted = redact(raw)
        reply = self._respond(redacted.text)
        if redacted.found:
            return replace(reply, reply=f"{self.t('chat.cpr_removed')}\n\n{reply.reply}")
        return reply

    def _respond(self, message: str) -> Reply:
        reading = self.service.read(message, self.turn.state.topic)
        if reading.triage.kind == "crisis":
            return self._plain("crisis", reading.triage.reply)
        command = self._command(message)
        if command is not None:
            return self._obey(command)
        return self._short_answer(message) or self._message(message, reading)

    def _command(self, message: str) -> Command | None:
        spoken = message.casefold().strip(" .!?")
        if len(spoken) > 60:
            return None
        for command in self.service.commands:
            if process.extractOne(spoken, command.say, scorer=fuzz.ratio, score_cutoff=COMMAND_SCORE):
                return command
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
        judgement = self._judge(state)
        question = self.presenter.question(fact)
        label = self.presenter.texts(f"fact.{fact}.label")
        return self._reply(
            "question", self.t("chat.undone", label=label), replace(state, asked=fact), judgement, question
        )

    def _why(self) -> Reply:
        asked = self.turn.state.asked
        if asked is None:
            return self._plain("smalltalk", self.t("chat.no_question_open"))
        laws = sorted(
            {
                result.condition.law_on(self.turn.as_of)
                for scheme in self._judge(self.turn.state).schemes
                if scheme.version.scheme.id in (self.turn.state.focus or core(self.service.law))
                for result in scheme.conditions
                if asked in result.facts and result.outcome == "unknown"
            }
        )
        text = self.presenter.question(asked)["help"]
        if laws:
            text += "\n\n" + self.t("chat.why_law", laws="; ".join(laws))
        judgement = self._judge(self.turn.state)
        return self._reply("question", text, self.turn.state, judgement, self.presenter.question(asked))

    def _short_answer(self, message: str) -> Reply | None:
        """The message as an answer to the open question, if it is one."""
        asked = self.turn.state.asked
        if asked is None:
            return None
        question = self.presenter.question(asked)
        options = [str(option["value"]) for option in question["options"]] if question["kind"] == "choice" else []
        value = read_answer(asked, question["kind"], options, message, self.turn.as_of)
        if isinstance(value, UnknownAnswer):
            return None
        also = {r.fact: r.value for r in read_facts(message, self.turn.as_of) if r.fact != asked}
        try:
            self._parse({asked: value})
        except FactError as error:
            return self._not_possible(asked, error)
        state = self.turn.state.with_fact(asked, value)
        for fact, other in also.items():
            state = state.with_fact(fact, other)
        return self.go_on(self._settle(replace(state, asked=None), {asked, *also}))

    def _not_possible(self, asked: str, error: FactError) -> Reply:
        problem = error.problems[0]
        text = self.t(f"error.{problem.code}", **problem.params)
        state = self.turn.state
        return self._reply("question", text, state, self._judge(state), self.presenter.question(asked))

    # --- a free message

    def _message(self, message: str, reading: Reading) -> Reply:
        state = self.turn.state
        spoken = message.casefold().strip()
        exact = next((entry for entry in self.service.corpus.values() if entry.title.casefold() == spoken), None)
        match = reading.match
        if exact is None and reading.triage.kind != "question":
            return self._turned_away(reading.triage)
        readings = {r.fact: r.value for r in read_facts(message, self.turn.as_of)}
        told = bool(readings.keys() - _INCIDENTAL)
        if exact is None and match.kind == "none" and not told:
            return self._turned_away(reading.triage)
        for fact, value in readings.items():
            state = state.with_fact(fact, value)
        state = self._settle(state, set(readings))
        if exact is not None:
            return self._tell(exact, state, 1.0, readings=bool(readings))
        if match.kind == "answer":
            best = match.candidates[0]
            return self._tell(self.service.corpus[best.entry_id], state, best.score, match, bool(readings))
        if match.kind == "clarify":
            return self._clarify(match, state)
        return self.go_on(replace(state, focus=signalled(self.service.law, state.facts) or state.focus))

    def _turned_away(self, found: Triage) -> Reply:
        kind = "smalltalk" if found.kind == "smalltalk" else "out_of_scope"
        text = found.reply or self.t("chat.out_of_scope")
        return self._plain(kind, text)

    def _tell(
        self, entry: Entry, state: State, score: float, match: Match | None = None, readings: bool = False
    ) -> Reply:
        """Answer from the corpus, with what the facts add to it and the question that follows from them."""
        law = self.service.law
        focus = tuple(dict.fromkeys((*signalled(law, state.facts), *entry.schemes))) if entry.schemes else state.focus
        state = replace(state, topic=entry.id, focus=focus)
        judgement = self._judge(state) if state.facts else None
        question = self._next(state) if judgement and (readings or state.asked) else None
        parts = [self.t("chat.answering", title=entry.title)]
        if judgement is not None:
            parts += self._personal(judgement, state, entry.schemes if readings else ())
        parts.append(entry.answer)
        if entry.law:
            parts.append(self.t("chat.law", law="; ".join(entry.law)))
        state = replace(state, asked=question["fact"] if question else None)
        faq = [self.entry(entry, score)]
        if match is not None:
            faq += [self.entry(self.service.corpus[c.entry_id], c.score) for c in match.candidates[1:]]
        suggestions = [self.service.corpus[id_].title for id_ in entry.related[:3]]
        if entry.schemes and question is None:
            suggestions.insert(0, self.t("chat.begin"))
        return self._reply("faq", "\n\n".join(parts), state, judgement, question, faq, suggestions)

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

    def _clarify(self, match: Match, state: State) -> Reply:
        entries = [self.service.corpus[c.entry_id] for c in match.candidates[:3]]
        text = self.t("chat.clarify") + "\n\n" + "\n".join(f"• {entry.title}" for entry in entries)
        state = replace(state, offered=tuple(entry.id for entry in entries))
        faq = [self.entry(self.service.corpus[c.entry_id], c.score) for c in match.candidates]
        judgement = self._judge(state) if state.facts else None
        return self._reply("clarify", text, state, judgement, None, faq, [entry.title for entry in entries])

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
                return state
        return state

    def _judge(self, state: State) -> Judgement:
        return self.service.judge.judge(self._parse(state.facts), self.turn.as_of)

    def _next(self, state: State) -> dict[str, Any] | None:
        schemes = state.focus or core(self.service.law)
        last = state.order[-1] if state.order else None
        fact = self.service.questions.best(self._parse(state.facts), self.turn.as_of, schemes, last)
        return self.presenter.question(fact) if fact else None

    def go_on(self, state: State) -> Reply:
        """The interview's next step: a question, or where every scheme in focus stands."""
        judgement = self._judge(state)
        question = self._next(state)
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
        before = {r.version.scheme.id: r.outcome for r in self._judge(self.turn.state).schemes}
        closed = [
            self._outcome_line(r.version.scheme.id, judgement)
            for r in judgement.schemes
            if r.version.scheme.id in schemes
            and r.outcome == "not_eligible"
            and before[r.version.scheme.id] != "not_eligible"
        ]
        return "\n\n".join([*closed, self.t("chat.one_question")])

    # --- what goes out

    def entry(self, entry: Entry, score: float) -> dict[str, Any]:
        return {
            "id": entry.id,
            "title": entry.title,
            "answer": entry.answer.strip(),
            "short": entry.short.strip(),
            "score": round(min(max(score, 0.0), 1.0), 4),
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
        judgement = self._judge(state) if state.facts else None
        question = self.presenter.question(state.asked) if state.asked and kind != "crisis" else None
        return self._reply(kind, text, state, judgement if kind != "crisis" else None, question)

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
        return Reply(kind, text, state, tuple(faq or ()), eligibility, question, tuple(suggestions or ()), understood)
