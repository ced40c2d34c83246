"""今日工作: the first page."""
