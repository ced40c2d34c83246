"""What works here and fails on the user's Windows or on another Python, found in the text: no test of this run can feel it."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath

import pytest

POSIX_HOME = "crm_desktop/system/posix.py"
WINDOWS_HOME = "crm_desktop/system/windows"
POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_CALLS = {
    "os": "chown fork forkpty geteuid getgid getlogin getpgid getuid kill killpg mkfifo nice setsid setuid "
    "statvfs symlink sysconf uname wait waitpid WEXITSTATUS",
    "signal": "SIGALRM SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 alarm pause setitimer",
    "time": "tzset",
    "locale": "setlocale nl_langinfo",
}
POSIX_PLACES = re.compile(r"^/(tmp|usr|etc|var|home|dev|opt)(/|$)")
POSIX_DATES = re.compile(r"%-[a-zA-Z]|%[ePskl]")
NUMBERED_PARAMETER = re.compile(r"^(SELECT|INSERT|UPDATE|DELETE|WITH)\b.*\?[1-9]", re.DOTALL)
LIKE_A_PATH = re.compile(r"(path|file|folder|target|source|\))\.open$")
TEXT_MODE = re.compile(r"^[rwax]t?\+?$")
NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\]|[. ]$')
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
PATH_LENGTH = 160  # of the 260 that Windows allows with the folder a person puts us in


@cache
def calls(source) -> list[tuple[ast.Call, str, dict[str, ast.expr]]]:
    """(call, dotted name of what is called, keyword arguments)."""
    return [
        (node, ast.unparse(node.func), {word.arg: word.value for word in node.keywords if word.arg})
        for node in source.nodes
        if isinstance(node, ast.Call)
    ]


def posix_only(source) -> Iterator[str]:
    """Names that do not exist on Windows, outside the one file that is only imported elsewhere."""
    if source.path == POSIX_HOME:
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in POSIX_CALLS.get(node.value.id, "").split():
                yield f"{source.path}:{node.lineno} uses {node.value.id}.{node.attr}, unknown to Windows"
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names} & set(POSIX_CALLS.get(node.module or "", "").split())
            yield from (f"{source.path}:{node.lineno} imports {name}, unknown to Windows" for name in names)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            for root in POSIX_MODULES & names:
                yield f"{source.path}:{node.lineno} imports {root}, unknown to Windows"


def windows_only(source) -> Iterator[str]:
    if source.path.startswith(WINDOWS_HOME):
        return
    for node, name, _ in calls(source):
        if name == "os.startfile":
            yield f"{source.path}:{node.lineno} calls os.startfile, which only Windows has"


def unencoded_text(source) -> Iterator[str]:
    """Windows would read and write the code page of the machine."""
    for node, name, words in calls(source):
        if "encoding" not in words and opens_text(node, name, words):
            yield f"{source.path}:{node.lineno} {name}(…) without encoding"


def opens_text(node: ast.Call, name: str, words: dict[str, ast.expr]) -> bool:
    method = name.rpartition(".")[2]
    if method in {"read_text", "write_text"}:
        return len(node.args) < {"read_text": 1, "write_text": 2}[method]
    if name.startswith("subprocess.") and ("text" in words or "universal_newlines" in words):
        return True
    if method in {"FileHandler", "RotatingFileHandler", "TimedRotatingFileHandler", "TextIOWrapper"}:
        return True
    if name in {"open", "os.fdopen", "io.open"}:
        mode = words.get("mode") or (node.args[1] if len(node.args) > 1 else ast.Constant("r"))
    elif method == "open":  # a path's own, if its first argument is a mode, or if it looks like a path
        mode = words.get("mode") or (node.args[0] if node.args else ast.Constant(LIKE_A_PATH.search(name) and "r"))
    else:
        return False
    return isinstance(mode, ast.Constant) and bool(TEXT_MODE.match(str(mode.value)))


def renames(source) -> Iterator[str]:
    """On Windows rename refuses to replace an existing file; replace does it everywhere."""
    for node, name, _ in calls(source):
        is_path_rename = name.endswith(".rename") and len(node.args) == 1 and not node.keywords
        if name == "os.rename" or is_path_rename:
            yield f"{source.path}:{node.lineno} {name}(…): replace() works everywhere"


def posix_dates(source) -> Iterator[str]:
    """Directives that Windows lacks; 年月日, which it encodes by the code page of the machine."""
    formats = [node for node, name, _ in calls(source) if name.endswith("strftime")]
    formats += [node.format_spec for node in source.nodes if isinstance(node, ast.FormattedValue)]
    for node in filter(None, formats):
        words = "".join(str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant))
        if POSIX_DATES.search(words) or ("%" in words and not words.isascii()):
            yield f"{source.path}:{node.lineno} writes a date as Windows cannot"


def posix_places(source) -> Iterator[str]:
    if source.path in (POSIX_HOME, "tasks.py"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and POSIX_PLACES.match(node.value):
            yield f"{source.path}:{node.lineno} names the folder {node.value}"


def shells(source) -> Iterator[str]:
    """A shell reads quotes differently on each system, and a customer's name is no command."""
    for node, name, words in calls(source):
        uses_shell = "shell" in words and ast.unparse(words["shell"]) != "False"
        if uses_shell or name in {"os.system", "os.popen", "subprocess.getoutput"}:
            yield f"{source.path}:{node.lineno} {name}(…) starts a shell"


def open_temporary_files(source) -> Iterator[str]:
    """Windows cannot open a temporary file again while it is open."""
    for node, name, words in calls(source):
        if name.endswith("NamedTemporaryFile") and "delete" not in words and "delete_on_close" not in words:
            yield f"{source.path}:{node.lineno} {name}(…) without delete=False"


