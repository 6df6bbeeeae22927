"""Measure the answers on labelled questions, beside plain baselines: `python -m faq.evaluate FILE.jsonl…`.

A line with `topics` is a question and its right answers (`also`: acceptable ones, `style`: how it is asked). A line
with `kind` is a message the corpus does not answer. A line with neither is only checked for false alarms.
`--no-baselines` leaves the baselines out.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faq.answering import Reading, load_reader
from faq.baselines import BaselineMissingError, baselines, best_topics
from faq.corpus import Corpus, load_corpus

Reader = Callable[[str, str | None], Reading]
Row = Mapping[str, Any]

ANSWERS = Path(__file__).parent / "answers"
EVALUATION = Path(__file__).parents[1] / "tests" / "evaluation"
NO_ALARM = "no-alarm"
_NOTHING = "(nothing)"
_TWO_SIDED_95 = 1.959964


class RowError(ValueError):
    """A file of labelled messages that cannot be read, with what to mend."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval: between which shares the true one is likely to lie."""
        if not self.of:
            return 0.0, 1.0
        z = _TWO_SIDED_95
        scale = 1 + z * z / self.of
        middle = (self.value + z * z / (2 * self.of)) / scale
        half = z * math.sqrt(self.value * (1 - self.value) / self.of + z * z / (4 * self.of**2)) / scale
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:5.1f} % [{100 * low:5.1f}-{100 * high:5.1f}]"


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question and the answers it got, best first; none when it was refused."""

    text: str
    right: tuple[str, ...]
    near: tuple[str, ...]
    style: str
    got: tuple[str, ...]

    @property
    def first_is_right(self) -> bool:
        return bool(self.got) and self.got[0] in self.right

    @property
    def first_is_acceptable(self) -> bool:
        return bool(self.got) and self.got[0] in (*self.right, *self.near)


@dataclass(frozen=True, slots=True)
class QuestionScores:
    """How the questions of a file went."""

    asked: tuple[Asked, ...]

    @property
    def hit_1(self) -> Share:
        return Share(sum(one.first_is_right for one in self.asked), len(self.asked))

    @property
    def acceptable_1(self) -> Share:
        """Also counts the near answers that whoever labelled the question would accept."""
        return Share(sum(one.first_is_acceptable for one in self.asked), len(self.asked))

    @property
    def hit_3(self) -> Share:
        return Share(sum(not set(one.right).isdisjoint(one.got[:3]) for one in self.asked), len(self.asked))

    @property
    def refused(self) -> Share:
        return Share(sum(not one.got for one in self.asked), len(self.asked))

    @property
    def by_style(self) -> Mapping[str, QuestionScores]:
        styles = sorted({one.style for one in self.asked})
        return {style: QuestionScores(tuple(one for one in self.asked if one.style == style)) for style in styles}

    @property
    def misses(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if not one.first_is_right)

    @property
    def confusions(self) -> tuple[tuple[str, str, int], ...]:
        """(right, got, how often), most frequent first: pairs of answers that an editor should tell apart."""
        pairs = Counter((one.right[0], one.got[0] if one.got else _NOTHING) for one in self.misses)
        return tuple((right, got, count) for (right, got), count in sorted(pairs.items(), key=lambda p: (-p[1], p[0])))


@dataclass(frozen=True, slots=True)
class Told:
    """A message that the corpus does not answer, what kind it was read as, and the answers it got all the same."""

    text: str
    kind: str
    read_as: str
    got: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherScores:
    """How the messages went that are no questions for the corpus."""

    told: tuple[Told, ...]

    @property
    def by_kind(self) -> Mapping[str, OtherScores]:
        kinds = sorted({one.kind for one in self.told})
        return {kind: OtherScores(tuple(one for one in self.told if one.kind == kind)) for kind in kinds}

    @property
    def answered(self) -> Share:
        """Answered from the corpus. Says nothing of the lines that are only checked for alarms."""
        counted = [one for one in self.told if one.kind != NO_ALARM]
        return Share(sum(bool(one.got) for one in counted), len(counted))

    @property
    def crises(self) -> Share:
        crises = [one for one in self.told if one.kind == "crisis"]
        return Share(sum(one.read_as == "crisis" for one in crises), len(crises))

    @property
    def unseen_crises(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.kind == "crisis" and one.read_as != "crisis")

    @property
    def false_alarms(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.kind != "crisis" and one.read_as == "crisis")


def score_questions(read: Reader, rows: Iterable[Row]) -> QuestionScores:
    """Ask each question; the right answer counts first (hit_1) or among three (hit_3)."""
    return QuestionScores(tuple(_asked(row, _ids(read(row["text"], row.get("context")))) for row in rows))


def score_baseline(name: str, corpus: Corpus, rows: Sequence[Row]) -> QuestionScores:
    """The same questions put to a baseline, which always answers."""
    found = best_topics(baselines()[name], corpus, [row["text"] for row in rows])
    return QuestionScores(tuple(_asked(row, got) for row, got in zip(rows, found, strict=True)))


def score_others(read: Reader, rows: Iterable[Row]) -> OtherScores:
    """Send each message that is no question for the corpus."""
    told = []
    for row in rows:
        reading = read(row["text"], None)
        told.append(Told(row["text"], row.get("kind", NO_ALARM), reading.triage.kind, _ids(reading)))
    return OtherScores(tuple(told))


def load_rows(path: Path) -> tuple[Row, ...]:
    """The labelled messages of a file; raises `RowError` naming file and line."""
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise RowError(f"{path.name}, line {number}: not JSON ({error.msg}); one object a line") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise RowError(f'{path.name}, line {number}: has no "text"; write {{"text": "…", "topics": ["…"]}}')
        if "topics" in row and not (isinstance(row["topics"], list) and row["topics"]):
            raise RowError(f'{path.name}, line {number}: "topics" must be a list of at least one id')
        rows.append(row)
    return tuple(rows)


def _asked(row: Row, got: tuple[str, ...]) -> Asked:
    return Asked(row["text"], tuple(row["topics"]), tuple(row.get("also", ())), row.get("style", "-"), got)


def _ids(reading: Reading) -> tuple[str, ...]:
    return tuple(candidate.entry_id for candidate in reading.match.candidates)


def question_report(scores: QuestionScores, beside: Mapping[str, QuestionScores]) -> Iterator[str]:
    """The lines about a file's questions; `beside` are baselines by name."""
    yield f"{'':27}{'n':>5}  {'hit@1':23}{'hit@3':23}{'refused':23}"
    yield _question_line("all", scores)
    for style, some in scores.by_style.items():
        yield _question_line(f"  {style}", some)
    yield f"  right or acceptable first: {scores.acceptable_1}"
    if beside:
        yield ""
        yield "Baselines on the same phrasings"
        for name, theirs in beside.items():
            yield _question_line(f"  {name}", theirs)
    yield ""
    yield f"Misses ({len(scores.misses)}; ~ the answer given is acceptable, 3 the right one is among the three)"
    for one in scores.misses:
        mark = ("~" if one.first_is_acceptable else " ") + ("3" if set(one.right) & set(one.got) else " ")
        yield f"  {mark} {'|'.join(one.right)} -> {', '.join(one.got) or _NOTHING}: {one.text}"
    yield ""
    yield "Confused (right -> got, how often)"
    for right, got, count in scores.confusions:
        yield f"  {count:3}  {right} -> {got}"


