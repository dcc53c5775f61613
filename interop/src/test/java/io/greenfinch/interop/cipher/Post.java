package io.greenfinch.interop.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.signal.EncryptedMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The way from one side to the other: letters get lost, come in another order, twice, or changed. */
final class Post {

    /** So many rounds a letter may take; what takes longer is lost. Sessions keep the chains of five. */
    private static final int MAX_ROUNDS = 3;

    private static final int MAX_DELIVERIES = 10;

    private final RandomGenerator random;
    private final boolean isStrict;
    private final List<Letter> underWay = new ArrayList<>();
    private final Set<Integer> read = new HashSet<>();

    /**
     * @param isStrict whether the receiver may read no changed message at all. The other clients don't authenticate every
     *     bit: Baileys takes the version that it knows, whatsmeow writes the message anew.
     */
    Post(RandomGenerator random, boolean isStrict) {
        this.random = random;
        this.isStrict = isStrict;
    }

    /**
     * A letter that arrives.
     *
     * @param isGenuine whether it arrives as it was sent
     */
    record Delivery(Letter letter, boolean isGenuine) {}

    void send(Letter letter) {
        underWay.add(letter);
    }

    /** What arrives in this round. */
    List<Delivery> deliveries(int round) {
        underWay.removeIf(letter -> round - letter.round() > MAX_ROUNDS);
        List<Delivery> deliveries = new ArrayList<>();
        int count = random.nextInt(MAX_DELIVERIES);
        for (int i = 0; i < count && !underWay.isEmpty(); i++) {
            int at = random.nextInt(underWay.size());
            switch (random.nextInt(10)) {
                case 0 -> underWay.remove(at);
                case 1 -> deliveries.add(new Delivery(underWay.get(at).tampered(random), false));
                case 2 -> deliveries.add(new Delivery(underWay.get(at), true));
                default -> deliveries.add(new Delivery(underWay.remove(at), true));
            }
        }
        return deliveries;
    }

    /** Holds what became of a delivery, which is nothing when it could not be read, against what had to. */
    void check(Delivery delivery, Optional<byte[]> plain, String otherwise) {
        Letter letter = delivery.letter();
        boolean isFirst = !read.contains(letter.number());
        if (plain.isPresent()) {
            assertThat(Arrays.equals(plain.get(), letter.content()))
                    .as("the same content")
                    .isTrue();
            assertThat(isFirst).as("read twice: %s", letter).isTrue();
            // Around the message that starts a session some numbers are not authenticated.
            assertThat(!isStrict || delivery.isGenuine() || letter.message().kind() == EncryptedMessage.Kind.PREKEY)
                    .as("read although it was changed: %s", letter)
                    .isTrue();
            read.add(letter.number());
        } else {
            assertThat(delivery.isGenuine() && isFirst)
                    .as("not read: %s: %s", letter, otherwise)
                    .isFalse();
        }
    }

    boolean isRead(Letter letter) {
        return read.contains(letter.number());
    }
}
