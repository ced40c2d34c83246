"""From the command line to an open window."""

import argparse
import errno
import sys
import threading
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from crm_desktop import paths, system
from crm_desktop.app.application import Application
from crm_desktop.clock import Clock
from crm_desktop.db.known_schema import own_objects
from crm_desktop.logs import FILE, start_logging
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.refusal import show_refusal
from crm_desktop.views.theme import APPEARANCES, LIGHT, create_root
from crm_desktop.views.window_place import place_window

NO_DISPLAY = "没有图形界面，无法打开窗口。请在桌面环境中运行，或使用命令行：python -m crm_desktop --help"

FULL = "磁盘（或U盘）已满，程序不能在“{}”里保存设置和日志。请先删除一些不要的文件，再启动。"
CLOSED = "程序要在“{}”里保存设置和日志，但是不能写入。请检查U盘的写保护开关、磁盘和权限，再启动。"
ROOM = 64 * 1024
"""Bytes that must fit beside the settings."""


def main(arguments: list[str] | None = None) -> int:
    """Start the desktop; returns the exit code."""
    parser = argparse.ArgumentParser(prog="main.py", description="客户管理系统")
    parser.add_argument("--db", type=Path, help="要打开的数据库文件")
    parser.add_argument("--self-test", type=Path, metavar="FILE", help="检查程序是否完好，结果写入文件")
    options = parser.parse_args(arguments)
    if not system.has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 1
    system.enable_dpi_awareness()
    if options.self_test:
        from crm_desktop.app.self_test import self_test  # half of the program, which the first window does not wait for

        return self_test(lambda settings: build(ComputerSettings(settings), Clock()), options.self_test)
    try:
        folder = writable_folder()
        start_logging(folder)
    except OSError as error:
        show_refusal((FULL if error.errno == errno.ENOSPC else CLOSED).format(error.filename))
        return 1
    system.show_running()
    if paths.portable_folder() is not None:
        system.secrets.keep_nothing()
    settings = ComputerSettings(folder / "settings.json", paths.to_keep, paths.from_kept)
    application = build(settings, Clock(), log=folder / FILE)
    application.start(options.db)
    application.root.mainloop()
    return 0


def writable_folder() -> Path:
    """The folder for settings and logs, once something was written there; OSError names it in ``filename``."""
    folder = None
    try:
        folder = paths.user_data_folder()
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
    except OSError as error:
        error.filename = str(folder or error.filename)
        raise
    return folder


def build(settings: ComputerSettings, clock: Clock, root: Any = None, log: Path | None = None) -> Application:
    """The application with its window; tests hand in their own root, because there can be only one."""
    threading.Thread(target=own_objects, daemon=True).start()  # what an office's file is compared with, made meanwhile
    if root is None:
        root = create_root(APPEARANCES.get(settings["theme"], LIGHT), settings["scaling"] or None)
        place_window(root, settings["window"])
    return Application(root, settings, clock, log)
