"""Workbooks in and out: reading an office's sheets, recognising columns, writing the records."""
