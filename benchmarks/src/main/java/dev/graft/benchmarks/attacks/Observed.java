package dev.graft.benchmarks.attacks;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JVM on this machine, observed from outside. Not safe for use by several threads. */
final class Observed implements AutoCloseable {
  private static final String STREAM =
      "io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Connection$DefaultStream";
  private static final String TASK = "dev.graft.gateway.threads.LoweringTask";
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  /** How the names of threads begin that are there only because the JVM is observed. */
  private static final List<String> OF_LOOKING = List.of("RMI ", "JMX ", "Attach Listener");

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private Observed(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** Looks at a process. */
  @SuppressWarnings("BanJNDI") // the other side is the program's own process
  static Observed of(ProcessHandle process) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        return new Observed(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("Process " + process.pid() + " cannot be looked at", e);
    }
  }

  /** What it holds now; it collects its garbage for that, which takes a moment. */
  Vitals vitals() throws IOException {
    try {
      String histogram =
          (String)
              beans.invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      Matcher total = TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new IOException("There is no total in " + histogram);
      }
      return new Vitals(
          Long.parseLong(total.group(1)),
          direct(),
          threads(),
          descriptors(),
          instances(histogram, STREAM),
          instances(histogram, TASK));
    } catch (JMException e) {
      throw new IOException("The process cannot be looked at", e);
    }
  }

  private long direct() throws IOException {
    return ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private int threads() throws IOException {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
    return (int)
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull)
            .map(ThreadInfo::getThreadName)
            .filter(name -> OF_LOOKING.stream().noneMatch(name::startsWith))
            .count();
  }

  private int descriptors() throws IOException {
    return Math.toIntExact(
        ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount());
  }

  /** A line of the histogram: number, instances, bytes, class. */
  private static int instances(String histogram, String className) {
    Matcher line =
        Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "\\s")
            .matcher(histogram);
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
