package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.descriptor.FieldDescriptor;
import dev.graft.registry.descriptor.MessageDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of which messages can lead to an extension, computed from descriptors once.
 *
 * <p>Immutable and safe for use by several threads. Making one takes some milliseconds in a fresh
 * JVM; a server needs one.
 */
public final class LoweringTable {
  /** The fields whose expressions Spark takes for columns, and names if they have no alias. */
  private static final Set<String> COLUMNS =
      Set.of(
          "spark.connect.Project.expressions",
          "spark.connect.Aggregate.grouping_expressions",
          "spark.connect.Aggregate.aggregate_expressions");

  private final Map<String, WalkedType> types;

  private LoweringTable(Map<String, WalkedType> types) {
    this.types = types;
  }

  /** The table of the Connect messages that travel with Graft. */
  public static LoweringTable ofConnect() {
    return of(Descriptors.ofConnect());
  }

  /**
   * The table of the given message types.
   *
   * @throws IllegalArgumentException if they lack one of {@link ConnectType} or its extension field
   */
  public static LoweringTable of(Descriptors descriptors) {
    Map<String, WalkedType> types = new HashMap<>();
    for (String name : leading(descriptors)) {
      types.put(name, new WalkedType(name));
    }
    for (ConnectType root : ConnectType.values()) {
      if (!types.containsKey(root.fullName())) {
        throw new IllegalArgumentException(
            "The descriptors have no way from " + root.fullName() + " to an extension");
      }
    }
    for (WalkedType type : types.values()) {
      MessageDescriptor message = descriptors.message(type.fullName());
      if (message != null) {
        type.define(fields(message, type, types, descriptors), common(message, type, descriptors));
      }
    }
    for (ExtensionSite site : ExtensionSite.ALL) {
      WalkedType type = types.get(site.type());
      if (type == null || type.field(site.field()) == null) {
        throw new IllegalArgumentException(
            "The descriptors have no field " + site.field() + " in " + site.type());
      }
    }
    return new LoweringTable(types);
  }

  /** The full names of all types that can lead to an extension. */
  Set<String> typeNames() {
    return Set.copyOf(types.keySet());
  }

  WalkedType type(ConnectType type) {
    WalkedType walked = types.get(type.fullName());
    if (walked == null) {
      throw new IllegalStateException(type.fullName());
    }
    return walked;
  }

  /** Follows the fields backwards from the sites, one ring of types after the other. */
  private static Set<String> leading(Descriptors descriptors) {
    Map<String, List<String>> holders = new HashMap<>(1024);
    for (MessageDescriptor message : descriptors.messages()) {
      for (FieldDescriptor field : message.fields()) {
        if (field.isMessage() && field.typeName() != null) {
          List<String> known = holders.get(field.typeName());
          if (known == null) {
            known = new ArrayList<>();
            holders.put(field.typeName(), known);
          }
          known.add(message.fullName());
        }
      }
    }
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>();
    for (ExtensionSite site : ExtensionSite.ALL) {
      reached.add(site.type());
      open.add(site.type());
    }
    while (!open.isEmpty()) {
      for (String holder : holders.getOrDefault(open.remove(open.size() - 1), List.of())) {
        if (reached.add(holder)) {
          open.add(holder);
        }
      }
    }
    return reached;
  }

  private static @Nullable WalkedField[] fields(
      MessageDescriptor message,
      WalkedType type,
      Map<String, WalkedType> types,
      Descriptors descriptors) {
    Set<Integer> tracked = new HashSet<>();
    int highest = 0;
    for (FieldDescriptor field : message.fields()) {
      if (role(field, type, types) != null) {
        tracked.add(field.oneof());
        highest = Math.max(highest, field.number());
      }
    }
    for (FieldDescriptor field : message.fields()) {
      if (field.oneof() >= 0 && tracked.contains(field.oneof())) {
        highest = Math.max(highest, field.number());
      }
    }
    @Nullable WalkedField[] byNumber = new WalkedField[highest + 1];
    int nextSlot = message.oneofs().size();
    for (FieldDescriptor field : message.fields()) {
      WalkedField.Role role = role(field, type, types);
      boolean inOneof = field.oneof() >= 0;
      if (role == null && !(inOneof && tracked.contains(field.oneof()))) {
        continue;
      }
      long slot = 0;
      if (!field.repeated()) {
        slot = slot(inOneof ? field.oneof() : nextSlot++, message);
      }
      if (role == WalkedField.Role.LEADS_ON && isMap(descriptors.typeOf(field))) {
        role = WalkedField.Role.LEADS_ON_BY_KEY;
      }
      byNumber[field.number()] =
          new WalkedField(
              field.number(),
              field.name(),
              role == null ? WalkedField.Role.EXCLUDES : role,
              field.wireType(),
              role == WalkedField.Role.LEADS_ON || role == WalkedField.Role.LEADS_ON_BY_KEY
                  ? types.get(field.typeName())
                  : null,
              slot,
              inOneof ? message.oneofs().get(field.oneof()) : field.name(),
              COLUMNS.contains(type.fullName() + "." + field.name()));
    }
    return byNumber;
  }

  private static @Nullable MessageDescriptor common(
      MessageDescriptor message, WalkedType type, Descriptors descriptors) {
    ExtensionSite site = type.site();
    FieldDescriptor field = site == null ? null : message.field(site.commonField());
    return field == null ? null : descriptors.typeOf(field);
  }

  private static boolean isMap(@Nullable MessageDescriptor target) {
    return target != null && target.mapEntry();
  }

  private static long slot(int bit, MessageDescriptor message) {
    if (bit >= Long.SIZE) {
      throw new IllegalArgumentException(
          message.fullName() + " has more fields that lead to extensions than the walk can track");
    }
    return 1L << bit;
  }

  /** The role of a field, leaving aside the oneof that it is in; null if it has none. */
  private static WalkedField.@Nullable Role role(
      FieldDescriptor field, WalkedType type, Map<String, WalkedType> types) {
    ExtensionSite site = type.site();
    if (site != null && field.number() == site.field()) {
      return WalkedField.Role.EXTENSION;
    }
    if (site != null && field.number() == site.commonField()) {
      return WalkedField.Role.COMMON;
    }
    return field.isMessage() && types.containsKey(field.typeName())
        ? WalkedField.Role.LEADS_ON
        : null;
  }
}
