package io.greenfinch.simulator.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of files as RFC 9110 lets them be asked for. */
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-, 0, 99",
        "bytes=10-19, 10, 19",
        "bytes=90-200, 90, 99",
        "bytes=-10, 90, 99",
        "bytes=-200, 0, 99",
        "bytes=99-999999999999999999, 99, 99"
    })
    void aPartIsThere(String header, long first, long last) {
        assertThat(ByteRange.isOne(header)).isTrue();
        assertThat(ByteRange.of(header, 100)).hasValue(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aPartIsNotThere(String header) {
        assertThat(ByteRange.isOne(header)).isTrue();
        assertThat(ByteRange.of(header, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=-",
                "bytes=a-b",
                "bytes=20-10",
                "bytes=1-2,3-4",
                "lines=1-2",
                "bytes=9999999999999999999-"
            })
    void whatIsNoneCountsAsNotAsked(String header) {
        assertThat(ByteRange.isOne(header)).isFalse();
    }

    /** Whatever is asked of files up to some size: what comes is a part of the file. */
    @Test
    void isAlwaysAPart() {
        for (long length = 0; length < 6; length++) {
            for (int first = -1; first < 8; first++) {
                for (int last = -1; last < 8; last++) {
                    String header = "bytes=" + (first < 0 ? "" : first) + "-" + (last < 0 ? "" : last);
                    Optional<ByteRange> range = ByteRange.of(header, length);
                    long whole = length;
                    range.ifPresent(part -> assertThat(part.first() >= 0 && part.length() > 0 && part.last() < whole)
                            .as(header + " of " + whole)
                            .isTrue());
                }
            }
        }
    }
}
