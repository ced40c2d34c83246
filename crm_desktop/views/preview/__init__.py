"""Photographs of the program's screens, and what is wrong with them: ``python -m crm_desktop.views.preview``."""
