"""Questions of every scheme and style find their answer; odd spelling, follow-ups and untrained answers too."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.concepts import Recogniser
from faq.corpus import Corpus
from faq.evaluate import Reader
from faq.matcher import Matcher
from faq.model import Entry

FIRST = {
    # personlig assistance
    "Jeg har gigt i fingrene. Hvad er personlig assistance for noget?": "pa.hvad",
    "hvor mange timer om ugen kan man få en personlig assistent": "pa.timer",
    "tilskud pr time personlig assistance": "pa.tilskud-sats",
    "Hvem står som arbejdsgiver for min personlige assistent?": "pa.hvem-ansaetter",
    "Kan min kone være min personlige assistent?": "pa.hvem-kan-vaere",
    "Jeg er døv. Kan jeg få en tegnsprogstolk med til personalemøder?": "pa.tegnsprogstolk",
    "Kan assistenten rejse med mig på konference i Berlin?": "pa.rejser",
    "Jeg har mit eget snedkerfirma, kan jeg få personlig assistance?": "pa.selvstaendig",
    "personlig assistance under barselsorlov": "pa.barsel-orlov",
    "Er der en øvre alder for at få personlig assistance?": "pa.alder",
    "kan jeg få personlig assistance når jeg arbejder hjemmefra": "pa.hjemmearbejde",
    "Hvordan får virksomheden udbetalt tilskuddet til assistenten?": "pa.udbetaling",
    "Kan jeg have personlig assistance i mit fleksjob?": "pa.fleksjob",
    "Vil kommunen følge op på min bevilling til personlig assistance?": "pa.varighed-opfoelgning",
    # efter- og videreuddannelse
    "Hvad er forskellen mellem SPS og personlig assistance når man læser videre?": "pu.sps-forskel",
    "Hvor mange timers assistance kan jeg få til et efteruddannelseskursus?": "pu.timer",
    "personlig assistance på efteruddannelse betingelser": "pu.betingelser",
    # hjælpemidler
    "Kan jeg få et hævesænkebord på mit kontor?": "hm.kontorstol-bord",
    "Jeg har brug for en kontorstol, der skåner min ryg": "hm.kontorstol-bord",
    "Betaler kommunen briller til skærmarbejde?": "hm.briller",
    "Hvad gør jeg når min skærmlæser går i stykker?": "hm.reparation",
    "Må jeg tage mit hjælpemiddel med over i et nyt job?": "hm.jobskifte",
    "Ejer jeg selv hjælpemidlet eller er det til låns?": "hm.udlaan-ejerskab",
    "Kan vi få en rampe ved indgangen til butikken?": "hm.ombygning",
    "Jeg har købt en arbejdsstol selv, kan jeg få refunderet udgiften?": "hm.koebt-selv",
    "Jeg vil have en dyrere model end kommunen foreslår, må jeg vælge den?": "hm.egen-leverandoer",
    "må jeg bruge jobbets hjælpemiddel privat": "hm.privat-brug",
    "Nævn nogle eksempler på hjælpemidler til arbejdet": "hm.eksempler",
    "Kan jeg få oplæring i at bruge mit nye hjælpemiddel?": "hm.undervisning-i-brug",
    # isbryder
    "Hvad er isbryderordningen?": "ib.hvad",
    "Hvor længe varer et isbryderjob?": "ib.varighed",
    "Hvad får vi i tilskud for en isbryder?": "ib.tilskud-sats",
    "Skal isbryderjobbet passe til min uddannelse?": "ib.fagomraade",
    "isbryder løn": "ib.loen",
    "Kan en isbryder ansættes både privat og offentligt?": "ib.privat-offentlig",
    "Mister jeg mine dagpenge hvis jeg bliver isbryder?": "ib.dagpenge",
    # fortrinsadgang
    "Er jeg sikker på at få jobbet, når jeg har fortrinsadgang?": "fa.garanti-for-job",
    "Gælder fortrinsadgang hos private firmaer?": "fa.privat",
    "Hvordan gør jeg brug af min fortrinsadgang?": "fa.hvordan",
    "Kan man få fortrin til en taxibevilling?": "fa.stadeplads-taxi",
    "Har en i fleksjob fortrinsadgang?": "fa.fleksjob",
    # det brede
    "Hvad er et fleksjob?": "bred.fleksjob",
    "hva er en § 56 aftale": "bred.paragraf-56",
    "Kan jeg få revalidering?": "bred.revalidering",
    "Kan jeg få handicaptillæg oven i SU'en?": "bred.handicaptillaeg",
    "Hvad vil det sige at gå på STU?": "bred.stu",
    "Jeg vil gerne have en mentor på min nye arbejdsplads": "bred.mentor",
    # sagsgangen
    "Hvordan klager jeg over kommunens afslag?": "proc.klage",
    "Hvor lang er sagsbehandlingstiden?": "proc.sagsbehandlingstid",
    "Hvem er nøgleperson i min kommune?": "proc.noegleperson",
    "Må min søster gå med til mødet på kommunen?": "proc.partsrepraesentant",
    "Findes siden på engelsk?": "proc.andre-sprog",
    "Jeg starter i job på mandag, det haster": "proc.hastesag",
    # handicap
    "Jeg er svagsynet. Hvilken hjælp kan jeg få på mit job?": "fn.syn",
    "hvad er der af hjælp på jobbet til en med adhd": "fn.adhd-autisme",
    "Hvad kan jeg få på arbejdet, når jeg har epilepsi?": "fn.kronisk",
    # arbejdsgivere, sagsbehandlere, guiden
    "Vores virksomhed vil gerne ansætte en med handicap. Hvilken støtte kan vi få?": "ag.hvad-kan-virksomhed-faa",
    "Hvordan konteres refusionen på hjælpemidler til jobbet?": "sb.refusion",
    "Taler jeg med et menneske eller en robot?": "bot.hvem-er-du",
    "Hvad gemmer I om mig?": "bot.persondata",
    "Er det her svar bindende?": "bot.bindende",
    # det almene
    "Hvem kan bruge de handicapkompenserende ordninger?": "gen.hvem-kan-faa",
    "Skal jeg sige det til chefen, at jeg har sclerose?": "gen.sige-det-til-arbejdsgiver",
    "Hvilken lov står det i?": "gen.lovgrundlag",
    "Koster det mig penge at få hjælp?": "gen.pris-egenbetaling",
}
AMONG_THREE = {
    "Må assistenten også gøre rent for mig derhjemme?": "pa.ikke-opgaver",
    # almindelige ord for ordningen, andre veje ind
    "Findes der en, der kan løfte kasserne for mig i lageret?": "pa.opgaver",
    "Min mand er gift med mig, der tjener godt. Spiller det ind?": "gen.indkomst-formue",
    "jeg er 17 og har et fritidsjob, gælder det også mig": "gen.under-18",
    "Jeg fylder snart 67 og vil blive ved med at arbejde. Mister jeg støtten?": "gen.pensionsalder",
    "flytter til aarhus, hvad sker der med bevillingen": "gen.flytte-kommune",
    "Jeg er lige gået ned med depression. Er der noget, så jeg kan blive på jobbet?": "fn.psykisk",
    "vi har en ansat efter en blodprop, hvad gør vi for at beholde hende": "ag.fastholdelse",
    "Min læge kan ikke finde noget, har jeg brug for en diagnose?": "gen.diagnose-krav",
    "Kan jeg få både en assistent og en stol?": "gen.kombinere",
    "Jeg forstår ikke dansk god. Kan få tolk til møde med kommune?": "proc.tolk-kommunikation",
    "hvad skal jeg have med af papirer": "proc.dokumentation",
    "Hvorfor fik jeg nej?": "proc.afslag-grunde",
    "Jeg er ordblind og elev på et værksted. Kan jeg få et program, der læser op?": "hm.it-ordblind",
    "bil til arbejde når man ikke kan gå": "hm.bil",
    "Hvad er varig og betydelig?": "gen.varig-og-betydelig",
}
ODD_SPELLING = {
    "kan jeg få tegnsprogtolk på mit job": "pa.tegnsprogstolk",
    "hva er personli asistance": "pa.hvad",
    "hvor mange tiemr assistence kan jeg få": "pa.timer",
    "hvad er isbyder ordningen": "ib.hvad",
    "kan jeg faa haeve saenke bord": "hm.kontorstol-bord",
    "kan jeg faa en saerlig kontor stol": "hm.kontorstol-bord",
    "hvad er et flexjob": "bred.fleksjob",
    "kan jeg få tegn sprogs tolk på mit arbejde": "pa.tegnsprogstolk",
    "hvad er hjaelpe midler til jobbet": "hm.hvad",
    "hvad er en noegle person": "proc.noegleperson",
    "kan jeg få personlig assi stance i mit fleks job": "pa.fleksjob",
    "HVAD ER FORTRINSADGANG???": "fa.hvad",
    "sags behandlings tid": "proc.sagsbehandlingstid",
    "hvad er fortins adgang": "fa.hvad",
    "hvordan klager jeg over et afslaag": "proc.klage",
}


FOLLOW_UPS = [
    ("pa.hvad", "hvor mange timer?", "pa.timer"),
    ("pa.hvad", "hvor længe?", "pa.varighed-opfoelgning"),
    ("pa.hvad", "og hvad med fleksjob?", "pa.fleksjob"),
    ("pa.hvad", "hvad er betingelserne?", "pa.betingelser"),
    ("ib.hvad", "hvor længe?", "ib.varighed"),
    ("ib.hvad", "og lønnen?", "ib.loen"),
    ("fa.hvad", "også i private firmaer?", "fa.privat"),
    ("fa.hvad", "og hvad med fleksjob?", "fa.fleksjob"),
    ("hm.hvad", "og som selvstændig?", "hm.selvstaendig"),
    ("pa.hvad", "og som selvstændig?", "pa.selvstaendig"),
    ("pu.hvad", "hvordan søger jeg?", "pu.ansoeg"),
    ("hm.hvad", "hvad hvis det går i stykker?", "hm.reparation"),
]


def _found(matcher: Matcher, text: str, context: str | None = None) -> list[str]:
    return [candidate.entry_id for candidate in matcher.match(text, context).candidates]


@pytest.mark.parametrize(("text", "expected"), FIRST.items())
def test_the_right_answer_comes_first(read: Reader, text: str, expected: str) -> None:
    found = [candidate.entry_id for candidate in read(text, None).match.candidates]
    assert found[:1] == [expected], found


@pytest.mark.parametrize(("text", "expected"), AMONG_THREE.items())
def test_the_right_answer_is_among_three(read: Reader, text: str, expected: str) -> None:
    assert expected in [candidate.entry_id for candidate in read(text, None).match.candidates]


@pytest.mark.parametrize(("text", "expected"), ODD_SPELLING.items())
def test_odd_spelling_is_read(read: Reader, text: str, expected: str) -> None:
    found = [candidate.entry_id for candidate in read(text, None).match.candidates]
    assert found[:1] == [expected], found


@pytest.mark.parametrize(("context", "text", "expected"), FOLLOW_UPS)
def test_a_short_question_is_about_the_answer_given_last(
    matcher: Matcher, context: str, text: str, expected: str
) -> None:
    found = _found(matcher, text, context)
    assert found[:1] == [expected], found


def test_a_whole_question_changes_the_subject(matcher: Matcher) -> None:
    text = "Hvad er fortrinsadgang, og hvordan bruger jeg den, når jeg søger job?"
    assert _found(matcher, text, "pa.hvad")[0].startswith("fa.")


def test_a_context_that_is_gone_does_no_harm(matcher: Matcher) -> None:
    assert matcher.match("hvor længe?", "pa.findes-ikke") == matcher.match("hvor længe?")


def test_every_title_finds_its_own_answer(matcher: Matcher, corpus: Corpus) -> None:
    lost = {entry.title: _found(matcher, entry.title) for entry in corpus.values()}
    assert {title: found for title, found in lost.items() if found[:1] != [_id(corpus, title)]} == {}


def _id(corpus: Corpus, title: str) -> str:
    return next(id_ for id_, entry in corpus.items() if entry.title == title)


def test_candidates_tell_what_decided(matcher: Matcher) -> None:
    for text in FIRST:
        for candidate in matcher.match(text).candidates[:1]:
            assert candidate.evidence, text
            assert 0 <= candidate.score <= 1


@pytest.mark.parametrize("text", ["", " ", "?", "hvad er klokken i Tokyo", "opskrift på pandekager med sirup"])
def test_nothing_is_found_for_something_else(matcher: Matcher, text: str) -> None:
    assert matcher.match(text).kind == "none"


def _new_entry(corpus: Corpus) -> Entry:
    phrasings = {
        "question": ("Kan jeg få en førerhund med ind på mit kontor?", "Må min førerhund være på arbejdspladsen?"),
        "keyword": ("førerhund på arbejde",),
    }
    return replace(
        corpus["pa.hvad"],
        id="hm.hund",
        title="Må jeg have førerhund med på arbejde?",
        phrasings=phrasings,
        reviewed_on=date(2026, 1, 2),
    )


def _with_a_new_answer(corpus: Corpus, recogniser: Recogniser) -> Matcher:
    return Matcher({**corpus, "hm.hund": _new_entry(corpus)}, recogniser)


@pytest.mark.parametrize("text", ["Må jeg have førerhund med på arbejde?", "Kan jeg få en førerhund med på kontoret?"])
def test_an_answer_added_without_training_is_found(corpus: Corpus, recogniser: Recogniser, text: str) -> None:
    matcher = _with_a_new_answer(corpus, recogniser)
    assert _found(matcher, text)[:1] == ["hm.hund"]
    assert _found(matcher, "Hvad er personlig assistance på arbejdet?")[:1] == ["pa.hvad"]


def test_an_answer_added_without_training_is_found_by_its_very_phrasing(corpus: Corpus, recogniser: Recogniser) -> None:
    matcher = _with_a_new_answer(corpus, recogniser)
    assert _found(matcher, "Må min førerhund være på arbejdspladsen?")[:1] == ["hm.hund"]


def test_the_evidence_of_an_untrained_answer_is_told(corpus: Corpus, recogniser: Recogniser) -> None:
    matcher = _with_a_new_answer(corpus, recogniser)
    assert matcher.match("førerhund på arbejde").candidates[0].evidence


def test_an_answer_taken_out_is_not_found(corpus: Corpus, recogniser: Recogniser) -> None:
    matcher = Matcher({id_: entry for id_, entry in corpus.items() if id_ != "hm.bil"}, recogniser)
    assert "hm.bil" not in _found(matcher, "Kan jeg få bil som hjælpemiddel til mit arbejde?")


WORDS = [
    "hvad",
    "er",
    "personlig",
    "assistance",
    "hjælpemiddel",
    "søge",
    "få",
    "støtte",
    "§",
    "56",
    "kørestol",
    "løn",
    "x",
]
messages = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=messages, context=st.sampled_from([None, "pa.hvad", "ib.hvad", "?"]))
def test_any_text_can_be_read_and_is_read_alike_twice(read: Reader, text: str, context: str | None) -> None:
    reading = read(text, context)
    assert reading == read(text, context)
    assert len(reading.match.candidates) <= 3
    assert all(0 <= candidate.score <= 1 for candidate in reading.match.candidates)


CHANGES = {
    "upper case": str.upper,
    "lower case": str.lower,
    "blanks": lambda text: f"  {text.replace(' ', '   ')}\t",
    "ae, oe, aa": lambda text: text.translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe"})),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("change", CHANGES)
def test_case_blanks_and_letters_make_no_difference(read: Reader, change: str) -> None:
    differs = {}
    for text in (*FIRST, *AMONG_THREE, *ODD_SPELLING):
        # Written with ae, oe and aa a word may mean another ("tør", "toer"), so there only the answer itself is the same.
        shown = 1 if change == "ae, oe, aa" else 3
        before, after = (
            [candidate.entry_id for candidate in read(way, None).match.candidates][:shown]
            for way in (text, CHANGES[change](text))
        )
        if before != after:
            differs[text] = (before, after)
    assert differs == {}
