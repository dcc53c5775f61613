package io.greenfinch.gateway.http;

import io.greenfinch.gateway.store.FileFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of requests and checks them: size, JSON or form, fields (design §6). Thread-safe. */
record Bodies(Uploads uploads) {

    private static final Logger log = LoggerFactory.getLogger(Bodies.class);

    /** JSON bodies may have 100 KB (green-api.md §1.3), and so may all texts of a form. */
    static final int MAX_BYTES = 100 * 1024;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final String MALFORMED = "bad request data";

    /** A file may come as slowly as this, in bytes a second. */
    private static final long SLOWEST = 64 * 1024;

    /** How much longer than others a request may take that says how large its files are. */
    static Duration forFiles(Request request, Map<String, Long> files) {
        long most = files.values().stream().mapToLong(Long::longValue).sum();
        return Duration.ofSeconds(Math.clamp(request.getLength(), 0, most) / SLOWEST);
    }

    /** What came of a body. */
    sealed interface Checked {

        /**
         * It is as the method's descriptor demands.
         *
         * @param fields its fields; files in them are deleted by {@link #close}
         * @param identity equal for a request that is repeated
         * @param over what is to be done at the end of the request
         */
        record Fine(ObjectNode fields, byte[] identity, Runnable over) implements Checked, AutoCloseable {
            @Override
            public void close() {
                over.run();
            }
        }

        /** It is not, and this is what to say. */
        record Refused(Reply reply) implements Checked {}
    }

    /**
     * Reads a body; whoever gets a fine one must close it.
     *
     * @param caller the number of the instance; 0 for the partner
     */
    Checked read(Request request, long caller, Descriptor method, Duration patience) {
        Fields known = method.fields();
        String coding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (coding != null && !coding.strip().equalsIgnoreCase("identity") && looksAt(request, known)) {
            return refused(415, "Content-Encoding is not supported: send the body as it is");
        }
        return known.files().isEmpty() ? json(request, known, patience) : form(request, caller, method, patience);
    }

    /** Whether the body is what counts: nobody declares anything about the bodies that some clients send with GET. */
    private static boolean looksAt(Request request, Fields known) {
        return request.getMethod().equals("POST") && !known.none();
    }

    private static Checked json(Request request, Fields known, Duration patience) {
        Optional<TextCoding> coding = TextCoding.declared(
                looksAt(request, known) ? request.getHeaders().get(HttpHeader.CONTENT_TYPE) : null);
        if (coding.isEmpty()) {
            return refused(415, "The charset of Content-Type is not known: send UTF-8");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BodyPump.End end = BodyPump.run(request, patience, (bytes, last) -> {
            boolean fits = body.size() + bytes.length <= MAX_BYTES;
            if (fits) {
                body.writeBytes(bytes);
            }
            return fits;
        });
        byte[] bytes = body.toByteArray();
        if (end != BodyPump.End.WHOLE) {
            return refused(end);
        }
        if (known.none()) {
            return new Checked.Fine(Json.object(), bytes, () -> {});
        }
        Optional<String> text = coding.get().decode(bytes);
        if (text.isEmpty()) {
            return refused(400, coding.get().complaint());
        }
        if (request.getMethod().equals("POST")) {
            return parsed(text.get(), known);
        }
        String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        return checked(queryFields(query, text.get(), known.names()), bytes, known);
    }

    /**
     * They stand in the query or, with some clients, in a JSON body, where a number alone is the only field that there is
     * (green-api.md §1.3); the query wins.
     */
    private static ObjectNode queryFields(String query, String body, Set<String> names) {
        ObjectNode fields = Json.object();
        if (names.size() == 1 && NUMBER.matcher(body.strip()).matches()) {
            fields.put(names.iterator().next(), Long.parseLong(body.strip()));
        } else if (JsonBody.parse(body) instanceof JsonBody.Whole given) {
            for (String name : names) {
                JsonNode value = given.node().get(name);
                if (value != null) {
                    fields.set(name, value);
                }
            }
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name =
                    RequestPath.decoded(pair.substring(0, Math.max(equals, 0)).replace('+', ' '));
            if (names.contains(name)) {
                String value = RequestPath.decoded(pair.substring(equals + 1).replace('+', ' '));
                if (NUMBER.matcher(value).matches()) {
                    fields.put(name, Long.parseLong(value));
                } else if (value.equals("true") || value.equals("false")) {
                    fields.put(name, Boolean.parseBoolean(value));
                } else {
                    fields.put(name, value);
                }
            }
        }
        return fields;
    }

    private static Checked parsed(String text, Fields known) {
        return switch (JsonBody.parse(text)) {
            case JsonBody.Refused refused -> refused(400, refused.message());
            case JsonBody.Whole whole -> checked(whole.node(), text.getBytes(StandardCharsets.UTF_8), known);
        };
    }

    private static Checked checked(ObjectNode fields, byte[] bytes, Fields known) {
        return known.complaint(fields)
                .map(complaint -> refused(400, complaint))
                .orElseGet(() -> new Checked.Fine(fields, bytes, () -> {}));
    }

    private Checked form(Request request, long caller, Descriptor method, Duration patience) {
        Fields known = method.fields();
        long started = System.nanoTime();
        if (!uploads.enter(caller, patience)) {
            return new Checked.Refused(
                    Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(5));
        }
        boolean kept = false;
        try {
            Duration left = patience.minusNanos(System.nanoTime() - started).plus(forFiles(request, known.files()));
            Checked body = checked(whole(request, method, left), caller, known);
            kept = body instanceof Checked.Fine;
            return body;
        } finally {
            if (!kept) {
                uploads.leave(caller);
            }
        }
    }

    private FormBody whole(Request request, Descriptor method, Duration patience) {
        Map<String, Long> files = method.fields().files();
        return method.has(Descriptor.Trait.RAW) && !FormBody.isForm(request)
                ? RawBody.read(request, files.entrySet().iterator().next(), uploads, patience)
                : FormBody.read(request, files, uploads, patience);
    }

    private Checked checked(FormBody form, long caller, Fields known) {
        return switch (form) {
            case FormBody.Incomplete incomplete -> refused(incomplete.end());
            case FormBody.Refused refused -> refused(400, refused.message());
            case FormBody.NotKept(IOException why) -> {
                log.error("What a caller brings can't be kept: {}", FileFailure.withoutPath(why));
                yield new Checked.Refused(FileReply.noRoom());
            }
            case FormBody.Whole whole -> {
                // Each stands where its size stood.
                whole.files().forEach(whole.fields()::putPOJO);
                Optional<String> complaint = known.complaint(whole.fields());
                if (complaint.isPresent()) {
                    whole.discard();
                    yield refused(400, complaint.get());
                }
                yield new Checked.Fine(whole.fields(), whole.identity(), () -> {
                    whole.discard();
                    uploads.leave(caller);
                });
            }
        };
    }

    private static Checked refused(BodyPump.End end) {
        return switch (end) {
            case WHOLE, BROKEN -> refused(400, MALFORMED);
            case REFUSED -> refused(500, "request entity too large");
            case TOO_SLOW -> refused(408, "Request Timeout");
        };
    }

    private static Checked refused(int status, String message) {
        return new Checked.Refused(Reply.error(status, message));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
