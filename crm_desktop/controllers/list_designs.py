"""Designs of printed lists that are kept under a name, for one operator or for all."""

from dataclasses import dataclass

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.kept import Shelf
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.list_design import ListDesign, as_json, check, from_json


@dataclass(frozen=True)
class SavedDesign:
    """``is_shared`` ones are everybody's to use; ``is_mine`` says who may change it."""

    name: str
    design: ListDesign
    is_shared: bool
    is_mine: bool


class ListDesigns(Controller):
    """Who prints an entity's list may keep designs for it."""

    area = "settings"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shelf = Shelf(context, "lists", "列表格式")

    @requires(ANYONE)
    def saved(self, entity: str) -> list[SavedDesign]:
        """By name, one's own first; what another version kept and this one cannot print is left out."""
        self.demand(entity, "print")
        return [
            SavedDesign(kept.name, design, kept.is_shared, kept.is_mine)
            for kept in self._shelf.all(entity)
            if (design := _readable(ENTITIES[entity], kept.content)) is not None
        ]

    @requires(ANYONE)
    def save(
        self, entity: str, name: str, design: ListDesign, is_shared: bool = False, replaces: bool = False
    ) -> None:
        """Keep a design under a name; ValidationError says why not."""
        self.demand(entity, "print")
        check(ENTITIES[entity], design)
        self._shelf.put(entity, name, as_json(design), is_shared, replaces)

    @requires(ANYONE)
    def remove(self, entity: str, name: str, is_shared: bool = False) -> None:
        """Forget a design; a shared one only by whoever kept it, or with the right to change settings."""
        self.demand(entity, "print")
        self._shelf.remove(entity, name, is_shared)


def _readable(entity: Entity, text: str) -> ListDesign | None:
    try:
        return from_json(entity, text)
    except FieldError:
        return None
