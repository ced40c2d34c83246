"""The draft of 批量录入: every filled row with its key, and the versions of the records among them."""

from typing import Any

from crm_desktop.controllers.drafts import Draft
from crm_desktop.controllers.grids.rows import GridRow
from crm_desktop.views.form_drafts import DraftKeeper, Noted, Origin

SCREEN = "grid"
"""What a draft of it is filed under."""


class GridDrafts(DraftKeeper):
    """``screen`` is the BatchEntryScreen it belongs to."""

    def __init__(self, screen: Any) -> None:
        self._screen = screen
        super().__init__(screen, screen.desk, self._of_grid, self._filled)

    def resume(self, draft: Draft) -> None:
        """Show what was typed before the program ended, as unsaved; columns that are no more are left out."""
        details, noted = draft.content["details"], draft.content["fields"]
        known = {key: GridRow({}, int(key), version) for key, version in details["versions"].items()}
        names, lines = noted["columns"][0], noted["rows"][0]
        rows = [dict(zip(names, cells, strict=True)) for _, *cells in lines]
        self.take_over(draft)
        self._screen.put_back(draft.entity, known, rows, [key for key, *_ in lines])

    def _of_grid(self) -> Origin:
        kind, known = self._screen.kind, self._screen.known
        versions = {key: row.version for key, row in known.items()}
        return Origin(SCREEN, kind.key, f"批量录入 {kind.label}", details={"versions": versions})

    def _filled(self) -> dict[str, Noted]:
        """Nothing when nothing was changed."""
        screen = self._screen
        names = [field.name for field in screen.fields]
        lines = [[key, *cells] for key, cells in zip(screen.sheet.keys(), screen.sheet.rows(), strict=True)]
        rows = [line for line in lines if any(line)]
        return {"columns": (names, None), "rows": (rows, None)} if screen.is_unsaved and rows else {}
