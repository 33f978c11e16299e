package dev.graft.encoder;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Reads single values out of Arrow vectors as objects of the JDK. */
final class ArrowValues {
  private ArrowValues() {}

  static @Nullable Object read(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    // A map is a list to Arrow, so it is asked for first.
    if (vector instanceof MapVector map) {
      return readMap(map, row);
    } else if (vector instanceof ListVector list) {
      return readList(list, row);
    } else if (vector instanceof StructVector struct) {
      return readStruct(struct, row);
    } else if (vector instanceof VarCharVector || vector instanceof LargeVarCharVector) {
      return vector.getObject(row).toString();
    } else if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    } else if (vector instanceof TimeStampMicroTZVector micros) {
      return Instant.EPOCH.plus(micros.get(row), ChronoUnit.MICROS);
    } else if (vector instanceof TimeNanoVector nanos) {
      return LocalTime.ofNanoOfDay(nanos.get(row));
    }
    return vector.getObject(row);
  }

  private static List<@Nullable Object> readList(ListVector list, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    FieldVector elements = list.getDataVector();
    for (int at = list.getElementStartIndex(row); at < list.getElementEndIndex(row); at++) {
      values.add(read(elements, at));
    }
    return values;
  }

  private static Map<@Nullable Object, @Nullable Object> readMap(MapVector map, int row) {
    Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
    StructVector entries = (StructVector) map.getDataVector();
    FieldVector keys = entries.getChildrenFromFields().get(0);
    FieldVector entryValues = entries.getChildrenFromFields().get(1);
    for (int at = map.getElementStartIndex(row); at < map.getElementEndIndex(row); at++) {
      values.put(read(keys, at), read(entryValues, at));
    }
    return values;
  }

  private static Map<String, @Nullable Object> readStruct(StructVector struct, int row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldVector field : struct.getChildrenFromFields()) {
      values.put(field.getName(), read(field, row));
    }
    return values;
  }
}
