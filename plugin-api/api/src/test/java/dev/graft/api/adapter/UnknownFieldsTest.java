package dev.graft.api.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.api.FixedHost;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.MalformedExtensionException;
import dev.graft.spi.NewerExtensionException;
import drift.known.Flat;
import drift.known.LoosePaint;
import drift.known.Paint;
import drift.known.Report;
import drift.newer.Color;
import drift.newer.Leaf;
import drift.newer.Loose;
import drift.newer.Newer2;
import drift.newer.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

/** Messages of a newer client, as a plugin reads them that knows {@code drift.known}. */
class UnknownFieldsTest {
  private static final UnknownFieldSet OF_TOMORROW = unknown(7_777);
  private static final Relation INPUT = Relation.newBuilder().setUnknownFields(OF_TOMORROW).build();

  /** A plugin that keeps what it gets. */
  private static final class Keeping<M extends Message> implements RelationPlugin<M> {
    private final Class<M> type;
    private final List<M> got = new ArrayList<>();

    Keeping(Class<M> type) {
      this.type = type;
    }

    @Override
    public Class<M> messageType() {
      return type;
    }

    @Override
    public Optional<Relation> transform(M message, PlanningContext context) {
      got.add(message);
      return Optional.of(Relation.getDefaultInstance());
    }
  }

  private static UnknownFieldSet unknown(int... numbers) {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    for (int number : numbers) {
      fields.addField(number, UnknownFieldSet.Field.newBuilder().addVarint(1).build());
    }
    return fields.build();
  }

  /** What the plugin gets of a client's message. */
  private static <M extends Message> M received(Class<M> type, Message sent) {
    return received(type, sent.toByteArray());
  }

