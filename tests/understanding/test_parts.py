"""Numbers, dates, folding and spelling on their own."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.dates import find_dates
from assistant.understanding.folding import fold
from assistant.understanding.numbers import find_numbers
from assistant.understanding.spelling import corrected
from assistant.understanding.text import sentences, words

TODAY = date(2026, 11, 22)


def _numbers(text: str) -> list[float]:
    norm = fold(text).norm
    return [number.value for number in find_numbers(norm, words(norm)) if not number.in_range]


def _dates(text: str, today: date = TODAY) -> list[tuple[str | None, str | None]]:
    norm = fold(text).norm
    return [(found.past, found.future) for found in find_dates(norm, find_numbers(norm, words(norm)), today)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tooghalvtreds", 52), ("to og halvtreds", 52), ("to-og-halvtreds", 52), ("toog halvtreds", 52),
        ("otte og tredive", 38), ("otteogtredve", 38), ("halvfjerds", 70), ("halvfjerdsindstyve", 70), ("niogtyve", 29),
        ("femogtres", 65), ("femogtreds", 65), ("enogfirs", 81), ("seksoghalvfems", 96), ("treoghalvtres", 53),
        ("55år", 55), ("24,5", 24.5), ("24.5", 24.5), ("tre et halvt", 3.5), ("to og et halvt", 2.5), ("halvanden", 1.5),
        ("et halvt", 0.5), ("2½", 2.5), ("2 1/2", 2.5), ("femogfyrreårig", 45), ("sejsten", 16), ("fjorten", 14),
    ],
)  # fmt: skip
def test_a_number_in_any_spelling(text: str, value: float) -> None:
    assert _numbers(text) == [value]


@pytest.mark.parametrize("text", ["15-20", "15 til 20", "mellem 15 og 20", "010190-1234", "010190 1234", "12 34 56 78"])
def test_ranges_and_personal_numbers_are_no_number(text: str) -> None:
    assert _numbers(text) == []


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("14. marts 1971", "1971-03-14", "1971-03-14"),
        ("14/3-71", "1971-03-14", "1971-03-14"),
        ("14.03.1971", "1971-03-14", "1971-03-14"),
        ("1971-03-14", "1971-03-14", "1971-03-14"),
        ("den første februar", "2026-02-01", "2027-02-01"),
        ("3. november", "2026-11-03", "2027-11-03"),
        ("marts 2025", "2025-03", "2025-03"),
        ("i maj sidste år", "2025-05", "2025-05"),
        ("i januar", "2026-01", "2027-01"),
        ("for otte måneder siden", "2026-03", None),
        ("for halvandet år siden", "2025-05", None),
        ("om tre måneder", None, "2027-02"),
        ("om 3 dage", None, "2026-11-25"),
        ("i går", "2026-11-21", None),
        ("i mandags", "2026-11-16", None),
        ("på mandag", None, "2026-11-23"),
        ("sidste år", "2025", None),
        ("næste år", None, "2027"),
        ("næste måned", None, "2026-12"),
        ("i sommer", "2026-06", "2027-06"),
        ("sidste sommer", "2025-06", "2025-06"),
        ("i 2015", "2015", "2015"),
    ],
)
def test_a_date_in_any_wording(text: str, past: str | None, future: str | None) -> None:
    assert _dates(text) == [(past, future)]


def test_summer_is_last_years_before_june() -> None:
    assert _dates("i sommer", date(2026, 3, 1)) == [("2025-06", "2026-06")]


@pytest.mark.parametrize("text", ["for 99999 år siden", "24,5 timer", "1/2", "kapitel 3.2"])
def test_what_is_no_date(text: str) -> None:
    assert _dates(text) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ord blind", "ordblind"), ("slit gigt", "slidgigt"), ("sygemelt", "sygemeldt"), ("førtids pension", "førtidspension"),
        ("læse program", "læseprogram"), ("hæve sænke bord", "hæve-sænke-bord"), ("skitzofreni", "skizofreni"),
        ("kan ikke høre telefonen", "kan ikke høre telefonen"), ("hvad er forskel på det", "hvad er forskel på det"),
    ],
)  # fmt: skip
def test_key_words_are_put_right_and_others_left_alone(wrong: str, right: str) -> None:
    assert corrected(fold(wrong)).norm == right


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Jeg begynder den 1. december. Er det nok?", 2),
        ("Jeg er 45. Jeg har ADHD.", 2),
        ("Jeg arbejder 24,5 timer, ca. 5 om dagen", 1),
        ("Jeg er blind.Jeg er 30", 2),
        ("   \n ", 0),
    ],
)
def test_sentences_end_at_full_stops_only(text: str, count: int) -> None:
    assert len(sentences(text, fold(text))) == count


def test_folding_keeps_the_way_back() -> None:
    text = "Jeg  er fra A\u030arhus\u00ad og paa Aeroe"
    folded = fold(text)
    assert folded.norm == "jeg er fra århus og på ærø"
    start = folded.norm.index("ærø")
    assert text[slice(*folded.original_span(start, start + 3))] == "Aeroe"
