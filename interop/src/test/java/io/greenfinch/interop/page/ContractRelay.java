package io.greenfinch.interop.page;

import io.greenfinch.gateway.docs.ApiContract;
import io.greenfinch.gateway.docs.Asked;
import io.greenfinch.gateway.docs.HttpMessage;
import io.greenfinch.gateway.docs.ServedContract;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands before a gateway, passes requests and answers on byte for byte, and holds each pair against the API's description: for clients
 * that are programs of their own. Thread-safe.
 */
final class ContractRelay implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI gateway;
    private final ApiContract contract;
    private final ServerSocket server;
    private final List<Throwable> complaints = new ArrayList<>();
    private int seen;

    ContractRelay(URI gateway) {
        this.gateway = gateway;
        contract = ServedContract.of(gateway.resolve("/"));
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("contract-relay").start(this::accept);
    }

    /** The same place, through here. */
    URI through(URI url) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + url.getRawPath());
    }

    /** How many pairs were looked at since the last time, all of them well. */
    synchronized int allWell() {
        if (!complaints.isEmpty()) {
            AssertionError failure = new AssertionError(complaints.size() + " exchanges were not as described");
            complaints.forEach(failure::addSuppressed);
            complaints.clear();
            throw failure;
        }
        int looked = seen;
        seen = 0;
        return looked;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("contract-relay-connection").start(() -> relay(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    note(e);
                }
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket there = new Socket(gateway.getHost(), gateway.getPort())) {
            client.setSoTimeout(PATIENCE_MILLIS);
            there.setSoTimeout(PATIENCE_MILLIS);
            InputStream requests = new BufferedInputStream(client.getInputStream());
            InputStream answers = new BufferedInputStream(there.getInputStream());
            for (Optional<HttpMessage> request = HttpMessage.read(requests, false);
                    request.isPresent();
                    request = HttpMessage.read(requests, false)) {
                there.getOutputStream().write(request.get().raw());
                Asked asked = request.get().asked();
                HttpMessage answer = HttpMessage.read(answers, asked.verb().equals("HEAD"))
                        .orElseThrow(() -> new IOException("closed without an answer"));
                check(asked, answer);
                client.getOutputStream().write(answer.raw());
            }
        } catch (IOException e) {
            note(e);
        }
    }

    private void check(Asked asked, HttpMessage answer) {
        try {
            contract.check(asked, answer.answered());
        } catch (AssertionError e) {
            note(e);
        }
        synchronized (this) {
            seen++;
        }
    }

    private synchronized void note(Throwable complaint) {
        complaints.add(complaint);
    }
}
