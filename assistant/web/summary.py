"""The citizen's own summary to bring along, and the order schemes are shown in: made on request and kept nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from assistant.texts import Texts

Json = Mapping[str, Any]
OUTCOMES = ("eligible", "assess", "unknown", "not_eligible")
# Which of its conditions decide the outcome of a scheme.
_DECIDING = {"eligible": "met", "assess": "assess", "unknown": "unknown", "not_eligible": "unmet"}
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Arranged:
    """Schemes, each group best outcome first: those the talk is about, others that may fit, and the rest."""

    asked: list[Json]
    maybe: list[Json]
    others: list[Json]

    @property
    def shown(self) -> list[Json]:
        return [*self.asked, *self.maybe]


def arranged(schemes: Iterable[Json], focus: tuple[str, ...]) -> Arranged:
    """Without a focus the talk is about every scheme that something can be said of."""
    ordered = sorted(schemes, key=lambda scheme: OUTCOMES.index(scheme["outcome"]))
    asked = [s for s in ordered if (s["id"] in focus if focus else s["outcome"] != "unknown")]
    rest = [s for s in ordered if s not in asked]
    maybe = [s for s in rest if s["outcome"] in ("eligible", "assess")]
    return Arranged(asked, maybe, [s for s in rest if s not in maybe])


def reasons(scheme: Json) -> list[Json]:
    """The conditions that decide the outcome; all that rule a scheme out, the first few of the others."""
    deciding = [c for c in scheme["conditions"] if c["outcome"] == _DECIDING[scheme["outcome"]]]
    return deciding if scheme["outcome"] == "not_eligible" else deciding[:MOST_REASONS]


def coming(scheme: Json, today: date) -> list[Json]:
    """The deadlines of a scheme; one that has passed is only told where the scheme may still fit."""
    return [
        deadline
        for deadline in scheme["deadlines"]
        if scheme["outcome"] != "not_eligible" or deadline.get("date_to", deadline["date"]) >= today.isoformat()
    ]


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do next: under each scheme what only it asks for, and once what several have in common."""

    own: dict[str, list[str]]
    common: list[str]


def steps(schemes: Iterable[Json]) -> Steps:
    """The next steps of the schemes that may fit or that more must be known about."""
    listed = {s["id"]: s["next_steps"] for s in schemes if s["outcome"] != "not_eligible"}
    count = Counter(step for steps in listed.values() for step in steps)
    common = [step for step in count if count[step] > 1]
    return Steps({id_: [step for step in steps if step not in common] for id_, steps in listed.items()}, common)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the citizen told, in the first person; `key` is the text it was made from."""

    key: str
    text: str


def sentences(understood: Iterable[Json], t: Texts) -> list[Sentence]:
    """What was told, each as "Jeg …"; a fact without a sentence of its own as its label and value."""
    return [_sentence(told, t) for told in understood if told["value"] is not None]


def _sentence(told: Json, t: Texts) -> Sentence:
    key = f"page.resume.fact.{told['fact']}"
    if isinstance(told["value"], bool):
        key += ".yes" if told["value"] else ".no"
    if t.has(key):
        return Sentence(key, t(key, value=told["text"]))
    return Sentence(f"fact.{told['fact']}.label", f"{told['label']}: {told['text']}")


@cache
def _weasyprint() -> ModuleType | None:
    """The PDF maker; None where it or the libraries it calls are not installed."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):
        return None


def can_make_pdf() -> bool:
    return _weasyprint() is not None


def pdf(html: str, css: str) -> bytes:
    """A page as a tagged PDF that fetches nothing, from the net or the disk; raises `RuntimeError` without the maker."""
    maker = _weasyprint()
    if maker is None:
        raise RuntimeError("WeasyPrint is missing")
    nothing = maker.urls.URLFetcher(allowed_protocols=())
    style = maker.CSS(string=css, url_fetcher=nothing)
    made: bytes = maker.HTML(string=html, url_fetcher=nothing).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return made
