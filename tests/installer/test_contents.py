"""What the frozen program is made of: everything of ours that it opens, and nothing that it imports left out."""

import os
import re
import runpy
import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest

from crm_desktop import __version__
from installer import contents, pack

PROJECT = Path(__file__).resolve().parent.parent.parent
SHIPPED = ("assets/", "docs/manual/", "docs/pictures/", "crm_desktop/db/migrations/")


def test_every_file_that_the_program_opens_goes_along(project_files: list[str]) -> None:
    carried = {f"{folder}/{Path(file).name}".removeprefix("./") for file, folder in contents.datas()}
    belongs = {name for name in project_files if name.startswith(SHIPPED) or name in ("schema.sql", "LICENSE")}
    assert belongs - carried == set()
    assert all(Path(file) == PROJECT / folder / Path(file).name for file, folder in contents.datas())


def test_the_wheel_and_the_frozen_program_carry_the_same() -> None:
    """What a new folder needs is written in two places; the wheel's is compared with git's elsewhere."""
    setup = (PROJECT / "setup.cfg").read_text(encoding="utf-8")
    globs = {str(PurePosixPath(line.strip()).parent) for line in re.findall(r"^    (?:assets|docs)/.*", setup, re.MULTILINE)}
    assert all(any(PurePosixPath(folder).is_relative_to(tree) for tree in contents.TREES) for folder in globs)


def test_nothing_that_the_program_imports_is_left_out(sources) -> None:
    text = "\n".join(source.text for source in sources if source.path.startswith("crm_desktop/"))
    imported = set(re.findall(r"^\s*(?:import|from) ([\w.]+)", text, re.MULTILINE))
    tools = ("crm_desktop.demo", "crm_desktop.views.photographs", "crm_desktop.views.preview")
    assert [name for name in imported if contents.is_excluded(name) and not name.startswith(tools)] == []


def test_the_tools_that_stay_out_are_used_by_no_other_module(sources) -> None:
    tools = [name for name in contents.EXCLUDED if name.startswith("crm_desktop.")]
    assert {source.module for source in sources} >= set(tools)
    names = "|".join(map(re.escape, tools))
    users = {source.module for source in sources if re.search(rf"^\s*(from|import) ({names})\b", source.text, re.MULTILINE)}
    assert {name for name in users if not contents.is_excluded(name)} <= {"benchmarks.window", "benchmarks.start"}
    spec = (contents.ROOT / "installer/crm_desktop.spec").read_text(encoding="utf-8")
    assert "filter=lambda name: not contents.is_excluded(name)" in spec


@pytest.mark.parametrize(
    ("name", "is_wanted"),
    [
        ("babel/locale-data/zh_Hans_CN.dat", True),
        ("babel/locale-data/root.dat", True),
        ("babel/locale-data/zh_Hant.dat", False),
        ("babel\\locale-data\\de.dat", False),
        ("babel/global.dat", True),
        ("matplotlib/mpl-data/matplotlibrc", True),
        ("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf", True),
        ("matplotlib/mpl-data/sample_data/goog.npz", False),
        ("_tcl_data/encoding/gb2312.enc", True),
        ("_tcl_data/tzdata/Asia/Shanghai", False),
        ("_tk_data/ttk/clamTheme.tcl", True),
        ("assets/fonts/NotoSansSC-Regular.ttf", True),
        ("docs/pictures/about.png", True),
    ],
)
def test_what_libraries_bring(name: str, is_wanted: bool) -> None:
    assert contents.is_wanted(name) is is_wanted


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.12", (1, 12, 0, 0)), ("2.0.3rc1", (2, 0, 3, 0)), ("1.2.3.4.5", (1, 2, 3, 4))],
)
def test_windows_gets_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert contents.version_numbers(version) == numbers


def test_windows_shows_the_programs_name_and_version() -> None:
    """PyInstaller evaluates the text with these six names; one level of the tree stands in a list of the one above."""
    tree = {
        "VSVersionInfo": lambda ffi, kids: SimpleNamespace(fixed=ffi, kids=kids),
        "FixedFileInfo": lambda **numbers: numbers,
        "StringFileInfo": lambda tables: tables,
        "StringTable": lambda language, strings: (language, dict(strings)),
        "StringStruct": lambda name, text: (name, text),
        "VarFileInfo": lambda variables: variables,
        "VarStruct": lambda name, values: (name, values),
    }
    read = eval(contents.version_resource(contents.COMMAND), tree)
    assert read.fixed["filevers"] == contents.version_numbers()
    [(language, texts)], [(_, translation)] = read.kids
    assert [int(language[:4], 16), int(language[4:], 16)] == translation
    assert texts["FileDescription"] == "客户管理系统（命令行）"
    assert (texts["FileVersion"], texts["ProductName"]) == (__version__, "客户管理系统")


def test_the_icon_has_every_size_that_windows_asks_for() -> None:
    from PIL import Image  # only here

    with Image.open(contents.ICON) as icon:
        assert {16, 24, 32, 48, 256} <= {width for width, _ in icon.info["sizes"]}


@pytest.mark.parametrize("is_windows", [True, False])
def test_the_packed_folder_brings_an_empty_one_for_the_data(tmp_path: Path, is_windows: bool) -> None:
    program = tmp_path / "客户管理系统"
    (program / "_internal").mkdir(parents=True)
    (program / "_internal/schema.sql").write_bytes(b"x")
    made = pack.pack(program, tmp_path, is_windows)
    assert __version__ in made.name
    if is_windows:
        with zipfile.ZipFile(made) as archive:
            names = archive.namelist()
    else:
        with tarfile.open(made) as archive:
            names = archive.getnames()
    assert sorted(names) == ["客户管理系统/_internal/schema.sql", "客户管理系统/数据/说明.txt"]


@pytest.mark.parametrize(
    ("started_with", "children_get"),
    [
        ({"LD_LIBRARY_PATH": "/ours", "LD_LIBRARY_PATH_ORIG": "/opt/lib"}, {"LD_LIBRARY_PATH": "/opt/lib"}),
        ({"LD_LIBRARY_PATH": "/ours"}, {}),
        ({}, {}),
    ],
)
def test_what_the_program_starts_uses_its_own_libraries(
    monkeypatch: pytest.MonkeyPatch, started_with: dict[str, str], children_get: dict[str, str]
) -> None:
    monkeypatch.setattr(os, "environ", dict(started_with))
    hook = contents.ROOT / "installer" / "children.py"
    runpy.run_path(str(hook))
    assert os.environ == children_get
    spec = (contents.ROOT / "installer/crm_desktop.spec").read_text(encoding="utf-8")
    assert f'runtime_hooks=[str(HERE / "{hook.name}")]' in spec
