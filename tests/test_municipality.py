"""All municipalities are there, a folder of one's own is read or told what is wrong, and each is spoken of as itself."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant import checks
from assistant.dialogue import Reply, Turn, reconsider, take_turn
from assistant.municipality import SHIPPED, Municipalities, contact_json, load_municipalities, stale
from assistant.service import Service, load_service
from assistant.settings import ROOT, Settings, SettingsError, settings_from_environment
from assistant.state import State
from faq.lix import lix
from faq.matcher import Matcher
from rules.yamlfile import DataError

TODAY = date(2026, 11, 22)
OPEN_DAY = "lokalt.aaben-dag"
OWN_CONTACT = {"title": "Kontakt os", "url": "https://www.example.dk/kontakt"}
EXAMPLES = re.findall(
    r"^```yaml\n(.+?)^```", (ROOT / "docs" / "kommuner.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def write(path: Path, content: str | object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An operator's folder: Kalundborg has what docs/kommuner.md shows, Odense an answer in place of a common one."""
    folder = tmp_path_factory.mktemp("municipalities")
    write(folder / "0326" / "municipality.yaml", EXAMPLES[0])
    write(folder / "0326" / "answers" / "lokalt" / f"{OPEN_DAY}.yaml", EXAMPLES[1])
    own = {"checked_on": TODAY, "contact": OWN_CONTACT, "job_centre": "Job og Vækst"}
    write(folder / "0461" / "municipality.yaml", own)
    common = (ROOT / "faq" / "answers" / "proc" / "proc.kontakt-jobcenter.yaml").read_text("utf-8")
    changed = common.replace("Du skal have fat i den kommune, du bor i.", "Du skal have fat i Job og Vækst.")
    write(folder / "0461" / "answers" / "proc" / "proc.kontakt-jobcenter.yaml", changed)
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Service:
    return load_service(Settings(secret_key="tests", municipalities=folder))


@pytest.fixture(scope="module")
def known(service: Service) -> Municipalities:
    return service.municipalities


def say(service: Service, message: str, site: str | None = None, language: str = "da", state: State | None = None,
        as_of: date = TODAY) -> Reply:  # fmt: skip
    municipality = service.municipalities.by_code[site] if site else None
    return take_turn(service, Turn(state or State(), language, as_of, TODAY, message, municipality=municipality))


# --- all of them


def test_there_are_98_with_codes_and_names_of_their_own(known: Municipalities) -> None:
    names = yaml.safe_load((SHIPPED / "names.yaml").read_text("utf-8"))["names"]
    assert len(names) == len(set(names.values())) == len(known.by_code) == 98
    assert all(re.fullmatch(r"0[1-8]\d\d", code) for code in names)
    assert list(names) == sorted(names)
    assert "0411" not in names  # Christiansø belongs to no municipality


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0101", "København"), ("0147", "Frederiksberg"), ("0155", "Dragør"), ("0169", "Høje-Taastrup"),
        ("0175", "Rødovre"), ("0190", "Furesø"), ("0250", "Frederikssund"), ("0260", "Halsnæs"), ("0270", "Gribskov"),
        ("0306", "Odsherred"), ("0320", "Faxe"), ("0376", "Guldborgsund"), ("0400", "Bornholm"), ("0410", "Middelfart"),
        ("0450", "Nyborg"), ("0461", "Odense"), ("0480", "Nordfyns"), ("0482", "Langeland"), ("0492", "Ærø"),
        ("0540", "Sønderborg"), ("0607", "Fredericia"), ("0657", "Herning"), ("0706", "Syddjurs"), ("0707", "Norddjurs"),
        ("0741", "Samsø"), ("0751", "Aarhus"), ("0760", "Ringkøbing-Skjern"), ("0773", "Morsø"), ("0787", "Thisted"),
        ("0820", "Vesthimmerlands"), ("0825", "Læsø"), ("0849", "Jammerbugt"), ("0851", "Aalborg"), ("0860", "Hjørring"),
    ],
)  # fmt: skip
def test_the_official_code_leads_to_the_name(known: Municipalities, code: str, name: str) -> None:
    assert known.by_code[code].name == name
    assert known.find(code.lstrip("0")) is known.by_code[code]


