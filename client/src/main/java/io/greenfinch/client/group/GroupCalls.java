package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;

/** The host's calls about groups that take one request. Thread-safe; they block until there is an answer. */
public final class GroupCalls {

    private final Wire wire;
    private final GroupBook book;

    public GroupCalls(Wire wire, GroupBook book) {
        this.wire = wire;
        this.book = book;
    }

    public GroupLookup query(Jid group, Instant deadline) {
        Exchange learning = Exchange.dated(
                book::moment,
                (answer, asked) -> GroupAnswers.queried(answer, group)
                        .filter(book::lists)
                        .ifPresent(metadata -> book.fetched(metadata, asked)));
        Answer answer;
        do {
            answer = wire.ask(GroupRequests.query(group), deadline, learning);
        } while (answer instanceof Answer.Lost); // asking twice does no harm
        Optional<KnownGroup> found = GroupAnswers.queried(answer, group);
        if (found.isPresent()) {
            boolean member = book.lists(found.get());
            return member ? new GroupLookup.Found(found.get().group()) : new GroupLookup.NotMember();
        }
        if (answer instanceof Answer.Refused refused && refused.code() != 429) {
            return switch (refused.code()) {
                case 403 -> new GroupLookup.NotMember();
                case 404, 410 -> new GroupLookup.NotFound();
                default -> new GroupLookup.Refused(refused.code(), refused.text());
            };
        }
        return new GroupLookup.NoAnswer(GroupAnswers.silence(answer));
    }

    /** Whether we are an admin of a group as it is described here. */
    public boolean administers(Group group) {
        return group.participants().stream().anyMatch(member -> member.role().admin() && book.isSelf(member.person()));
    }
}
