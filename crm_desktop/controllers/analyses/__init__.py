"""Analyses: figures about many records, as tables, charts, workbooks and paper."""

from crm_desktop.controllers.analyses.controller import Analyses, Satisfaction
from crm_desktop.controllers.analyses.tables import AnalysisTable

__all__ = ["Analyses", "AnalysisTable", "Satisfaction"]
