package io.greenfinch.client.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.ServerKeys;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PreKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class KeyDigestTest {

    private final SecureRandom random = new SecureRandom();
    private final DeviceKeys ours = DeviceKeys.generate(random);
    private final List<PreKey> batch = PreKey.batch(7, 5, random);
    private final Map<Integer, KeyPair> known = batch.stream().collect(Collectors.toMap(PreKey::id, PreKey::keys));
    private final Node digest = ServerKeys.digest(KeyStanzas.upload(ours, batch));

    @Test
    void aServerThatHasWhatWeUploadedIsRight() {
        assertThat(difference(digest)).isEmpty();
    }

    @Test
    void everyPartMatters() {
        for (String part : List.of("registration", "type", "identity", "skey", "hash")) {
            assertThat(difference(without(part))).as("without %s", part).isPresent();
        }
        assertThat(difference(without("list"))).hasValue("another hash");
    }

    @Test
    void aServerThatTellsNothingHasNothingElse() {
        assertThat(KeyDigest.difference(Node.empty("iq"), ours, this::key)).isEmpty();
    }

    @Test
    void keysOfOthersAreNotOurs() {
        assertThat(KeyDigest.difference(result(digest), DeviceKeys.generate(random), this::key))
                .isPresent();
        assertThat(KeyDigest.difference(result(digest), ours, id -> Optional.empty()))
                .isPresent();
    }

    @Test
    void listsOfAnythingAreReadToTheEndOrRefused() {
        Random dice = new Random(42);
        for (int round = 0; round < 500; round++) {
            Node.Builder list = Node.element("list");
            for (int i = dice.nextInt(6); i >= 0; i--) {
                byte[] id = new byte[dice.nextInt(5)];
                dice.nextBytes(id);
                list.child(Node.bytes(dice.nextBoolean() ? "id" : "key", id));
            }
            Node strange = without("list").toBuilder().child(list).build();
            assertThat(difference(strange)).isPresent();
        }
    }

    @Test
    void aKeyThatIsListedTwiceIsNoKeyOfOurs() {
        byte[] id = KeyStanzas.id(7);
        Node twice = without("list").toBuilder()
                .child(Node.element("list").child(Node.bytes("id", id)).child(Node.bytes("id", id)))
                .build();

        assertThat(difference(twice)).isPresent();
    }

    private Node without(String part) {
        return Node.element("digest")
                .children(digest.children().stream()
                        .filter(child -> !child.tag().equals(part))
                        .toList())
                .build();
    }

    private Optional<String> difference(Node told) {
        return KeyDigest.difference(result(told), ours, this::key);
    }

    private static Node result(Node told) {
        return Node.element("iq").child(told).build();
    }

    private Optional<KeyPair> key(int id) {
        return Optional.ofNullable(known.get(id));
    }
}
