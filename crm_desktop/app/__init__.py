"""The composition root: everything is built here, and nothing imports it but who starts the program."""

from crm_desktop.app.application import Application
from crm_desktop.app.start import build, main

__all__ = ["Application", "build", "main"]
