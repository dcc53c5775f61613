package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionEvent.MessageAccepted;
import io.greenfinch.client.SessionEvent.NumberSpelled;
import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.OwnSenderKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Messages to people with devices of their own, stanza by stanza (specification §14, §15.3). */
final class MessagesIT extends MessagesScript {

    @Test
    void anAcknowledgementWithOurOwnHashTellsNothingNew() {
        people.add(BOB_LID);
        people.taking(sent -> List.of(FakePeople.acknowledgement(sent)
                .attribute("phash", sent.attribute("phash").orElseThrow())
                .build()));
        send("P1", group, "one");
        send("P2", group, "two");
        assertThat(questions()).isEqualTo(1);

        people.taking(sent -> List.of(FakePeople.acknowledgement(sent)
                .attribute("phash", "2:AAAAAAAA")
                .build()));
        send("P3", group, "three");
        send("P4", group, "four");
        assertThat(questions()).as("theirs are others").isEqualTo(2);
    }

    @Test
    void aPassingErrorIsNoWordAboutAPerson() {
        people.add(BOB_PN);
        AtomicInteger lists = new AtomicInteger();
        AtomicInteger bundles = new AtomicInteger();
        fixture.server.script(request -> {
            if (request.is("xmlns", "usync") && request.toString().contains(BOB_PN.toString())) {
                return lists.incrementAndGet() == 1 ? List.of(listError(request, 503)) : people.answer(request);
            }
            if (request.is("xmlns", "encrypt") && request.child("key").isPresent()) {
                return bundles.incrementAndGet() == 1 ? List.of(bundleError(request, 500)) : people.answer(request);
            }
            return people.answer(request);
        });
        Outcome<SentMessage> sent = passing(() -> sending("E1", BOB_PN, "hello"));

        assertThat(sent.done()).isPresent();
        assertThat(lists).hasValue(2);
        assertThat(bundles).hasValue(2);
    }

    @Test
    void whatWhatsAppCanNotTakeNowIsSentLaterAndWhatItRefusesIsNot() {
        people.add(BOB_PN);
        AtomicInteger asked = new AtomicInteger();
        people.taking(sent -> List.of(
                asked.incrementAndGet() < 3
                        ? FakePeople.acknowledgement(sent)
                                .attribute("error", 503)
                                .build()
                        : FakePeople.taken(sent)));
        assertThat(passing(() -> sending("S1", BOB_PN, "hello")).done()).isPresent();
        assertThat(Set.copyOf(messages("S1"))).as("the same bytes").hasSize(1);

        people.taking(sent ->
                List.of(FakePeople.acknowledgement(sent).attribute("error", 552).build()));
        assertThat(sending("S2", BOB_PN, "again")).isEqualTo(new Outcome.Refused<>(Refusal.OTHER, 552));
        assertThat(messages("S2")).hasSize(1);
    }

    @Test
    void whoHasSeveralWaysToWriteTheirNumberGetsOneMessageAgainToo() {
        Jid ana = Jid.pn("551187654321");
        FakeDevice phone = people.add(ana);
        people.spell("5511987654321", ana);
        send("B1", Jid.pn("5511987654321"), "oi");
        assertThat(message("B1").jid("to")).hasValue(ana);
        assertThat(fixture.session().people().shown(Jid.pn("5511987654321")))
                .as("she is the same")
                .isEqualTo(ana);
        assertThat(fixture.sink.events)
                .anyMatch(event -> event instanceof NumberSpelled spelled
                        && spelled.given().equals(Jid.pn("5511987654321"))
                        && spelled.number().equals(ana));

        askAgain("B1", ana, ana);
        until(() -> messages("B1").size() == 2);
        assertThat(phone.read(messages("B1").getLast().child("enc").orElseThrow()))
                .isEqualTo(text("oi"));

        people.taking(sent -> List.of(
                messages("B2").size() == 1
                        ? FakePeople.acknowledgement(sent)
                                .attribute("error", 479)
                                .build()
                        : FakePeople.taken(sent)));
        long before = questions();
        FakeDevice companion = people.add(ana.withDevice(1));
        send("B2", Jid.pn("5511987654321"), "e de novo");
        assertThat(questions()).as("their devices and ours are asked for anew").isEqualTo(before + 2);
        assertThat(read(companion, messages("B2").getLast())).isEqualTo("e de novo");
    }

