"""Text becomes words: normal form, sentences, æ/ø/å, base forms, compounds, typos; and the language of the lexicon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.concepts import Recogniser
from faq.lexicon import expressions
from faq.patterns import PatternError, Phrasebook, pattern_words
from faq.text import fold, normalise, sentences, unfoldings, words
from faq.words import WordData, Words

GROUPS = {"job": ("arbejde", "kontor*")}


@pytest.fixture(scope="module")
def plain_words() -> Words:
    data = WordData({"ka": "kan", "pga": "på grund af"}, {"fleksjobbet": "fleksjob"}, frozenset({"på", "en", "er"}))
    known = ["kørestol", "hjælpemiddel", "tegnsprogstolk", "kontorstol", "assistance", "arbejde", "støtte", "hjælpe"]
    return Words(data, known)


def _says(plain: Words, pattern: str, sentence: str) -> bool:
    book = Phrasebook(GROUPS, plain.key)
    book.add("sagt", pattern)
    found = book.ready().find(plain.read(words(normalise(sentence))))
    return bool(found)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("  HVAD   er\tdet? ", "hvad er det?"),
        ("A\u030arhus", "århus"),
        ("Kan jeg’ – nej", "kan jeg' - nej"),
        ("en\n\n\nto", "en\nto"),
        ("Ønske Æble", "ønske æble"),
        ("", ""),
    ],
)
def test_one_form(raw: str, plain: str) -> None:
    assert normalise(raw) == plain


@given(st.text(max_size=100))
def test_the_normal_form_stays(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert all(words(sentence) for sentence in sentences(once))


def test_sentences() -> None:
    assert sentences("jeg er døv. kan jeg få tolk? ja; måske\nnej!?") == (
        "jeg er døv.", "kan jeg få tolk?", "ja", "måske", "nej!?",
    )  # fmt: skip


def test_words() -> None:
    assert words("er § 56 50% af løn-tilskud?") == ("er", "§", "56", "50", "%", "af", "løn", "tilskud")


def test_both_ways_of_writing_the_letters_meet() -> None:
    assert fold("kørestol") == fold("koerestol") == "koerestol"
    assert "kørestol" in unfoldings("koerestol")
    assert unfoldings("stol") == ()
    assert unfoldings("ae" * 5) == ()


@pytest.mark.parametrize(("one", "other"), [
    ("kørestole", "kørestolen"), ("hjælp", "hjælpe"), ("støtter", "støtte"), ("hjælpemidler", "hjælpemiddel"),
    ("arbejdet", "arbejde"), ("fleksjobbet", "fleksjob"), ("koerestol", "kørestol"),
])  # fmt: skip
def test_inflections_share_a_key(plain_words: Words, one: str, other: str) -> None:
    assert plain_words.key(one) == plain_words.key(other)


@pytest.mark.parametrize(("written", "meant"), [
    ("tegn sprogs tolk", "tegnsprogstolk"), ("kontor stol", "kontorstol"), ("køre stol", "kørestol"),
    ("hjælpe middel", "hjælpemiddel"), ("asistance", "assistance"), ("assitance", "assistance"),
    ("køresotl", "kørestol"),
])  # fmt: skip
def test_split_and_misspelt_words_are_repaired(plain_words: Words, written: str, meant: str) -> None:
    assert [token.key for token in plain_words.read(written.split())] == [plain_words.key(meant)]


def test_everyday_spellings_are_read(plain_words: Words) -> None:
    assert [token.surface for token in plain_words.read(["pga", "arbejde"])] == ["paa", "grund", "af", "arbejde"]


def test_compounds_have_parts(recogniser: Recogniser) -> None:
    (token,) = recogniser.words.read(["arbejdspladshjælpemiddel"])
    assert recogniser.words.key("hjælpemiddel") in (token.key, *token.parts)


def test_a_word_of_the_language_is_left_alone(plain_words: Words) -> None:
    assert [token.surface for token in plain_words.read(["postkasse", "stol"])] == ["postkasse", "stol"]


@pytest.mark.parametrize(("pattern", "sentence", "said"), [
    ("støtte", "jeg vil have støtten", True),
    ("=støtten", "jeg vil have støtten", True),
    ("=støtten", "jeg vil have støtte", False),
    ("assist*", "en assistent", True),
    ("*tolk", "min skrivetolk", True),
    ("*tolk", "en tolkning", False),
    ("hvor lang tid", "hvor i alverden lang er den tid", True),
    ("hvor tid", "hvor det er en lang lang tid", False),
    ("tid lang", "lang tid", False),
    ("lang_tid", "lang tid", True),
    ("lang_tid", "lang ventende tid", False),
    ("en|nogen hjælpe", "er der nogen der hjælper", True),
    ("en|nogen hjælpe", "hjælper", False),
    ("på <job>", "på mit kontoret", True),
    ("på <job>", "på stranden", False),
    ("<tal> timer", "37 timer", True),
    ("<tal> timer", "mange timer", False),
    ("betale & kommune", "kommunen vil nok gerne engang næste år betale", True),
    ("betale & kommune", "vil du betale", False),
    ("stol -kørestol", "en stol", True),
    ("stol -kørestol", "en stol eller en kørestol", False),
    ("STOL", "en stol", True),
    ("koerestol", "en kørestol", True),
])  # fmt: skip
def test_the_language_of_the_lexicon(plain_words: Words, pattern: str, sentence: str, said: bool) -> None:
    assert _says(plain_words, pattern, sentence) is said


@pytest.mark.parametrize(("pattern", "told"), [
    ("på <findesikke>", "ordgruppen <findesikke>, som ikke findes; opret den i ord.yaml"),
    ("betale &", "mangler ord på den ene side af &"),
    ("& betale", "mangler ord på den ene side af &"),
    ("", "mangler ord"),
    ("lang__tid", "har en tom plads; fjern den løse streg"),
    ("en||to", "har en tom plads"),
    ("!", "har en tom plads"),
])  # fmt: skip
def test_a_bad_pattern_is_told(plain_words: Words, pattern: str, told: str) -> None:
    with pytest.raises(PatternError) as caught:
        _says(plain_words, pattern, "hvad som helst")
    assert told in str(caught.value)
    assert f"»{pattern}«" in str(caught.value)


def test_the_places_of_the_words_are_told(plain_words: Words) -> None:
    book = Phrasebook({}, plain_words.key)
    book.add("stol", "særlig stol")
    (found,) = book.ready().find(plain_words.read(["en", "særlig", "god", "stol"]))
    assert (found.meaning, found.places) == ("stol", (1, 3))


def test_words_of_a_pattern() -> None:
    assert pattern_words("=hjælperen|assist* <job> & lang_tid -kørestol", {}) == (
        "hjælperen", "lang", "tid", "kørestol",
    )  # fmt: skip


def test_expressions_stand_between_semicolons_and_lines() -> None:
    assert list(expressions("en stol; to  stole;\n# ikke dette; heller ikke\n  tre")) == ["en stol", "to stole", "tre"]