def _question_line(name: str, scores: QuestionScores) -> str:
    shares = (scores.hit_1, scores.hit_3, scores.refused)
    return f"{name:27}{len(scores.asked):>5}  {''.join(f'{share!s:23}' for share in shares)}".rstrip()


def other_report(scores: OtherScores) -> Iterator[str]:
    """The lines about a file's messages that are no questions for the corpus."""
    yield f"{'':27}{'n':>5}  {'answered from corpus':23}read as"
    for kind, some in scores.by_kind.items():
        seen = ", ".join(f"{name} {count}" for name, count in Counter(one.read_as for one in some.told).most_common())
        share = str(some.answered) if kind != NO_ALARM else "-"
        yield f"  {kind:25}{len(some.told):>5}  {share:23}{seen}"
    if scores.answered.of:
        yield f"{'all':27}{scores.answered.of:>5}  {scores.answered}"
    if scores.crises.of:
        yield f"Crises recognised: {scores.crises}"
    yield from (f"  not recognised: {one.text}" for one in scores.unseen_crises)
    yield f"False alarms: {len(scores.false_alarms)} of {sum(one.kind != 'crisis' for one in scores.told)}"
    yield from (f"  alarm: {one.text}" for one in scores.false_alarms)
    for one in scores.told:
        if one.got and one.kind != NO_ALARM:
            yield f"  answered all the same ({one.kind}) -> {one.got[0]}: {one.text}"


def report(path: Path, corpus: Corpus, read: Reader, with_baselines: bool = True) -> Iterator[str]:
    """Everything there is to tell about one file."""
    rows = load_rows(path)
    questions = [row for row in rows if "topics" in row]
    others = [row for row in rows if "topics" not in row]
    yield f"== {path.name}: {len(questions)} questions, {len(others)} other messages"
    if questions:
        beside = {}
        for name in baselines() if with_baselines else ():
            try:
                beside[name] = score_baseline(name, corpus, questions)
            except BaselineMissingError as error:
                yield str(error)
        yield from question_report(score_questions(read, questions), beside)
    if others:
        yield from other_report(score_others(read, others))
    yield ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m faq.evaluate", description="Measure the answers.")
    parser.add_argument("files", nargs="*", type=Path, help="labelled messages, one JSON object a line")
    parser.add_argument("--no-baselines", action="store_true", help="only our own numbers")
    options = parser.parse_args(arguments)
    corpus = load_corpus(ANSWERS)
    read = load_reader(corpus)
    try:
        for path in options.files or sorted(EVALUATION.glob("*.jsonl")):
            for line in report(path, corpus, read, not options.no_baselines):
                print(line)
    except (OSError, RowError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
