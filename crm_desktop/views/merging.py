"""合并: the records of a group side by side, which one stays, whose values it gets, and what comes along."""

from collections.abc import Callable
from tkinter import BooleanVar, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.duplicates import Sides
from crm_desktop.errors import Conflict, CrmError
from crm_desktop.models import Entity, merging
from crm_desktop.views.desk import Desk
from crm_desktop.views.keys import KEYS, bind_key
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.side_by_side import Line, SideBySide, lines_that_fit

KEEP = "_keep"
"""The line that says which record stays."""
LINES, AROUND = 16, 320
HINT = "← → 选择保留哪一边的内容，空格轮换；备注可以都保留。"
STAYS = "合并后保留“{}”，{}。"
NOTHING_ELSE = "另外的记录进入回收站"
APART = f"不是重复 {KEYS['apart'].label}"


class MergeWindow(ModalWindow):
    """``on_merged(operation, kept)`` and ``on_apart()`` are called when it has been decided and written."""

    def __init__(
        self,
        parent: Misc,
        desk: Desk,
        entity: Entity,
        sides: Sides,
        on_merged: Callable[[int, int], Any],
        on_apart: Callable[[], Any],
    ) -> None:
        super().__init__(parent, f"合并{entity.label}")
        self._desk, self._entity = desk, entity
        self._on_merged, self._on_apart = on_merged, on_apart
        self._is_saving = False
        self._picked: dict[str, int] = {}
        """What was chosen by hand; everything else is proposed."""
        self._take(sides)
        self.keep = self._records[0]["id"]
        self._build(entity)
        self._show()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self, entity: Entity) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self.body)
        top.pack(fill="x", pady=(0, gap))
        ttk.Label(top, text=HINT, style="Muted.TLabel").pack(side="left")
        self._only_different = BooleanVar(self, True)
        self.only_different = ttk.Checkbutton(
            top, text="只看不同的", variable=self._only_different, command=self._show, name="only_different"
        )
        self.only_different.pack(side="right")
        self.button = self._add_buttons()
        self.error = self._add_line("Error.TLabel", "error")
        self.moves = self._add_line("TLabel", "moves")
        self.whole = self._add_line("Muted.TLabel", "whole")
        self.matrix = SideBySide(
            self.body, [f"{number}. {record[entity.title]}" for number, record in enumerate(self._records, 1)],
            lines=lines_that_fit(self, LINES, AROUND),
            on_choose=self._choose, on_move=self._tell_whole, on_end=lambda: self.button.focus_set(),
        )  # fmt: skip
        self.matrix.pack(fill="both", expand=True, pady=(0, gap))

    def _add_buttons(self) -> ttk.Button:
        button = self.add_saving_row("合并", self.submit)
        self.apart_button = ttk.Button(
            button.master, text=APART, bootstyle="outline", command=self.set_apart, name="apart"
        )
        self.apart_button.pack(side="left")
        bind_key(self.apart_button, "enter", self.set_apart)
        bind_key(self, "apart", self.set_apart)
        may = self._desk.office.may
        if not (may(self._entity.key, "update") and may(self._entity.key, "delete")):
            button.configure(state="disabled")
        if not may(self._entity.key, "update"):
            self.apart_button.configure(state="disabled")
        return button

    def _add_line(self, style: str, name: str) -> ttk.Label:
        line = ttk.Label(self.body, style=style, name=name, width=1)
        line.pack(side="bottom", fill="x")
        line.bind("<Configure>", lambda event: line.configure(wraplength=max(1, event.width)), add="+")
        return line

    def ask(self) -> None:
        self.show(self.matrix.tree, wait=False)

    # -- showing ---------------------------------------------------------------------------------------------------

    def _take(self, sides: Sides) -> None:
        self._records, self._belongings, self._refusal = sides.records, sides.belongings, sides.refusal

    def _marks(self) -> tuple[str, ...]:
        """What tells namesakes apart: codes, or whose they are."""
        owner = self._entity.owner_reference
        names = (*self._entity.lasting, *([owner.name] if owner else []))
        return tuple(" ".join(record[f"{name}_text"] for name in names) for record in self._records)

    @property
    def chosen(self) -> dict[str, int]:
        """Field → the record whose value is kept."""
        return merging.proposed(self._entity, self._records, self.keep) | self._picked

    def _lines(self) -> list[Line]:
        marks = tuple(f"第 {number} 条　{mark}" for number, mark in enumerate(self._marks(), 1))
        lines = [Line(KEEP, "保留", marks)]
        for field in merging.choosable(self._entity):
            texts = tuple(record[f"{field.name}_text"] for record in self._records)
            lines.append(Line(field.name, field.label, texts, merging.takes_all(field)))
        return [line for line in lines if any(line.texts) and (line.differs or not self._only_different.get())]

    def _show(self) -> None:
        places = {record["id"]: place for place, record in enumerate(self._records)}
        chosen = {name: places.get(record) for name, record in self.chosen.items()}
        self.matrix.show(self._lines(), chosen | {KEEP: places[self.keep]})
        self._tell_moves()
        self.error.configure(text=self._refusal)

    def _tell_moves(self) -> None:
        counts: dict[str, int] = {}
        for record, belongings in zip(self._records, self._belongings, strict=True):
            for label, number in belongings.items() if record["id"] != self.keep else ():
                counts[label] = counts.get(label, 0) + number
        moved = "、".join(f"{label} {number:,} 条" for label, number in counts.items())
        kept = next(record for record in self._records if record["id"] == self.keep)
        along = f"{moved}移到它名下，{NOTHING_ELSE}" if moved else NOTHING_ELSE
        self.moves.configure(text=STAYS.format(kept[self._entity.title], along))

    def _tell_whole(self) -> None:
        """The values of the line with the cursor in full, where a cell may have cut them off."""
        line = self.matrix.current
        texts = line.texts if line is not None and line.key != KEEP else ()
        parts = (f"{number}. {' '.join(text.split()) or '（空）'}" for number, text in enumerate(texts, 1))
        self.whole.configure(text=f"{line.label}：{'　'.join(parts)}" if line is not None and texts else "")

    # -- deciding --------------------------------------------------------------------------------------------------

    def _choose(self, key: str, place: int | None) -> None:
        record = merging.ALL if place is None else self._records[place]["id"]
        if key == KEEP:
            self.keep = record
        else:
            self._picked[key] = record
        self._show()

    def submit(self) -> None:
        """Merge in the background; what was chosen stays when it is refused."""
        if self._is_saving or str(self.button.cget("state")) == "disabled":
            return
        others = [record["id"] for record in self._records if record["id"] != self.keep]
        versions = {record["id"]: record["version"] for record in self._records}
        duplicates, key, keep, chosen = self._desk.office.duplicates, self._entity.key, self.keep, self.chosen
        self._write(
            lambda job: duplicates.merge(key, keep, others, chosen, versions),
            lambda operation: self._on_merged(operation, keep),
        )

    def set_apart(self) -> None:
        """They are not the same: never shown together again."""
        if self._is_saving or str(self.apart_button.cget("state")) == "disabled":
            return
        duplicates, ids = self._desk.office.duplicates, [record["id"] for record in self._records]
        self._write(lambda job: duplicates.set_apart(self._entity.key, ids), lambda nothing: self._on_apart())

    def _write(self, work: Callable[[Any], Any], on_done: Callable[[Any], Any]) -> None:
        def done(result: Any) -> None:
            self.close()
            on_done(result)

        self._is_saving = True
        self._desk.run(work, done, on_error=self._refused, owner=self, title="正在保存…", is_saving=True)

    def _refused(self, error: BaseException) -> None:
        self._is_saving = False
        if not isinstance(error, CrmError):
            self._desk.dialogs.show_error(error, parent=self)
            return
        if isinstance(error, Conflict):
            self._read_again()
        self.error.configure(text=str(error))

    def _read_again(self) -> None:
        """What somebody has just changed is shown as it is now; what was chosen by hand stays."""
        sides = self._desk.office.duplicates.sides(self._entity.key, [record["id"] for record in self._records])
        if len(sides.records) == len(self._records):
            self._take(sides)
            self._show()
