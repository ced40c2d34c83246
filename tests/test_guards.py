"""The guards of conftest.py, each seen to fail a test that passes without it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MISBEHAVIOUR = '''
import logging
import os
import tkinter
from pathlib import Path

import pytest
from crm_desktop import paths
from crm_desktop.db import Database


def test_good():
    pass


def test_logs_an_error():
    logging.getLogger("crm").error("the disk is full")


def test_expects_its_error(error_log):
    logging.getLogger("crm").error("the disk is full")
    error_log.clear()


def test_raises_in_a_callback(root):
    tkinter.Button(root, command=lambda: 1 / 0).invoke()
    root.after(1, lambda: 1 / 0)
    root.after(5, lambda: root.setvar("late", "yes"))
    root.wait_variable("late")


def test_leaves_a_transaction_open(tmp_path):
    database = Database.open(tmp_path / "a.db", create=True)
    database.connection().execute("BEGIN")
    globals()["kept"] = database  # alive when the guard looks


def test_cleans_up():
    kept.close_all()


def test_leaves_a_widget(root):
    tkinter.Frame(root, name="forgotten")


def test_finds_an_empty_window(root):
    assert "forgotten" not in root.children


def test_stays_in_its_own_folders(own_folders):
    assert paths.user_data_folder().is_relative_to(own_folders)
    assert Path.home().is_relative_to(own_folders)


@pytest.mark.slow
def test_takes_long():
    pass
'''
FAILING = {"test_logs_an_error", "test_raises_in_a_callback", "test_leaves_a_transaction_open"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each test of a project that has our conftest.py and settings."""
    folder = tmp_path_factory.mktemp("misbehaving")
    (folder / "conftest.py").write_bytes((PROJECT / "tests/conftest.py").read_bytes())
    (folder / "test_it.py").write_text(MISBEHAVIOUR, encoding="utf-8")
    options = ["-c", str(PROJECT / "setup.cfg"), "--rootdir", str(folder), "-p", "no:cacheprovider", "-rA"]
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    report = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8").stdout
    lines = re.findall(r"^(PASSED|FAILED|ERROR) \S*::(\w+)", report, re.MULTILINE)
    assert lines, report
    return {name: outcome for outcome, name in lines}


def test_the_guards_catch_exactly_the_misbehaving(outcomes: dict[str, str]) -> None:
    assert {name for name, outcome in outcomes.items() if outcome != "PASSED"} == FAILING


def test_long_tests_wait_for_slow(outcomes: dict[str, str]) -> None:
    assert "test_good" in outcomes
    assert "test_takes_long" not in outcomes
