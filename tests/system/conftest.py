"""A private print server that writes PDF files, and PDF files to print."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from crm_desktop.reports import fonts

# The POSIX half and CUPS do not exist on Windows, whose own half is tested everywhere with recording fakes.
POSIX_ONLY = ["test_posix.py", "test_posix_printing.py", "test_posix_queue.py", "test_envelopes_to_paper.py"]
collect_ignore = POSIX_ONLY if sys.platform == "win32" else []

PPD = Path(__file__).parent / "data" / "pdffile.ppd"
CUSTOM_SIZE_LINES = ("*VariablePaperSize", "*MaxMedia", "*HWMargins", "*CustomPageSize", "*ParamCustom")
POINTS_PER_MM = 72 / 25.4

FILES_CONF = """
ServerRoot {root}/etc
StateDir {root}/run
CacheDir {root}/cache
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/log/access_log
ErrorLog {root}/log/error_log
PageLog {root}/log/page_log
SystemGroup root lpadmin
ServerBin {root}/bin
FileDevice Yes
Sandboxing relaxed
User lp
Group lp
"""
SERVER_CONF = """
LogLevel debug
Listen {root}/run/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


REAL_BACKENDS = Path("/usr/lib/cups")
BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct wants "Unknown" "wants"'; exit 0; }
wish=${DEVICE_URI#wants:/}
[ "$wish" = fail ] && exit 1
echo "STATE: +$wish" >&2
exec sleep 60
"""
"""A printer that says what it wants, and waits; ``wants:/fail`` breaks the job off."""


class PrintServer:
    """A CUPS scheduler of our own: its folders, its socket, no network port, nothing of the machine's."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.socket = root / "run" / "cups.sock"
        # lpoptions would look for the driver's description among the machine's own.
        self.environment = {"CUPS_SERVER": str(self.socket), "CUPS_SERVERROOT": str(root / "etc")}

    def start(self) -> None:
        for name, mode in {
            "etc": 0o755, "etc/ppd": 0o755, "run": 0o711, "cache": 0o755, "spool": 0o710, "spool/tmp": 0o1770,
            "log": 0o755, "out": 0o777,
        }.items():
            (self.root / name).mkdir(parents=True)
            (self.root / name).chmod(mode)
        self._add_backend()
        (self.root / "etc/cups-files.conf").write_text(FILES_CONF.format(root=self.root), encoding="utf-8")
        (self.root / "etc/cupsd.conf").write_text(SERVER_CONF.format(root=self.root), encoding="utf-8")
        if os.geteuid() == 0:  # cupsd then works as lp; for anyone else it works as that user
            for name in ("cache", "spool", "spool/tmp", "out"):
                shutil.chown(self.root / name, "lp", "lp")
            shutil.chown(self.root / "etc", None, "lp")
        program = shutil.which("cupsd", path=os.environ["PATH"] + ":/usr/sbin")
        assert program, "cupsd is missing: install cups-daemon, cups-client and cups-filters"
        etc = self.root / "etc"
        self._log = (self.root / "log/stdout").open("wb")
        self._process = subprocess.Popen(
            [program, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")],
            stdout=self._log, stderr=subprocess.STDOUT,
        )
        self._wait(lambda: "is running" in self.run("lpstat", "-r"), "cupsd did not start")

    def _add_backend(self) -> None:
        """The system's programs, and beside its backends one of our own."""
        own = self.root / "bin"
        (own / "backend").mkdir(parents=True, mode=0o755)
        for each in REAL_BACKENDS.iterdir():
            if each.name != "backend":
                (own / each.name).symlink_to(each)
        for each in (REAL_BACKENDS / "backend").iterdir():
            (own / "backend" / each.name).symlink_to(each)
        script = own / "backend" / "wants"
        script.write_text(BACKEND, encoding="ascii")
        script.chmod(0o755)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()

    def run(self, *command: str) -> str:
        environment = {**os.environ, **self.environment, "LC_ALL": "C"}
        return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False).stdout

    def add_printer(self, name: str, *, has_custom_sizes: bool = True, wants: str = "") -> None:
        lines = PPD.read_text(encoding="ascii").splitlines(keepends=True)
        if not has_custom_sizes:
            lines = [line for line in lines if not line.startswith(CUSTOM_SIZE_LINES)]
        description = self.root / f"{name}.ppd"
        description.write_text("".join(lines), encoding="ascii")
        target = f"wants:/{wants}" if wants else f"file://{self.root}/out/{name}.pdf"
        self.run("lpadmin", "-p", name, "-E", "-v", target, "-P", str(description))

    def printed(self, name: str) -> bytes:
        """What the printer produced, once its queue is empty."""
        file = self.root / "out" / f"{name}.pdf"
        self._wait(lambda: file.exists() and not self.run("lpstat", "-o", name), f"{name} printed nothing")
        return file.read_bytes()

    def log(self) -> str:
        return (self.root / "log/error_log").read_text(encoding="utf-8", errors="replace")

    def _wait(self, is_done: Callable[[], bool], complaint: str) -> None:
        for _ in range(300):
            if is_done():
                return
            time.sleep(0.05)
        raise AssertionError(f"{complaint}:\n{self.log()[-4000:]}")


@pytest.fixture(scope="session")
def print_server() -> Iterator[PrintServer]:
    # Not pytest's own folder: the printing account may not enter that one.
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    root.chmod(0o755)
    server = PrintServer(root)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(root)


@pytest.fixture
def cups(print_server: PrintServer, monkeypatch: pytest.MonkeyPatch) -> PrintServer:
    """The print server, as the one this process prints to."""
    for name, value in print_server.environment.items():
        monkeypatch.setenv(name, value)
    return print_server


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """A PDF of the size in mm with one page a text, written 20 mm from the left and 50 mm from below."""

    def make(width: float, height: float, texts: list[str]) -> bytes:
        fonts.registered()[fonts.KAI]
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(width * POINTS_PER_MM, height * POINTS_PER_MM))
        for text in texts:
            canvas.setFont(fonts.KAI, 18)
            canvas.drawString(20 * POINTS_PER_MM, 50 * POINTS_PER_MM, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    return make
