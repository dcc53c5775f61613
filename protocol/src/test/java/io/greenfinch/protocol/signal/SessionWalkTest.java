package io.greenfinch.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.signal.Decryption.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Random conversations: messages lost, reordered, doubled, tampered with, sessions started anew by either side or both. */
class SessionWalkTest {

    private static final int WALKS = 40;
    private static final int STEPS = 150;
    private static final int MAX_STARTS = 15;
    private static final int UNDER_WAY = 12;

    @Test
    void everyGenuineMessageIsReadOnceAndNothingElseIs() {
        long start = ThreadLocalRandom.current().nextLong();
        for (long seed = start; seed < start + WALKS; seed++) {
            try {
                new Walk(seed).run();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + "L", e);
            }
        }
    }

    /** A message under way to {@code to}, which sees what it holds by its number. */
    private record Letter(int number, Device to, EncryptedMessage message) {}

    private static final class Walk {

        private final SeededRandom random;
        private final Device alice;
        private final Device bob;
        private final List<Letter> underWay = new ArrayList<>();
        private final Set<Integer> read = new HashSet<>();
        private final Map<Device, Set<String>> chains = new HashMap<>();
        private int numbers;
        private int starts;

        Walk(long seed) {
            random = new SeededRandom(seed);
            alice = new Device(1, random);
            bob = new Device(2, random);
            chains.put(alice, new HashSet<>());
            chains.put(bob, new HashSet<>());
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                Device one = random.nextBoolean() ? alice : bob;
                Device other = one == alice ? bob : alice;
                switch (random.nextInt(10)) {
                    case 0 -> {
                        if (starts++ < MAX_STARTS) {
                            one.start(other.bundle());
                            if (random.nextBoolean()) {
                                other.start(one.bundle());
                            }
                        }
                    }
                    case 1, 2, 3, 4 -> {
                        if (one.session.isOpen()) {
                            int number = numbers++;
                            underWay.add(new Letter(number, other, one.encrypt(content(number))));
                        }
                    }
                    default -> deliver();
                }
            }
        }

        private void deliver() {
            if (underWay.isEmpty()) {
                return;
            }
            int at = random.nextInt(Math.min(underWay.size(), UNDER_WAY));
            switch (random.nextInt(8)) {
                case 0 -> underWay.remove(at);
                case 1 -> tampered(underWay.get(at));
                case 2 -> genuine(underWay.get(at));
                default -> genuine(underWay.remove(at));
            }
        }

        private void genuine(Letter letter) {
            SignalSession before = letter.to().session;
            byte[] encoded = before.encode();
            Decryption<SignalSession> decryption = letter.to().decrypt(letter.message());
            assertThat(before.encode()).as("what was given").isEqualTo(encoded);
            boolean isKept = isKept(letter);
            switch (decryption) {
                case Decryption.Decrypted<SignalSession> decrypted -> {
                    assertThat(decrypted.plaintext()).isEqualTo(content(letter.number()));
                    assertThat(read.add(letter.number()))
                            .as("read for the first time")
                            .isTrue();
                }
                case Decryption.Failed<SignalSession>(Reason reason) -> {
                    if (isKept) {
                        assertThat(reason).isEqualTo(Reason.DUPLICATE);
                        assertThat(read).contains(letter.number());
                    } else {
                        assertThat(reason).isIn(Reason.NOT_AUTHENTIC, Reason.UNKNOWN_PREKEY);
                    }
                }
            }
        }

        /** Whether the session of a message still has its chain, or would make it: whether it has to be readable, once. */
        private boolean isKept(Letter letter) {
            boolean isNow = letter.to().session.states().stream()
                    .anyMatch(state -> state.hasChain(ratchetKey(letter.message())));
            return isSeenFirst(letter) || isNow;
        }

        private boolean isSeenFirst(Letter letter) {
            return chains.computeIfAbsent(letter.to(), side -> new HashSet<>())
                    .add(HexFormat.of().formatHex(ratchetKey(letter.message())));
        }

        private void tampered(Letter letter) {
            byte[] bytes = letter.message().bytes().clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            SignalSession before = letter.to().session;
            Decryption<SignalSession> decryption =
                    letter.to().decrypt(new EncryptedMessage(letter.message().kind(), bytes));
            if (decryption instanceof Decryption.Decrypted<SignalSession> decrypted) {
                // Around the message that starts a session some numbers are not authenticated.
                assertThat(letter.message().kind()).isEqualTo(EncryptedMessage.Kind.PREKEY);
                assertThat(decrypted.plaintext()).isEqualTo(content(letter.number()));
                assertThat(read.add(letter.number())).isTrue();
                isSeenFirst(letter);
            } else {
                assertThat(letter.to().session).isSameAs(before);
            }
        }

        private static byte[] ratchetKey(EncryptedMessage message) {
            return message.kind() == EncryptedMessage.Kind.SESSION
                    ? RatchetMessage.parse(message.bytes()).orElseThrow().ratchetKey()
                    : PreKeyMessage.parse(message.bytes())
                            .orElseThrow()
                            .message()
                            .ratchetKey();
        }

        private static byte[] content(int number) {
            return ByteBuffer.allocate(4 + number % 40).putInt(number).array();
        }
    }
}
