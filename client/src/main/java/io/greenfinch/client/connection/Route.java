package io.greenfinch.client.connection;

import com.google.protobuf.ByteString;
import io.greenfinch.client.proto.StoredRoute;
import io.greenfinch.protocol.noise.IntroReader;
import io.greenfinch.protocol.noise.ServerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What earlier connections taught about the way to the server, kept with the credentials: its static key, with which the
 * handshake is shorter (specification §2.4), and edge-routing information (§1.4). All of it may be wrong by the next
 * connect; whatever fails is forgotten, and a connection without it works with every server. Immutable.
 *
 * @param server the key that the last certificate chain vouched for
 * @param resumeAfter no shorter handshake is tried before
 * @param routing opaque bytes, empty for none; read-only
 */
public record Route(Optional<ServerKey> server, Instant resumeAfter, byte[] routing) {

    /** Nothing is known. */
    public static final Route UNKNOWN = new Route(Optional.empty(), Instant.EPOCH, new byte[0]);

    /** A server that did not answer the shorter handshake is asked in full for this long: that always works. */
    private static final Duration SHYNESS = Duration.ofDays(1);

    /** The server's key, if the shorter handshake may be tried with it. */
    Optional<ServerKey> resumable(byte[] root, Instant now) {
        return server.filter(key -> key.isGood(root, now) && !now.isBefore(resumeAfter));
    }

    /** After a certificate chain was verified. */
    Route with(ServerKey proved) {
        return new Route(Optional.of(proved), resumeAfter, routing);
    }

    /** After the server told where to go; empty when what it told can't be sent. */
    public Optional<Route> withRouting(byte[] told) {
        return told.length > IntroReader.MAX_ROUTING_INFO
                ? Optional.empty()
                : Optional.of(new Route(server, resumeAfter, told));
    }

    /** After a connect that got no answer to our introduction. */
    Route withoutRouting() {
        return routing.length == 0 ? this : new Route(server, resumeAfter, UNKNOWN.routing);
    }

    /** After a shorter handshake that failed. */
    Route withoutServer(Instant now) {
        return new Route(Optional.empty(), now.plus(SHYNESS), routing);
    }

    public StoredRoute stored() {
        StoredRoute.Builder route = StoredRoute.newBuilder()
                .setRoutingInfo(ByteString.copyFrom(routing))
                .setResumeAfter(resumeAfter.getEpochSecond());
        server.ifPresent(key -> route.setServerKey(ByteString.copyFrom(key.key()))
                .setRootKey(ByteString.copyFrom(key.rootKey()))
                .setNotBefore(key.notBefore().getEpochSecond())
                .setNotAfter(key.notAfter().getEpochSecond()));
        return route.build();
    }

    /**
     * The route in a stored value.
     *
     * @throws IllegalArgumentException when it holds none
     */
    public static Route of(StoredRoute stored) {
        Optional<ServerKey> server = stored.getServerKey().isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerKey(
                        stored.getServerKey().toByteArray(),
                        stored.getRootKey().toByteArray(),
                        Instant.ofEpochSecond(stored.getNotBefore()),
                        Instant.ofEpochSecond(stored.getNotAfter())));
        byte[] routing = stored.getRoutingInfo().isEmpty()
                ? UNKNOWN.routing
                : stored.getRoutingInfo().toByteArray();
        return new Route(server, Instant.ofEpochSecond(stored.getResumeAfter()), routing);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Route that
                && server.equals(that.server)
                && resumeAfter.equals(that.resumeAfter)
                && Arrays.equals(routing, that.routing);
    }

    @Override
    public int hashCode() {
        return Objects.hash(server, resumeAfter, Arrays.hashCode(routing));
    }

    @Override
    public String toString() {
        return "Route[" + server + ", " + routing.length + " bytes of routing]";
    }
}
