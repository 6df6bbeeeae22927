"""The shape of every request: it validates at the edge, and the OpenAPI document is made from it."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

MAX_MESSAGE = 2000

JsonValue = bool | int | float | str | None


def _iso_date(value: object) -> object:
    """Only `YYYY-MM-DD`: pydantic would also take timestamps and numbers."""
    if value is None or (isinstance(value, str) and len(value) == len("2026-11-22")):
        return value
    raise PydanticCustomError("not_date", "not a date YYYY-MM-DD")


IsoDate = Annotated[datetime.date, BeforeValidator(_iso_date)]
MunicipalityName = Annotated[
    str,
    StringConstraints(max_length=100),
    Field(description="Name or code of the municipality whose site this is; it says nothing about where anyone lives"),
]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"additionalProperties": False})


class Answer(_Request):
    """An exact answer to `next_question`; `value: null` means "ved ikke"."""

    fact: Annotated[str, StringConstraints(max_length=100)]
    value: JsonValue


class ChatRequest(_Request):
    """One turn of a conversation: a message, or an answer to the open question."""

    message: Annotated[str, StringConstraints(max_length=MAX_MESSAGE)] | None = None
    answer: Answer | None = None
    state: str | None = Field(default=None, description="Opaque, from the last reply")
    lang: str | None = None
    municipality: MunicipalityName | None = None
    as_of: IsoDate | None = None

    @model_validator(mode="after")
    def _one_of(self) -> ChatRequest:
        if (self.message is None) == (self.answer is None):
            raise PydanticCustomError("message_or_answer", "either message or answer")
        if self.message is not None and not self.message.strip():
            raise PydanticCustomError("empty_message", "empty message")
        return self


class EligibilityRequest(_Request):
    """Facts about a person, and the day whose rules they are judged by."""

    facts: dict[str, Any] = Field(description="Facts by id; the vocabulary is at /api/v1/facts")
    as_of: IsoDate | None = None
    lang: str | None = None
    schemes: list[str] | None = None


class BatchLine(EligibilityRequest):
    """One case of a batch; `id` is the sender's own and comes back with the reply."""

    id: str | int | None = None


class CompareRequest(EligibilityRequest):
    """Facts about a person, and the two days whose law they are judged by."""

    compare_to: IsoDate


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field(default_factory=list)


class FaqAnswer(BaseModel):
    """An answer of the corpus, as a chat reply gives it."""

    id: str
    lang: str = Field(description="The language of title, short and answer: Danish where it has not been translated")
    title: str
    answer: str
    short: str
    score: float = Field(ge=0, le=1)
    evidence: list[str] = Field(description="The words of the message that decided, as they were written")
    law: list[str]
    sources: list[dict[str, str]]
    reviewed_on: datetime.date


class Option(BaseModel):
    value: JsonValue
    label: str


class Question(BaseModel):
    """The interview's open question."""

    fact: str
    text: str
    help: str
    kind: Literal["yesno", "choice", "number", "date", "text"]
    options: list[Option]
    law: list[str] = Field(description="The paragraphs that make it be asked")


class ConditionReply(BaseModel):
    id: str
    outcome: Literal["met", "unmet", "assess", "unknown", "note", "not_applicable"]
    text: str
    why: str
    citation: str
    facts: list[str]


class DeadlineReply(BaseModel):
    id: str
    date: datetime.date
    date_to: datetime.date | None = None
    text: str


class FigureReply(BaseModel):
    """An amount set for a year at a time: `values` in kroner by part, empty where none is verified for the year."""

    id: str
    year: int
    unit: Literal["kr_per_hour", "kr_per_month"]
    known: bool
    values: dict[str, float]
    text: str
    sources: list[str]


class SchemeReply(BaseModel):
    id: str
    name: str
    outcome: Literal["eligible", "assess", "unknown", "not_eligible"]
    summary: str
    conditions: list[ConditionReply]
    missing: list[str]
    deadlines: list[DeadlineReply]
    figures: list[FigureReply]
    changes: list[dict[str, Any]]
    next_steps: list[str]
    version: dict[str, Any]


class EligibilityReply(BaseModel):
    as_of: datetime.date
    schemes: list[SchemeReply]
    deadlines: list[DeadlineReply]
    next_question: Question | None
    notices: list[str]


class OutcomeReply(BaseModel):
    """A scheme on one of the compared days."""

    outcome: Literal["eligible", "assess", "unknown", "not_eligible"]
    outcome_label: str
    summary: str
    route: str
    version: dict[str, Any]


class ConditionComparisonReply(BaseModel):
    """A condition that differs; `only` names the one day whose law has it."""

    id: str
    only: Literal["earlier", "later"] | None
    text: str
    earlier: ConditionReply | None
    later: ConditionReply | None


class AmendmentReply(BaseModel):
    id: str
    on: datetime.date
    text: str
    sources: list[str]


class SchemeComparisonReply(BaseModel):
    id: str
    name: str
    changed: bool
    text: str
    earlier: OutcomeReply
    later: OutcomeReply
    conditions: list[ConditionComparisonReply]
    amendments: list[AmendmentReply]


class CompareReply(BaseModel):
    as_of: datetime.date
    compare_to: datetime.date
    earlier: datetime.date
    later: datetime.date
    schemes: list[SchemeComparisonReply]
    notices: list[str]


class ContactReply(BaseModel):
    """How to get hold of the municipality concerned: `text` is all of it, the rest its parts."""

    municipality: str | None
    text: str
    lead: str
    title: str
    url: str
    note: str


class ChatReply(BaseModel):
    kind: Literal["faq", "eligibility", "question", "clarify", "smalltalk", "out_of_scope", "crisis"]
    reply: str
    faq: list[FaqAnswer]
    facts: dict[str, JsonValue]
    eligibility: EligibilityReply | None
    next_question: Question | None
    suggestions: list[str]
    contact: ContactReply | None
    state: str
