package dev.graft.registry.lowering;

/**
 * A window on bytes.
 *
 * @param bytes the bytes, not copied
 * @param from the first byte
 * @param to the byte after the last
 */
record Slice(byte[] bytes, int from, int to) {
  int length() {
    return to - from;
  }
}
