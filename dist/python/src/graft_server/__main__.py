"""``python -m graft_server`` is the command ``graft``."""

from graft_server._command import main

if __name__ == "__main__":
    main()
