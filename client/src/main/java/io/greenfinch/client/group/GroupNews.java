package io.greenfinch.client.group;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupChanged;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.store.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one group notification means: for the book, for the store, for those who listen. The same notification a second
 * time, or one that the book has overtaken, is no event again. Belongs to the session's thread.
 */
public final class GroupNews {

    /** News that are older than this on arrival may have been overtaken by others; times are whole seconds. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final GroupBook book;
    private final GroupNotification notification;
    private final Instant at;
    private final List<Change> changes = new ArrayList<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private Consumer<GroupWatch> ownRemoval = watch -> {};
    private boolean refresh;
    private boolean intentsMoot;

    /** Applies a notification to the book at once. */
    public GroupNews(GroupBook book, GroupNotification notification) {
        this.book = book;
        this.notification = notification;
        this.at = notification.at().orElseGet(book::now);
        notification.updates().forEach(this::apply);
        tellWatches();
    }

    /** Those who wait for it find the book as it is afterwards. */
    private void tellWatches() {
        List<GroupWatch> watches = book.watching(notification.group());
        if (!watches.isEmpty()) {
            if (notification.actor().map(book::isSelf).orElse(false)) {
                book.find(notification.group()).ifPresent(now -> watches.forEach(watch -> watch.changed(now)));
            }
            watches.forEach(ownRemoval);
        }
        notification.updates().stream()
                .filter(GroupUpdate.Created.class::isInstance)
                .map(GroupUpdate.Created.class::cast)
                .forEach(book::told);
    }

    public List<Change> changes() {
        return changes;
    }

    public List<SessionEvent> events() {
        return events;
    }

    /** True when the metadata must be fetched: something was missed, came late, or was not told completely. */
    public boolean refresh() {
        return refresh;
    }

    private void doubt() {
        book.news().told(notification.group());
        refresh = true;
        changes.add(book.doubt(notification.group()));
    }

    /** True when a leave of ours whose outcome is unknown explains nothing any more: others changed our membership. */
    public boolean intentsMoot() {
        return intentsMoot;
    }

    private void apply(GroupUpdate update) {
        Optional<KnownGroup> known = book.find(notification.group());
        switch (update) {
            case GroupUpdate.Created created -> created(known, created);
            case GroupUpdate.Members members -> {
                if (members.action() == GroupUpdate.Action.ADD && selfAffected(members)) {
                    book.news().entered(notification.group());
                }
                if (known.isPresent()) {
                    members(known.get(), members);
                } else {
                    membersOfUnknown(members);
                }
            }
            case GroupUpdate.Subject subject -> known.ifPresentOrElse(group -> subject(group, subject), this::doubt);
            case GroupUpdate.Setting setting -> known.ifPresentOrElse(group -> setting(group, setting), this::doubt);
            case GroupUpdate.Deleted deleted -> {
                book.news().told(notification.group());
                if (known.isPresent()) {
                    changes.add(book.remove(notification.group()));
                    events.add(new GroupChanged(at, notification.group()));
                }
            }
            case GroupUpdate.Unclear unclear -> {
                doubt();
                known.ifPresent(group -> events.add(new GroupChanged(at, notification.group())));
            }
            case GroupUpdate.Unknown unknown -> known.ifPresent(group -> doubt());
            case GroupUpdate.Unrelated unrelated -> {}
        }
    }

    private void created(Optional<KnownGroup> known, GroupUpdate.Created created) {
        intentsMoot = true;
        book.news().entered(notification.group());
        KnownGroup described = created.group().settledAt(at);
        if (known.isEmpty()) {
            changes.add(book.put(described));
            if (late()) {
                doubt();
            }
            events.add(
                    created.fresh()
                            ? OwnEvents.created(at, created.group(), notification.actor())
                            : new GroupMembersChanged(
                                    at,
                                    notification.group(),
                                    GroupAction.ADDED,
                                    notification.actor(),
                                    book.self().map(List::of).orElse(List.of()),
                                    true));
        } else if (known.get().lacks(created.group().version())) {
            changes.add(book.put(known.get().refreshed(described)));
            if (known.get().settingsAt().isAfter(at)) {
                doubt();
            }
        }
    }

    /** We may be out of the group again by now, and may have been told so before. */
    private boolean late() {
        return notification.queued() || at.isBefore(book.now().minus(LATE));
    }

