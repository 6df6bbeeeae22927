"""A judged case as a line of the result: CSV, NDJSON, or cells for a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assistant.texts import Texts
from rules.dates import Span
from rules.judge import Judgement

TOLD = ("unmet", "unknown", "assess")


def _opening(cases: CaseList, kind: str, desk: Desk) -> bytes:
    """What stands before the first case."""
    if kind == "ndjson":
        return b""
    header = _header(cases, desk)
    # Excel knows a CSV file as UTF-8 by its byte order mark.
    return codecs.BOM_UTF8 + _csv_line(header, cases.delimiter) if kind == "csv" else _json_line(header)


def _line(case: Case, cases: CaseList, kind: str, desk: Desk) -> bytes:
    """A case in the partial result; for XLSX a line of JSON, since a workbook cannot grow."""
    if kind == "ndjson":
        return _json_line(_as_object(case, desk))
    cells = _as_cells(case, cases, desk)
    return _csv_line(cells, cases.delimiter) if kind == "csv" else _json_line(cells)


def _json_line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _csv_line(cells: Iterable[Any], delimiter: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue().encode()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    formula = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def _header(cases: CaseList, desk: Desk) -> list[Any]:
    """The headings of a result as a table."""
    t = desk.texts
    parts = [t(f"caselist.column.{part}") for part in ("outcome", "reasons", "missing", "deadlines")]
    return [
        t("caselist.column.row"),
        cases.headings.get("id", "id"),
        cases.headings.get("as_of", "as_of"),
        *(cases.headings[name] for name in _facts_of(cases)),
        t("caselist.column.problems"),
        t("caselist.column.deadlines"),
        *(f"{scheme}: {part}" for scheme in desk.schemes for part in parts),
    ]


def _facts_of(cases: CaseList) -> list[str]:
    return [name for name in cases.headings if name not in ("id", "as_of")]


def _as_cells(case: Case, cases: CaseList, desk: Desk) -> list[Any]:
    """A case as a row of the result: what was given, what is wrong, and for each scheme its outcome and why."""
    given = [_shown(case.row.cells.get(name), desk.texts) for name in _facts_of(cases)]
    problems = "\n".join(f"{name}: {message}" if name else message for name, message in case.problems)
    as_of = case.as_of.isoformat() if case.judgement else _shown(case.row.cells.get("as_of"), desk.texts)
    start = [case.row.number, case.id, as_of, *given, problems]
    if case.judgement is None:
        return [*start, "", *[""] * 4 * len(desk.schemes)]
    told = _told(case, case.judgement, desk)
    cells: list[Any] = [*start, _deadline_lines(told["deadlines"])]
    for scheme in told["schemes"]:
        reasons = [
            desk.texts(f"caselist.reason.{reason['outcome']}", **reason)
            for reason in scheme["reasons"]
        ]
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


def _as_object(case: Case, desk: Desk) -> dict[str, Any]:
    """A case as a line of NDJSON."""
    told: dict[str, Any] = {"row": case.row.number, "id": case.id}
    if case.judgement is None:
        return {**told, "errors": [{"field": name, "message": message} for name, message in case.problems]}
    known = {name: str(value) if isinstance(value, Span) else value for name, value in case.facts.known.items()}
    facts = {**known, **dict.fromkeys(sorted(case.facts.declined))}
    return {**told, "as_of": case.as_of.isoformat(), "facts": facts, **_told(case, case.judgement, desk)}
