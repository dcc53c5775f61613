package io.greenfinch.gateway;

import io.greenfinch.gateway.http.HttpServer;
import io.greenfinch.gateway.http.ListenException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a gateway listens. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private Listeners() {}

    static HttpServer api(GatewaySettings settings, Handler handler) {
        return start(settings, settings.listen(), true, handler);
    }

    /** The metrics are not worth a start: where their usual address is taken they are told elsewhere. */
    static HttpServer metrics(GatewaySettings settings, InetSocketAddress address, Handler handler) {
        try {
            return start(settings, address, false, handler);
        } catch (ListenException e) {
            if (!address.equals(GatewaySettings.METRICS)) {
                throw e;
            }
            HttpServer elsewhere = start(settings, new InetSocketAddress(address.getAddress(), 0), false, handler);
            log.warn("{} Metrics are told at {}/metrics instead", e.getMessage(), elsewhere.url());
            return elsewhere;
        }
    }

    private static HttpServer start(
            GatewaySettings settings, InetSocketAddress address, boolean origins, Handler handler) {
        return HttpServer.start(
                address.getHostString(),
                address.getPort(),
                settings.requestTimeout(),
                settings.clock(),
                origins,
                handler);
    }
}
