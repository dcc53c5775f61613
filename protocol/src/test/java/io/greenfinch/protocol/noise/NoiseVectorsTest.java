package io.greenfinch.protocol.noise;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.Hex;
import io.greenfinch.protocol.curve.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published vectors of Noise_XX_25519_AESGCM_SHA256 through the code that WhatsApp's handshake runs on. WhatsApp differs
 * from them in its prologue, and in that it doesn't hash the (empty) payload of the first message.
 */
class NoiseVectorsTest {

    /** Payload and ciphertext of one message. */
    record Message(String payload, String ciphertext) {}

    record Vector(
            String name,
            String prologue,
            String initiatorStatic,
            String initiatorEphemeral,
            String responderStatic,
            String responderEphemeral,
            List<Message> messages) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors() {
        return List.of(
                new Vector(
                        "cacophony",
                        "4a6f686e2047616c74",
                        "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1",
                        "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a",
                        "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893",
                        "bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b",
                        List.of(
                                new Message(
                                        "4c756477696720766f6e204d69736573",
                                        "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
                                                + "4c756477696720766f6e204d69736573"),
                                new Message(
                                        "4d757272617920526f746862617264",
                                        "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
                                                + "757117acceb05bd7a45733bc22015c97a9d0cbaf41b80446d5988ff5127235d7"
                                                + "6b79eade70f473d6a4ef521fdcbeda5340d01e028ba793fc059f2724a83af05f"
                                                + "12dda0448a7621a926b379a92477fd"),
                                new Message(
                                        "462e20412e20486179656b",
                                        "c90f1cf77eba4e50edb038991565e36c9758943a989229b6051244dc4fbecb69"
                                                + "46744b401af2ee1a5881b65fbb87fd07cb6a328ececc9ce6ce84c399dc332d4f"
                                                + "d521fa4bb7f467ce909395"),
                                new Message(
                                        "4361726c204d656e676572",
                                        "bc3fa77f6aca3e8466d7dc6bea10013e88a6a29add5132b461806c"),
                                new Message(
                                        "4a65616e2d426170746973746520536179",
                                        "250b01074cdfe0df2ecf8ccbf1737b15a2ddb5b52fd9a396604e9c793cee3b3bb9"),
                                new Message(
                                        "457567656e2042f6686d20766f6e2042617765726b",
                                        "449d4d433b3cdc3d02bf6fc881774b9df54366ebcffb9689bb13f14709822cd7"
                                                + "ef42bcdb4d"))),
                new Vector(
                        "flynn/noise",
                        "",
                        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                        "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
                        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
                        "4142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f60",
                        List.of(
                                new Message("", "358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254"),
                                new Message(
                                        "",
                                        "64b101b1d0be5a8704bd078f9895001fc03e8e9f9522f188dd128d9846d48466"
                                                + "5393019dbd6f438795da206db0886610b26108e424142c2e9b5fd1f7ea70cde8"
                                                + "767ce62d7e3c0e9bcefe4ab872c0505b9e824df091b74ffe10a2b32809cab21f"),
                                new Message(
                                        "",
                                        "e610eadc4b00c17708bf223f29a66f02342fbedf6c0044736544b9271821ae40"
                                                + "e70144cecd9d265dffdc5bb8e051c3f83db32a425e04d8f510c58a43325fbc56"),
                                new Message(
                                        "79656c6c6f777375626d6172696e65",
                                        "9ea1da1ec3bfecfffab213e537ed1791bfa887dd9c631351b3f63d6315ab9a"),
                                new Message(
                                        "7375626d6172696e6579656c6c6f77",
                                        "217c5111fad7afde33bd28abaff3def88a57ab50515115d23a10f28621f842"))));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bothSidesMakeTheMessagesOfTheVector(Vector vector) {
        SymmetricState initiatorState = new SymmetricState(hex(vector.prologue()));
        SymmetricState responderState = new SymmetricState(hex(vector.prologue()));
        XxPattern initiator =
                new XxPattern(initiatorState, keys(vector.initiatorStatic()), keys(vector.initiatorEphemeral()));
        XxPattern responder =
                new XxPattern(responderState, keys(vector.responderStatic()), keys(vector.responderEphemeral()));
        byte[] first = payload(vector, 0);
        byte[] second = payload(vector, 1);
        byte[] third = payload(vector, 2);

        byte[] hello = initiator.sendEphemeral();
        initiatorState.mixHash(first);
        assertThat(Hex.text(hello) + Hex.text(first)).isEqualTo(ciphertext(vector, 0));
        responder.receiveEphemeral(hello);
        responderState.mixHash(first);

        byte[] responderStatic = responder.answerEphemeral();
        byte[] secondPayload = responder.sendPayload(second);
        assertThat(Hex.text(responder.ephemeralKey()) + Hex.text(responderStatic) + Hex.text(secondPayload))
                .isEqualTo(ciphertext(vector, 1));
        assertThat(initiator.receiveAnswer(responder.ephemeralKey(), responderStatic))
                .isEqualTo(keys(vector.responderStatic()).publicKey());
        assertThat(initiator.receivePayload(secondPayload)).isEqualTo(second);

        byte[] initiatorStatic = initiator.sendStatic();
        byte[] thirdPayload = initiator.sendPayload(third);
        assertThat(Hex.text(initiatorStatic) + Hex.text(thirdPayload)).isEqualTo(ciphertext(vector, 2));
        assertThat(responder.receiveStatic(initiatorStatic))
                .isEqualTo(keys(vector.initiatorStatic()).publicKey());
        assertThat(responder.receivePayload(thirdPayload)).isEqualTo(third);

        exchange(vector, initiator.initiatorTransport(), responder.responderTransport());
    }

    /** The vector of cacophony for Noise_IK_25519_AESGCM_SHA256; its keys and payloads are those of the one above. */
    private static final List<String> RESUMING = List.of(
            "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
                    + "4e417bc55c7a8166c993356c1be41ef67818a292426f301556c7f26b21d25ddb"
                    + "097153891a9a956cff47b83e63ad8d70"
                    + "1c1342c209cff1ca5ecd43402762ac249e3bd3a4c0a145fe07cb5dae28ea13a3",
            "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
                    + "af2ccf9972e22afc67aeafcd25162f7f98c363b7762e3e4cb7d272e39f27a5",
            "66acfc92e3197de166809e6d4d5d003dcc819a84bc3522ca53c9d9",
            "71f89aa6533a6de70b0826864dd75f60806ee40170c16290189eb3",
            "4795a3423550c8bf00386bd496a3e2c76c10669d2a75ab8f79b5094c5412a25705",
            "aa0bb39097555c918e40be82abc2b909eb79d9eb87adb07e268fc37323a6cf904fd01fb391");

    @Test
    void bothSidesMakeTheMessagesOfTheVectorForResuming() {
        Vector vector = vectors().getFirst();
        KeyPair clientKey = keys(vector.initiatorStatic());
        KeyPair serverKey = keys(vector.responderStatic());
        KeyPair clientEphemeral = keys(vector.initiatorEphemeral());
        IkPattern initiator =
                IkPattern.initiator(hex(vector.prologue()), clientKey, clientEphemeral, serverKey.publicKey());
        IkPattern responder = IkPattern.responder(hex(vector.prologue()), serverKey, keys(vector.responderEphemeral()));

        byte[] clientStatic = initiator.sendStatic();
        byte[] first = initiator.sendPayload(payload(vector, 0));
        assertThat(Hex.text(clientEphemeral.publicKey()) + Hex.text(clientStatic) + Hex.text(first))
                .isEqualTo(RESUMING.get(0));
        assertThat(responder.receiveStatic(clientEphemeral.publicKey(), clientStatic))
                .isEqualTo(clientKey.publicKey());
        assertThat(responder.receivePayload(first)).isEqualTo(payload(vector, 0));

        byte[] serverEphemeral = responder.answerEphemeral();
        byte[] second = responder.sendPayload(payload(vector, 1));
        assertThat(Hex.text(serverEphemeral) + Hex.text(second)).isEqualTo(RESUMING.get(1));
        initiator.receiveAnswer(serverEphemeral);
        assertThat(initiator.receivePayload(second)).isEqualTo(payload(vector, 1));

        NoiseTransport ours = initiator.initiatorTransport();
        NoiseTransport theirs = responder.responderTransport();
        for (int i = 2; i < RESUMING.size(); i++) {
            NoiseTransport sender = i % 2 == 0 ? ours : theirs;
            assertThat(Hex.text(sender.encrypt(payload(vector, i)))).isEqualTo(RESUMING.get(i));
        }
    }

    /** The messages after the handshake go on taking turns. In flynn's vectors it is the initiator's turn again. */
    private static void exchange(Vector vector, NoiseTransport initiator, NoiseTransport responder) {
        boolean initiatorSends = vector.name().equals("flynn/noise");
        for (int i = 3; i < vector.messages().size(); i++) {
            NoiseTransport sender = initiatorSends ? initiator : responder;
            NoiseTransport receiver = initiatorSends ? responder : initiator;
            byte[] message = sender.encrypt(payload(vector, i));
            assertThat(Hex.text(message)).as("message %d", i).isEqualTo(ciphertext(vector, i));
            assertThat(receiver.decrypt(message)).isEqualTo(payload(vector, i));
            initiatorSends = !initiatorSends;
        }
    }

    private static KeyPair keys(String privateKey) {
        return KeyPair.ofPrivate(hex(privateKey));
    }

    private static byte[] payload(Vector vector, int message) {
        return hex(vector.messages().get(message).payload());
    }

    private static String ciphertext(Vector vector, int message) {
        return vector.messages().get(message).ciphertext();
    }
}
