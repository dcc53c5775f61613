package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.SiteReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which page is where. A segment in braces stands for any. For one thread while it is filled, then for all. */
final class Router {

    /** Answers a request. */
    @FunctionalInterface
    interface Action {
        SiteReply act(Scene scene);
    }

    /** Where a path leads, and what its variable segments are. */
    record Target(Action action, Map<String, String> named) {}

    private record Route(String verb, List<String> pattern, Action action) {}

    private final List<Route> routes = new ArrayList<>();

    Router get(String pattern, Action action) {
        routes.add(new Route("GET", segments(pattern), action));
        return this;
    }

    Router post(String pattern, Action action) {
        routes.add(new Route("POST", segments(pattern), action));
        return this;
    }

    private static List<String> segments(String pattern) {
        return pattern.isEmpty() ? List.of() : List.of(pattern.split("/"));
    }

    Optional<Target> find(String verb, List<String> path) {
        for (Route route : routes) {
            if (route.verb.equals(verb) && route.pattern.size() == path.size()) {
                Optional<Map<String, String>> named = named(route.pattern, path);
                if (named.isPresent()) {
                    return named.map(found -> new Target(route.action, found));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> named(List<String> pattern, List<String> path) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String segment = pattern.get(i);
            if (segment.startsWith("{")) {
                named.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }
}
