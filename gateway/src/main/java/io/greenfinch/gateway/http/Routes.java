package io.greenfinch.gateway.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which method answers which name and verb. Names in any letter case. Immutable once built. */
public final class Routes {

    private final Map<String, InstanceMethod> instanceMethods = new HashMap<>();
    private final Map<String, PartnerMethod> partnerMethods = new HashMap<>();
    private final Map<List<String>, Supplier<Answer>> pages;

    /**
     * Routes for an API.
     *
     * @param pages what GET answers for other paths, by their segments
     * @throws IllegalArgumentException when two methods have the same name
     */
    public Routes(
            List<InstanceMethod> instance, List<PartnerMethod> partner, Map<List<String>, Supplier<Answer>> pages) {
        for (InstanceMethod method : instance) {
            String name = method.spec().name();
            if (instanceMethods.put(name.toLowerCase(Locale.ROOT), method) != null) {
                throw new IllegalArgumentException("two methods are named " + name);
            }
        }
        for (PartnerMethod method : partner) {
            if (partnerMethods.put(method.name().toLowerCase(Locale.ROOT), method) != null) {
                throw new IllegalArgumentException("two partner methods are named " + method.name());
            }
        }
        this.pages = Map.copyOf(pages);
    }

    Optional<InstanceMethod> find(RequestPath.OfInstance path, String verb) {
        return Optional.ofNullable(instanceMethods.get(path.method()))
                .filter(method ->
                        method.spec().verb().name().equals(verb) || (verb.equals("HEAD") && headable(method.spec())))
                .filter(method -> path.extra().isEmpty() || method.spec().takesExtra());
    }

    private static boolean headable(MethodSpec method) {
        return method.verb() == Verb.GET && method.safe();
    }

    Optional<PartnerMethod> find(RequestPath.OfPartner path, String verb) {
        return Optional.ofNullable(partnerMethods.get(path.method()))
                .filter(method ->
                        method.verbs().stream().anyMatch(own -> own.name().equals(verb)));
    }

    Optional<Supplier<Answer>> find(RequestPath.Other path, String verb) {
        return verb.equals("GET") || verb.equals("HEAD")
                ? Optional.ofNullable(pages.get(path.segments()))
                : Optional.empty();
    }
}
