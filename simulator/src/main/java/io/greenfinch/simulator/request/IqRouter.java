package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.ServiceRefusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the handler of a request by its namespace, its type and its first child. A request nobody handles gets an empty result, as
 * clients ask for many things that don't matter here (specification §10.3), unless an empty result would claim that something happened.
 */
public final class IqRouter {

    private static final Logger log = LoggerFactory.getLogger(IqRouter.class);

    /** Namespaces in which an unknown change is never confirmed. */
    private static final Set<String> HONEST =
            Set.of("w:g2", "w:profile:picture", "privacy", "blocklist", "status", "disappearing_mode");

    private final Map<Route, IqHandler> handlers = new HashMap<>();
    private final Policy policy;

    IqRouter(Policy policy) {
        this.policy = policy;
    }

    /** Adds a handler for requests with this first child; with an empty child for all that have no handler of their own. */
    IqRouter on(String xmlns, String type, String child, IqHandler handler) {
        if (handlers.put(new Route(xmlns, type, child), handler) != null) {
            throw new IllegalStateException("two handlers for " + xmlns + " " + type + " " + child);
        }
        return this;
    }

    /** The answer to a request, worked out at once. Called while the world is locked. */
    public IqAnswer answer(IqRequest request) {
        Node iq = request.iq();
        String xmlns = iq.attribute("xmlns").orElse("");
        String type = iq.attribute("type").orElse("");
        IqHandler handler = handlers.get(new Route(xmlns, type, request.child().tag()));
        if (handler == null) {
            handler = handlers.get(new Route(xmlns, type, ""));
        }
        if (handler == null) {
            return unknown(iq, xmlns);
        }
        try {
            return handler.answer(request);
        } catch (RuntimeException e) {
            // A defect here must not leave a client waiting for an answer.
            log.error("a request failed: {}", iq, e);
            return IqAnswer.refused(ServiceRefusal.INTERNAL_SERVER_ERROR);
        }
    }

    private IqAnswer unknown(Node iq, String xmlns) {
        log.info("a request that is not known here: {}", iq);
        return policy.strict() || HONEST.contains(xmlns)
                ? IqAnswer.refused(ServiceRefusal.FEATURE_NOT_IMPLEMENTED)
                : IqAnswer.result();
    }

    private record Route(String xmlns, String type, String child) {}
}
