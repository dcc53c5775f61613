package io.greenfinch.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Reads the forms of a site. Only who is known may send files. Thread-safe; blocks.
 *
 * @param uploads where files are meanwhile
 * @param files the fields that are files, and how many bytes each may have; none for a site that takes none
 * @param known the number of a visitor by the cookie; empty for strangers
 * @param patience how long the body of a request may take to come
 */
public record SiteForms(
        Uploads uploads, Map<String, Long> files, Function<String, OptionalLong> known, Duration patience) {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_BYTES = 100 * 1024;

    /** What came of a form. */
    sealed interface Form {

        /** Its fields are among those of the request now; its files are deleted by {@link #close}. */
        record Read(Map<String, UploadedFile> files, Runnable over) implements Form, AutoCloseable {
            @Override
            public void close() {
                over.run();
            }
        }

        /** It is none that can be read, or too large, or from a stranger. */
        record Refused() implements Form {}
    }

    /** Whether somebody with this cookie has logged in: to them it can be said what was wrong. */
    boolean isKnown(Optional<String> cookie) {
        return cookie.map(known).filter(OptionalLong::isPresent).isPresent();
    }

    /** Reads a form, and adds its texts to the fields. */
    Form read(Request request, Optional<String> cookie, Map<String, List<String>> fields) {
        if (!FormBody.isForm(request)) {
            return plain(request, fields) ? new Form.Read(Map.of(), () -> {}) : new Form.Refused();
        }
        OptionalLong visitor = cookie.map(known).orElseGet(OptionalLong::empty);
        if (files.isEmpty() || visitor.isEmpty() || !uploads.enter(visitor.getAsLong(), patience)) {
            return new Form.Refused();
        }
        boolean kept = false;
        try {
            Form form = withFiles(request, visitor.getAsLong(), fields);
            kept = form instanceof Form.Read;
            return form;
        } finally {
            if (!kept) {
                uploads.leave(visitor.getAsLong());
            }
        }
    }

    private Form withFiles(Request request, long visitor, Map<String, List<String>> fields) {
        if (!(FormBody.read(request, files, uploads, patience.plus(Bodies.forFiles(request, files)))
                instanceof FormBody.Whole whole)) {
            return new Form.Refused();
        }
        whole.fields().properties().forEach(field -> {
            if (field.getValue().isString()) {
                fields.computeIfAbsent(field.getKey(), key -> new ArrayList<>())
                        .add(field.getValue().stringValue());
            }
        });
        return new Form.Read(whole.files(), () -> {
            whole.discard();
            uploads.leave(visitor);
        });
    }

    private boolean plain(Request request, Map<String, List<String>> fields) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        StringBuilder body = new StringBuilder();
        BodyPump.End end = BodyPump.run(request, patience, (bytes, last) -> {
            boolean fits = body.length() + bytes.length <= MAX_BYTES;
            if (fits) {
                body.append(new String(bytes, StandardCharsets.US_ASCII)); // what else there is comes as %XX
            }
            return fits;
        });
        if (end != BodyPump.End.WHOLE || (!body.isEmpty() && (type == null || !type.startsWith(FORM)))) {
            return false;
        }
        for (String pair : body.toString().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = RequestPath.decoded(pair.substring(0, equals).replace('+', ' '));
                String value = RequestPath.decoded(pair.substring(equals + 1).replace('+', ' '));
                fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return true;
    }
}
