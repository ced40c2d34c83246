"""The documents speak of what exists: commands, keys, words, functions."""

import re
from pathlib import Path

import pytest

from crm_desktop.controllers.rights import AREAS, VERBS
from crm_desktop.models import ENTITIES
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.settings import OPTIONS
from crm_desktop.views.modules import MENUS, MODULES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LEFT_TO_BUILD = "未建成"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def table_rows(text: str, columns: int) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if len(row) == columns and not set(row[0]) <= {"-"}]


@pytest.fixture
def functions() -> list[list[str]]:
    return table_rows(read("docs/功能对照表.md"), 7)[1:]


def test_every_field_kind_and_right_is_in_the_glossary():
    glossary = read("docs/glossary.md")
    missing = [
        f"{entity.label} {field.label} `{field.name}`"
        for entity in ENTITIES.values()
        for field in (*entity.fields, *entity.computed)
        if f"| {field.label} | `{field.name}` |" not in glossary
    ]
    missing += [kind.key for kind in DICTIONARIES.values() if f"| {kind.label} | `{kind.key}` |" not in glossary]
    missing += [key for key, word in {**AREAS, **VERBS}.items() if f"| {word} | `{key}` |" not in glossary]

    assert not missing


def test_every_identifier_of_the_glossary_exists():
    fields = {f"{field.label} {field.name}" for entity in ENTITIES.values() for field in entity.by_name.values()}
    rights = {f"{word} {key}" for key, word in {**AREAS, **VERBS}.items()}
    rows = table_rows(read("docs/glossary.md"), 2)
    gone = [row for row in rows if row[1].startswith("`") and f"{row[0]} {row[1].strip('`')}" not in fields | rights]

    assert not gone


def test_the_function_table_has_all_39_functions_of_the_eight_modules(functions):
    assert len(functions) == 39
    assert list(dict.fromkeys(row[0] for row in functions)) == [title for title, _ in MENUS]


def test_the_function_table_names_what_exists(functions):
    menus = {f"{module.menu} → {module.title}" for module in MODULES}
    window = read("crm_desktop/views/main_window.py")  # its menus also hold what is no screen
    for _, name, menu, *places, state in functions:
        if state == LEFT_TO_BUILD:
            assert not any((menu, *places)), name
            continue
        title, _, entry = menu.partition(" → ")
        assert menu in menus or (title in dict(MENUS) and f'"{entry}"' in window), menu
        for place in places:
            assert not place or (ROOT / place.strip("`")).is_file(), place


def test_the_goals_name_tests_that_exist():
    goals = table_rows(read("docs/功能对照表.md").partition("## 目标")[2], 3)[1:]

    assert len(goals) == 10
    assert all((ROOT / row[1].strip("`")).is_file() for row in goals if row[1])


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_the_two_commands_and_pictures_that_exist(readme):
    text = read(readme)
    for command in ("tasks.py demo", "tasks.py test"):
        assert f"python {command}" in text
        assert f"python3 {command}" in text
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
    assert all((ROOT / picture).stat().st_size <= 300 * 1024 for picture in pictures)


def test_every_task_is_explained():
    tasks = set(re.findall(r'^    "(\w+)": Task\(', read("tasks.py"), re.MULTILINE))

    assert tasks >= {"run", "demo", "test", "check", "bench", "preview", "build"}
    assert all(task in read("README.md") for task in tasks)


def test_every_setting_is_explained():
    settings = read("docs/settings.md")

    assert [key for key in OPTIONS if f"`{key}`" not in settings] == []
