"""The shipped answers are whole; a broken answer file is told with file, line and remedy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from faq.corpus import Corpus, CorpusError, load_corpus
from faq.evaluate import ANSWERS, EVALUATION, load_rows
from faq.lix import lix
from faq.matcher import ways
from faq.samples import is_current

ROOT = Path(__file__).parents[2]
FEWEST_ANSWERS = 171
GROUPS = {
    "ag": 6, "bot": 5, "bred": 15, "fa": 13, "fn": 9, "gen": 22, "hm": 27, "ib": 18, "pa": 26, "proc": 14, "pu": 8,
    "sb": 8,
}  # fmt: skip
SCHEMES = {"pa", "pu", "hm", "ib", "fa", "fleksjob", "p56", "mentor", "skaanejob", "sps"}


def test_the_shipped_answers_have_no_problem() -> None:
    sources = yaml.safe_load((ROOT / "rules/law/sources.yaml").read_text(encoding="utf-8"))["sources"]
    assert len(load_corpus(ANSWERS, known_sources=sources)) >= FEWEST_ANSWERS


def test_every_answer_of_the_catalogue_is_there(corpus: Corpus) -> None:
    files = {path.stem for path in ANSWERS.glob("*/*.yaml")}
    assert set(corpus) == files
    assert len(files) >= FEWEST_ANSWERS
    groups = Counter(id_.split(".")[0] for id_ in corpus)
    assert all(groups[group] >= count for group, count in GROUPS.items()), groups


def test_every_answer_lies_in_the_folder_of_its_group() -> None:
    assert [path.name for path in ANSWERS.glob("*/*.yaml") if path.stem.split(".")[0] != path.parent.name] == []


def test_answers_name_only_known_schemes(corpus: Corpus) -> None:
    assert {scheme for entry in corpus.values() for scheme in entry.schemes} <= SCHEMES


def test_titles_are_all_different(corpus: Corpus) -> None:
    assert [title for title, count in Counter(e.title for e in corpus.values()).items() if count > 1] == []


def test_no_way_of_asking_is_a_question_of_the_gate(corpus: Corpus) -> None:
    def bare(text: str) -> str:
        return " ".join(text.casefold().split()).rstrip("?!. ")

    asked = {bare(row["text"]) for path in EVALUATION.glob("*.jsonl") for row in load_rows(path)}
    assert asked & {bare(way) for entry in corpus.values() for way in ways(entry)} == set()


def test_the_weights_were_learnt_from_these_answers(corpus: Corpus) -> None:
    assert is_current(corpus), "run make train"


def test_weights_learnt_from_other_answers_are_told(corpus: Corpus) -> None:
    assert not is_current({id_: entry for id_, entry in corpus.items() if id_ != "pa.hvad"})


def test_lix() -> None:
    assert lix("Du kan søge. Det er let.") == 3
    assert lix("Kompensationsordningen.") == 101


# One broken file per rule. The good file has each field on a line of its own.
ANSWER = " ".join(["Du kan spørge kommunen om hjælp til dit job."] * 8)
GOOD = f"""\
id: pa.a
title: Kan jeg få en prøve?
short: Ja, det kan du ofte.
answer: {ANSWER}
phrasings:
  question: [en a, to a]
  keyword: [tre a, fire a]
  lay: [fem a, seks a]
  personal: [syv a, otte a]
