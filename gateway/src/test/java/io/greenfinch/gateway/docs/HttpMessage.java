package io.greenfinch.gateway.docs;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A message of HTTP/1.1 as it came over a connection.
 *
 * @param startLine the request line, or the status line
 * @param headers by names in lower case, the first value of each
 * @param raw every byte of it
 */
public record HttpMessage(String startLine, Map<String, String> headers, String body, byte[] raw) {

    /**
     * Reads the next message; empty when the connection has ended before its first byte.
     *
     * @param bodiless whether none follows, whatever its length says, as in the answer to HEAD
     * @throws IOException when it is cut short, or is none
     */
    public static Optional<HttpMessage> read(InputStream in, boolean bodiless) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        String startLine = line(in, raw);
        if (raw.size() == 0) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in, raw); !line.isEmpty(); line = line(in, raw)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("no header: " + line);
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = bodiless ? new byte[0] : body(in, headers, raw);
        return Optional.of(
                new HttpMessage(startLine, headers, new String(body, StandardCharsets.UTF_8), raw.toByteArray()));
    }

    /** As the request that it is. */
    public Asked asked() {
        String[] words = startLine.split(" ", 3);
        return new Asked(words[0], words[1], headers, body);
    }

    /** As the answer that it is. */
    public Answered answered() {
        return new Answered(Integer.parseInt(startLine.split(" ", 3)[1]), headers, body);
    }

    private static byte[] body(InputStream in, Map<String, String> headers, ByteArrayOutputStream raw)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            int size;
            do {
                size = Integer.parseInt(line(in, raw).replaceAll(";.*", "").strip(), 16);
                body.writeBytes(exactly(in, size, raw));
                line(in, raw);
            } while (size > 0);
        } else {
            body.writeBytes(exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")), raw));
        }
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length, ByteArrayOutputStream raw) throws IOException {
        byte[] bytes = in.readNBytes(length);
        raw.writeBytes(bytes);
        if (bytes.length < length) {
            throw new EOFException("a body that is cut short");
        }
        return bytes;
    }

    private static String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
        int start = raw.size();
        for (int next = in.read(); next >= 0; next = in.read()) {
            raw.write(next);
            if (next == '\n') {
                String line = raw.toString(StandardCharsets.ISO_8859_1).substring(start);
                return line.replaceAll("\\r?\\n$", "");
            }
        }
        if (raw.size() > 0) {
            throw new EOFException("closed after: " + raw.toString(StandardCharsets.ISO_8859_1));
        }
        return "";
    }
}