    private void members(KnownGroup known, GroupUpdate.Members update) {
        KnownGroup next = known;
        if (update.version().isEmpty()) {
            book.news().told(notification.group());
        }
        if (known.lacks(update.version())) {
            if (!known.follows(update.previous())) {
                doubt();
            }
            next = known.apply(update);
        }
        boolean news =
                update.version().isEmpty() ? !next.group().equals(known.group()) : known.untold(update.version());
        if (news) {
            tell(known, update);
            next = next.withTold(update.version());
        }
        boolean goneByThis =
                next.version().equals(update.version()) || update.version().isEmpty();
        if (update.action() == GroupUpdate.Action.REMOVE && goneByThis && selfAffected(update)) {
            book.news().told(notification.group());
            changes.add(book.remove(notification.group()));
        } else if (!next.equals(known)) {
            changes.add(book.put(next));
        }
    }

    /** We know nothing of this group: we have left it, or were told too little. Only a query can tell. */
    private void membersOfUnknown(GroupUpdate.Members update) {
        boolean gone = update.action() == GroupUpdate.Action.REMOVE && selfAffected(update);
        if (gone) {
            book.news().told(notification.group());
            observeOwnRemoval();
        } else {
            doubt();
        }
    }

    private void tell(KnownGroup known, GroupUpdate.Members update) {
        List<Person> left = new ArrayList<>();
        List<Person> others = new ArrayList<>();
        for (Participant participant : update.people()) {
            Person person = named(known, participant.person());
            boolean leaves = update.action() == GroupUpdate.Action.REMOVE && isActor(person);
            (leaves ? left : others).add(person);
        }
        if (update.action() == GroupUpdate.Action.REMOVE && selfAffected(update)) {
            observeOwnRemoval();
        }
        if (!left.isEmpty()) {
            events.add(event(GroupAction.LEFT, left));
        }
        if (!others.isEmpty()) {
            events.add(event(action(update.action()), others));
        }
    }

    private void observeOwnRemoval() {
        boolean byOther = notification.actor().isPresent()
                && !notification.actor().map(book::isSelf).orElse(false);
        if (byOther) {
            intentsMoot = true;
            ownRemoval = GroupWatch::removed;
        } else {
            ownRemoval = GroupWatch::left;
        }
    }

    private GroupMembersChanged event(GroupAction action, List<Person> people) {
        return new GroupMembersChanged(
                at,
                notification.group(),
                action,
                notification.actor(),
                people,
                people.stream().anyMatch(book::isSelf));
    }

    private static GroupAction action(GroupUpdate.Action action) {
        return switch (action) {
            case ADD -> GroupAction.ADDED;
            case REMOVE -> GroupAction.REMOVED;
            case PROMOTE -> GroupAction.PROMOTED;
            case DEMOTE -> GroupAction.DEMOTED;
        };
    }

    private boolean selfAffected(GroupUpdate.Members update) {
        return update.people().stream().map(Participant::person).anyMatch(book::isSelf);
    }

    private boolean isActor(Person person) {
        return notification.actor().map(person::sameAs).orElse(false);
    }

    private static Person named(KnownGroup known, Person person) {
        return known.group()
                .participant(person)
                .map(member -> member.person().merged(person))
                .orElse(person);
    }

    /** A new name bears the time of its own making: an older one than ours is history. */
    private void subject(KnownGroup known, GroupUpdate.Subject update) {
        book.news().told(notification.group());
        Group group = known.group();
        Instant made = update.at().equals(Instant.EPOCH) ? at : update.at();
        if (made.isAfter(group.subjectTime())) {
            changed(known, group.withSubject(update.subject(), made, update.owner()));
        } else if (made.equals(group.subjectTime()) && !update.subject().equals(group.subject())) {
            doubt();
        }
    }

    /**
     * Settings bear no version. What comes in the order of its times is what happened; of what comes later, as after a
     * lost acknowledgement, and of two changes within one second, only a query tells which is the last.
     */
    private void setting(KnownGroup known, GroupUpdate.Setting update) {
        book.news().told(notification.group());
        Group group = known.group();
        Group next = group.withSettings(update.change().apply(group.settings()));
        if (at.isAfter(known.settingsAt())) {
            changed(known.settledAt(at), next);
        } else if (!next.equals(group)) {
            doubt();
        }
    }

    private void changed(KnownGroup known, Group next) {
        boolean news = !next.equals(known.group());
        changes.add(book.put(known.with(next)));
        if (news) {
            events.add(new GroupChanged(at, notification.group()));
        }
    }
}
