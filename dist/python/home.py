"""Puts Graft's home folder into the wheel, when the wheel is built."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Where the build lays it out, unless GRAFT_HOME says where.
_USUAL = "../target/home"
_NEEDED = ("bin/graft", "spark/graft-spark.jar", "plugins")
# The one library that makes a wheel too large for PyPI, which takes 100 MB: 84 of 140 MB.
_LEFT_OUT = "rocksdbjni-"


class Home(BuildHookInterface):
    """Adds each file of the home folder, but for the library that is left out."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files and where they go; an editable wheel finds them where they are."""
        home = Path(self.root, os.environ.get("GRAFT_HOME", _USUAL)).resolve()
        missing = [name for name in _NEEDED if not (home / name).exists()]
        if missing:
            raise FileNotFoundError(
                f"{home} is not Graft's home folder: it has no {', '.join(missing)}. Build that "
                "first, or name another by GRAFT_HOME"
            )
        for file in sorted(home.rglob("*")):
            if file.is_file() and not self._is_left_out(file.relative_to(home)):
                inside = file.relative_to(home).as_posix()
                build_data["force_include"][str(file)] = f"graft_server/home/{inside}"

    @staticmethod
    def _is_left_out(file: Path) -> bool:
        # The clients' packages are pip's own to install.
        return file.name.startswith(_LEFT_OUT) or file.parts[0] == "packages"
