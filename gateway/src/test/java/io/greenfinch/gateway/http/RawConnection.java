package io.greenfinch.gateway.http;

import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.docs.Answered;
import io.greenfinch.gateway.docs.ApiContract;
import io.greenfinch.gateway.docs.Asked;
import io.greenfinch.gateway.docs.HttpMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

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

    /** Writes as much as is taken: who answers before the end need not take the rest. */
    RawConnection bytesAsFarAsTaken(byte[] bytes) {
        written.add(bytes);
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            return this; // the answer came before, and can be read all the same
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
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
        return HttpMessage.read(in, asked.verb().equals("HEAD"))
                .map(HttpMessage::answered)
                .orElseThrow(() -> new IOException("closed without an answer"));
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
        } catch (SocketTimeoutException e) {
            return false;
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
