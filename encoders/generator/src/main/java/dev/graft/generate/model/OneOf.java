package dev.graft.generate.model;

import java.util.List;

/**
 * Fields of which one at most may be given.
 *
 * @param field the choice's name in the source
 * @param members names of fields in the source, as {@link Argument#field} has them
 */
public record OneOf(String field, Name name, Documentation documentation, List<String> members) {
  public OneOf {
    members = List.copyOf(members);
  }
}
