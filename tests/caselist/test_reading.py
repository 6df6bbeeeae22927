"""A list is read as caseworkers and their programs write it, and what cannot be read is named and never guessed."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.caselist.judging import Case, Desk, judge_row
from assistant.caselist.reading import ListError, open_list, read_rows
from assistant.caselist.spellings import Spellings

HEADINGS = "id;Din arbejdssituation;weekly_hours;Praktik, løntilskud eller andet tilbud"
ROW = "Sørensen-Å;Førtidspensionist uden job;37,5;nej"


def judged(path: Path, desk: Desk, spellings: Spellings) -> list[Case]:
    cases = open_list(path, spellings)
    return [judge_row(row, cases, desk) for row in read_rows(cases)]


def in_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_case(
    tmp_path: Path, desk: Desk, spellings: Spellings, encoding: str, line_end: str
) -> None:
    path = in_csv(tmp_path / "sager.csv", line_end.join((HEADINGS, ROW, "")), encoding)
    [case] = judged(path, desk, spellings)
    assert case.problems == ()
    assert case.id == "Sørensen-Å"
    assert dict(case.facts.known) == {
        "employment": "disability_pension",
        "weekly_hours": 37.5,
        "in_lab_offer": False,
    }


def test_a_letter_composed_of_two_signs_is_that_letter(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    heading = unicodedata.normalize("NFD", "Sædvanligt på arbejdspladsen")
    [case] = judged(in_csv(tmp_path / "sager.csv", f"id;{heading}\n1;ja\n"), desk, spellings)
    assert case.facts.get("aid_common_in_branch") is True


@pytest.mark.parametrize("start", ["", "sep=;\n"])
def test_labels_with_a_comma_do_not_hide_the_semicolon(
    tmp_path: Path, desk: Desk, spellings: Spellings, start: str
) -> None:
    [case] = judged(in_csv(tmp_path / "sager.csv", f"{start}{HEADINGS}\n{ROW}\n"), desk, spellings)
    assert case.facts.get("in_lab_offer") is False


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found(tmp_path: Path, desk: Desk, spellings: Spellings, separator: str) -> None:
    lines = ("id age needs_aid", "7 62 ja", '8 "61" nej')
    path = in_csv(tmp_path / "sager.csv", "\n".join(line.replace(" ", separator) for line in lines))
    cases = judged(path, desk, spellings)
    assert [(case.id, case.facts.get("age"), case.facts.get("needs_aid")) for case in cases] == [
        ("7", 62, True),
        ("8", 61, False),
    ]


@pytest.mark.parametrize(
    ("fact", "cell", "value"),
    [
        ("needs_aid", "Ja", True),
        ("needs_aid", " NEJ ", False),
        ("needs_aid", "SAND", True),
        ("needs_aid", "0", False),
        ("weekly_hours", "37", 37),
        ("weekly_hours", "12,5", 12.5),
        ("weekly_hours", "12.5", 12.5),
        ("birth_date", "1-3-1963", "1963-03-01"),
        ("birth_date", "01.03.1963", "1963-03-01"),
        ("birth_date", "1963-03-01", "1963-03-01"),
        ("birth_date", "1963-03", "1963-03"),
        ("birth_date", "3-1963", "1963-03"),
        ("birth_date", "03.1963", "1963-03"),
        ("birth_date", "1963", "1963"),
        ("employment", "ansat i  FLEKSJOB", "flexjob"),
        ("employment", "flexjob", "flexjob"),
        ("municipality", " Aarhus  C ", "Aarhus C"),
    ],
)
def test_danish_ways_to_write_an_answer(
    tmp_path: Path, desk: Desk, spellings: Spellings, fact: str, cell: str, value: object
) -> None:
    [case] = judged(in_csv(tmp_path / "sager.csv", f"id;{fact}\n1;{cell}\n"), desk, spellings)
    assert case.problems == ()
    found = case.facts.get(fact)
    assert (found if isinstance(value, bool | int | float) else str(found)) == value


@pytest.mark.parametrize(
    ("fact", "cell", "remedy"),
    [
        ("needs_aid", "måske", "Skriv ja, nej eller ved ikke"),
        ("weekly_hours", "81", "fra 0 til 80"),
        ("weekly_hours", "37 timer", "Skriv et tal"),
        ("education_months", "1.500", "Skriv et tal"),  # fifteen hundred or one and a half
        ("education_months", "18,5", "helt tal"),
        ("age", "9" * 400, "Skriv et tal"),
        ("birth_date", "31-02-1963", "dd-mm-åååå"),
        ("birth_date", "3/1/1963", "dd-mm-åååå"),
        ("birth_date", "13-1963", "dd-mm-åååå"),
        ("birth_date", "1-3.1963", "dd-mm-åååå"),
        ("birth_date", "010363-1234", "dd-mm-åååå"),
        ("employment", "i job", "Ansat i fleksjob"),
        ("municipality", "x" * 201, "200"),
        ("as_of", "2026", "åååå-mm-dd"),
        ("as_of", "01-01-1999", "2009-07-07"),
    ],
)
def test_a_bad_cell_is_named_with_what_to_write(
    tmp_path: Path, desk: Desk, spellings: Spellings, fact: str, cell: str, remedy: str
) -> None:
    path = in_csv(tmp_path / "sager.csv", f"id;{fact};hinders_work\na;;ja\nb;{cell};ja\nc;;ja\n")
    before, bad, after = judged(path, desk, spellings)
    assert bad.row.number == 3
    assert bad.judgement is None
    [(field, message)] = bad.problems
    assert field == fact
    assert remedy in message
    assert cell not in message
    assert before.judgement is not None
    assert after.judgement is not None


def test_a_bad_cell_is_called_by_the_heading_of_its_column(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    [case] = judged(in_csv(tmp_path / "sager.csv", "id;Arbejdstid om ugen\n1;100\n"), desk, spellings)
    assert [field for field, _ in case.problems] == ["Arbejdstid om ugen"]


def test_facts_that_contradict_each_other_are_both_named(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    [case] = judged(in_csv(tmp_path / "sager.csv", "id;age;birth_date\n1;30;1950\n"), desk, spellings)
    assert {field for field, _ in case.problems} == {"age", "birth_date"}


def test_empty_is_not_said_and_ved_ikke_is_not_known(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    text = "id;needs_aid;weekly_hours;employment\n1;;ved ikke; \n2\n"
    first, second = judged(in_csv(tmp_path / "sager.csv", text), desk, spellings)
    assert dict(first.facts.known) == {}
    assert first.facts.declined == {"weekly_hours"}
    assert second.facts.declined == set()
    assert second.problems == ()


def test_each_row_may_have_its_own_day(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    facts = "self_employed;1950-01-01;ja"
    text = f"id;as_of;employment;birth_date;needs_aid\na;31-12-2019;{facts}\nb;2020-01-01;{facts}\nc;;{facts}\n"
    cases = judged(in_csv(tmp_path / "sager.csv", text), desk, spellings)
    assert [case.as_of.isoformat() for case in cases] == ["2019-12-31", "2020-01-01", "2026-11-22"]
    outcomes = [
        next(r.outcome for r in c.judgement.schemes if r.version.scheme.id == "hm") for c in cases if c.judgement
    ]
    assert outcomes == ["not_eligible", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("broken", "remedy"),
    [
        ('2;"62;ja', "anførselstegn"),
        ('2;62;"ja', "anførselstegn"),
        ("2;62;ja;og mere", "flere felter end overskriften"),
        ("2;" + "x" * 70_000 + ";ja", "for lang"),
    ],
)
def test_a_row_that_cannot_be_split_spoils_no_other(
    tmp_path: Path, desk: Desk, spellings: Spellings, broken: str, remedy: str
) -> None:
    others = "".join(f'{n};62;"ja"\n' for n in range(3, 300))
    path = in_csv(tmp_path / "sager.csv", f"id;age;needs_aid\n1;62;ja\n{broken}\n{others}")
    cases = judged(path, desk, spellings)
    assert [case.row.number for case in cases] == list(range(2, 301))
    assert [case.row.number for case in cases if case.problems] == [3]
    assert remedy in cases[1].problems[0][1]


def test_a_note_over_several_lines_is_one_cell(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    note = 'Har ringet.\nVil have en 12"" skærm; og\n\n"" mere'
    path = in_csv(tmp_path / "sager.csv", f'id;noter;age\n1;"{note}";62\n\n2;12" skærm;61\n')
    assert [(case.id, case.facts.get("age"), case.row.number) for case in judged(path, desk, spellings)] == [
        ("1", 62, 2),
        ("2", 61, 4),
    ]


def test_ndjson_is_read_flat_and_as_the_api_takes_it(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    lines = [
        {"id": 1, "age": 62, "needs_aid": None, "Arbejdstid om ugen": "12,5"},
        {"id": "b", "as_of": "2020-01-01", "facts": {"age": 61, "needs_aid": True}},
        {"id": "c", "age": "", "employment": "ledig"},
    ]
    path = tmp_path / "sager.ndjson"
    path.write_text("\n\n".join(json.dumps(line) for line in lines), encoding="utf-8-sig")
    first, second, third = judged(path, desk, spellings)
    assert (first.id, first.facts.get("weekly_hours"), first.facts.declined) == ("1", 12.5, {"needs_aid"})
    assert (second.as_of, second.facts.get("age"), second.facts.get("needs_aid")) == (date(2020, 1, 1), 61, True)
    assert (third.row.number, third.facts.get("employment")) == (5, "unemployed")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{bad", ""),
        ("[1]", ""),
        ('{"id": "x", "age": 1, "age": 2}', ""),
        ('{"id": "x", "age": 1, "Din alder": 2}', ""),
        ('{"id": "x", "agee": 1}', "agee"),
        ('{"id": "x", "age": [1]}', "age"),
        ('{"id": "x", "facts": 5}', "facts"),
        ('{"id": "x", "as_of": 2026}', "as_of"),
        ('{"id": "' + "x" * 70_000 + '"}', ""),
        ("[" * 10_000, ""),
    ],
)
def test_a_bad_line_of_ndjson_is_named(tmp_path: Path, desk: Desk, spellings: Spellings, line: str, field: str) -> None:
    path = tmp_path / "sager.ndjson"
    path.write_text(f'{{"id": 1, "age": 62}}\n{line}\n{{"id": 3, "age": 62}}\n', encoding="utf-8")
    cases = judged(path, desk, spellings)
    assert [(case.row.number, [field for field, _ in case.problems]) for case in cases] == [
        (1, []),
        (2, [field]),
        (3, []),
    ]


def test_a_workbook_gives_dates_numbers_and_truth_as_they_are(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "Din fødselsdato", "weekly_hours", "needs_aid", "hinders_work", "graduated_on", "municipality"])
    sheet.append([17, datetime(1963, 3, 1), 12.125, True, 1, 2025, 730])
    sheet.append([None] * 7)
    sheet.append(["b", "1-3-1963", "12,5", "nej", 0, "2025-06", "ved ikke"])
    sheet.append(["c", 23071, None, 2, None, None, None])
    book.save(tmp_path / "sager.xlsx")
    first, second, third = judged(tmp_path / "sager.xlsx", desk, spellings)
    assert first.id == "17"
    assert {name: str(value) for name, value in first.facts.known.items()} == {
        "birth_date": "1963-03-01",
        "weekly_hours": "12.125",
        "needs_aid": "True",
        "hinders_work": "True",
        "graduated_on": "2025",
        "municipality": "730",
    }
    assert (second.row.number, str(second.facts.get("birth_date"))) == (4, "1963-03-01")
    assert second.facts.get("hinders_work") is False
    assert second.facts.declined == {"municipality"}
    assert {field for field, _ in third.problems} == {"Din fødselsdato", "needs_aid"}


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("sager.txt", b"id;age\n1;62\n", "suffix"),
        ("sager.csv", b"navn;adresse\nBo;Vej 1\n", "no_columns"),
        ("sager.csv", b"id;as_of\n1;2026-01-01\n", "no_columns"),
        ("sager.csv", b"", "no_columns"),
        ("sager.csv", "id;age\n1;62\n".encode("utf-16"), "not_text"),
        ("sager.csv", b"id;age;Din alder\n1;62;61\n", "twice"),
        ("sager.csv", b"id;age;age\n1;62;61\n", "twice"),
        ("sager.xlsx", b"id;age\n1;62\n", "unreadable"),
        ("sager.xlsx", b"PK\x03\x04 and no more", "unreadable"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, spellings: Spellings, name: str, content: bytes, key: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ListError) as caught:
        open_list(tmp_path / name, spellings)
    assert caught.value.key == f"caselist.{key}"


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path, spellings: Spellings) -> None:
    (tmp_path / "mappe.csv").mkdir()
    for name, key in (("ingen.csv", "not_found"), ("mappe.csv", "unreadable")):
        with pytest.raises(ListError) as caught:
            open_list(tmp_path / name, spellings)
        assert caught.value.key == f"caselist.{key}"


def test_a_column_nobody_knows_is_told_with_what_was_probably_meant(tmp_path: Path, spellings: Spellings) -> None:
    path = in_csv(tmp_path / "sager.csv", "id;weekly_hour;sagsbehandler;age;\n1;30;Bo;62;\n")
    cases = open_list(path, spellings)
    assert cases.ignored == ("weekly_hour", "sagsbehandler")
    assert [spellings.suggestion(heading) for heading in cases.ignored] == ["weekly_hours", None]


def test_every_label_stands_for_one_column_and_one_answer(desk: Desk, spellings: Spellings) -> None:
    for name, fact in desk.law.vocabulary.items():
        assert spellings.column(desk.texts(f"fact.{name}.label")) == name
        for value in fact.values:
            label = desk.texts(f"fact.{name}.{value}")
            assert spellings.choices[name][label.casefold()] == value
