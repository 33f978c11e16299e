package dev.graft.registry.session;

import java.nio.file.Path;

/**
 * A jar that may be used, copied to where its client cannot change it.
 *
 * @param pluginId what tells a newer version of a jar from another jar
 * @param source where it is the client's
 * @param copy the copy
 * @param digest the SHA-256 of its bytes, in hexadecimal digits
 * @param bytes how many there are
 */
record AdmittedJar(String pluginId, Path source, Path copy, String digest, long bytes) {}
