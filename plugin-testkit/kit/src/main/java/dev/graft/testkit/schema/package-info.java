/** Schemas as tests write them: {@link dev.graft.testkit.schema.Schemas} reads DDL. */
@NullMarked
package dev.graft.testkit.schema;

import org.jspecify.annotations.NullMarked;
