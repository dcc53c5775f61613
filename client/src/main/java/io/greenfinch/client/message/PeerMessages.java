package io.greenfinch.client.message;

import io.greenfinch.client.keys.Credentials;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageStanza;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What we ask our own phone for (specification §14.6). From any thread. */
record PeerMessages(MessageContext context, TrustTokens tokens, Supplier<Predicate<Node>> line, Supplier<String> ids) {

    /** Sends it if there is a session with the phone and a connection; it is asked again when there is reason to. Returns at once. */
    void send(ProtocolMessage.Builder what) {
        Message message = Message.newBuilder().setProtocolMessage(what).build();
        context.owner().execute(() -> context.steps().run(List.of(), () -> send(message)));
    }

    private void send(Message message) {
        if (!context.keyring().linked()) {
            return;
        }
        Credentials own = context.keyring().get();
        Jid phone = own.account().pn().account();
        PendingState state = new PendingState(context.state());
        Encryption encryption =
                new Encryption(own, state, Map.of(), tokens, context.shared().random());
        encryption
                .enc(phone, MessageEnvelope.seal(message, context.shared().random()), MessageStanza.PLAIN)
                .ifPresent(enc -> {
                    Node.Builder stanza = Node.element("message")
                            .attribute("id", ids.get())
                            .attribute("to", phone)
                            .attribute("type", "text")
                            .attribute("category", "peer")
                            .attribute("push_priority", "high")
                            .child(Node.element("meta").attribute("appdata", "default"))
                            .child(enc);
                    if (encryption.starting()) {
                        stanza.child(Node.bytes("device-identity", own.identity()));
                    }
                    Node written = stanza.build();
                    context.intake().add(state.changes(), List.of(), () -> {
                        var _ = line.get().test(written);
                    });
                });
    }
}
