/**
 * For clients: puts extension messages into Connect plans and runs them.
 *
 * <p>{@link dev.graft.encoder.Extensions} packs a message as a relation, an expression or a
 * command; what it returns is a plain Connect node, which any client that can send one may carry.
 * {@link dev.graft.encoder.ConnectSession} is such a client, as thin as can be: it sends a plan and
 * reads what comes back, from a server of Spark 3.4 to 4.2 or from a gateway.
 *
 * <pre>{@code
 * try (ConnectSession session = ConnectSession.connect("sc://localhost:15002")) {
 *   Relation topK = Extensions.relation(TopK.newBuilder().setInput(sales).setK(3).build());
 *   try (Rows rows = session.rows(topK)) {
 *     System.out.print(rows.toTable());
 *   }
 * }
 * }</pre>
 *
 * <p>Rows arrive in Arrow's format, and Arrow needs {@code java.nio} opened to it: start Java with
 * {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, or, in an executable jar, write {@code
 * Add-Opens: java.base/java.nio} into its manifest, which spares the user the flag. Packing, {@link
 * dev.graft.encoder.ConnectSession#schema} and {@link dev.graft.encoder.ConnectSession#execute}
 * work without.
 */
@NullMarked
package dev.graft.encoder;

import org.jspecify.annotations.NullMarked;
