/** Python tests, run by pytest with real clients in virtual environments of their own. */
@NullMarked
package dev.graft.cli.python;

import org.jspecify.annotations.NullMarked;
