package dev.graft.builtin.parquet;

import dev.graft.spi.PlanningException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Reads footers, several at a time: each is two or three short reads, which mostly wait. */
final class Footers {
  private static final int MOST_THREADS = 8;

  private Footers() {}

  /**
   * The footers of files, in their order.
   *
   * @throws PlanningException naming the first file whose footer cannot be read
   */
  static List<Footer> read(List<FileStatus> files, Configuration configuration) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(MOST_THREADS, files.size())), Footers::thread);
    try {
      List<Future<Footer>> reads = new ArrayList<>();
      files.forEach(file -> reads.add(threads.submit(() -> read(file, configuration))));
      List<Footer> footers = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        footers.add(result(reads.get(i), files.get(i)));
      }
      return footers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "graft-parquet-footers");
    thread.setDaemon(true);
    return thread;
  }

  private static Footer read(FileStatus file, Configuration configuration) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, configuration))) {
      return new Footer(file, reader.getFooter());
    }
  }

  private static Footer result(Future<Footer> read, FileStatus file) {
    try {
      return read.get();
    } catch (ExecutionException e) {
      throw new PlanningException(
          "The footer of "
              + file.getPath()
              + " cannot be read. Is it a Parquet file? The server's log says what went wrong.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlanningException("The operation was cancelled while footers were read.", e);
    }
  }
}
