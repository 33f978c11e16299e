/** What README and {@code docs/} say, held against the code, and the site that is made of it. */
@NullMarked
package dev.graft.cli.documents;

import org.jspecify.annotations.NullMarked;
