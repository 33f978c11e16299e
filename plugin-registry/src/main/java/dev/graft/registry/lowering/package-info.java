/**
 * Lowering: extensions inside the bytes of a plan are replaced by the standard Connect nodes that
 * stand for them.
 *
 * <p>Three steps, each cheaper than the next:
 *
 * <ol>
 *   <li>{@link dev.graft.registry.lowering.ExtensionSearch} proves for most plans that they hold no
 *       extension;
 *   <li>a walk over tags, driven by a {@link dev.graft.registry.lowering.LoweringTable}, visits the
 *       fields that can lead to an extension and steps over all others by their length;
 *   <li>each extension is offered to an {@link dev.graft.registry.lowering.Expander}; its answer is
 *       walked in turn, within an {@link dev.graft.registry.lowering.ExpansionBudget}, and spliced
 *       in.
 * </ol>
 *
 * <p>No step recurses, and no byte of the plan that stays is copied more than once. What the walk
 * does not visit is not checked either: that is for the server's own parser.
 *
 * <p>The descriptors that drive the walk also drive {@link dev.graft.registry.lowering.PlanTree},
 * which prints plans for people.
 */
@NullMarked
package dev.graft.registry.lowering;

import org.jspecify.annotations.NullMarked;
