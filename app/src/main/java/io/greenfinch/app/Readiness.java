package io.greenfinch.app;

import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever started the process that it is ready, and that it stops: by a line, and where systemd asks for it in
 * {@code NOTIFY_SOCKET} by its protocol (sd_notify(3)), for which Java has no sockets. Thread-safe.
 */
final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;

    /** A manager that is busy is no reason to wait. */
    private static final int SOCK_NONBLOCK = 04000;

    private static final int MSG_NOSIGNAL = 0x4000;

    /** A {@code sockaddr_un}: the family, and the path or, after a NUL, a name. */
    private static final int PATH_OFFSET = 2;

    private static final int PATH_MOST = 108;

    private Readiness() {}

    /** Everything runs, and what there was to say before was said. */
    static void ready(PrintWriter out) {
        out.println("ready");
        out.flush();
        tell("READY=1");
    }

    /** The process is about to end. */
    static void stopping() {
        tell("STOPPING=1");
    }

    private static void tell(String state) {
        @Nullable String socket = System.getenv("NOTIFY_SOCKET");
        if (socket == null || socket.isEmpty()) {
            return;
        }
        try {
            send(socket, state.getBytes(StandardCharsets.UTF_8));
        } catch (Throwable e) { // what a method handle throws
            LOG.warn("The service manager can't be told {}: {}", state, e.toString());
        }
    }

    private static void send(String name, byte[] message) throws Throwable {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_MOST) {
            throw new IllegalArgumentException("the name of its socket is too long");
        }
        if (path[0] == '@') {
            path[0] = 0; // a name that stands in no folder
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(PATH_OFFSET + PATH_MOST);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, path.length);
            MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            int length = PATH_OFFSET + path.length + (path[0] == 0 ? 0 : 1);
            int socket = (int) function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                    .invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            int sent = (int) function(
                            "sendto",
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT)
                    .invokeExact(socket, text, (long) message.length, MSG_NOSIGNAL, address, length);
            int closed = (int) function("close", ValueLayout.JAVA_INT).invokeExact(socket);
            if (sent != message.length || closed != 0) {
                throw new IllegalStateException("its socket takes nothing");
            }
        }
    }

    /** A function of the C library that returns an {@code int}, or what fits into one. */
    @SuppressWarnings("restricted") // the launcher allows it
    private static MethodHandle function(String name, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }
}
