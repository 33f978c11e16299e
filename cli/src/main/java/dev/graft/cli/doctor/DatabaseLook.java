package dev.graft.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The database in which gateways keep what sessions have. */
final class DatabaseLook {
  private static final String ABOUT = "store";
  private static final int PATIENCE_SECONDS = 5;

  private DatabaseLook() {}

  /**
   * Connects, and does nothing there.
   *
   * @param url as JDBC has it
   * @param password the file with the user's password
   */
  static List<Finding> of(String url, Optional<Path> password) {
    Properties properties = new Properties();
    properties.setProperty("loginTimeout", String.valueOf(PATIENCE_SECONDS));
    try {
      if (password.isPresent()) {
        properties.setProperty("password", Files.readString(password.get()).strip());
      }
      try (Connection connection = DriverManager.getConnection(url, properties)) {
        return List.of(
            Finding.ok(
                ABOUT,
                "the database answers: " + connection.getMetaData().getDatabaseProductVersion()));
      }
    } catch (IOException e) {
      return List.of(); // the look at the password's file says it
    } catch (SQLException e) {
      return List.of(
          Finding.problem(
              ABOUT,
              "The database of graft.gateway.session-store cannot be used: "
                  + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ")
                  + (String.valueOf(e.getMessage()).endsWith(".") ? "" : "."),
              "Start it, or mend the address, the user or the password."));
    }
  }
}
