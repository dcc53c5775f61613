package io.greenfinch.simulator.notification;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.world.WorldEvent.BlockListChanged;
import java.util.function.Supplier;

/** Tells an account's other devices what one did to it (specification §25). Called while the world is locked. */
final class AccountNotifications {

    private final Supplier<String> ids;

    AccountNotifications(Supplier<String> ids) {
        this.ids = ids;
    }

    void blockListChanged(BlockListChanged change, long seconds) {
        Node told = Node.element("blocklist")
                .attribute("dhash", change.device().account().blockListHash())
                .attribute("prev_dhash", change.hashBefore())
                .child(Node.element("item")
                        .attribute("jid", change.person().lid())
                        .attribute("action", change.blocked() ? "block" : "unblock"))
                .build();
        tellOthers(change.device(), told, seconds);
    }

    void privacyChanged(Device device, long seconds) {
        tellOthers(device, Node.empty("privacy"), seconds);
    }

    private void tellOthers(Device device, Node what, long seconds) {
        Node notification = Node.element("notification")
                .attribute("from", device.account().pn())
                .attribute("type", "account_sync")
                .attribute("id", ids.get())
                .attribute("t", seconds)
                .child(what)
                .build();
        device.account().companions().stream()
                .filter(other -> other != device)
                .forEach(other -> other.deliver(notification));
    }
}
