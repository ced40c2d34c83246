"""The rules of the house, each a sentence; a rule that no snippet breaks in this file proves nothing."""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator

import pytest

HOUSE = "crm_desktop"

# Who may import whom: (the sentence, the part, what it may import besides itself). The first match counts.
LAYERS = [
    ("main.py imports the application and nothing else", "main", {"app"}),
    ("tasks.py works before anything is installed", "tasks", set()),
    ("The frozen program starts what it carries", "installer", {"app", "cli", "paths", "console"}),
    ("The benchmarks may use everything", "benchmarks", {"*"}),
    ("The application builds everything", "crm_desktop.app", {"*"}),
    ("The command line builds everything", "crm_desktop.cli", {"*"}),
    ("python -m crm_desktop is the command line", "crm_desktop.__main__", {"cli"}),
    ("The sample office is made through the controllers", "crm_desktop.demo", {"*"}),
    ("Photographs are taken of the whole program", "crm_desktop.views.preview", {"*"}),
    (
        "Views ask controllers and never touch the database or a report",
        "crm_desktop.views",
        {"controllers", "models", "events", "errors", "settings", "system", "clock", "logs"},
    ),
    (
        "Controllers do the work and know no window",
        "crm_desktop.controllers",
        {"db", "reports", "models", "system", "events", "errors", "settings", "paths", "clock"},
    ),
    (
        "The database keeps records and knows no rule of the office",
        "crm_desktop.db",
        {"models", "errors", "paths", "system", "clock"},
    ),
    ("Reports turn a table into a document", "crm_desktop.reports", {"models", "errors", "paths"}),
    ("The operating system is reached without knowing why", "crm_desktop.system", {"errors"}),
    ("Models say what a record is and depend on nothing", "crm_desktop.models", {"errors"}),
    ("Everything else stands on the standard library alone", HOUSE, set()),
]

# Where a library may be imported; a library that is not here has no home yet.
HOMES = {
    "tkinter": ["crm_desktop.views"],
    "_tkinter": ["crm_desktop.views"],
    "ttkbootstrap": ["crm_desktop.views"],
    "tkcalendar": ["crm_desktop.views"],
    "tksheet": ["crm_desktop.views"],
    "PIL": ["crm_desktop.views", "crm_desktop.reports", "crm_desktop.system", "installer.icon"],
    "sqlite3": ["crm_desktop.db", "crm_desktop.controllers"],
    "reportlab": ["crm_desktop.reports", "benchmarks"],  # the benchmarks measure against the bare library
    "openpyxl": ["crm_desktop.reports", "crm_desktop.controllers.exchange", "benchmarks"],
    "benchmarks": ["benchmarks"],
    "installer": ["installer"],
    "matplotlib": ["crm_desktop.reports"],
    "python_calamine": ["crm_desktop.controllers.exchange"],
    "pypdfium2": ["crm_desktop.views.print_preview", "crm_desktop.system"],
    "argon2": ["crm_desktop.controllers.passwords"],
    "pypinyin": ["installer.pinyin"],
    "phonenumbers": ["crm_desktop.models"],
    "borax": ["crm_desktop.models"],
    "rapidfuzz": ["crm_desktop.models"],
    "chinese_calendar": ["crm_desktop.models"],
    "mailmerge": ["crm_desktop.reports"],
    "platformdirs": ["crm_desktop.paths"],
    "keyring": ["crm_desktop.system.secrets"],
    "nacl": ["crm_desktop.db.encryption"],
    "uno": ["benchmarks.libreoffice_merge"],
    "com": ["benchmarks.libreoffice_merge"],  # LibreOffice's own types, behind uno
}

WINDOWS_ONLY = {"pywintypes", "win32api", "win32con", "win32gui", "win32print", "win32ui", "winreg"}
HOMES |= {library: ["crm_desktop.system"] for library in WINDOWS_ONLY}

