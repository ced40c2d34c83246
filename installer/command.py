"""The frozen command line starts here; it shares the folder of the program with a window."""

from crm_desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