def test_every_municipality_a_citizen_can_name_is_one_of_them(known: Municipalities) -> None:
    path = ROOT / "assistant" / "understanding" / "lexicon" / "municipalities.yaml"
    spelled = yaml.safe_load(path.read_text("utf-8"))["municipalities"]
    found = {name: known.find(name) for name in spelled}
    assert None not in found.values()
    assert len(set(found.values())) == 98
    assert [name for name, others in spelled.items() for other in others if known.find(other) is not found[name]] == []


@pytest.mark.parametrize(
    ("said", "full_name"),
    [
        ("175", "Rødovre Kommune"),
        (" 0175 ", "Rødovre Kommune"),
        ("RØDOVRE", "Rødovre Kommune"),
        ("Rødovre Kommune", "Rødovre Kommune"),
        ("roedovre", "Rødovre Kommune"),
        ("København", "Københavns Kommune"),
        ("Københavns Kommune", "Københavns Kommune"),
        ("Bornholms Regionskommune", "Bornholms Regionskommune"),
        ("Århus", "Aarhus Kommune"),
        ("Høje Taastrup Kommune", "Høje-Taastrup Kommune"),
        ("Nordfyn", "Nordfyns Kommune"),
        ("Vesthimmerland", "Vesthimmerlands Kommune"),
        ("Randers", "Randers Kommune"),
    ],
)
def test_a_municipality_is_found_as_people_write_it(known: Municipalities, said: str, full_name: str) -> None:
    found = known.find(said)
    assert found is not None
    assert found.full_name == full_name


@pytest.mark.parametrize(
    "said", ["", " ", "0", "0411", "411", "1750", "00175", "Malmø", "Kommune", "s", "०१७५", "x" * 5_000]
)
def test_what_is_no_municipality_is_not_taken_for_one(known: Municipalities, said: str) -> None:
    assert known.find(said) is None


# --- what is shipped


def test_the_one_that_is_shipped_has_nothing_made_up() -> None:
    shipped = load_service(Settings(secret_key="tests"))
    told = [one for one in shipped.municipalities.by_code.values() if one.checked_on]
    assert [(one.code, one.job_centre, one.contact, dict(one.opening)) for one in told] == [
        ("0175", "Arbejdsmarkedscenter", None, {})
    ]
    assert shipped.local == {}
    assert list(checks.unfound(shipped)) == []


# --- a folder of one's own


def test_a_folder_adds_to_what_is_shipped_and_takes_its_place(tmp_path: Path) -> None:
    write(tmp_path / "0175" / "municipality.yaml", {"checked_on": TODAY, "contact": OWN_CONTACT})
    found = _load(tmp_path)
    roedovre = found.by_code["0175"]
    assert roedovre.contact
    assert (roedovre.contact.title, roedovre.contact.url) == tuple(OWN_CONTACT.values())
    assert roedovre.job_centre is None
    assert len(found.by_code) == 98


def _load(folder: Path) -> Municipalities:
    return load_municipalities([SHIPPED, folder], {}, ("da", "en", "da-easy"), (), ())


