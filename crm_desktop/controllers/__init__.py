"""What an operator may do: one class an area, behind permission, validation and the log.

The names are in ``front``, which is loaded when the first is asked for: what stands before the sign-in needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_desktop.controllers.front import (
        Office,
        create_office,
        is_founded,
        place_refusal,
        place_warnings,
        recover_administrator,
        sign_in,
        sign_out,
    )
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("crm_desktop.controllers.front"), name)


__all__ = [
    "Office", "create_office", "is_founded", "place_refusal", "place_warnings", "recover_administrator", "sign_in",
    "sign_out",
]  # fmt: skip
