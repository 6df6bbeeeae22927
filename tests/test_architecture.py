"""The house has one direction: app -> assistant -> rules and faq, which know neither the web nor each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {"rules": {"rules"}, "faq": {"faq"}, "assistant": {"assistant", "rules", "faq"}}
WEB = {"flask", "werkzeug", "jinja2", "gunicorn"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of what is imported"
            yield node.module or ""


def _modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    for path in _modules(package):
        inner = {name.split(".")[0] for name in _imports(path)} & {*ALLOWED, "app"}
        assert inner <= ALLOWED[package], path


@pytest.mark.parametrize("package", ["rules", "faq"])
def test_law_and_answers_know_nothing_of_the_web(package: str) -> None:
    for path in _modules(package):
        assert not {name.split(".")[0] for name in _imports(path)} & WEB, path


def test_only_the_engine_talks_to_durable_rules() -> None:
    for path in (*_modules("rules"), *_modules("assistant"), *_modules("faq")):
        if path.name != "engine.py":
            assert not any(name.startswith("durable") for name in _imports(path)), path


def test_the_conversation_works_without_the_web() -> None:
    for path in _modules("assistant"):
        if "web" not in path.parts and path.name != "gunicorn_conf.py":
            assert not {name.split(".")[0] for name in _imports(path)} & WEB, path


def test_no_scheme_is_named_in_code() -> None:
    """A new scheme is a new data file; code that knows a scheme by name would have to be changed for it."""
    ids = {path.stem for path in (ROOT / "rules" / "law" / "schemes").glob("*.yaml")}
    for path in (*_modules("rules"), *_modules("assistant"), *_modules("faq")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in ids, f"{path}:{node.lineno} names {node.value}"


@pytest.mark.parametrize("package", [*ALLOWED, "tests", "bench"])
def test_every_file_says_first_what_it_is_for(package: str) -> None:
    for path in _modules(package):
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), path
