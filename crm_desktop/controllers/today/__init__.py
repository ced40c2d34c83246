"""今日工作: what the day asks of the office, and how the month stands."""

from crm_desktop.controllers.today.controller import Today

__all__ = ["Today"]
