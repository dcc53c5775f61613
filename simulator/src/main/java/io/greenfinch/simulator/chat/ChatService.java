package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.noise.CertificateAuthority;
import io.greenfinch.protocol.noise.ResponderHandshake;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.simulator.account.ClientIntro;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.call.Calls;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.fault.Faults;
import io.greenfinch.simulator.fault.Match;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.notification.Notifications;
import io.greenfinch.simulator.presence.ChatStates;
import io.greenfinch.simulator.presence.Presences;
import io.greenfinch.simulator.request.IqRouter;
import io.greenfinch.simulator.request.IqRoutes;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.stanza.ServerStanzas;
import io.greenfinch.simulator.stanza.StanzaIds;
import io.greenfinch.simulator.time.Timer;
import io.greenfinch.simulator.trace.Trace;
import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chat socket's service: what all connections have in common. Thread-safe. */
public final class ChatService {

    private static final Logger log = LoggerFactory.getLogger(ChatService.class);
    private static final int BAD_REQUEST = 400;
    private static final int LOGGED_OUT = 401;
    private static final int ROUTING_INFO = 12;

    private final World world;
    private final Faults faults;
    private final Trace trace;
    private final Timer timer;
    private final ChatSettings settings;
    private final Policy policy;
    private final CertificateAuthority authority;
    private final byte[] chain;
    private final PairingDesk pairing;
    private final IqRouter router;
    private final byte[] routingInfo = new byte[ROUTING_INFO];
    private final MessageRouter messages;
    private final Calls calls;
    private final Presences presences;
    private final ChatStates chatStates;
    private final StanzaIds ids;
    private final Set<CompanionStream> online = new LinkedHashSet<>();

    /**
     * A service on {@code world}, whose changes it tells companions of from now on.
     *
     * @param ids gives ids for stanzas
     * @param messages passes on what companions write
     * @param calls passes on how they answer calls
     * @param pictures the server from which clients get pictures
     */
    public ChatService(
            World world,
            Faults faults,
            Trace trace,
            Timer timer,
            ChatSettings settings,
            Policy policy,
            CertificateAuthority authority,
            StanzaIds ids,
            MessageRouter messages,
            Calls calls,
            MediaHost media,
            String mediaAddress,
            URI pictures) {
        this.world = world;
        this.faults = faults;
        this.trace = trace;
        this.timer = timer;
        this.settings = settings;
        this.policy = policy;
        this.authority = authority;
        this.chain = authority.chain();
        world.random().nextBytes(routingInfo);
        this.pairing = new PairingDesk(world, settings);
        this.ids = ids;
        this.messages = messages;
        this.calls = calls;
        this.presences = new Presences(world);
        this.chatStates = new ChatStates(world, presences, timer);
        this.router = IqRoutes.of(world, policy, media, mediaAddress, pictures, ids);
        world.subscribe(new Notifications(world, ids)::publish);
        settings.pingInterval().ifPresent(interval -> timer.every(interval, this::ping));
    }

    /** What a new WebSocket connection is given to. */
    public Session.Listener connection() {
        return new ChatSocket(this);
    }

    public PairingDesk pairing() {
        return pairing;
    }

    World world() {
        return world;
    }

    Faults faults() {
        return faults;
    }

    Trace trace() {
        return trace;
    }

    Timer timer() {
        return timer;
    }

    ChatSettings settings() {
        return settings;
    }

    IqRouter router() {
        return router;
    }

    MessageRouter messages() {
        return messages;
    }

    Calls calls() {
        return calls;
    }

    public Presences presences() {
        return presences;
    }

    ChatStates chatStates() {
        return chatStates;
    }

    ResponderHandshake handshake() {
        return new ResponderHandshake(authority.serverKey(), chain, policy.resuming(), world.random());
    }

    /** What clients are to send before their next connection's first frame (specification §1.4); read-only. */
    byte[] routingInfo() {
        return routingInfo;
    }

    /** An id for a stanza of the server, never used before. */
    String nextId() {
        return ids.get();
    }

    /** Writes what waits for a connection as soon as the world is free. */
    void flushLater(ConnectionWriter writer) {
        world.afterwards(writer.flushing());
    }

    /** Decides what a connection is for; null when it is refused, with a reason that is on its way (specification §4). */
    @Nullable
    Stream open(ConnectionWriter writer, byte[] noiseKey, ClientHelloPayload payload, ClientIntro intro) {
        return world.change(() -> switch (payload) {
            case ClientHelloPayload.Registration registration -> register(writer, noiseKey, registration);
            case ClientHelloPayload.Login login -> logIn(writer, noiseKey, login, intro);
        });
    }

    private @Nullable Stream register(
            ConnectionWriter writer, byte[] noiseKey, ClientHelloPayload.Registration payload) {
        if (!payload.device().isSignatureValid()) {
            log.warn("a registration whose prekey is not signed by its identity key");
            writer.end(ServerStanzas.failure(BAD_REQUEST));
            return null;
        }
        Registration registration = new Registration(this, writer, noiseKey, payload);
        registration.begin();
        return registration;
    }

    private @Nullable Stream logIn(
            ConnectionWriter writer, byte[] noiseKey, ClientHelloPayload.Login login, ClientIntro intro) {
        Optional<Companion> found = world.accounts()
                .byNumber(Long.toString(login.phone()))
                .flatMap(account -> account.companion(login.device()));
        if (found.isEmpty() || !Arrays.equals(found.get().noiseKey(), noiseKey)) {
            log.info("a login of {}:{} with keys that are not linked", login.phone(), login.device());
            writer.end(ServerStanzas.failure(LOGGED_OUT));
            return null;
        }
        CompanionStream stream = new CompanionStream(this, writer, found.get(), intro);
        Optional<Effect> fault = faults.hitLogin(stream.party());
        if (fault.isPresent()) {
            refuse(writer, fault.get());
            return null;
        }
        online.add(stream);
        stream.begin();
        return stream;
    }

    private static void refuse(ConnectionWriter writer, Effect fault) {
        if (fault instanceof Effect.LoginFailure(int reason, Map<String, String> attributes)) {
            Node.Builder failure = ServerStanzas.failure(reason).toBuilder();
            attributes.forEach(failure::attribute);
            writer.end(failure.build());
        } else {
            writer.cut();
        }
    }

    /** Called when a companion is no longer logged in on this connection. */
    void forget(CompanionStream stream) {
        online.remove(stream);
    }

    /** Does to all live connections that match, at once, what a fault demands; says how many there were. */
    public int strike(Match match, Effect effect) {
        return world.change(() -> {
            List<CompanionStream> struck =
                    online.stream().filter(stream -> match.hits(stream.party())).toList();
            return (int) struck.stream()
                    .filter(stream -> FaultyDelivery.strike(stream, effect))
                    .count();
        });
    }

    /** Whether new connections are to be refused. */
    public boolean refusesConnections() {
        return faults.refusesConnections();
    }

    private void ping() {
        world.read(() -> {
            for (CompanionStream stream : online) {
                stream.writer()
                        .send(ServerStanzas.request(nextId(), "get", "urn:xmpp:ping")
                                .child(Node.empty("ping"))
                                .build());
                flushLater(stream.writer());
            }
            return online.size();
        });
    }
}
