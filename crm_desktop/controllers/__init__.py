"""What an operator may do: one class an area, behind permission, validation and the log."""

from crm_desktop.controllers.office import Office
from crm_desktop.controllers.session import create_office, is_founded, recover_administrator, sign_in, sign_out

__all__ = ["Office", "create_office", "is_founded", "recover_administrator", "sign_in", "sign_out"]
