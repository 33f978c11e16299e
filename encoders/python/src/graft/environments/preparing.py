"""What a source becomes on its way to the executors."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from graft.environments import archives, launcher
from graft.environments.building import Builder
from graft.environments.executors import Python
from graft.environments.sources import Packages, Pex, Source
from graft.environments.upload import Artifact
from graft.errors import EnvironmentFailure

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DIGITS = 16  # Of a digest, in the name of an artifact.


@dataclass(frozen=True)
class Prepared:
    """Artifacts, and the Python that they make.

    Attributes
    ----------
    python : str
        Its path in the folder of a session on an executor.
    modules : tuple of str
        By which it is known to work.
    """

    name: str
    digest: str
    artifacts: list[Artifact]
    python: str
    modules: tuple[str, ...]


def prepare(source: Source, title: str, base: Callable[[], Python], builder: Builder) -> Prepared:
    """Turn a source into artifacts.

    Names hold digests, so that none is taken for another: the server refuses other bytes under a
    name that it has, and workers of Python that have imported a module keep it.
    """
    modules: tuple[str, ...] = ()
    if isinstance(source, Packages):
        built = builder.build(source, base())
        path, modules = built.archive, built.modules
    else:
        path = source.path if isinstance(source, Pex) else builder.compressed(source.path)
    digest = archives.digest(path)
    name = f"{title}-{digest[:_DIGITS]}"
    if isinstance(source, Pex):
        artifact = Artifact(f"files/{name}.pex", path)
        program = launcher.of_pex(f"{name}.pex", base().executable)
    else:
        artifact = Artifact(f"archives/{name}{archives.suffix_of(path)}#{name}", path)
        if isinstance(source, Packages):
            program = launcher.of_packages(name, base().executable)
        elif source.interpreter is None:
            program = launcher.of_packages(f"{name}/{source.site}", base().executable)
        else:
            return Prepared(name, digest, [artifact], f"./{name}/{source.interpreter}", modules)
    started = f"{name}-{hashlib.sha256(program).hexdigest()[:_DIGITS]}.sh"
    launched = Artifact(f"files/{started}", program)
    return Prepared(name, digest, [artifact, launched], f"./{started}", modules)


def title_of(name: str | None, source: Source) -> str:
    """Return what an environment is called: what the caller says, or after its source."""
    if name is None:
        safe = re.sub(r"[^A-Za-z0-9._-]+", "-", source.title)[:64].strip("._-")
        return safe or "environment"
    if not _NAME.fullmatch(name):
        raise EnvironmentFailure(
            f"{name!r} cannot be the name of an environment, which is of ASCII letters, digits, "
            "dots, hyphens and underscores, 64 at most, and begins with a letter or a digit",
            "GRAFT_ENVIRONMENT_NAME",
        )
    return name
