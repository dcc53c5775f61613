package io.greenfinch.app.rehearsal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * HTTP calls over plain sockets, a connection for each. For the rehearsal: what it uses is noted with what it rehearses, and no later
 * start needs an HTTP client for this.
 */
final class PlainHttp {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private PlainHttp() {}

    /**
     * Calls, and returns the body of the answer.
     *
     * @throws IOException when there is no answer, or another one than a success
     */
    static String call(String method, URI url, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n"
                + (content.length == 0 ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: " + content.length + END_OF_HEAD;
        try (Socket socket = new Socket(InetAddress.getByName(url.getHost()), url.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(content);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf(END_OF_HEAD);
            if (end < 0 || !answer.startsWith("HTTP/1.1 2")) {
                throw new IOException(method + " " + url.getHost() + ": "
                        + answer.lines().findFirst().orElse("no answer"));
            }
            if (answer.substring(0, end).toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding:")) {
                throw new IOException("an answer in chunks");
            }
            return answer.substring(end + END_OF_HEAD.length());
        }
    }
}
