"""Who may import whom: decided here, not in review. Every rule is proved by a planted violation."""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, TypeGuard

import pytest

PROJECT = Path(__file__).resolve().parent.parent

# What each part may import of the project; `app` is app.py.
LAYERS = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "assistant": {"corpus", "index", "assistant"},
    "app": {"corpus", "index", "assistant"},
    "evals": {"corpus", "index", "assistant", "app", "evals"},
}
SETTINGS = "corpus/settings.py"
MOST_FILES = 2
# Libraries that may stand in more than two files, and why replacing them would not be a change to one file.
SHARED = {
    "streamlit": "the pages; kept in app.py and assistant/web/ by a rule of its own",
    "pydantic": "the answer object and everything that enters from outside are its models",
    "pydantic_settings": "together with pydantic",
    "numpy": "the arrays that vectors and scores are",
    "scipy": "distributions for the evaluation's statistics, the optimiser for training: nothing in common",
    "langchain_core": "the interfaces our retriever, embeddings and chat model implement",
    "sqlalchemy": "the schema and the queries on it",
    "alembic": "its environment, its caller and one file for every step of the schema",
    "tqdm": "progress on a terminal, of every command",
}


def _sources() -> dict[str, str]:
    """The product's files (not the tests), by path from the project's root."""
    files = [PROJECT / "app.py"]
    for package in ("corpus", "index", "assistant", "evals"):
        files += sorted((PROJECT / package).rglob("*.py"))
    return {path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def _imports(path: str, source: str) -> Iterator[str]:
    """Dotted names a file imports, relative ones resolved; `from a import b` gives both "a" and "a.b"."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else []
            module = [*parents, *([node.module] if node.module else [])]
            yield ".".join(module)
            yield from (".".join([*module, alias.name]) for alias in node.names)


def _part(path: str) -> str:
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


def layer_faults(path: str, source: str) -> set[str]:
    """Imports of `path` that go upward, or sideways into evals."""
    allowed = LAYERS[_part(path)]
    roots = {name.split(".")[0] for name in _imports(path, source)}
    return {f"{path} imports {root}" for root in (roots & LAYERS.keys()) - allowed}


def page_faults(path: str, source: str) -> set[str]:
    """Streamlit, or the pages, outside the pages."""
    if path == "app.py" or path.startswith("assistant/web/"):
        return set()
    names = set(_imports(path, source))
    pages = {name for name in names if name == "assistant.web" or name.startswith("assistant.web.")}
    return {f"{path} imports {name}" for name in pages | {name for name in names if name.split(".")[0] == "streamlit"}}


def environment_faults(path: str, source: str) -> set[str]:
    """Reads of the environment outside the settings file; telling a library how to run (setdefault) is none."""
    if path == SETTINGS:
        return set()
    tree = ast.parse(source)
    told = {id(node.value.func.value) for node in ast.walk(tree) if _is_setdefault(node)}
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and id(node) not in told}
    names |= {name.removeprefix("os.") for name in _imports(path, source)}
    return {f"{path} reads {name}" for name in names & {"environ", "environb", "getenv", "getenvb"}}


def _is_setdefault(node: ast.AST) -> TypeGuard[Any]:
    """A statement `os.environ.setdefault(…)` whose result nobody uses."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="setdefault"))):
            return True
    return False


def spread_faults(sources: Mapping[str, str]) -> set[str]:
    """Third-party libraries that stand in more files than `MOST_FILES`."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for path, source in sources.items():
        for name in _imports(path, source):
            files[name.split(".")[0]].add(path)
    ours = sys.stdlib_module_names | LAYERS.keys() | SHARED.keys()
    return {
        f"{library} stands in {len(paths)} files: {', '.join(sorted(paths))}"
        for library, paths in files.items()
        if library not in ours and len(paths) > MOST_FILES
    }


def undeclared(sources: Mapping[str, str], declared: set[str]) -> set[str]:
    """Third-party libraries that are imported and that pyproject.toml does not name: they are here by chance."""
    provided = packages_distributions()
    imported = {name.split(".")[0] for path, source in sources.items() for name in _imports(path, source)} - {""}
    libraries = imported - sys.stdlib_module_names - LAYERS.keys()
    return {library for library in libraries if not {_normal(name) for name in provided.get(library, [])} & declared}


def _normal(distribution: str) -> str:
    return re.split(r"[^\w-]", distribution)[0].replace("_", "-").lower()


def _declared() -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [name for group in project["optional-dependencies"].values() for name in group]
    return {_normal(name) for name in [*project["dependencies"], *optional]}


@pytest.mark.parametrize("rule", [layer_faults, page_faults, environment_faults])
def test_no_file_breaks_the_rule(rule: object) -> None:
    sources = _sources()
    assert len(sources) > 20, "too few files found: the rule would hold of nothing"
    assert callable(rule)
    assert sorted(fault for path, source in sources.items() for fault in rule(path, source)) == []


def test_a_library_stands_in_two_files_at_most() -> None:
    assert sorted(spread_faults(_sources())) == []


def test_every_library_is_declared() -> None:
    assert sorted(undeclared(_sources(), _declared())) == []


def test_an_undeclared_library_is_found() -> None:
    assert undeclared({"corpus/a.py": "import jieba\nimport nowhere_installed"}, _declared()) == {"nowhere_installed"}
    assert undeclared({"corpus/a.py": "import jieba"}, _declared() - {"jieba"}) == {"jieba"}


def test_shared_libraries_are_really_shared() -> None:
    """An entry that is no longer needed leaves the table."""
    imported = {name.split(".")[0] for path, source in _sources().items() for name in _imports(path, source)}
    assert sorted(SHARED.keys() - imported) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("corpus/outline.py", "import index"),
        ("corpus/outline.py", "def f():\n    from index.store import Store"),
        ("index/search.py", "from assistant.answer import Answer"),
        ("assistant/answering.py", "import app"),
        ("assistant/answering.py", "from evals.metrics import rate"),
        ("app.py", "import evals"),
        ("assistant/web/page.py", "from ... import evals"),
    ],
)
def test_an_upward_import_is_found(path: str, source: str) -> None:
    assert layer_faults(path, source)


@pytest.mark.parametrize(
    "source",
    ["import streamlit as st", "from assistant.web import page", "from assistant import web", "from . import web"],
)
def test_a_screen_inside_answering_code_is_found(source: str) -> None:
    assert page_faults("assistant/answering.py", source)


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['A']",
        "import os\nos.getenv('A')",
        "import os\nvalue = os.environ.setdefault('A', '')",
        "from os import environ",
        "from os import getenv",
    ],
)
def test_a_second_reader_of_the_environment_is_found(source: str) -> None:
    assert environment_faults("index/store.py", source)


def test_a_library_in_three_files_is_found() -> None:
    sources = {f"corpus/{name}.py": "from jieba import posseg" for name in ("a", "b", "c")}
    assert spread_faults(sources) == {"jieba stands in 3 files: corpus/a.py, corpus/b.py, corpus/c.py"}


def test_downward_imports_pass() -> None:
    source = "import os\nfrom corpus.model import Figure\nfrom index.store import Store\nos.environ.setdefault('A', '')"
    assert not layer_faults("assistant/answering.py", source)
    assert not page_faults("assistant/answering.py", source)
    assert not environment_faults("assistant/answering.py", source)
