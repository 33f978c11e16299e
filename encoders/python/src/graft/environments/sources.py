"""What an environment is made of, recognised from what the caller names."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

from graft.environments.archives import SUFFIXES, Archive, suffix_of
from graft.errors import EnvironmentFailure

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MODULES = (".py", ".zip")
_STANDING_ALONE = (*SUFFIXES, ".pex", ".toml")
_KINDS = (
    "a requirements file (.txt), a pyproject.toml, an archive of venv-pack or conda-pack "
    f"({', '.join(SUFFIXES)}), a PEX (.pex), a module (.py), modules in a .zip, a wheel (.whl), or "
    "a list of packages, modules and wheels"
)


@dataclass(frozen=True)
class Packages:
    """What pip installs, and modules that are put beside it.

    Attributes
    ----------
    requirements : tuple of str
        Lines of a requirements file.
    modules : tuple of pathlib.Path
        Files of Python, and zip files of them.
    """

    requirements: tuple[str, ...]
    modules: tuple[Path, ...]
    title: str


@dataclass(frozen=True)
class Pex:
    """A file that PEX made."""

    path: Path

    @property
    def title(self) -> str:
        """What the environment is called when nobody names it."""
        return self.path.stem


Source = Union[Packages, Archive, Pex]


def recognised(source: Any) -> Source:
    """Tell what a caller's source is.

    Raises
    ------
    EnvironmentFailure
        GRAFT_ENVIRONMENT_SOURCE, if it is not there or of no known kind, or
        GRAFT_ENVIRONMENT_ARCHIVE, if it is an archive that cannot be an environment.
    """
    if isinstance(source, (str, os.PathLike)):
        return _of_path(Path(source).absolute())
    if not isinstance(source, Iterable) or isinstance(source, (bytes, bytearray)):
        raise _unknown(f"an environment is not made of a {type(source).__name__}")
    return _of_list(list(source))


def _of_path(path: Path) -> Source:
    if not path.exists():
        raise _missing(path)
    if path.name == "pyproject.toml" or path.is_dir():
        return _of_project(path if path.is_dir() else path.parent)
    if path.suffix == ".txt":
        return Packages((f"-r {path}",), (), path.parent.name or path.stem)
    if _is_pex(path):
        return Pex(path)
    if suffix_of(path):
        return Archive.read(path)
    if path.suffix in (*_MODULES, ".whl"):
        return _of_list([path])
    raise _unknown(f"{path.name} is of no kind that an environment is made of")


def _of_project(folder: Path) -> Packages:
    """Take a project with a build system as it stands, and of another what it depends on."""
    file = folder / "pyproject.toml"
    if not file.exists():
        raise _unknown(f"the folder {folder.name} has no pyproject.toml")
    try:
        described = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unknown(f"{file.name} of {folder.name} cannot be read: {error}") from error
    project = described.get("project", {})
    if "build-system" in described:
        requirements = [str(folder)]
    elif isinstance(project.get("dependencies"), list):
        requirements = [_requirement(each) for each in project["dependencies"]]
    else:
        raise _unknown(
            f"{file.name} of {folder.name} has neither a build-system nor project.dependencies"
        )
    return Packages(tuple(requirements), (), str(project.get("name", folder.name)))


def _of_list(items: list[Any]) -> Packages:
    requirements: list[str] = []
    modules: list[Path] = []
    for item in items:
        name = os.fspath(item) if isinstance(item, os.PathLike) else item
        is_file = isinstance(item, os.PathLike) or _looks_like_a_file(name)
        if not is_file:
            requirements.append(_requirement(name))
            continue
        path = Path(name).absolute()
        if not path.exists():
            raise _missing(path)
        if path.name.endswith(_STANDING_ALONE) or (path.suffix == ".zip" and _is_pex(path)):
            raise _unknown(f"{path.name} stands alone, and not in a list with others")
        if path.suffix in _MODULES:
            modules.append(path)
        elif path.suffix == ".txt":
            requirements.append(f"-r {path}")
        elif path.suffix == ".whl" or path.is_dir():
            requirements.append(str(path))
        else:
            raise _unknown(f"{path.name} is of no kind that an environment is made of")
    if not requirements and not modules:
        raise _unknown("the list is empty")
    title = modules[0].stem if modules else _title(requirements)
    return Packages(tuple(requirements), tuple(modules), title)


def _title(requirements: list[str]) -> str:
    """Take the first package's name, without its version and what a wheel's name says further."""
    named = next((line for line in requirements if not line.startswith("--")), "packages")
    name = Path(named).name
    return name.split("-")[0] if name.endswith(".whl") else re.split(r"[^\w-]", name)[0]


def _looks_like_a_file(name: Any) -> bool:
    if not isinstance(name, str):
        raise _unknown(f"a list of packages and files has a {type(name).__name__} in it")
    endings = (*_MODULES, *_STANDING_ALONE, ".whl", ".txt")
    # What has blanks or an "@" is a requirement: "acme @ file:///wheels/acme-1.0-py3-none-any.whl".
    return name.endswith(endings) and not re.search(r"\s|@|^-", name)


def _requirement(line: Any) -> str:
    if not isinstance(line, str) or not line.strip() or len(line.splitlines()) != 1:
        raise _unknown(f"{line!r} is not a package")
    return line.strip()


def _is_pex(path: Path) -> bool:
    if path.is_dir() or not zipfile.is_zipfile(path):
        if path.suffix == ".pex":
            raise _unknown(f"{path.name} is not a PEX in one file")
        return False
    with zipfile.ZipFile(path) as file:
        return "PEX-INFO" in file.namelist()


def _missing(path: Path) -> EnvironmentFailure:
    hint = ""
    if re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?\s*([=<>~!]=?.*)?", path.name):
        hint = f'. If it is a package, put it into a list: ["{path.name}"]'
    return EnvironmentFailure(f"There is no {path}{hint}", "GRAFT_ENVIRONMENT_SOURCE")


def _unknown(what: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"This cannot become an environment: {what}. Give {_KINDS}", "GRAFT_ENVIRONMENT_SOURCE"
    )
