package dev.graft.encoder;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.ExecutePlanResponse.ArrowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a plan returned: their schema, and Arrow record batches that are read as they arrive.
 *
 * <p>Rows are read once, by one of {@link #nextBatch}, {@link #toList} and {@link #toTable}. They
 * hold memory outside the heap until closed, and belong to one thread at a time.
 */
public final class Rows implements AutoCloseable {
  private final ResponseStream responses;
  private final BufferAllocator allocator = new RootAllocator();
  private @Nullable DataType schema;
  private List<String> columnNames = List.of();
  private Optional<ByteString> waiting = Optional.empty();
  private @Nullable ArrowStreamReader reader;
  private boolean closed;

  private Rows(ResponseStream responses) {
    this.responses = responses;
  }

  /** Reads as far as the schema, so that a plan which is refused fails here. */
  static Rows open(ResponseStream responses) {
    Rows rows = null;
    try {
      requireArrowAccess();
      rows = new Rows(responses);
      rows.waiting = rows.nextStream();
      rows.columnNames = rows.readColumnNames();
      return rows;
    } catch (RuntimeException | Error e) {
      if (rows == null) {
        responses.close();
      } else {
        rows.close();
      }
      throw e;
    }
  }

  private static void requireArrowAccess() {
    if (!Buffer.class.getModule().isOpen("java.nio", BufferAllocator.class.getModule())) {
      throw new IllegalStateException(
          "Arrow, which reads the rows, has no access to java.nio. Start Java with"
              + " --add-opens=java.base/java.nio=ALL-UNNAMED, or put Add-Opens: java.base/java.nio"
              + " into the manifest of the executable jar");
    }
  }

  /** The schema as the server gave it, a struct type; empty if it sent none with the rows. */
  public Optional<DataType> schema() {
    return Optional.ofNullable(schema);
  }

  /** The names of the columns, in order. They need not differ from one another. */
  public List<String> columnNames() {
    return columnNames;
  }

  /**
   * Waits for the next batch.
   *
   * @return the batch, which stays valid until the next call or {@link #close}; empty at the end
   * @throws RequestFailedException if the plan failed while it ran, or what came is not Arrow data
   * @throws IllegalStateException if these rows are closed
   */
  public Optional<VectorSchemaRoot> nextBatch() {
    if (closed) {
      throw new IllegalStateException("These rows are closed");
    }
    try {
      while (true) {
        if (reader != null) {
          if (reader.loadNextBatch()) {
            return Optional.of(reader.getVectorSchemaRoot());
          }
          reader.close();
          reader = null;
        }
        Optional<ByteString> stream = waiting.isPresent() ? waiting : nextStream();
        waiting = Optional.empty();
        if (stream.isEmpty()) {
          return Optional.empty();
        }
        reader = new ArrowStreamReader(stream.get().newInput(), allocator);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads all rows that are left into memory. Values are those of {@code java.lang}, {@code
   * java.math.BigDecimal}, {@code byte[]}, {@code LocalDate}, {@code Instant} for timestamps,
   * {@code LocalDateTime} for those without a time zone, {@code LocalTime}, {@code Duration},
   * {@code Period}, {@code List} for arrays, and {@code Map} for maps and, by field name, for
   * structs.
   *
   * @return modifiable lists, one for each row; null values stand as null
   */
  public List<List<@Nullable Object>> toList() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Optional<VectorSchemaRoot> next = nextBatch(); next.isPresent(); next = nextBatch()) {
      VectorSchemaRoot batch = next.get();
      for (int row = 0; row < batch.getRowCount(); row++) {
        List<@Nullable Object> values = new ArrayList<>(batch.getFieldVectors().size());
        for (FieldVector vector : batch.getFieldVectors()) {
          values.add(ArrowValues.read(vector, row));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  /** Reads all rows that are left and draws them as a table, a line for each row. */
  public String toTable() {
    return TextTable.draw(columnNames, toList());
  }

  /** Frees the memory, and cancels the request if it still runs. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    responses.close();
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      throw unreadable(e);
    } finally {
      allocator.close();
    }
  }

  /** The next whole Arrow stream; Spark sends one for each batch. */
  private Optional<ByteString> nextStream() {
    ByteString stream = ByteString.EMPTY;
    long chunks = 0;
    for (Optional<ExecutePlanResponse> next = responses.next();
        next.isPresent();
        next = responses.next()) {
      ExecutePlanResponse response = next.get();
      if (response.hasSchema()) {
        schema = response.getSchema();
      }
      if (!response.hasArrowBatch()) {
        continue;
      }
      ArrowBatch batch = response.getArrowBatch();
      if (batch.getChunkIndex() != chunks) {
        throw lost(
            "chunk " + chunks + " of a batch was due, and " + batch.getChunkIndex() + " came");
      }
      stream = stream.concat(batch.getData());
      chunks++;
      // Servers before 4.1, and those not asked for chunks, leave the count out.
      if (chunks >= batch.getNumChunksInBatch()) {
        return Optional.of(stream);
      }
    }
    if (chunks > 0) {
      throw lost("the answer ended within a batch, after " + chunks + " of its chunks");
    }
    return Optional.empty();
  }

  private List<String> readColumnNames() {
    List<String> names = new ArrayList<>();
    if (schema != null) {
      schema.getStruct().getFieldsList().forEach(field -> names.add(field.getName()));
    } else if (waiting.isPresent()) {
      try (ArrowStreamReader first = new ArrowStreamReader(waiting.get().newInput(), allocator)) {
        for (Field field : first.getVectorSchemaRoot().getSchema().getFields()) {
          names.add(field.getName());
        }
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return Collections.unmodifiableList(names);
  }

  private static RequestFailedException lost(String what) {
    return new RequestFailedException(
        Status.Code.DATA_LOSS, "The server's rows are not whole: " + what, null);
  }

  private static RequestFailedException unreadable(Exception cause) {
    return new RequestFailedException(
        Status.Code.DATA_LOSS,
        "The server's rows are not readable as Arrow data: " + cause.getMessage(),
        cause);
  }
}