ENOUGH = "checked_on: 2026-11-22\n"
WRONG_FILES = [
    ("", "0175/municipality.yaml, linje 1: ", "har ingen felter"),
    ("job_centre: Center\n", "0175/municipality.yaml, linje 1: ", "«checked_on» mangler; skriv det ind"),
    ("checked_on: i går\n", "0175/municipality.yaml, linje 1: ", "skriv en dato: ÅÅÅÅ-MM-DD"),
    ("checked_on: 20261122\n", "0175/municipality.yaml, linje 1: ", "skriv en dato"),
    (f"{ENOUGH}jobcentre: Center\n", "0175/municipality.yaml, linje 2: ", "«jobcentre» kendes ikke her"),
    (f"{ENOUGH}job_centre: 7\n", "0175/municipality.yaml, linje 2: ", "skriv en tekst"),
    (f"{ENOUGH}job_centre: ' '\n", "0175/municipality.yaml, linje 2: ", "skriv en tekst"),
    (f"{ENOUGH}job_centre: {'x' * 81}\n", "0175/municipality.yaml, linje 2: ", "er på 81 tegn; skriv højst 80"),
    (f"{ENOUGH}contact: Ring til os\n", "0175/municipality.yaml, linje 2: ", "skriv «title:» og «url:»"),
    (f"{ENOUGH}contact:\n  title: Os\n", "0175/municipality.yaml, linje 3: ", "«url» mangler"),
    (f"{ENOUGH}contact:\n  title: Os\n  url: http://x.dk\n", "0175/municipality.yaml, linje 4: ", "begynder med https://"),
    (f"{ENOUGH}contact:\n  title: Os\n  url: javascript:alert(1)\n", "0175/municipality.yaml, linje 4: ", "https://"),
    (f"{ENOUGH}contact:\n  title: Os\n  url: https://[x.dk\n", "0175/municipality.yaml, linje 4: ", "https://"),
    (f"{ENOUGH}contact:\n  title: Os\n  url: https://bank.dk@x.dk\n", "0175/municipality.yaml, linje 4: ", "https://"),
    (f"{ENOUGH}contact:\n  title: Os\n  url: https://x.dk/a b\n", "0175/municipality.yaml, linje 4: ", "uden mellemrum"),
    (f"{ENOUGH}opening: Velkommen\n", "0175/municipality.yaml, linje 2: ", "skriv sproget og teksten"),
    (f"{ENOUGH}opening:\n  en: Welcome\n", "0175/municipality.yaml, linje 3: ", "«opening» mangler dansk"),
    (f"{ENOUGH}opening:\n  da: Hej\n  dk: Hej\n", "0175/municipality.yaml, linje 4: ", "«dk» er ikke et sprog, guiden taler"),
    (f"{ENOUGH}opening:\n  da: {'x' * 401}\n", "0175/municipality.yaml, linje 3: ", "er på 401 tegn; skriv højst 400"),
    (f"{ENOUGH}job_centre: Job: center\n", "0175/municipality.yaml, linje 2: ", "anførselstegn"),
    (f"{ENOUGH}{ENOUGH}", "0175/municipality.yaml, linje 2: ", "«checked_on» står to gange"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "place", "message"), WRONG_FILES)
def test_a_wrong_file_is_told_with_place_and_remedy(tmp_path: Path, content: str, place: str, message: str) -> None:
    write(tmp_path / "0175" / "municipality.yaml", content)
    with pytest.raises(DataError) as error:
        _load(tmp_path)
    problem = str(error.value)
    assert problem.startswith(place), problem
    assert message in problem


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "0175" / "municipality.yaml"
    write(path, "")
    path.write_bytes(f"{ENOUGH}job_centre: Rødovre\n".encode("cp1252"))
    with pytest.raises(DataError, match=r"0175/municipality.yaml, linje 1: har tegn, .* gem filen som UTF-8"):
        _load(tmp_path)


def test_a_folder_that_is_no_municipality_and_one_without_its_file_are_told_together(tmp_path: Path) -> None:
    for name in ("0411", "roedovre", "0101", ".git", "__pycache__"):
        (tmp_path / name).mkdir()
    with pytest.raises(DataError) as error:
        _load(tmp_path)
    assert [str(problem) for problem in error.value.problems] == [
        "0101/municipality.yaml, linje 1: mangler; lav filen efter eksemplet i docs/kommuner.md",
        "0411, linje 1: er ikke en kommunes kode; kald mappen fx 0175 (se names.yaml)",
        "roedovre, linje 1: er ikke en kommunes kode; kald mappen fx 0175 (se names.yaml)",
    ]


