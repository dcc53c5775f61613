package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseTransportTest {

    private final byte[] up = key(1);
    private final byte[] down = key(2);
    private final NoiseTransport client = new NoiseTransport(new CipherState(up), new CipherState(down));
    private final NoiseTransport server = new NoiseTransport(new CipherState(down), new CipherState(up));

    @Test
    void addsATagAndNothingElse() {
        assertThat(client.encrypt(new byte[100])).hasSize(116);
        assertThat(client.encrypt(new byte[0])).hasSize(16);
    }

    @Test
    void theSameBytesLookDifferentEachTime() {
        assertThat(client.encrypt(new byte[100])).isNotEqualTo(client.encrypt(new byte[100]));
    }

    @Test
    void refusesAReplay() {
        byte[] message = client.encrypt(new byte[8]);
        server.decrypt(message);

        assertUndecryptable(message);
    }

    @Test
    void refusesMessagesOutOfOrder() {
        client.encrypt(new byte[8]);

        assertUndecryptable(client.encrypt(new byte[8]));
    }

    @Test
    void refusesItsOwnMessages() {
        assertUndecryptable(server.encrypt(new byte[8]));
    }

    @Test
    void refusesAMessageWithAnyBitChangedOrCutAnywhere() {
        byte[] message = client.encrypt(new byte[] {1, 2, 3});
        for (int i = 0; i < message.length; i++) {
            NoiseTransport fresh = new NoiseTransport(new CipherState(down), new CipherState(up));
            byte[] changed = message.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> fresh.decrypt(changed)).isInstanceOf(HandshakeException.class);
            NoiseTransport another = new NoiseTransport(new CipherState(down), new CipherState(up));
            byte[] cut = Arrays.copyOf(message, i);
            assertThatThrownBy(() -> another.decrypt(cut)).isInstanceOf(HandshakeException.class);
        }
    }

    @Test
    void carriesTheLongestFrame() {
        byte[] stanza = new byte[Frames.MAX_FRAME - 16];
        new Random(1).nextBytes(stanza);

        byte[] payload = client.encrypt(stanza);
        assertThat(payload).hasSize(Frames.MAX_FRAME);
        assertThat(server.decrypt(payload)).isEqualTo(stanza);
    }

    private void assertUndecryptable(byte[] message) {
        assertThatThrownBy(() -> server.decrypt(message))
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        e -> assertThat(e.kind()).isEqualTo(HandshakeException.Kind.UNDECRYPTABLE));
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }
}
