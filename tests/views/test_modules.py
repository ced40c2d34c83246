"""Every screen at every scaling: it opens, speaks Chinese, nothing is cut off, Tab goes as one reads, rights hold."""

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from crm_desktop.clock import Clock
from crm_desktop.controllers import sign_in
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.db import Database
from crm_desktop.views.keys import KEYS
from crm_desktop.views.modules import MENUS, MODULES

SURVEY = Path(__file__).with_name("survey.py")
SCALINGS = {"100%": 4 / 3, "125%": 5 / 3, "150%": 2.0}
USUAL = ("100%", "150%")
"""What lies between is for --slow."""
KINDS = ("errors", "english", "cut", "disorder", "forbidden")
SECONDS = 110


@pytest.fixture(scope="module")
def sample_office(sample_file, tmp_path_factory):
    """The sample office with one who may only read and has the administrator's password; passwords that cost nothing."""
    path = tmp_path_factory.mktemp("sample") / "示例.db"
    database = Database.open(shutil.copyfile(sample_file(Clock()), path))
    operator, password = sample_sign_in(database)
    office = sign_in(database, operator, password)
    role = next(row["id"] for row in office.roles.search(columns=["name"]).rows if row["name"] == "只读")
    office.operators.add({"name": "duzhe", "full_name": "读者", "role": role}, password)
    database.close_all()
    return path


@pytest.fixture(scope="module")
def surveys(request, sample_office, tmp_path_factory):
    """A process for each scaling, because fonts keep that with which a root was made; all at once, as they mostly wait."""
    started = {}
    is_slow = request.config.getoption("--slow")
    for name, scaling in SCALINGS.items():
        if name not in USUAL and not is_slow:
            continue
        folder = tmp_path_factory.mktemp("survey")
        command = [sys.executable, str(SURVEY), str(scaling), str(folder), str(sample_office)]
        environment = {**os.environ, "PYTHONPATH": str(SURVEY.parents[2])}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
        started[name] = process, folder
    yield started
    for process, _ in started.values():
        process.kill()
        process.communicate()


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=() if name in USUAL else pytest.mark.slow) for name in SCALINGS],
)
def findings(request, surveys):
    """{operator: {screen: {kind: [what is wrong]}}} at one scaling."""
    process, folder = surveys[request.param]
    complaints = process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 0 and not complaints, complaints
    return json.loads((folder / "findings.json").read_text(encoding="utf-8"))


@pytest.mark.timeout(SECONDS + 10)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operator", ["admin", "duzhe"])
def test_no_screen_has_anything_wrong(findings, operator, kind):
    screens = {key: found for key, found in findings[operator].items() if key != "broken"}
    assert {key: found[kind] for key, found in screens.items() if found.get(kind)} == {}


def test_everything_wrong_with_a_broken_screen_is_found(findings):
    broken = findings["duzhe"]["broken"]
    assert broken["english"] == ["Please", "wait"]
    assert sorted(line.partition(":")[0] for line in broken["cut"]) == ["narrow", "no room", "outside"]
    assert len(broken["disorder"]) == 1
    assert broken["forbidden"] == ["删除"]
    assert findings["admin"]["broken"]["forbidden"] == []
    assert "ZeroDivisionError" in broken["errors"][0]


def test_an_administrator_sees_every_screen_and_a_reader_only_some(findings):
    assert {module.key for module in MODULES} <= findings["admin"].keys()
    reader = findings["duzhe"].keys()
    assert {"customers", "contacts", "regions", "about"} <= reader
    assert not {"import", "envelopes", "backups"} & reader


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.key)
def test_every_line_of_the_list_leads_to_a_screen(module):
    file, name = module.screen.split(":")
    assert isinstance(getattr(import_module(f"crm_desktop.views.{file}"), name), type)
    assert module.menu in {"", *(title for title, _ in MENUS)}
    assert module.shortcut is None or module.shortcut in KEYS


def test_no_two_screens_share_a_key_or_a_place_in_the_navigation():
    keys = [module.key for module in MODULES]
    ranks = [module.rank for module in MODULES if module.rank]
    assert len(set(keys)) == len(keys) and len(set(ranks)) == len(ranks)