def test_its_answers_are_checked_like_the_common_ones(service: Service, tmp_path: Path) -> None:
    write(tmp_path / "0175" / "municipality.yaml", ENOUGH)
    answer = yaml.safe_load(EXAMPLES[1])
    answer["answer"] += "\n\nRing på 12 34 56 78."
    answer["related"] = ["bot.menneske", "findes.ikke"]
    write(tmp_path / "0175" / "answers" / "lokalt" / f"{OPEN_DAY}.yaml", answer)
    write(tmp_path / "0175" / "answers" / "uden-gruppe.yaml", EXAMPLES[1])
    with pytest.raises(DataError) as error:
        load_municipalities([tmp_path], service.corpus, service.texts, service.law.sources, service.law.schemes)
    told = str(error.value)
    assert (
        "0175/answers/uden-gruppe.yaml, linje 1: bliver ikke læst her; et svar hører til i answers/<gruppe>/<id>.yaml"
        in told
    )
    assert f"0175/answers/{OPEN_DAY}.yaml, linje " in told
    assert "nævner et telefonnummer" in told


def test_its_answers_are_checked_together_with_the_common_ones(service: Service, tmp_path: Path) -> None:
    write(tmp_path / "0175" / "municipality.yaml", ENOUGH)
    answer = yaml.safe_load(EXAMPLES[1])
    answer["related"] = ["bot.menneske", "findes.ikke"]
    taken = service.corpus["pa.timer"].phrasings["question"][0]
    answer["phrasings"]["question"].append(taken)
    write(tmp_path / "0175" / "answers" / "lokalt" / f"{OPEN_DAY}.yaml", answer)
    with pytest.raises(DataError) as error:
        load_municipalities([tmp_path], service.corpus, service.texts, service.law.sources, service.law.schemes)
    assert [problem.message for problem in error.value.problems] == [
        "«related» nævner «findes.ikke», som ikke er et andet svar",
        f"«phrasings» har «{taken}», som også står i pa.timer; gør dem forskellige",
    ]


def test_what_nobody_has_looked_at_for_long_is_told(known: Municipalities) -> None:
    assert list(stale(known, TODAY, 400)) == []
    late = list(stale(known, date(2028, 11, 22), 400))
    assert "0326/municipality.yaml: er ikke set efter længe; læs den igennem og sæt «checked_on» til i dag" in late
    assert any(line.startswith(f"0326/answers: {OPEN_DAY} er ikke læst længe") for line in late)


def test_the_settings_name_a_folder_that_is_there(tmp_path: Path) -> None:
    environ = {"SECRET_KEY": "x", "MUNICIPALITIES_PATH": str(tmp_path), "MUNICIPALITY": " 0175 "}
    settings = settings_from_environment(environ)
    assert (settings.municipalities, settings.municipality) == (tmp_path, "0175")
    assert settings_from_environment({"SECRET_KEY": "x"}).municipalities is None
    with pytest.raises(SettingsError, match="MUNICIPALITIES_PATH"):
        settings_from_environment({"SECRET_KEY": "x", "MUNICIPALITIES_PATH": str(tmp_path / "none")})


# --- answers of one's own


def test_an_answer_of_its_own_is_found_on_its_site_only(service: Service) -> None:
    for question in ("Hvornår har I åben rådgivning på biblioteket?", yaml.safe_load(EXAMPLES[1])["title"]):
        reply = say(service, question, "0326")
        assert reply.faq[0]["id"] == OPEN_DAY
        assert "Kalundborg Kommune har selv skrevet svaret her." in reply.reply
        for other in (None, "0461", "0175"):
            assert OPEN_DAY not in [entry["id"] for entry in say(service, question, other).faq]


