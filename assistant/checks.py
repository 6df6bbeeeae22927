"""Checks across packages: every rule can be explained in every language, and nothing is overdue for a reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant import municipality
from assistant.service import Service
from assistant.texts import DEFAULT
from faq.matcher import ways
from faq.samples import is_current
from rules.lawbook import LawBook


def needed_texts(law: LawBook) -> Iterator[str]:
    """The key of every text that the rules can call for."""
    for fact, spec in law.vocabulary.items():
        yield from (f"fact.{fact}.{part}" for part in ("label", "question", "help", *spec.values))
    for name, reading in law.readings.items():
        if name not in law.vocabulary and name not in ("pension_now", "works_hours", "asks_hours"):
            yield from (f"reading.{name}.{symbol}" for symbol in reading.symbols)
    for id_, scheme in law.schemes.items():
        yield from (f"scheme.{id_}.name", f"scheme.{id_}.short")
        yield from (f"change.{change.id}" for change in scheme.changes)
        yield from (f"step.{step}" for step in scheme.next_steps)
        yield from (f"amount.{amount.id}" for amount in scheme.amounts)
        for condition in scheme.conditions:
            yield f"condition.{condition.id}.text"
            for row in condition.rows:
                if row.then != "not_applicable":
                    yield f"condition.{condition.id}.{row.then}" + (f".{row.why}" if row.why else "")
    for figure in law.figures.tables:
        yield from (f"figure.{figure}.known", f"figure.{figure}.unknown")
    for deadline in (*law.deadlines, *(d for s in law.schemes.values() for d in s.deadlines)):
        yield from (f"deadline.{deadline.id}", f"deadline.{deadline.id}.span")
    for outcome in ("eligible", "assess", "unknown", "not_eligible"):
        yield from (f"outcome.{outcome}.label", f"outcome.{outcome}.summary")


def missing_texts(service: Service) -> Iterator[str]:
    """Texts that the rules call for and Danish lacks."""
    danish = service.texts[DEFAULT].danish
    for key in dict.fromkeys(needed_texts(service.law)):
        if not danish.get(key):
            yield f"locales/da: teksten «{key}» mangler; skriv den i .po-filen"


def untrained(service: Service) -> Iterator[str]:
    """Whether the matcher has learnt from the answers as they are now."""
    if not is_current(service.corpus):
        yield "faq/weights.tsv: svar eller måder at spørge på er ændret, siden guiden lærte dem; kør «make train»"


def unfound(service: Service) -> Iterator[str]:
    """Ways of asking for a municipality's own answers that the guide does not recognise as such."""
    for code, local in service.local.items():
        own = service.municipalities.by_code[code].answers
        for entry in own.values():
            asked = [] if entry.id in service.corpus else ways(entry)
            for text in asked:
                reading = local.read(text, None)
                if entry.id not in [candidate.entry_id for candidate in reading.match.candidates]:
                    place = f"{code}/answers: {entry.id}"
                    yield f"{place} bliver ikke fundet på «{text}»; skriv det på en anden måde, eller slet det"


def stale(service: Service, today: date) -> Iterator[str]:
    """Law files and answers that must be read again."""
    for name in service.law.overdue(today):
        yield f"rules/law: {name} er ikke læst mod loven længe; læs den igennem og sæt «checked_on» til i dag"
    for entry in service.corpus.values():
        if (today - entry.reviewed_on).days > service.law.check_within_days:
            yield f"faq/answers: {entry.id} er ikke læst længe; læs det igennem og sæt «reviewed_on» til i dag"
    yield from municipality.stale(service.municipalities, today, service.law.check_within_days)
