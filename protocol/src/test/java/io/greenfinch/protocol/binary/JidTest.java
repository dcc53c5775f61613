package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15550001001@s.whatsapp.net",
                "15550001001:7@s.whatsapp.net",
                "900000000000001:65535@lid",
                "120363000000000001@g.us",
                "15550001001-1600000000@g.us",
                "status@broadcast",
                "s.whatsapp.net",
                "g.us",
                "call",
                "x@any.server"
            })
    void readsWhatItWrites(String text) {
        assertThat(Jid.parse(text)).hasValueSatisfying(jid -> assertThat(jid).hasToString(text));
    }

    @Test
    void readsOlderForms() {
        assertThat(Jid.parse("@g.us")).contains(Jid.GROUP_SERVER);
        assertThat(Jid.parse("15550001001.0:3@s.whatsapp.net"))
                .contains(Jid.pn("15550001001").withDevice(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1555", "1555@", "@", "a@b@c", "1:@lid", "1:x@lid", "1:-1@lid", "1:65536@lid", "1:2:3@lid"})
    void refusesWhatIsNoAddress(String text) {
        assertThat(Jid.parse(text)).isEmpty();
    }

    @Test
    void refusesTextsOfAnyLengthWithoutThrowing() {
        assertThat(Jid.parse("1".repeat(300) + "@lid")).isEmpty();
        assertThat(Jid.parse("1@" + "l".repeat(300))).isEmpty();
        assertThat(Jid.parse("1".repeat(100_000))).isEmpty();
    }

    @Test
    void tellsKindsApart() {
        assertThat(Jid.group("1").isGroup()).isTrue();
        assertThat(Jid.GROUP_SERVER.isGroup()).isFalse();
        assertThat(Jid.pn("1").isPn()).isTrue();
        assertThat(Jid.SERVER.isPn()).isFalse();
        assertThat(Jid.lid("1").isLid()).isTrue();
        assertThat(Jid.lid("1")).isNotEqualTo(Jid.pn("1"));
        assertThat(Jid.pn("1").withDevice(4).account()).isEqualTo(Jid.pn("1"));
    }

    @Test
    void refusesPartsThatCannotBe() {
        assertThatThrownBy(() -> Jid.of("a@b", "lid")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Jid.of("a", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Jid.pn("1").withDevice(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Jid.pn("1").withDevice(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
