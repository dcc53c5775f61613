package io.greenfinch.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.node.ObjectNode;

/** A body that is one file (green-api.md §5.5): read as a form with this file alone. */
final class RawBody {

    /** Tells what the file is called. */
    private static final String NAME = "GA-Filename";

    private RawBody() {}

    /**
     * Reads a body.
     *
     * @param file the field that it is, and how many bytes it may have
     */
    static FormBody read(Request request, Map.Entry<String, Long> file, Uploads uploads, Duration patience) {
        String name = UploadedFile.lastSegment(RequestPath.decoded(
                Objects.requireNonNullElse(request.getHeaders().get(NAME), "")));
        String type = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.CONTENT_TYPE), "");
        try {
            return read(request, file, name, type, uploads.freshFile(), patience);
        } catch (IOException e) {
            return new FormBody.NotKept(e);
        } catch (UncheckedIOException e) {
            return new FormBody.NotKept(Objects.requireNonNull(e.getCause()));
        }
    }

    private static FormBody read(
            Request request, Map.Entry<String, Long> file, String name, String type, Path path, Duration patience)
            throws IOException {
        MessageDigest digest = Bodies.sha256();
        long[] length = {0};
        BodyPump.End end = BodyPump.End.BROKEN;
        try (OutputStream to = Files.newOutputStream(path)) {
            end = BodyPump.run(request, patience, (bytes, last) -> {
                length[0] += bytes.length;
                digest.update(bytes);
                return length[0] <= file.getValue() && written(to, bytes);
            });
        } finally {
            if (end != BodyPump.End.WHOLE) {
                Files.deleteIfExists(path);
            }
        }
        if (end != BodyPump.End.WHOLE) {
            return new FormBody.Incomplete(end);
        }
        digest.update(('\0' + name + '\0' + type).getBytes(StandardCharsets.UTF_8));
        ObjectNode fields = Json.object().put(file.getKey(), length[0]);
        return new FormBody.Whole(
                fields, Map.of(file.getKey(), new UploadedFile(name, type, length[0], path)), digest.digest());
    }

    private static boolean written(OutputStream to, byte[] bytes) {
        try {
            to.write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
