"""What most others ask of the controllers: an office, and the ways into it."""

from crm_desktop.controllers.doorplate import is_founded
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.recovery import recover_administrator
from crm_desktop.controllers.session import create_office, sign_in, sign_out
from crm_desktop.db.location import refusal as place_refusal
from crm_desktop.db.location import warnings as place_warnings

__all__ = [
    "Office", "create_office", "is_founded", "place_refusal", "place_warnings", "recover_administrator", "sign_in",
    "sign_out",
]  # fmt: skip
