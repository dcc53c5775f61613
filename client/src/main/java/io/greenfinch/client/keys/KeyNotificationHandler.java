package io.greenfinch.client.keys;

import io.greenfinch.client.SessionEvent.IdentityChanged;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes in that our keys run low, or that somebody has a new identity: {@code <notification type="encrypt">} (specification
 * §12.2, §12.4).
 */
public final class KeyNotificationHandler implements StanzaHandler {

    private final Clock clock;
    private final Consumer<Jid> forgetDevices;
    private final PreKeys preKeys;
    private final Function<Jid, List<Change>> identityChanged;

    /**
     * A handler.
     *
     * @param forgetDevices makes somebody's devices unknown
     * @param identityChanged what becomes void with somebody's old keys
     */
    public KeyNotificationHandler(
            Clock clock, Consumer<Jid> forgetDevices, PreKeys preKeys, Function<Jid, List<Change>> identityChanged) {
        this.clock = clock;
        this.forgetDevices = forgetDevices;
        this.preKeys = preKeys;
        this.identityChanged = identityChanged;
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
            identityChanged.apply(from.get().account()).forEach(decision::change);
            decision.effect(() -> forgetDevices.accept(from.get().account()));
        }
        return notification.child("count").isPresent() ? decision.effect(preKeys::low) : decision;
    }
}
