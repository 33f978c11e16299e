package dev.graft.spi;

import java.util.Optional;
import java.util.Set;

/**
 * A plugin in the terms of the waist: told which messages it is for, asked for one extension at a
 * time.
 *
 * <p>One instance serves all requests of a server at once and must be safe for use by several
 * threads. Instances are made when the server starts, through a public constructor without
 * parameters. While one is made, asked for its description and called, the thread's context class
 * loader is the plugin's own, so that its libraries find their services in its jar.
 *
 * <p>A plugin that is {@link AutoCloseable} too is closed when it is used no more: its session has
 * ended, its jar was replaced, or the server has loaded its plugins again, and the last request
 * that began with it has gone. The server's garbage collector tells when that is, so it may be
 * minutes later; a process that ends does not close its plugins. {@code close()} is called once, by
 * a thread of its own, and has as long as a constructor has. There a plugin ends its threads,
 * timers and executors, and takes back what it gave to the JDK: shutdown hooks, JDBC drivers,
 * security providers, log handlers, MBeans, defaults. Whatever of it stays behind keeps the
 * plugin's classes in memory, and is named in the server's log. What it puts into a {@code
 * ThreadLocal} it removes before the method that put it there returns.
 *
 * <p>Every answer is standard Connect nodes, so that the plugin can also work where there is no
 * engine, unless it is a {@link NativePlugin}.
 */
public interface ExtensionPlugin {
  /**
   * The name that asks for every extension of the plugin's kind, at the plugin's place in the
   * order.
   */
  String ANY_MESSAGE = "google.protobuf.Any";

  /** The kind of extension this plugin answers; the same at every call. */
  ExtensionKind kind();

  /**
   * The full protobuf names of the messages this plugin answers, for example {@code acme.v1.TopK},
   * or {@link #ANY_MESSAGE}. Read once, when the plugin is loaded. Never empty.
   */
  Set<String> messageNames();

  /**
   * What the plugin tells of one of its messages, for the server's list of extensions. Not called
   * before somebody asks for that list, and then once; whatever is thrown leaves the message in the
   * list without a description.
   *
   * @param messageName one of {@link #messageNames}
   */
  default MessageDescription describe(String messageName) {
    return MessageDescription.NONE;
  }

  /**
   * Answers one extension.
   *
   * @return the answer, or empty to decline, whereupon the next plugin in configured order is asked
   * @throws Exception whatever goes wrong; it fails the request it belongs to and nothing else
   */
  Optional<Answer> answer(Extension extension, HostContext context) throws Exception;
}
