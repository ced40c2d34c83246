"""Photographs of the program's screens: ``python -m crm_desktop.views.preview SCREEN|--all [FOLDER]``.

Without ``--db`` the sample office is built for them; a database that is given is copied first.
"""

import argparse
import getpass
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_desktop import system
from crm_desktop.app import Application, build
from crm_desktop.clock import Clock
from crm_desktop.console import speak_utf8
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.controllers.mail import Letter
from crm_desktop.controllers.sample import build_sample
from crm_desktop.db import Database
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import CrmError
from crm_desktop.models import COMPLAINTS, CUSTOMERS, Query
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.modules import MODULES
from crm_desktop.views.photographs import Camera
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.theme import APPEARANCES, create_root

WHOLE = 4 / 3
"""Pixels a point at 100 %."""
LETTERS = 16
"""Recipients on the picture of the envelope screen."""
SECONDS_TO_OPEN = 30


@dataclass(frozen=True)
class Scene:
    """Something to photograph; ``set_up(window)`` brings it about, None for what is there before signing in."""

    key: str
    title: str
    set_up: Callable[[MainWindow], Any] | None = None


def _screen(key: str) -> Callable[[MainWindow], Any]:
    return lambda window: window.open(key)


def _served(window: MainWindow) -> int:
    """The customer whose complaint came last, with a history to show; the first one where nobody complains."""
    complaints = window.desk.office.complaints
    newest = complaints.ids(Query())[:1]
    return int(complaints.get(newest[0])["customer"]) if newest else _some_customers(window)[0]


def _form(window: MainWindow) -> Any:
    return open_form(window.desk, CUSTOMERS, _some_customers(window)[0])


def _complaint_form(window: MainWindow) -> Any:
    """That of the newest complaint, or of a new one."""
    return open_form(window.desk, COMPLAINTS, next(iter(window.desk.office.complaints.ids(Query())), None))


def _envelopes(window: MainWindow) -> Any:
    return window.open("envelopes", entity="customers", ids=_some_customers(window))


def _festival_letter(window: MainWindow) -> Any:
    """The first of the program's templates, to a few customers."""
    template = window.desk.office.mail_templates.all()[0]
    letter = Letter(template.subject, template.body)
    return window.open("compose", entity="customers", ids=_some_customers(window), letter=letter)


