"""The shapes of what only the embedded element asks for and gets."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.web.schemas import MunicipalityName


class Correction(BaseModel):
    """A fact that was understood wrongly; with `ask` its question is put again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"additionalProperties": False})

    fact: Annotated[str, StringConstraints(max_length=100)]
    ask: bool = False
    state: str | None = Field(default=None, description="Opaque, from the last reply")
    lang: str | None = None
    municipality: MunicipalityName | None = None


class Example(BaseModel):
    """A question to begin with: what is sent, and the words on its button."""

    say: str
    label: str


class Topic(BaseModel):
    id: str
    title: str


class WidgetReply(BaseModel):
    """The words of the conversation, what it opens on, and the attributes there was nothing for."""

    language: str
    direction: str
    texts: dict[str, str]
    danish: dict[str, str] = Field(description="Texts that are Danish in every language")
    examples: list[Example]
    municipality: str | None = Field(description="Whose site this is, in words")
    municipality_code: str | None = Field(description="What to send along as `municipality`")
    topic: Topic | None
    unknown: list[str]
