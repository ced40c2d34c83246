"""What a program gets to see that ours starts: all but the frozen program's own."""

import os
import sys

import pytest

from crm_desktop.system import children

OURS = {"TCL_LIBRARY": "/p/_tcl_data", "TK_LIBRARY": "/p/_tk_data", "MPLCONFIGDIR": "/p/数据", "_PYI_ARCHIVE_FILE": "/p/x"}


@pytest.fixture(autouse=True)
def variables(monkeypatch):
    for name, value in OURS.items():
        monkeypatch.setenv(name, value)


def test_children_of_the_frozen_program_see_all_but_what_is_its_own(monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", "/p", raising=False)
    before = dict(os.environ)
    assert {**children.environment(), **OURS} == os.environ == before
    assert not OURS.keys() & children.environment().keys()


def test_a_program_that_a_python_runs_passes_on_what_the_clerk_set():
    assert children.environment() == os.environ
