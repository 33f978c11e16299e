package graft_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	graft "graft.dev/encoders/go"
	"graft.dev/encoders/go/connect"
)

// fakeServer answers every plan with the same responses, then with an error if it has one.
type fakeServer struct {
	responses   []*connect.ExecutePlanResponse
	failure     error
	neverEnding bool
	damaging    bool // says of artifacts that their checksum is wrong

	requests  chan *connect.ExecutePlanRequest
	artifacts chan *connect.AddArtifactsRequest
	released  chan *connect.ReleaseSessionRequest
	headers   chan metadata.MD
	cancelled chan struct{}
	address   string
}

func start(t *testing.T, server *fakeServer) *fakeServer {
	t.Helper()
	server.requests = make(chan *connect.ExecutePlanRequest, 10)
	server.artifacts = make(chan *connect.AddArtifactsRequest, 10)
	server.released = make(chan *connect.ReleaseSessionRequest, 10)
	server.headers = make(chan metadata.MD, 10)
	server.cancelled = make(chan struct{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server.address = listener.Addr().String()
	runner := grpc.NewServer(grpc.UnknownServiceHandler(server.handle))
	go func() { _ = runner.Serve(listener) }()
	t.Cleanup(runner.Stop)
	return server
}

func (f *fakeServer) handle(_ any, stream grpc.ServerStream) error {
	headers, _ := metadata.FromIncomingContext(stream.Context())
	f.headers <- headers
	switch method, _ := grpc.MethodFromServerStream(stream); method {
	case "/spark.connect.SparkConnectService/ExecutePlan":
		request := &connect.ExecutePlanRequest{}
		if err := stream.RecvMsg(request); err != nil {
			return err
		}
		f.requests <- request
		for _, response := range f.responses {
			if err := stream.SendMsg(response); err != nil {
				return err
			}
		}
		if f.neverEnding {
			<-stream.Context().Done()
			close(f.cancelled)
		}
		return f.failure
	case "/spark.connect.SparkConnectService/AddArtifacts":
		return f.addArtifacts(stream)
	case "/spark.connect.SparkConnectService/ReleaseSession":
		request := &connect.ReleaseSessionRequest{}
		if err := stream.RecvMsg(request); err != nil {
			return err
		}
		f.released <- request
		return stream.SendMsg(&connect.ReleaseSessionResponse{SessionId: request.SessionId})
	case "/spark.connect.SparkConnectService/AnalyzePlan":
		if err := stream.RecvMsg(&connect.AnalyzePlanRequest{}); err != nil {
			return err
		}
		return stream.SendMsg(&connect.AnalyzePlanResponse{Result: &connect.AnalyzePlanResponse_Schema_{
			Schema: &connect.AnalyzePlanResponse_Schema{Schema: structType()},
		}})
	}
	return status.Error(codes.Unimplemented, "unknown method")
}

// addArtifacts reads to the end, unless it fails.
func (f *fakeServer) addArtifacts(stream grpc.ServerStream) error {
	for f.failure == nil {
		request := &connect.AddArtifactsRequest{}
		if err := stream.RecvMsg(request); errors.Is(err, io.EOF) {
			summary := &connect.AddArtifactsResponse_ArtifactSummary{IsCrcSuccessful: !f.damaging}
			return stream.SendMsg(&connect.AddArtifactsResponse{
				Artifacts: []*connect.AddArtifactsResponse_ArtifactSummary{summary},
			})
		} else if err != nil {
			return err
		}
		f.artifacts <- request
	}
	return f.failure
}

func (f *fakeServer) connect(t *testing.T, parameters string) *graft.Session {
	t.Helper()
	session, err := graft.Connect("sc://" + f.address + "/" + parameters)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

var plan = graft.RelationBytes([]byte{0xfa, 0x7f, 0x01, 0x09}) // of a field that nobody knows

func TestBatchesAreReadOneAfterTheOther(t *testing.T) {
	server := start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{
		schemaOnly(), batch(arrowStream("a", "")), batch(arrowStream()), batch(arrowStream("c")),
	}})
	found, err := server.connect(t, ";user_id=ada;x-team=data;token=t;use_ssl=false").Rows(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if got, want := found.Columns(), []string{"id", "name"}; !reflect.DeepEqual(got, want) {
		t.Errorf("columns %v", got)
	}
	if found.Schema().GetStruct().GetFields()[1].GetName() != "name" {
		t.Error(found.Schema())
	}
	if got, want := names(found), []string{"a", "", "c"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q: %v", got, found.Err())
	}
	if found.Next() || found.Err() != nil {
		t.Error("there is more: ", found.Err())
	}
	request := <-server.requests
	sent, _ := proto.Marshal(request.GetPlan())
	if want := plan.Plan(); !bytes.Equal(sent, want) {
		t.Errorf("the plan is %x, want %x", sent, want)
	}
	if request.GetUserContext().GetUserId() != "ada" || request.GetClientType() != "graft-encoder-go" {
		t.Error(request)
	}
	headers := <-server.headers
	if headers.Get("x-team")[0] != "data" || headers.Get("authorization")[0] != "Bearer t" ||
		!strings.HasPrefix(headers.Get("user-agent")[0], "graft-encoder-go ") {
		t.Error(headers)
	}
}

func TestNoBatchAtAllIsNoRow(t *testing.T) {
	server := start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{schemaOnly()}})
	found, err := server.connect(t, "").Rows(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if len(found.Columns()) != 2 || found.Next() || found.Err() != nil {
		t.Error(found.Columns(), found.Err())
	}
}

func TestColumnNamesComeFromArrowWhereTheServerSendsNoSchema(t *testing.T) {
	server := start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{batch(arrowStream("a"))}})
	found, err := server.connect(t, "").Rows(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if found.Schema() != nil || !reflect.DeepEqual(found.Columns(), []string{"id", "name"}) {
		t.Error(found.Schema(), found.Columns())
	}
	if got := names(found); !reflect.DeepEqual(got, []string{"a"}) {
		t.Error(got)
	}
}

