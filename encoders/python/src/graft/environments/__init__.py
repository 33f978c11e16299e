"""Python environments of sessions: which packages the functions of a session find.

A source (:mod:`~graft.environments.sources`) is built where pip has something to install
(:mod:`~graft.environments.building`), prepared as artifacts (:mod:`~graft.environments.preparing`),
sent (:mod:`~graft.environments.upload`) and made the session's Python
(:mod:`~graft.environments.session`), which executors then try
(:mod:`~graft.environments.executors`).

Where it brings no Python of its own, a small program (:mod:`~graft.environments.launcher`) starts
the one that executors have with its packages before theirs. So PySpark and PyArrow fit the server,
and there is no link to an interpreter that is only on the client's machine.
"""

from graft.environments.environment import Environment, environment

__all__ = ["Environment", "environment"]
