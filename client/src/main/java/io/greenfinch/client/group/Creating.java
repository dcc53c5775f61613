package io.greenfinch.client.group;

import io.greenfinch.client.group.CreateOutcome.RefusedParticipant;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Creates groups (specification §16.3). After a lost answer WhatsApp is asked for our groups: the new one is known by the key
 * under which its notification comes, else by being new, ours and of that name. The request never goes out twice: a server
 * that is late would make two groups. Thread-safe; blocks.
 */
public final class Creating {

    /** How much earlier than we asked, by the server's clock, our group may seem to be made. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(30);

    private final Wire wire;
    private final Births births;
    private final Clock clock;
    private final SecureRandom random;
    private final Set<Attempt> open = new HashSet<>();

    public Creating(Wire wire, Births births, Clock clock, SecureRandom random) {
        this.wire = wire;
        this.births = births;
        this.clock = clock;
        this.random = random;
    }

    /** As {@code Session.createGroup}. */
    public CreateOutcome create(String subject, List<Jid> people, Instant deadline) {
        String key = key();
        Birth birth = new Birth();
        births.expect(key, birth);
        Attempt attempt = new Attempt(key, birth, subject, people, deadline);
        begin(attempt);
        try {
            return attempt.run();
        } finally {
            end(attempt);
            births.expectNoMore(key);
        }
    }

    private synchronized void begin(Attempt attempt) {
        for (Attempt other : open) {
            if (other.subject.equals(attempt.subject)) {
                other.rivalled = true;
                attempt.rivalled = true;
            }
        }
        open.add(attempt);
    }

    private synchronized void end(Attempt attempt) {
        open.remove(attempt);
    }

    /** A name for a request that no other has, in the form that WhatsApp's own clients use. */
    private String key() {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        return "3EB0" + HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** One call. Belongs to the caller's thread, but for {@link #before}. */
    private final class Attempt {

        private final String key;
        private final Birth birth;
        private final String subject;
        private final List<Jid> people;
        private final Instant deadline;
        private volatile Set<Jid> before = Set.of();
        private volatile Instant sentAt = Instant.EPOCH;

        /** Another group of that name was asked for at the same time: only the key tells them apart. */
        private volatile boolean rivalled;

        Attempt(String key, Birth birth, String subject, List<Jid> people, Instant deadline) {
            this.key = key;
            this.birth = birth;
            this.subject = subject;
            this.people = people;
            this.deadline = deadline;
        }

        CreateOutcome run() {
            Answer answer = wire.ask(GroupRequests.create(subject, people, key), answerBy(), new Exchange() {
                @Override
                public void sent() {
                    before = births.known();
                    sentAt = births.now();
                }

                @Override
                public void answered(Answer answer) {
                    GroupAnswers.created(answer).ifPresent(births::created);
                }
            });
            Optional<KnownGroup> created = GroupAnswers.created(answer);
            if (created.isPresent()) {
                return new CreateOutcome.Created(created.get().group(), GroupAnswers.refused(answer));
            }
            return switch (answer) {
                case Answer.NotSent none -> new CreateOutcome.NoAnswer(Silence.NOT_SENT);
                case Answer.NotLinked none -> new CreateOutcome.NoAnswer(Silence.NOT_LINKED);
                case Answer.Refused(int code, String text, var backoff)
                when code < 500 -> new CreateOutcome.Refused(code, text);
                case Answer.Refused(int code, String text, var backoff) ->
                    findOut(new CreateOutcome.Refused(code, text));
                case Answer.Lost lost -> findOut(new CreateOutcome.NoAnswer(Silence.UNKNOWN));
                case Answer.Unanswered none -> findOut(new CreateOutcome.NoAnswer(Silence.UNKNOWN));
                case Answer.Result result -> findOut(new CreateOutcome.NoAnswer(Silence.UNKNOWN));
            };
        }

        /** The group, if it turns out to be there; else what it means that it is not. */
        private CreateOutcome findOut(CreateOutcome otherwise) {
            Answer answer;
            do {
                answer = wire.ask(GroupRequests.participating(), deadline, new Exchange() {
                    @Override
                    public void answered(Answer answer) {
                        identified(candidates(answer)).ifPresent(births::created);
                    }
                });
            } while (answer instanceof Answer.Lost);
            List<KnownGroup> found = candidates(answer);
            Optional<KnownGroup> ours = identified(found);
            if (ours.isPresent()) {
                return created(ours.get().group());
            }
            boolean listed = GroupAnswers.participating(answer).isPresent();
            return listed && found.isEmpty() ? otherwise : new CreateOutcome.NoAnswer(Silence.UNKNOWN);
        }

        private Optional<KnownGroup> identified(List<KnownGroup> found) {
            boolean byKey = birth.group().isPresent();
            return found.size() == 1 && (byKey || !rivalled) ? Optional.of(found.getFirst()) : Optional.empty();
        }

        private List<KnownGroup> candidates(Answer answer) {
            return birth.group()
                    .map(List::of)
                    .orElseGet(() -> GroupAnswers.participating(answer).orElse(List.of()).stream()
                            .filter(this::mayBeOurs)
                            .toList());
        }

        private boolean mayBeOurs(KnownGroup known) {
            Group group = known.group();
            boolean older =
                    !group.creation().equals(Instant.EPOCH) && group.creation().isBefore(sentAt.minus(CLOCK_ERROR));
            return !older
                    && !before.contains(group.id())
                    && group.subject().equals(subject)
                    && group.creator().map(births::isSelf).orElse(false);
        }

        private CreateOutcome created(Group group) {
            List<RefusedParticipant> missing = people.stream()
                    .flatMap(jid -> Person.of(Optional.of(jid), Optional.empty()).stream())
                    .filter(person -> !group.lists(person).orElse(true))
                    .map(person -> new RefusedParticipant(person, 0))
                    .toList();
            return new CreateOutcome.Created(group, missing);
        }

        /** Leaves time to find out, should no answer come although the connection lives. */
        private Instant answerBy() {
            Instant now = clock.instant();
            Duration remaining = Duration.between(now, deadline);
            return remaining.isPositive() ? now.plus(remaining.multipliedBy(3).dividedBy(5)) : deadline;
        }
    }
}
