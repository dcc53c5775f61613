package io.greenfinch.gateway.http;

import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.docs.Answered;
import io.greenfinch.gateway.docs.ApiContract;
import io.greenfinch.gateway.docs.Asked;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection on which a test writes HTTP byte by byte. Answers that are read one by one must be as the API's description
 * says for the requests that were written, in their order.
 */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final ApiContract contract;
    private final WrittenRequests written = new WrittenRequests();
    private final Socket socket;

    RawConnection(TestGateway gateway) {
        contract = gateway.contract();
        try {
            socket = new Socket(
                    InetAddress.getLoopbackAddress(), gateway.gateway().apiUrl().getPort());
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
            written.add(bytes);
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one answer with a Content-Length, or none; that to HEAD has no body, whatever its length says. */
    Answered reply() {
        try {
            Asked asked = written.take();
            Answered answered = read(socket.getInputStream(), asked);
            if (answered.status() < 400) {
                contract.check(asked, answered);
            } else {
                contract.checkAnswer(asked, answered);
            }
            return answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answered read(InputStream in, Asked asked) throws IOException {
        String[] head = headOf(in).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            headers.put(
                    head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    head[i].substring(colon + 1).strip());
        }
        int length = asked.verb().equals("HEAD") ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answered(Integer.parseInt(head[0].split(" ")[1]), headers, body);
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

    /**
     * Sends no more and reads whatever comes until the other side ends the connection. The first answer in it must be as
     * described; if it is none, that is for the caller to see.
     */
    String everything() {
        byte[] all;
        try {
            socket.shutdownOutput();
            all = socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            return ""; // reset, since the other side did not want the rest
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = new String(all, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/1.1 ") && !text.startsWith("HTTP/1.1 1")) {
            check(all);
        }
        return text;
    }

    private void check(byte[] answer) {
        Asked asked = written.take();
        try {
            contract.checkAnswer(asked, read(new ByteArrayInputStream(answer), asked));
        } catch (IOException e) {
            throw new UncheckedIOException("an answer that is cut short", e);
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
