package dev.graft.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in a PostgreSQL that several gateways before one backend share, with their jars. Each
 * question is asked anew, so that a session may be served by another gateway with each of its
 * calls. Safe for use by several threads.
 */
final class PostgresStore implements SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A session's time is written at most so often in the time after which it counts as idle. */
  private static final int NOTES_WHILE_IDLE = 10;

  /** Among the numbers of locks that others may take in this database. */
  private static final long LOCK = 0x6772_6166_74L;

  /**
   * A jar may be named by a session that is being written, so it is deleted only when nobody has
   * written it for a while.
   */
  private static final String SCHEMA =
      """
      create table if not exists graft_session (
        user_id text not null,
        session_id text not null,
        credentials text not null,
        heard timestamptz not null default now(),
        primary key (user_id, session_id, credentials));
      create table if not exists graft_jar (
        digest text primary key,
        content bytea not null,
        written timestamptz not null default now());
      create table if not exists graft_session_jar (
        user_id text not null,
        session_id text not null,
        credentials text not null,
        position bigint generated always as identity,
        name text not null,
        digest text not null references graft_jar,
        bytes bigint not null,
        primary key (user_id, session_id, credentials, name, digest),
        foreign key (user_id, session_id, credentials) references graft_session on delete cascade);
      create index if not exists graft_session_jar_digest on graft_session_jar (digest);
      """;

  private static final String OF_SESSION = "user_id = ? and session_id = ? and credentials = ?";

  private final HikariDataSource database;
  private final Duration note;

  /**
   * Opens a database, and makes the tables if they are not there.
   *
   * @param url as JDBC has it, with the user
   * @param password the user's; empty where the URL has it, or none is needed
   * @param idle after how long without a request a session counts as over
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if that fails
   */
  PostgresStore(String url, Optional<String> password, Duration idle) {
    this.note = idle.dividedBy(NOTES_WHILE_IDLE);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    password.ifPresent(config::setPassword);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.addDataSourceProperty("socketTimeout", PATIENCE.toSeconds() * 2);
    config.addDataSourceProperty("ApplicationName", "graft-gateway");
    config.setPoolName("graft-sessions");
    try {
      this.database = new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw unusable(e);
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(SCHEMA);
      connection.commit();
    } catch (SQLException e) {
      database.close();
      throw unusable(e);
    }
  }

  private static GraftException unusable(Exception e) {
    return SettingsReader.invalid(
        "The database of sessions cannot be used: " + e.getMessage() + ".");
  }

  /** What is done with a connection, whose transaction ends with it. */
  private interface Work<T> {
    T with(Connection connection) throws SQLException, IOException;
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (SQLException | IOException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException | IOException e) {
      LOG.error("The database of sessions does not answer as it should", e);
      throw new GraftException(
          ErrorCode.GRAFT_STORE_UNAVAILABLE,
          "The gateway cannot reach its store of sessions. Try again later; its log says why.",
          e);
    }
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
    return inTransaction(
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
    inTransaction(
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
    inTransaction(
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
    inTransaction(
        connection -> {
          run(connection, "delete from graft_session where " + OF_SESSION, key);
          return true;
        });
  }

  @Override
  public Set<SessionKey> endIdle(Duration idle) {
    return inTransaction(
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
    inTransaction(
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
