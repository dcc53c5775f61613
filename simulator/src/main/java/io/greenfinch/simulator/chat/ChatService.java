package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.noise.CertificateAuthority;
import io.greenfinch.protocol.noise.ResponderHandshake;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.Greeting;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.fault.Faults;
import io.greenfinch.simulator.fault.Match;
import io.greenfinch.simulator.trace.Trace;
import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
    private final Router router;
    private final byte[] routingInfo = new byte[ROUTING_INFO];
    private final AtomicLong ids = new AtomicLong();
    private final Set<CompanionStream> online = new LinkedHashSet<>();

    /**
     * A service on {@code world}, whose changes it tells companions of from now on.
     *
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
            String mediaHost,
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
        // Ids go on after a restart, when companions still remember the old ones.
        this.ids.set(world.clock().millis() * 1000);
        this.router = Routes.of(world, policy, mediaHost, pictures, this::nextId);
        world.observeGroups(new GroupNotices(this::nextId)::publish);
        world.observePictures(new PictureNotices(this::nextId)::publish);
        world.observeDevices(new DeviceNotices(world, this::nextId)::publish);
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

    Router router() {
        return router;
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
        return Long.toString(ids.incrementAndGet());
    }

    /** Writes what waits on a wire as soon as the world is free. */
    void flushLater(Wire wire) {
        world.afterwards(wire.flushing());
    }

    /** Decides what a connection is for; null when it is refused, with a reason that is on its way (specification §4). */
    @Nullable
    Stream open(Wire wire, byte[] noiseKey, ClientHelloPayload payload, Greeting greeting) {
        return world.change(() -> switch (payload) {
            case ClientHelloPayload.Registration registration -> register(wire, noiseKey, registration);
            case ClientHelloPayload.Login login -> logIn(wire, noiseKey, login, greeting);
        });
    }

    private @Nullable Stream register(Wire wire, byte[] noiseKey, ClientHelloPayload.Registration payload) {
        if (!payload.device().isSignatureValid()) {
            log.warn("a registration whose prekey is not signed by its identity key");
            wire.end(Stanzas.failure(BAD_REQUEST));
            return null;
        }
        Registration registration = new Registration(this, wire, noiseKey, payload);
        registration.begin();
        return registration;
    }

    private @Nullable Stream logIn(Wire wire, byte[] noiseKey, ClientHelloPayload.Login login, Greeting greeting) {
        Optional<Device> found = world.accounts()
                .byNumber(Long.toString(login.phone()))
                .flatMap(account -> account.device(login.device()));
        if (found.isEmpty() || !Arrays.equals(found.get().keys().noiseKey(), noiseKey)) {
            log.info("a login of {}:{} with keys that are not linked", login.phone(), login.device());
            wire.end(Stanzas.failure(LOGGED_OUT));
            return null;
        }
        CompanionStream stream = new CompanionStream(this, wire, found.get(), greeting);
        Optional<Effect> fault = faults.hitLogin(stream.party());
        if (fault.isPresent()) {
            refuse(wire, fault.get());
            return null;
        }
        online.add(stream);
        stream.begin();
        return stream;
    }

    private static void refuse(Wire wire, Effect fault) {
        if (fault instanceof Effect.LoginFailure(int reason, Map<String, String> attributes)) {
            Node.Builder failure = Stanzas.failure(reason).toBuilder();
            attributes.forEach(failure::attribute);
            wire.end(failure.build());
        } else {
            wire.cut();
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
                stream.wire()
                        .send(Stanzas.request(nextId(), "get", "urn:xmpp:ping")
                                .child(Node.empty("ping"))
                                .build());
                flushLater(stream.wire());
            }
            return online.size();
        });
    }
}