    @Test
    void aGroupsMessageIsToldThoughWhatCameBesideItCanNotBeRead() {
        FakeDevice bob = people.add(BOB_LID).start(fixture);
        OwnSenderKey key = OwnSenderKey.generate(new SecureRandom());
        Encrypted<OwnSenderKey> first =
                key.encrypt(MessageEnvelope.seal(text("one"), new SecureRandom()), new SecureRandom());
        server().send(inGroup("K1", bob.enc(MessageEnvelope.groupKey(group, key.distribution())), first));
        until(() -> told().size() == 1);

        Encrypted<OwnSenderKey> second =
                first.state().encrypt(MessageEnvelope.seal(text("two"), new SecureRandom()), new SecureRandom());
        Node broken = Node.element("enc")
                .attribute("v", 2)
                .attribute("type", "msg")
                .bytes(new byte[] {1, 2, 3})
                .build();
        server().send(inGroup("K2", broken, second));
        until(() -> told().size() == 2);
        assertThat(told().getLast().message().content().map(MessageEnvelope::content))
                .hasValue(text("two"));

        server().send(inGroup("K2", broken, second)); // WhatsApp tells it once more
        until(() -> fixture.server.received().stream().filter(ack("K2")).count() == 2);
        assertThat(received(node -> node.is("type", "retry"))).isFalse();
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.UNREADABLE))
                .isEmpty();
    }

    @Test
    void ourOwnNewDeviceGetsCopiesWhateverTheChatIsCalled() {
        people.add(BOB_LID);
        send("O1", BOB_LID, "one");
        FakeDevice other = people.add(FakePhone.LID.withDevice(2));
        Node.Builder devices = Node.element("devices");
        for (int number : List.of(1, 2)) {
            devices.child(Node.element("device").attribute("jid", FakePhone.PN.withDevice(number)));
        }
        server().send(Node.element("notification")
                .attribute("from", FakePhone.PN.account())
                .attribute("type", "account_sync")
                .attribute("id", "a1")
                .child(devices)
                .build());
        fixture.awaitStanza(ack("a1"));
        send("O2", BOB_LID, "two");

        Node copy = FakePeople.encFor(message("O2"), other.address).orElseThrow();
        assertThat(other.read(copy)).isEqualTo(text("two"));
    }

    @Test
    void whatWhatsAppHasTakenIsNotSentOnceMoreWhileThatIsBeingStored() {
        people.add(BOB_PN);
        send("T0", BOB_PN, "before");
        AtomicReference<CompletableFuture<Void>> commit = new AtomicReference<>(new CompletableFuture<>());
        people.taking(sent -> {
            commit.set(fixture.sink.hold());
            return List.of(FakePeople.taken(sent));
        });
        Outcome<SentMessage> unknown = new Outcome.Unknown<>(Silence.UNKNOWN);
        assertThat(passing(() -> sending("T1", BOB_PN, "once"))).isEqualTo(unknown);
        assertThat(passing(() -> sending("T1", BOB_PN, "once"))).isEqualTo(unknown);
        assertThat(messages("T1")).hasSize(1);

        fixture.sink.letPass();
        commit.get().complete(null);
        people.taking(sent -> List.of(FakePeople.taken(sent)));
        send("T2", BOB_PN, "after");
        assertThat(fixture.sink.events)
                .anyMatch(event -> event instanceof MessageAccepted accepted
                        && accepted.id().equals("T1"));
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.OUTGOING))
                .as("nothing is left to be sent again")
                .isEmpty();
    }

    /** What is read after a failure is not older than what is on its way to the store. */
    @Test
    void noKeyIsUsedTwiceThoughTheStateIsLoadedAnewWhileAMessageIsBeingStored() {
        Jid carol = Jid.pn("15550001003");
        people.add(BOB_PN);
        people.add(carol);
        FakeDevice own = people.add(FakePhone.PN.account());
        send("U0", BOB_PN, "zero");
        send("V0", carol, "zero");
        own.read(FakePeople.encFor(message("U0"), own.address).orElseThrow());
        own.read(FakePeople.encFor(message("V0"), own.address).orElseThrow());

        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        CompletableFuture<Outcome<SentMessage>> first = calling(() -> sending("U1", BOB_PN, "one"));
        until(() -> fixture.sink.units.size() > units);
        fixture.clock.failOnce();
        fixture.session().account().reconnect();
        until(() -> cause() == DisconnectCause.PROTOCOL);
        CompletableFuture<Outcome<SentMessage>> second = calling(() -> sending("V1", carol, "two"));
        await().during(Duration.ofMillis(200)).until(() -> !first.isDone() && !second.isDone());

        fixture.sink.letPass();
        commit.complete(null);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(200));
            return first.isDone() && second.isDone();
        });
        fixture.awaitOnline();
        for (String again : List.of("U1", "V1")) {
            if (messages(again).isEmpty()) {
                send(again, again.equals("U1") ? BOB_PN : carol, again.equals("U1") ? "one" : "two");
            }
        }
        assertThat(own.read(FakePeople.encFor(message("U1"), own.address).orElseThrow()))
                .isEqualTo(text("one"));
        assertThat(own.read(FakePeople.encFor(message("V1"), own.address).orElseThrow()))
                .isEqualTo(text("two"));
    }

    private DisconnectCause cause() {
        return fixture.session()
                .account()
                .status()
                .lastDisconnect()
                .map(Disconnect::cause)
                .orElse(DisconnectCause.CLOSED_BY_US);
    }

    private Node inGroup(String id, Node pairwise, Encrypted<OwnSenderKey> shared) {
        return Node.element("message")
                .attribute("from", group)
                .attribute("participant", BOB_LID)
                .attribute("participant_pn", BOB_PN)
                .attribute("addressing_mode", "lid")
                .attribute("id", id)
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(pairwise)
                .child(Node.element("enc")
                        .attribute("v", 2)
                        .attribute("type", "skmsg")
                        .bytes(shared.message().bytes()))
                .build();
    }

    private static Node listError(Node request, int code) {
        return FakeConnection.result(request)
                .child(Node.element("usync")
                        .child(Node.element("list")
                                .child(Node.element("user")
                                        .attribute("jid", BOB_PN)
                                        .child(Node.element("devices")
                                                .child(Node.element("error").attribute("code", code))))))
                .build();
    }

    private static Node bundleError(Node request, int code) {
        return FakeConnection.result(request)
                .child(Node.element("list")
                        .child(Node.element("user")
                                .attribute("jid", BOB_PN)
                                .child(Node.element("error").attribute("code", code))))
                .build();
    }
}
