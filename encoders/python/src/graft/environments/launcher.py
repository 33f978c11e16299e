"""The programs that Spark starts in the place of a Python."""

from __future__ import annotations

import shlex

_HEAD = """\
#!/bin/sh
# The Python of an executor, which finds the packages of an environment before its own.
here=$(cd "$(dirname "$0")" && pwd)
"""


def of_packages(site: str, python: str) -> bytes:
    """Write a program that puts a folder beside it before the packages of a Python.

    PYTHONPATH reaches the processes that functions start, too.
    """
    path = f'PYTHONPATH="$here"/{shlex.quote(site)}"${{PYTHONPATH:+:$PYTHONPATH}}"'
    return f'{_HEAD}{path}\nexport PYTHONPATH\nexec {shlex.quote(python)} "$@"\n'.encode()


def of_pex(name: str, python: str) -> bytes:
    """Write a program that runs a PEX beside it as a Python.

    What the Python has itself, PySpark among it, comes after the packages of the PEX.
    """
    settings = "PEX_INTERPRETER=1\nPEX_INHERIT_PATH=fallback\nPEX_ROOT=$here/.pex\n"
    export = "export PEX_INTERPRETER PEX_INHERIT_PATH PEX_ROOT\n"
    run = f'exec {shlex.quote(python)} "$here"/{shlex.quote(name)} "$@"\n'
    return f"{_HEAD}{settings}{export}{run}".encode()
