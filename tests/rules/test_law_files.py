"""A mistake in a law file is told in plain Danish with file, line and remedy."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from rules.lawbook import LAW_FOLDER, LawBook, load_law
from rules.yamlfile import DataError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAW_FOLDER, tmp_path / "law"))


def _break(folder: Path, name: str, old: str, new: str) -> tuple[str, int]:
    """Replace the first `old`; returns the file's name and the line of the change."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path.name, text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "remedy"),
    [
        ("schemes/pa.yaml", "kind: J", "kind: X", "'F', 'J' eller 'P'"),
        ("schemes/pa.yaml", "from: 2009-07-07\n    law", "form: 2009-07-07\n    law", "ret stavemåden"),
        ("schemes/pa.yaml", "then: assess}", "then: maaske}", "ikke et udfald"),
        ("schemes/pa.yaml", "impairment_permanent: true", "impairment_permannt: true", "readings.yaml"),
        ("schemes/pa.yaml", "employment: sick_leave", "employment: syg", "skriv en af employee"),
        ("schemes/pa.yaml", "sources: [S7, S15, S36, S39]", "sources: [S7, S999]", "sources.yaml"),
        ("schemes/pa.yaml", "id: pa\n", "id: pb\n", "filens navn"),
        ("schemes/hm.yaml", "routes: [T]", "routes: [Q]", "skriv en af J, T, F"),
        ("schemes/hm.yaml", "      - else: closed", "      - {if: {in_lab_offer: true}, then: open}", "«else»"),
        ("schemes/pa.yaml", "to: 2018-12-31", "to: 2028-12-31", "gælder to gange"),
        ("schemes/pa.yaml", "to: 2018-12-31", "to: 1999-12-31", "før «from»"),
        ("schemes/pa.yaml", "to: 2018-12-31", "to: 31-12-2018", "ÅÅÅÅ-MM-DD"),
        ("schemes/pa.yaml", "conditions:\n", "conditions: [\n", "YAML"),
        ("schemes/pa.yaml", "signals: [", "signals: [noget, ", "facts.yaml"),
        ("facts.yaml", "kind: bool, topic: situation", "kind: bol, topic: situation", "'bool'"),
        ("readings.yaml", "bands: weekly_hours", "bands: hours", "facts.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_remedy(folder: Path, name: str, old: str, new: str, remedy: str) -> None:
    file, line = _break(folder, name, old, new)
    with pytest.raises(DataError) as caught:
        load_law(folder)
    mine = [p for p in caught.value.problems if p.file == file and remedy in p.message]
    assert mine, caught.value
    assert any(abs(p.line - line) <= 12 for p in mine), (line, caught.value)


def test_a_key_written_twice_is_refused(folder: Path) -> None:
    _break(folder, "schemes/pa.yaml", "id: pa\n", "id: pa\nid: pa\n")
    with pytest.raises(DataError, match="to gange"):
        load_law(folder)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    _break(folder, "schemes/pa.yaml", "kind: J", "kind: X")
    _break(folder, "schemes/ib.yaml", "kind: J", "kind: X")
    with pytest.raises(DataError) as caught:
        load_law(folder)
    assert {p.file for p in caught.value.problems} == {"pa.yaml", "ib.yaml"}


def test_law_files_have_been_read_against_the_law_lately(law: LawBook) -> None:
    assert law.overdue(date.today()) == []


def test_an_overdue_reading_is_named(law: LawBook) -> None:
    assert "pa.yaml" in law.overdue(date(2030, 1, 1))


def test_every_fact_is_read_by_some_rule_or_marked_as_context(law: LawBook) -> None:
    """No fact is asked for in vain: what no rule reads is never asked."""
    read = {
        fact
        for scheme in law.schemes
        for version in law.versions(scheme)
        for name in version.reads
        for fact in law.readings[name].facts
    }
    assert {fact for fact, spec in law.vocabulary.items() if spec.ask} <= read


def test_versions_follow_each_other_without_a_gap(law: LawBook) -> None:
    for scheme in law.schemes:
        versions = law.versions(scheme)
        assert versions[0].from_ == law.covers.from_
        assert versions[-1].to is None
        for earlier, later in pairwise(versions):
            assert earlier.to is not None
            assert (later.from_ - earlier.to).days == 1


def test_every_day_on_which_a_scheme_changes_is_told_as_a_change(law: LawBook) -> None:
    for scheme in law.schemes:
        told = {change.on for change in law.schemes[scheme].changes}
        cuts = {version.from_ for version in law.versions(scheme)[1:]}
        assert cuts <= told, (scheme, cuts - told)


def test_a_scheme_can_only_name_amounts_that_are_there(folder: Path) -> None:
    _break(folder, "schemes/ib.yaml", "figures: [", "figures: [ISB-L99, ")
    with pytest.raises(DataError) as caught:
        load_law(folder)
    assert [(p.file, "ISB-L99" in p.message) for p in caught.value.problems] == [("ib.yaml", True)]


def test_a_date_outside_what_the_files_cover_is_an_error(law: LawBook) -> None:
    for day in (date(2009, 7, 6), date(2046, 1, 1)):
        with pytest.raises(LookupError):
            law.version("pa", day)
