"""The folder that the server of these tests has opened, as an operator would.

GRAFT_FOLDER is the path of an empty folder, and the server's settings are those of SETTINGS over it.
"""

import os
from pathlib import Path

ID = "spark.graft.plugin.graft-builtin."


def settings(folder):
    """Return the settings of a server that these tests run on, for a folder that is there."""
    return {
        ID + "filesystem.roots": f"{folder}/open, {folder}/open/team",
        ID + "filesystem.read-only-roots": f"{folder}/open/archive",
        ID + "filesystem.max-listing": "50",
        ID + "context.checkpoint-roots": f"{folder}/checkpoints",
        ID + "context.local-properties": "spark.scheduler.pool, spark.test.note",
        ID + "mask.salt.customers": "a salt of the operator",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": f"file://{folder}/events",
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
    }


def open_folder():
    """Return the folder, with what the operator has put there."""
    folder = Path(os.environ["GRAFT_FOLDER"]).resolve()
    for name in ("open/team", "open/archive", "checkpoints", "events", "closed", "open-not"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    for key, value in settings(open_folder()).items():
        print(key, value)
