package io.greenfinch.app;

import io.greenfinch.protocol.text.Printable;
import io.greenfinch.simulator.DeviceChange;
import io.greenfinch.simulator.phone.DisplayedText;
import java.io.PrintWriter;
import java.time.Clock;

/**
 * What happens in a simulated world, a line each: {@code Bob's phone: Anna left "Team"}. Of a crowd that does more than
 * fits on a screen only so much is shown; the rest is counted. Thread-safe.
 */
final class Happenings {

    private static final int LINES_A_SECOND = 20;

    private final PrintWriter out;
    private final Clock clock;
    private long second;
    private int shown;
    private int left;

    Happenings(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Somebody's phone showed something; of a message it is told who wrote it. */
    void seen(DisplayedText text) {
        String author = text.from().map(from -> from + ": ").orElse("");
        tell(text.person() + "'s phone: " + author + text.text());
    }

    /** Somebody linked or unlinked a device. */
    void changed(DeviceChange change) {
        tell(change.person() + (change.linked() ? " linked " : " unlinked ") + change.name() + " (" + change.jid()
                + ")");
    }

    private synchronized void tell(String line) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            if (left > 0) {
                out.println("… and " + left + " more");
            }
            second = now;
            shown = 0;
            left = 0;
        }
        if (shown < LINES_A_SECOND) {
            shown++;
            out.println(Printable.of(line));
        } else {
            left++;
        }
        out.flush();
    }
}
