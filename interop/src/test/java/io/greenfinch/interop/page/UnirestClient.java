package io.greenfinch.interop.page;

import java.net.URI;
import kong.unirest.core.Unirest;

/** Unirest 4, which offers an upgrade to HTTP/2 with each POST. */
final class UnirestClient {
    Answer post(URI url, String groupId) {
        var response = Unirest.post(url.toString())
                .header("Content-Type", "application/json")
                .body("{\"groupId\": \"%s\"}".formatted(groupId))
                .asString();
        return new Answer(response.getStatus(), response.getBody());
    }
}
