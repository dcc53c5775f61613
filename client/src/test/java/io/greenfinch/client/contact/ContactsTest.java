package io.greenfinch.client.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which names people are asked for. */
class ContactsTest {

    private static final Jid GIVEN = Jid.pn("5521987654321");
    private static final Jid REAL = Jid.pn("552187654321");

    private final List<Node> asked = new ArrayList<>();
    private Function<Node, Answer> server = question -> told(GIVEN, "in", REAL);

    private final SteppedWire wire = new SteppedWire() {
        @Override
        public void send(Request request) {
            asked.add(request.stanza());
            request.send();
            request.complete(server.apply(request.stanza()));
        }
    };
    private final Contacts contacts = new Contacts(wire, new ProcessCache(), (one, other) -> {}, person -> person);

    private static Answer told(Jid number, String type, Jid name) {
        Node contact = Node.text("contact", "+" + number.user());
        Node.Builder user = Node.element("user")
                .attribute("jid", name)
                .child(contact.toBuilder().attribute("type", type));
        return new Answer.Result(Node.element("iq")
                .child(Node.element("usync").child(Node.element("list").child(user)))
                .build());
    }

    private Outcome<List<Jid>> canonical(Jid... people) {
        return contacts.canonical(List.of(people), wire.clock.instant().plusSeconds(25));
    }

    @Test
    void theOtherSpellingIsAskedForOnceADay() {
        Jid lid = Jid.lid("900000000000001");
        Jid plain = Jid.pn("15550001001");
        assertThat(canonical(plain, GIVEN, lid)).isEqualTo(new Outcome.Done<>(List.of(plain, REAL, lid)));
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Done<>(List.of(REAL)));
        assertThat(asked).hasSize(1);

        wire.clock.advance(Duration.ofDays(1));
        canonical(GIVEN);
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15550001001", "552133334444", "4915112345678", "5215", "54911234", "34612345678"})
    void numbersWithOneSpellingCostNothing(String number) {
        assertThat(canonical(Jid.pn(number))).isEqualTo(new Outcome.Done<>(List.of(Jid.pn(number))));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"552187654321", "5521987654321", "525512345678", "5215512345678", "541123456789", "5491123456789"})
    void numbersWithSeveralAreAskedFor(String number) {
        canonical(Jid.pn(number));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().toString()).contains("usync");
    }

    @Test
    void whomWhatsAppDoesNotKnowIsNamedAsGivenAndAskedForAgain() {
        server = question -> told(GIVEN, "out", REAL);
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Done<>(List.of(GIVEN)));
        server = question -> new Answer.Refused(403, "", Optional.empty());
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Done<>(List.of(GIVEN)));
        assertThat(asked).hasSize(2);
    }

    @Test
    void anAnswerAboutSomebodyElseIsNone() {
        server = question -> told(Jid.pn("5521999999999"), "in", Jid.pn("552199999999"));
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Done<>(List.of(GIVEN)));
    }

    /** The answer is a result all the same (specification §13). */
    @Test
    void whatGoesWrongInsideAnAnswerIsNoWordOfAnybody() {
        Instant soon = wire.clock.instant().plusSeconds(25);
        server = question -> failing("result", 429);
        assertThat(contacts.find(GIVEN, false, soon)).isEqualTo(new Outcome.Unknown<>(Silence.RATE_LIMITED));
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Unknown<>(Silence.RATE_LIMITED));
        server = question -> failing("user", 503);
        assertThat(contacts.find(GIVEN, false, wire.clock.instant().plusSeconds(25)))
                .isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
        server = question -> told(GIVEN, "in", REAL);
        Outcome<Registration> told =
                contacts.find(GIVEN, false, wire.clock.instant().plusSeconds(25));
        assertThat(told.done().map(Registration::registered)).hasValue(true);
    }

    private static Answer failing(String where, int code) {
        Node.Builder told = Node.element(where)
                .child(Node.element("contact").child(Node.element("error").attribute("code", code)));
        Node.Builder usync = where.equals("user")
                ? Node.element("usync").child(Node.element("list").child(told))
                : Node.element("usync").child(told).child(Node.empty("list"));
        return new Answer.Result(Node.element("iq").child(usync).build());
    }

    @Test
    void withoutAnAnswerNobodyIsNamed() {
        server = question -> new Answer.Refused(503, "", Optional.empty());
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
        server = question -> new Answer.Refused(429, "", Optional.empty());
        assertThat(canonical(GIVEN)).isEqualTo(new Outcome.Unknown<>(Silence.RATE_LIMITED));
    }
}
