package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.device.DeviceList;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Device lists of others, and the one that we are no longer in (specification §13). */
final class DevicesIT extends ConnectionScript {

    private static final Jid BOB = Jid.pn("15550001002");

    @Test
    void aListIsAskedForOnceAndThenKeptUpToDate() {
        fixture.server.script(node -> node.is("xmlns", "usync") ? List.of(devicesOfBob(node, 0, 1)) : FakeServer.PASS);
        assertThat(devices()).containsExactly(0, 1);
        assertThat(devices()).containsExactly(0, 1);
        fixture.server
                .last()
                .send(notification("d1", "devices", BOB)
                        .child(Node.element("remove")
                                .child(Node.element("device").attribute("jid", BOB.withDevice(1))))
                        .build());
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "d1"));

        assertThat(devices()).containsExactly(0);
        assertThat(fixture.server.received().stream().filter(node -> node.is("xmlns", "usync")))
                .hasSize(1);
    }

    @Test
    void somebodyWithANewIdentityIsAskedAnew() {
        fixture.server.script(node -> node.is("xmlns", "usync") ? List.of(devicesOfBob(node, 0, 1)) : FakeServer.PASS);
        devices();
        fixture.server
                .last()
                .send(notification("i1", "encrypt", BOB)
                        .child(Node.empty("identity"))
                        .build());
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "i1"));
        devices();

        assertThat(fixture.server.received().stream().filter(node -> node.is("xmlns", "usync")))
                .hasSize(2);
    }

    @Test
    void whatTheServerDoesNotTellIsNotMadeUp() {
        fixture.server.script(node -> node.is("xmlns", "usync") ? List.of(devicesOfNobody(node)) : FakeServer.PASS);
        assertThat(fixture.session().devices().find(BOB, fixture.soon()))
                .isEqualTo(new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0));
        fixture.server.script(
                node -> node.is("xmlns", "usync") ? List.of(FakeConnection.error(node, 403)) : FakeServer.PASS);
        assertThat(fixture.session().devices().find(BOB, fixture.soon()))
                .isEqualTo(new Outcome.Refused<>(Refusal.OTHER, 403));
    }

    @Test
    void aListWithoutUsIsCheckedByALoginThatTellsTheTruth() {
        fixture.server.refuseLogin(
                Node.element("failure").attribute("reason", 401).build());
        tellOwnList("a1", 0);

        until(() -> !fixture.session().account().status().linked());
        assertThat(cause()).isEqualTo(DisconnectCause.UNLINKED);
        assertThat(fixture.server.received())
                .as("acknowledged before")
                .anyMatch(node -> node.tag().equals("ack") && node.is("id", "a1"));
        until(() -> fixture.sink.events.stream().anyMatch(SessionEvent.Unlinked.class::isInstance));
    }

    @Test
    void aListThatIsWrongAboutUsCostsALoginAndNothingElse() {
        tellOwnList("a1", 0);
        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();

        assertThat(fixture.session().account().status().linked()).isTrue();
    }

    @Test
    void ourOwnListIsKept() {
        int own = FakePhone.PN.device();
        tellOwnList("a1", 0, own);
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "a1"));

        Outcome<DeviceList> lookup = calling(() -> fixture.session().devices().find(FakePhone.PN, fixture.soon()))
                .join();
        assertThat(lookup.done().map(DeviceList::numbers)).hasValue(List.of(0, own));
    }

    private void tellOwnList(String id, int... numbers) {
        Node.Builder devices = Node.element("devices");
        for (int number : numbers) {
            devices.child(Node.element("device").attribute("jid", FakePhone.PN.withDevice(number)));
        }
        fixture.server
                .last()
                .send(notification(id, "account_sync", FakePhone.PN.account())
                        .child(devices)
                        .build());
    }

    private List<Integer> devices() {
        return fixture.session()
                .devices()
                .find(BOB, fixture.soon())
                .done()
                .map(DeviceList::numbers)
                .orElse(List.of());
    }

    private static Node.Builder notification(String id, String type, Jid from) {
        return Node.element("notification")
                .attribute("from", from)
                .attribute("type", type)
                .attribute("id", id);
    }

    private static Node devicesOfNobody(Node request) {
        return FakeConnection.result(request)
                .child(Node.element("usync").child(Node.empty("list")))
                .build();
    }

    private static Node devicesOfBob(Node request, int... numbers) {
        Node.Builder list = Node.element("device-list");
        for (int number : numbers) {
            list.child(Node.element("device").attribute("id", number));
        }
        return FakeConnection.result(request)
                .child(Node.element("usync")
                        .child(Node.element("list")
                                .child(Node.element("user")
                                        .attribute("jid", BOB)
                                        .child(Node.element("devices").child(list)))))
                .build();
    }
}
