"""Asks before records go to the recycle bin, and says what goes along."""

from collections.abc import Sequence
from tkinter import Misc

from crm_desktop.controllers.entity import EntityController
from crm_desktop.errors import CrmError
from crm_desktop.views.desk import Desk


def ask_and_delete(desk: Desk, owner: Misc, controller: EntityController, records: Sequence[int], name: str) -> None:
    """``name`` is what the record is called when there is only one."""
    try:
        effect = controller.delete_effect(records)
    except CrmError as error:
        desk.dialogs.show_error(error)
        return
    counts = "、".join(f"{label} {number} 条" for label, number in effect.items())
    title = f"“{name}”" if len(records) == 1 else f"选中的 {len(records)} 条"
    detail = f"将移入回收站：{counts}。"
    if desk.dialogs.ask_yes_no(f"要删除{title}吗？", detail=detail, yes="删除", no="不删除", is_danger=True):
        desk.run(
            lambda job: controller.delete(records),
            lambda operation: desk.say(f"已删除：{counts}。"),
            owner=owner,
            title="正在删除…",
            is_saving=True,
        )
