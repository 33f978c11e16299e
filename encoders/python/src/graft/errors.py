"""What can be wrong with an extension before it is sent."""


class GraftError(Exception):
    """Any error of this package."""


class InputError(GraftError, TypeError):
    """A field that the message does not have, or a value that does not fit the field."""


class SessionError(GraftError, ValueError):
    """A session that is not a Spark Connect session, or a DataFrame of another session."""


class DescriptorError(GraftError, ValueError):
    """Descriptors that cannot be read, or that import a file nobody has."""
