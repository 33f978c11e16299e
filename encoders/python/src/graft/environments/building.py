"""Archives of packages, made by pip and kept for the next time."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

from graft.environments import archives
from graft.environments.executors import Python
from graft.environments.sources import Packages
from graft.errors import EnvironmentFailure

# Executors have the server's own, and another would not talk with it.
_LEFT_OUT = re.compile(r"pyspark([-_](client|connect))?(-[\w.]+\.dist-info)?|bin|__pycache__")
_INCLUDED = re.compile(r"\s*(?:-r|-c|--requirement|--constraint)[ =]*(\S+)")
_PROGRESS = re.compile(r"\s*(Collecting|Downloading|Building wheel for|Installing collected) ?(.*)")
_TOLD = (
    re.compile(r"No matching distribution found for (\S+)"),
    re.compile(r"satisfies the requirement (\S+)"),
    re.compile(r"Failed (?:to build|building wheel for) (\S+)"),
    re.compile(r"Invalid requirement: '?([^'\s]+)"),
    re.compile(r"because these package versions have conflicting|Cannot install (.+?) because"),
)
_NOT_PACKAGES = {"tests", "test", "docs", "examples", "benchmarks"}


@dataclass(frozen=True)
class Built:
    """An archive of packages, with the modules by which it is known to work."""

    archive: Path
    modules: tuple[str, ...]


def cache_folder() -> Path:
    """Return where archives are kept unless the caller says otherwise."""
    base = os.environ.get("XDG_CACHE_HOME") or ""
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "graft/environments"


@dataclass(frozen=True)
class Builder:
    """Builds archives in a folder where they are found again.

    Attributes
    ----------
    rebuild : bool
        Whether what is there is not taken.
    report : callable
        Gets a line for each step.
    """

    cache: Path
    rebuild: bool
    report: Callable[[str], None]

    def build(self, packages: Packages, python: Python) -> Built:
        """Make an archive for a Python, or take the one that was made of the same.

        Raises
        ------
        EnvironmentFailure
            GRAFT_ENVIRONMENT_PACKAGE, if pip cannot install a package.
        """
        key = _digest(packages, python)
        archive, described = self.cache / f"{key}.tar.gz", self.cache / f"{key}.json"
        if archive.exists() and described.exists() and not self.rebuild:
            self.report(f"{packages.title} is built already")
            return Built(archive, tuple(json.loads(described.read_text("utf-8"))))
        with self._folder() as folder:
            site = folder / "site"
            site.mkdir()
            if packages.requirements:
                _install(packages, python, folder, self.cache, self.report)
            for module in packages.modules:
                _put(module, site)
            for entry in site.iterdir():
                if _LEFT_OUT.fullmatch(entry.name):
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            modules = sorted({*_installed(site), *_added(packages.modules)})
            archives.write(site, folder / archive.name)
            (folder / described.name).write_text(json.dumps(modules), "utf-8")
            # Who builds the same at the same time puts the same in its place.
            for made in (described, archive):
                os.replace(folder / made.name, made)
        return Built(archive, tuple(modules))

    def compressed(self, archive: Path) -> Path:
        """Return an archive as a ``.tar.gz``, since Spark unpacks others without permissions."""
        if archives.suffix_of(archive) != ".tar":
            return archive
        target = self.cache / f"{archives.digest(archive)}.tar.gz"
        if not target.exists():
            with self._folder() as folder:
                archives.compress(archive, folder / target.name)
                os.replace(folder / target.name, target)
        return target

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        """Make a folder beside what is built, such that files can be moved from it."""
        self.cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.cache) as name:
            yield Path(name)


def _digest(packages: Packages, python: Python) -> str:
    """Sum up what decides on an archive. What an index gives at another time is not known."""
    summed = hashlib.sha256()

    def add(*parts: str | bytes) -> None:
        for part in parts:
            data = part.encode() if isinstance(part, str) else part
            summed.update(len(data).to_bytes(8, "big") + data)

    add("1", _minor(python.version), python.platform, *python.libc)
    add(*packages.requirements)
    for path in (*_named(packages.requirements), *packages.modules):
        add(path.name, path.read_bytes())
    return summed.hexdigest()


def _named(lines: tuple[str, ...], seen: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Give the files that lines of requirements name, and those that these name."""
    for line in lines:
        included = _INCLUDED.match(line)
        path = Path(included[1] if included else line.strip())
        if path.is_dir():
            yield from sorted(
                each
                for each in path.rglob("*")
                if each.is_file() and not re.search(r"/(\.git|__pycache__|build)/", str(each))
            )
        elif path.is_file() and path not in seen:
            yield path
            if included:
                text = path.read_text("utf-8", "replace")
                further = tuple(_beside(path, each) for each in text.splitlines())
                yield from _named(further, seen | {path})


