"""What is sent to a server, and what is not sent again."""

import zlib
from types import SimpleNamespace

import grpc
import pyspark.sql.connect.proto as proto
import pytest
from pyspark.errors import PySparkException

import graft
from graft.environments.session import _require_artifacts
from graft.environments.upload import Artifact, upload


class Server:
    """Keeps artifacts as Spark does: only of those below cache/ it says whether it has them."""

    def __init__(self):
        self.artifacts = {}
        self.requests = []
        self.breaks = False
        self._session_id, self._user_id = "a-b-c", "ada"
        self._stub = self
        self._builder = SimpleNamespace(metadata=lambda: [("x-token", "t")])

    def ArtifactStatus(self, request, metadata):
        assert metadata == [("x-token", "t")]
        response = proto.ArtifactStatusesResponse()
        for name in request.names:
            there = name in self.artifacts and name.startswith("cache/")
            response.statuses[name].exists = there
        return response

    def AddArtifacts(self, requests, metadata):
        response = proto.AddArtifactsResponse()
        name = ""
        for request in requests:
            self.requests.append(request)
            assert (request.session_id, request.user_context.user_id) == ("a-b-c", "ada")
            if request.HasField("batch"):
                (only,) = request.batch.artifacts
                name, chunk = only.name, only.data
                self.artifacts[name] = b""
            elif request.HasField("begin_chunk"):
                name, chunk = request.begin_chunk.name, request.begin_chunk.initial_chunk
                self.artifacts[name] = b""
            else:
                chunk = request.chunk
            assert chunk.crc == zlib.crc32(chunk.data)
            self.artifacts[name] += chunk.data
        response.artifacts.add(name=name, is_crc_successful=not self.breaks)
        return response

    def _handle_error(self, error):
        raise error


def test_large_artifact_goes_in_chunks_and_tells_its_progress(tmp_path):
    server, told = Server(), []
    content = bytes(range(256)) * 40_000
    (tmp_path / "acme.tar.gz").write_bytes(content)

    upload(server, [Artifact("archives/a.tar.gz#a", tmp_path / "acme.tar.gz")], told.append)

    assert server.artifacts["archives/a.tar.gz#a"] == content
    first = server.requests[0].begin_chunk
    assert (first.total_bytes, first.num_chunks) == (len(content), 40)
    assert len(told) == 10
    assert told[-1] == "sent 9 of 9 MB"


def test_artifact_that_has_arrived_is_not_sent_again():
    server, told = Server(), []
    upload(server, [Artifact("files/a.sh", b"one")], told.append)
    sent = len(server.requests)

    upload(server, [Artifact("files/a.sh", b"one")], told.append)

    assert len(server.requests) == sent
    assert told == ["the server has files/a.sh"]
    upload(server, [Artifact("files/b.sh", b"one")], told.append)
    assert server.artifacts["files/b.sh"] == b"one"


def test_artifact_that_arrives_with_other_bytes_is_refused_and_sent_the_next_time():
    server = Server()
    server.breaks = True

    for _ in range(2):
        with pytest.raises(graft.EnvironmentFailure, match="GRAFT_ENVIRONMENT_UPLOAD"):
            upload(server, [Artifact("files/a.sh", b"one")], lambda _: None)
    assert len(server.requests) == 2


def test_server_that_has_no_artifacts_says_so():
    class Unimplemented(grpc.RpcError):
        def code(self):
            return grpc.StatusCode.UNIMPLEMENTED

    class Without(Server):
        def ArtifactStatus(self, request, metadata):
            raise Unimplemented

        def _handle_error(self, error):
            raise PySparkException("no artifacts here") from error

    with pytest.raises(graft.EnvironmentFailure, match="no artifacts here") as failure:
        upload(Without(), [Artifact("files/a.sh", b"one")], lambda _: None)

    assert failure.value.code == "GRAFT_ENVIRONMENT_UNSUPPORTED"


def test_server_where_files_are_everyones_is_refused_by_its_version():
    _require_artifacts("3.5.7")
    _require_artifacts("4.2.0")
    with pytest.raises(graft.EnvironmentFailure, match=r"The server is Spark 3\.4\.0, where"):
        _require_artifacts("3.4.0")
