"""Amounts set for a year at a time: the year's own verified value, or the plain word that there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.presenting import Presenter
from assistant.settings import ROOT
from assistant.texts import load_texts
from rules.facts import Facts
from rules.figures import Figure, NoVerifiedFigure, load_figures
from rules.judge import Judge
from rules.lawbook import LAW_FOLDER, LawBook
from rules.yamlfile import DataError

TEXTS = load_texts(ROOT / "locales")
YEARS = range(2009, 2046)
FIGURES_FILE = LAW_FOLDER / "figures.yaml"


@pytest.mark.parametrize(
    ("id_", "year", "values", "sources"),
    [
        ("ISB-L2", 2015, "26.54 46.48 74.05 107.55 143.14", ("S80",)),
        ("ISB-L2", 2018, "28.00 49.03 78.12 113.46 151.00", ("S81",)),
        ("ISB-L2", 2019, "28.56 50.01 79.68 115.73 154.02", ("S2",)),
        ("W-FLX-L1", 2015, "17550 13648", ("S80",)),
        ("W-FLX-L1", 2018, "18260 14398", ("S81", "S90")),
        ("W-FLX-L1", 2022, "18964 15401", ("S88",)),
        ("W-FLX-L1", 2024, "19952 16323", ("S87",)),
    ],
)
def test_a_verified_year_has_its_values_and_sources(
    law: LawBook, id_: str, year: int, values: str, sources: tuple[str, ...]
) -> None:
    found = law.figures.of(id_, year)
    assert isinstance(found, Figure)
    assert [found.values[part] for part in found.parts] == [Decimal(value) for value in values.split()]
    assert found.sources == sources


def test_a_year_may_be_verified_in_part(law: LawBook) -> None:
    found = law.figures.of("ISB-L2", 2021)
    assert isinstance(found, Figure)
    assert dict(found.values) == {"step_5": Decimal("160.24")}


@pytest.mark.parametrize(
    ("id_", "known"), [("ISB-L2", {2015, 2018, 2019, 2021}), ("W-FLX-L1", {2015, 2018, 2022, 2024})]
)
def test_every_other_year_has_no_verified_figure(law: LawBook, id_: str, known: set[int]) -> None:
    """Above all not 2020 between two known years, nor 2026 after the last."""
    unknown = {year for year in YEARS if isinstance(law.figures.of(id_, year), NoVerifiedFigure)}
    assert unknown == set(YEARS) - known


def test_an_amount_nobody_knows_is_an_error(law: LawBook) -> None:
    with pytest.raises(KeyError):
        law.figures.of("ISB-L99", 2019)


def _told(judge: Judge, language: str, day: date) -> dict[str, list[dict[str, object]]]:
    """The figures of each scheme on a day, as the API gives them."""
    presenter = Presenter(judge.law, TEXTS[language], day)
    schemes = (presenter.scheme(result) for result in judge.judge(Facts(), day).schemes)
    return {scheme["id"]: scheme["figures"] for scheme in schemes}


def test_a_scheme_shows_the_figures_of_the_day_asked_about(judge: Judge) -> None:
    told = _told(judge, "da", date(2018, 6, 1))
    assert {scheme: [f["id"] for f in figures] for scheme, figures in told.items() if figures} == {
        "ib": ["ISB-L2"],
        "fleksjob": ["W-FLX-L1"],
    }
    [rates], [subsidy] = told["ib"], told["fleksjob"]
    assert (rates["known"], rates["year"], rates["unit"], rates["sources"]) == (True, 2018, "kr_per_hour", ["S81"])
    assert rates["values"] == {"step_1": 28.0, "step_2": 49.03, "step_3": 78.12, "step_4": 113.46, "step_5": 151.0}
    for amount in ("28 kr. (trin 1)", "49,03 kr. (trin 2)", "151 kr. (trin 5)", "2018"):
        assert amount in str(rates["text"])
    assert "18.260 kr." in str(subsidy["text"])
    assert "14.398 kr." in str(subsidy["text"])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("year", [2020, 2026, 2030])
def test_without_a_verified_figure_it_says_so_and_names_no_amount(judge: Judge, language: str, year: int) -> None:
    told = _told(judge, language, date(year, 3, 1))
    for scheme in ("ib", "fleksjob"):
        [shown] = told[scheme]
        assert (shown["known"], shown["values"], shown["sources"]) == (False, {}, [])
        text = str(shown["text"])
        assert str(year) in text
        assert not any(sign in text.replace(str(year), "") for sign in "0123456789")


def test_a_part_that_is_not_verified_is_told_as_such(judge: Judge) -> None:
    [rates] = _told(judge, "da", date(2021, 3, 1))["ib"]
    assert "ikke bekræftet (trin 4), 160,24 kr. (trin 5)" in str(rates["text"])
    [rates] = _told(judge, "en", date(2021, 3, 1))["ib"]
    assert "not verified (step 4), DKK 160.24 (step 5)" in str(rates["text"])


def test_an_amount_the_law_did_not_have_yet_is_not_shown(judge: Judge) -> None:
    assert _told(judge, "da", date(2012, 12, 31))["fleksjob"] == []
    assert len(_told(judge, "da", date(2013, 1, 1))["fleksjob"]) == 1


def test_the_file_is_whole(law: LawBook) -> None:
    """Every source exists, every amount belongs to a scheme and every scheme's amounts exist, with texts in Danish."""
    used = {id_ for scheme in law.schemes.values() for id_ in scheme.figures}
    assert used == set(law.figures.tables)
    for id_ in used:
        assert {f"figure.{id_}.known", f"figure.{id_}.unknown"} <= TEXTS["da"].danish.keys()


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("year: 2018", "year: 2015", "året 2015 står to gange"),
        ("step_5: 160.24", "step_6: 160.24", "skriv en af step_1"),
        ("sources: [S26]", "sources: [S999]", "sources.yaml"),
        ("sources: [S26]", "sources: []", "sources"),
        ("step_5: 160.24", "step_5: -1", "step_5"),
        ("unit: kr_per_hour", "unit: kr", "kr_per_hour"),
        ("from: 2013-01-01", "form: 2013-01-01", "ret stavemåden"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_remedy(
    tmp_path: Path, law: LawBook, old: str, new: str, remedy: str
) -> None:
    text = FIGURES_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "figures.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_figures(path, known_sources=law.sources.keys())
    assert any(problem.file == "figures.yaml" and remedy in problem.message for problem in caught.value.problems)
