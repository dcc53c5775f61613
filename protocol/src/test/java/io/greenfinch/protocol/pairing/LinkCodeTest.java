package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkCodeTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair companionIdentity = KeyPair.generate(RANDOM);
    private final KeyPair phoneIdentity = KeyPair.generate(RANDOM);
    private final LinkCodeCompanion companion = new LinkCodeCompanion(RANDOM);

    @Test
    void bothSidesDeriveTheSameSecret() {
        LinkCodePhone phone = new LinkCodePhone(companion.code(), companion.hello(), phoneIdentity, RANDOM);

        LinkCodeCompanion.Finish finish = companion
                .finish(phone.hello(), phoneIdentity.publicKey(), companionIdentity)
                .orElseThrow();

        assertThat(phone.finish(finish.bundle(), companionIdentity.publicKey())).contains(finish.advSecret());
    }

    @Test
    void theWrongCodeIsNoticedByThePhone() {
        LinkCode wrong = LinkCode.parse(companion.code().characters().startsWith("1") ? "2222-2222" : "1111-1111")
                .orElseThrow();
        LinkCodePhone phone = new LinkCodePhone(wrong, companion.hello(), phoneIdentity, RANDOM);

        Optional<byte[]> secret = companion
                .finish(phone.hello(), phoneIdentity.publicKey(), companionIdentity)
                .flatMap(finish -> phone.finish(finish.bundle(), companionIdentity.publicKey()));

        assertThat(secret).isEmpty();
    }

    @Test
    void aBundleOfAnotherIdentityIsRefused() {
        LinkCodePhone phone = new LinkCodePhone(companion.code(), companion.hello(), phoneIdentity, RANDOM);
        KeyPair other = KeyPair.generate(RANDOM);

        LinkCodeCompanion.Finish finish = companion
                .finish(phone.hello(), phoneIdentity.publicKey(), companionIdentity)
                .orElseThrow();

        assertThat(phone.finish(finish.bundle(), other.publicKey())).isEmpty();
        assertThat(phone.finish(new byte[156], companionIdentity.publicKey())).isEmpty();
        assertThat(phone.finish(new byte[3], companionIdentity.publicKey())).isEmpty();
        assertThat(phone.finish(finish.bundle(), new byte[32])).isEmpty();
    }

    @Test
    void bytesThatAreNoKeysAreRefused() {
        assertThat(companion.finish(new byte[79], phoneIdentity.publicKey(), companionIdentity))
                .isEmpty();
        assertThat(companion.finish(new byte[80], new byte[31], companionIdentity))
                .isEmpty();
        assertThat(companion.finish(new byte[80], new byte[32], companionIdentity))
                .isEmpty();
    }

    @Test
    void codesAreReadAsPeopleTypeThem() {
        assertThat(LinkCode.parse("abcd-efgh").map(LinkCode::characters)).contains("ABCDEFGH");
        assertThat(LinkCode.parse(" 1234 5678 ").map(LinkCode::characters)).contains("12345678");
        assertThat(LinkCode.parse("ABCD-EFG")).isEmpty();
        assertThat(LinkCode.parse("ABCD-EFGI")).isEmpty();
        assertThat(LinkCode.parse("ABCD-EFG0")).isEmpty();
        assertThat(LinkCode.parse("")).isEmpty();
    }

    @Test
    void neverShowsTheCodeByAccident() {
        assertThat(companion.code().toString()).doesNotContain(companion.code().characters());
    }
}
