"""How the program is made into one that needs no Python: a folder, and on Windows an installer."""
