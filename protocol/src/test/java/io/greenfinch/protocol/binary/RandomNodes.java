package io.greenfinch.protocol.binary;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Stanzas of every shape that can be encoded, the same ones for the same seed. */
final class RandomNodes {

    private static final List<String> SERVERS = List.of(
            Jid.USERS,
            Jid.LIDS,
            Jid.GROUPS,
            Jid.HOSTED,
            Jid.HOSTED_LID,
            Jid.MESSENGER,
            Jid.INTEROP,
            "broadcast",
            "bot");

    private static final List<String> ALPHABETS =
            List.of("0123456789", "0123456789-.", "0123456789ABCDEF", "abcdefxyz :_/", "äß中🐦\u0000\n ");

    private final RandomGenerator random;

    RandomNodes(long seed) {
        this.random = new Random(seed);
    }

    Node next() {
        return node(0);
    }

    private Node node(int depth) {
        Node.Builder node = Node.element(text());
        int attributes = small(6);
        for (int i = 0; i < attributes; i++) {
            if (random.nextInt(3) == 0) {
                node.attribute(text(), jid());
            } else {
                node.attribute(text(), text());
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> node.bytes(bytes());
            case 1 -> node.text(text());
            case 2 -> {
                int children = depth < 6 ? small(5) : 0;
                for (int i = 0; i < children; i++) {
                    node.child(node(depth + 1));
                }
            }
            default -> {
                // Nothing inside.
            }
        }
        return node.build();
    }

    /** Any text that isn't empty: a token, or letters of one alphabet, now and then around a limit of the encoding. */
    private String text() {
        return switch (random.nextInt(4)) {
            case 0 ->
                Tokens.singleTable().get(random.nextInt(Tokens.singleTable().size()));
            case 1 -> Tokens.ofDictionary(random.nextInt(Tokens.DICTIONARIES), random.nextInt(Tokens.DICTIONARY_SIZE));
            default -> letters(random.nextInt(20) == 0 ? 120 + random.nextInt(150) : 1 + small(24));
        };
    }

    private String letters(int count) {
        String alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private Jid jid() {
        String server = SERVERS.get(random.nextInt(SERVERS.size()));
        String user = random.nextInt(8) == 0 ? "" : Long.toString(random.nextLong(1_000_000_000_000L));
        int device = random.nextInt(256);
        return switch (server) {
            case Jid.USERS, Jid.LIDS, Jid.HOSTED, Jid.HOSTED_LID ->
                new Jid(user, random.nextBoolean() ? 0 : device, server, 0);
            case Jid.MESSENGER -> new Jid(user, random.nextInt(65_536), server, 0);
            case Jid.INTEROP -> new Jid(user, random.nextInt(65_536), server, random.nextInt(65_536));
            default -> Jid.of(user, server);
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(30) == 0 ? random.nextInt(3000) : small(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Small numbers more often than larger ones. */
    private int small(int bound) {
        return random.nextInt(1 + random.nextInt(bound));
    }
}
