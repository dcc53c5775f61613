package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.FakeServer.Resuming;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.noise.CertificateAuthority;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What one connection teaches for the next: the server's key (specification §2.4) and where to go (§1.4). */
final class RouteIT extends ConnectionScript {

    private static final byte[] ROUTING = {1, 2, 3, 4};

    @Test
    void whoWasConnectedBeforeResumes() {
        assertThat(fixture.server.last().triedToResume())
                .as("the login after pairing knows nothing yet")
                .isFalse();

        FakeConnection resumed = reconnected();
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.loggingIn()).isTrue();
    }

    @Test
    void theKeyOutlivesTheProcess() {
        awaitStored(route -> route.server().isPresent());
        fixture.restart();
        fixture.awaitOnline();

        assertThat(fixture.server.last().resumed()).isTrue();
    }

    @Test
    void aServerThatTurnsItDownGetsTheFullHandshakeOnTheSameConnection() {
        fixture.server.resuming(Resuming.TURNED_DOWN);

        FakeConnection connection = reconnected();
        assertThat(connection.triedToResume()).isTrue();
        assertThat(connection.resumed()).isFalse();
        assertThat(fixture.server.connections()).hasSize(3);
    }

    @Test
    void aNewKeyOfTheServerTakesThePlaceOfTheOldOne() {
        fixture.server.identity(fixture.server.authority.rekeyed(fixture.clock.instant(), fixture.server.random));

        assertThat(reconnected().resumed()).isFalse();
        assertThat(reconnected().resumed()).isTrue();
        assertThat(fixture.server.connections()).hasSize(4);
    }

    /** It sees an ephemeral key, and answers as it always does. */
    @Test
    void aServerThatKnowsTheFullHandshakeAloneGetsItOnTheSameConnection() {
        fixture.server.resuming(Resuming.NOT_UNDERSTOOD);

        FakeConnection connection = reconnected();
        assertThat(connection.triedToResume()).isTrue();
        assertThat(connection.resumed()).isFalse();
        assertThat(fixture.server.connections()).hasSize(3);
    }

    @Test
    void aServerThatDoesNotResumeIsReachedAllTheSame() {
        fixture.server.resuming(Resuming.CUT);
        fixture.session().account().reconnect();
        until(() -> fixture.server.connections().size() == 4 || steppedOnline(4));
        fixture.awaitOnline();
        assertThat(fixture.server.connections().get(2).triedToResume()).isTrue();
        assertThat(fixture.server.last().triedToResume()).isFalse();

        assertThat(reconnected().triedToResume())
                .as("it is left in peace for a day")
                .isFalse();
        fixture.server.resuming(Resuming.ACCEPTED);
        fixture.timers.advance(Duration.ofDays(1));
        until(() -> steppedOnline(5));
        assertThat(reconnected().resumed()).isTrue();
    }

    @Test
    void anImpostorWhoseChainIsOfAnotherRootLearnsNothing() {
        CertificateAuthority impostor = CertificateAuthority.create(fixture.clock.instant(), fixture.server.random);
        fixture.server.identity(impostor);
        fixture.server.last().cut();

        until(() -> cause() == DisconnectCause.CERTIFICATE);
        assertThat(fixture.server.last().payload()).isNull();
        assertThat(fixture.session().account().status().linked()).isTrue();
    }

    @Test
    void aKeyUnderAnotherRootIsNotUsed() {
        awaitStored(route -> route.server().isPresent());
        fixture.server.identity(CertificateAuthority.create(fixture.clock.instant(), fixture.server.random));
        fixture.restart(ClientSettings.defaults(fixture.server.url(), fixture.server.identity.rootPublicKey()))
                .account()
                .start();
        fixture.awaitOnline();

        assertThat(fixture.server.last().triedToResume()).isFalse();
    }

    @Test
    void whereToGoIsToldAtTheNextConnect() {
        tellRouting(ROUTING);

        assertThat(reconnected().routingInfo()).isEqualTo(ROUTING);
        fixture.restart();
        fixture.awaitOnline();
        assertThat(fixture.server.last().routingInfo()).isEqualTo(ROUTING);
    }

    @Test
    void aWayThatLeadsNowhereIsNotTakenTwice() {
        tellRouting(ROUTING);
        fixture.server.breakRouted();
        fixture.session().account().reconnect();
        until(() -> steppedOnline(4));

        assertThat(fixture.server.connections().get(2).routingInfo()).isEqualTo(ROUTING);
        assertThat(fixture.server.last().routingInfo()).isEmpty();
        awaitStored(route -> route.routing().length == 0);
    }

    @Test
    void routingInformationThatIsNoneIsNotKept() {
        tellRouting(ROUTING);
        fixture.server.last().send(edgeRouting(Node.bytes("routing_info", new byte[5000])));
        fixture.server.last().send(edgeRouting(Node.empty("something")));

        assertThat(reconnected().routingInfo()).isEqualTo(ROUTING);
    }

    private void tellRouting(byte[] routing) {
        fixture.server.last().send(edgeRouting(Node.bytes("routing_info", routing)));
        awaitStored(route -> route.routing().length == routing.length);
    }

    private static Node edgeRouting(Node info) {
        return Node.element("ib")
                .attribute("from", Jid.SERVER)
                .child(Node.element("edge_routing").child(info))
                .build();
    }

    private void awaitStored(Predicate<Route> wanted) {
        until(() -> fixture.store
                .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, Credentials.KEY)
                .map(stored -> Credentials.of(stored).route())
                .filter(wanted)
                .isPresent());
    }

    private FakeConnection reconnected() {
        int before = fixture.server.connections().size();
        fixture.session().account().reconnect();
        until(() -> fixture.server.connections().size() > before);
        fixture.awaitOnline();
        return fixture.server.last();
    }

    /** Lets a second pass; true when the session is online on this connection or a later one. */
    private boolean steppedOnline(int connections) {
        fixture.timers.advance(Duration.ofSeconds(1));
        return fixture.server.connections().size() >= connections
                && fixture.session().account().status().online();
    }
}
