package com.acme.nativeplans;

import com.acme.nativeplans.v1.Hashed;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeExpressionPlugin;
import dev.graft.spi.PlanningException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A column in, a column out, with a setting of the session that no client has to send. */
public final class HashedPlugin implements NativeExpressionPlugin<Hashed> {
  @Override
  public Class<Hashed> messageType() {
    return Hashed.class;
  }

  @Override
  public Optional<Column> transform(Hashed hashed, NativeContext context) {
    if (!hashed.hasInput()) {
      throw new PlanningException("Hashed has no input. Set the expression to hash.");
    }
    return Optional.of(
        functions.xxhash64(
            context.column(hashed.getInput()),
            functions.lit(salt(hashed.getSaltSetting(), context))));
  }

  private static String salt(String setting, NativeContext context) {
    try {
      return context.session().conf().get(setting);
    } catch (NoSuchElementException e) {
      throw new PlanningException(
          "Hashed.salt_setting names no setting that the session has. Give one that is set, such as spark.sql.session.timeZone.",
          e);
    }
  }
}
