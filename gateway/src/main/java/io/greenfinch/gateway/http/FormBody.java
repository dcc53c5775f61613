package io.greenfinch.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code multipart/form-data} body, read up to limits of size, number and time. Files go to disk while they come; texts
 * are UTF-8 and stay in memory.
 */
sealed interface FormBody {

    /** Parts of a form, more than any method has fields. */
    int MAX_PARTS = 32;

    /** Headers of one part. */
    int MAX_PART_HEADERS = 4 * 1024;

    /** RFC 2046 allows 70. */
    int MAX_BOUNDARY = 200;

    /** What the delimiters and headers of all parts may take. */
    int MAX_FRAME = MAX_PARTS * (MAX_PART_HEADERS + 256);

    /**
     * The whole form. Who gets one must {@link #discard} it.
     *
     * @param fields texts as strings; of each file the size
     * @param files the files by the names of their fields
     * @param identity equal for forms with the same fields, whatever their order and delimiter
     */
    record Whole(ObjectNode fields, Map<String, UploadedFile> files, byte[] identity) implements FormBody {

        private static final Logger log = LoggerFactory.getLogger(FormBody.class);

        /** Deletes the files that were not moved away. */
        void discard() {
            for (UploadedFile file : files.values()) {
                try {
                    Files.deleteIfExists(file.path());
                } catch (IOException e) {
                    log.warn("An uploaded file could not be deleted; the next start does it: {}", e.toString());
                }
            }
        }
    }

    /** The disk does not take it. */
    record NotKept(IOException why) implements FormBody {}

    /** It is no form, or none that we read, with the text to answer. */
    record Refused(String message) implements FormBody {}

    /** Not all of it came, or could be taken. */
    record Incomplete(BodyPump.End end) implements FormBody {}

    /**
     * Reads a form.
     *
     * @param limits the fields that are files, and how many bytes each may have
     */
    static FormBody read(Request request, Map<String, Long> limits, Uploads uploads, Duration patience) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String boundary = type == null ? null : boundary(type);
        if (boundary == null) {
            // Whatever it is, its sender is to see the answer.
            BodyPump.run(request, patience, (bytes, last) -> false);
            return new Refused(Fields.FAILED + "'Content-Type' must be multipart/form-data with a boundary");
        }
        long most = Bodies.MAX_BYTES
                + MAX_FRAME
                + limits.values().stream().mapToLong(Long::longValue).sum();
        try (FormParts parts = new FormParts(limits, uploads)) {
            MultiPart.Parser parser = parser(boundary, parts);
            long[] length = {0};
            BodyPump.End end = BodyPump.run(request, patience, (bytes, last) -> {
                length[0] += bytes.length;
                if (length[0] > most) {
                    parts.tooLarge();
                } else {
                    parser.parse(Content.Chunk.from(ByteBuffer.wrap(bytes), last));
                }
                return parts.wanted();
            });
            return switch (end) {
                case WHOLE -> parts.whole();
                case REFUSED -> parts.refusal();
                case TOO_SLOW, BROKEN -> new Incomplete(end);
            };
        }
    }

    /** Jetty's parser, bounded. */
    static MultiPart.Parser parser(String boundary, FormParts parts) {
        MultiPart.Parser parser = new MultiPart.Parser(boundary, MultiPartCompliance.RFC7578, parts);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_PART_HEADERS);
        return parser;
    }

    /** Whether the body says that it is one. */
    static boolean isForm(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && isForm(type);
    }

    private static boolean isForm(String type) {
        return type.strip().regionMatches(true, 0, "multipart/form-data", 0, "multipart/form-data".length());
    }

    private static @Nullable String boundary(String type) {
        if (!isForm(type)) {
            return null;
        }
        try {
            String boundary = MultiPart.extractBoundary(type);
            return boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY ? null : boundary;
        } catch (RuntimeException e) {
            return null; // a header that Jetty can't take apart
        }
    }
}
