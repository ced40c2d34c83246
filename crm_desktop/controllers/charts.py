"""Charts for screens, which know reports through controllers only."""

from crm_desktop.reports.chart_spec import Chart, Series
from crm_desktop.reports.charts import Picture, as_shares, natural_height, picture

__all__ = ["Chart", "Picture", "Series", "as_shares", "natural_height", "picture"]
