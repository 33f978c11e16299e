package dev.graft.gateway.reflection;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code spark.connect.SparkConnectService} of the newest Connect line, as a description alone: the
 * definitions made here serve no method. It is read when it is first asked for. Safe for use by
 * several threads.
 */
public final class ConnectDescription implements Supplier<List<ServerServiceDefinition>> {
  private static final String DESCRIPTORS = "/dev/graft/connect/descriptors.binpb";
  private static final String FILE = "spark/connect/base.proto";
  private static final String SERVICE = "SparkConnectService";

  /** The files that protobuf itself brings; those of Connect import some of them. */
  private static final List<FileDescriptor> OF_PROTOBUF =
      List.of(
          AnyProto.getDescriptor(),
          DurationProto.getDescriptor(),
          EmptyProto.getDescriptor(),
          FieldMaskProto.getDescriptor(),
          StructProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          WrappersProto.getDescriptor());

  private @Nullable List<ServerServiceDefinition> services;

  /** Nothing is read yet. */
  public ConnectDescription() {}

  @Override
  public synchronized List<ServerServiceDefinition> get() {
    List<ServerServiceDefinition> known = services;
    if (known == null) {
      known = List.of(read());
      services = known;
    }
    return known;
  }

  private static ServerServiceDefinition read() {
    ServiceDescriptor service = file().findServiceByName(SERVICE);
    io.grpc.ServiceDescriptor.Builder described =
        io.grpc.ServiceDescriptor.newBuilder(service.getFullName())
            .setSchemaDescriptor(new Schema(service));
    Map<String, io.grpc.MethodDescriptor<byte[], byte[]>> methods = new HashMap<>();
    for (MethodDescriptor method : service.getMethods()) {
      io.grpc.MethodDescriptor<byte[], byte[]> bytes = bytes(method);
      methods.put(method.getName(), bytes);
      described.addMethod(bytes);
    }
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(described.build());
    methods
        .values()
        .forEach(method -> definition.addMethod(method, ConnectDescription::notServedHere));
    return definition.build();
  }

  private static ServerCall.Listener<byte[]> notServedHere(
      ServerCall<byte[], byte[]> call, Metadata headers) {
    call.close(Status.UNIMPLEMENTED, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static io.grpc.MethodDescriptor<byte[], byte[]> bytes(MethodDescriptor method) {
    return io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder(
            BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
        .setFullMethodName(
            io.grpc.MethodDescriptor.generateFullMethodName(
                method.getService().getFullName(), method.getName()))
        .setType(type(method))
        .build();
  }

  private static MethodType type(MethodDescriptor method) {
    if (method.isClientStreaming()) {
      return method.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING;
    }
    return method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
  }

  private static FileDescriptor file() {
    Map<String, FileDescriptor> files = new HashMap<>();
    OF_PROTOBUF.forEach(file -> files.put(file.getName(), file));
    try (InputStream stream = ConnectDescription.class.getResourceAsStream(DESCRIPTORS)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + DESCRIPTORS + " is missing");
      }
      // protoc writes files after those they import.
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(stream).getFileList()) {
        FileDescriptor[] imports =
            file.getDependencyList().stream()
                .map(name -> imported(name, file, files))
                .toArray(FileDescriptor[]::new);
        FileDescriptor built = FileDescriptor.buildFrom(file, imports);
        if (built.getName().equals(FILE)) {
          return built;
        }
        files.put(built.getName(), built);
      }
      throw new IllegalStateException("There is no " + FILE + " in " + DESCRIPTORS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileDescriptor imported(
      String name, FileDescriptorProto by, Map<String, FileDescriptor> files) {
    FileDescriptor file = files.get(name);
    if (file == null) {
      throw new IllegalStateException(by.getName() + " imports " + name + ", which is not known");
    }
    return file;
  }

  /** Gives the reflection service the file that defines the service. */
  private record Schema(ServiceDescriptor service) implements ProtoServiceDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return service.getFile();
    }

    @Override
    public ServiceDescriptor getServiceDescriptor() {
      return service;
    }
  }
}
