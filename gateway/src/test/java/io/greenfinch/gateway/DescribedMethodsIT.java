package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the description lists is what there is, no more and no less. */
class DescribedMethodsIT {

    private static final List<String> VERBS = List.of("GET", "POST", "DELETE");

    @Test
    void theDescriptionListsWhatThereIs(@TempDir Path data, @TempDir Path own) {
        try (TestGateway gateway = TestGateway.start(data)) {
            JsonNode paths = new JsonMapper()
                    .readTree(gateway.get("/openapi.json").body())
                    .path("paths");

            AllMethods.visit(
                    own,
                    methods -> assertThat(operations(paths).filter(operation -> operation.contains(" /waInstance{")))
                            .containsExactlyInAnyOrderElementsOf(methods.stream()
                                    .filter(method -> !(method instanceof KnownMethod))
                                    .map(method -> method.descriptor().verbs().getFirst() + " /waInstance{idInstance}/"
                                            + method.descriptor().name()
                                            + "/{apiTokenInstance}"
                                            + method.descriptor()
                                                    .segment()
                                                    .map(last -> "/{" + last.name() + "}")
                                                    .orElse(""))
                                    .toList()));
            String partnerToken = gateway.gateway().partnerToken();
            for (String path : paths.propertyNames()) {
                if (path.startsWith("/partner/") || path.startsWith("/health/")) {
                    for (String verb : VERBS) {
                        int status = gateway.send(verb, path.replace("{partnerToken}", partnerToken), "")
                                .statusCode();
                        assertThat(status == 404)
                                .as(verb + " " + path + " is answered " + status)
                                .isNotEqualTo(paths.path(path).has(verb.toLowerCase(Locale.ROOT)));
                    }
                }
            }
        }
    }

    private static Stream<String> operations(JsonNode paths) {
        return paths.properties().stream()
                .filter(path -> !path.getKey().contains("{method}"))
                .flatMap(DescribedMethodsIT::operations);
    }

    private static Stream<String> operations(Map.Entry<String, JsonNode> path) {
        return VERBS.stream()
                .filter(verb -> path.getValue().has(verb.toLowerCase(Locale.ROOT)))
                .map(verb -> verb + " " + path.getKey());
    }
}
