package io.greenfinch.client.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureUpdateTest {

    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Jid BOB = Jid.lid("900000000000002");

    private static Optional<PictureUpdate> parse(Node.Builder child) {
        return PictureUpdate.parse(Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "picture")
                .child(child)
                .build());
    }

    @Test
    void aNewPictureHasAnAuthorAndAnId() {
        Node.Builder set = Node.element("set")
                .attribute("jid", GROUP)
                .attribute("id", "17954")
                .attribute("author", BOB);
        assertThat(parse(set))
                .hasValue(
                        new PictureUpdate(GROUP, Person.of(Optional.of(BOB), Optional.empty()), Optional.of("17954")));
    }

    @Test
    void aRemovalHasNoId() {
        Node.Builder delete = Node.element("delete").attribute("jid", BOB).attribute("id", "1");
        assertThat(parse(delete)).hasValue(new PictureUpdate(BOB, Optional.empty(), Optional.empty()));
    }

    @Test
    void withoutAJidTheSenderIsMeant() {
        assertThat(parse(Node.element("set").attribute("id", "1")))
                .map(PictureUpdate::subject)
                .hasValue(GROUP);
    }

    @Test
    void whatTellsTooLittleIsNoUpdate() {
        assertThat(parse(Node.element("set").attribute("jid", GROUP))).isEmpty();
        assertThat(parse(Node.element("set").attribute("hash", "x+y"))).isEmpty();
        assertThat(parse(Node.element("request").attribute("jid", GROUP))).isEmpty();
        assertThat(PictureUpdate.parse(Node.element("notification")
                        .attribute("from", Jid.SERVER)
                        .child(Node.empty("delete"))
                        .build()))
                .isEmpty();
        assertThat(PictureUpdate.parse(Node.empty("notification"))).isEmpty();
    }
}
