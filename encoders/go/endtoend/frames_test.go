// Package endtoend runs the example extensions on a real server, through the client that
//
//	graft generate --lang go frames.proto --out endtoend
//
// has written into the folder frames.
package endtoend

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"google.golang.org/protobuf/types/known/anypb"

	graft "graft.dev/encoders/go"
	"graft.dev/encoders/go/connect"
	"graft.dev/encoders/go/endtoend/frames"
)

const sales = "SELECT * FROM VALUES ('de', 'ale', 5), ('de', 'bun', 2), ('de', 'cup', 9), ('fr', 'axe', 7)," +
	" ('fr', 'bow', 1) AS sales(country, item, price)"

// open opens a session on the server that SPARK_REMOTE names. Without one the test is skipped, but not in CI.
func open(t *testing.T, parameters ...string) (context.Context, *graft.Session) {
	t.Helper()
	remote := os.Getenv("SPARK_REMOTE")
	if remote == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("SPARK_REMOTE names no server, and CI has to have one")
		}
		t.Skip("SPARK_REMOTE names no server, such as sc://localhost:15002")
	}
	if !strings.Contains(remote, ";") {
		remote = strings.TrimSuffix(remote, "/") + "/"
	}
	session, err := graft.Connect(strings.Join(append([]string{remote}, parameters...), ";"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(func() {
		cancel()
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	})
	return ctx, session
}

func TestTopKOfEachGroup(t *testing.T) {
	ctx, session := open(t)
	top := frames.TopK{
		Input: session.SQL(sales), By: []string{"country"}, OrderBy: "price", K: graft.Ptr(int32(2)), Descending: true,
	}
	sorted := sort(t, top, "country", "price")
	want := [][]any{{"de", "ale", int32(5)}, {"de", "cup", int32(9)}, {"fr", "bow", int32(1)}, {"fr", "axe", int32(7)}}
	if got := rows(ctx, t, session, sorted); !same(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	schema, err := session.Schema(ctx, top)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, field := range schema.GetStruct().GetFields() {
		names = append(names, field.GetName())
	}
	if want := []string{"country", "item", "price"}; !reflect.DeepEqual(names, want) {
		t.Errorf("the columns are %v, want %v", names, want)
	}
}

func TestAnExtensionInsideAnother(t *testing.T) {
	ctx, session := open(t)
	best := frames.TopK{Input: session.SQL(sales), OrderBy: "price", K: graft.Ptr(int32(3)), Descending: true}
	leastOfBest := frames.TopK{Input: best, OrderBy: "price", K: graft.Ptr(int32(1))}
	want := [][]any{{"de", "ale", int32(5)}}
	if got := rows(ctx, t, session, leastOfBest); !same(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMaskIsAColumn(t *testing.T) {
	ctx, session := open(t)
	words := session.SQL("SELECT * FROM VALUES ('secret'), ('ab') AS words(word)")
	for _, example := range []struct {
		mask frames.Mask
		want [][]any
	}{
		{frames.Mask{Input: graft.Column("word"), Keep: 2}, [][]any{{"****et"}, {"ab"}}},
		{frames.Mask{Input: graft.Column("word"), Keep: 1, With: graft.Ptr("•")}, [][]any{{"•••••t"}, {"•b"}}},
		{
			frames.Mask{Input: frames.Mask{Input: graft.Column("word"), Keep: 3}, Keep: 1, With: graft.Ptr("#")},
			[][]any{{"#####t"}, {"#b"}},
		},
	} {
		masked := project(t, words, example.mask)
		if got := rows(ctx, t, session, masked); !same(got, example.want) {
			t.Errorf("got %v, want %v", got, example.want)
		}
	}
}

func TestSummarizeAnswersWithRows(t *testing.T) {
	ctx, session := open(t)
	answer, err := frames.Summarize{Input: session.SQL(sales), Column: "price"}.Execute(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Rows == nil || answer.Message != nil {
		t.Fatalf("the answer is %v, and not rows", answer)
	}
	got := rows(ctx, t, session, answer.Rows)
	if len(got) != 1 {
		t.Fatalf("got %v, want one row", got)
	}
	summary := got[0][len(got[0])-4:]
	if want := "[5 1 9 4.8]"; fmt.Sprint(summary) != want {
		t.Errorf("got %v, want %s", summary, want)
	}
}

func TestPublishAnswersWithNothing(t *testing.T) {
	ctx, session := open(t)
	answer, err := frames.Publish{Input: session.Range(0, 3, 1), View: "three"}.Execute(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Rows != nil || answer.Message != nil {
		t.Fatalf("the answer is %v, and not nothing", answer)
	}
	want := [][]any{{int64(0)}, {int64(1)}, {int64(2)}}
	if got := rows(ctx, t, session, session.Table("three")); !same(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAboutAnswersWithAMessage(t *testing.T) {
	ctx, session := open(t)
	about, err := frames.About{}.Execute(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	if about.Host == "" || !strings.Contains(about.ConnectVersion, ".") {
		t.Errorf("the answer is %+v", about)
	}
}

func TestWhatIsMissingIsRefusedBeforeAnythingIsSent(t *testing.T) {
	ctx, session := open(t)
	_, err := session.Rows(ctx, frames.TopK{Input: session.Range(0, 1, 1), K: graft.Ptr(int32(1))})
	requireCode(t, err, graft.FieldRequired)
	if !strings.Contains(err.Error(), "'order_by' of acme.frames.v1.TopK") {
		t.Error(err)
	}
}

func TestInputsOfTwoSessionsAreRefused(t *testing.T) {
	ctx, session := open(t)
	_, other := open(t)
	_, err := session.Rows(ctx, frames.TopK{Input: other.Range(0, 1, 1), OrderBy: "id", K: graft.Ptr(int32(1))})
	requireCode(t, err, graft.SessionMismatch)
}

func TestAnExtensionThatNoPluginKnowsIsRefusedByTheServer(t *testing.T) {
	ctx, session := open(t)
	unknown := graft.RelationOf(&connect.Relation{RelType: &connect.Relation_Extension{
		Extension: &anypb.Any{TypeUrl: "type.googleapis.com/acme.nobody.v1.Nothing"},
	}})
	_, err := session.Rows(ctx, unknown)
	var refused *graft.Error
	if !errors.As(err, &refused) || !strings.HasPrefix(string(refused.Code), "GRAFT_") ||
		!strings.Contains(err.Error(), "acme.nobody.v1.Nothing") {
		t.Errorf("got %v", err)
	}
}

func TestAFieldThatThePluginIsTooOldForIsRefused(t *testing.T) {
	ctx, session := open(t)
	descriptors, err := os.ReadFile(os.Getenv("GRAFT_NEWER"))
	if err != nil {
		t.Fatal(err)
	}
	newer, err := graft.ReadOperations(descriptors)
	if err != nil {
		t.Fatal(err)
	}
	top, err := newer.Relation("acme.frames.v1.TopK",
		graft.Values{"input": session.Range(0, 9, 1), "order_by": "id", "k": 2, "ties": true})
	if err != nil {
		t.Fatal(err)
	}
	_, err = session.Rows(ctx, top)
	requireCode(t, err, "GRAFT_EXTENSION_NEWER")
	if !strings.Contains(err.Error(), "field 9 of acme.frames.v1.TopK") {
		t.Error(err)
	}
}

func TestASessionBringsThePluginsOfAJarAndNoOtherHasThem(t *testing.T) {
	ctx, session := open(t)
	_, other := open(t)
	jar := os.Getenv("GRAFT_SESSION_JAR")
	if jar == "" {
		t.Fatal("GRAFT_SESSION_JAR names no jar")
	}
	threeRows := graft.RelationOf(&connect.Relation{RelType: &connect.Relation_Extension{
		Extension: &anypb.Any{TypeUrl: "type.googleapis.com/google.protobuf.StringValue"},
	}})
	_, err := session.Rows(ctx, threeRows)
	requireCode(t, err, "GRAFT_EXTENSION_UNKNOWN")
	if err := session.AddJar(ctx, jar); err != nil {
		t.Fatal(err)
	}
	want := [][]any{{int64(0)}, {int64(1)}, {int64(2)}}
	if got := rows(ctx, t, session, threeRows); !same(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	_, err = other.Rows(ctx, threeRows)
	requireCode(t, err, "GRAFT_EXTENSION_UNKNOWN")
}

func TestTheErrorOfATableThatIsNotThereHasSparksClass(t *testing.T) {
	ctx, session := open(t)
	_, err := session.Rows(ctx, session.Table("no_such_table"))
	requireCode(t, err, "TABLE_OR_VIEW_NOT_FOUND")
}

func TestTheServerTellsItsStatus(t *testing.T) {
	ctx, session := open(t)
	plugins, err := session.Status(ctx, graft.StatusPlugins)
	if err != nil {
		t.Fatal(err)
	}
	defer plugins.Close()
	if columns := plugins.Columns(); columns[1] != "message" || columns[7] != "accepted" {
		t.Errorf("the columns are %v", columns)
	}
	if len(read(t, plugins)) == 0 {
		t.Error("no plugin is told")
	}
}

func TestTheServerListsItsExtensions(t *testing.T) {
	ctx, session := open(t)
	listed, err := session.Extensions(ctx, true)
	if err != nil {
		t.Fatal(err)
	}
	defer listed.Close()
	want := []string{"kind", "name", "message", "plugin", "jar", "version", "documentation", "descriptors"}
	if !reflect.DeepEqual(listed.Columns(), want) {
		t.Fatalf("the columns are %v", listed.Columns())
	}
	for _, row := range read(t, listed) {
		if row[2] != "acme.frames.v1.TopK" {
			continue
		}
		// What the server says is enough to send the extension.
		operations, err := graft.ReadOperations(row[7].([]byte))
		if err != nil {
			t.Fatal(err)
		}
		top, err := operations.Relation("acme.frames.v1.TopK",
			graft.Values{"input": session.Range(0, 9, 1), "order_by": "id", "k": 2})
		if err != nil {
			t.Fatal(err)
		}
		if got := rows(ctx, t, session, top); !same(got, [][]any{{int64(0)}, {int64(1)}}) {
			t.Errorf("got %v", got)
		}
		return
	}
	t.Error("TopK is not listed")
}

func TestManyBatchesAreReadAsTheyCome(t *testing.T) {
	ctx, session := open(t)
	const count = 3_000_000
	found, err := session.Rows(ctx, session.Range(0, count, 1))
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	var batches, seen, sum int64
	for found.Next() {
		batches++
		seen += found.Batch().NumRows()
		for _, id := range found.Batch().Column(0).(*array.Int64).Int64Values() {
			sum += id
		}
	}
	if found.Err() != nil {
		t.Fatal(found.Err())
	}
	if seen != count || sum != count*(count-1)/2 || batches < 2 {
		t.Errorf("%d rows in %d batches, their sum %d", seen, batches, sum)
	}
}

func TestABatchBeyondAMessagesSizeComesInPieces(t *testing.T) {
	ctx, session := open(t, "grpc_max_message_size=500000")
	about, err := frames.About{}.Execute(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(about.ConnectVersion, "3.") || strings.HasPrefix(about.ConnectVersion, "4.0") {
		t.Skip("servers before 4.1 send no pieces, and this one has " + about.ConnectVersion)
	}
	got := rows(ctx, t, session, session.SQL("SELECT repeat('graft', 1000000) AS text"))
	if len(got) != 1 || got[0][0] != strings.Repeat("graft", 1_000_000) {
		t.Errorf("%d rows, or another text", len(got))
	}
}

func requireCode(t *testing.T, err error, code graft.Code) {
	t.Helper()
	var refused *graft.Error
	if !errors.As(err, &refused) || refused.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// sort puts Spark's own Sort around a relation.
func sort(t *testing.T, input graft.RelationInput, columns ...string) graft.RelationInput {
	t.Helper()
	var order []*connect.Expression_SortOrder
	for _, column := range columns {
		order = append(order, &connect.Expression_SortOrder{
			Child:        message(t, graft.Column(column)),
			Direction:    connect.Expression_SortOrder_SORT_DIRECTION_ASCENDING,
			NullOrdering: connect.Expression_SortOrder_SORT_NULLS_FIRST,
		})
	}
	global := true
	return graft.RelationOf(&connect.Relation{RelType: &connect.Relation_Sort{
		Sort: &connect.Sort{Input: relation(t, input), Order: order, IsGlobal: &global},
	}})
}

// project puts Spark's own Project around a relation.
func project(t *testing.T, input graft.RelationInput, column graft.ExpressionInput) graft.RelationInput {
	t.Helper()
	return graft.RelationOf(&connect.Relation{RelType: &connect.Relation_Project{
		Project: &connect.Project{Input: relation(t, input), Expressions: []*connect.Expression{message(t, column)}},
	}})
}

func relation(t *testing.T, input graft.RelationInput) *connect.Relation {
	t.Helper()
	relation, err := input.Relation()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := relation.Message()
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func message(t *testing.T, input graft.ExpressionInput) *connect.Expression {
	t.Helper()
	expression, err := input.Expression()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := expression.Message()
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func rows(ctx context.Context, t *testing.T, session *graft.Session, input graft.RelationInput) [][]any {
	t.Helper()
	found, err := session.Rows(ctx, input)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	return read(t, found)
}

func read(t *testing.T, found *graft.Rows) [][]any {
	t.Helper()
	var rows [][]any
	for found.Next() {
		for row := range int(found.Batch().NumRows()) {
			var values []any
			for _, column := range found.Batch().Columns() {
				values = append(values, value(t, column, row))
			}
			rows = append(rows, values)
		}
	}
	if found.Err() != nil {
		t.Fatal(found.Err())
	}
	return rows
}

func value(t *testing.T, column arrow.Array, row int) any {
	t.Helper()
	if column.IsNull(row) {
		return nil
	}
	switch column := column.(type) {
	case *array.String:
		return column.Value(row)
	case *array.Int32:
		return column.Value(row)
	case *array.Int64:
		return column.Value(row)
	case *array.Float64:
		return column.Value(row)
	case *array.Binary:
		return append([]byte{}, column.Value(row)...)
	}
	t.Fatalf("the test reads no %s", column.DataType())
	return nil
}

func same(got, want [][]any) bool { return reflect.DeepEqual(got, want) }
