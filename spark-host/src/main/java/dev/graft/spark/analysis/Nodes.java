package dev.graft.spark.analysis;

import java.util.ArrayList;
import java.util.List;
import scala.Enumeration;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Converts between Java's lists and Scala's. */
final class Nodes {
  private Nodes() {}

  static <T> Seq<T> list() {
    return list(List.of());
  }

  static <T> Seq<T> list(List<? extends T> elements) {
    return CollectionConverters.<T>asScala(new ArrayList<T>(elements)).toVector();
  }

  static <T> List<T> list(scala.collection.Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  static Seq<Enumeration.Value> pattern(Enumeration.Value pattern) {
    return list(List.of(pattern));
  }
}