@pytest.mark.parametrize(
    "question",
    [
        "Hvem er nøgleperson på handicapområdet i Kalundborg?",
        "hvem er jeres nøgleperson",
        "hvem er nøgleperson på handicapområdet hos jer i Kalundborg",
        "er der handicapparkering hos jer",
    ],
)
def test_an_answer_of_its_own_comes_before_a_common_one_on_a_question_it_says_itself(
    service: Service, question: str
) -> None:
    asked = ("Hvem er jeres nøgleperson?", "Er der handicapparkering hos jer?")
    title = "Hvem er nøgleperson på handicapområdet i Kalundborg?"
    own = replace(service.corpus["bot.menneske"], id="lokalt.hvem", title=title, phrasings={"question": asked})
    read = service.read.over({**service.corpus, own.id: own})  # type: ignore[attr-defined]
    found = read(question).match
    assert (found.kind, found.candidates[0].entry_id) == ("answer", own.id)
    elsewhere = read("Hvad er personlig assistance på arbejdet?", own.id).match
    assert elsewhere.candidates[0].entry_id == "pa.hvad"


def test_the_example_in_the_docs_is_found_on_all_its_phrasings(service: Service) -> None:
    assert list(checks.unfound(service)) == []


def test_a_phrasing_that_does_not_lead_to_its_answer_is_told(service: Service) -> None:
    kalundborg = service.municipalities.by_code["0326"]
    answer = kalundborg.answers[OPEN_DAY]
    strange = replace(answer, phrasings={"keyword": ("hvad er personlig assistance",)})
    found = replace(kalundborg, answers={OPEN_DAY: strange})
    municipalities = replace(service.municipalities, by_code={**service.municipalities.by_code, "0326": found})
    told = list(checks.unfound(replace(service, municipalities=municipalities)))
    assert told == [
        f"0326/answers: {OPEN_DAY} bliver ikke fundet på «hvad er personlig assistance»; "
        "skriv det på en anden måde, eller slet det"
    ]


def test_an_answer_in_place_of_a_common_one_is_found_as_that_one_was(service: Service) -> None:
    question = "Hvad er telefonnummeret til jobcentret?"
    common, own = say(service, question), say(service, question, "0461")
    assert common.faq[0]["id"] == own.faq[0]["id"] == "proc.kontakt-jobcenter"
    assert common.faq[0]["score"] == own.faq[0]["score"]
    assert "Job og Vækst" in own.reply
    assert "Job og Vækst" not in common.reply
    assert "Odense Kommune har selv skrevet svaret her." in own.reply


def test_a_translation_of_an_answer_that_was_replaced_is_not_used(service: Service) -> None:
    title = service.wordings["en"]["proc.kontakt-jobcenter"].title
    own = say(service, title, "0461", "en")
    assert (own.faq[0]["id"], own.faq[0]["lang"]) == ("proc.kontakt-jobcenter", "da")
    assert "Job og Vækst" in own.reply
    assert say(service, title, "0175", "en").faq[0]["lang"] == "en"
    assert say(service, service.wordings["en"]["pa.hvad"].title, "0461", "en").faq[0]["lang"] == "en"


def test_what_takes_long_to_load_is_there_once(service: Service) -> None:
    shared = [service.read.matcher, *(local.read.matcher for local in service.local.values())]  # type: ignore[attr-defined]
    assert len(shared) == 3
    for part in ("_model", "_recogniser", "_learnt"):
        assert len({id(vars(matcher)[part]) for matcher in shared}) == 1
    assert all(isinstance(matcher, Matcher) for matcher in shared)
    for local in service.local.values():
        assert (local.law, local.judge, local.finders) == (service.law, service.judge, service.finders)


# --- whom to turn to


def test_people_are_got_hold_of_through_the_page_that_was_told(service: Service) -> None:
    reply = say(service, "Jeg vil tale med et menneske", "0461")
    assert reply.contact
    assert (reply.contact["title"], reply.contact["url"]) == tuple(OWN_CONTACT.values())
    assert "Kontakt Odense Kommune her: Kontakt os (https://www.example.dk/kontakt)." in reply.reply
    assert "Bor du i en anden kommune" in reply.reply


