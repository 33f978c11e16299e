package dev.graft.registry.unload;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Takes the JDBC drivers of a class loader from the JDK's list, and gives their names. The JDK lets
 * only classes of that loader do so: {@link Registrations} defines this class there.
 */
public final class OwnDrivers implements Callable<List<String>> {
  @Override
  public List<String> call() throws SQLException {
    List<String> names = new ArrayList<>();
    for (Driver driver : DriverManager.drivers().toList()) {
      if (driver.getClass().getClassLoader() == getClass().getClassLoader()) {
        DriverManager.deregisterDriver(driver);
        names.add(driver.getClass().getName());
      }
    }
    return names;
  }
}
