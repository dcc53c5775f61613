package io.greenfinch.interop.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.PreKeyBundle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A conversation between our ciphers and another client's, in rounds: first the other side reads and writes, then ours.
 * What happens follows from the seed, the keys don't. A mismatch is an {@link AssertionError}.
 */
final class Conversation {

    private static final int ROUNDS = 60;
    private static final int STARTS_EVERY = 12;
    private static final int ROTATES_EVERY = 20;
    private static final int MAX_LETTERS = 6;
    private static final int GROUP_EVERY = 8;

    private final CipherProcess theirs;
    private final Random random;
    private final OurDevice ours = new OurDevice();
    private final Post toThem;
    private final Post toUs;
    private boolean theyAreOpen;
    private int numbers;
    private int steps;

    Conversation(CipherProcess theirs, long seed) {
        this.theirs = theirs;
        this.random = new Random(seed);
        this.toThem = new Post(random, false);
        this.toUs = new Post(random, true);
    }

    /** Holds it, and returns the number of steps that either side made. */
    int hold() {
        Batch begin = new Batch();
        begin.add(_ -> {}, "create");
        begin.add(told -> ours.told(bytes(told)), "rotate");
        begin.add(_ -> {}, "told", text(ours.rotate().encode()));
        begin.run();
        for (int round = 0; round < ROUNDS; round++) {
            theirTurn(round);
            ourTurn(round);
        }
        return steps;
    }

    private void theirTurn(int round) {
        Batch batch = new Batch();
        if (round == 0 || random.nextInt(STARTS_EVERY) == 0) {
            boolean both = random.nextBoolean();
            boolean they = both || random.nextBoolean();
            if (they) {
                batch.add(_ -> theyAreOpen = true, "start", json(ours.bundle()));
            }
            if (both || !they) {
                batch.add(bundle -> ours.start(bundle(bundle)), "bundle");
            }
            theyAreOpen |= they;
        }
        if (random.nextInt(ROTATES_EVERY) == 0) {
            batch.add(told -> ours.told(bytes(told)), "rotate");
        }
        for (Post.Delivery delivery : toThem.deliveries(round)) {
            EncryptedMessage message = delivery.letter().message();
            if (delivery.letter().isToGroup()) {
                batch.addDelivery(delivery, "decryptGroup", text(message.bytes()));
            } else {
                batch.addDelivery(
                        delivery, "decrypt", StringNode.valueOf(message.kind().type()), text(message.bytes()));
            }
        }
        int letters = random.nextInt(MAX_LETTERS);
        for (int i = 0; i < letters; i++) {
            int number = numbers++;
            JsonNode content = text(Letter.content(number));
            if (random.nextInt(GROUP_EVERY) == 0) {
                batch.add(
                        sent -> toUs.send(new Letter(
                                number, round, new EncryptedMessage(EncryptedMessage.Kind.SENDER_KEY, bytes(sent)))),
                        "encryptGroup",
                        content);
            } else if (theyAreOpen) {
                batch.add(
                        sent -> toUs.send(new Letter(
                                number,
                                round,
                                new EncryptedMessage(
                                        EncryptedMessage.Kind.of(
                                                        sent.get("type").asString())
                                                .orElseThrow(),
                                        bytes(sent.get("bytes"))))),
                        "encrypt",
                        content);
            }
        }
        batch.run();
    }

    private void ourTurn(int round) {
        if (random.nextInt(ROTATES_EVERY) == 0) {
            Batch batch = new Batch();
            batch.add(_ -> {}, "told", text(ours.rotate().encode()));
            batch.run();
        }
        for (Post.Delivery delivery : toUs.deliveries(round)) {
            steps++;
            Letter letter = delivery.letter();
            boolean wasRead = toUs.isRead(letter);
            Decryption<?> decryption =
                    letter.isToGroup() ? ours.decryptInGroup(letter.message()) : ours.decrypt(letter.message());
            switch (decryption) {
                case Decryption.Decrypted<?> decrypted -> toUs.check(delivery, Optional.of(decrypted.plaintext()), "");
                case Decryption.Failed<?> failed -> {
                    toUs.check(delivery, Optional.empty(), failed.reason().name());
                    if (delivery.isGenuine() && wasRead) {
                        assertThat(failed.reason()).as("of %s", letter).isEqualTo(Decryption.Reason.DUPLICATE);
                    }
                }
            }
        }
        int letters = random.nextInt(MAX_LETTERS);
        for (int i = 0; i < letters; i++) {
            int number = numbers++;
            if (random.nextInt(GROUP_EVERY) == 0) {
                steps++;
                toThem.send(new Letter(number, round, ours.encryptToGroup(Letter.content(number))));
            } else if (ours.isOpen()) {
                steps++;
                toThem.send(new Letter(number, round, ours.encrypt(Letter.content(number))));
            }
        }
    }

    /** Commands for the other side, with what their answers cause. */
    private final class Batch {

        private final ArrayNode commands = CipherProcess.commands();
        private final List<Consumer<JsonNode>> answers = new ArrayList<>();

        void add(Consumer<JsonNode> answer, String name, JsonNode... fields) {
            put(name, fields);
            answers.add(result -> {
                assertThat(result.has("ok")).as("%s: %s", name, result).isTrue();
                answer.accept(result.get("ok"));
            });
        }

        void addDelivery(Post.Delivery delivery, String name, JsonNode... fields) {
            put(name, fields);
            answers.add(result -> {
                boolean isRead = result.has("ok");
                toThem.check(
                        delivery,
                        isRead ? Optional.of(bytes(result.get("ok"))) : Optional.empty(),
                        result.path("error").asString(""));
                theyAreOpen |= isRead && delivery.letter().message().kind() == EncryptedMessage.Kind.PREKEY;
            });
        }

        private void put(String name, JsonNode... fields) {
            ArrayNode command = commands.addArray().add(name);
            for (JsonNode field : fields) {
                command.add(field);
            }
        }

        void run() {
            JsonNode results = theirs.run(commands);
            steps += answers.size();
            for (int i = 0; i < answers.size(); i++) {
                answers.get(i).accept(results.get(i));
            }
        }
    }

    private static PreKeyBundle bundle(JsonNode told) {
        return new PreKeyBundle(
                told.get("registrationId").asInt(),
                bytes(told.get("identity")),
                told.get("signedPreKeyId").asInt(),
                bytes(told.get("signedPreKey")),
                bytes(told.get("signature")),
                Optional.of(new PreKeyBundle.OneTimeKey(told.get("preKeyId").asInt(), bytes(told.get("preKey")))));
    }

    private static ObjectNode json(PreKeyBundle bundle) {
        PreKeyBundle.OneTimeKey preKey = bundle.preKey().orElseThrow();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("registrationId", bundle.registrationId());
        json.set("identity", text(bundle.identityKey()));
        json.put("signedPreKeyId", bundle.signedPreKeyId());
        json.set("signedPreKey", text(bundle.signedPreKey()));
        json.set("signature", text(bundle.signature()));
        json.put("preKeyId", preKey.id());
        json.set("preKey", text(preKey.publicKey()));
        return json;
    }

    private static StringNode text(byte[] bytes) {
        return StringNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] bytes(JsonNode text) {
        return Base64.getDecoder().decode(text.asString());
    }
}
