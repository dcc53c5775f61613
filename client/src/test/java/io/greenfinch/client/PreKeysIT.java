package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The care for our keys at the server while the link lasts, and when it does not (specification §12). */
final class PreKeysIT extends ConnectionScript {

    @Test
    void howeverOftenTheServerAsksItGetsABatchInHalfAMinute() {
        for (int i = 0; i < 5; i++) {
            sayLow("n" + i);
        }
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "n4"));
        until(() -> uploads().size() == 1);
        sayLow("late");
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "late"));
        assertThat(uploads()).hasSize(1);

        fixture.timers.advance(Duration.ofSeconds(14));
        assertThat(uploads()).hasSize(1);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return uploads().size() == 2;
        });
        assertThat(ids(uploads())).as("no number twice").hasSize(100);
    }

    @Test
    void keysWhoseUploadMayHaveArrivedAreNotUploadedAgain() {
        fixture.server.script(node -> isUpload(node) ? List.of() : FakeServer.PASS);
        sayLow("n1");
        until(() -> uploads().size() == 1);
        fixture.server.script(node -> node.child("count").isPresent() ? counted(node, 0) : FakeServer.PASS);
        fixture.restart();
        fixture.awaitOnline();

        assertThat(uploads()).hasSize(2);
        assertThat(ids(uploads())).hasSize(100);
        assertThat(values(uploads())).hasSize(100);
        assertThat(stored(StateKind.PREKEY)).isEqualTo(ids(uploads()));
    }

    @Test
    void keysThatWereNotStoredAreNotUploaded() {
        awaitPlan();
        until(() -> credentials().groupsKnown()); // what else is stored after linking must not be the unit that is held
        CompletableFuture<Void> commit = fixture.sink.hold();
        sayLow("n1");
        until(() -> fixture.sink.units.getLast().stream().anyMatch(change -> change.kind() == StateKind.PREKEY));
        fixture.sink.letPass();
        commit.completeExceptionally(new IllegalStateException("disk full"));
        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();
        sayLow("n2");
        until(() -> uploads().size() == 1);

        assertThat(stored(StateKind.PREKEY)).isEqualTo(ids(uploads()));
    }

    @Test
    void theSignedPreKeyIsChangedAfterAMonthAndTheOldOneKept() {
        SignedPreKey old = credentials().device().signedPreKey();
        awaitPlan();
        fixture.clock.advance(Duration.ofDays(31));
        fixture.session().account().reconnect();
        Node rotate = fixture.awaitStanza(PreKeysIT::isRotation);

        SignedPreKey offered = credentials().device().signedPreKey();
        assertThat(offered.id()).isEqualTo(old.id() + 1);
        assertThat(signed(rotate).child("id").orElseThrow().content()).containsExactly(0, 0, 2);
        assertThat(signed(rotate).child("value").orElseThrow().content())
                .isEqualTo(offered.keys().publicKey());
        assertThat(SignedPreKey.verify(
                        credentials().device().identity().publicKey(),
                        signed(rotate).child("value").orElseThrow().content(),
                        signed(rotate).child("signature").orElseThrow().content()))
                .isTrue();
        assertThat(stored(StateKind.SIGNED_PREKEY)).containsExactly(Integer.toString(old.id()));
        until(() -> credentials().care().confirmed());
        assertThat(credentials().care().rotateAt())
                .isAfter(fixture.clock.instant().plus(Duration.ofDays(26)));
    }

    @Test
    void aLinkThatLastsChangesItToo() {
        awaitPlan();
        fixture.clock.advance(Duration.ofDays(31));
        fixture.timers.advance(Duration.ofSeconds(15));

        fixture.awaitStanza(PreKeysIT::isRotation);
    }

    @Test
    void aNewSignedPreKeyIsStoredBeforeItIsOffered() {
        awaitPlan();
        fixture.clock.advance(Duration.ofDays(31));
        CompletableFuture<Void> commit = fixture.sink.hold();
        fixture.timers.advance(Duration.ofSeconds(15));
        until(() -> fixture.sink.units.getLast().stream().anyMatch(change -> change.kind() == StateKind.SIGNED_PREKEY));
        assertThat(fixture.server.received()).noneMatch(PreKeysIT::isRotation);
        fixture.sink.letPass();
        commit.complete(null);

        fixture.awaitStanza(PreKeysIT::isRotation);
    }

    @Test
    void aSignedPreKeyThatMayNotHaveArrivedIsOfferedAgain() {
        fixture.server.script(node -> isRotation(node) ? List.of() : FakeServer.PASS);
        awaitPlan();
        fixture.clock.advance(Duration.ofDays(31));
        fixture.session().account().reconnect();
        Node first = fixture.awaitStanza(PreKeysIT::isRotation);
        fixture.server.script(node -> FakeServer.PASS);
        fixture.restart();
        until(() -> rotations().size() == 2);

        assertThat(signed(rotations().getLast())).isEqualTo(signed(first));
        until(() -> credentials().care().confirmed());
    }

    @ParameterizedTest
    @ValueSource(ints = {406, 409})
    void aServerThatTakesUsForSomebodyElseIsAskedWhatItHas(int code) {
        fixture.server.script(node -> {
            if (isRotation(node)) {
                return List.of(FakeConnection.error(node, code));
            }
            return node.child("digest").isPresent() ? List.of(FakeConnection.error(node, 404)) : FakeServer.PASS;
        });
        awaitPlan();
        fixture.clock.advance(Duration.ofDays(31));
        fixture.session().account().reconnect();

        Node upload = fixture.awaitStanza(PreKeysIT::isUpload);
        assertThat(upload.child("skey").orElseThrow().child("id").orElseThrow().content())
                .containsExactly(0, 0, 2);
        assertThat(rotations()).as("not offered at once again").hasSize(1);
    }

    @Test
    void whatTheServerHasIsComparedAndLeftWhenItIsRight() {
        sayLow("n1");
        Node upload = fixture.awaitStanza(PreKeysIT::isUpload);
        fixture.server.script(node -> node.child("digest").isPresent()
                ? List.of(FakeConnection.result(node)
                        .child(ServerKeys.digest(upload))
                        .build())
                : FakeServer.PASS);
        compareAfterTenDays();
        until(() -> credentials().care().compareAt().isAfter(fixture.clock.instant()));

        assertThat(uploads()).hasSize(1);
    }

    @Test
    void aServerWithOtherKeysGetsNewOnes() {
        sayLow("n1");
        Node upload = fixture.awaitStanza(PreKeysIT::isUpload);
        fixture.server.script(node -> node.child("digest").isPresent()
                ? List.of(FakeConnection.result(node)
                        .child(ServerKeys.digest(ServerKeys.ofSomebodyElse(upload)))
                        .build())
                : FakeServer.PASS);
        compareAfterTenDays();

        until(() -> uploads().size() == 2);
        assertThat(ids(uploads())).hasSize(100);
    }

    @Test
    void somebodyElsesNewIdentityIsTold() {
        Jid bob = new Jid("15550001002", 0, Jid.USERS, 0);
        fixture.server
                .last()
                .send(notification("i1")
                        .attribute("from", bob)
                        .child(Node.empty("identity"))
                        .build());

        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "i1"));
        assertThat(fixture.sink.events)
                .anyMatch(event -> event instanceof SessionEvent.IdentityChanged changed
                        && changed.account().equals(bob));
    }

    private void compareAfterTenDays() {
        awaitPlan();
        fixture.clock.advance(Duration.ofDays(10));
        fixture.session().account().reconnect();
        fixture.awaitStanza(node -> node.child("digest").isPresent());
    }

    private void awaitPlan() {
        until(() -> credentials().care().planned());
    }

    private Credentials credentials() {
        return fixture.store
                .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, Credentials.KEY)
                .map(Credentials::of)
                .orElseThrow();
    }

    private Set<String> stored(StateKind kind) {
        return fixture.store.load(SessionFixture.INSTANCE, kind).keySet();
    }

    private void sayLow(String id) {
        fixture.server
                .last()
                .send(notification(id)
                        .attribute("from", Jid.SERVER)
                        .child(Node.element("count").attribute("value", 3))
                        .build());
    }

    private static Node.Builder notification(String id) {
        return Node.element("notification").attribute("type", "encrypt").attribute("id", id);
    }

    private List<Node> uploads() {
        return fixture.server.received().stream().filter(PreKeysIT::isUpload).toList();
    }

    private List<Node> rotations() {
        return fixture.server.received().stream().filter(PreKeysIT::isRotation).toList();
    }

    private static Node signed(Node rotation) {
        return rotation.child("rotate").orElseThrow().child("skey").orElseThrow();
    }

    private static boolean isUpload(Node node) {
        return node.is("xmlns", "encrypt") && node.child("list").isPresent();
    }

    private static boolean isRotation(Node node) {
        return node.is("xmlns", "encrypt") && node.child("rotate").isPresent();
    }

    private static List<Node> counted(Node request, int count) {
        return List.of(FakeConnection.result(request)
                .child(Node.element("count").attribute("value", count))
                .build());
    }

    private static Set<String> ids(List<Node> uploads) {
        Set<String> ids = new HashSet<>();
        uploads.forEach(upload -> ServerKeys.ids(upload).forEach(id -> ids.add(Integer.toString(id))));
        return ids;
    }

    private static Set<String> values(List<Node> uploads) {
        Set<String> values = new HashSet<>();
        uploads.forEach(upload -> ServerKeys.values(upload).forEach(values::add));
        return values;
    }
}
