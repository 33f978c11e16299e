package graft

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	"graft.dev/encoders/go/connect"
)

// responseStream are the answers to one plan, as they come.
type responseStream struct {
	stream grpc.ClientStream
	cancel func()
}

// next waits for the next response; nil at the end.
func (s *responseStream) next() (*connect.ExecutePlanResponse, error) {
	response := &connect.ExecutePlanResponse{}
	if err := s.stream.RecvMsg(response); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, requestError(err)
	}
	return response, nil
}

// close ends the request if it still runs.
func (s *responseStream) close() { s.cancel() }

// Rows are what a plan has returned: their schema, and Arrow record batches that are read as they arrive.
//
//	defer rows.Close()
//	for rows.Next() {
//		batch := rows.Batch()
//	}
//	if err := rows.Err(); err != nil { … }
//
// They are for one goroutine at a time.
type Rows struct {
	responses *responseStream
	schema    *connect.DataType
	columns   []string
	waiting   []byte // the first Arrow stream, until it is read
	reader    *ipc.Reader
	batch     arrow.RecordBatch
	err       error
	closed    bool
}

// openRows reads as far as the first rows, so that a plan which is refused fails here.
func openRows(responses *responseStream) (*Rows, error) {
	rows := &Rows{responses: responses}
	var err error
	if rows.waiting, err = rows.nextStream(); err == nil {
		err = rows.readColumns()
	}
	if err != nil {
		responses.close()
		return nil, err
	}
	return rows, nil
}

func (r *Rows) readColumns() error {
	for _, field := range r.schema.GetStruct().GetFields() {
		r.columns = append(r.columns, field.GetName())
	}
	if r.schema != nil || r.waiting == nil {
		return nil
	}
	first, err := ipc.NewReader(bytes.NewReader(r.waiting))
	if err != nil {
		return unreadable(err)
	}
	defer first.Release()
	for _, field := range first.Schema().Fields() {
		r.columns = append(r.columns, field.Name)
	}
	return nil
}

// Schema is the schema as the server gave it, a struct type; nil if it sent none with the rows.
func (r *Rows) Schema() *connect.DataType { return r.schema }

// Columns are the names of the columns, in order. They need not differ from one another.
func (r *Rows) Columns() []string { return r.columns }

// Next waits for the next batch; false at the end, after an error, and after Close.
func (r *Rows) Next() bool {
	if r.closed || r.err != nil {
		return false
	}
	r.batch = nil
	for {
		if r.reader != nil {
			if r.reader.Next() {
				r.batch = r.reader.RecordBatch()
				return true
			}
			if err := r.reader.Err(); err != nil && !errors.Is(err, io.EOF) {
				r.err = unreadable(err)
				return false
			}
			r.release()
		}
		stream := r.waiting
		r.waiting = nil
		if stream == nil {
			if stream, r.err = r.nextStream(); stream == nil {
				return false
			}
		}
		var err error
		if r.reader, err = ipc.NewReader(bytes.NewReader(stream)); err != nil {
			r.reader, r.err = nil, unreadable(err)
			return false
		}
	}
}

// Batch is the batch that Next has found. It is valid until the next call of Next or Close; Retain keeps it longer.
func (r *Rows) Batch() arrow.RecordBatch { return r.batch }

// Err is what ended the rows before their end; nil if nothing has.
func (r *Rows) Err() error { return r.err }

// Close ends the request if it still runs. It may be called twice.
func (r *Rows) Close() {
	if !r.closed {
		r.closed = true
		r.responses.close()
		r.release()
	}
}

func (r *Rows) release() {
	if r.reader != nil {
		r.reader.Release()
		r.reader, r.batch = nil, nil
	}
}

// nextStream gives the next whole Arrow stream, of which Spark sends one for each batch; nil at the end.
func (r *Rows) nextStream() ([]byte, error) {
	var stream []byte
	var chunks int64
	for {
		response, err := r.responses.next()
		if err != nil {
			return nil, err
		}
		if response == nil {
			break
		}
		if response.GetSchema() != nil {
			r.schema = response.GetSchema()
		}
		batch := response.GetArrowBatch()
		if batch == nil {
			continue
		}
		if batch.GetChunkIndex() != chunks {
			return nil, lost(fmt.Sprintf("chunk %d of a batch was due, and %d came", chunks, batch.GetChunkIndex()))
		}
		if chunks == 0 {
			stream = present(batch.GetData())
		} else {
			stream = append(stream, batch.GetData()...)
		}
		chunks++
		// Servers before 4.1 leave the count out.
		if chunks >= batch.GetNumChunksInBatch() {
			return stream, nil
		}
	}
	if chunks > 0 {
		return nil, lost(fmt.Sprintf("the answer ended within a batch, after %d of its chunks", chunks))
	}
	return nil, nil
}

func lost(what string) error {
	return &Error{Status: codes.DataLoss, text: "The server's rows are not whole: " + what}
}

func unreadable(cause error) error {
	return &Error{
		Status: codes.DataLoss,
		text:   "The server's rows are not readable as Arrow data: " + cause.Error(),
		cause:  cause,
	}
}
