package io.greenfinch.gateway.http;

import io.greenfinch.gateway.docs.Asked;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests as a test wrote them to a connection, taken apart as far as they are some. Not thread-safe. */
final class WrittenRequests {

    private static final Pattern REQUEST_LINE =
            Pattern.compile("(\\S+)\\s+(?:https?://[^/?#\\s]*)?(\\S*)(?:\\s.*)?", Pattern.DOTALL);
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,6})[^\\n]*\\n");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int taken;

    void add(byte[] bytes) {
        written.writeBytes(bytes);
    }

    /** The oldest that was not taken yet; of what is cut short, that which is there. */
    Asked take() {
        String left = written.toString(StandardCharsets.ISO_8859_1).substring(taken);
        int start = left.length() - left.stripLeading().length();
        int end = left.indexOf("\r\n\r\n", start);
        int bodyStart = end < 0 ? left.length() : end + 4;
        String[] lines = left.substring(start, end < 0 ? left.length() : end).split("\r\n", -1);
        Map<String, String> headers = headers(lines);
        String rest = left.substring(bodyStart);
        String body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
                ? joined(rest)
                : rest.substring(0, length(headers, rest.length()));
        int used = headers.containsKey("transfer-encoding") ? rest.length() : body.length();
        taken += bodyStart + used;
        Matcher line = REQUEST_LINE.matcher(lines[0]);
        return line.matches()
                ? new Asked(line.group(1), line.group(2), headers, utf8(body))
                : new Asked("none", "/", headers, utf8(body));
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static int length(Map<String, String> headers, int there) {
        String length = headers.getOrDefault("content-length", "0");
        return length.matches("[0-9]{1,18}") ? (int) Math.min(there, Long.parseLong(length)) : there;
    }

    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        Matcher chunk = CHUNK.matcher(chunks);
        int length = chunk.lookingAt() ? Integer.parseInt(chunk.group(1), 16) : 0;
        while (length > 0) {
            int end = Math.min(chunks.length(), chunk.end() + length);
            body.append(chunks, chunk.end(), end);
            chunk.region(Math.min(chunks.length(), end + 2), chunks.length());
            length = chunk.lookingAt() ? Integer.parseInt(chunk.group(1), 16) : 0;
        }
        return body.toString();
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
