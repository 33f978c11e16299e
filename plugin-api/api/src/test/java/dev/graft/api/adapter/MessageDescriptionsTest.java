package dev.graft.api.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import dev.graft.annotations.Argument;
import dev.graft.annotations.Operation;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.spi.MessageDescription;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin's jar tells of a message. */
class MessageDescriptionsTest {
  private static final ClassLoader NO_RESOURCE = ClassLoader.getPlatformClassLoader();

  @TempDir Path jar;

  private ClassLoader jarWith(byte[] descriptors) throws IOException {
    Path resource = jar.resolve(DescriptorFiles.RESOURCE);
    Files.createDirectories(resource.getParent());
    Files.write(resource, descriptors);
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, NO_RESOURCE);
  }

  private static List<FileDescriptorProto> files(MessageDescription description)
      throws InvalidProtocolBufferException {
    return FileDescriptorSet.parseFrom(description.descriptorSet()).getFileList();
  }

  private static Location comment(String text, Integer... path) {
    return Location.newBuilder()
        .addAllPath(List.of(path))
        .addAllSpan(List.of(1, 2, 3))
        .addLeadingDetachedComments("left out")
        .setLeadingComments(text)
        .build();
  }

  private static FileDescriptorProto commented(Descriptor message, Location... comments) {
    SourceCodeInfo.Builder info = SourceCodeInfo.newBuilder();
    info.addLocation(Location.newBuilder().addPath(12).addAllSpan(List.of(0, 0, 18)));
    info.addAllLocation(List.of(comments));
    return message.getFile().toProto().toBuilder().setSourceCodeInfo(info).build();
  }

  @Test
  void theAnnotationGivesTheDocumentation() {
    MessageDescription told = MessageDescriptions.of(ListExtensions.getDescriptor(), NO_RESOURCE);

    assertThat(told.documentation()).startsWith("The extensions that the server has loaded");
    assertThat(told.name()).isEmpty(); // the message's own will do
  }

  @Test
  void theFilesComeInTheOrderOfTheirImportsWithoutThoseThatEveryClientHas() throws Exception {
    MessageDescription told = MessageDescriptions.of(ListExtensions.getDescriptor(), NO_RESOURCE);

    assertThat(files(told))
        .extracting(FileDescriptorProto::getName)
        .containsExactly("graft/annotations.proto", "graft/catalog.proto");
  }

  @Test
  void messagesOfSparkAndProtobufThemselvesNeedNoFile() throws Exception {
    assertThat(files(MessageDescriptions.of(StringValue.getDescriptor(), NO_RESOURCE))).isEmpty();
    assertThat(files(MessageDescriptions.of(Relation.getDescriptor(), NO_RESOURCE))).isEmpty();
  }

  @Test
  void theCommentAboveTheMessageIsItsDocumentationWhereThereIsNoAnnotation() throws Exception {
    Descriptor argument = Argument.getDescriptor();
    ClassLoader loader =
        jarWith(
            FileDescriptorSet.newBuilder()
                .addFile(
                    commented(
                        argument,
                        comment(" Another message.\n", 4, 0),
                        comment(" What a field means.\n\n   - indented  \n Last.\n", 4, 1),
                        comment(" A field.\n", 4, 1, 2, 0)))
                .build()
                .toByteArray());

    MessageDescription told = MessageDescriptions.of(argument, loader);

    assertThat(told.documentation()).isEqualTo("What a field means.\n\n  - indented\nLast.");
    FileDescriptorProto file = files(told).get(0);
    assertThat(file.getSourceCodeInfo().getLocationList())
        .extracting(Location::getLeadingComments)
        .containsExactly(
            " Another message.\n",
            " What a field means.\n\n   - indented  \n Last.\n",
            " A field.\n");
    assertThat(file.getSourceCodeInfo().getLocation(0).getSpanCount()).isZero();
    assertThat(file.getSourceCodeInfo().getLocation(0).getLeadingDetachedCommentsCount()).isZero();
  }

  @Test
  void theAnnotationGoesBeforeTheComment() throws Exception {
    Descriptor list = ListExtensions.getDescriptor();
    ClassLoader loader =
        jarWith(
            FileDescriptorSet.newBuilder()
                .addFile(commented(list, comment(" A comment.\n", 4, 0)))
                .build()
                .toByteArray());

    MessageDescription told = MessageDescriptions.of(list, loader);

    assertThat(told.documentation()).startsWith("The extensions that the server has loaded");
    assertThat(files(told)).hasSize(2); // what the resource lacks comes from the class
    assertThat(files(told).get(1).getSourceCodeInfo().getLocationCount()).isEqualTo(1);
  }

  @Test
  void theCommentOfANestedMessageIsFound() throws Exception {
    Descriptor entry = Struct.getDescriptor().getNestedTypes().get(0);

    FileDescriptorProto file = commented(entry, comment(" An entry.\n", 4, 0, 3, 0));

    assertThat(Comments.of(entry, file)).isEqualTo("An entry.");
    assertThat(Comments.holds(file, entry)).isTrue();
    assertThat(Comments.holds(FileDescriptorProto.getDefaultInstance(), entry)).isFalse();
  }

  @Test
  void aResourceWithoutTheMessageIsOfNoUse() throws Exception {
    FileDescriptorProto older =
        Operation.getDescriptor().getFile().toProto().toBuilder()
            .clearMessageType()
            .addMessageType(DescriptorProto.newBuilder().setName("Other"))
            .setSourceCodeInfo(
                SourceCodeInfo.newBuilder().addLocation(comment(" An older file.\n", 4, 0)))
            .build();
    ClassLoader loader =
        jarWith(FileDescriptorSet.newBuilder().addFile(older).build().toByteArray());

    MessageDescription told = MessageDescriptions.of(Operation.getDescriptor(), loader);

    assertThat(told.documentation()).isEmpty();
    assertThat(files(told)).containsExactly(Operation.getDescriptor().getFile().toProto());
  }

  @Test
  void aDamagedResourceCostsTheCommentsOnly() throws Exception {
    MessageDescription told =
        MessageDescriptions.of(Operation.getDescriptor(), jarWith(new byte[] {-1, -1, -1}));

    assertThat(files(told)).containsExactly(Operation.getDescriptor().getFile().toProto());
  }
}
