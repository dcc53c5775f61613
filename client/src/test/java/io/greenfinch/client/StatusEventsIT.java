package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.StatusChanged;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.session.Unlink;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host is told of a session's status, and with which changes. */
@Timeout(60)
final class StatusEventsIT {

    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void credentialsAreStoredWithTheStatusOfALinkedAccount() {
        fixture.linked();

        assertThat(fixture.sink.units.getFirst())
                .anyMatch(change -> change instanceof Change.Put put && put.kind() == StateKind.CREDENTIALS);
        assertThat(statuses(fixture.sink.eventsOfUnits.getFirst()))
                .singleElement()
                .satisfies(told -> assertThat(told.phase()).isEqualTo(Phase.CONNECTING))
                .satisfies(told -> assertThat(told.account())
                        .isEqualTo(fixture.session().account().status().account()));
    }

    @Test
    void nobodyIsShownAsLinkedBeforeThatIsStored() {
        CompletableFuture<Void> held = scanHeld();
        assertThat(fixture.session().account().status().linked()).isFalse();

        held.complete(null);
        until(() -> fixture.session().account().status().linked());
        assertThat(fixture.sink.statuses.stream().filter(SessionStatus::linked))
                .as("told once, with the credentials")
                .hasSize(1);
    }

    @Test
    void theStateIsClearedWithTheStatusOfAnUnlinkedAccount() {
        fixture.linked();
        fixture.server
                .last()
                .send(Node.element("stream:error")
                        .attribute("code", 401)
                        .child(Node.element("conflict").attribute("type", "device_removed"))
                        .build());
        until(() -> fixture.store
                .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self")
                .isEmpty());

        // What came just before may be stored in the same unit.
        assertThat(fixture.sink.units.getLast()).endsWith(Unlink.CLEARED.toArray(Change[]::new));
        assertThat(statuses(fixture.sink.eventsOfUnits.getLast()))
                .extracting(SessionStatus::phase)
                .endsWith(Phase.UNLINKED);
        assertThat(fixture.sink.statuses)
                .as("told with the deletion, and not before")
                .filteredOn(status -> status.phase() == Phase.UNLINKED)
                .hasSize(1);
    }

    @Test
    void aSessionThatIsLoadedAnewTellsWhereItStands() {
        CompletableFuture<Void> lost = scanHeld();
        fixture.sink.letPass();
        lost.completeExceptionally(new IllegalStateException("disk full"));

        until(() -> fixture.sink.statuses.getLast().phase() == Phase.UNLINKED);
        assertThat(fixture.sink.statuses.getLast())
                .isEqualTo(fixture.session().account().status());
        assertThat(fixture.sink.statuses.getLast().lastDisconnect())
                .map(SessionStatus.Disconnect::cause)
                .hasValue(DisconnectCause.STORE);
    }

    /** A phone has accepted us, and that is on its way to the store. */
    private CompletableFuture<Void> scanHeld() {
        CompletableFuture<Void> held = fixture.sink.hold();
        PairingCode.Code code = (PairingCode.Code) fixture.session().account().pairingCode(fixture.soon());
        fixture.server.last().send(fixture.server.phone.pairSuccess(code.text(), fixture.clock.instant()));
        until(() -> fixture.sink.units.size() == 1);
        return held;
    }

    private static List<SessionStatus> statuses(List<SessionEvent> events) {
        return events.stream()
                .filter(StatusChanged.class::isInstance)
                .map(event -> ((StatusChanged) event).status())
                .toList();
    }
}