func TestChunksArePutTogether(t *testing.T) {
	whole := arrowStream("a", "b")
	half := len(whole) / 2
	server := start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{
		schemaOnly(), chunk(whole[:half], 0, 2), chunk(whole[half:], 1, 2), batch(arrowStream("c")),
	}})
	found, err := server.connect(t, "").Rows(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if got := names(found); !reflect.DeepEqual(got, []string{"a", "b", "c"}) {
		t.Error(got, found.Err())
	}
}

func TestAMissingChunkIsAnError(t *testing.T) {
	whole := arrowStream("a", "b")
	for want, responses := range map[string][]*connect.ExecutePlanResponse{
		"The server's rows are not whole: the answer ended within a batch, after 1 of its chunks": {
			schemaOnly(), chunk(whole, 0, 2),
		},
		"The server's rows are not whole: chunk 1 of a batch was due, and 2 came": {
			schemaOnly(), chunk(whole, 0, 3), chunk(whole, 2, 3),
		},
	} {
		server := start(t, &fakeServer{responses: responses})
		_, err := server.connect(t, "").Rows(context.Background(), plan)
		if err == nil || err.Error() != want {
			t.Error(err)
		}
	}
}

func TestWhatIsNotArrowIsAnError(t *testing.T) {
	whole := arrowStream("a", "b")
	for _, damaged := range [][]byte{{}, {1, 2, 3}, whole[:len(whole)/2], bytes.Repeat([]byte{0xff}, 300)} {
		server := start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{schemaOnly(), batch(damaged)}})
		found, err := server.connect(t, "").Rows(context.Background(), plan)
		if err != nil {
			t.Fatal(err)
		}
		names(found)
		if found.Err() == nil || !strings.HasPrefix(found.Err().Error(), "The server's rows are not readable as Arrow data: ") {
			t.Errorf("%x: %v", damaged, found.Err())
		}
		found.Close()
	}
}

