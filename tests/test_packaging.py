"""The wheel holds what git holds, and an installed program finds its own files."""

import configparser
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

PROJECT = Path(__file__).resolve().parent.parent
DATA_FOLDER = "share/crm-desktop/"
SHIPPED_DOCUMENTS = ("docs/manual/", "docs/pictures/")
"""What the program shows of the documents: 使用帮助."""
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
WHERE_ARE_THEY = """
from crm_desktop import paths
print(paths.__file__, paths.schema_file(), paths.asset("fonts"), paths.manual_folder(), sep="\\n")
"""


@pytest.fixture(scope="module")
def wheel(project_files: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a clean copy, so that no leftover of an earlier build gets in."""
    copy = tmp_path_factory.mktemp("copy")
    for name in project_files:
        if name.startswith(SHIPPED_DOCUMENTS) or not name.startswith(("tests/", "docs/", "benchmarks/")):
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((PROJECT / name).read_bytes())
    made = copy / "made"
    command = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(made), str(copy)]
    subprocess.run(command, check=True)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def shipped(wheel: Path) -> set[str]:
    """What the wheel holds, under the names the files have in the project."""
    with zipfile.ZipFile(wheel) as archive:
        names = [re.sub(rf"^.*\.data/data/{DATA_FOLDER}", "", name) for name in archive.namelist()]
    return {name for name in names if ".dist-info/" not in name}


def test_the_wheel_holds_what_git_holds(project_files: list[str], shipped: set[str]) -> None:
    ours = ("crm_desktop/", "assets/", "schema.sql", *SHIPPED_DOCUMENTS)
    belongs = {name for name in project_files if name.startswith(ours)}
    assert (belongs - shipped, shipped - belongs) == (set(), set())


def test_an_installed_wheel_finds_its_files(wheel: Path, tmp_path: Path) -> None:
    folder = tmp_path / "installed"
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([*PIP, "--python", str(python), "install", "--no-deps", str(wheel)], check=True)
    command = [str(python), "-c", WHERE_ARE_THEY]
    answer = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    code, schema, fonts, manual = map(Path, answer.splitlines())
    assert all(path.is_relative_to(folder.resolve()) for path in (code.resolve(), schema, fonts, manual))
    assert schema.read_bytes() == (PROJECT / "schema.sql").read_bytes()
    ours = PROJECT / "assets" / "fonts"
    assert {path.name for path in fonts.iterdir()} == {path.name for path in ours.iterdir()}
    assert (manual / "index.md").is_file()


# setup.cfg and constraints.txt


def settings() -> configparser.ConfigParser:
    config = configparser.ConfigParser()
    config.read(PROJECT / "setup.cfg", encoding="utf-8")
    return config


def names_in(text: str) -> set[str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0].lower() for line in lines}


def test_every_library_has_a_range_and_an_exact_version() -> None:
    config = settings()
    wanted = config["options"]["install_requires"] + "".join(config["options.extras_require"].values())
    assert [line for line in wanted.splitlines() if line and not re.search(r">=\d", line)] == []
    constraints = (PROJECT / "constraints.txt").read_text(encoding="utf-8")
    assert names_in(wanted) - names_in(constraints) == set()


MODULES = {
    "pillow": "PIL", "argon2-cffi": "argon2", "chinesecalendar": "chinese_calendar", "pynacl": "nacl",
    "docx-mailmerge2": "mailmerge",
}  # fmt: skip; where the module has another name


def test_every_required_library_is_used(sources) -> None:
    required = names_in(settings()["options"]["install_requires"])
    text = "\n".join(source.text for source in sources)
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.MULTILINE))
    modules = {MODULES.get(name, name.replace("-", "_")) for name in required}
    assert modules - imported == set()


def test_every_folder_that_is_shipped_is_named_in_setup_cfg(project_files: list[str]) -> None:
    """A folder left out would be missing from the wheel; this says which line is wanting."""
    ours = ("assets/", *SHIPPED_DOCUMENTS)
    folders = {str(PurePosixPath(name).parent) for name in project_files if name.startswith(ours)}
    globs = settings()["options.data_files"].values()
    assert folders <= {str(PurePosixPath(line).parent) for lines in globs for line in lines.split()}
