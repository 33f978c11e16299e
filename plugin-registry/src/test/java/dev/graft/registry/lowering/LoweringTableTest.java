package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.connect.proto.Plan;
import org.junit.jupiter.api.Test;

class LoweringTableTest {
  @Test
  void leadingTypesAreThoseThatTheFullDescriptorsReach() {
    List<com.google.protobuf.Descriptors.Descriptor> all = new ArrayList<>();
    for (FileDescriptor file : files()) {
      file.getMessageTypes().forEach(type -> collect(type, all));
    }
    Set<String> leading = new HashSet<>();
    ExtensionSite.ALL.forEach(site -> leading.add(site.type()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (var type : all) {
        for (FieldDescriptor field : type.getFields()) {
          boolean leads =
              field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                  && leading.contains(field.getMessageType().getFullName());
          grown |= leads && leading.add(type.getFullName());
        }
      }
    }

    assertThat(LoweringTable.ofConnect().typeNames())
        .isEqualTo(leading)
        .contains("spark.connect.SQL.NamedArgumentsEntry", "spark.connect.AnalyzePlanRequest")
        .doesNotContain("spark.connect.UserContext", "spark.connect.LocalRelation");
  }

  @Test
  void besideAnExtensionNothingElseLeadsOn() {
    // Walk.replace relies on it: all ways on from a node exclude its extension.
    LoweringTable table = LoweringTable.ofConnect();
    for (ConnectType type :
        List.of(ConnectType.RELATION, ConnectType.EXPRESSION, ConnectType.COMMAND)) {
      WalkedType walked = table.type(type);
      ExtensionSite site = ExtensionSite.of(type.fullName());
      WalkedField extension =
          Objects.requireNonNull(walked.field(Objects.requireNonNull(site).field()));
      for (int number = 1; number < 1000; number++) {
        WalkedField field = walked.field(number);
        if (field != null && field.target() != null) {
          assertThat(field.slot()).as(field.name()).isEqualTo(extension.slot());
        }
      }
    }
  }

  @Test
  void descriptorsOfSomethingElseAreRefused() {
    assertThatThrownBy(() -> LoweringTable.of(Descriptors.read(new byte[0])))
        .hasMessage("The descriptors have no way from spark.connect.Plan to an extension");
    assertThatThrownBy(() -> Descriptors.read(new byte[] {1, 2, 3}))
        .hasMessageStartingWith("Not a FileDescriptorSet: ");
  }

  private static Set<FileDescriptor> files() {
    Set<FileDescriptor> files = new HashSet<>();
    List<FileDescriptor> open = new ArrayList<>(List.of(Plan.getDescriptor().getFile()));
    while (!open.isEmpty()) {
      FileDescriptor file = open.remove(open.size() - 1);
      if (files.add(file)) {
        open.addAll(file.getDependencies());
      }
    }
    return files;
  }

  private static void collect(
      com.google.protobuf.Descriptors.Descriptor type,
      List<com.google.protobuf.Descriptors.Descriptor> all) {
    all.add(type);
    type.getNestedTypes().forEach(nested -> collect(nested, all));
  }
}
