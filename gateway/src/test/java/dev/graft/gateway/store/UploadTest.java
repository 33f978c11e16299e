package dev.graft.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.wire.Slice;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar on its way to the disk. */
class UploadTest {
  private static final int LARGE = 16 << 20;

  @TempDir private Path folder;

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void aLargePieceIsWrittenWithoutACopyOfAllOfIt() throws Exception {
    byte[] message = new byte[LARGE + 2];
    new Random(1).nextBytes(message);
    Slice data = new Slice(message, 1, LARGE + 1);
    CRC32 crc = new CRC32();
    crc.update(message, 1, LARGE);
    Upload upload = new Upload(folder.resolve("a.jar"), 1, LARGE, LARGE, new DiskRoom(LARGE));
    long before = directMemory();

    assertThat(upload.add(data, crc.getValue())).isEqualTo(Upload.State.WHOLE);

    assertThat(directMemory() - before).isLessThan(1 << 20);
    assertThat(Files.readAllBytes(upload.file())).isEqualTo(data.copy());
  }
}
