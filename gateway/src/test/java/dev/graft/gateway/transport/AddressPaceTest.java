package dev.graft.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressPaceTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND); // it will run over
  private final AddressPace pace = new AddressPace(4, now::get);
  private final InetAddress ada = address("192.0.2.1");
  private final InetAddress eve = address("192.0.2.2");

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private int allowed(InetAddress address, int times) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += pace.allows(address) ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void whoWasStillMayOpenAllAtOnce() {
    assertThat(allowed(eve, 10)).isEqualTo(4);
    now.addAndGet(5 * SECOND);
    assertThat(allowed(eve, 10)).isEqualTo(4);
  }

  @Test
  void afterThatOneIsAllowedForEachShareOfTheSecond() {
    assertThat(allowed(eve, 10)).isEqualTo(4);
    for (int share = 0; share < 12; share++) {
      now.addAndGet(SECOND / 4 - 1);
      assertThat(allowed(eve, 10)).isZero();
      now.addAndGet(1);
      assertThat(allowed(eve, 10)).isEqualTo(1);
    }
  }

  @Test
  void oneAddressTakesNothingFromAnother() {
    assertThat(allowed(eve, 10)).isEqualTo(4);
    assertThat(allowed(ada, 3)).isEqualTo(3);
    now.addAndGet(SECOND);
    assertThat(allowed(ada, 10)).isEqualTo(4);
  }
}
