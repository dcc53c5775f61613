package io.greenfinch.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of requests and checks them: size, JSON or form, fields (design §6). Thread-safe. */
final class Bodies {

    private static final String MALFORMED = "bad request data";

    private final Uploads uploads;

    Bodies(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Reads a body; whoever gets a fine one must close it. */
    CheckedBody read(Request request, Schema schema, Duration patience) {
        return schema.files().isEmpty() ? json(request, schema, patience) : form(request, schema, patience);
    }

    private static CheckedBody json(Request request, Schema schema, Duration patience) {
        return switch (BodyReader.read(request, patience)) {
            case BodyReader.TooLarge large -> tooLarge();
            case BodyReader.TooSlow slow -> tooSlow();
            case BodyReader.Broken broken -> refused(400, MALFORMED);
            case BodyReader.Whole whole ->
                schema == Schema.IGNORED
                        ? new CheckedBody.Fine(Json.object(), Map.of(), whole.bytes(), () -> {})
                        : request.getMethod().equals("POST")
                                ? parsed(whole.bytes(), schema)
                                : query(request, whole.bytes(), schema);
        };
    }

    private static CheckedBody query(Request request, byte[] body, Schema schema) {
        String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        return checked(QueryFields.read(query, body, schema), body, schema);
    }

    private static CheckedBody parsed(byte[] bytes, Schema schema) {
        return switch (JsonBody.parse(bytes)) {
            case JsonBody.Refused refused -> refused(400, refused.message());
            case JsonBody.Fields fields -> checked(fields.node(), bytes, schema);
        };
    }

    private static CheckedBody checked(ObjectNode fields, byte[] bytes, Schema schema) {
        return schema.complaint(fields)
                .map(complaint -> refused(400, complaint))
                .orElseGet(() -> new CheckedBody.Fine(fields, Map.of(), bytes, () -> {}));
    }

    private CheckedBody form(Request request, Schema schema, Duration patience) {
        long started = System.nanoTime();
        if (!uploads.enter(patience)) {
            return new CheckedBody.Refused(
                    Answer.error(429, "Too Many Requests").withReason("busy").withRetryAfter(5));
        }
        boolean kept = false;
        try {
            Duration left = patience.minusNanos(System.nanoTime() - started);
            CheckedBody body = checked(FormBody.read(request, schema.files(), uploads, left), schema);
            kept = body instanceof CheckedBody.Fine;
            return body;
        } finally {
            if (!kept) {
                uploads.leave();
            }
        }
    }

    private CheckedBody checked(FormBody form, Schema schema) {
        return switch (form) {
            case FormBody.TooLarge large -> tooLarge();
            case FormBody.TooSlow slow -> tooSlow();
            case FormBody.Broken broken -> refused(400, MALFORMED);
            case FormBody.Refused refused -> refused(400, refused.message());
            case FormBody.Whole whole -> {
                Optional<String> complaint = schema.complaint(whole.fields());
                if (complaint.isPresent()) {
                    whole.discard();
                    yield refused(400, complaint.get());
                }
                yield new CheckedBody.Fine(whole.fields(), whole.files(), whole.identity(), () -> {
                    whole.discard();
                    uploads.leave();
                });
            }
        };
    }

    private static CheckedBody tooLarge() {
        return refused(500, "request entity too large");
    }

    private static CheckedBody tooSlow() {
        return refused(408, "Request Timeout");
    }

    private static CheckedBody refused(int status, String message) {
        return new CheckedBody.Refused(Answer.error(status, message));
    }
}
