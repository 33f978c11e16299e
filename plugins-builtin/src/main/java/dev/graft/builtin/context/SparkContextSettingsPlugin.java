package dev.graft.builtin.context;

import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.answer.AnswerRows;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.SparkContextSettings;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Sets, and tells, settings of the SparkContext: all of a command's, or none. */
public final class SparkContextSettingsPlugin implements NativeCommandPlugin<SparkContextSettings> {
  private static final String DESCRIPTION = "spark.job.description";
  private static final String SESSION = "session";

  @Override
  public Class<SparkContextSettings> messageType() {
    return SparkContextSettings.class;
  }

  @Override
  public Optional<NativeResult> execute(SparkContextSettings settings, NativeContext context)
      throws IOException {
    OptionCheck check = OptionCheck.of(settings);
    LocalProperties allowed = LocalProperties.of(context.settings());
    Texts.check(check, "job_description", settings.getJobDescription());
    allowed.check(check, settings.getLocalPropertiesMap());
    SparkContext spark = context.session().sparkContext();
    Optional<String> folder = CheckpointFolder.of(settings, check, context.settings(), spark);

    folder.ifPresent(spark::setCheckpointDir);
    RuntimeConfig session = context.session().conf();
    if (settings.hasJobDescription()) {
      set(session, DESCRIPTION, settings.getJobDescription());
    }
    settings.getLocalPropertiesMap().forEach((name, value) -> set(session, name, value));
    return Optional.of(NativeResult.rows(rows(spark, session, allowed).in(context.session())));
  }

  private static void set(RuntimeConfig session, String name, String value) {
    if (value.isEmpty()) {
      session.unset(name);
    } else {
      session.set(name, value);
    }
  }

  private static AnswerRows rows(
      SparkContext spark, RuntimeConfig session, LocalProperties allowed) {
    AnswerRows rows =
        new AnswerRows()
            .column("setting", DataTypes.StringType)
            .column("value", DataTypes.StringType)
            .column("scope", DataTypes.StringType);
    String folder = spark.getCheckpointDir().isDefined() ? spark.getCheckpointDir().get() : null;
    rows.add("checkpoint_folder", folder, "server");
    rows.add("job_description", emptyIsNull(session.get(DESCRIPTION, "")), SESSION);
    allowed.names().forEach(name -> rows.add(name, emptyIsNull(session.get(name, "")), SESSION));
    return rows;
  }

  private static @Nullable String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
