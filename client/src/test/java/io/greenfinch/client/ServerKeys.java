package io.greenfinch.client;

import io.greenfinch.protocol.binary.Node;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What a server makes of an upload of keys. */
public final class ServerKeys {

    private ServerKeys() {}

    /** What it says it has, right in every byte (specification §12.4). */
    public static Node digest(Node upload) {
        MessageDigest sha1 = sha1();
        sha1.update(content(upload, "identity"));
        Node signed = upload.child("skey").orElseThrow();
        sha1.update(content(signed, "value"));
        sha1.update(content(signed, "signature"));
        Node.Builder list = Node.element("list");
        keys(upload).forEach(key -> {
            sha1.update(content(key, "value"));
            list.child(Node.bytes("id", content(key, "id")));
        });
        return Node.element("digest")
                .child(Node.bytes("registration", content(upload, "registration")))
                .child(Node.bytes("type", content(upload, "type")))
                .child(Node.bytes("identity", content(upload, "identity")))
                .child(signed)
                .child(list)
                .child(Node.bytes("hash", sha1.digest()))
                .build();
    }

    /** The same upload with another identity in it. */
    static Node ofSomebodyElse(Node upload) {
        return Node.element("iq")
                .child(Node.bytes("identity", new byte[32]))
                .children(upload.children().stream()
                        .filter(child -> !child.tag().equals("identity"))
                        .toList())
                .build();
    }

    static List<Integer> ids(Node upload) {
        return keys(upload).stream()
                .map(key -> HexFormat.fromHexDigits(HexFormat.of().formatHex(content(key, "id"))))
                .toList();
    }

    static List<String> values(Node upload) {
        return keys(upload).stream()
                .map(key -> HexFormat.of().formatHex(content(key, "value")))
                .toList();
    }

    private static List<Node> keys(Node upload) {
        return upload.child("list").orElseThrow().children("key");
    }

    private static byte[] content(Node parent, String child) {
        return parent.child(child).orElseThrow().content();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
