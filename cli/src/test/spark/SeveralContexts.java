import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * Three contexts in one JVM, one after the other, as in a notebook that restarts its session. Each has
 * a folder of plugins of its own, given as arguments; prints what each loaded, and at the end how many
 * of the hosts that came before are still in memory.
 */
public class SeveralContexts {
  public static void main(String[] folders) throws Exception {
    List<WeakReference<ClassLoader>> hosts = new ArrayList<>();
    for (String folder : folders) {
      Path report = Files.createTempFile("report", ".txt");
      SparkContext context =
          new SparkContext(
              new SparkConf()
                  .setMaster("local[1]")
                  .setAppName("several")
                  .set("spark.ui.enabled", "false")
                  .set("spark.connect.grpc.binding.port", "0")
                  .set("spark.plugins", "dev.graft.spark.GraftPlugin,org.apache.spark.sql.connect.SparkConnectPlugin")
                  .set("spark.graft.plugins.path", folder)
                  .set("spark.graft.plugins.discovery", "services")
                  .set("spark.graft.report.path", report.toString()));
      System.out.println("loaded " + Files.readString(report).replace('\n', '|'));
      hosts.add(new WeakReference<>(host()));
      context.stop();
    }
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (alive(hosts) > 1 && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(100);
    }
    System.out.println("hosts in memory " + alive(hosts));
    System.exit(0);
  }

  private static ClassLoader host() throws ReflectiveOperationException {
    Field handler = Class.forName("dev.graft.spark.Bridge").getDeclaredField("relation");
    handler.setAccessible(true);
    return handler.get(null).getClass().getClassLoader();
  }

  private static long alive(List<WeakReference<ClassLoader>> hosts) {
    return hosts.stream().filter(host -> host.get() != null).count();
  }
}
