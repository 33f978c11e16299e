"""What can be wrong with an extension, before it is sent and after."""

from __future__ import annotations

from pyspark.errors import PySparkException


class GraftError(Exception):
    """Any error of this package.

    Attributes
    ----------
    code : str
        Stable, and the same in every language's encoder: ``GRAFT_FIELD_REQUIRED``.
    """

    code = "GRAFT_ERROR"

    def __init__(self, text: str, code: str | None = None) -> None:
        super().__init__(text)
        if code is not None:
            self.code = code


class InputError(GraftError, TypeError):
    """A field that the message does not have, or a value that does not fit the field."""

    code = "GRAFT_FIELD_TYPE"


class SessionError(GraftError, ValueError):
    """A session that is not a Spark Connect session, or a DataFrame of another session."""

    code = "GRAFT_SESSION_MISMATCH"


class DescriptorError(GraftError, ValueError):
    """Descriptors that cannot be read, or that import a file nobody has."""

    code = "GRAFT_DESCRIPTORS_INVALID"


class EnvironmentFailure(GraftError, RuntimeError):
    """An environment that cannot be made, sent or used; the session keeps the one it had.

    Attributes
    ----------
    names : tuple of str
        The packages or modules that it is about, as far as they are known.
    """

    code = "GRAFT_ENVIRONMENT_UNUSABLE"

    def __init__(self, text: str, code: str | None = None, names: tuple[str, ...] = ()) -> None:
        super().__init__(text, code)
        self.names = names

    def __str__(self) -> str:
        """Give the code and the text, as a server's errors do."""
        return f"[{self.code}] {super().__str__()}"


class LocalServerError(GraftError, RuntimeError):
    """A Spark of this machine that cannot be started with Graft in it."""

    code = "GRAFT_LOCAL_FAILED"

    def __str__(self) -> str:
        """Give the code and the text, as a server's errors do."""
        return f"[{self.code}] {super().__str__()}"


class ServerError(GraftError, PySparkException):
    """A server that cannot do what was asked for, whatever the extension says.

    It is an error of PySpark too, which is what it replaces.
    """

    code = "GRAFT_SERVER_WITHOUT_EXTENSION"

    def __init__(self, text: str, code: str | None = None) -> None:
        PySparkException.__init__(self, message=text)
        self.text = text
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        """Give the code and the text, as a server's errors do."""
        return f"[{self.code}] {self.text}"