law: [kompensationsloven § 4]
sources: [S7]
rules: []
schemes: [pa]
related: [pa.b, pa.c]
reviewed_on: 2026-01-02
"""


def _folder(tmp_path: Path, text: str = GOOD) -> Path:
    (tmp_path / "pa").mkdir()
    for letter in "bc":
        other = GOOD.replace("pa.a", f"pa.{letter}").replace(" a,", f" {letter},").replace(" a]", f" {letter}]")
        related = "[pa.a, pa.c]" if letter == "b" else "[pa.a, pa.b]"
        (tmp_path / "pa" / f"pa.{letter}.yaml").write_text(other.replace("[pa.b, pa.c]", related), encoding="utf-8")
    (tmp_path / "pa" / "pa.a.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_good_file_is_good(tmp_path: Path) -> None:
    entries = load_corpus(_folder(tmp_path), known_sources={"S7"})
    assert set(entries) == {"pa.a", "pa.b", "pa.c"}
    assert entries["pa.a"].phrasings["lay"] == ("fem a", "seks a")


BROKEN = [
    ("id: pa.a\n", "", 1, "«id» mangler; skriv det ind"),
    ("law: [kompensationsloven § 4]\n", "", 1, "«law» mangler; skriv det ind"),
    ("rules: []", "rules: []\nfarve: rød", 13, "«farve» kendes ikke; skriv et af id, title"),
    ("id: pa.a", "id: pa.andet", 1, "«id» skal være filens navn: pa.a"),
    ("prøve?", "prøve", 2, "slut med spørgsmålstegn"),
    ("title: Kan jeg få en prøve?", "title: 12", 2, "«title» skal være en tekst; sæt anførselstegn"),
    ("short: Ja, det kan du ofte.", "short: ''", 3, "«short» skal være en tekst"),
    ("Ja, det kan du ofte.", "ja " * 46, 3, "er på 46 ord; skriv højst 45"),
    (ANSWER, "Du kan spørge kommunen.", 4, "er på 4 ord; skriv 60-180"),
    (ANSWER, ANSWER * 3, 4, "ord; skriv 60-180"),
    (ANSWER, "Kommunens arbejdsmarkedsforvaltning sagsbehandler " * 25, 4, "del lange sætninger, så den er højst 45"),
    ("Ja, det kan du ofte.", "Du har krav på hjælp.", 3, "lover en afgørelse; skriv «kan»"),
    ("Ja, det kan du ofte.", "Brug AB 123.", 3, "nævner et blanketnummer; skriv «kommunens skema»"),
    ("til dit job. Du", "til dit job på 12 34 56 78. Du", 4, "nævner et telefonnummer; henvis til kommunen"),
    ("  lay:", "  slang:", 5, "har slagsen «slang», som ikke findes; skriv en af question"),
    ("  personal: [syv a, otte a]\n", "", 5, "har 6 måder at spørge på af 3 slags; skriv mindst 8 af 4 slags"),
    ("syv a", "Seks a", 5, "har «seks a» to gange; fjern den ene"),
    ("[syv a, otte a]", "syv a", 5, "skal være slags med lister af tekster"),
    ("[syv a, otte a]", "[{syv: a}, otte]", 5, "sæt anførselstegn om tekster med kolon"),
    ("syv a", "syv b", 5, "som også står i pa."),
    ("sources: [S7]", "sources: [S999]", 11, "nævner «S999», som ikke står i rules/law/sources.yaml"),
    ("sources: [S7]", "sources: S7", 11, "«sources» skal være en liste af tekster: [a, b]"),
    ("schemes: [pa]", "schemes: [7]", 13, "«schemes» skal være en liste af tekster"),
    ("related: [pa.b, pa.c]", "related: [pa.b]", 14, "skal nævne 2-5 andre svar"),
    ("related: [pa.b, pa.c]", "related: [pa.b, pa.z]", 14, "nævner «pa.z», som ikke er et andet svar"),
    ("related: [pa.b, pa.c]", "related: [pa.b, pa.a]", 14, "nævner «pa.a», som ikke er et andet svar"),
    ("2026-01-02", "i januar", 15, "«reviewed_on» skal være en dato: ÅÅÅÅ-MM-DD"),
    ("sources: [S7]", "sources: [S7", 12, "kan ikke læses som YAML"),
    ("title: Kan", "title: Kan: jeg: Kan", 2, "se efter indrykning, kolon og anførselstegn"),
    (GOOD, "", 1, "er tom eller ingen liste af felter; se docs/redaktion.md"),
    (GOOD, "- en\n- to\n", 1, "er tom eller ingen liste af felter"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "told"), BROKEN, ids=[told[:40] for *_, told in BROKEN])
def test_a_broken_file_is_told(tmp_path: Path, right: str, wrong: str, line: int, told: str) -> None:
    assert right in GOOD
    with pytest.raises(CorpusError) as caught:
        load_corpus(_folder(tmp_path, GOOD.replace(right, wrong)), known_sources={"S7"})
    problems = [problem for problem in caught.value.problems if told in problem.message]
    assert problems, str(caught.value)
    # A phrasing that two answers share is told at the second one.
    where = {"pa.a.yaml", "pa.b.yaml"} if "også står" in told else {"pa.a.yaml"}
    assert {problem.file for problem in problems} <= where
    assert problems[0].line == line
    assert str(problems[0]).startswith(f"{problems[0].file}, linje {line}: ")


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("prøve?", "prøve").replace("[pa.b, pa.c]", "[]")
    with pytest.raises(CorpusError) as caught:
        load_corpus(_folder(tmp_path, text))
    assert len(caught.value.problems) == 2


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "hm").mkdir()
    (folder / "hm" / "pa.a.yaml").write_text(GOOD.replace(" a", " x"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"pa\.a\.yaml"):
        load_corpus(folder)


def test_a_scheme_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="schemes"):
        load_corpus(_folder(tmp_path, GOOD.replace("schemes: [pa]", "schemes: [findes-ikke]")), known_schemes={"pa"})


def test_kinds_without_a_text_do_not_count(tmp_path: Path) -> None:
    text = GOOD.replace("personal: [syv a, otte a]", "personal: []").replace("fem a,", "fem a, syv a, otte a,")
    with pytest.raises(CorpusError, match="phrasings"):
        load_corpus(_folder(tmp_path, text))


@pytest.mark.parametrize("text", [GOOD.encode("latin-1"), GOOD.replace("prøve", "pr\x07øve").encode()])
def test_a_file_in_another_encoding_is_told(tmp_path: Path, text: bytes) -> None:
    folder = _folder(tmp_path)
    (folder / "pa" / "pa.a.yaml").write_bytes(text)
    with pytest.raises(CorpusError, match=r"pa\.a\.yaml"):
        load_corpus(folder)


def test_a_field_written_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="short"):
        load_corpus(_folder(tmp_path, GOOD + "short: En anden tekst.\n"))
