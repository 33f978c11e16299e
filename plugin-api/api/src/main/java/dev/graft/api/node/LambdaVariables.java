package dev.graft.api.node;

import com.google.protobuf.ByteString;
import dev.graft.api.Messages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.UnresolvedNamedLambdaVariable;

/**
 * Names the variables of lambdas: the same lambda always gets the same names, and never one that
 * its body has already.
 *
 * <p>A body may use the variable of a lambda around it, also of one that another plugin made: an
 * extension stands in that lambda, and this plugin puts the extension's input into its own. A
 * lambda that reused the name would capture it. So variables are numbered from the inside out: a
 * lambda's get the first number above all those in its body. That is known when the body is there,
 * so until then they have a provisional name, of the same length, which is replaced in the body's
 * bytes. By the bytes, since the body may hold extensions, which are bytes with names in them, too.
 */
final class LambdaVariables {
  private static final String PREFIX = "graft_";
  private static final Pattern NAMED = Pattern.compile(PREFIX + "[xyz]_(\\d{5})");
  private static final int MOST = 99_999;

  /** How many lambdas this thread is building inside one another. */
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private LambdaVariables() {}

  /**
   * Makes a lambda.
   *
   * @param letters one for each variable
   * @param body makes the lambda's result from the uses of its variables; called once
   */
  static ExpressionNode bind(
      List<String> letters, Function<List<ExpressionNode>, ExpressionNode> body) {
    int depth = DEPTH.get();
    DEPTH.set(depth + 1);
    try {
      String provisional = provisional(depth);
      Expression built =
          body.apply(letters.stream().map(letter -> use(letter + provisional)).toList()).build();
      // One character for each byte, so that places in the text are places in the bytes.
      String bytes = built.toByteString().toString(StandardCharsets.ISO_8859_1);
      String number = numbered(firstFree(bytes));
      for (String letter : letters) {
        bytes = bytes.replace(PREFIX + letter + provisional, PREFIX + letter + number);
      }
      Expression named =
          Messages.parse(
              ByteString.copyFrom(bytes, StandardCharsets.ISO_8859_1),
              Expression.parser(),
              "spark.connect.Expression");
      return lambda(named, letters.stream().map(letter -> variable(letter + number)).toList());
    } finally {
      DEPTH.set(depth);
    }
  }

  private static int firstFree(String bytes) {
    int highest = -1;
    Matcher named = NAMED.matcher(bytes);
    while (named.find()) {
      highest = Math.max(highest, Integer.parseInt(named.group(1)));
    }
    if (highest == MOST) {
      throw new IllegalStateException(
          "A lambda's body has the variable number "
              + MOST
              + ", above which there is no other. Nobody nests that deep: look for a text that looks like a variable's name.");
    }
    return highest + 1;
  }

  /** A placeholder as long as {@link #numbered}, which is no number. */
  private static String provisional(int depth) {
    return String.format(Locale.ROOT, "_~%04d", depth);
  }

  private static String numbered(int number) {
    return String.format(Locale.ROOT, "_%05d", number);
  }

  private static UnresolvedNamedLambdaVariable variable(String name) {
    return UnresolvedNamedLambdaVariable.newBuilder().addNameParts(PREFIX + name).build();
  }

  private static ExpressionNode use(String name) {
    return Nodes.expression(
        Expression.newBuilder().setUnresolvedNamedLambdaVariable(variable(name)).build());
  }

  private static ExpressionNode lambda(
      Expression body, List<UnresolvedNamedLambdaVariable> variables) {
    return Nodes.expression(
        Expression.newBuilder()
            .setLambdaFunction(
                Expression.LambdaFunction.newBuilder().setFunction(body).addAllArguments(variables))
            .build());
  }
}
