"""What the frozen program carries and what stays out of it, for the spec, the installer and the tests."""

import configparser
import re
from pathlib import Path, PurePosixPath

from crm_desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
PROGRAM, COMMAND = "客户管理系统", "crm"
"""The file that a clerk starts, also the folder's name; and the command line beside it."""
MAKER = "客户管理系统项目"
SUMMARIES = {PROGRAM: "客户管理系统", COMMAND: "客户管理系统（命令行）"}
ICON = ROOT / "installer" / "crm-desktop.ico"

TREES = ("assets", "docs/manual", "docs/pictures", "crm_desktop/db/migrations")
FILES = ("schema.sql", "LICENSE")

LOCALES = ("root", "en", "en_001", "zh", "zh_Hans", "zh_Hans_CN")
"""What tkcalendar may ask Babel for; all of them are 30 MB."""
FOREIGN_DATA = (
    re.compile(rf"babel/locale-data/(?!(?:{'|'.join(LOCALES)})\.dat$)"),
    re.compile(r"matplotlib/mpl-data/(?:sample_data|images|fonts/afm|fonts/pdfcorefonts|plot_directive)/"),
    re.compile(r"reportlab/fonts/"),  # Type 1 faces for embedding; our documents embed their own
    re.compile(r"lxml/isoschematron/"),
    re.compile(r"tcl_data/tzdata/|tk_data/(?:demos|images)/|_tcl_data/tzdata/|_tk_data/(?:demos|images)/"),
)
"""Files that libraries bring and nobody opens."""

EXCLUDED = (
    "crm_desktop.demo", "crm_desktop.views.photographs", "crm_desktop.views.preview",
    "IPython", "PyQt5", "PyQt6", "PySide2", "PySide6", "gi", "wx",
    "pytest", "_pytest", "hypothesis", "setuptools", "pip", "pkg_resources", "mypy", "coverage", "pydoc_data",
    "doctest", "lib2to3", "idlelib", "numpy.f2py", "numpy.testing", "matplotlib.tests", "matplotlib.pyplot",
    "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata", "phonenumbers.geocoder",
    "phonenumbers.carrier", "phonenumbers.timezone", "lxml.isoschematron", "lxml.html", "lxml.objectify",
    "PIL.AvifImagePlugin", "PIL._avif", "PIL.ImageQt", "reportlab.graphics.testshapes", "reportlab.graphics.samples",
)  # fmt: skip
"""Modules that a hook or a guarded import would bring along for nothing."""

HIDDEN = ("PIL._tkinter_finder",)
"""Modules that only compiled code asks for."""

WITH_DATA = ("borax", "chinese_calendar", "mailmerge", "tkcalendar", "tksheet", "ttkbootstrap")
"""Libraries whose tables, themes and pictures are files of theirs."""
HOOKS_TO_DROP = ("pyi_rth_mplconfig",)
"""It has the list of fonts made again by every start; ours is a folder that stays, and so may the list."""


def datas() -> list[tuple[str, str]]:
    """Each file of the project that goes along: (where it is, the folder it goes to)."""
    trees = [file for tree in TREES for file in sorted((ROOT / tree).rglob("*")) if file.is_file()]
    return [(str(file), target_of(file)) for file in (*trees, *(ROOT / name for name in FILES))]


def target_of(file: Path) -> str:
    """The folder of a file of the project inside the program; "." is the top."""
    return file.parent.relative_to(ROOT).as_posix()


def is_excluded(module: str) -> bool:
    """Whether a module stays out, by itself or with its package."""
    return any(module == left or module.startswith(f"{left}.") for left in EXCLUDED)


def is_wanted(name: str) -> bool:
    """Whether a library's file, named by its place in the program, goes along."""
    return not any(pattern.search(PurePosixPath(name.replace("\\", "/")).as_posix()) for pattern in FOREIGN_DATA)


def requirements() -> list[str]:
    """The distributions that the program needs, without its extras."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["options"]["install_requires"].split("\n")
    return [re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0] for line in lines if line]


def version_numbers(version: str = __version__) -> tuple[int, int, int, int]:
    """The version as Windows wants it: four numbers; a word like ``rc1`` counts nothing."""
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[a-z+]", version, maxsplit=1)[0])]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def version_resource(name: str) -> str:
    """What Windows shows under 属性 → 详细信息 of the executable, as PyInstaller reads it."""
    texts = {
        "CompanyName": MAKER,
        "FileDescription": SUMMARIES[name],
        "FileVersion": __version__,
        "InternalName": name,
        "LegalCopyright": "GPL-3.0-or-later",
        "OriginalFilename": f"{name}.exe",
        "ProductName": PROGRAM,
        "ProductVersion": __version__,
    }
    strings = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in texts.items())
    numbers = version_numbers()
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('080404b0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [2052, 1200])])])\n"
    )
