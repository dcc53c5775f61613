package io.greenfinch.client.media;

import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where files can be stored and fetched for a time (specification §20.1). {@link #toString} does not show the permit.
 *
 * @param permit with which files are stored
 * @param names with ports where they have some; the first is tried first
 * @param until when they have to be asked for again
 */
record MediaHosts(String permit, List<String> names, Instant until) {

    private static final int MOST = 16;
    private static final int LONGEST_PERMIT = 4096;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9._\\-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

    /** A permit for longer would be asked for anew all the same. */
    private static final long LONGEST = 86_400;

    /** So long before their end they are asked for again. */
    private static final long MARGIN = 30;

    /** What WhatsApp tells; empty when it names no host. */
    static Optional<MediaHosts> of(Node connection, Instant now) {
        List<String> names = connection.children("host").stream()
                .flatMap(host -> host.attribute("hostname").stream())
                .filter(name -> NAME.matcher(name).matches())
                .distinct()
                .limit(MOST)
                .toList();
        long life =
                Math.clamp(Math.min(seconds(connection, "ttl"), seconds(connection, "auth_ttl")) - MARGIN, 0, LONGEST);
        return connection
                .attribute("auth")
                .filter(permit -> !permit.isEmpty() && permit.length() <= LONGEST_PERMIT && !names.isEmpty())
                .map(permit -> new MediaHosts(permit, names, now.plusSeconds(life)));
    }

    private static long seconds(Node node, String name) {
        return node.number(name).orElse(0L);
    }

    @Override
    public String toString() {
        return "MediaHosts" + names;
    }
}
