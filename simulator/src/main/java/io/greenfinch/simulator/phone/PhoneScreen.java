package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one phone showed lately, and what it calls the groups that it was told of. Guarded by the world's lock. */
final class PhoneScreen {

    private static final int KEPT = 1000;

    private final Deque<DisplayedText> texts = new ArrayDeque<>();
    private final Map<Jid, String> subjects = new HashMap<>();

    void show(DisplayedText text) {
        if (texts.size() == KEPT) {
            texts.removeFirst();
        }
        texts.addLast(text);
    }

    /** Oldest first; a copy. */
    List<DisplayedText> texts() {
        return new ArrayList<>(texts);
    }

    Optional<String> subject(Jid group) {
        return Optional.ofNullable(subjects.get(group));
    }

    void subject(Jid group, String subject) {
        subjects.put(group, subject);
    }
}
