package io.greenfinch.client.keys;

import io.greenfinch.client.SessionEvent.IdentityChanged;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes in that our keys run low, or that somebody has a new identity: {@code <notification type="encrypt">} (specification
 * §12.2, §12.4).
 */
public final class KeyNotificationHandler implements StanzaHandler {

    private final Clock clock;
    private final DeviceBook devices;
    private final PreKeys preKeys;

    public KeyNotificationHandler(Clock clock, DeviceBook devices, PreKeys preKeys) {
        this.clock = clock;
        this.devices = devices;
        this.preKeys = preKeys;
    }

    @Override
    public StanzaDecision decide(Node notification) {
        StanzaDecision decision = StanzaDecision.nothing();
        Optional<Jid> from = notification.jid("from");
        if (notification.child("identity").isPresent() && from.isPresent()) {
            Instant at = StanzaTime.of(notification, "t").orElse(clock.instant());
            if (from.get().isPn() || from.get().isLid()) {
                decision.event(new IdentityChanged(at, from.get().account()));
            }
            decision.effect(() -> devices.forget(from.get()));
        }
        return notification.child("count").isPresent() ? decision.effect(preKeys::low) : decision;
    }
}
