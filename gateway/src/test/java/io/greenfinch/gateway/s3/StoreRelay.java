package io.greenfinch.gateway.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a gateway and a store, which can go away and come back at the same address without forgetting anything. */
public final class StoreRelay implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI store;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress address;
    private final AtomicInteger turnedAway = new AtomicInteger();
    private volatile boolean closedToAll;
    private @Nullable ServerSocket listening;
    private @Nullable Thread accepting;

    public StoreRelay(URI store) {
        this.store = store;
        this.address = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Where the store is reached. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    private InetSocketAddress listen(InetSocketAddress at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(at);
            listening = socket;
            accepting = Thread.ofVirtual().name("relay").start(() -> accept(socket));
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket caller = socket.accept();
                if (closedToAll) {
                    turnedAway.incrementAndGet();
                    caller.close();
                    continue;
                }
                Socket called = new Socket(store.getHost(), store.getPort());
                open.add(caller);
                open.add(called);
                Thread.ofVirtual().name("relay-there").start(() -> pass(caller, called));
                Thread.ofVirtual().name("relay-back").start(() -> pass(called, caller));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them is closed, and the other follows.
        } finally {
            shut(from);
            shut(to);
        }
    }

    private void shut(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many connections to it are open. */
    public int connections() {
        return open.size() / 2;
    }

    /** From now on nobody is there, and who was connected is cut off. */
    public void goAway() {
        ServerSocket socket = listening;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        awaitLast();
        open.forEach(this::shut);
    }

    /** A socket that a virtual thread accepts from goes on listening until that thread has seen that it is closed. */
    private void awaitLast() {
        try {
            if (accepting != null && !accepting.join(PATIENCE)) {
                throw new IllegalStateException("the relay still accepts after " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the relay was closed", e);
        }
    }

    /** From now on who connects is cut off at once. */
    public void turnAway() {
        turnedAway.set(0);
        closedToAll = true;
        open.forEach(this::shut);
    }

    /** How often somebody was, since then. */
    public int turnedAway() {
        return turnedAway.get();
    }

    /** Ends {@link #goAway()} and {@link #turnAway()}. */
    public void comeBack() {
        closedToAll = false;
        ServerSocket socket = listening;
        if (socket == null || socket.isClosed()) {
            listen(address);
        }
    }

    @Override
    public void close() {
        goAway();
    }
}
