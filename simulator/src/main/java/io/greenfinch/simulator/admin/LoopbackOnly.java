package io.greenfinch.simulator.admin;

import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of this machine's programs from those that a web page of somebody else makes a browser send: the latter name another host,
 * or come from another origin.
 */
final class LoopbackOnly {

    private LoopbackOnly() {}

    static boolean accepts(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return isLoopback(request.getHeaders().get(HttpHeader.HOST))
                && (origin == null || isLoopback(origin.replaceFirst("^https?://", "")));
    }

    /** Whether {@code host[:port]} is a name of this machine's loopback interface. */
    static boolean isLoopback(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            return false;
        }
        String name;
        try {
            name = new HostPort(host).getHost().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
    }
}
