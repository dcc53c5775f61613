package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class JidFuzzTest {

    /** Any text is an address or none; the text of an address is that address again. */
    @FuzzTest
    void parse(byte[] bytes) {
        Jid.parse(new String(bytes, StandardCharsets.UTF_8))
                .filter(jid -> !jid.user().isEmpty())
                .ifPresent(jid -> assertThat(Jid.parse(jid.toString())).contains(jid));
    }
}
