"""Sort out what is not a question for the corpus: distress, small talk, other languages, nonsense, attacks, neighbours.

Everything it knows stands in faq/lexicon/triage_*.yaml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from rapidfuzz import fuzz, process

from faq.concepts import Recogniser, Said
from faq.lexicon import FOLDER, expressions
from faq.patterns import Phrasebook, pattern_words
from faq.text import normalise, words
from faq.words import Token

Heard = Literal["said", "like", "faintly"]
Kind = Literal["question", "smalltalk", "crisis", "near", "foreign", "attack", "nonsense"]

SMALLTALK_SCORE = 92
LONGEST_SMALLTALK = 9
FOREIGN_SHARE = 0.34
FEW_DANISH = 0.75
ALL_FOREIGN = 0.8
SCRIPT_SHARE = 0.3
_NOT_AN_ALARM = "ikke"
_SCRIPTS = {
    "ARABIC": "arabic", "CYRILLIC": "cyrillic", "GREEK": "greek", "CJK": "cjk", "HIRAGANA": "cjk", "KATAKANA": "cjk",
    "THAI": "thai", "HEBREW": "hebrew", "DEVANAGARI": "devanagari", "HANGUL": "hangul",
}  # fmt: skip


# How high a kind learnt from examples must score. Distress sooner than the others: to miss it is worse than to ask in vain.
LIKE_ENOUGH: Mapping[str, float] = {"crisis": -0.45, "attack": -0.4, "smalltalk": -0.4, "near": -0.4}
NEARLY_AS_LIKE = 0.1
FAINT_BELOW = -0.3
# From here on a message is answered as it stands, with a word on where to find somebody to talk to.
WORTH_A_WORD = -0.65


@dataclass(frozen=True, slots=True)
class Triage:
    """What kind of message it is; `detail` which of the kind, `reply` what to say, `language` a foreign one.

    `heard` tells how: its words say so, or it is like the examples, or only faintly so. `worry` when there is a little of
    distress in it.
    """

    kind: Kind
    detail: str | None = None
    reply: str = ""
    language: str | None = None
    heard: Heard = "said"
    worry: bool = False


@dataclass(frozen=True, slots=True)
class _Book:
    """Patterns of one file, the replies they lead to, and those that hold whatever else is said."""

    patterns: Phrasebook
    replies: Mapping[str, str]


def triage_words(folder: Path = FOLDER) -> tuple[str, ...]:
    """The words of the triage patterns, so that typos in them are repaired too."""
    found: list[str] = []
    for name in ("krise", "naer", "angreb"):
        for text in _texts(_read(folder, name)):
            found += pattern_words(text, {})
    return tuple(dict.fromkeys(found))


class Triager:
    """Sorts messages. Read-only after loading, so threads can share it."""

    def __init__(self, recogniser: Recogniser, folder: Path = FOLDER) -> None:
        self._recogniser = recogniser
        self._crisis = self._book(_read(folder, "krise"), "svar")
        self._foreign_crisis = [
            (f" {normalise(phrase)}", language, spec["svar"].strip())
            for language, spec in _read(folder, "krise_sprog").items()
            for phrase in spec["siges"]
        ]
        self._near = self._book(_read(folder, "naer"), "hvor")
        attack = _read(folder, "angreb")
        self._attack = self._book({"angreb": attack}, "svar")
        smalltalk = _read(folder, "smaasnak")
        self._smalltalk = {
            normalise(text): (name, spec["svar"]) for name, spec in smalltalk.items() for text in spec["siges"]
        }
        self._replies: Mapping[Kind, Mapping[str, str]] = {
            "crisis": self._crisis.replies,
            "near": self._near.replies,
            "attack": {"attack": attack["svar"].strip()},
            "smalltalk": {name: spec["svar"].strip() for name, spec in smalltalk.items()},
        }
        languages = _read(folder, "sprog")
        self._scripts: Mapping[str, Any] = languages.pop("skrift")
        self._languages = {name: (frozenset(spec["ord"]), str(spec["linje"])) for name, spec in languages.items()}

    def _book(self, specs: Mapping[str, Any], reply: str) -> _Book:
        book = Phrasebook(self._recogniser.lexicon.groups, self._recogniser.words.key)
        for name, spec in specs.items():
            block = spec if isinstance(spec, str) else spec["siges"]
            for text in expressions(block):
                book.add(name, text)
        replies = {name: spec[reply].strip() for name, spec in specs.items() if not isinstance(spec, str)}
        return _Book(book.ready(), replies)

    def sort(self, text: str) -> Triage:
        """What kind of message this is; `question` when nothing else fits."""
        return self.sort_read(self._recogniser.read(text))

    def sort_read(self, message: Said, sorts: Mapping[str, float] | None = None) -> Triage:
        """The same for a message that was read already.

        `sorts` has the scores of the kinds learnt from examples that no answer beats.
        """
        sorts = sorts or {}
        return replace(self._kind(message, sorts), worry=self._is_worrying(sorts))

    def _kind(self, message: Said, sorts: Mapping[str, float]) -> Triage:
        text, plain = message.text, message.normal
        said = [sentence.tokens for sentence in message.sentences]
        return (
            self._alarm(said)
            or self._foreign_alarm(plain)
            or self._script(text)
            or self._found("attack", self._attack, [*said, *self._raw(text)])
            or self._small(plain)
            or self._foreign(plain)
            or self._quiet_alarm(said, sorts)
            or self._found("near", self._near, said)
            or self._nonsense(message)
            or self._learnt("attack", sorts)
            or self._learnt("smalltalk", sorts)
            or self._learnt("near", sorts)
            or Triage("question")
        )

    def _quiet_alarm(self, said: Sequence[Sequence[Token]], sorts: Mapping[str, float]) -> Triage | None:
        """Distress told in words that no pattern has. What a pattern calls harmless is not looked at again."""
        if any(found.meaning == _NOT_AN_ALARM for sentence in said for found in self._crisis.patterns.find(sentence)):
            return None
        return self._learnt("crisis", sorts) if _outweighs(sorts) else None

    def _is_worrying(self, sorts: Mapping[str, float]) -> bool:
        heard = [score for topic, score in sorts.items() if topic.startswith("crisis")]
        return max(heard, default=WORTH_A_WORD - 1) >= WORTH_A_WORD and _outweighs(sorts)

    def _learnt(self, kind: Kind, sorts: Mapping[str, float]) -> Triage | None:
        """The kind that the message is most like by the examples, where it is like enough."""
        like = {topic: score for topic, score in sorts.items() if topic.split(".", maxsplit=1)[0] == kind}
        topic = max(like, key=like.__getitem__, default="")
        if not topic or like[topic] < LIKE_ENOUGH[kind]:
            return None
        name = topic.partition(".")[2] or kind
        return Triage(kind, name, self._replies[kind][name], heard="like" if like[topic] >= FAINT_BELOW else "faintly")

    def _alarm(self, said: Sequence[Sequence[Token]]) -> Triage | None:
        for sentence in said:
            meant = {found.meaning for found in self._crisis.patterns.find(sentence)}
            if meant and _NOT_AN_ALARM not in meant:
                name = next(name for name in self._crisis.replies if name in meant)
                return Triage("crisis", name, self._crisis.replies[name])
        return None

    def _foreign_alarm(self, plain: str) -> Triage | None:
        """Distress in another language, told by whole phrases: there is no grammar of it here."""
        heard = f" {plain}"
        return next(
            (Triage("crisis", None, reply, lang) for way, lang, reply in self._foreign_crisis if way in heard), None
        )

    def _found(self, kind: Kind, book: _Book, said: Iterable[Sequence[Token]]) -> Triage | None:
        for sentence in said:
            meant = {found.meaning for found in book.patterns.find(sentence)}
            for name, reply in book.replies.items():
                if name in meant:
                    return Triage(kind, name, reply)
        return None

    def _raw(self, text: str) -> list[Sequence[Token]]:
        """The message as bare tokens, for code pasted in: there is nothing to repair in it."""
        return [tuple(Token(word, word) for word in re.findall(r"<?[\w/]+", text.casefold()))]

    def _small(self, plain: str) -> Triage | None:
        bare = " ".join(words(plain))
        if not bare or len(bare.split()) > LONGEST_SMALLTALK:
            return None
        choices = {key: " ".join(words(key)) for key in self._smalltalk}
        found = process.extractOne(bare, choices, scorer=fuzz.ratio, score_cutoff=SMALLTALK_SCORE)
        if found is None:
            return None
        name, reply = self._smalltalk[found[2]]
        return Triage("smalltalk", name, reply.strip())

    def _script(self, text: str) -> Triage | None:
        letters = [char for char in text if char.isalpha()]
        names = [unicodedata.name(char, "").split(" ")[0] for char in letters]
        for prefix, script in _SCRIPTS.items():
            if letters and names.count(prefix) / len(letters) > SCRIPT_SHARE:
                spec = self._scripts[script]
                return Triage("foreign", script, spec["linje"], spec["sprog"])
        return None

    def _foreign(self, plain: str) -> Triage | None:
        """A language by its small words, where hardly a word is Danish."""
        said = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", plain)
        if len(said) < 3:
            return None
        danish = sum(self._is_danish(word) for word in said) / len(said)
        best = max(self._languages, key=lambda name: sum(word in self._languages[name][0] for word in said))
        share = sum(word in self._languages[best][0] for word in said) / len(said)
        mixed = share >= FOREIGN_SHARE and share > danish - 0.15 and danish < FEW_DANISH
        if mixed or share >= ALL_FOREIGN:
            return Triage("foreign", best, self._languages[best][1], best)
        return None

    def _is_danish(self, word: str) -> bool:
        return self._recogniser.words.knows(word)

    def _nonsense(self, message: Said) -> Triage | None:
        """Nothing to hold on to: no letters, or hardly a word that anyone knows."""
        tokens = re.findall(r"[^\W_]+", message.normal)
        known = [word for word in tokens if len(word) > 1 and not word.isdigit() and self._is_danish(word)]
        if known and len(set(tokens)) > 1:
            return None
        if any(sentence.meanings for sentence in message.sentences):
            return None
        return Triage("nonsense", None, "")


def _outweighs(sorts: Mapping[str, float]) -> bool:
    """Whether a message is at least nearly as like distress as like any other kind."""
    heard = [score for topic, score in sorts.items() if topic.startswith("crisis")]
    others = [score for topic, score in sorts.items() if not topic.startswith("crisis")]
    return bool(heard) and max(heard) >= max(others, default=max(heard)) - NEARLY_AS_LIKE


def _read(folder: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((folder / f"triage_{name}.yaml").read_text(encoding="utf-8"))
    return content


def _texts(specs: Mapping[str, Any]) -> Iterable[str]:
    for spec in specs.values():
        if isinstance(spec, str):
            yield from expressions(spec)
        elif isinstance(spec, dict) and isinstance(spec.get("siges"), str):
            yield from expressions(spec["siges"])
