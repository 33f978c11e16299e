package graft_test

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	graft "graft.dev/encoders/go"
	"graft.dev/encoders/go/connect"
)

func jar(t *testing.T, size int) (path string, content []byte) {
	t.Helper()
	content = make([]byte, size)
	random := rand.NewChaCha8([32]byte{})
	_, _ = random.Read(content)
	path = filepath.Join(t.TempDir(), "acme-1.0.jar")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, content
}

func TestASmallJarIsABatch(t *testing.T) {
	for _, size := range []int{0, 1, 32 * 1024} {
		server := start(t, &fakeServer{})
		session := server.connect(t, ";user_id=ada;x-team=data")
		path, content := jar(t, size)
		if err := session.AddJar(context.Background(), path); err != nil {
			t.Fatal(err)
		}
		request := <-server.artifacts
		artifacts := request.GetBatch().GetArtifacts()
		if len(artifacts) != 1 || artifacts[0].GetName() != "jars/acme-1.0.jar" || len(server.artifacts) != 0 {
			t.Fatal(size, artifacts, len(server.artifacts))
		}
		requireChunk(t, artifacts[0].GetData(), content)
		if request.GetSessionId() != session.ID() || request.GetUserContext().GetUserId() != "ada" ||
			request.GetClientType() != "graft-encoder-go" || (<-server.headers).Get("x-team")[0] != "data" {
			t.Error(request.GetSessionId(), request.GetUserContext(), request.GetClientType())
		}
	}
}

func TestALargeJarIsSentInChunks(t *testing.T) {
	for size, chunks := range map[int]int{32*1024 + 1: 2, 64 * 1024: 2, 100_000: 4} {
		server := start(t, &fakeServer{})
		session := server.connect(t, "")
		path, content := jar(t, size)
		if err := session.AddJar(context.Background(), path); err != nil {
			t.Fatal(err)
		}
		begin := (<-server.artifacts).GetBeginChunk()
		if begin.GetName() != "jars/acme-1.0.jar" || begin.GetTotalBytes() != int64(size) ||
			begin.GetNumChunks() != int64(chunks) || len(server.artifacts) != chunks-1 {
			t.Fatal(size, begin.GetName(), begin.GetTotalBytes(), begin.GetNumChunks(), len(server.artifacts))
		}
		requireChunk(t, begin.GetInitialChunk(), content[:32*1024])
		for rest := content[32*1024:]; len(rest) > 0; rest = rest[min(32*1024, len(rest)):] {
			request := <-server.artifacts
			if request.GetSessionId() != session.ID() {
				t.Error(request.GetSessionId())
			}
			requireChunk(t, request.GetChunk(), rest[:min(32*1024, len(rest))])
		}
	}
}

func requireChunk(t *testing.T, chunk *connect.AddArtifactsRequest_ArtifactChunk, content []byte) {
	t.Helper()
	if !bytes.Equal(chunk.GetData(), content) || chunk.GetCrc() != int64(crc32.ChecksumIEEE(content)) {
		t.Errorf("%d bytes with %d, want %d", len(chunk.GetData()), chunk.GetCrc(), len(content))
	}
}

// The second one is refused while the client still sends.
func TestARefusedJarHasTheServersCode(t *testing.T) {
	for _, size := range []int{10, 5_000_000} {
		server := start(t, &fakeServer{failure: status.Error(codes.PermissionDenied, "[GRAFT_JAR_UNTRUSTED] no")})
		path, _ := jar(t, size)
		err := server.connect(t, "").AddJar(context.Background(), path)
		requireCode(t, err, "GRAFT_JAR_UNTRUSTED")
		if err.Error() != "[GRAFT_JAR_UNTRUSTED] no" {
			t.Error(err)
		}
	}
}

func TestAJarThatArrivedOtherwiseIsAnError(t *testing.T) {
	server := start(t, &fakeServer{damaging: true})
	path, _ := jar(t, 10)
	err := server.connect(t, "").AddJar(context.Background(), path)
	var failed *graft.Error
	if !errors.As(err, &failed) || failed.Status != codes.DataLoss || !strings.HasPrefix(err.Error(), path+" did not arrive") {
		t.Error(err)
	}
}

func TestWhatIsNoJarIsNotSent(t *testing.T) {
	server := start(t, &fakeServer{})
	session := server.connect(t, "")
	folder := t.TempDir()
	for _, path := range []string{"", "acme.zip", "acme.jar.txt", filepath.Join(folder, "acme.jar", "..")} {
		requireCode(t, session.AddJar(context.Background(), path), graft.JarInvalid)
	}
	missing := filepath.Join(folder, "none.jar")
	var failed *fs.PathError
	if err := session.AddJar(context.Background(), missing); !errors.As(err, &failed) || failed.Path != missing {
		t.Error(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "folder.jar"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := session.AddJar(context.Background(), filepath.Join(folder, "folder.jar")); err == nil {
		t.Error("a folder was added")
	}
	if len(server.artifacts) != 0 {
		t.Error(len(server.artifacts), "messages were sent")
	}
}
