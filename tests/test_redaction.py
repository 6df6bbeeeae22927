"""CPR numbers are caught in every spelling, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.redaction import REDACTED, redact


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234", "0101901234", "010190 1234", "010190–1234", "010190—1234", "01.01.90-1234", "01 01 90 1234",
        "01-01-90-1234", "01/01/90 1234", "010190 - 1234", "０１０１９０-１２３４", "٠١٠١٩٠-١٢٣٤", "010190\u20111234",
        "010190\u200b1234", "311299-4321", "0 1 0 1 9 0 1 2 3 4".replace(" ", ""), "290200-0001", "610190-1234",
    ],
)  # fmt: skip
def test_a_cpr_number_is_caught(number: str) -> None:
    redacted = redact(f"Mit cpr er {number}, kan jeg få hjælp?")
    assert redacted.found
    assert redacted.text == f"Mit cpr er {REDACTED}, kan jeg få hjælp?"


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er født den 14. marts 1971",
        "Født 02.09.1988, ansat i regionen",
        "Jeg arbejder 37 timer og er 62",
        "ring 12 34 56 78",
        "sag 2026-11-22 nr. 12345",
        "990190-1234",
        "011390-1234",
        "12345678901234",
        "1.234.567,89 kr.",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert redact(text).text == text


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert redact(redact(text).text).text == redact(text).text
