"""Reading a message against the answers, beside plain likeness to their phrasings: `python -m bench.matching`."""

from __future__ import annotations

import gc
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bench.clock import quantile
from faq.answering import load_reader
from faq.corpus import Corpus, load_corpus
from faq.evaluate import ANSWERS, EVALUATION, Reader, load_rows
from faq.matcher import ways
from faq.model import Entry
from faq.text import normalise

MESSAGES = 200
LARGE_MESSAGES = 12
ENTRIES, PHRASINGS = 5_000, 10
TARGET_MS = 50.0

Reading = Callable[[str], object]


def messages(count: int) -> list[str]:
    """Questions nobody has asked the process before, in a fixed random order."""
    texts = [row["text"] for path in sorted(EVALUATION.glob("*.jsonl")) for row in load_rows(path)]
    return random.Random(7).sample(texts, count)


def likeness(corpus: Corpus, scorer: Callable[..., float]) -> Reading:
    """The nearest phrasing of all by one rapidfuzz scorer."""
    phrasings = [normalise(way) for entry in corpus.values() for way in ways(entry)]
    return lambda text: process.extractOne(normalise(text), phrasings, scorer=scorer)


def times(contenders: dict[str, Reading], texts: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds of processor time per message; the contenders take turns message by message."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for text in texts:
        for name, run in contenders.items():
            begin = time.process_time()
            run(text)
            spent[name].append(1000 * (time.process_time() - begin))
    return spent


def show(title: str, spent: dict[str, list[float]]) -> None:
    own = next(iter(spent.values()))
    print(f"\n{title}\n{'':36}{'p50 ms':>10}{'p95 ms':>10}{'ratio':>9}")
    for name, each in spent.items():
        ratio = statistics.median(theirs / mine for theirs, mine in zip(each, own, strict=True))
        print(f"{name:36}{quantile(each, 0.5):>10.2f}{quantile(each, 0.95):>10.2f}{ratio:>9.2f}", flush=True)


def memory() -> float:
    """Highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_up(corpus: Corpus) -> Corpus:
    """A corpus of 5,000 answers with 50,000 phrasings, of the words of the real ones, none in the weights."""
    chance = random.Random(5)
    pool = [word for entry in corpus.values() for way in ways(entry) for word in way.split()]
    pattern = corpus[min(corpus)]

    def entry(number: int) -> Entry:
        texts = tuple(" ".join(chance.choices(pool, k=chance.randint(4, 14))) for _ in range(PHRASINGS))
        return replace(pattern, id=f"ny.{number}", title=texts[0], phrasings={"question": texts[1:]})

    return {f"ny.{number}": entry(number) for number in range(ENTRIES)}


def loaded(corpus: Corpus) -> Reader:
    before, begin = memory(), time.process_time()
    read = load_reader(corpus)
    print(
        f"reader loaded in {time.process_time() - begin:.1f} s, {memory() - before:+.0f} MB (highest {memory():.0f} MB)"
    )
    return read


def compare(title: str, corpus: Corpus, count: int) -> None:
    print(f"\n{len(corpus)} answers, {sum(1 for entry in corpus.values() for _ in ways(entry))} phrasings")
    read = loaded(corpus)
    contenders: dict[str, Reading] = {
        "faq reading, message new": lambda text: read(text, None),
        "faq reading, same message again": lambda text: read(text, None),
        "rapidfuzz WRatio": likeness(corpus, fuzz.WRatio),
        "rapidfuzz token_set_ratio": likeness(corpus, fuzz.token_set_ratio),
    }
    gc.collect()
    spent = times(contenders, messages(count))
    show(f"{title}, {count} messages; ratio: times as long as the first line", spent)
    worst = quantile(spent["faq reading, message new"], 0.95)
    print(f"p95 {worst:.1f} ms: {'within' if worst <= TARGET_MS else 'ABOVE'} {TARGET_MS:.0f} ms")


def main() -> None:
    begin = time.process_time()
    corpus = load_corpus(ANSWERS)
    print(f"answers loaded and checked in {time.process_time() - begin:.1f} s")
    compare("The answers as shipped", corpus, MESSAGES)
    compare("With 5,000 answers nobody trained the weights on", {**corpus, **made_up(corpus)}, LARGE_MESSAGES)


if __name__ == "__main__":
    main()
