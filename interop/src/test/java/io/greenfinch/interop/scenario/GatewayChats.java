package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Sandbox;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Our gateway's account, and its chats with real clients: with each alone, and in groups of either addressing. */
record GatewayChats(Sandbox sandbox, Cast cast, Person us) implements AutoCloseable {

    /**
     * A chat.
     *
     * @param ours as our API names it
     * @param theirs as the client names it
     */
    record Chat(String ours, String theirs) {}

    /** Starts a sandbox and links the clients. */
    static GatewayChats start(Path data, String... options) {
        Sandbox sandbox = Sandbox.start(data.resolve("sandbox"), options);
        Cast cast = Cast.link(sandbox.simulator());
        Person us = sandbox.simulator()
                .person(sandbox.gateway()
                        .get("getWaSettings")
                        .json()
                        .get("phone")
                        .asString());
        return new GatewayChats(sandbox, cast, us);
    }

    /** A client, and the kind of a chat with it. */
    static Stream<Arguments> all() {
        return Stream.of(PeerKind.values())
                .flatMap(kind -> Stream.of("direct", "lid", "pn").map(chat -> arguments(kind, chat)));
    }

    /** A chat of this kind. */
    Chat with(Actor actor, String kind) {
        if (kind.equals("direct")) {
            return new Chat(actor.person().phone() + "@c.us", us.pn());
        }
        sandbox.simulator().newGroupsAre(kind);
        String group = actor.peer().createGroup("Chats", us.pn()).id();
        await().atMost(20, SECONDS)
                .until(() ->
                        gateway().post("getGroupData", Map.of("groupId", group)).status() == 200);
        return new Chat(group, group);
    }

    SimulatorAdmin simulator() {
        return sandbox.simulator();
    }

    Gateway gateway() {
        return sandbox.gateway();
    }

    @Override
    public void close() {
        cast.close();
        sandbox.close();
    }
}
