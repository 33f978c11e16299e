package graft

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	"graft.dev/encoders/go/connect"
)

// How much of a file goes in one message, in bytes, as in Spark's own clients.
const artifactChunk = 32 * 1024

// AddJar adds a jar to the session. From the next request on the session, and no other, has the jar's plugins, where the
// server lets sessions bring any (spark.graft.sessions.plugins, in a gateway graft.sessions.plugins).
//
// The server knows the jar by its file name, and refuses other bytes under a name that the session has already
// (ARTIFACT_ALREADY_EXISTS): a newer version takes another file name. A gateway that does not let a jar in refuses it here,
// with a code such as GRAFT_JAR_UNTRUSTED; inside Spark the first request that needs its plugins is refused instead.
//
// The error's code is [JarInvalid] if the file's name does not end in .jar; then nothing was sent. A file that cannot be
// read is a [*io/fs.PathError].
func (s *Session) AddJar(ctx context.Context, path string) error {
	name := filepath.Base(path)
	if !strings.HasSuffix(name, ".jar") {
		return newError(JarInvalid, "What is added to a session is a file whose name ends in .jar, and '"+shown(name)+"' does not")
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	about, err := file.Stat()
	if err != nil {
		return err
	}
	// An upload that is given up must not look like one that has ended.
	ctx, cancel := context.WithCancel(s.outgoing(ctx))
	defer cancel()
	description := &grpc.StreamDesc{StreamName: "AddArtifacts", ClientStreams: true}
	stream, err := s.connection.NewStream(ctx, description, service+"AddArtifacts")
	if err != nil {
		return requestError(err)
	}
	jar := artifact{name: "jars/" + name, size: about.Size(), content: file}
	if err := s.upload(stream, jar); err != nil {
		return err
	}
	response := &connect.AddArtifactsResponse{}
	if err := stream.RecvMsg(response); err != nil {
		return requestError(err)
	}
	for _, summary := range response.GetArtifacts() {
		if !summary.GetIsCrcSuccessful() {
			return &Error{
				Status: codes.DataLoss,
				text:   fmt.Sprintf("%s did not arrive as it was sent: its checksum is another. Add it again", path),
			}
		}
	}
	return nil
}

// An artifact is a file on its way to the server.
type artifact struct {
	name    string
	size    int64 // in bytes
	content io.Reader
}

func (a artifact) chunks() int64 { return max(1, (a.size+artifactChunk-1)/artifactChunk) }

// upload sends an artifact in messages of one chunk. What the server says to it, a refusal too, is still to be received.
func (s *Session) upload(stream grpc.ClientStream, artifact artifact) error {
	for number := range artifact.chunks() {
		data := make([]byte, min(artifactChunk, artifact.size-number*artifactChunk))
		if _, err := io.ReadFull(artifact.content, data); err != nil {
			return fmt.Errorf("%s cannot be read to its end, or has become shorter: %w", artifact.name, err)
		}
		request := &connect.AddArtifactsRequest{
			SessionId: s.ID(), UserContext: s.user, ClientType: &s.target.userAgent,
		}
		artifact.fill(request, number, data)
		err := stream.SendMsg(request)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return requestError(err)
		}
	}
	if err := stream.CloseSend(); err != nil {
		return requestError(err)
	}
	return nil
}

func (a artifact) fill(request *connect.AddArtifactsRequest, number int64, data []byte) {
	chunk := &connect.AddArtifactsRequest_ArtifactChunk{Data: data, Crc: int64(crc32.ChecksumIEEE(data))}
	switch {
	case a.chunks() == 1:
		single := &connect.AddArtifactsRequest_SingleChunkArtifact{Name: a.name, Data: chunk}
		request.Payload = &connect.AddArtifactsRequest_Batch_{Batch: &connect.AddArtifactsRequest_Batch{
			Artifacts: []*connect.AddArtifactsRequest_SingleChunkArtifact{single},
		}}
	case number == 0:
		request.Payload = &connect.AddArtifactsRequest_BeginChunk{
			BeginChunk: &connect.AddArtifactsRequest_BeginChunkedArtifact{
				Name: a.name, TotalBytes: a.size, NumChunks: a.chunks(), InitialChunk: chunk,
			},
		}
	default:
		request.Payload = &connect.AddArtifactsRequest_Chunk{Chunk: chunk}
	}
}
