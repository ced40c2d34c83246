"""What can be done with one record of any kind that declares it: read all of it, look at its 附件, print its paper."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.base import EntityReader
from crm_desktop.errors import CrmError
from crm_desktop.models import Entity
from crm_desktop.models.papers import PAPERS, SIZES, PaperForm
from crm_desktop.views.actions import Action
from crm_desktop.views.attachments import AttachmentWindow
from crm_desktop.views.desk import Desk
from crm_desktop.views.paper import Paper
from crm_desktop.views.printing import show_when_made

Current = Callable[[], dict[str, Any] | None]
"""The record that is selected, with its title; None when there is none."""


def whole_record(controller: EntityReader, row: dict[str, Any]) -> dict[str, Any]:
    """A row of a list with its long notes, which no list reads for all its rows."""
    try:
        return controller.get(row["id"])
    except CrmError:  # deleted in another window a moment ago
        return row


def attachment_actions(desk: Desk, entity: Entity, current: Current) -> list[Action]:
    """附件, for entities whose records have them."""
    if not entity.has_attachments:
        return []

    def open_window() -> None:
        row = current()
        if row is not None:
            AttachmentWindow(desk, entity, row["id"], str(row.get(entity.title, ""))).show_record()

    return [Action("attachments", "附件", open_window, "attachments", "paperclip", lambda: current() is not None)]


def paper_actions(desk: Desk, owner: Misc, entity: Entity, current: Current) -> list[Action]:
    """处理单 or 档案卡, for entities that have a paper."""
    form = PAPERS.get(entity.key)
    if form is None:
        return []

    def preview() -> None:
        row = current()
        if row is not None:
            preview_paper(desk, owner, form, row["id"])

    def available() -> bool:
        return current() is not None and desk.office.may(entity.key, "print")

    return [Action("paper", form.action, preview, "paper", "file-earmark-text", available, group="out")]


def preview_paper(desk: Desk, owner: Misc, form: PaperForm, record: int) -> None:
    """Ask for the size of the paper, the last one proposed, and show the document."""
    remembered = f"paper.{form.entity.key}"
    usual = desk.office.settings.preference(remembered, form.size)
    choices = [(size, f"{size} 纸") for size in SIZES]
    size = desk.dialogs.ask_choice(f"{form.title}用哪种纸？", choices, default=usual, title="打印", parent=owner)
    if size is None:
        return
    if size != usual:
        desk.run(lambda job: desk.office.settings.set_preference(remembered, size), is_saving=True)
    show_when_made(
        desk,
        owner,
        lambda job: desk.office.reports.paper(form.entity.key, record, size),
        lambda document: Paper(form.title, document, kind=f"paper_{size.lower()}", size_name=size),
    )