def _some_customers(window: MainWindow) -> list[int]:
    """The first few, and those without a postcode among the others."""
    ids = window.desk.office.customers.ids(Query(order="code"))
    return list(ids[:: max(1, len(ids) // LETTERS)])


def _call(window: MainWindow) -> Any:
    """A number that is known, with the call begun."""
    number = window.desk.office.customers.get(_served(window))["phone"]
    screen = window.open("calls")
    screen.show(number)
    screen.begin("来电")
    return screen


WITH_RECORDS = ("envelopes", "customer", "calls", "postcodes", "compose")
SCENES = (
    Scene("sign_in", "登录"),
    *(Scene(module.key, module.title, _screen(module.key)) for module in MODULES if module.key not in WITH_RECORDS),
    Scene("envelopes", "客户信封打印", _envelopes),
    Scene("envelope_preview", "信封打印预览", lambda window: _envelopes(window).preview()),
    Scene("list_preview", "列表打印预览", lambda window: window.open("customer_list").print()),
    Scene("customer", "客户详情", lambda window: window.open("customer", record=_served(window))),
    Scene("calls", "客户呼叫中心", _call),
    Scene("postcodes", "国内城市区号邮编查询", lambda window: window.open("postcodes", text="吉林长春")),
    Scene("customer_form", "客户表单", _form),
    Scene("compose", "写邮件", _festival_letter),
    Scene("complaint_form", "投诉表单", _complaint_form),
)


class Session:
    """The program running on one database, with its own settings, for as long as pictures are taken."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        theme = APPEARANCES[options.theme]
        self.root = create_root(theme, options.scaling * WHOLE)
        self.camera = Camera(self.root, options.size)
        self.failures = 0
        self.root.report_callback_exception = self._failed
        settings = ComputerSettings(folder / "settings.json")
        settings["theme"] = options.theme
        database, self.operator, self.password = _prepare_office(options, folder)
        settings["last_operator"] = self.operator
        self.application: Application = build(settings, Clock(), self.root)
        self.application.background.on_error = lambda error: self._failed(type(error), error, error.__traceback__)
        self.application.start(database)
        self._wait_for(SignInPage)

    def photograph(self, scene: Scene, path: Path) -> None:
        """Bring the scene about and save its picture; what was opened in front is closed again."""
        if scene.set_up:
            self._tidy(self.window)
            self._wait_until_ready(scene.set_up(self.window))
        self.camera.photograph(path)
        for window in self.camera.front_windows():
            window.destroy()
        if scene.set_up:
            self.window.desk.forms.clear()

    def _wait_until_ready(self, shown: Any) -> None:
        """Screens that work in the background say when there is something to see."""
        self.root.update()
        self._wait_until(lambda: getattr(shown, "is_ready", True), type(shown).__name__)

    def _tidy(self, window: MainWindow) -> None:
        """Leave only the first screen open, as after signing in."""
        for key in window.tabs.keys_open[1:]:
            window.tabs.close(key)

    @property
    def window(self) -> MainWindow:
        """The signed-in window; signs in the first time."""
        page = self.application.page
        if isinstance(page, SignInPage):
            page.operator.set(self.operator)
            page.password.set(self.password)
            page.submit()
            self._wait_for(MainWindow)
        window: MainWindow = self.application.page
        return window

    def close(self) -> None:
        self.application.quit()

    def _wait_for(self, page: type) -> None:
        self._wait_until(lambda: isinstance(self.application.page, page), page.__name__)

    def _wait_until(self, is_there: Callable[[], bool], what: str) -> None:
        """A picture of what is not there yet would show something else."""
        deadline = time.monotonic() + SECONDS_TO_OPEN
        while not is_there():
            if time.monotonic() > deadline or self.failures:
                raise CrmError(f"没有等到 {what}，请看上面的错误信息。")
            self.root.update()
            time.sleep(0.01)

    def _failed(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        """A box would wait for somebody who is not there."""
        self.failures += 1
        traceback.print_exception(error)


def _prepare_office(options: argparse.Namespace, folder: Path) -> tuple[Path, str, str]:
    """The database to show, and how to sign in to it."""
    path = folder / (options.db.name if options.db else "示例.db")
    if options.db:
        copy_database(options.db, path)
    database = Database.open(path, create=not options.db)
    known = sample_sign_in(database) if options.db else None
    if not options.db:
        sample = build_sample(database, Clock())
        known = sample.operator, sample.password
    database.close_all()
    operator, password = known or (options.operator, _ask_password(options.operator))
    return path, operator, password


def _ask_password(operator: str) -> str:
    return os.environ.get("CRM_PASSWORD") or getpass.getpass(f"{operator} 的密码：")


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    scenes = list(SCENES) if options.all else [scene for scene in SCENES if options.screen in (scene.key, scene.title)]
    if not scenes:
        print("可以拍摄：" + "、".join(scene.title for scene in SCENES), file=sys.stderr)
        return 2
    system.enable_dpi_awareness()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crm-preview-") as folder:
        session = Session(options, Path(folder))
        for scene in scenes:
            path = options.folder / f"{_name(scene, options)}.png"
            session.photograph(scene, path)
            print(f"{path}  {path.stat().st_size // 1024} KB", flush=True)
        session.close()
    return min(session.failures, 1)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="preview", description="拍摄界面照片")
    parser.add_argument("names", nargs="*", metavar="SCREEN [FOLDER]", help="界面的标题或代号；文件夹，默认 demo")
    parser.add_argument("--all", action="store_true", help="全部界面；后面只写文件夹")
    parser.add_argument("--size", type=_size, default=(1366, 768), help="整个窗口的像素，例如 1366x768")
    parser.add_argument("--scaling", type=float, default=1.0, help="缩放，例如 1.5")
    parser.add_argument("--theme", choices=list(APPEARANCES), default="light", help="外观")
    parser.add_argument("--keys", action="store_true", help="照片以代号为文件名，例如 docs/pictures/customers.png")
    parser.add_argument("--db", type=Path, help="用这个数据库（不会改动它）")
    parser.add_argument("--operator", default="admin", help="登录用的操作员；密码取自 CRM_PASSWORD，否则询问")
    options = parser.parse_args(arguments)
    names = [*([""] if options.all else []), *options.names]
    options.screen, options.folder = names[0] if names else "", Path(names[1] if len(names) > 1 else "demo")
    return options


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _name(scene: Scene, options: argparse.Namespace) -> str:
    """The title or the key, and what tells the picture from the one at 100 % in the light theme."""
    if options.keys:
        return scene.key
    scaling = f"-{options.scaling:.0%}" if options.scaling != 1 else ""
    return f"界面-{scene.title}{scaling}" + ("-深色" if options.theme == "dark" else "")


if __name__ == "__main__":
    speak_utf8()
    try:
        raise SystemExit(main())
    except CrmError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error
