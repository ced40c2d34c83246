"""Start-up stays light: what is heavy loads when it is first needed, and the program itself behind the sign-in page."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("matplotlib", "numpy", "reportlab", "openpyxl", "pypdfium2", "phonenumbers", "tkcalendar", "borax",
         "chinese_calendar", "mailmerge", "lxml", "nacl", "keyring", "tksheet", "rapidfuzz")  # fmt: skip
BEHIND = ("crm_desktop.app.inside", "crm_desktop.controllers.front", "crm_desktop.controllers.office",
          "crm_desktop.db.search_index", "crm_desktop.models.declared", "crm_desktop.models.fields",
          "crm_desktop.reports", "crm_desktop.views.main_window", "crm_desktop.views.modules",
          "crm_desktop.views.small_form", "argon2", "smtplib")  # fmt: skip
"""Needed by who has signed in, or has forgotten the password; loaded while it is typed."""
FIRST = ("crm_desktop.app.inside", "crm_desktop.views.main_window", "crm_desktop.views.today.screen",
         "crm_desktop.views.list_screen", "argon2")  # fmt: skip
"""What the first minute needs is loaded by then."""
SCRIPT = """
import sys
from pathlib import Path
from crm_desktop.app import application as module, build, watch
from crm_desktop.clock import Clock
from crm_desktop.settings import ComputerSettings
module.PAINTED_SECONDS = watch.PAINTED_SECONDS = float(sys.argv[3])
application = build(ComputerSettings(Path(sys.argv[2])), Clock())
application.start(Path(sys.argv[1]))
while type(application.page).__name__ != "SignInPage" or not set(sys.argv[4:]) <= sys.modules.keys():
    application.root.update()
application.root.update()
print(*sys.modules)
application.quit()
"""
NOT_YET, AT_ONCE = "3600", "0"


def loaded_at_sign_in(office_file: Path, folder: Path, pause: str, *awaited: str) -> set[str]:
    """The modules in a new process that shows the sign-in page, once those that are awaited are among them."""
    command = [sys.executable, "-c", SCRIPT, str(office_file), str(folder / "settings.json"), pause, *awaited]
    root = Path(__file__).resolve().parent.parent
    result = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, encoding="utf-8", timeout=60, check=False
    )

    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    assert "crm_desktop.views.sign_in" in loaded
    return loaded


def test_the_sign_in_page_needs_little(office_file: Path, tmp_path: Path) -> None:
    loaded = loaded_at_sign_in(office_file, tmp_path, NOT_YET)
    assert sorted(loaded.intersection(HEAVY + BEHIND)) == []


def test_the_program_is_loaded_while_the_password_is_typed(office_file: Path, tmp_path: Path) -> None:
    loaded = loaded_at_sign_in(office_file, tmp_path, AT_ONCE, *FIRST)
    assert sorted(loaded.intersection(HEAVY)) == []