@pytest.mark.parametrize(
    ("site", "name"), [("0175", "Rødovre Kommune"), ("0751", "Aarhus Kommune"), (None, "din kommune")]
)
def test_where_no_page_was_told_it_is_said_how_to_find_one(service: Service, site: str | None, name: str) -> None:
    reply = say(service, "Jeg vil tale med et menneske", site)
    assert reply.contact
    assert f"Du finder {name} ved at søge på" in reply.reply
    assert reply.contact["url"] == "https://www.borger.dk"
    assert ("Bor du i en anden kommune" in reply.reply) == (site is not None)


def test_who_lives_elsewhere_gets_the_contact_of_that_municipality(service: Service) -> None:
    reply = say(service, "Jeg bor i Odense og er blind. Kan jeg få hjælpemidler?", "0175")
    assert reply.contact
    assert (reply.contact["municipality"], reply.contact["url"]) == ("Odense Kommune", OWN_CONTACT["url"])
    assert reply.contact["note"] == ""
    assert "kommunen (Job og Vækst)" in str(reply.eligibility)
    assert "Arbejdsmarkedscenter" not in str(reply.eligibility)

    site = service.municipalities.by_code["0175"]
    turn = Turn(reply.state, "da", TODAY, TODAY, municipality=site)
    corrected = reconsider(service, turn, "municipality", ask=False)
    assert corrected.contact
    assert corrected.contact["municipality"] == "Rødovre Kommune"
    assert "kommunen (Arbejdsmarkedscenter)" in str(corrected.eligibility)


def test_a_place_that_is_no_municipality_is_not_taken_for_the_site(service: Service) -> None:
    state = State().with_fact("municipality", "Malmø")
    reply = say(service, "Jeg vil tale med et menneske", "0461", state=state)
    assert reply.contact
    assert reply.contact["municipality"] is None
    declined = State().with_fact("municipality", None)
    reply = say(service, "Jeg vil tale med et menneske", "0461", state=declined)
    assert reply.contact
    assert reply.contact["municipality"] == "Odense Kommune"


@pytest.mark.parametrize("language", ["da", "da-easy", "en"])
def test_the_contact_is_told_in_full_sentences(service: Service, language: str) -> None:
    texts, known = service.texts[language], service.municipalities.by_code
    for municipality in (None, known["0175"], known["0461"]):
        told = contact_json(texts, municipality, is_home=False)
        assert told["text"].endswith(".")
        assert f"{told['lead']} {told['title']} ({told['url']})." in told["text"]
        if language == "da-easy":
            assert lix(f"{told['lead']} {told['note']}") <= 30


# --- the authority by its own name


def test_the_authority_has_its_local_name_from_the_day_of_the_reform(service: Service) -> None:
    roedovre, aarhus = (service.municipalities.by_code[code] for code in ("0175", "0751"))
    before, after = date(2026, 1, 31), date(2026, 2, 1)
    assert service.presenter("da", before, roedovre).authority == "jobcentret"
    assert service.presenter("da", after, roedovre).authority == "kommunen (Arbejdsmarkedscenter)"
    assert service.presenter("en", after, roedovre).authority == "the municipality (Arbejdsmarkedscenter)"
    for other in (aarhus, None):
        assert service.presenter("da", after, other).authority == "kommunen (tidligere jobcentret)"


def test_two_municipalities_at_once_are_not_mixed(service: Service) -> None:
    """Eight threads speak for two municipalities and none at all; what was worded for one never reaches another."""
    names = {
        "0175": "kommunen (Arbejdsmarkedscenter)",
        "0461": "kommunen (Job og Vækst)",
        None: "(tidligere jobcentret)",
    }
    mixed: list[str] = []
    message = "Jeg er døv og arbejder på en fabrik 37 timer. Kan jeg få personlig assistance?"

    def talk(site: str | None) -> None:
        for _ in range(6):
            reply = say(service, message, site)
            told = str(reply.eligibility)
            if names[site] not in told or any(name in told for other, name in names.items() if other != site):
                mixed.append(f"{site}: {told[:300]}")

    threads = [threading.Thread(target=talk, args=(site,)) for site in (*names, *names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mixed == []
