package io.greenfinch.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests that are nearly right: of every method, with a path, a head or a body that somebody has been at. */
final class HostileRequests {

    private static final List<String> VERBS =
            List.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "P\u00d6ST", "");

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "/..",
            "/%2e%2e/",
            "%",
            "%zz",
            "%00",
            "%2F",
            ";x=1",
            "?",
            "#",
            "\u0000",
            " ",
            "\t",
            "\\",
            "'",
            "é",
            "%c0%af",
            "waInstance",
            "-1",
            "99999999999999999999",
            "{{",
            "*",
            "/waInstance/",
            "\ud83d\ude00");

    private static final List<String> HEADERS = List.of(
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 5\r\nContent-Length: 6",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding: x",
            "Content-Encoding: gzip",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Type: multipart/form-data; boundary=\"x",
            "Content-Type: application/json; charset=utf-99",
            "Content-Type: \u0001",
            "Expect: 100-continue",
            "Expect: nothing",
            "Connection: Upgrade\r\nUpgrade: websocket",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c",
            "Idempotency-Key: " + "k".repeat(300),
            "Idempotency-Key: \u00ff",
            "Idempotency-Key:",
            "Host: a\r\nHost: b",
            "Host: [::1",
            " folded: x",
            "no colon",
            "X: " + "x".repeat(20_000));

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "\"text\"",
            "1e99999",
            "{\"groupId\":1}",
            "{\"groupId\":null}",
            "{\"groupId\":{}}",
            "{\"groupId\":\"\\ud800\"}",
            "{\"groupId\":\"1@g.us\",\"groupId\":\"2@g.us\"}",
            "{\"groupId\":\"" + "9".repeat(100_000) + "@g.us\"}",
            "{\"groupIds\":[" + "1,".repeat(5_000) + "1]}",
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "[".repeat(50_000),
            "{\"phoneNumber\":-1}",
            "{\"phoneNumber\":1e400}",
            "{\"groupName\":\"\\u0000\",\"chatIds\":[\"x\"]}",
            "\u00ef\u00bb\u00bf{}",
            "\u00ff\u00fe{\u0000}\u0000",
            "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\n",
            "--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--",
            "--b\r\n" + "X: y\r\n".repeat(1_000),
            "5\r\nabc");

    private final Random random;
    private final List<String> paths;

    HostileRequests(long seed, List<String> paths) {
        this.random = new Random(seed);
        this.paths = List.copyOf(paths);
    }

    /** The next one; it never names a connection that stays open. */
    byte[] next() {
        String body = random.nextInt(3) == 0 ? "{\"groupId\":\"120363000000000001@g.us\"}" : any(BODIES);
        List<String> head = new ArrayList<>();
        head.add((random.nextInt(4) == 0 ? any(VERBS) : random.nextBoolean() ? "POST" : "GET") + " " + path()
                + (random.nextInt(20) == 0 ? " HTTP/9" : " HTTP/1.1"));
        head.add("Host: localhost");
        head.add("Connection: close");
        if (random.nextInt(4) == 0) {
            head.add("Content-Type: multipart/form-data; boundary=b");
        }
        if (random.nextInt(3) == 0) {
            head.add(any(HEADERS));
        }
        if (random.nextInt(5) != 0) {
            head.add("Content-Length: "
                    + Math.max(0, latin(body).length + (random.nextInt(10) == 0 ? random.nextInt(-3, 4) : 0)));
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(latin(String.join("\r\n", head) + "\r\n\r\n" + body));
        return random.nextInt(6) == 0 ? spoilt(request.toByteArray()) : request.toByteArray();
    }

    private String path() {
        String path = any(paths);
        while (random.nextInt(3) == 0) {
            int at = random.nextInt(path.length() + 1);
            path = path.substring(0, at)
                    + any(PIECES)
                    + path.substring(Math.min(path.length(), at + random.nextInt(3)));
        }
        return path;
    }

    private byte[] spoilt(byte[] request) {
        byte[] spoilt = request.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            spoilt[random.nextInt(Math.min(spoilt.length, 300))] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? spoilt : Arrays.copyOf(spoilt, random.nextInt(spoilt.length));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
