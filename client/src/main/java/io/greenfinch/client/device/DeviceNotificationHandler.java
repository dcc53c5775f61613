package io.greenfinch.client.device;

import io.greenfinch.client.Account;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes in that somebody's devices changed, or our own: {@code <notification type="devices">} and {@code account_sync}
 * (specification §13.4). Nothing of it is stored.
 */
public final class DeviceNotificationHandler implements StanzaHandler {

    private final ClientContext shared;
    private final DeviceBook book;
    private final Supplier<Account> self;
    private final Runnable doubt;

    /**
     * A handler.
     *
     * @param doubt runs after the answer when a list of our own devices lacks this one
     */
    public DeviceNotificationHandler(ClientContext shared, DeviceBook book, Supplier<Account> self, Runnable doubt) {
        this.shared = shared;
        this.book = book;
        this.self = self;
        this.doubt = doubt;
    }

    @Override
    public StanzaDecision decide(Node notification) {
        List<DeviceUpdate> updates = DeviceUpdate.parse(notification);
        if (updates.isEmpty()) {
            String type = notification.attribute("type").orElse("");
            shared.stranger("<notification " + type + "> that tells of no devices");
        }
        StanzaDecision decision = StanzaDecision.nothing().effect(() -> updates.forEach(this::apply));
        return updates.stream().anyMatch(this::isWithoutUs) ? decision.then(doubt) : decision;
    }

    private void apply(DeviceUpdate update) {
        if (update instanceof DeviceUpdate.Own) {
            // It is told by one of our names, and true of the other as well.
            Account own = self.get();
            book.forget(own.pn());
            own.lid().ifPresent(book::forget);
        }
        book.apply(update);
    }

    private boolean isWithoutUs(DeviceUpdate update) {
        Account own = self.get();
        return switch (update) {
            case DeviceUpdate.Own all ->
                own.is(all.list().account()) && !all.list().has(own.pn().device());
            case DeviceUpdate.Changed changed ->
                changed.action() == DeviceUpdate.Action.REMOVED
                        && own.is(changed.devices().account())
                        && changed.devices().has(own.pn().device());
        };
    }
}
