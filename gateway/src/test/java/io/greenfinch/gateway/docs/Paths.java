package io.greenfinch.gateway.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The paths of an OpenAPI document, found as tolerantly as the gateway finds its methods. Immutable. */
final class Paths {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private record Template(Pattern form, int parameters, JsonNode item) {}

    private final List<Template> templates = new ArrayList<>();

    Paths(JsonNode paths) {
        paths.properties().forEach(path -> templates.add(template(path.getKey(), path.getValue())));
        // The more is fixed, the better it fits.
        templates.sort((one, other) -> Integer.compare(one.parameters(), other.parameters()));
    }

    private static Template template(String path, JsonNode item) {
        String form =
                Arrays.stream(PARAMETER.split(path, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
        int parameters = (int) PARAMETER.matcher(path).results().count();
        return new Template(Pattern.compile(form, Pattern.CASE_INSENSITIVE), parameters, item);
    }

    /** The operation for a path as it stands in a request; with another verb, that for any other method. Verbs have a case. */
    Optional<JsonNode> find(String verb, String rawPath) {
        String path =
                ("/" + rawPath.replaceAll("[?#].*", "")).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        String key = verb.equals(verb.toUpperCase(Locale.ROOT)) ? verb.toLowerCase(Locale.ROOT) : "none";
        return templates.stream()
                .filter(template -> template.form().matcher(path).matches())
                .map(template -> template.item().path(key))
                .filter(JsonNode::isObject)
                .findFirst();
    }
}
