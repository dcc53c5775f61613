package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.proto.HandshakeMessage;

/** The protobuf around the messages of a handshake (specification §31.1). */
final class HandshakeMessages {

    private HandshakeMessages() {}

    static HandshakeMessage parse(byte[] bytes) {
        try {
            return HandshakeMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no handshake message", e);
        }
    }

    static HandshakeMessage.ClientHello clientHello(byte[] bytes) {
        HandshakeMessage message = parse(bytes);
        if (!message.hasClientHello()) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no client hello");
        }
        return message.getClientHello();
    }

    static HandshakeMessage.ServerHello serverHello(byte[] bytes) {
        HandshakeMessage message = parse(bytes);
        if (!message.hasServerHello()) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no server hello");
        }
        return message.getServerHello();
    }

    static HandshakeMessage.ClientFinish clientFinish(byte[] bytes) {
        HandshakeMessage message = parse(bytes);
        if (!message.hasClientFinish()) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no client finish");
        }
        return message.getClientFinish();
    }

    static byte[] bytes(HandshakeMessage.ClientHello.Builder hello) {
        return HandshakeMessage.newBuilder().setClientHello(hello).build().toByteArray();
    }

    static byte[] bytes(HandshakeMessage.ServerHello.Builder hello) {
        return HandshakeMessage.newBuilder().setServerHello(hello).build().toByteArray();
    }

    /** The last message of XX. */
    static byte[] finish(XxPattern pattern, byte[] clientPayload) {
        return HandshakeMessage.newBuilder()
                .setClientFinish(HandshakeMessage.ClientFinish.newBuilder()
                        .setStatic(ByteString.copyFrom(pattern.sendStatic()))
                        .setPayload(ByteString.copyFrom(pattern.sendPayload(clientPayload))))
                .build()
                .toByteArray();
    }
}
