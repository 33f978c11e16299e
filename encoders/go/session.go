package graft

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"graft.dev/encoders/go/connect"
)

const (
	service = "/spark.connect.SparkConnectService/"

	// How long Close waits for the server.
	closingTime = 5 * time.Second
)

// Session is a session on a Spark Connect server, from Spark 3.4 to 4.2, or on a gateway before one: it sends plans and
// reads what comes back. It retries nothing that a server may have seen, and caches nothing. It is safe for use by
// several goroutines.
type Session struct {
	connection *grpc.ClientConn
	target     *connectionString
	user       *connect.UserContext
	closing    sync.Once
	closed     error
}

// Connect opens a session. The server is not called yet: one that cannot be reached shows with the first request.
//
// The connection string is sc://host:port/;name=value;… as Spark's own clients take it. The port is 15002 if there is
// none. Names: user_id (the system's user), token (a bearer token; implies TLS, but for localhost), use_ssl (true or false; with a token
// false is accepted for the same machine only), session_id (a UUID), user_agent, grpc_max_message_size (bytes, 128 MiB).
// Every other name is sent as a header with each request. Values are percent-decoded. The error's code is
// [ConnectionInvalid]; its text holds no token.
func Connect(connection string) (*Session, error) {
	target, err := parseConnectionString(connection)
	if err != nil {
		return nil, err
	}
	security := insecure.NewCredentials()
	if target.tls {
		security = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	}
	channel, err := grpc.NewClient(
		net.JoinHostPort(target.host, strconv.Itoa(target.port)),
		grpc.WithTransportCredentials(security),
		grpc.WithUserAgent(target.userAgent),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(target.maxMessageSize)),
		// A plan that was sent may have run: only the caller knows whether it may run twice.
		grpc.WithDisableRetry(),
		grpc.WithDisableServiceConfig(),
	)
	if err != nil {
		return nil, connectionError(err)
	}
	return &Session{
		connection: channel,
		target:     target,
		user:       &connect.UserContext{UserId: target.userID, UserName: target.userID},
	}, nil
}

// ID is the session's UUID, by which the server tells it from others of the same user.
func (s *Session) ID() string { return s.target.sessionID }

// SQL gives the relation of what a query gives: one statement of Spark's SQL that gives rows. Nothing is sent yet.
func (s *Session) SQL(query string) Relation {
	return s.relation(&connect.Relation{RelType: &connect.Relation_Sql{Sql: &connect.SQL{Query: query}}})
}

// Table gives the relation of a table's or a view's rows, by its name as it stands in SQL: parts separated by dots, in
// backquotes where needed. Nothing is sent yet.
func (s *Session) Table(name string) Relation {
	return s.relation(&connect.Relation{RelType: &connect.Relation_Read{Read: &connect.Read{
		ReadType: &connect.Read_NamedTable_{NamedTable: &connect.Read_NamedTable{UnparsedIdentifier: name}},
	}}})
}

// Range gives the relation of one column, id, with the numbers from start on, step by step, that come before end; step is
// not 0. Nothing is sent yet.
func (s *Session) Range(start, end, step int64) Relation {
	return s.relation(&connect.Relation{RelType: &connect.Relation_Range{
		Range: &connect.Range{Start: proto.Int64(start), End: end, Step: step},
	}})
}

func (s *Session) relation(relation *connect.Relation) Relation {
	made := RelationOf(relation)
	made.session = s
	return made
}

// Rows runs a relation and waits until its first rows are there, or the server has refused it. The rows must be closed;
// they end with the context.
func (s *Session) Rows(ctx context.Context, input RelationInput) (*Rows, error) {
	relation, err := s.own(input)
	if err != nil {
		return nil, err
	}
	return s.open(ctx, relation)
}

func (s *Session) open(ctx context.Context, relation Relation) (*Rows, error) {
	responses, err := s.run(ctx, relation.Plan())
	if err != nil {
		return nil, err
	}
	return openRows(responses)
}

// Schema asks for the schema of a relation, a struct type, without running it.
func (s *Session) Schema(ctx context.Context, input RelationInput) (*connect.DataType, error) {
	relation, err := s.own(input)
	if err != nil {
		return nil, err
	}
	request := &connect.AnalyzePlanRequest{
		SessionId:   s.ID(),
		UserContext: s.user,
		ClientType:  &s.target.userAgent,
		Analyze: &connect.AnalyzePlanRequest_Schema_{
			Schema: &connect.AnalyzePlanRequest_Schema{Plan: opaque(relation.Plan())},
		},
	}
	var response connect.AnalyzePlanResponse
	if err := s.connection.Invoke(s.outgoing(ctx), service+"AnalyzePlan", request, &response); err != nil {
		return nil, requestError(err)
	}
	return response.GetSchema().GetSchema(), nil
}

// Answer is what a command that ran to its end has answered: rows, a message, or neither.
type Answer struct {
	// Rows are still on the server; read them with [Session.Rows]. Nil if the answer is none.
	Rows *Relation
	// Message is a message of the plugin's own; nil if the answer is none.
	Message *anypb.Any
}

// Execute runs a command to its end. The error's code is [AnswerUnexpected] if the message's author promises rows and the
// answer is none.
func (s *Session) Execute(ctx context.Context, input CommandInput) (Answer, error) {
	command, err := input.Command()
	if err != nil {
		return Answer{}, err
	}
	if command.session != nil && command.session != s {
		return Answer{}, mismatch()
	}
	responses, err := s.run(ctx, command.Plan())
	if err != nil {
		return Answer{}, err
	}
	defer responses.close()
	var answer Answer
	// Read to the end even after an answer, since an error may follow it.
	for {
		response, err := responses.next()
		if err == nil && response == nil && command.rows != "" && answer.Rows == nil {
			return Answer{}, unpromised(command.rows, answer)
		}
		if response == nil || err != nil {
			return answer, err
		}
		if result := response.GetSqlCommandResult(); result != nil {
			relation := s.relation(result.GetRelation())
			answer = Answer{Rows: &relation}
		} else if message := response.GetExtension(); message != nil {
			answer = Answer{Message: message}
		}
	}
}

