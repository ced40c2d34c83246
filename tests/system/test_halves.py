"""Both halves offer the same names with the same parameters, whichever system this runs on."""

import ast
from pathlib import Path

from crm_desktop import system

FOLDER = Path(system.__file__).parent


def offered(*files):
    """Public functions and classes of the files: name → parameters and result, or public methods."""
    found = {}
    for file in files:
        for node in ast.parse((FOLDER / file).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found[node.name] = f"({ast.unparse(node.args)}) -> {ast.unparse(node.returns)}"
            elif isinstance(node, ast.ClassDef):
                found[node.name] = [ast.unparse(base) for base in node.bases]
    return found


def chosen():
    """What the package imports from each half, in the two branches of its choice."""
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    choice = next(node for node in tree.body if isinstance(node, ast.If))
    branches = (choice.body, choice.orelse)
    return [{alias.name for statement in branch for alias in statement.names} for branch in branches]


def test_both_halves_offer_the_same():
    windows = offered("windows.py", "windows_printing.py", "windows_queue.py")
    posix = offered("posix.py", "posix_printing.py", "posix_queue.py")
    from_windows, from_posix = chosen()

    assert from_windows == from_posix
    assert len(from_windows) == 24
    assert {name: windows[name] for name in from_windows} == {name: posix[name] for name in from_posix}


def test_everything_chosen_is_offered_by_the_package():
    assert chosen()[0] <= set(system.__all__)
    assert all(hasattr(system, name) for name in system.__all__)
