"""Whether an installed program is whole: in an office of its own it opens every screen and makes every kind of file.

Nothing of the computer's own is touched: office, settings and documents lie in a folder that goes away.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crm_desktop.app.application import Application
from crm_desktop.app.self_test_checks import CHECKS, COMPANY, PASSWORD
from crm_desktop.logs import lines_of
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.modules import MODULES
from crm_desktop.views.sign_in import SignInPage

SECONDS = 120
"""For one step, on a slow machine."""
OPERATOR = "admin"
WHOLE, BROKEN = "程序完好。", "程序不完整，请重新安装，或把这份报告发给维护人员。"
Build = Callable[[Path], Application]


def self_test(build: Build, report: Path) -> int:
    """Write what works and what does not into ``report``; returns 0 when everything does, else 1.

    ``build`` makes the application with the settings file it is given.
    """
    with TemporaryDirectory(prefix="crm-self-test-", ignore_cleanup_errors=True) as folder:
        trial = Trial(build, Path(folder))
        trial.run()
    is_whole = all(problem is None for _, problem in trial.results)
    lines = [told for label, problem in trial.results for told in _lines(label, problem)]
    report.write_text("\n".join([*lines, WHOLE if is_whole else BROKEN, ""]), encoding="utf-8")
    return 0 if is_whole else 1


def _lines(label: str, problem: BaseException | None) -> Iterable[str]:
    if problem is None:
        return [f"✓ {label}"]
    return [f"✗ {label}：{problem}", *(f"    {line}" for line in lines_of(problem))]


class Trial:
    """The window, from the first start to its end; ``results`` says of each step what went wrong, None for nothing."""

    def __init__(self, build: Build, folder: Path) -> None:
        self.results: list[tuple[str, BaseException | None]] = []
        self.folder = folder
        self._errors: list[BaseException] = []
        self._application = build(folder / "settings.json")

    def run(self) -> None:
        """Without a window nothing else can be tried."""
        root = self._application.root
        self._application.background.on_error = self._errors.append
        root.report_callback_exception = lambda kind, error, trace: self._errors.append(error)
        if self._try("建立单位、登录", self._begin):
            for module in MODULES:
                self._try(f"界面 {module.title}", lambda key=module.key: self._open(key))
            office = self._application.page.desk.office
            for label, check in CHECKS:
                self._try(label, lambda check=check: check(office, self.folder))
        self._application.quit()
        self._wait(lambda: self._application.database is None)

    def _try(self, label: str, step: Callable[[], Any]) -> bool:
        self._errors.clear()
        try:
            step()
            problem = self._errors[0] if self._errors else None
        except Exception as error:
            problem = error
        self.results.append((label, problem))
        return problem is None

    def _begin(self) -> None:
        application, path = self._application, self.folder / "试 用.db"
        application.start()
        application.found(path, COMPANY, OPERATOR, PASSWORD, {})
        application.open(path)
        self._wait(lambda: isinstance(application.page, SignInPage))
        application.page.operator.set(OPERATOR)
        application.page.password.set(PASSWORD)
        application.page.submit()
        self._wait(lambda: isinstance(application.page, MainWindow))

    def _open(self, key: str) -> None:
        window = self._application.page
        screen = window.open(key)
        self._application.root.update()
        self._wait(lambda: getattr(screen, "is_ready", True))
        if key in window.tabs.keys_open[1:]:
            window.tabs.close(key)

    def _wait(self, is_there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not is_there():
            if self._errors:
                raise self._errors[0]
            if time.monotonic() > deadline:
                raise TimeoutError(SECONDS)
            self._application.root.update()
            time.sleep(0.01)
