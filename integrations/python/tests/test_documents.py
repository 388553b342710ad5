"""What docstrings, README and types say."""

import ast
import doctest
import importlib
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import titlecanon
import titlecanon._native

HERE = Path(__file__).parent
MODULES = ["titlecanon", "titlecanon._errors", "titlecanon._native", "titlecanon.polars", "titlecanon.spark"]


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_say_what_happens(module):
    found = doctest.testmod(importlib.import_module(module))
    assert found.failed == 0 and (found.attempted or module == "titlecanon._native")


@pytest.mark.parametrize("native", [titlecanon.Answer, titlecanon.Answers, titlecanon.Normalizer])
def test_docstrings_of_native_classes_say_what_happens(native):
    names = {"titlecanon": titlecanon, native.__name__: native, "Normalizer": titlecanon.Normalizer}
    runner, attempted = doctest.DocTestRunner(), 0
    texts = [native.__doc__, *(inspect.getdoc(getattr(native, name)) for name in vars(native))]
    for text in filter(None, texts):
        test = doctest.DocTestParser().get_doctest(text, dict(names), native.__name__, None, 0)
        attempted += runner.run(test).attempted
    assert attempted and runner.failures == 0


def test_the_readme_says_what_happens():
    found = doctest.testfile(str(HERE.parent / "README.md"), module_relative=False)
    assert found.attempted > 10 and found.failed == 0


def test_the_readme_says_what_was_measured(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE.parent))
    report = json.loads((HERE.parents[1] / "reports" / "python.json").read_text(encoding="utf-8"))
    assert importlib.import_module("bench").tables(report) in (HERE.parent / "README.md").read_text(encoding="utf-8")


def test_everything_public_is_documented():
    for module in map(importlib.import_module, MODULES):
        assert module.__doc__
        for name, value in vars(module).items():
            if name.startswith("_") or getattr(value, "__module__", "").split(".")[0] != "titlecanon":
                continue
            assert value.__doc__, f"{module.__name__}.{name}"
            if inspect.isclass(value):
                for member, what in vars(value).items():
                    if not member.startswith("_") and (callable(what) or inspect.isdatadescriptor(what)):
                        assert what.__doc__, f"{name}.{member}"


def test_the_stub_is_the_module():
    stub = ast.parse((Path(titlecanon.__file__).parent / "_native.pyi").read_text())
    names = {node.name: node for node in stub.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    assert set(names) == {name for name in vars(titlecanon._native) if not name.startswith("__")}
    for name, node in names.items():
        if isinstance(node, ast.ClassDef):
            said = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
            public = {member for member in vars(getattr(titlecanon._native, name)) if not member.startswith("_")}
            assert public <= said and said - {"__hash__", "__eq__"} <= set(dir(getattr(titlecanon._native, name)))


def mypy(*what):
    config = str(HERE.parent / "pyproject.toml")
    # From elsewhere, so that it is the installed package that is checked.
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, "--config-file", config, *what],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )


def test_types():
    """The package itself, and a program that uses it, under mypy's strictest rules."""
    for what in [["-p", "titlecanon"], [str(HERE / "typed.py")]]:
        checked = mypy(*what)
        assert checked.returncode == 0, checked.stdout
    # And the types refuse what is wrong: mypy says so of each of these lines, and of no other.
    wrong = (HERE / "mistyped.py").read_text().splitlines()
    checked = mypy(str(HERE / "mistyped.py"))
    told = {int(line.split(":")[1]) for line in checked.stdout.splitlines() if ": error:" in line}
    assert told == {at for at, line in enumerate(wrong, 1) if line.endswith("# wrong")}, checked.stdout
