package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Rewriter;
import io.grpc.Metadata;
import java.util.List;
import java.util.Optional;

/** {@code ReattachExecute}: the answer to a command comes again with the response it was put in. */
final class ReattachRewriter implements Rewriter {
  private final CommandAnswers answers;

  ReattachRewriter(CommandAnswers answers) {
    this.answers = answers;
  }

  @Override
  public boolean concerns(byte[] request) {
    return !answers.isEmpty();
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers) {
    return PlanRequests.orStatus(
        () -> {
          WireMessage message = new WireMessage(request);
          Optional<CommandAnswer> answer =
              answers.of(
                  message.message(Fields.USER_CONTEXT).text(Fields.USER_ID),
                  message.text(Fields.SESSION_ID),
                  message.text(Fields.REATTACH_OPERATION_ID));
          return answer
              .map(known -> new Rewritten(List.of(), request, known::putInto))
              .orElseGet(() -> Rewritten.request(request));
        });
  }
}