func TestClosingRowsEarlyCancelsTheRequest(t *testing.T) {
	server := start(t, &fakeServer{
		responses: []*connect.ExecutePlanResponse{schemaOnly(), batch(arrowStream("a"))}, neverEnding: true,
	})
	found, err := server.connect(t, "").Rows(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	if !found.Next() {
		t.Fatal(found.Err())
	}
	found.Close()
	found.Close()
	select {
	case <-server.cancelled:
	case <-time.After(10 * time.Second):
		t.Error("the request still runs")
	}
	if found.Next() {
		t.Error("there are rows after the end")
	}
}

func TestAnAnswerThatIsNotThePromisedRowsIsRefused(t *testing.T) {
	_, operations := readVectors(t)
	command, err := operations.Command("graft.vectors.v3.Delimited", graft.Values{})
	if err != nil {
		t.Fatal(err)
	}
	message := &anypb.Any{TypeUrl: "type.googleapis.com/a.B"}
	rows := &connect.Relation{RelType: &connect.Relation_Range{Range: &connect.Range{End: 3}}}
	answers := []*connect.ExecutePlanResponse{{}, {ResponseType: &connect.ExecutePlanResponse_Extension{Extension: message}}}
	for i, given := range []string{"nothing", "a message a.B"} {
		server := start(t, &fakeServer{responses: answers[i : i+1]})
		_, err := server.connect(t, "").Execute(context.Background(), command)
		var refused *graft.Error
		if !errors.As(err, &refused) || refused.Code != graft.AnswerUnexpected ||
			!strings.Contains(err.Error(), "graft.vectors.v3.Delimited with "+given+", and not with the rows") {
			t.Error(err)
		}
	}
	answer, err := start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{{
		ResponseType: &connect.ExecutePlanResponse_SqlCommandResult_{
			SqlCommandResult: &connect.ExecutePlanResponse_SqlCommandResult{Relation: rows},
		},
	}}}).connect(t, "").Execute(context.Background(), command)
	if err != nil || answer.Rows == nil {
		t.Error(answer, err)
	}
}

func TestCommandsAnswerInThreeWays(t *testing.T) {
	rows := &connect.Relation{RelType: &connect.Relation_Range{Range: &connect.Range{End: 3}}}
	message := &anypb.Any{TypeUrl: "type.googleapis.com/a.B", Value: []byte{8, 7}}
	command := graft.CommandBytes([]byte{0xba, 0x3e, 0x00})
	nothing := start(t, &fakeServer{})
	answer, err := nothing.connect(t, "").Execute(context.Background(), command)
	if err != nil || answer != (graft.Answer{}) {
		t.Error(answer, err)
	}
	if request := <-nothing.requests; request.GetPlan().GetCommand().GetExtension() == nil {
		t.Error(request)
	}
	answer, err = start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{{
		ResponseType: &connect.ExecutePlanResponse_SqlCommandResult_{
			SqlCommandResult: &connect.ExecutePlanResponse_SqlCommandResult{Relation: rows},
		},
	}}}).connect(t, "").Execute(context.Background(), command)
	if err != nil || answer.Message != nil || !bytes.Equal(answer.Rows.Bytes(), graft.RelationOf(rows).Bytes()) {
		t.Error(answer, err)
	}
	answer, err = start(t, &fakeServer{responses: []*connect.ExecutePlanResponse{extension(message)}}).
		connect(t, "").Execute(context.Background(), command)
	if err != nil || answer.Rows != nil || !proto.Equal(answer.Message, message) {
		t.Error(answer, err)
	}
}

func TestACommandThatFailsAfterItsAnswerFails(t *testing.T) {
	server := start(t, &fakeServer{
		responses: []*connect.ExecutePlanResponse{extension(&anypb.Any{})},
		failure:   status.Error(codes.Internal, "[GRAFT_X] no"),
	})
	_, err := server.connect(t, "").Execute(context.Background(), graft.CommandBytes(nil))
	requireCode(t, err, "GRAFT_X")
}

