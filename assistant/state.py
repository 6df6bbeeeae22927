"""What a conversation remembers, signed and handed to the client: the server keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

MAX_STATE = 16_000
Json = bool | int | float | str | None


class StateError(ValueError):
    """The state cannot be used; `code` says why: `tampered`, `expired` or `too_large`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class _Payload(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    facts: dict[str, Json] = {}
    order: list[str] = []
    asked: str | None = None
    topic: str | None = None
    focus: list[str] = []
    offered: list[str] = []
    answered: list[str] = []


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversation stands.

    `facts` as they would come over HTTP (None: "ved ikke"), `order` the facts in the order they were told, `asked` the
    fact of the open question, `topic` the answer given last, `focus` the schemes the talk is about, `offered` the
    answers offered when two were close, `answered` the facts told as answers to a question of the interview.
    """

    facts: dict[str, Json] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    asked: str | None = None
    topic: str | None = None
    focus: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()

    def with_fact(self, fact: str, value: Json) -> State:
        order = (*(name for name in self.order if name != fact), fact)
        return replace(self, facts={**self.facts, fact: value}, order=order)

    def with_answer(self, fact: str, value: Json) -> State:
        """The same with a fact that was asked for; no question is open then."""
        answered = (*(name for name in self.answered if name != fact), fact)
        return replace(self.with_fact(fact, value), asked=None, answered=answered)

    def without(self, fact: str) -> State:
        facts = {name: value for name, value in self.facts.items() if name != fact}
        order = tuple(name for name in self.order if name != fact)
        return replace(self, facts=facts, order=order, answered=tuple(name for name in self.answered if name != fact))


class StateSigner:
    """Signs states and opens them again. Not secret: the client may read it, only not change it."""

    def __init__(self, secret_key: str, max_age_days: int) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="conversation-1")
        self._max_age = max_age_days * 24 * 3600

    def sign(self, state: State) -> str:
        payload = _Payload(
            facts=state.facts,
            order=list(state.order),
            asked=state.asked,
            topic=state.topic,
            focus=list(state.focus),
            offered=list(state.offered),
            answered=list(state.answered),
        )
        signed = self._serializer.dumps(payload.model_dump(exclude_defaults=True))
        return signed if isinstance(signed, str) else signed.decode("ascii")

    def open(self, signed: str | None) -> State:
        """The state behind a signed string; raises `StateError`. None is a conversation that begins."""
        if signed is None:
            return State()
        if len(signed) > MAX_STATE:
            raise StateError("too_large")
        try:
            payload = _Payload.model_validate(self._serializer.loads(signed, max_age=self._max_age))
        except SignatureExpired as error:
            raise StateError("expired") from error
        except (BadSignature, ValidationError) as error:
            raise StateError("tampered") from error
        return State(
            payload.facts,
            tuple(payload.order),
            payload.asked,
            payload.topic,
            tuple(payload.focus),
            tuple(payload.offered),
            tuple(payload.answered),
        )
