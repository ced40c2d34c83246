"""What continuous integration builds, on which systems, and what it keeps; nobody can run it here."""

import re

import pytest

import tasks
from installer.contents import ROOT

BUILD = (ROOT / ".github/workflows/build.yml").read_text(encoding="utf-8")
TESTS = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("workflow", [BUILD, TESTS])
def test_both_systems_are_used(workflow: str) -> None:
    assert re.search(r"os: \[(.*)\]", workflow)[1] == "ubuntu-latest, windows-latest"


def test_every_supported_python_is_tested() -> None:
    setup = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    supported = re.findall(r"Programming Language :: Python :: (3\.\d+)", setup)
    assert re.findall(r"3\.\d+", re.search(r"python: \[(.*)\]", TESTS)[1]) == supported


def test_the_build_has_what_it_needs() -> None:
    """Its Python brings the shared library; on Windows Inno Setup makes the installer, and without it the run fails."""
    listed = re.search(r"--no-install-recommends\s+(.*)\n", BUILD)
    needs = {*tasks.TESTED_WITH, *tasks.BUILT_WITH} - {*tasks.PYTHON_PARTS, tasks.PYTHON_LIBRARY}
    assert listed and set(listed[1].split()) == {package for need in needs for package in need.split()}
    assert "choco install innosetup" in BUILD


def test_the_program_is_built_tried_and_kept() -> None:
    runs = [line.removeprefix("run: ") for line in map(str.strip, BUILD.splitlines()) if "tasks.py" in line]
    assert runs == [
        "python tasks.py build --installer", "python tasks.py build", "python tasks.py test --slow tests/installer",
    ]  # fmt: skip
    kept = re.findall(r"^\s+(dist/\S+)$", BUILD, re.MULTILINE)
    assert kept == ["dist/*.whl", "dist/*.zip", "dist/*.tar.gz", "dist/*-setup.exe", "dist/self-test.txt"]