# Kept out of the start-up path, so imported where they are used; a comment there says so.
LAZY = {"reportlab", "openpyxl", "matplotlib", "pypdfium2", "tksheet", "tkcalendar"}
LAZY |= {"phonenumbers", "mailmerge", "python_calamine", "argon2", "platformdirs", "PIL", "borax", "chinese_calendar", "nacl", "keyring"}
LAZY |= {"rapidfuzz"}
LATE_STARTS = {
    ("main", "crm_desktop.app.main"),  # main.py first looks whether the libraries are there
    # What the sign-in page can do without, which is most of the program:
    ("crm_desktop.app.application", "crm_desktop.app.inside.Inside"),
    ("crm_desktop.app.start", "crm_desktop.app.self_test.self_test"),
    ("crm_desktop.views.sign_in", "crm_desktop.views.passwords.recover_password"),
    ("crm_desktop.db.migrate", "crm_desktop.db.search_index"),
}

LONGEST_FILE = 300
LONGEST_FUNCTION = 25  # of 95 in 100


# Reading imports


def imports(source) -> Iterator[tuple[ast.stmt, str]]:
    """(statement, dotted name) of every import, relative ones made absolute."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = source.module if source.is_package else source.module.rpartition(".")[0]
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def is_within(name: str, part: str) -> bool:
    return name == part or name.startswith(part + ".")


def part_of(name: str) -> str:
    """``crm_desktop.db.search.find`` is of the part ``db``; the package itself, with its version, of none."""
    pieces = name.split(".")
    return pieces[1] if len(pieces) > 1 and not pieces[1].startswith("__") else ""


# The rules: each yields one line for every breach


def layer_breaches(source) -> Iterator[str]:
    sentence, own, allowed = next(row for row in LAYERS if is_within(source.module, row[1]))
    own = source.module if own == HOUSE else own
    for node, name in imports(source):
        part = part_of(name)
        if is_within(name, HOUSE) and part and not is_within(name, own) and not {part, "*"} & allowed:
            yield f"{source.path}:{node.lineno} imports {name}. {sentence}."


def library_breaches(source) -> Iterator[str]:
    for node, name in imports(source):
        library = name.split(".")[0]
        if library == HOUSE or (library in sys.stdlib_module_names and library not in HOMES):
            continue
        homes = HOMES.get(library, [])
        if not any(is_within(source.module, home) for home in homes):
            yield f"{source.path}:{node.lineno} imports {library}, which lives in {homes or 'no part yet'}"


def late_import_breaches(source) -> Iterator[str]:
    lines = source.text.splitlines()
    inside = {id(node) for function in functions(source) for node in ast.walk(function)}
    for node, name in imports(source):
        library = name.split(".")[0]
        if id(node) not in inside or library in WINDOWS_ONLY:  # these cannot be imported anywhere else
            continue
        if library not in LAZY and (source.module, name) not in LATE_STARTS:
            yield f"{source.path}:{node.lineno} imports {name} inside a function"
        elif not any("#" in line for line in lines[node.lineno - 2 : node.end_lineno]):
            yield f"{source.path}:{node.lineno} imports {name} late without a comment that says why"


def functions(source) -> list[ast.FunctionDef]:
    return [node for node in source.nodes if isinstance(node, ast.FunctionDef)]


def clock_breaches(source) -> Iterator[str]:
    if source.module == "crm_desktop.clock":
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and CLOCK_CALL.search(ast.unparse(node)):
            yield f"{source.path}:{node.lineno} asks for the time itself: {ast.unparse(node)}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            names = {alias.name for alias in node.names} & {"time", "time_ns", "localtime", "gmtime"}
            yield from (f"{source.path}:{node.lineno} imports time.{name}" for name in names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CLOCK.search(node.value):
            yield f"{source.path}:{node.lineno} lets SQLite ask for the time"


CLOCK_CALL = re.compile(r"\b(datetime|date)\.(now|utcnow|today)$|\btime\.(time|time_ns|localtime|gmtime)$")
SQL_CLOCK = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\b(datetime|date|julianday|strftime)\([^)]*'now'")


def transaction_breaches(source) -> Iterator[str]:
    if is_within(source.module, "crm_desktop.db"):
        return
    for node in source.nodes:
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in {"commit", "rollback", "executescript"}:
            yield f"{source.path}:{node.lineno} calls .{called.attr}(): only db/ ends transactions"


def swallowing_breaches(source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            swallows = is_everything(node.type) and all(map(does_nothing, node.body))
        else:
            is_suppress = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")
            swallows = is_suppress and any(map(is_everything, node.args))
        if swallows:
            yield f"{source.path}:{node.lineno} swallows every exception"


def is_everything(kind: ast.expr | None) -> bool:
    return kind is None or ast.unparse(kind) in {"Exception", "BaseException"}


def does_nothing(line: ast.stmt) -> bool:
    is_ellipsis = isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
    return is_ellipsis or isinstance(line, (ast.Pass, ast.Continue))


def docstring_breaches(source) -> Iterator[str]:
    opening = (ast.get_docstring(source.tree) or "").split("\n")[0]
    if not opening.rstrip().endswith((".", "。", ":", ";", ",", "!")) and source.text.strip():
        yield f"{source.path} does not open with a sentence"


def unfinished_breaches(source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{source.path}:{number} leaves something for later: {line.strip()}"


UNFINISHED = re.compile(r"#.*\b(TO[D]O|FIX[M]E|HAC[K])\b|pytest\.(mark\.)?(ski[p]|xfai[l])")


def length_breaches(source) -> Iterator[str]:
    length = len(source.text.splitlines())
    if length > LONGEST_FILE:
        yield f"{source.path} has {length} lines, {LONGEST_FILE} are allowed"


PER_FILE_RULES = [
    layer_breaches,
    library_breaches,
    late_import_breaches,
    clock_breaches,
    transaction_breaches,
    swallowing_breaches,
    docstring_breaches,
    unfinished_breaches,
    length_breaches,
]


@pytest.mark.parametrize("rule", PER_FILE_RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps_the_rule(rule: Callable, sources) -> None:
    complain(breach for source in sources for breach in rule(source))


@pytest.mark.parametrize("rule", [docstring_breaches, unfinished_breaches, swallowing_breaches])
def test_the_tests_keep_the_rule(rule: Callable, all_sources) -> None:
    tests = [source for source in all_sources if source.path.startswith("tests/")]
    complain(breach for source in tests for breach in rule(source))


def complain(breaches: Iterable[str]) -> None:
    lines = list(breaches)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


# Rules about the whole


def function_lengths(sources) -> list[tuple[int, str]]:
    return sorted(
        (node.end_lineno - node.lineno + 1, f"{source.path}:{node.lineno} {node.name}")
        for source in sources
        for node in functions(source)
    )


def test_95_of_100_functions_are_short(sources) -> None:
    lengths = function_lengths(sources)
    long_ones = [name for length, name in lengths if length > LONGEST_FUNCTION]
    if len(long_ones) > 0.05 * len(lengths):
        complain(long_ones)


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """One circle of imports, as a path that ends where it began; empty when there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        found = next(filter(None, (walk(other, [*path, name]) for other in sorted(graph.get(name, ())))), [])
        done.add(name)
        return found

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])


