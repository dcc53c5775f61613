package io.greenfinch.gateway.http;

import io.greenfinch.gateway.http.Descriptor.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which method answers which name and verb. Names in any letter case. Immutable once built. */
public final class Routes {

    /** A method and what it said of itself. */
    record Target<M extends ApiMethod>(M method, Descriptor descriptor) {

        String name() {
            return descriptor.name();
        }

        private boolean takes(String verb) {
            return descriptor.verbs().stream().anyMatch(own -> own.name().equals(verb));
        }
    }

    private final Map<String, Target<ApiMethod.OfInstance>> ofInstances = new HashMap<>();
    private final Map<String, Target<ApiMethod.OfPartner>> ofPartners = new HashMap<>();
    private final Map<List<String>, Supplier<Reply>> pages;

    /**
     * Routes for an API.
     *
     * @param pages what GET answers for other paths, by their segments
     * @throws IllegalArgumentException when two methods have the same name
     */
    public Routes(List<ApiMethod> methods, Map<List<String>, Supplier<Reply>> pages) {
        for (ApiMethod method : methods) {
            switch (method) {
                case ApiMethod.OfInstance ofInstance -> add(ofInstances, ofInstance);
                case ApiMethod.OfPartner ofPartner -> add(ofPartners, ofPartner);
            }
        }
        this.pages = Map.copyOf(pages);
    }

    private static <M extends ApiMethod> void add(Map<String, Target<M>> routes, M method) {
        Descriptor descriptor = method.descriptor();
        if (routes.put(descriptor.name().toLowerCase(Locale.ROOT), new Target<>(method, descriptor)) != null) {
            throw new IllegalArgumentException("two methods are named " + descriptor.name());
        }
    }

    Optional<Target<ApiMethod.OfInstance>> find(RequestPath.OfInstance path, String verb) {
        return Optional.ofNullable(ofInstances.get(path.method()))
                .filter(route -> route.takes(verb)
                        || (verb.equals("HEAD")
                                && route.takes("GET")
                                && route.descriptor().has(Trait.SAFE)))
                .filter(route ->
                        path.extra().isEmpty() || route.descriptor().segment().isPresent());
    }

    /** By its exact name. */
    Optional<Target<ApiMethod.OfInstance>> ofInstance(String name) {
        return Optional.ofNullable(ofInstances.get(name.toLowerCase(Locale.ROOT)));
    }

    Optional<Target<ApiMethod.OfPartner>> find(RequestPath.OfPartner path, String verb) {
        return Optional.ofNullable(ofPartners.get(path.method())).filter(route -> route.takes(verb));
    }

    Optional<Supplier<Reply>> find(RequestPath.Other path, String verb) {
        return verb.equals("GET") || verb.equals("HEAD")
                ? Optional.ofNullable(pages.get(path.segments()))
                : Optional.empty();
    }
}
