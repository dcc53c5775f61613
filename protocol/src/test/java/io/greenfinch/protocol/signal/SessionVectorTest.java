package io.greenfinch.protocol.signal;

import static io.greenfinch.protocol.Hex.hex;
import static io.greenfinch.protocol.Hex.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values that Signal published with the tests of its own libraries. */
class SessionVectorTest {

    private static final byte[] ALICE_IDENTITY =
            hex("5820d92bbf3e748068019490c3aa945021faa6d243e48649f66bd6a445991763");
    private static final byte[] ALICE_BASE = hex("28d304a2eb00fb63f85e6d4cefc6bf131b5ee562b46bd52ccb528a8461ddc365");
    private static final byte[] ALICE_RATCHET = hex("98040bae6b3d029cf125dc8ed807ce33fce007d82f676d7bc71a5b913b603b67");
    private static final byte[] BOB_IDENTITY = hex("c8f3a63934cedeee3707ff7971050d583b637dd22115e3fd2b1d41222c292465");
    private static final byte[] BOB_SIGNED = hex("70cc770a82747099b7cc05cc69735878413ecfeefe85b5f714ff85368c987052");

    private static final String MESSAGE = """
            330a2105b62ae025b8ffee3aeb011bf778e62622561730 7a95879131d99d274906ee576a
            10001800 22209ef2d0e1304c01e0687b445a27647951d4c70bf3d3ac23a58df722dc2276c3a6
            9606abbe2e316388
            """;

    @Test
    void linksOfAChain() {
        ChainKey link = new ChainKey(hex("8ab72d6f4cc5ac0d387eaf463378ddb28edd07385b1cb01250c715982e7ad48f"), 0);
        MessageKeys keys = MessageKeys.ofSession(link.seed());

        assertThat(text(keys.cipherKey()))
                .isEqualTo("bf51e9d75e0e31031051f82a2491ffc084fa298b7793bd9db620056febf45217");
        assertThat(text(keys.macKey())).isEqualTo("c6c77d6a73a354337a56435e34607dfe48e3ace14e77314dc6abc172e7a7030b");
        assertThat(text(link.next().key()))
                .isEqualTo("28e8f8fee54b801eef7c5cfb2f17f32c7b334485bbb70fac6ec10342a246d15d");
    }

    @Test
    void startOfASessionAndItsFirstMessage() {
        KeyPair alice = KeyPair.ofPrivate(ALICE_IDENTITY);
        PreKeyBundle bob = new PreKeyBundle(
                1,
                KeyPair.ofPrivate(BOB_IDENTITY).publicKey(),
                1,
                KeyPair.ofPrivate(BOB_SIGNED).publicKey(),
                new byte[64],
                Optional.empty());
        SessionState started =
                X3dh.initiated(bob, alice, KeyPair.ofPrivate(ALICE_BASE), KeyPair.ofPrivate(ALICE_RATCHET));
        assertThat(text(started.root())).isEqualTo("c35af181b0bfeab5d9711220c160d643f6e81c0011bfa1aa16aef36a91cd1a9b");
        assertThat(text(started.sending().orElseThrow().key()))
                .isEqualTo("8aa205ea1700c085b643e9684f6a537488bd9f3ea01d00f95855e18fab9fbe51");

        EncryptedMessage message = started.encrypt(
                        new LocalIdentity(alice, 1), "This is a plaintext message.".getBytes(UTF_8))
                .message();

        assertThat(text(message.bytes())).contains(MESSAGE.replaceAll("\\s", ""));
    }
}
