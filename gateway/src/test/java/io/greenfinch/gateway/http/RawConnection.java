package io.greenfinch.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test writes HTTP byte by byte. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /** An answer as it came. Header names in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {}

    private final Socket socket;

    RawConnection(URI api) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), api.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes lines, each ended as HTTP wants it. */
    RawConnection lines(String... lines) {
        return text(String.join("\r\n", lines) + "\r\n");
    }

    RawConnection text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    RawConnection bytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one answer with a Content-Length, or none. */
    Reply reply() {
        return reply(true);
    }

    /** Reads the answer to HEAD: whatever its length says, it has no body. */
    Reply replyToHead() {
        return reply(false);
    }

    private Reply reply(boolean withBody) {
        try {
            InputStream in = socket.getInputStream();
            String[] head = headOf(in).split("\r\n");
            Map<String, String> headers = new TreeMap<>();
            for (int i = 1; i < head.length; i++) {
                int colon = head[i].indexOf(':');
                headers.put(
                        head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        head[i].substring(colon + 1).strip());
            }
            int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return new Reply(Integer.parseInt(head[0].split(" ")[1]), headers, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String headOf(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends no more and reads whatever comes until the other side ends the connection. */
    String everything() {
        try {
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return ""; // reset, since the other side did not want the rest
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side ends the connection. */
    boolean ends() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true; // a reset is an end, too
        }
    }

    /** Ends the connection the hard way, as a process that is killed with unread data does. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
