package dev.graft.gateway.connect;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.access.Credentials;
import dev.graft.gateway.memory.Share;
import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import io.grpc.Metadata;
import java.util.function.UnaryOperator;

/**
 * {@code ReattachExecute}: the answer to a command comes again with the response it was put in. The
 * request always passes as it is; the backend decides who may reattach.
 */
final class ReattachRewriter implements Rewriter {
  private final CommandAnswers answers;

  ReattachRewriter(CommandAnswers answers) {
    this.answers = answers;
  }

  @Override
  public boolean concerns(byte[] request) {
    return false;
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers, Share memory) {
    return Rewritten.request(request);
  }

  @Override
  public UnaryOperator<byte[]> responses(byte[] request) {
    Caller caller = Caller.read(ConnectMethods.REATTACH_EXECUTE, request);
    CommandAnswers.Owner asker = new CommandAnswers.Owner(caller, Credentials.ofCall());
    boolean jvm = RefusalStatus.isOfJvm(request, FieldNumbers.REATTACH_CLIENT_TYPE);
    return response ->
        Placeholder.in(response)
            .map(
                placeholder ->
                    answers
                        .of(placeholder, asker)
                        .orElseThrow(() -> RefusalStatus.of(lost(), jvm))
                        .putInto(response))
            .orElse(response);
  }

  private static GraftException lost() {
    return new GraftException(
        ErrorCode.GRAFT_ANSWER_LOST,
        "The command has run, and the gateway has not kept its answer for you to reattach to: it is"
            + " older than ten minutes, larger than the gateway keeps, pushed out by later answers"
            + " of the same user, of a time before the gateway was started, or of a client with"
            + " other ids or credentials. Run the command again if it may run twice.");
  }
}
