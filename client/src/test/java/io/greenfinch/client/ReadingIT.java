package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.message.Messages.Composing;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told of their messages: to which of their names it goes (specification §15.1, §24). */
final class ReadingIT extends MessagesScript {

    @Test
    void whoWritesByNumberIsToldByNumberUntilTheyWriteByLid() {
        FakeDevice bob = people.add(BOB_LID).start(fixture);
        write("W1", bob, BOB_PN, "sender_lid", BOB_LID);
        assertThat(readAndComposing("W1")).containsExactly(BOB_PN, BOB_PN);

        fixture.restart();
        fixture.awaitOnline();
        assertThat(readAndComposing("W1")).as("it is remembered").containsExactly(BOB_PN, BOB_PN);

        write("W2", bob, BOB_LID, "sender_pn", BOB_PN);
        assertThat(readAndComposing("W2")).containsExactly(BOB_LID, BOB_LID);
        fixture.restart();
        fixture.awaitOnline();
        assertThat(readAndComposing("W2")).containsExactly(BOB_LID, BOB_LID);
    }

    @Test
    void whoHasNoOtherNameIsToldByTheOneThatIsKnown() {
        FakeDevice bob = people.add(BOB_PN).start(fixture);
        server().send(written("N1", bob, BOB_PN).build());
        until(() -> told().size() == 1);
        assertThat(readAndComposing("N1")).containsExactly(BOB_PN, BOB_PN);
    }

    private void write(String id, FakeDevice from, Jid name, String otherName, Jid other) {
        int before = told().size();
        server().send(written(id, from, name).attribute(otherName, other).build());
        until(() -> told().size() > before);
        assertThat(told().getLast().message().chat()).isEqualTo(BOB_PN);
    }

    private static Node.Builder written(String id, FakeDevice from, Jid name) {
        return Node.element("message")
                .attribute("from", name)
                .attribute("id", id)
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(from.enc(text("hello")));
    }

    /** Where two stanzas go that are about what Bob wrote. */
    private List<Jid> readAndComposing(String id) {
        assertThat(fixture.session()
                        .messages()
                        .markRead(BOB_PN, Optional.empty(), List.of(id), fixture.soon())
                        .done())
                .hasValue(1);
        FakeConnection connection = server();
        long before = count(connection, "chatstate");
        fixture.session().messages().composing(BOB_PN, Composing.TEXT);
        until(() -> count(connection, "chatstate") > before);
        return List.of(
                last(connection, "receipt").orElseThrow(),
                last(connection, "chatstate").orElseThrow());
    }

    private static long count(FakeConnection connection, String tag) {
        return connection.received().stream()
                .filter(node -> node.tag().equals(tag))
                .count();
    }

    private static Optional<Jid> last(FakeConnection connection, String tag) {
        return connection.received().stream()
                .filter(node -> node.tag().equals(tag) && (tag.equals("chatstate") || node.is("type", "read")))
                .reduce((earlier, later) -> later)
                .flatMap(node -> node.jid("to"));
    }
}
