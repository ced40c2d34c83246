"""Import and export: files into records, records into files."""

from crm_desktop.controllers.exchange.controller import Exchange

__all__ = ["Exchange"]
