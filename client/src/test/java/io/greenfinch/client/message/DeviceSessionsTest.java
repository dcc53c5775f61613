package io.greenfinch.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What is known of a device stays known when the other name of its owner is told. */
class DeviceSessionsTest {

    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Jid PN = Jid.pn("15550001002").withDevice(3);
    private static final Jid LID = Jid.lid("900000000000002").withDevice(3);

    @Test
    void theKeysOfAGroupMoveToTheNameThatIsLearntLater() {
        PendingState state = new PendingState(
                new SessionState(7, new InMemorySessionStore<Void>(), new ProcessCache(), () -> false));
        ReceivedSenderKeys keys = ReceivedSenderKeys.none()
                .with(OwnSenderKey.generate(new SecureRandom()).distribution());
        DeviceSessions.putSenderKeys(state, GROUP, PN, keys);
        Aliases.learn(state, PN, LID);

        assertThat(DeviceSessions.senderKeys(state, GROUP, LID).encode()).isEqualTo(keys.encode());
        assertThat(state.find(DeviceSessions.senderKey(GROUP, PN))).isEmpty();
        assertThat(DeviceSessions.senderKeys(state, GROUP, PN).encode()).isEqualTo(keys.encode());
    }
}