def zones_without_data(source) -> Iterator[str]:
    for node, name, _ in calls(source):
        if name.endswith("ZoneInfo"):
            yield f"{source.path}:{node.lineno} {name}(…): Windows has no time zone data"


def numbered_parameters(source) -> Iterator[str]:
    """The first Pythons 3.12 take them for names, and warn."""
    for node in source.nodes:
        if isinstance(node, ast.Constant) and NUMBERED_PARAMETER.search(str(node.value)):
            yield f"{source.path}:{node.lineno} numbers the parameters of a statement"


TRAPS = [
    posix_only,
    windows_only,
    unencoded_text,
    renames,
    posix_dates,
    posix_places,
    shells,
    open_temporary_files,
    zones_without_data,
    numbered_parameters,
]


@pytest.mark.parametrize("trap", TRAPS)
def test_no_file_steps_into_the_trap(trap: Callable, sources) -> None:
    complain(line for source in sources for line in trap(source))


@pytest.mark.parametrize("trap", [unencoded_text, posix_dates, open_temporary_files])
def test_no_test_steps_into_the_trap(trap: Callable, all_sources) -> None:
    complain(line for source in all_sources if source.path.startswith("tests/") for line in trap(source))


def complain(found: Iterable[str]) -> None:
    lines = list(found)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


# Names of files


def bad_names(paths: list[str]) -> list[str]:
    parts = [(path, part) for path in paths for part in PurePosixPath(path).parts]
    spellings = Counter(path.lower() for path in paths)
    return [
        *(path for path, part in parts if NOT_ON_WINDOWS.search(part)),
        *(path for path, part in parts if part.split(".")[0].upper() in RESERVED),
        *(path for path in paths if spellings[path.lower()] > 1 or len(path) > PATH_LENGTH),
    ]


def test_every_file_can_be_checked_out_on_windows(project_files: list[str]) -> None:
    assert bad_names(project_files) == []


@pytest.mark.parametrize("path", ["a/b:c.py", "docs/aux.md", "x.", 'say "hi".md', "a" * 161])
def test_a_bad_name_is_seen(path: str) -> None:
    assert bad_names(["README.md", path]) == [path]


def test_names_that_differ_only_in_case_are_seen() -> None:
    assert bad_names(["docs/A.md", "docs/a.md", "docs/b.md"]) == ["docs/A.md", "docs/a.md"]


# Each trap, seen to close


TRAPPED = [
    (posix_only, "os.kill(1, 9)"),
    (posix_only, "signal.SIGKILL"),
    (posix_only, "import fcntl"),
    (posix_only, "from pwd import getpwuid"),
    (posix_only, "from os import fork"),
    (posix_only, "locale.setlocale(locale.LC_ALL, 'zh_CN.UTF-8')"),
    (windows_only, "os.startfile(path)"),
    (unencoded_text, "open(path)"),
    (unencoded_text, "open(path, 'w')"),
    (unencoded_text, "path.open()"),
    (unencoded_text, "lock.open('a')"),
    (unencoded_text, "(folder / name).open()"),
    (unencoded_text, "path.read_text()"),
    (unencoded_text, "path.write_text(text)"),
    (unencoded_text, "subprocess.run(command, text=True)"),
    (unencoded_text, "logging.FileHandler(path)"),
    (renames, "os.rename(a, b)"),
    (renames, "path.rename(target)"),
    (posix_dates, "day.strftime('%-m.%-d')"),
    (posix_dates, "day.strftime('%m月%d日')"),
    (posix_dates, "f'{day:%m月%d日}'"),
    (posix_places, "Path('/tmp/x')"),
    (shells, "subprocess.run(line, shell=True)"),
    (shells, "os.system('ls')"),
    (open_temporary_files, "tempfile.NamedTemporaryFile()"),
    (zones_without_data, "ZoneInfo('Asia/Shanghai')"),
    (numbered_parameters, "db.query('SELECT ?1 + ?1', (2,))"),
]


@pytest.mark.parametrize(("trap", "text"), TRAPPED)
def test_a_trap_sees_its_prey(trap: Callable, text: str, snippet) -> None:
    assert len(list(trap(snippet("crm_desktop/a.py", text)))) == 1


PASSING = [
    (posix_only, POSIX_HOME, "os.kill(1, 9)"),
    (posix_only, "crm_desktop/a.py", "getattr(os, 'geteuid', None)\ngender.kill()"),
    (windows_only, "crm_desktop/system/windows_files.py", "os.startfile(path)"),
    (unencoded_text, "crm_desktop/a.py", "open(path, 'rb')\npath.open('wb')\nDatabase.open(a)\nself.open()"),
    (unencoded_text, "crm_desktop/a.py", "open(path, encoding='utf-8')\npath.write_text(text, 'utf-8')"),
    (renames, "crm_desktop/a.py", "office.dictionaries.rename(item, name)"),
    (posix_dates, "crm_desktop/a.py", "day.strftime('%Y-%m-%d')"),
    (posix_dates, "crm_desktop/a.py", "f'{day:%Y}年，{share:.0%}'"),
    (shells, "crm_desktop/a.py", "subprocess.run(command, shell=False)"),
    (numbered_parameters, "crm_desktop/a.py", "db.query('SELECT ? + ?', (2, 2))\nsay('SELECT 什么?')"),
]


@pytest.mark.parametrize(("trap", "path", "text"), PASSING)
def test_a_trap_lets_good_code_pass(trap: Callable, path: str, text: str, snippet) -> None:
    assert list(trap(snippet(path, text))) == []