  private static <M extends Message> M received(Class<M> type, byte[] sent) {
    Keeping<M> plugin = new Keeping<>(type);
    try {
      new TypedPluginAdapter()
          .adapt(plugin)
          .orElseThrow()
          .answer(
              new Extension(
                  ExtensionKind.RELATION, "type.googleapis.com/drift", ByteBuffer.wrap(sent)),
              new FixedHost());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return plugin.got.get(0);
  }

  private static void assertNewer(Class<? extends Message> type, Message sent, String... texts) {
    assertThatThrownBy(() -> received(type, sent))
        .isInstanceOf(NewerExtensionException.class)
        .hasMessageContainingAll(texts);
  }

  private static drift.newer.Report.Builder report() {
    return drift.newer.Report.newBuilder().setInput(INPUT);
  }

  private static Leaf newerLeaf() {
    return Leaf.newBuilder().setWeight(3).build();
  }

  private static Part newerPart() {
    return Part.newBuilder().setName("p").setLeaf(newerLeaf()).build();
  }

  @Test
  void aFieldThatThePluginDoesNotKnowIsRefusedByItsNumber() {
    assertThatThrownBy(
            () -> received(Flat.class, drift.newer.Flat.newBuilder().setStrict(true).build()))
        .isInstanceOf(NewerExtensionException.class)
        .hasMessage(
            "The client sends field 7 of drift.known.Flat, which the server's plugin does not know. The plugin is older than"
                + " the client: update the plugin, or send the message without. A message whose unknown fields may be"
                + " ignored says so by (graft.ignores_unknown_fields).");
    assertNewer(
        Flat.class,
        drift.newer.Flat.newBuilder()
            .setName("n")
            .setStrict(true)
            .addMore("a")
            .addMore("b")
            .build(),
        "fields 7, 8 of drift.known.Flat");
  }

  @Test
  void aNewerClientThatUsesNothingNewIsServed() {
    assertThat(
            received(
                Flat.class, drift.newer.Flat.newBuilder().setName("n").setStrict(false).build()))
        .isEqualTo(Flat.newBuilder().setName("n").build());
    assertThat(
            received(Report.class, report().setPart(Part.newBuilder().setName("p")).build())
                .getPart()
                .getName())
        .isEqualTo("p");
  }

  @Test
  void noMoreNumbersAreNamedThanCanBeRead() {
    assertNewer(
        Flat.class,
        Flat.newBuilder().setUnknownFields(unknown(101, 102, 103, 104, 105, 106, 107)).build(),
        "fields 101, 102, 103, 104, 105 and 2 more of drift.known.Flat");
  }

  @Test
  void aFieldThatHasBeenReservedSinceIsThatOfAnOlderClient() {
    assertThatThrownBy(
            () -> received(Flat.class, drift.newer.Flat.newBuilder().setRetired("r").build()))
        .isInstanceOf(NewerExtensionException.class)
        .hasMessage(
            "The client sends field 4 of drift.known.Flat, which the server's plugin has no more: reserved. The client is older"
                + " than the plugin: generate it anew, or send the message without.");
    assertNewer(
        Flat.class,
        drift.newer.Flat.newBuilder().setRetired("r").setStrict(true).build(),
        "field 7 of drift.known.Flat");
  }

  @Test
  void messagesInsideAreLookedAtWhereverTheyStand() {
    String leaf = "field 9 of drift.known.Leaf";
    assertNewer(Report.class, report().setPart(newerPart()).build(), leaf);
    assertNewer(
        Report.class,
        report().addParts(Part.getDefaultInstance()).addParts(newerPart()).build(),
        leaf);
    assertNewer(
        Report.class,
        report().putByName("a", Part.getDefaultInstance()).putByName("b", newerPart()).build(),
        leaf);
    assertNewer(Report.class, report().setChosen(newerPart()).build(), leaf);
    assertNewer(
        Report.class,
        report().setInner(report().setInner(report().setPart(newerPart()))).build(),
        leaf);
    assertNewer(
        Report.class,
        report().setOfAnotherKind(newerLeaf()).build(),
        "field 12 of drift.known.Report");
  }

  @Test
  void whatIsKnownEverywhereIsServed() {
    Report known =
        Report.newBuilder()
            .setInput(Relation.newBuilder().setLimit(Limit.newBuilder().setLimit(3)))
            .setPart(
                drift.known.Part.newBuilder().setLeaf(drift.known.Leaf.newBuilder().setName("l")))
            .addParts(drift.known.Part.newBuilder().addSizes(7))
            .putByName("p", drift.known.Part.getDefaultInstance())
            .putWords("w", "v")
            .setInner(Report.newBuilder().setWord("w"))
            .build();

    assertThat(received(Report.class, known)).isEqualTo(known);
  }

  @Test
  void messagesOfConnectAndProtobufAreOthersMatter() {
    Report sent =
        Report.newBuilder()
            .setInput(INPUT)
            .setAt(Timestamp.newBuilder().setUnknownFields(OF_TOMORROW))
            .setAny(Any.pack(Flat.newBuilder().setUnknownFields(OF_TOMORROW).build()))
            .build();

    assertThat(received(Report.class, sent)).isEqualTo(sent);
    assertThat(received(Relation.class, INPUT)).isEqualTo(INPUT);
    StringValue text = StringValue.newBuilder().setUnknownFields(OF_TOMORROW).build();
    assertThat(received(StringValue.class, text)).isEqualTo(text);
    assertThat(
            received(
                    StringValue.class,
                    StringValue.newBuilder().setUnknownFields(unknown(1)).build())
                .getValue())
        .isEmpty();
    assertThat(
            received(Any.class, Flat.newBuilder().setUnknownFields(OF_TOMORROW).build()).getValue())
        .isNotEqualTo(ByteString.EMPTY);
  }

  @Test
  void aMessageMayIgnoreWhatItDoesNotKnowAndSpeaksForItselfAlone() {
    Loose.Builder loose = Loose.newBuilder().setName("n").setSlack(1);

    assertThat(received(Report.class, report().setLoose(loose).build()).getLoose().getName())
        .isEqualTo("n");
    assertThat(received(drift.known.Loose.class, loose.build()).getName()).isEqualTo("n");
    assertNewer(
        Report.class,
        report().setLoose(loose.setLeaf(newerLeaf())).build(),
        "field 9 of drift.known.Leaf");
  }

  @Test
  void aKnownFieldInAnotherFormIsNoSuchMessage() {
    assertThatThrownBy(
            () ->
                received(
                    Report.class,
                    report().setPart(Part.newBuilder().setSizes("not varints \u00ff")).build()))
        .isInstanceOf(MalformedExtensionException.class);
    assertThatThrownBy(
            () -> received(Flat.class, Flat.newBuilder().setUnknownFields(unknown(2)).build()))
        .isInstanceOf(MalformedExtensionException.class)
        .hasMessage(
            "The client sends field 2 (data) of drift.known.Flat in a form that is not that of bytes.");
    assertThatThrownBy(
            () ->
                received(
                    drift.known.Loose.class,
                    drift.known.Loose.newBuilder().setUnknownFields(unknown(1)).build()))
        .isInstanceOf(MalformedExtensionException.class)
        .hasMessageContaining("field 1 (name) of drift.known.Loose");
  }

  @Test
  void aValueThatAClosedEnumDoesNotHaveIsThatOfANewerClient() {
    assertThatThrownBy(
            () ->
                received(Paint.class, drift.newer.Paint.newBuilder().setColor(Color.BLUE).build()))
        .isInstanceOf(NewerExtensionException.class)
        .hasMessage(
            "The client sends the value 2 in field 1 (color) of drift.known.Paint, and the server's plugin knows no such value of"
                + " drift.known.Color. The plugin is older than the client: update the plugin, or send another value.");
    assertNewer(
        Paint.class,
        drift.newer.Paint.newBuilder().addColors(Color.RED).addColors(Color.BLUE).build(),
        "the value 2 in field 2 (colors)");
    assertNewer(
        Paint.class,
        drift.newer.Paint.newBuilder().addPacked(Color.BLUE).build(),
        "the value 2 in field 3 (packed)");
    assertNewer(
        Paint.class,
        drift.newer.Paint.newBuilder().putByName("sky", Color.BLUE).build(),
        "the value 2 in field 5 (by_name)");
  }

  @Test
  void aMessageThatIgnoresFieldsDoesNotTakeAnotherValueForNone() {
    assertThat(
            received(LoosePaint.class, drift.newer.LoosePaint.newBuilder().setGloss("g").build())
                .hasColor())
        .isFalse();
    assertNewer(
        LoosePaint.class,
        drift.newer.LoosePaint.newBuilder().setColor(Color.BLUE).build(),
        "the value 2 in field 1 (color) of drift.known.LoosePaint");
  }

  @Test
  void groupsAreMessagesInsideAndExtensionsAreForThoseWhoRegisterThem() {
    assertNewer(
        Paint.class,
        drift.newer.Paint.newBuilder()
            .setCoat(drift.newer.Paint.Coat.newBuilder().setThickness(2))
            .build(),
        "field 2 of drift.known.Paint.Coat");
    Paint extended =
        received(
            Paint.class, drift.newer.Paint.newBuilder().setExtension(Newer2.shade, "dark").build());
    assertThat(extended.getUnknownFields().hasField(100)).isTrue();
  }
}
