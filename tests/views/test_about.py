"""关于 names what the program stands on, and 快捷键 every key."""

import configparser
import re
from importlib import metadata
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.controllers.backups import BackupPlan
from crm_desktop.views.about import LICENCES
from crm_desktop.views.keys import KEYS

SETUP = Path(__file__).resolve().parent.parent.parent / "setup.cfg"


def text_of(screen):
    return screen.pane.text.get("1.0", "end")


def test_version_files_and_system_can_be_read_out(window, desk, root):
    screen = window.open("about")
    root.update()
    text = text_of(screen)
    log = str(desk.computer.path.with_name("crm.log"))
    for expected in (__version__, str(desk.office.db.path), str(desk.computer.path), log, "SQLite 3.", "Tk 8."):
        assert expected in text


def test_the_places_of_the_backups_are_named(window, desk, root, tmp_path):
    assert "还没有设备份计划" in text_of(window.open("about"))
    window.tabs.close("about")
    desk.office.backups.set_plan(BackupPlan(targets=(str(tmp_path),)))
    assert str(tmp_path) in text_of(window.open("about"))


def test_every_library_has_the_version_that_is_installed(window, root):
    text = text_of(window.open("about"))
    for name in ("matplotlib", "tksheet", "reportlab"):
        assert f"{name} {metadata.version(name)}" in text


def test_the_page_keys_scroll_it(window, root, press):
    screen = window.open("about")
    screen.pack_propagate(False)
    window.tabs.configure(height=150)
    window.tabs.pack_configure(expand=False, fill="x", anchor="n")
    root.update()
    assert root.focus_get() is screen.pane.text
    assert screen.pane.text.yview()[0] == 0
    press(screen.pane.text, "<Next>")
    assert screen.pane.text.yview()[0] > 0


def test_every_library_has_its_licence():
    config = configparser.ConfigParser()
    config.read(SETUP, encoding="utf-8")
    required = [re.split(r"[ <>=]", line)[0] for line in config["options"]["install_requires"].split("\n") if line]
    named = "、".join(names for names, _ in LICENCES).casefold()
    assert required and [name for name in required if name.casefold() not in named] == []


def test_every_key_stands_in_the_table(window, root):
    screen = window.open("keys")
    root.update()
    meanings = [row["meaning"] for row in screen.table._rows.between(0, screen.table.total)]
    assert meanings == [key.meaning for key in KEYS.values()]
    assert root.focus_get() is screen.table.tree
