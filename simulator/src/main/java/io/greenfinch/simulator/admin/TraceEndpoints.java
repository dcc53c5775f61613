package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.trace.Trace;
import io.greenfinch.simulator.trace.TracedIq;
import io.greenfinch.simulator.trace.TracedStanza;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What went over the wire lately, and how long requests took. */
final class TraceEndpoints {

    private static final int LIMIT = 20_000;

    private TraceEndpoints() {}

    static void register(AdminHandler admin, Trace trace) {
        admin.on("GET", "/admin/stanzas", request -> stanzas(trace, request))
                .on("GET", "/admin/iqs", request -> iqs(trace, request));
    }

    private static AdminAnswer stanzas(Trace trace, AdminRequest request) {
        Stream<TracedStanza> all = trace.stanzas().stream()
                .filter(stanza -> request.query("device")
                        .filter(d -> !d.equals(stanza.device()))
                        .isEmpty())
                .filter(stanza -> request.query("contains")
                        .filter(part -> !stanza.stanza().contains(part))
                        .isEmpty());
        return AdminAnswer.ok(
                last(request, all).stream().map(TraceEndpoints::show).toList());
    }

    private static Map<String, Object> show(TracedStanza stanza) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", stanza.at().toString());
        shown.put("direction", stanza.received() ? "received" : "sent");
        shown.put("device", stanza.device());
        shown.put("stanza", stanza.stanza());
        return shown;
    }

    private static AdminAnswer iqs(Trace trace, AdminRequest request) {
        Predicate<TracedIq> asked = iq -> is(request, "xmlns", iq.xmlns())
                && is(request, "child", iq.child())
                && is(request, "type", iq.type())
                && is(request, "id", iq.id())
                && is(request, "device", iq.device());
        return AdminAnswer.ok(last(request, trace.iqs().stream().filter(asked)).stream()
                .map(TraceEndpoints::show)
                .toList());
    }

    private static boolean is(AdminRequest request, String name, String value) {
        return request.query(name).filter(asked -> !asked.equals(value)).isEmpty();
    }

    private static Map<String, Object> show(TracedIq iq) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", iq.id());
        shown.put("device", iq.device());
        shown.put("xmlns", iq.xmlns());
        shown.put("type", iq.type());
        shown.put("child", iq.child());
        shown.put("outcome", iq.outcome());
        shown.put("receivedNanos", iq.received());
        iq.answered().ifPresent(nanos -> shown.put("answeredNanos", nanos));
        return shown;
    }

    private static <T> List<T> last(AdminRequest request, Stream<T> all) {
        List<T> list = all.toList();
        int limit = request.query("limit", LIMIT, LIMIT);
        return list.subList(Math.max(0, list.size() - limit), list.size());
    }
}
