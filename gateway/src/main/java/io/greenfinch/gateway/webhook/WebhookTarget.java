package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.instance.InstanceSettings;
import java.util.Locale;
import java.util.Optional;

/** Where the notifications of an instance go, as its settings say. {@link #toString} shows neither, both may hold secrets. */
record WebhookTarget(String url, String token) {

    /** Empty for an instance that is polled. */
    static Optional<WebhookTarget> of(InstanceSettings settings) {
        String url = settings.text("webhookUrl");
        return url.isEmpty() ? Optional.empty() : Optional.of(new WebhookTarget(url, settings.text("webhookUrlToken")));
    }

    /** The value of the header: the token as it is where it names a scheme, else as a bearer's (green-api.md §6.1). */
    Optional<String> authorization() {
        String known = token.toLowerCase(Locale.ROOT);
        if (token.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(known.startsWith("basic ") || known.startsWith("bearer ") ? token : "Bearer " + token);
    }

    @Override
    public String toString() {
        return "WebhookTarget[hidden]";
    }
}
