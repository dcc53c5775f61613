package io.greenfinch.client.message;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.signal.PreKeyBundle;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for what sessions with devices can be started from (specification §12.3). Devices of which the server has nothing, or
 * nothing that can be read, are left out.
 *
 * @param needed those without which nothing can be done: while WhatsApp can't tell of one of them, it is asked again
 */
record BundleQuestion(Set<Jid> needed) implements Question<Map<Jid, PreKeyBundle>> {

    private static final int KEY = 32;
    private static final int SIGNATURE = 64;

    static Node stanza(Collection<Jid> devices, boolean anew) {
        Node.Builder key = Node.element("key");
        for (Jid device : devices) {
            Node.Builder user = Node.element("user").attribute("jid", device);
            if (anew) {
                user.attribute("reason", "identity");
            }
            key.child(user);
        }
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "get")
                .attribute("xmlns", "encrypt")
                .child(key)
                .build();
    }

    @Override
    public Verdict<Map<Jid, PreKeyBundle>> result(
            Attempt<Node, Map<Jid, PreKeyBundle>> attempt, Node stanza, long reminder) {
        Map<Jid, PreKeyBundle> bundles = new HashMap<>();
        List<Node> users =
                stanza.child("list").map(list -> list.children("user")).orElse(List.of());
        for (Node user : users) {
            Optional<Jid> device = user.jid("jid");
            Optional<Answer.Refused> passing = device.filter(needed::contains)
                    .flatMap(jid -> user.child("error"))
                    .map(Answer.Refused::of)
                    .filter(Answer.Refused::isPassing);
            if (passing.isPresent()) {
                return passing.get().judged();
            }
            device.flatMap(jid -> read(user)).ifPresent(bundle -> bundles.put(device.get(), bundle));
        }
        return Verdict.done(Map.copyOf(bundles));
    }

    @Override
    public Verdict<Map<Jid, PreKeyBundle>> refused(
            Attempt<Node, Map<Jid, PreKeyBundle>> attempt, Answer.Refused error, long reminder) {
        return error.judged();
    }

    /** The keys in an element that has them as its children, or in {@code <keys>}; empty when one is missing or none. */
    static Optional<PreKeyBundle> read(Node element) {
        Node holder = element.child("keys").orElse(element);
        Optional<Integer> registration =
                number(element.child("registration").or(() -> holder.child("registration")), 4);
        Optional<byte[]> identity = bytes(holder.child("identity"), KEY);
        Optional<Node> signed = holder.child("skey");
        Optional<Integer> signedId = number(signed.flatMap(key -> key.child("id")), 3);
        Optional<byte[]> signedKey = bytes(signed.flatMap(key -> key.child("value")), KEY);
        Optional<byte[]> signature = bytes(signed.flatMap(key -> key.child("signature")), SIGNATURE);
        if (registration.isEmpty()
                || identity.isEmpty()
                || signedId.isEmpty()
                || signedKey.isEmpty()
                || signature.isEmpty()) {
            return Optional.empty();
        }
        Optional<Node> once = holder.child("key");
        Optional<PreKeyBundle.OneTimeKey> preKey = number(once.flatMap(key -> key.child("id")), 3)
                .flatMap(id -> bytes(once.flatMap(key -> key.child("value")), KEY)
                        .map(value -> new PreKeyBundle.OneTimeKey(id, value)));
        return Optional.of(new PreKeyBundle(
                registration.get(), identity.get(), signedId.get(), signedKey.get(), signature.get(), preKey));
    }

    private static Optional<byte[]> bytes(Optional<Node> node, int length) {
        return node.map(Node::content).filter(content -> content.length == length);
    }

    private static Optional<Integer> number(Optional<Node> node, int length) {
        return bytes(node, length).map(content -> new BigInteger(1, content).intValue());
    }
}
