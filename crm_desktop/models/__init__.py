"""Pure declarations: what records, queries and rules are, without any file, window or clock.

The names are in ``declared``, which is loaded when the first is asked for: what stands before the sign-in needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_desktop.models.declared import (
        COMPANY,
        COMPLAINTS,
        CONTACTS,
        CUSTOMERS,
        ENTITIES,
        FEEDBACK,
        INTERACTIONS,
        MEMOS,
        OPERATORS,
        PRODUCTS,
        RECORDS,
        ROLES,
        SALES,
        All,
        Any,
        Condition,
        Count,
        Entity,
        Not,
        Page,
        Query,
        Related,
    )
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("crm_desktop.models.declared"), name)


__all__ = [
    "COMPANY", "COMPLAINTS", "CONTACTS", "CUSTOMERS", "ENTITIES", "FEEDBACK", "INTERACTIONS", "MEMOS", "OPERATORS",
    "PRODUCTS", "RECORDS", "ROLES", "SALES",
    "All", "Any", "Condition", "Count", "Entity", "Not", "Page", "Query", "Related",
]  # fmt: skip
