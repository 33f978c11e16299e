package dev.graft.cli.doctor;

import dev.graft.address.ConnectAddress;

/** A host as Java takes it: an IPv6 address without its brackets. */
final class PlainHost {
  private PlainHost() {}

  static String of(ConnectAddress address) {
    return address.host().replaceAll("^\\[|]$", "");
  }
}
