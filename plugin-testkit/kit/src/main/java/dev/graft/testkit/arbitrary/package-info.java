/**
 * jqwik arbitraries for plugin tests: {@link dev.graft.testkit.arbitrary.ConnectArbitraries} has
 * messages of any type, Connect's own among them, schemas, and bytes that no honest client sends.
 */
@NullMarked
package dev.graft.testkit.arbitrary;

import org.jspecify.annotations.NullMarked;