// Extensions asks the server which extensions it has: kind, name, message, plugin, jar, version and documentation of
// each, as strings, and descriptors, which is null unless asked for. [ReadOperations] reads these. The error's code is
// [ServerWithoutExtension] if the server has no Graft, [ServerTooOld] if its Graft has no list.
func (s *Session) Extensions(ctx context.Context, withDescriptors bool) (*Rows, error) {
	var fields []byte
	if withDescriptors {
		fields = []byte{1 << 3, 1} // with_descriptors: true
	}
	relation := RelationBytes(appendBytes(nil, relationExtension, packed("graft.v1.ListExtensions", fields)))
	rows, err := s.open(ctx, relation)
	return rows, withoutCatalogue(err)
}

// StatusTable is one of the tables that a server tells of itself.
type StatusTable byte

const (
	// StatusPlugins has a row for each message of each plugin: how many calls it was offered, accepted, declined and failed
	// since it was first loaded, how long they took, and bytes.
	StatusPlugins StatusTable = 1
	// StatusRefused has what the server has not loaded.
	StatusRefused StatusTable = 2
	// StatusFailures has the last requests of this session that were refused.
	StatusFailures StatusTable = 3
)

// Status asks the server what it has loaded and what came of it. A later server may have more columns. The error's code is
// [ServerWithoutExtension] if the server has no Graft, [ServerTooOld] if its Graft does not tell its status.
func (s *Session) Status(ctx context.Context, table StatusTable) (*Rows, error) {
	fields := []byte{1 << 3, byte(table)}
	relation := RelationBytes(appendBytes(nil, relationExtension, packed("graft.v1.ServerStatus", fields)))
	rows, err := s.open(ctx, relation)
	return rows, withoutCatalogue(err)
}

// Close gives the session back to the server, where it knows that request (Spark 4.0 and later), and closes the
// connection. Rows that are still being read fail. It waits at most five seconds.
func (s *Session) Close() error {
	s.closing.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), closingTime)
		defer cancel()
		request := &connect.ReleaseSessionRequest{
			SessionId: s.ID(), UserContext: s.user, ClientType: &s.target.userAgent,
		}
		// Spark 3.x does not know the request, and a server that is gone holds no session.
		_ = s.connection.Invoke(s.outgoing(ctx), service+"ReleaseSession", request, &connect.ReleaseSessionResponse{})
		s.closed = s.connection.Close()
	})
	return s.closed
}

func unpromised(message string, answer Answer) error {
	given := "nothing"
	if answer.Message != nil {
		given = "a message " + shown(string(answer.Message.MessageName()))
	}
	return newError(AnswerUnexpected, fmt.Sprintf("The server answered %s with %s, and not with the rows that its author "+
		"promises: another plugin has taken it, or its own is of another version than these descriptors", message, given))
}

func (s *Session) own(input RelationInput) (Relation, error) {
	relation, err := input.Relation()
	if err == nil && relation.session != nil && relation.session != s {
		err = mismatch()
	}
	return relation, err
}

func mismatch() error {
	return newError(SessionMismatch,
		"What is to be run was made with another session. A server sees one session's tables and views only: use that one")
}

func (s *Session) run(ctx context.Context, plan []byte) (*responseStream, error) {
	ctx, cancel := context.WithCancel(s.outgoing(ctx))
	request := &connect.ExecutePlanRequest{
		SessionId:   s.ID(),
		UserContext: s.user,
		ClientType:  &s.target.userAgent,
		Plan:        opaque(plan),
		// Batches beyond a message's size come in pieces then, from servers that know how (Spark 4.1 and later). An
		// eighth of a message is enough for what else is in it.
		RequestOptions: []*connect.ExecutePlanRequest_RequestOption{{
			RequestOption: &connect.ExecutePlanRequest_RequestOption_ResultChunkingOptions{
				ResultChunkingOptions: &connect.ResultChunkingOptions{
					AllowArrowBatchChunking: true,
					PreferredArrowChunkSize: proto.Int64(int64(s.target.maxMessageSize) / 8 * 7),
				},
			},
		}},
	}
	description := &grpc.StreamDesc{StreamName: "ExecutePlan", ServerStreams: true}
	stream, err := s.connection.NewStream(ctx, description, service+"ExecutePlan")
	if err == nil {
		err = stream.SendMsg(request)
		if err == nil {
			err = stream.CloseSend()
		} else {
			err = stream.RecvMsg(&connect.ExecutePlanResponse{}) // says what went wrong
		}
	}
	if err != nil {
		cancel()
		return nil, requestError(err)
	}
	return &responseStream{stream: stream, cancel: cancel}, nil
}

// opaque gives a message whose fields are not looked at: they may come from a newer Spark, or be deep.
func opaque(plan []byte) *connect.Plan {
	message := &connect.Plan{}
	message.ProtoReflect().SetUnknown(plan)
	return message
}

func (s *Session) outgoing(ctx context.Context) context.Context {
	for name, value := range s.target.headers {
		ctx = metadata.AppendToOutgoingContext(ctx, name, value)
	}
	if s.target.token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+s.target.token)
	}
	return ctx
}
