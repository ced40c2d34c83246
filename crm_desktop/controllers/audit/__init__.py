"""系统日志: who did what, when, from what to what; found, told in words, verified and exported."""

from crm_desktop.controllers.audit.controller import Audit

__all__ = ["Audit"]
