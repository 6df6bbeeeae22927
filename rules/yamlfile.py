"""Read a YAML file and remember on which line each value stands, so that errors can point at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a data file, told so that an editor can mend it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, linje {self.line}: {self.message}"


class DataError(Exception):
    """One or more problems in the data files; `problems` lists them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The parsed content of a file together with its node tree."""

    path: Path
    content: object
    root: yaml.Node | None

    def line_of(self, loc: Sequence[int | str]) -> int:
        """The line (from 1) of the value at `loc`, or of the nearest enclosing value that exists."""
        node = self.root
        for step in loc:
            child = _child(node, step)
            if child is None:
                continue
            node = child
        return node.start_mark.line + 1 if node is not None else 1

    def problem(self, loc: Sequence[int | str], message: str) -> Problem:
        return Problem(self.path.name, self.line_of(loc), message)


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                found: yaml.Node = value
                return found
    return None


# The loader in C reads the law in a tenth of the time; where PyYAML was built without it, the one in Python does.
_Safe: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc, valid-type]
    """Safe YAML that refuses a key written twice: the second would silently win."""


def _mapping(loader: _Loader, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
    seen: set[object] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"«{key}» står to gange", key_node.start_mark)
        seen.add(key)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


# YAML 1.1 reads on, off, yes and no as truth values; editors mean the words.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> YamlFile:
    """Parse `path`; raises `DataError` naming the line when it is not YAML."""
    text = path.read_text(encoding="utf-8")
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        return YamlFile(path, loader.construct_document(root) if root else None, root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        message = f"filen kan ikke læses som YAML: {error.problem}. Se efter indrykning, kolon og anførselstegn."
        raise DataError([Problem(path.name, line, message)]) from error


def parse(path: Path, model: type[M]) -> tuple[M, YamlFile]:
    """Read `path` into `model`; raises `DataError` with every problem, its line and its remedy."""
    source = read_yaml(path)
    try:
        return model.model_validate(source.content), source
    except ValidationError as error:
        raise DataError([_explain(source, detail) for detail in error.errors()]) from error


_REMEDY = {
    "missing": "feltet «{field}» mangler; skriv det ind",
    "extra_forbidden": "feltet «{field}» kendes ikke her; ret stavemåden eller fjern det",
    "literal_error": "«{input}» kan ikke stå i «{field}»; skriv {expected}",
    "date_from_datetime_parsing": "«{input}» er ikke en dato; skriv ÅÅÅÅ-MM-DD",
    "date_type": "«{input}» er ikke en dato; skriv ÅÅÅÅ-MM-DD",
    "string_type": "«{field}» skal være tekst; sæt anførselstegn om «{input}»",
    "tuple_type": "«{field}» skal være en liste: [a, b]",
    "dict_type": "«{field}» skal være navne med værdier: {{navn: værdi}}",
}


def _explain(source: YamlFile, detail: object) -> Problem:
    info: dict[str, object] = detail if isinstance(detail, dict) else {}
    loc = info.get("loc")
    steps: tuple[int | str, ...] = loc if isinstance(loc, tuple) else ()
    context = info.get("ctx")
    expected = str(context.get("expected", "")).replace(" or ", " eller ") if isinstance(context, dict) else ""
    template = _REMEDY.get(str(info.get("type")))
    field = next((str(step) for step in reversed(steps) if isinstance(step, str)), "filen")
    if template is None:
        message = f"«{field}»: {str(info.get('msg', '')).removeprefix('Value error, ')}"
    else:
        message = template.format(field=field, input=info.get("input"), expected=expected)
    return source.problem(steps, message)
