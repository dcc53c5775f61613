package io.greenfinch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.simulator.phone.DisplayedText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HappeningsTest {

    @Test
    void namesOfPeopleAndGroupsDoNotMoveTheCursor() {
        StringWriter written = new StringWriter();
        Happenings happenings = new Happenings(new PrintWriter(written), Clock.systemUTC());

        happenings.seen(new DisplayedText("Bob\u001b[2J", "Anna left \"Te\nam\"", Optional.empty(), Instant.EPOCH));

        assertThat(written.toString().lines()).containsExactly("Bob\\u001b[2J's phone: Anna left \"Te\\u000aam\"");
    }
}
