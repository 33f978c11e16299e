package dev.graft.gateway.store;

import dev.graft.registry.session.SessionKey;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sessions in a PostgreSQL that several gateways before one backend share, with their jars. Each
 * question is asked anew, so that a session may be served by another gateway with each of its
 * calls. Safe for use by several threads.
 */
final class PostgresStore implements SessionStore {
  /** A session's time is written at most so often in the time after which it counts as idle. */
  private static final int NOTES_WHILE_IDLE = 10;

  private static final String OF_SESSION = "user_id = ? and session_id = ? and credentials = ?";

  private final Database database;
  private final Duration note;

  /**
   * Opens a store.
   *
   * @param database has its tables
   * @param idle after how long without a request a session counts as over
   */
  PostgresStore(Database database, Duration idle) {
    this.database = database;
    this.note = idle.dividedBy(NOTES_WHILE_IDLE);
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, SessionKey key, Object... more) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    int index = 1;
    for (String part : List.of(key.user(), key.session(), key.credentials())) {
      statement.setString(index++, text(part));
    }
    for (Object one : more) {
      statement.setObject(index++, one);
    }
    return statement;
  }

  private static void run(Connection connection, String sql, SessionKey key, Object... more)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, key, more)) {
      statement.executeUpdate();
    }
  }

  /** PostgreSQL's texts have no character zero, which a client may send. */
  private static String text(String any) {
    return any.replace("\\", "\\\\").replace("\0", "\\0");
  }

  @Override
  public List<SessionJar> jars(SessionKey key) {
    return database.inTransaction(
        connection -> {
          List<SessionJar> jars = jars(connection, key);
          if (!jars.isEmpty()) {
            run(
                connection,
                "update graft_session set heard = now() where "
                    + OF_SESSION
                    + " and heard < now() - make_interval(secs => ?)",
                key,
                note.toMillis() / 1000.0);
          }
          return jars;
        });
  }

  private static List<SessionJar> jars(Connection connection, SessionKey key) throws SQLException {
    List<SessionJar> jars = new ArrayList<>();
    try (PreparedStatement statement =
            prepare(
                connection,
                "select name, digest, bytes from graft_session_jar where "
                    + OF_SESSION
                    + " order by position",
                key);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        jars.add(new SessionJar(rows.getString(1), rows.getString(2), rows.getLong(3)));
      }
    }
    return jars;
  }

  @Override
  public void add(SessionKey key, SessionJar jar, Path file, List<SessionJar> older) {
    database.inTransaction(
        connection -> {
          begin(connection, key);
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      "insert into graft_jar (digest, content) values (?, ?)"
                          + " on conflict (digest) do update set written = now()");
              InputStream in = Files.newInputStream(file)) {
            statement.setString(1, jar.digest());
            statement.setBinaryStream(2, in, jar.bytes());
            statement.executeUpdate();
          }
          for (SessionJar gone : older) {
            run(
                connection,
                "delete from graft_session_jar where "
                    + OF_SESSION
                    + " and name = ? and digest = ?",
                key,
                gone.name(),
                gone.digest());
          }
          note(connection, key, jar);
          return true;
        });
  }

  private static void note(Connection connection, SessionKey key, SessionJar jar)
      throws SQLException {
    run(
        connection,
        "insert into graft_session_jar (user_id, session_id, credentials, name, digest, bytes)"
            + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        key,
        jar.name(),
        jar.digest(),
        jar.bytes());
  }

  private static void begin(Connection connection, SessionKey key) throws SQLException {
    run(
        connection,
        "insert into graft_session (user_id, session_id, credentials) values (?, ?, ?)"
            + " on conflict (user_id, session_id, credentials) do update set heard = now()",
        key);
  }

  @Override
  public void copy(SessionKey from, SessionKey to) {
    database.inTransaction(
        connection -> {
          List<SessionJar> jars = jars(connection, from);
          if (!jars.isEmpty()) {
            begin(connection, to);
          }
          for (SessionJar jar : jars) {
            note(connection, to, jar);
          }
          return true;
        });
  }

  @Override
  public void end(SessionKey key) {
    database.inTransaction(
        connection -> {
          run(connection, "delete from graft_session where " + OF_SESSION, key);
          return true;
        });
  }

  @Override
  public Set<SessionKey> endIdle(Duration idle) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement sessions =
                  connection.prepareStatement(
                      "delete from graft_session where heard < now() - make_interval(secs => ?)");
              PreparedStatement jars =
                  connection.prepareStatement(
                      "delete from graft_jar where written < now() - interval '1 hour' and not exists"
                          + " (select from graft_session_jar where digest = graft_jar.digest)")) {
            sessions.setDouble(1, idle.toMillis() / 1000.0);
            sessions.executeUpdate();
            jars.executeUpdate();
          }
          return Set.of();
        });
  }

  @Override
  public Map<SessionKey, List<SessionJar>> own() {
    return Map.of();
  }

  @Override
  public void lost(SessionJar jar) {
    throw new IllegalStateException("No file of this gateway's is the only one: " + jar);
  }

  @Override
  public void fetch(SessionJar jar, Path target) {
    database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select content from graft_jar where digest = ?")) {
            statement.setString(1, jar.digest());
            try (ResultSet rows = statement.executeQuery()) {
              if (!rows.next()) {
                throw new NoSuchFileException(target.toString(), null, "the session is over");
              }
              try (InputStream content = rows.getBinaryStream(1)) {
                return Files.copy(content, target);
              }
            }
          }
        });
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void close() {
    database.close();
  }
}
