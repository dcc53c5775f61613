package io.greenfinch.interop.scenario;

import static io.greenfinch.interop.scenario.EngineAmongPeers.DEADLINE;
import static io.greenfinch.interop.scenario.EngineAmongPeers.awaitText;
import static io.greenfinch.interop.scenario.EngineAmongPeers.jid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.peer.PeerEvent.Sealed;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.peer.PeerRefusedException;
import io.greenfinch.interop.service.Engine;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who can read a group's messages after somebody has left it, or come back (specification §11.5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class FormerMembersIT {

    private static final String SCENARIOS = "io.greenfinch.interop.scenario.Casting#clientsAndModes";

    private EngineAmongPeers all;
    private SimulatorAdmin admin;
    private Engine engine;
    private Cast cast;

    @BeforeAll
    void link() {
        all = EngineAmongPeers.link();
        admin = all.admin();
        engine = all.engine();
        cast = all.cast();
    }

    @AfterAll
    void stop() {
        all.close();
    }

    /** Somebody gets hold of what goes to a group after they have left, and has kept their keys. */
    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void whoHasLeftCanNotReadWithTheKeysThatTheyKept(PeerKind kind, String mode) {
        Actor leaver = cast.first(kind);
        Peer reader = cast.without(leaver).stream()
                .map(Actor::peer)
                .filter(peer -> peer.kind() == PeerKind.BAILEYS)
                .findFirst()
                .orElseThrow();
        String group = all.group("Kept by %s".formatted(kind), mode);
        String hello = "the key of the %s group for %s".formatted(mode, kind);
        engine.send(jid(group), hello);
        awaitText(leaver, hello);
        leaver.peer().disconnect();
        try {
            Sealed whileAway = sealed(reader, group, engine.send(jid(group), "for who is away"));
            assertThat(leaver.peer().open(whileAway)).isEqualTo("for who is away");

            all.leave(group, leaver.person());

            Sealed afterwards = sealed(reader, group, engine.send(jid(group), "for who is left"));
            assertThatThrownBy(() -> leaver.peer().open(afterwards)).isInstanceOf(PeerRefusedException.class);
            assertThat(reader.await(Message.class, event -> event.id().equals(afterwards.id()))
                            .text())
                    .isEqualTo("for who is left");
        } finally {
            leaver.peer().connect();
        }
    }

    private static Sealed sealed(Peer reader, String group, String id) {
        return reader.await(
                Sealed.class, event -> event.chat().equals(group) && event.id().equals(id));
    }

    @Test
    void whoHasLeftReadsNoMore() {
        String group = all.group("Fewer", "lid");
        engine.send(jid(group), "all of you");
        all.awaitSeen("Simon", "all of you");
        all.leave(group, all.simon());

        engine.send(jid(group), "those who are left");

        cast.actors().forEach(actor -> awaitText(actor, "those who are left"));
        assertThat(admin.sees("Simon", "those who are left")).isFalse();
    }

    @Test
    void whoComesBackIsReadByEverybody() {
        String group = all.group("Return", "lid");
        admin.act(
                group, "Anna", "promote", Map.of("targets", List.of(all.simon().phone())));
        engine.send(jid(group), "before I go");
        cast.actors().forEach(actor -> awaitText(actor, "before I go"));
        assertThat(engine.stored(StateKind.GROUP_KEY)).contains(group);

        engine.leave(jid(group));
        await("our key is gone")
                .atMost(DEADLINE)
                .until(() -> !engine.stored(StateKind.GROUP_KEY).contains(group));

        assertThat(admin.act(
                        group,
                        "Simon",
                        "add",
                        Map.of("targets", List.of(all.anna().phone()))))
                .isTrue();
        engine.awaitGroup(jid(group));
        engine.send(jid(group), "back again");
        cast.actors().forEach(actor -> awaitText(actor, "back again"));
        all.awaitSeen("Simon", "back again");
    }
}