def _beside(file: Path, line: str) -> str:
    """Name what a file includes by a path of its own, as pip reads it."""
    included = _INCLUDED.match(line)
    return f"-r {file.parent / included[1]}" if included else line


def _install(
    packages: Packages, python: Python, folder: Path, cache: Path, report: Callable[[str], None]
) -> None:
    lines = folder / "requirements.txt"
    lines.write_text("\n".join(packages.requirements) + "\n", "utf-8")
    command = [
        *(_pip(cache), "-m", "pip", "install", "--target", str(folder / "site")),
        *("--no-compile", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
        *_platform(python),
        *("-r", str(lines)),
    ]
    # What some people have in their environment does not go together with --target.
    variables = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    said: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=variables
    ) as pip:
        for line in pip.stdout or ():
            said.append(line.rstrip())
            if told := _PROGRESS.match(line):
                report(f"{told[1].lower()} {told[2].partition(' (')[0]}".strip())
    if pip.returncode != 0:
        raise _not_installed(said)


def _pip(cache: Path) -> str:
    """Return a Python with pip: this one, or else one that is made for it."""
    if importlib.util.find_spec("pip"):
        return sys.executable
    folder = cache / f"pip-{sys.version_info.major}.{sys.version_info.minor}"
    if not (folder / "bin" / "pip").exists():  # What is made last.
        venv.create(folder, with_pip=True)
    return str(folder / "bin" / "python")


def _platform(python: Python) -> list[str]:
    """Tell pip for which machine it installs, where that is another one than this."""
    theirs, own = python.platform, sysconfig.get_platform()
    if theirs == own or not theirs.startswith("linux-"):
        return []
    machine = theirs.partition("-")[2].replace("-", "_")
    tags = [f"linux_{machine}", f"manylinux2014_{machine}"]
    name, _, minor = python.libc[0], *python.libc[1].partition(".")[1:]
    if name == "glibc" and minor.isdecimal():
        tags += [f"manylinux_2_{each}_{machine}" for each in range(17, int(minor) + 1)]
    options = [option for tag in tags for option in ("--platform", tag)]
    return [*options, "--python-version", _minor(python.version), "--only-binary", ":all:"]


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])


def _not_installed(said: list[str]) -> EnvironmentFailure:
    errors = [line for line in said if re.match(r"\s*(ERROR|error)", line)] or said
    names: list[str] = []
    for line in errors:
        for pattern in _TOLD:
            found = pattern.search(line)
            if found and found.lastindex:
                names += [name.strip(",") for name in re.split(r", | and |\s", found[1]) if name]
    named = tuple(dict.fromkeys(names))
    what = f"pip cannot install {', '.join(named)}" if named else "pip cannot install the packages"
    reason = "\n".join(dict.fromkeys(line.strip() for line in errors[-12:]))
    return EnvironmentFailure(f"{what}:\n{reason}", "GRAFT_ENVIRONMENT_PACKAGE", named)


def _put(module: Path, site: Path) -> None:
    if module.suffix != ".zip":
        shutil.copyfile(module, site / module.name)
        return
    try:
        with zipfile.ZipFile(module) as file:
            for name in file.namelist():
                if not (site / name).resolve().is_relative_to(site.resolve()):
                    raise EnvironmentFailure(
                        f"{module.name} holds {name!r}, which would be written outside of it",
                        "GRAFT_ENVIRONMENT_ARCHIVE",
                    )
            file.extractall(site)
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        if isinstance(error, EnvironmentFailure):
            raise
        raise EnvironmentFailure(
            f"{module.name} cannot be read: {error}", "GRAFT_ENVIRONMENT_ARCHIVE"
        ) from error


def _installed(site: Path) -> Iterator[str]:
    """Name the modules of those distributions that were asked for, and not of what these need."""
    for requested in site.glob("*.dist-info/REQUESTED"):
        distribution = Distribution.at(requested.parent)
        files = [file.parts for file in distribution.files or ()]
        modules = {_module(parts) for parts in files} - {""}
        own = re.sub(r"[-_.]+", "_", distribution.metadata["Name"]).lower()
        yield from {own} if own in modules else modules - _NOT_PACKAGES


def _added(modules: tuple[Path, ...]) -> Iterator[str]:
    for module in modules:
        if module.suffix == ".zip":
            with zipfile.ZipFile(module) as file:
                yield from {_module(tuple(name.split("/"))) for name in file.namelist()} - {""}
        else:
            yield from {_module((module.name,))} - {""}


def _module(parts: tuple[str, ...]) -> str:
    """Return the module at the top of which a file is, or nothing where it is deeper or private."""
    if len(parts) == 2 and parts[1] == "__init__.py":
        name = parts[0]
    elif len(parts) == 1 and parts[0].endswith((".py", ".so")):
        name = parts[0].partition(".")[0]
    else:
        return ""
    return name if name.isidentifier() and not name.startswith("_") else ""
