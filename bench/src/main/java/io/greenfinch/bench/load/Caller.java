package io.greenfinch.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A caller that costs next to nothing: HTTP/1.1 on sockets that stay open, so that what is measured is the gateway and
 * not the client. It understands answers with a {@code Content-Length}, and nothing else. Thread-safe.
 */
final class Caller implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 60_000;

    private final String host;
    private final int port;
    private final BlockingQueue<Socket> idle = new LinkedBlockingQueue<>();

    Caller(URI api) {
        host = api.getHost();
        port = api.getPort();
    }

    /** Posts JSON and returns the body of the answer, which is 200 or 201. */
    String post(String path, String json) throws IOException {
        return call("POST", path, json);
    }

    /** Sends a request and returns the body of the answer, which is 200 or 201. */
    String call(String verb, String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] request = (verb + " " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
        Socket kept = idle.poll();
        Socket socket = kept == null ? connect() : kept;
        try {
            socket.getOutputStream().write(request);
            String answer = read(new BufferedInputStream(socket.getInputStream()));
            idle.add(socket);
            return answer;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        return socket;
    }

    private static String read(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 200 ") && !status.startsWith("HTTP/1.1 201 ")) {
            throw new IOException("a call answered " + status + ": " + body);
        }
        return body;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the gateway hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket = idle.poll(); socket != null; socket = idle.poll()) {
            socket.close();
        }
    }
}
