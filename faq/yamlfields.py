"""Read a small YAML file of named fields, so that each mistake in it can be told with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

# The C parser, where PyYAML was built with it, reads the corpus some ten times faster.
_Parser: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Parser):  # type: ignore[misc, valid-type]
    """Safe YAML that refuses a field written twice: the second would silently win."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"«{key.value}» står to gange", key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, linje {self.line}: {self.message}"


class FieldsFile:
    """One file: its content, what keeps it from being read, and the line of each field."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content: Any = None
        self.broken: Problem | None = None
        try:
            self.content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader underneath
        except (UnicodeDecodeError, yaml.reader.ReaderError):
            message = "har tegn, der ikke kan læses; gem filen som UTF-8 uden styretegn"
            self.broken = Problem(path.name, 1, message)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = f"kan ikke læses som YAML ({error.problem}); se efter indrykning, kolon og anførselstegn"
            self.broken = Problem(path.name, line, message)
        if self.broken is None and not isinstance(self.content, dict):
            self.broken = Problem(path.name, 1, "er tom eller ingen liste af felter; se docs/redaktion.md")

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """The line of each field; looked up only when there is something to tell."""
        root = yaml.compose(self.path.read_text(encoding="utf-8"), yaml.SafeLoader)
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        return {key.value: key.start_mark.line + 1 for key, _ in pairs}

    def problem(self, field: str, message: str) -> Problem:
        return Problem(self.path.name, self.lines.get(field, 1), f"«{field}» {message}")
