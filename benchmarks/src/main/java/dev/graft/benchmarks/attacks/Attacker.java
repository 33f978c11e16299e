package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.Attack;
import dev.graft.benchmarks.attacks.kind.AttackKind;
import dev.graft.benchmarks.attacks.kind.Target;
import dev.graft.benchmarks.gateway.ChildProcess;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The process that attacks. Each line it is sent begins an attack, {@code begin KIND SEED PORT}, or
 * ends it, {@code end KIND}, which is answered with the steps that were taken and how many of them
 * were refused.
 */
final class Attacker {
  private final String token;
  private final Path certificates;
  private final Map<String, Running> running = new HashMap<>();

  private Attacker(String token, Path certificates) {
    this.token = token;
    this.certificates = certificates;
  }

  /** Takes the token and the folder of the certificates, and attacks until its parent ends. */
  public static void main(String[] arguments) {
    Attacker attacker = new Attacker(arguments[0], Path.of(arguments[1]));
    ChildProcess.serve(0, attacker::obey);
  }

  /**
   * Starts an attacker, with the lowest priority for processor time where the system has {@code
   * renice}.
   */
  static ChildProcess start(String token, Path certificates) throws IOException {
    ChildProcess attacker =
        ChildProcess.start(
            Attacker.class, List.of("-Xmx2g"), token, certificates.toAbsolutePath().toString());
    try {
      new ProcessBuilder("renice", "-n", "19", "-p", Long.toString(attacker.handle().pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      System.err.println("The attacker is as important as the others: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return attacker;
  }

  private String obey(String line) {
    List<String> words = List.of(line.split(" "));
    try {
      return switch (words.get(0)) {
        case "begin" -> begin(words.get(1), Long.parseLong(words.get(2)), words.get(3));
        case "end" -> end(words.get(1));
        default -> "";
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private String begin(String kind, long seed, String port) {
    Target target = new Target(Integer.parseInt(port), token, certificates);
    Running attack = new Running(AttackKind.named(kind).orElseThrow(), target, new Random(seed));
    running.put(kind, attack);
    attack.start();
    return "";
  }

  private String end(String kind) throws InterruptedException {
    Running ended = running.remove(kind);
    return ended == null ? "" : ended.end();
  }

  /** An attack with its thread. */
  private static final class Running extends Thread {
    private static final int PAUSE_MILLIS = 5;

    private final AttackKind kind;
    private final Target target;
    private final Random random;
    private final List<String> failures = new ArrayList<>();
    private volatile boolean over;
    private int steps;
    private int refused;

    Running(AttackKind kind, Target target, Random random) {
      super("attack-" + kind.label());
      setDaemon(true);
      this.kind = kind;
      this.target = target;
      this.random = random;
    }

    @Override
    public void run() {
      try (Attack attack = kind.on(target)) {
        while (!over) {
          step(attack);
        }
      } catch (InterruptedException e) {
        // The attack is over.
      } catch (RuntimeException e) { // otherwise the attack would end unnoticed
        failures.add(e.toString());
        e.printStackTrace();
      }
    }

    private void step(Attack attack) throws InterruptedException {
      steps++;
      try {
        attack.step(random);
      } catch (IOException | StatusRuntimeException e) {
        refused++;
        Thread.sleep(PAUSE_MILLIS);
      }
    }

    /** Says what it has done: its steps, refusals, and failures of its own. */
    String end() throws InterruptedException {
      over = true;
      interrupt();
      join();
      return steps + " " + refused + (failures.isEmpty() ? "" : " " + failures);
    }
  }
}
