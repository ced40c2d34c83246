"""Start-up stays light: what is heavy loads when it is first needed."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("matplotlib", "numpy", "reportlab", "openpyxl", "pypinyin", "pypdfium2", "phonenumbers", "tkcalendar", "borax",
         "chinese_calendar", "mailmerge", "lxml", "nacl", "keyring")  # fmt: skip
SCRIPT = """
import sys
from pathlib import Path
from crm_desktop.app import build
from crm_desktop.clock import Clock
from crm_desktop.settings import ComputerSettings
application = build(ComputerSettings(Path(sys.argv[2])), Clock())
application.start(Path(sys.argv[1]))
while type(application.page).__name__ != "SignInPage":
    application.root.update()
application.root.update()
print(*sys.modules)
application.quit()
"""


def test_no_heavy_library_is_loaded_before_sign_in(office_file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(office_file), str(tmp_path / "settings.json")]
    root = Path(__file__).resolve().parent.parent
    result = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, encoding="utf-8", timeout=60, check=False
    )

    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    assert "crm_desktop.views.sign_in" in loaded
    assert loaded.isdisjoint(HEAVY)
