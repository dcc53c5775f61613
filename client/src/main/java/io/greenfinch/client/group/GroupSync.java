package io.greenfinch.client.group;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what notifications don't tell: the list of our groups once after linking or when the server calls it dirty, and
 * single groups that the book doubts. Never in a hurry, one query at a time: WhatsApp limits these
 * (specification §26.2). Belongs to the session's thread.
 */
public final class GroupSync {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** With more groups than this to refresh, the list of all is cheaper. */
    private static final int SINGLE_QUERIES = 16;

    private final ClientContext shared;
    private final Executor owner;
    private final Requests requests;
    private final GroupBook book;
    private final Consumer<List<Change>> firstList;

    /** Groups that were asked for in vain since all were. */
    private final Set<Jid> vain = new HashSet<>();

    private @Nullable Runnable whenListed;
    private boolean allWanted;
    private boolean first;
    private String versionAsked = "";
    private boolean asking;
    private boolean resting;
    private Duration wait = FIRST_WAIT;

    /** Nothing to fetch yet. The first list of groups goes to {@code firstList} as changes. */
    public GroupSync(
            ClientContext shared, Executor owner, Requests requests, GroupBook book, Consumer<List<Change>> firstList) {
        this.shared = shared;
        this.owner = owner;
        this.requests = requests;
        this.book = book;
        this.firstList = firstList;
    }

    /** Fetches all our groups: what we start from. */
    public void fetchFirst() {
        first = true;
        allWanted = true;
        next();
    }

    /** Fetches all our groups anew; {@code then} runs when that is done. */
    public void fetchAll(Runnable then) {
        whenListed = then;
        allWanted = true;
        next();
    }

    /** Fetches the groups that the book doubts. */
    public void fetchDoubted() {
        next();
    }

    /** A new connection is there: what was asked on earlier ones in vain is asked without waiting any longer. */
    public void online() {
        resting = false;
        wait = FIRST_WAIT;
        next();
    }

    /** Forgets what was to be fetched: we are linked no more. */
    public void reset() {
        whenListed = null;
        allWanted = false;
        first = false;
    }

    /** A step of its own: what it needs of a group may have to be read first. */
    private void next() {
        owner.execute(this::askNext);
    }

    private void askNext() {
        if (asking || resting) {
            return;
        }
        Set<Jid> doubted = book.doubted();
        if (allWanted || doubted.size() > SINGLE_QUERIES) {
            asking = true;
            ask(GroupStanzas.participating(), this::listed);
        } else if (!doubted.isEmpty()) {
            Jid group = oneOf(doubted);
            versionAsked = version(group);
            asking = true;
            ask(GroupStanzas.query(group), (answer, asked) -> described(group, answer, asked));
        }
    }

    /** One after the other: a group that can't be had keeps no other waiting. */
    private Jid oneOf(Set<Jid> doubted) {
        Set<Jid> untried = new HashSet<>(doubted);
        untried.removeAll(vain);
        if (untried.isEmpty()) {
            vain.clear();
            untried = doubted;
        }
        return untried.iterator().next();
    }

    private String version(Jid group) {
        return book.find(group).map(KnownGroup::version).orElse("");
    }

    private void ask(Node query, Request.Dated then) {
        requests.submit(Request.dated(query, shared.clock().instant().plus(PATIENCE), book::moment, (answer, asked) -> {
            asking = false;
            then.answered(answer, asked);
        }));
    }

    private void listed(Answer answer, long asked) {
        Optional<List<KnownGroup>> groups = GroupAnswers.participating(answer);
        if (groups.isPresent()) {
            boolean firstTime = first;
            @Nullable Runnable then = whenListed;
            reset();
            if (firstTime) {
                firstList.accept(book.begin(groups.get(), asked));
            } else {
                book.listed(groups.get(), asked);
            }
            if (then != null) {
                then.run();
            }
            succeeded();
        } else {
            again(answer);
        }
    }

    private void described(Jid group, Answer answer, long asked) {
        Optional<KnownGroup> found = GroupAnswers.queried(answer, group);
        if (found.isPresent() && book.lists(found.get())) {
            boolean changedMeanwhile = !version(group).equals(versionAsked);
            if (!book.moments().toldSince(group, asked) && (!changedMeanwhile || !book.overtook(found.get()))) {
                book.settle(found.get());
            }
            succeeded(); // what is still doubted is asked for again
        } else if (found.map(book::excludesUs).orElse(GroupAnswers.saysOutside(answer))) {
            book.outside(group, false, asked);
            succeeded();
        } else {
            vain.add(group);
            again(answer);
        }
    }

    private void succeeded() {
        wait = FIRST_WAIT;
        next();
    }

    private void again(Answer answer) {
        if (answer instanceof Answer.NotLinked) {
            reset();
            return;
        }
        Duration pause =
                answer instanceof Answer.Refused refused ? refused.backoff().orElse(wait) : wait;
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        resting = true;
        shared.timers().at(shared.clock().instant().plus(pause), () -> owner.execute(this::rested));
    }

    private void rested() {
        resting = false;
        next();
    }
}
