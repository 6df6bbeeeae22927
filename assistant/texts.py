"""Every word that is not an answer of the corpus, by key and language; Danish is the source and never missing."""

from __future__ import annotations

import datetime
import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

DEFAULT = "da"
DOMAINS = ("interface", "page", "rules", "facts", "widget")


class MissingTextError(KeyError):
    """A key has no Danish text."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The texts of one language, with Danish behind them. There is one of each language, equal only to itself."""

    language: str
    own: Mapping[str, str]
    danish: Mapping[str, str]

    def __call__(self, key: str, **params: object) -> str:
        """The text of a key with its placeholders filled; raises `MissingTextError` when Danish lacks it too."""
        text = self.own.get(key) or self.danish.get(key)
        if text is None:
            raise MissingTextError(key)
        return text % params if params else text.replace("%%", "%")

    def has(self, key: str) -> bool:
        return key in self.own or key in self.danish

    def is_translated(self, key: str) -> bool:
        return bool(self.own.get(key))

    def date(self, day: datetime.date) -> str:
        return _long_date(day, self.language)

    def span(self, first: datetime.date, last: datetime.date) -> str:
        """A month or a year as the language writes it."""
        pattern = "y" if first.month != last.month else "LLLL y"
        return format_date(first, pattern, locale=_locale(self.language))

    def number(self, value: float | Fraction, decimals: int = 1) -> str:
        """A number as the language writes it, rounded to at most `decimals`."""
        pattern = "#,##0." + "#" * decimals
        return format_decimal(round(float(value), decimals), pattern, locale=_locale(self.language))


@lru_cache(maxsize=10_000)
def _long_date(day: datetime.date, language: str) -> str:
    return format_date(day, "long", locale=_locale(language))


def _locale(language: str) -> Locale:
    """The locale of a language; what stands after "-" is a way of writing it, as in "da-easy"."""
    return Locale.parse(language.partition("-")[0])


def load_texts(folder: Path) -> Mapping[str, Texts]:
    """All languages with a catalogue under `folder`, Danish first."""
    languages = sorted(
        (p.name for p in folder.iterdir() if (p / "LC_MESSAGES").is_dir()), key=lambda n: (n != DEFAULT, n)
    )
    danish = _catalog(folder / DEFAULT, DOMAINS)
    return {
        name: Texts(name, danish if name == DEFAULT else _catalog(folder / name, DOMAINS), danish) for name in languages
    }


def _catalog(folder: Path, domains: Iterable[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for domain in domains:
        source = folder / "LC_MESSAGES" / f"{domain}.po"
        if source.exists():
            texts.update({key: text for key, text in _messages(source).items() if key})
    return texts


def _messages(source: Path) -> dict[str, str]:
    """The compiled catalogue, or the source compiled on the spot where `make catalogs` was not run since its change."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        with compiled.open("rb") as file:
            return _entries(gettext.GNUTranslations(file))
    buffer = io.BytesIO()
    with source.open("rb") as file:
        write_mo(buffer, read_po(file))
    buffer.seek(0)
    return _entries(gettext.GNUTranslations(buffer))


def _entries(translations: gettext.GNUTranslations) -> dict[str, str]:
    catalog: dict[str, str] = translations._catalog  # type: ignore[attr-defined]
    return dict(catalog)
