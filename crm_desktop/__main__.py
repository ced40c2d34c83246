"""``python -m crm_desktop``: the office on the command line."""

from crm_desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
