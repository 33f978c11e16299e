package dev.graft.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.settings.SettingsReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL with the tables of sessions in it. Safe for use by several threads. */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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

  private final HikariDataSource database;

  /**
   * Opens a database, and makes the tables if they are not there.
   *
   * @param url as JDBC has it, with the user
   * @param password the user's; empty where the URL has it, or none is needed
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if that fails
   */
  Database(String url, Optional<String> password) {
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
  interface Work<T> {
    T with(Connection connection) throws SQLException, IOException;
  }

  /**
   * Does something that happens as a whole or not at all.
   *
   * @throws GraftException GRAFT_STORE_UNAVAILABLE if it does not happen
   */
  <T> T inTransaction(Work<T> work) {
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

  @Override
  public void close() {
    database.close();
  }
}
