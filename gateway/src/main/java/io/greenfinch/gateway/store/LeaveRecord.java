package io.greenfinch.gateway.store;

import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * One line of the leave journal: a checksum of eight hexadecimal digits, then what happened. Text, so that an operator
 * can read it, and a line each, so that a damaged one costs none but itself.
 */
sealed interface LeaveRecord {

    /** A leave was about to be sent. */
    record Opened(long instance, Intent intent) implements LeaveRecord {}

    /** Its caller has the answer. */
    record Forgotten(long instance, Jid group) implements LeaveRecord {}

    /** All of an instance's are given up. */
    record AllForgotten(long instance) implements LeaveRecord {}

    /** The line, with its end. */
    default byte[] line() {
        String text = switch (this) {
            case Opened opened ->
                "open " + opened.instance + (opened.intent.admin() ? " admin " : " member ")
                        + opened.intent.at().toEpochMilli() + " " + opened.intent.group();
            case Forgotten forgotten -> "forget " + forgotten.instance + " " + forgotten.group;
            case AllForgotten all -> "forget-all " + all.instance;
        };
        if (text.indexOf('\n') >= 0) {
            throw new StoreException("the name of a group holds a line break");
        }
        return (checksum(text) + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a line without its end; empty when it is torn or damaged. Never throws. */
    static Optional<LeaveRecord> parse(String line) {
        return LineParser.parse(line);
    }

    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
    }

    /** Where lines are understood. */
    final class LineParser {
        private static final Pattern LINE = Pattern.compile("([0-9a-f]{8}) (.+)");
        private static final Pattern OPEN = Pattern.compile("open (\\d{1,18}) (admin|member) (\\d{1,15}) (.+)");
        private static final Pattern FORGET = Pattern.compile("forget (\\d{1,18}) (.+)");
        private static final Pattern FORGET_ALL = Pattern.compile("forget-all (\\d{1,18})");

        private LineParser() {}

        static Optional<LeaveRecord> parse(String line) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || !checksum(parts.group(2)).equals(parts.group(1))) {
                return Optional.empty();
            }
            String text = parts.group(2);
            Matcher open = OPEN.matcher(text);
            if (open.matches()) {
                boolean admin = open.group(2).equals("admin");
                Instant at = Instant.ofEpochMilli(Long.parseLong(open.group(3)));
                return Jid.parse(open.group(4)).map(group -> new Opened(number(open), new Intent(group, admin, at)));
            }
            Matcher forget = FORGET.matcher(text);
            if (forget.matches()) {
                return Jid.parse(forget.group(2)).map(group -> new Forgotten(number(forget), group));
            }
            Matcher all = FORGET_ALL.matcher(text);
            return all.matches() ? Optional.of(new AllForgotten(number(all))) : Optional.empty();
        }

        private static long number(Matcher matcher) {
            return Long.parseLong(matcher.group(1));
        }
    }
}