func TestServersErrorsKeepTheirCodes(t *testing.T) {
	withClass, err := status.New(codes.Internal, "Table t not found").WithDetails(&errdetails.ErrorInfo{
		Reason: "org.apache.spark.sql.AnalysisException", Metadata: map[string]string{"errorClass": "TABLE_OR_VIEW_NOT_FOUND"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range []struct {
		failure error
		code    graft.Code
		text    string
	}{
		{status.Error(codes.Internal, "[INTERNAL] [GRAFT_NO_PLUGIN] nobody"), "GRAFT_NO_PLUGIN",
			"[INTERNAL] [GRAFT_NO_PLUGIN] nobody"},
		{withClass.Err(), "TABLE_OR_VIEW_NOT_FOUND", "Table t not found"},
		{status.Error(codes.Internal, "oops [3]"), "", "oops [3]"},
		{status.Error(codes.Internal, "No handler found for extension"), graft.ServerWithoutExtension,
			"The server said: No handler found for extension"},
		{status.Error(codes.Internal, "[CONNECT_INVALID_PLAN.NO_HANDLER_FOR_EXTENSION] x"), graft.ServerWithoutExtension,
			"Install Graft and the plugin's jar on it"},
		{status.Error(codes.Unimplemented, "Extension relations are not supported"), graft.ServerWithoutExtension, "gateway"},
		{status.Error(codes.Internal, "not implemented: extension relation"), graft.ServerWithoutExtension, "gateway"},
		{status.Error(codes.Internal, "extension relation"), graft.ServerWithoutExtension, "said: extension relation"},
		{status.Error(codes.Internal, "extension expression"), graft.ServerWithoutExtension, "said: extension expression"},
		{status.Error(codes.Internal, "command extension"), graft.ServerWithoutExtension, "said: command extension"},
		{status.Error(codes.Internal, "no column extension relation"), "", "no column extension relation"},
		{status.Error(codes.Unimplemented, "Method not found"), graft.ServerTooOld, "use a newer one"},
		{status.Error(codes.Internal, "[PARSE_SYNTAX_ERROR] at x"), "PARSE_SYNTAX_ERROR", "[PARSE_SYNTAX_ERROR] at x"},
	} {
		_, err := start(t, &fakeServer{failure: example.failure}).connect(t, "").Rows(context.Background(), plan)
		var failed *graft.Error
		if !errors.As(err, &failed) || failed.Code != example.code || !strings.Contains(err.Error(), example.text) ||
			failed.Status != status.Code(example.failure) {
			t.Errorf("%v: got %v", example.failure, err)
		}
	}
}

func TestAGraftWithoutAListIsTooOld(t *testing.T) {
	server := start(t, &fakeServer{failure: status.Error(codes.Internal, "[GRAFT_EXTENSION_UNKNOWN] ListExtensions")})
	_, err := server.connect(t, "").Extensions(context.Background(), true)
	requireCode(t, err, graft.ServerTooOld)
	listed := (<-server.requests).GetPlan().GetRoot().GetExtension()
	if listed.GetTypeUrl() != "type.googleapis.com/graft.v1.ListExtensions" || !bytes.Equal(listed.GetValue(), []byte{8, 1}) {
		t.Error(listed)
	}
}

func TestAnUnreachableServerIsNamed(t *testing.T) {
	// Port 1 is reserved, and nothing listens there.
	session, err := graft.Connect("sc://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	_, err = session.Schema(context.Background(), plan)
	var failed *graft.Error
	if !errors.As(err, &failed) || failed.Status != codes.Unavailable ||
		!strings.Contains(err.Error(), "connection refused") || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Error(err)
	}
}

func TestSchemaIsWhatTheServerSays(t *testing.T) {
	schema, err := start(t, &fakeServer{}).connect(t, "").Schema(context.Background(), plan)
	if err != nil || !proto.Equal(schema, structType()) {
		t.Error(schema, err)
	}
}

func TestClosingReleasesTheSessionOnce(t *testing.T) {
	server := start(t, &fakeServer{})
	session := server.connect(t, "")
	for range 2 {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}
	if released := <-server.released; released.GetSessionId() != session.ID() || len(server.released) != 0 {
		t.Error(released)
	}
}

func TestNothingIsSentTwice(t *testing.T) {
	server := start(t, &fakeServer{failure: status.Error(codes.Unavailable, "not now")})
	_, err := server.connect(t, "").Rows(context.Background(), plan)
	var failed *graft.Error
	if !errors.As(err, &failed) || failed.Status != codes.Unavailable || len(server.requests) != 1 {
		t.Error(len(server.requests), err)
	}
}

func TestRelationsOfAnotherSessionAreRefused(t *testing.T) {
	server := start(t, &fakeServer{})
	one, other := server.connect(t, ""), server.connect(t, "")
	_, err := one.Rows(context.Background(), other.Table("t"))
	requireCode(t, err, graft.SessionMismatch)
	_, err = one.Schema(context.Background(), other.Table("t"))
	requireCode(t, err, graft.SessionMismatch)
	_, operations := readVectors(t)
	_, err = operations.Relation("graft.vectors.v1.Inputs", graft.Values{"relation": one.Table("t"), "plan": other.Table("t")})
	requireCode(t, err, graft.SessionMismatch)
	nested, err := operations.Command("graft.vectors.v1.Inputs", graft.Values{"join": graft.Values{"left": one.Table("t")}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = other.Execute(context.Background(), nested)
	requireCode(t, err, graft.SessionMismatch)
}

func requireCode(t *testing.T, err error, code graft.Code) {
	t.Helper()
	var failed *graft.Error
	if !errors.As(err, &failed) || failed.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func structType() *connect.DataType {
	return &connect.DataType{Kind: &connect.DataType_Struct_{Struct: &connect.DataType_Struct{
		Fields: []*connect.DataType_StructField{{Name: "id"}, {Name: "name"}},
	}}}
}

func schemaOnly() *connect.ExecutePlanResponse {
	return &connect.ExecutePlanResponse{Schema: structType()}
}

func extension(message *anypb.Any) *connect.ExecutePlanResponse {
	return &connect.ExecutePlanResponse{ResponseType: &connect.ExecutePlanResponse_Extension{Extension: message}}
}

func batch(stream []byte) *connect.ExecutePlanResponse {
	return &connect.ExecutePlanResponse{ResponseType: &connect.ExecutePlanResponse_ArrowBatch_{
		ArrowBatch: &connect.ExecutePlanResponse_ArrowBatch{Data: stream},
	}}
}

func chunk(part []byte, index, count int64) *connect.ExecutePlanResponse {
	response := batch(part)
	response.GetArrowBatch().ChunkIndex = &index
	response.GetArrowBatch().NumChunksInBatch = &count
	return response
}

// arrowStream has a row for each name, with its position as the id.
func arrowStream(names ...string) []byte {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.PrimitiveTypes.Int64}, {Name: "name", Type: arrow.BinaryTypes.String},
	}, nil)
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for id, name := range names {
		builder.Field(0).(*array.Int64Builder).Append(int64(id))
		builder.Field(1).(*array.StringBuilder).Append(name)
	}
	var stream bytes.Buffer
	writer := ipc.NewWriter(&stream, ipc.WithSchema(schema))
	if err := errors.Join(writer.Write(builder.NewRecordBatch()), writer.Close()); err != nil {
		panic(err)
	}
	return stream.Bytes()
}

func names(rows *graft.Rows) []string {
	names := []string{}
	for rows.Next() {
		for row := range int(rows.Batch().NumRows()) {
			names = append(names, rows.Batch().Column(1).(*array.String).Value(row))
		}
	}
	return names
}
