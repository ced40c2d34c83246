"""What is looked at when the office's file is checked, one module a subject, and what can be mended."""
