package io.greenfinch.client.privacy;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of whether others are told that the account has read what they wrote (specification §15.1, §25, category
 * {@code readreceipts}). Known until it may have been changed. Thread-safe.
 */
public final class ReadReceipts {

    private static final String CATEGORY = "readreceipts";
    private static final String NOBODY = "none";

    private Optional<Boolean> given = Optional.empty();
    private int changes;

    /** The setting may be another one now. */
    public synchronized void changed() {
        given = Optional.empty();
        changes++;
    }

    /** Whether they are given; empty when it has to be asked. */
    synchronized Optional<Boolean> given() {
        return given;
    }

    /** A mark of the present, by which is seen whether the setting may have been changed while WhatsApp was asked. */
    synchronized int moment() {
        return changes;
    }

    /** Takes in what WhatsApp told when it was asked at that moment; tells whether receipts are given by it. */
    synchronized boolean learn(Map<String, String> settings, int asked) {
        boolean told = !NOBODY.equals(settings.get(CATEGORY));
        if (asked == changes) {
            given = Optional.of(told);
        }
        return told;
    }
}
