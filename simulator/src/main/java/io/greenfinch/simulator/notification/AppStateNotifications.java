package io.greenfinch.simulator.notification;

import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import java.util.function.Supplier;

/** Tells an account's other devices that one has written to their app state (specification §23.2). Called while the world is locked. */
final class AppStateNotifications {

    private final Supplier<String> ids;

    AppStateNotifications(Supplier<String> ids) {
        this.ids = ids;
    }

    void publish(Device writer, AppStateCollection collection, long version, long seconds) {
        Node notification = Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", "server_sync")
                .attribute("id", ids.get())
                .attribute("t", seconds)
                .child(Node.element("collection")
                        .attribute("name", collection.wireName())
                        .attribute("version", version))
                .build();
        writer.account().devices().stream()
                .filter(device -> device != writer)
                .forEach(device -> device.deliver(notification));
    }
}
