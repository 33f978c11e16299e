/**
 * Class loaders: who sees whose classes.
 *
 * <pre>
 *   JDK ◀── waist (dev.graft.spi, the registry's own loader)
 *             ▲               ▲                    ▲
 *        shared realm    own realm and plugin   plugin without protobuf
 *             ▲          (one loader)
 *          plugins
 * </pre>
 *
 * <p>A <em>realm</em> is one definition of protobuf, the Connect messages and the typed API. Bytes
 * cross between realms, types don't. A jar without a protobuf of its own takes the shared realm's;
 * a jar that carries protobuf gets a realm of its own, defined by the jar's own loader. The
 * engine's public packages come from the host and from nowhere else; everything a plugin brings
 * itself comes from its own jar first.
 *
 * <p>Loaders are not closed but collected: they live as long as the last snapshot, plan or thread
 * that uses them.
 */
@NullMarked
package dev.graft.registry.isolation;

import org.jspecify.annotations.NullMarked;
