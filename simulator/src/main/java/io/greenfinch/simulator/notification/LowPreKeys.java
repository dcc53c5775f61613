package io.greenfinch.simulator.notification;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.world.World;
import java.util.function.Supplier;

/** Tells a companion that others have used up most of its one-time prekeys (specification §12.2). Guarded by the world's lock. */
public final class LowPreKeys {

    private static final int LOW = 10;

    private final World world;
    private final Supplier<String> ids;

    /** {@code ids} gives ids for stanzas. */
    public LowPreKeys(World world, Supplier<String> ids) {
        this.world = world;
        this.ids = ids;
    }

    /** To be called after one was handed out. A phone makes its keys as they are asked for, so it never runs low. */
    public void check(Device device) {
        if (device instanceof Companion companion && companion.preKeys().size() < LOW) {
            companion.deliver(Node.element("notification")
                    .attribute("from", Jid.SERVER)
                    .attribute("type", "encrypt")
                    .attribute("id", ids.get())
                    .attribute("t", world.seconds())
                    .child(Node.element("count")
                            .attribute("value", companion.preKeys().size()))
                    .build());
        }
    }
}
