"""Archives: those that callers bring, and those that are written here."""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re
import shutil
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from graft.errors import EnvironmentFailure

SUFFIXES = (".tar.gz", ".tgz", ".tar")
_INTERPRETERS = ("bin/python", "bin/python3")
_SITE = re.compile(r"lib/python(\d+\.\d+)/site-packages/")
# The earliest moment that zip files know, as in wheels; tar complains of earlier ones.
_MOMENT = 315532800


def suffix_of(path: Path) -> str:
    """Return which of SUFFIXES a file has, or nothing."""
    return next((suffix for suffix in SUFFIXES if path.name.endswith(suffix)), "")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    summed = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            summed.update(block)
    return summed.hexdigest()


@dataclass(frozen=True)
class Archive:
    """A packed environment that a caller brings.

    Attributes
    ----------
    interpreter : str or None
        The path of its Python in it; ``None`` where that is a link to a place outside, as in what
        venv-pack packs: there is no such place on other machines.
    site : str
        The path of its packages in it.
    """

    path: Path
    interpreter: str | None
    site: str

    @property
    def title(self) -> str:
        """What the environment is called when nobody names it."""
        return self.path.name[: -len(suffix_of(self.path))]

    @staticmethod
    def read(path: Path) -> Archive:
        """Read what is in an archive, and refuse what executors could not or should not unpack.

        One that they cannot unpack would make every later function of the session fail.
        """
        names: dict[str, tarfile.TarInfo] = {}
        try:
            with tarfile.open(path) as file:
                for member in file:
                    names[posixpath.normpath(member.name)] = member
        except (tarfile.TarError, OSError, EOFError) as error:
            raise _refused(path, f"cannot be read: {error}") from error
        links = {name: _goal(name, member) for name, member in names.items() if member.issym()}
        for name, member in names.items():
            if not (member.isreg() or member.isdir() or member.issym() or member.islnk()):
                raise _refused(path, f"holds {member.name!r}, which is neither file nor link")
            if member.islnk() and posixpath.normpath(member.linkname) not in names:
                raise _refused(path, f"holds {member.name!r}, a link to what it does not hold")
            _require_inside(path, name, member, links)
        found = [match for name in names if (match := _SITE.match(name))]
        if not found:
            raise _refused(path, "has no lib/python3.*/site-packages at its top")
        own = f"{sys.version_info.major}.{sys.version_info.minor}"
        if found[0][1] != own:
            raise EnvironmentFailure(
                f"{path.name} is of Python {found[0][1]}, and this client runs {own}: the "
                f"functions that it sends need the same. Pack the archive with Python {own}, or "
                f"run the client with {found[0][1]}",
                "GRAFT_ENVIRONMENT_PYTHON",
            )
        interpreter = next((name for name in _INTERPRETERS if _is_there(name, names, links)), None)
        if interpreter is None and not any(name in names for name in _INTERPRETERS):
            raise _refused(path, "has no bin/python at its top")
        return Archive(path, interpreter, found[0][0].rstrip("/"))


def _goal(name: str, member: tarfile.TarInfo) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), member.linkname))


def _is_outside(path: str) -> bool:
    return path.startswith(("/", "../")) or path == ".."


def _require_inside(
    archive: Path, name: str, member: tarfile.TarInfo, links: dict[str, str]
) -> None:
    if _is_outside(name):
        raise _refused(archive, f"holds {member.name!r}, which would be written outside of it")
    parent = posixpath.dirname(name)
    while parent:
        if _is_outside(links.get(parent, "")):
            raise _refused(archive, f"holds {member.name!r}, behind a link to {links[parent]!r}")
        parent = posixpath.dirname(parent)


def _is_there(name: str, names: dict[str, tarfile.TarInfo], links: dict[str, str]) -> bool:
    for _ in range(len(links) + 1):
        if name not in links:
            break
        name = links[name]
    return name in names and names[name].isfile()


def _refused(path: Path, why: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"The archive {path.name} {why}. Pack an environment with venv-pack or conda-pack",
        "GRAFT_ENVIRONMENT_ARCHIVE",
    )


def write(folder: Path, target: Path) -> None:
    """Pack the files of a folder, such that the same files give the same bytes."""
    with (
        target.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(folder.rglob("*")):
            archive.add(path, str(path.relative_to(folder)), recursive=False, filter=_bare)


def compress(source: Path, target: Path) -> None:
    """Compress a file, such that the same bytes give the same bytes."""
    with (
        source.open("rb") as content,
        target.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as packed,
    ):
        shutil.copyfileobj(content, packed)


def _bare(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = _MOMENT
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member
