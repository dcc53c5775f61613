package io.greenfinch.protocol.noise;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntroReaderTest {

    private final IntroReader reader = new IntroReader();

    @Test
    void takesTheIntroOffAndLeavesTheRest() {
        reader.feed(ByteBuffer.wrap(hex("57410603 000001 FF")));

        assertThat(reader.complete()).isTrue();
        assertThat(reader.rest()).isEqualTo(ByteBuffer.wrap(hex("000001 FF")));
        assertThat(reader.rest()).isEqualTo(ByteBuffer.wrap(hex("000001 FF")));
        assertThat(reader.routingInfo()).isEmpty();
    }

    @Test
    void takesRoutingInformationOffBeforeIt() {
        reader.feed(ByteBuffer.wrap(hex("45440001 000003 0A0B0C 57410603")));

        assertThat(reader.complete()).isTrue();
        assertThat(reader.rest().hasRemaining()).isFalse();
        assertThat(reader.routingInfo()).isEqualTo(hex("0A0B0C"));
    }

    @Test
    void acceptsRoutingInformationOfNoBytes() {
        reader.feed(ByteBuffer.wrap(hex("45440001 000000 57410603")));

        assertThat(reader.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57410603", "45440001 000003 0A0B0C 57410603"})
    void takesBytesOneByOne(String intro) {
        byte[] bytes = hex(intro);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(reader.complete()).isFalse();
            reader.feed(ByteBuffer.wrap(bytes, i, 1));
        }

        assertThat(reader.complete()).isTrue();
        assertThat(reader.rest().hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "47",
                "57 42",
                "57 41 05",
                "57 41 06 02",
                "45 45",
                "45 44 00 02",
                "45440001 FFFFFF",
                "45440001 001001",
                "45440001 000001 00 58",
                "45440001 000001 00 45"
            })
    void refusesEverythingElseAsSoonAsItShows(String bytes) {
        byte[] all = hex(bytes);
        reader.feed(ByteBuffer.wrap(all, 0, all.length - 1));
        ByteBuffer last = ByteBuffer.wrap(all, all.length - 1, 1);

        assertThatThrownBy(() -> reader.feed(last)).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void hasNothingToShowBeforeItIsComplete() {
        reader.feed(ByteBuffer.wrap(hex("5741")));

        assertThatThrownBy(reader::rest).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::routingInfo).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesNothingAfterwards() {
        reader.feed(ByteBuffer.wrap(hex("57410603")));

        assertThatThrownBy(() -> reader.feed(ByteBuffer.wrap(hex("00")))).isInstanceOf(IllegalStateException.class);
    }
}
