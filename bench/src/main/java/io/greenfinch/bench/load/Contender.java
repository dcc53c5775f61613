package io.greenfinch.bench.load;

import java.io.IOException;
import java.util.Map;

/** A gateway that is compared with others, on a simulated WhatsApp of its own. */
interface Contender extends AutoCloseable {

    /** A call of its HTTP interface: path and body. */
    record Call(String path, Map<String, String> body) {}

    String name();

    SimulatedService service();

    /** Its present process. */
    AppProcess process();

    /** Stops it if it runs, and starts it on the data that it has. Returns when it answers. */
    void start() throws IOException, InterruptedException;

    /** Links somebody's account; returns when it is online. */
    void link(String phone) throws IOException, InterruptedException;

    /** How a linked account leaves a group. */
    Call leave(String phone, String group);

    /** How a linked account writes to somebody. */
    Call text(String phone, String chat, String text);

    @Override
    void close();
}
