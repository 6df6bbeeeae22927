"""The release gate: how well labelled questions written for this project are answered, and distress recognised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from faq.corpus import Corpus
from faq.evaluate import (
    EVALUATION,
    OtherScores,
    QuestionScores,
    Reader,
    RowError,
    Share,
    load_rows,
    main,
    question_report,
    score_baseline,
    score_others,
    score_questions,
)

# Just below (above) what is measured; a change that costs more than this is looked at before it goes out.
FIRST, AMONG_THREE, WEAKEST_STYLE = 0.86, 0.94, 0.65
MOST_REFUSED, MOST_OTHERS_ANSWERED = 0.03, 0.03
# Distress in lines by writers who saw none of the word lists, and look-alikes that are as hard.
HEARD, WRONGLY_HEARD = 0.85, 0.10


def _all(name: str) -> list[dict[str, Any]]:
    """The rows of all files of one kind: each was written by somebody else."""
    return [row for path in sorted(EVALUATION.glob(f"{name}*.jsonl")) for row in load_rows(path)]


@pytest.fixture(scope="module")
def questions(read: Reader) -> QuestionScores:
    return score_questions(read, _all("questions"))


@pytest.fixture(scope="module")
def others(read: Reader) -> OtherScores:
    return score_others(read, _all("others"))


def test_there_is_enough_to_measure_on(questions: QuestionScores, others: OtherScores) -> None:
    assert len(questions.asked) >= 800
    assert len(others.told) >= 350


def test_the_right_answer_comes_first(questions: QuestionScores) -> None:
    print("hit@1", questions.hit_1)
    assert questions.hit_1.value >= FIRST


def test_the_right_answer_is_among_three(questions: QuestionScores) -> None:
    print("hit@3", questions.hit_3)
    assert questions.hit_3.value >= AMONG_THREE


def test_no_way_of_asking_is_left_behind(questions: QuestionScores) -> None:
    weakest = min(questions.by_style.items(), key=lambda pair: pair[1].hit_1.value)
    print("weakest style", weakest[0], weakest[1].hit_1)
    assert weakest[1].hit_1.value >= WEAKEST_STYLE


def test_hardly_a_question_is_refused(questions: QuestionScores) -> None:
    print("refused", questions.refused)
    assert questions.refused.value <= MOST_REFUSED


def test_other_messages_are_not_answered(others: OtherScores) -> None:
    print("others answered", others.answered)
    assert others.answered.value <= MOST_OTHERS_ANSWERED


def test_distress_is_recognised_and_never_answered(read: Reader, others: OtherScores) -> None:
    hidden = score_others(read, [row for row in load_rows(EVALUATION / "distress.jsonl") if row["kind"] == "crisis"])
    print("crises", others.crises, "hidden ones", hidden.crises)
    known = score_others(read, load_rows(EVALUATION / "others.jsonl"))
    assert not known.unseen_crises
    assert known.crises.of >= 18
    assert others.crises.value >= 0.95
    assert hidden.crises.value >= HEARD
    assert not others.by_kind["crisis"].answered.count


def test_hardly_anything_else_is_taken_for_a_crisis(read: Reader, others: OtherScores) -> None:
    quiet = score_others(read, _all("no-alarm"))
    calm = score_others(read, [row for row in load_rows(EVALUATION / "distress.jsonl") if row["kind"] == "calm"])
    print("false alarms", len(quiet.false_alarms), "of", len(quiet.told), "hard ones", len(calm.false_alarms))
    for name in ("no-alarm.jsonl", "others.jsonl"):
        assert not score_others(read, load_rows(EVALUATION / name)).false_alarms, name
    assert len(quiet.false_alarms) <= 0.03 * len(quiet.told)
    assert len(calm.false_alarms) <= WRONGLY_HEARD * len(calm.told)
    assert len(others.false_alarms) <= 0.01 * len(others.told)


def test_hardly_a_question_for_the_corpus_is_taken_for_a_crisis(read: Reader) -> None:
    known = load_rows(EVALUATION / "questions.jsonl")
    assert [row["text"] for row in known if read(row["text"], None).triage.kind == "crisis"] == []
    asked = _all("questions")
    alarmed = [row["text"] for row in asked if read(row["text"], None).triage.kind == "crisis"]
    assert len(alarmed) <= 0.005 * len(asked), alarmed


def test_every_right_answer_is_an_answer_of_the_corpus(corpus: Corpus) -> None:
    assert {id_ for row in _all("questions") for id_ in (*row["topics"], *row["also"])} <= set(corpus)


# The measuring itself.


def test_wilsons_interval() -> None:
    assert Share(50, 100).interval == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert Share(10, 10).interval == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(1, 2)) == " 50.0 % [  9.5- 90.5]"


def test_baselines_are_measured_on_the_same_questions(corpus: Corpus) -> None:
    pytest.importorskip("snowballstemmer")
    pytest.importorskip("sklearn")
    rows = [{"text": entry.title, "topics": [id_], "style": "title"} for id_, entry in list(corpus.items())[::20]]
    for name in ("BM25, Danish stemmer", "TF-IDF, 3 characters", "rapidfuzz token_set_ratio"):
        assert score_baseline(name, corpus, rows).hit_3.value == 1.0, name


def test_misses_and_confusions_are_told_to_editors(read: Reader) -> None:
    rows = [{"text": "Hvad er fortrinsadgang?", "topics": ["hm.bil"], "also": ["fa.hvad"], "style": "neutral"}] * 2
    scores = score_questions(read, rows)
    assert scores.confusions == (("hm.bil", "fa.hvad", 2),)
    told = "\n".join(question_report(scores, {}))
    assert "~  hm.bil -> fa.hvad" in told
    assert "2  hm.bil -> fa.hvad" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        ('{"topics": ["pa.hvad"]}', 'line 2: has no "text"'),
        ('{"text": "a", "topics": []}', 'line 2: "topics" must be'),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(RowError, match=told):
        load_rows(path)
    with pytest.raises(RowError, match=r"a\.jsonl"):
        load_rows(path)


def test_the_command_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "few.jsonl"
    rows = [
        {"text": "Hvad er personlig assistance?", "topics": ["pa.hvad"], "also": [], "style": "neutral"},
        {"text": "jeg vil ikke leve mere", "kind": "crisis"},
        {"text": "jeg dør af grin"},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main([str(path), "--no-baselines"]) == 0
    told = capsys.readouterr().out
    assert "few.jsonl: 1 questions, 2 other messages" in told
    assert "Crises recognised: 100.0 %" in told
    assert "False alarms: 0 of 1" in told


def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.jsonl", "--no-baselines"]) == 2
    assert "nowhere.jsonl" in capsys.readouterr().err
