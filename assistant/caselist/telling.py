"""A judged case as a line of the result: CSV, NDJSON, or cells for a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assistant.caselist.judging import Case, Desk
from assistant.caselist.reading import CaseList
from assistant.caselist.spellings import AS_OF, ID, is_number
from assistant.texts import Texts
from rules.dates import Span
from rules.judge import Judgement

TOLD = ("unmet", "unknown", "assess")
_OF_A_SCHEME = ("outcome", "reasons", "missing", "deadlines")


def opening(cases: CaseList, kind: str, desk: Desk) -> bytes:
    """What stands before the first case."""
    if kind == "ndjson":
        return b""
    header = _header(cases, desk)
    # Excel knows a CSV file as UTF-8 by its byte order mark.
    return codecs.BOM_UTF8 + _csv_line(header, cases.delimiter) if kind == "csv" else _json_line(header)


def line(case: Case, cases: CaseList, kind: str, desk: Desk) -> bytes:
    """A case as a line; for a workbook, which cannot grow, its cells as JSON."""
    if kind == "ndjson":
        return _json_line(_as_object(case, desk))
    cells = _as_cells(case, cases, desk)
    return _csv_line(cells, cases.delimiter) if kind == "csv" else _json_line(cells)


def _json_line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _csv_line(cells: Iterable[object], delimiter: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue().encode()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    formula = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number(cell)
    return f"'{cell}" if formula else cell


def _header(cases: CaseList, desk: Desk) -> list[object]:
    """The headings of a result: those of the list as they were written, and for each scheme four."""
    t = desk.texts
    parts = [t(f"caselist.column.{part}") for part in _OF_A_SCHEME]
    return [
        t("caselist.column.row"),
        cases.headings.get(ID, ID),
        cases.headings.get(AS_OF, AS_OF),
        *(cases.headings[fact] for fact in cases.facts),
        t("caselist.column.problems"),
        t("caselist.column.deadlines"),
        *(f"{scheme}: {part}" for scheme in desk.schemes for part in parts),
    ]


def _as_cells(case: Case, cases: CaseList, desk: Desk) -> list[object]:
    """What was given, what is wrong with it, and for each scheme the outcome and why."""
    given = [_shown(case.row.cells.get(fact), desk.texts) for fact in cases.facts]
    if case.judgement is None:
        problems = "\n".join(f"{name}: {message}" if name else message for name, message in case.problems)
        nothing = [""] * (1 + len(_OF_A_SCHEME) * len(desk.schemes))
        return [case.row.number, case.id, _shown(case.row.cells.get(AS_OF), desk.texts), *given, problems, *nothing]
    told = _told(case, case.judgement, desk)
    cells = [case.row.number, case.id, case.as_of.isoformat(), *given, "", _deadline_lines(told["deadlines"])]
    for scheme in told["schemes"]:
        reasons = [desk.texts(f"caselist.reason.{reason['outcome']}", **reason) for reason in scheme["reasons"]]
        missing = [f"{desk.texts(f'fact.{fact}.label')} ({fact})" for fact in scheme["missing"]]
        cells += [scheme["outcome_label"], "\n".join(reasons), "\n".join(missing), _deadline_lines(scheme["deadlines"])]
    return cells


def _shown(cell: object, texts: Texts) -> object:
    """A cell of the list as it goes into the result."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return texts("answer.yes" if cell else "answer.no")
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return cell if isinstance(cell, int | float) else str(cell)


def _deadline_lines(deadlines: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"{deadline['date']}: {deadline['text']} ({deadline['id']})" for deadline in deadlines)


def _as_object(case: Case, desk: Desk) -> dict[str, Any]:
    told: dict[str, Any] = {"row": case.row.number, "id": case.id}
    if case.judgement is None:
        return {**told, "errors": [{"field": name, "message": message} for name, message in case.problems]}
    known = {name: str(value) if isinstance(value, Span) else value for name, value in case.facts.known.items()}
    facts = {**known, **dict.fromkeys(sorted(case.facts.declined))}
    return {**told, "as_of": case.as_of.isoformat(), "facts": facts, **_told(case, case.judgement, desk)}


def _told(case: Case, judgement: Judgement, desk: Desk) -> dict[str, Any]:
    """A judgement as the API tells it, cut down to what a list needs."""
    presenter = desk.presenter(case.as_of)
    schemes = []
    for result in judgement.schemes:
        told = presenter.scheme(result)
        reasons = [
            {key: condition[key] for key in ("id", "outcome", "why", "citation")}
            for condition in told["conditions"]
            if condition["outcome"] in TOLD
        ]
        kept = {key: told[key] for key in ("id", "name", "outcome", "outcome_label", "missing", "deadlines")}
        schemes.append({**kept, "reasons": reasons})
    return {"schemes": schemes, "deadlines": [presenter.deadline(deadline) for deadline in judgement.deadlines]}
