package io.greenfinch.client.group;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupChanged;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.stanza.StanzaDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A group while one notification about it is being decided: what it means for the group, for the store, for those who listen.
 * The same notification a second time, or one that the book has overtaken, is no event again. Changes nothing by itself.
 * Belongs to the session's thread.
 */
final class GroupDraft {

    /** What is older than this on arrival may have been overtaken by something else; times are whole seconds. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final GroupBook book;
    private final GroupNotification notification;
    private final Instant at;
    private final StanzaDecision decision = StanzaDecision.nothing();
    private Optional<KnownGroup> known;
    private Consumer<GroupWatch> ownRemoval = watch -> {};
    private boolean refresh;
    private boolean intentsMoot;

    /**
     * Decides a notification.
     *
     * @throws io.greenfinch.client.store.MissingStateException when the group has to be read first
     */
    GroupDraft(GroupBook book, GroupNotification notification) {
        this.book = book;
        this.notification = notification;
        this.at = notification.at().orElseGet(book::now);
        this.known = book.find(notification.group());
        notification.updates().forEach(this::apply);
        tellWatches();
    }

    /** Those who wait for it find the book as it is afterwards. */
    private void tellWatches() {
        List<GroupWatch> watches = book.watches().of(notification.group());
        if (!watches.isEmpty()) {
            known.flatMap(book::ownRole)
                    .ifPresent(role -> decision.effect(() -> watches.forEach(watch -> watch.role(role))));
            if (notification.actor().map(book::isSelf).orElse(false)) {
                known.ifPresent(now -> decision.effect(() -> watches.forEach(watch -> watch.changed(now))));
            }
            Consumer<GroupWatch> removal = ownRemoval;
            decision.effect(() -> watches.forEach(removal));
        }
        notification.updates().stream()
                .filter(GroupUpdate.Created.class::isInstance)
                .map(GroupUpdate.Created.class::cast)
                .forEach(created -> decision.effect(() -> book.watches().told(created)));
    }

    StanzaDecision decision() {
        return decision;
    }

    /** True when the metadata must be fetched: something was missed, came late, or was not told completely. */
    boolean refresh() {
        return refresh;
    }

    /** True when a leave of ours whose outcome is unknown explains nothing any more: others changed our membership. */
    boolean intentsMoot() {
        return intentsMoot;
    }

    private void put(KnownGroup next) {
        known = Optional.of(next);
        decision.change(HeldGroups.put(next));
    }

    private void remove() {
        known = Optional.empty();
        decision.change(HeldGroups.remove(notification.group()));
        decision.change(HeldGroups.removeKey(notification.group()));
    }

    private void doubt() {
        told();
        refresh = true;
        decision.change(HeldGroups.doubt(notification.group()));
    }

    private void told() {
        decision.effect(() -> book.moments().told(notification.group()));
    }

    private void entered() {
        decision.effect(() -> book.moments().entered(notification.group()));
    }

    private void event(SessionEvent event) {
        decision.event(event);
    }

    private void apply(GroupUpdate update) {
        switch (update) {
            case GroupUpdate.Created created -> created(created);
            case GroupUpdate.Members members -> {
                if (members.action() == GroupUpdate.Action.ADD && selfAffected(members)) {
                    entered();
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
                told();
                if (known.isPresent()) {
                    remove();
                    event(new GroupChanged(at, notification.group()));
                }
            }
            case GroupUpdate.Unclear unclear -> {
                doubt();
                known.ifPresent(group -> event(new GroupChanged(at, notification.group())));
            }
            case GroupUpdate.Unknown unknown -> known.ifPresent(group -> doubt());
            case GroupUpdate.Unrelated unrelated -> {}
        }
    }

    private void created(GroupUpdate.Created created) {
        intentsMoot = true;
        entered();
        KnownGroup described = created.group().settledAt(at);
        if (known.isEmpty()) {
            put(described);
            if (late()) {
                doubt();
            }
            event(
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
            put(known.get().refreshed(described));
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
        List<Participant> changed = List.of();
        if (update.version().isEmpty()) {
            told();
        }
        if (known.lacks(update.version())) {
            if (!known.follows(update.previous())) {
                doubt();
            }
            next = known.apply(update);
            changed = update.people();
        }
        boolean untold =
                update.version().isEmpty() ? !next.group().equals(known.group()) : known.untold(update.version());
        if (untold) {
            tell(known, update);
            next = next.withTold(update.version());
        }
        boolean goneByThis =
                next.version().equals(update.version()) || update.version().isEmpty();
        if (update.action() == GroupUpdate.Action.REMOVE && goneByThis && selfAffected(update)) {
            told();
            remove();
        } else if (!next.equals(known)) {
            this.known = Optional.of(next);
            decision.change(book.put(known, next, update.action(), changed));
        }
    }

    /** We know nothing of this group: we have left it, or were told too little. Only a query can tell. */
    private void membersOfUnknown(GroupUpdate.Members update) {
        boolean gone = update.action() == GroupUpdate.Action.REMOVE && selfAffected(update);
        if (gone) {
            told();
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
            event(changed(GroupAction.LEFT, left));
        }
        if (!others.isEmpty()) {
            event(changed(OwnEvents.action(update.action()), others));
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

    private GroupMembersChanged changed(GroupAction action, List<Person> people) {
        return new GroupMembersChanged(
                at,
                notification.group(),
                action,
                notification.actor(),
                people,
                people.stream().anyMatch(book::isSelf));
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
        told();
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
        told();
        Group group = known.group();
        Group next = group.withSettings(update.change().apply(group.settings()));
        if (at.isAfter(known.settingsAt())) {
            changed(known.settledAt(at), next);
        } else if (!next.equals(group)) {
            doubt();
        }
    }

    private void changed(KnownGroup known, Group next) {
        boolean different = !next.equals(known.group());
        put(known.with(next));
        if (different) {
            event(new GroupChanged(at, notification.group()));
        }
    }
}
