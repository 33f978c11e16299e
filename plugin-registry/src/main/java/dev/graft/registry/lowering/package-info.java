/**
 * Lowering: extensions inside the bytes of a plan are replaced by the standard Connect nodes that
 * stand for them.
 *
 * <p>Three steps:
 *
 * <ol>
 *   <li>a walk over tags, driven by a {@link dev.graft.registry.lowering.LoweringTable}, steps over
 *       all fields that cannot lead to an extension, by their length;
 *   <li>{@link dev.graft.registry.lowering.ExtensionSearch} proves that most of the others hold no
 *       extension, and for a small plan all of them at once; those that may hold one are walked;
 *   <li>each extension is offered to an {@link dev.graft.registry.lowering.Expander}; its answer is
 *       walked in turn, within an {@link dev.graft.registry.lowering.ExpansionBudget}, and spliced
 *       in.
 * </ol>
 *
 * <p>No step recurses, and no byte of the plan that stays is copied more than once. What the walk
 * does not visit is not checked either: that is for the server's own parser. {@code Walk} says why
 * walk and search together are faster than either, and what is refused.
 */
@NullMarked
package dev.graft.registry.lowering;

import org.jspecify.annotations.NullMarked;
