"""Artifacts of a session, sent where the server does not have them."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import grpc
import pyspark.sql.connect.proto as proto
from pyspark.errors import PySparkException, UnsupportedOperationException

from graft.errors import EnvironmentFailure

_CHUNK = 256 * 1024
_FEW = 4 * 1024 * 1024  # What is smaller is sent without word of its progress.


@dataclass(frozen=True)
class Artifact:
    """Something that executors get, under a name that tells its bytes.

    Attributes
    ----------
    name : str
        With the folder that says what becomes of it: ``archives/acme-0123.tar.gz#acme-0123``.
    content : pathlib.Path or bytes
        A file, or the bytes themselves.
    """

    name: str
    content: Path | bytes

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size

    def open(self) -> BinaryIO:
        """Open it for reading."""
        return (
            io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")
        )


def upload(client: Any, artifacts: list[Artifact], report: Callable[[str], None]) -> None:
    """Send those artifacts that the session does not have.

    Servers tell whether they have a ``cache/`` artifact, and not whether they have any other. So
    each is followed by a small one of that kind, which says that it has arrived.

    Raises
    ------
    EnvironmentFailure
        GRAFT_ENVIRONMENT_UPLOAD, if bytes do not arrive as they were sent.
    pyspark.errors.PySparkException
        If the server refuses them.
    """
    receipts = {artifact.name: _receipt(artifact) for artifact in artifacts}
    there = _statuses(client, [receipt.name for receipt in receipts.values()])
    for artifact in artifacts:
        receipt = receipts[artifact.name]
        if there.get(receipt.name):
            report(f"the server has {artifact.name.partition('#')[0]}")
            continue
        _send(client, artifact, report)
        _send(client, receipt, lambda _: None)


def _receipt(artifact: Artifact) -> Artifact:
    content = f"graft: {artifact.name} has arrived".encode()
    return Artifact(f"cache/{hashlib.sha256(content).hexdigest()}", content)


def _statuses(client: Any, names: list[str]) -> dict[str, bool]:
    request = proto.ArtifactStatusesRequest(
        session_id=client._session_id, user_context=_user(client), names=names
    )
    response = _call(client, client._stub.ArtifactStatus, request)
    return {name: status.exists for name, status in response.statuses.items()}


def _send(client: Any, artifact: Artifact, report: Callable[[str], None]) -> None:
    # The calls of PySpark's own client tell nothing of their progress, and look at no checksum.
    response = _call(client, client._stub.AddArtifacts, _requests(client, artifact, report))
    broken = [each.name for each in response.artifacts if not each.is_crc_successful]
    if broken:
        raise EnvironmentFailure(
            f"{', '.join(broken)} did not arrive as it was sent. Try again",
            "GRAFT_ENVIRONMENT_UPLOAD",
        )


def _call(client: Any, method: Callable[..., Any], request: Any) -> Any:
    try:
        return method(request, metadata=client._builder.metadata())
    except Exception as error:
        unsupported = isinstance(error, grpc.RpcError) and (
            error.code() == grpc.StatusCode.UNIMPLEMENTED
        )
        try:
            client._handle_error(error)
        except PySparkException as failure:
            if unsupported or isinstance(failure, UnsupportedOperationException):
                raise EnvironmentFailure(
                    f"The server takes no artifacts of sessions: {failure}. Use Spark 3.5 or later,"
                    " or have the server's operator install the packages",
                    "GRAFT_ENVIRONMENT_UNSUPPORTED",
                ) from failure
            raise
        raise


def _requests(
    client: Any, artifact: Artifact, report: Callable[[str], None]
) -> Iterator[proto.AddArtifactsRequest]:
    size, sent = artifact.size, 0
    with artifact.open() as file:
        for number, data in enumerate(iter(lambda: file.read(_CHUNK), b"")):
            request = proto.AddArtifactsRequest(
                session_id=client._session_id, user_context=_user(client)
            )
            chunk = proto.AddArtifactsRequest.ArtifactChunk(data=data, crc=zlib.crc32(data))
            if size <= _CHUNK:
                request.batch.artifacts.add(name=artifact.name, data=chunk)
            elif number == 0:
                request.begin_chunk.name = artifact.name
                request.begin_chunk.total_bytes = size
                request.begin_chunk.num_chunks = -(-size // _CHUNK)
                request.begin_chunk.initial_chunk.CopyFrom(chunk)
            else:
                request.chunk.CopyFrom(chunk)
            yield request
            before, sent = sent, sent + len(data)
            if size > _FEW and before * 10 // size < sent * 10 // size:
                report(f"sent {sent >> 20} of {size >> 20} MB")


def _user(client: Any) -> proto.UserContext:
    return proto.UserContext(user_id=client._user_id or "")