def import_graph(sources) -> dict[str, set[str]]:
    """Which module of the house imports which, at any depth and for any purpose."""
    modules = {source.module for source in sources}
    return {
        source.module: {
            target if target in modules else target.rpartition(".")[0] for _, target in imports(source)
        }
        & modules
        for source in sources
    }


def test_no_module_imports_itself_in_a_circle(sources) -> None:
    assert cycle(import_graph(sources)) == []


# Each rule, seen to fail


BROKEN = [
    (layer_breaches, "crm_desktop/models/customer.py", "from crm_desktop.db import Database"),
    (layer_breaches, "crm_desktop/models/customer.py", "from ..db import Database"),
    (layer_breaches, "crm_desktop/views/main_window.py", "import crm_desktop.db.statements"),
    (layer_breaches, "crm_desktop/views/main_window.py", "from crm_desktop import paths"),
    (layer_breaches, "crm_desktop/reports/__init__.py", "from ..db import Database"),
    (layer_breaches, "crm_desktop/events.py", "from crm_desktop.settings import Settings"),
    (library_breaches, "crm_desktop/controllers/customers.py", "import tkinter.messagebox"),
    (library_breaches, "crm_desktop/views/customers.py", "import sqlite3"),
    (library_breaches, "crm_desktop/db/search.py", "import pandas"),
    (late_import_breaches, "crm_desktop/db/a.py", "def f():\n    import json  # quick"),
    (late_import_breaches, "crm_desktop/reports/a.py", "def f():\n    import reportlab\n"),
    (late_import_breaches, "crm_desktop/app.py", "def f():\n    from crm_desktop import cli  # later\n"),
    (clock_breaches, "crm_desktop/db/a.py", "import datetime\nx = datetime.datetime.now()"),
    (clock_breaches, "crm_desktop/db/a.py", "today = date.today"),
    (clock_breaches, "crm_desktop/db/a.py", "from time import time"),
    (clock_breaches, "crm_desktop/db/a.py", "SQL = 'SELECT CURRENT_TIMESTAMP'"),
    (clock_breaches, "crm_desktop/db/a.py", "SQL = \"SELECT date('now')\""),
    (transaction_breaches, "crm_desktop/controllers/a.py", "connection.commit()"),
    (transaction_breaches, "crm_desktop/controllers/a.py", "connection.executescript(x)"),
    (swallowing_breaches, "crm_desktop/a.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (swallowing_breaches, "crm_desktop/a.py", "try:\n    f()\nexcept:\n    ..."),
    (swallowing_breaches, "crm_desktop/a.py", "with contextlib.suppress(Exception):\n    f()"),
    (docstring_breaches, "crm_desktop/a.py", "import os"),
    (docstring_breaches, "crm_desktop/a.py", '"""stuff"""'),
    (unfinished_breaches, "crm_desktop/a.py", "f()  # TO" + "DO: the rest"),
    (unfinished_breaches, "tests/test_a.py", "pytest.sk" + "ip('later')"),
    (length_breaches, "crm_desktop/a.py", "x = 1\n" * 301),
]


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_a_rule_sees_its_breach(rule: Callable, path: str, text: str, snippet) -> None:
    assert len(list(rule(snippet(path, text)))) == 1


KEPT = [
    (layer_breaches, "crm_desktop/views/about.py", "from crm_desktop import __version__"),
    (layer_breaches, "crm_desktop/controllers/a.py", "from .base import EntityController"),
    (layer_breaches, "crm_desktop/app.py", "from crm_desktop.db import Database"),
    (library_breaches, "crm_desktop/db/connection.py", "import sqlite3"),
    (late_import_breaches, "crm_desktop/reports/a.py", "def f():\n    import reportlab  # 60 ms"),
    (late_import_breaches, "main.py", "def f():\n    from crm_desktop.app import main  # only now"),
    (clock_breaches, "crm_desktop/clock.py", "datetime.now()"),
    (clock_breaches, "crm_desktop/db/a.py", "self.clock.now()\ntime.monotonic()\nDay.today"),
    (transaction_breaches, "crm_desktop/db/a.py", "connection.commit()"),
    (swallowing_breaches, "crm_desktop/a.py", "try:\n    f()\nexcept KeyError:\n    pass"),
    (docstring_breaches, "crm_desktop/a.py", '"""Says what it is for."""'),
]


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_a_rule_lets_good_code_pass(rule: Callable, path: str, text: str, snippet) -> None:
    assert list(rule(snippet(path, text))) == []


def test_a_circle_is_found(snippet) -> None:
    a = snippet("crm_desktop/a.py", "from crm_desktop import b")
    b = snippet("crm_desktop/b.py", "from crm_desktop.c import f")
    c = snippet("crm_desktop/c.py", "import crm_desktop.a")
    d = snippet("crm_desktop/d.py", "import crm_desktop.a")
    assert [name[-1] for name in cycle(import_graph([a, b, c, d]))] == ["a", "b", "c", "a"]
    assert cycle(import_graph([a, b, d])) == []


def test_a_long_function_is_measured(snippet) -> None:
    text = "def f():\n" + "    x = 1\n" * 30
    assert function_lengths([snippet("crm_desktop/a.py", text)]) == [(31, "crm_desktop/a.py:1 f")]
