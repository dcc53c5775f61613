package io.greenfinch.interop.page;

import java.net.URI;
import java.util.List;

/** {@code curl --location … --data-raw}, with the page's line breaks in the body. */
final class Curl {
    Answer post(URI url, String groupId) {
        String body = """
                {
                    "groupId": "%s"
                }""".formatted(groupId);
        return CommandLine.run(List.of(
                "curl",
                "--location",
                url.toString(),
                "--header",
                "Content-Type: application/json",
                "--data-raw",
                body,
                "--silent",
                "--show-error",
                "--max-time",
                "40",
                "--write-out",
                "\\n%{http_code}\\n"));
    }
}
