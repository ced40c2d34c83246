"""信函: a Word template becomes a letter to each of the chosen customers or contacts."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tkinter import Misc

from crm_desktop.controllers.word_letters import SAMPLE as SAMPLE_LETTER
from crm_desktop.controllers.word_letters import Letters
from crm_desktop.views.desk import Desk
from crm_desktop.views.dialogs import FileTypes
from crm_desktop.views.printing import file_name, tell_saved

WORD_FILES: FileTypes = (("Word 文档", "*.docx"),)
SAMPLE, OWN = "sample", "own"
CHOICES = ((OWN, "我的 Word 模板…"), (SAMPLE, "范例信函"))
HOW = "用哪个模板？模板是带合并域的 Word 文档，可以先用范例生成一次，在 Word 里改成自己的。"
SHOWN = 3


def write_letters(desk: Desk, owner: Misc, entity: str, ids: Sequence[int]) -> None:
    """Ask for the template and for the file, write it in the background, and offer to open it."""
    template = _template(desk, owner)
    if template is None:
        return
    name = file_name("信函", desk.office.clock.today(), ".docx")
    target = desk.dialogs.choose_save_file("保存信函", name=name, types=WORD_FILES, parent=owner)
    if target is None:
        return
    desk.run(
        lambda job: desk.office.word_letters.write(
            template, entity, ids, target, on_progress=job.report, cancelled=job.is_cancelled
        ),
        partial(_told, desk, target),
        owner=owner,
        title="正在生成信函…",
    )


def _template(desk: Desk, owner: Misc) -> Path | None:
    chosen = desk.dialogs.ask_choice(HOW, CHOICES, default=OWN, title="信函", parent=owner)
    if chosen is None:
        return None
    if chosen == SAMPLE:
        return SAMPLE_LETTER
    return desk.dialogs.choose_open_file("选择 Word 模板", types=WORD_FILES, parent=owner)


def _told(desk: Desk, target: Path, letters: Letters) -> None:
    """已生成信函 12 封，其中 2 封缺内容：王厂缺称谓…"""
    lacking = [f"{name}缺{'、'.join(fields)}" for name, fields in letters.missing.items()]
    more = "等" if len(lacking) > SHOWN else ""
    told = f"其中 {len(lacking):,} 封缺内容：{'；'.join(lacking[:SHOWN])}{more}，" if lacking else ""
    tell_saved(desk, desk.say, target, f"已生成信函 {letters.count:,} 封，{told}")
