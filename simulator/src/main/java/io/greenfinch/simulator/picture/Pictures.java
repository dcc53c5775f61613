package io.greenfinch.simulator.picture;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.group.Group;
import io.greenfinch.simulator.group.GroupChange;
import io.greenfinch.simulator.group.Groups;
import io.greenfinch.simulator.group.Refusal;
import io.greenfinch.simulator.group.Verdict;
import io.greenfinch.simulator.group.Verdict.Done;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The pictures of people and groups (specification §16.6, §25). Guarded by the world's lock.
 *
 * <p>Nobody has an address book here: "contacts" are those who share a group. One size is kept, for previews too.
 */
public final class Pictures {

    /** Nobody knows where the real server's limit lies; clients send some ten thousand bytes. */
    static final int LARGEST = 1 << 20;

    private static final String PROFILE = "profile";

    private final Groups groups;
    private final Accounts accounts;
    private final Clock clock;
    private final SecureRandom random;
    private final Consumer<GroupChange> groupChanges;
    private final Consumer<PictureChange> changes;
    private final Map<Jid, Picture> bySubject = new LinkedHashMap<>();
    private final Map<String, Picture> byFile = new LinkedHashMap<>();
    private long lastId;

    public Pictures(
            Groups groups,
            Accounts accounts,
            Clock clock,
            SecureRandom random,
            Consumer<GroupChange> groupChanges,
            Consumer<PictureChange> changes) {
        this.groups = groups;
        this.accounts = accounts;
        this.clock = clock;
        this.random = random;
        this.groupChanges = groupChanges;
        this.changes = changes;
    }

    /** Gives a person's own account, or a group whose info they may edit, a picture. */
    public Verdict<Picture> set(Account actor, Jid subject, byte[] jpeg) {
        return editable(actor, subject).then(key -> {
            if (!acceptable(jpeg)) {
                return Verdict.refused(Refusal.NOT_ACCEPTABLE);
            }
            Picture picture = new Picture(nextId(), freeFile(), jpeg.clone());
            put(key, picture);
            tell(actor, key, Optional.of(picture.id()));
            return Verdict.granted(picture);
        });
    }

    /** Takes a picture away again. Nobody hears of it when there is none. */
    public Verdict<Done> remove(Account actor, Jid subject) {
        return editable(actor, subject).then(key -> {
            Picture old = bySubject.remove(key);
            if (old != null) {
                byFile.remove(old.file());
                tell(actor, key, Optional.empty());
            }
            return Verdict.done();
        });
    }

    /** The picture of a person or a group, as somebody gets to see it: 401 for one that is hidden from them, 404 for none. */
    public Verdict<Picture> seenBy(Account viewer, Jid subject) {
        Optional<Group> group = groups.find(subject);
        Optional<Account> person = group.isPresent() ? Optional.empty() : accounts.find(subject.account());
        if (group.filter(found -> !found.has(viewer)).isPresent()
                || person.filter(found -> !visible(found, viewer)).isPresent()) {
            return Verdict.refused(Refusal.NOT_AUTHORIZED);
        }
        return group.map(Group::jid)
                .or(() -> person.map(Account::pn))
                .map(bySubject::get)
                .<Verdict<Picture>>map(Verdict::granted)
                .orElseGet(() -> Verdict.refused(Refusal.ITEM_NOT_FOUND));
    }

    /** What is served under this name. */
    public Optional<Picture> served(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    private Verdict<Jid> editable(Account actor, Jid subject) {
        if (!subject.isGroup()) {
            return accounts.find(subject.account()).filter(actor::equals).isPresent()
                    ? Verdict.granted(actor.pn())
                    : Verdict.refused(Refusal.FORBIDDEN);
        }
        return groups.ofMember(actor, subject)
                .then(group -> group.locked() && !isAdmin(group, actor)
                        ? Verdict.refused(Refusal.NOT_AUTHORIZED)
                        : Verdict.granted(group.jid()));
    }

    private static boolean isAdmin(Group group, Account actor) {
        return group.member(actor).filter(member -> member.rank().admin()).isPresent();
    }

    /** Whether these bytes begin and end like a JPEG. */
    private static boolean acceptable(byte[] jpeg) {
        int length = jpeg.length;
        return length >= 4
                && length <= LARGEST
                && jpeg[0] == (byte) 0xFF
                && jpeg[1] == (byte) 0xD8
                && jpeg[length - 2] == (byte) 0xFF
                && jpeg[length - 1] == (byte) 0xD9;
    }

    private boolean visible(Account owner, Account viewer) {
        if (owner == viewer) {
            return true;
        }
        return !owner.blocked().contains(viewer)
                && switch (owner.privacy().getOrDefault(PROFILE, "all")) {
                    case "all" -> true;
                    case "none" -> false;
                    default -> acquaintances(owner).contains(viewer);
                };
    }

    private Set<Account> acquaintances(Account account) {
        Set<Account> found = new LinkedHashSet<>();
        groups.of(account).forEach(group -> found.addAll(group.accounts()));
        return found;
    }

    private void tell(Account actor, Jid subject, Optional<String> id) {
        Instant now = clock.instant();
        Optional<Group> group = groups.find(subject);
        if (group.isPresent()) {
            List<Account> members = List.copyOf(group.get().accounts());
            GroupChange.Scene scene = new GroupChange.Scene(group.get(), actor, now, members);
            groupChanges.accept(new GroupChange.PictureChanged(scene, id));
        } else {
            Set<Account> audience = acquaintances(actor);
            audience.removeIf(other -> !visible(actor, other));
            audience.add(actor);
            changes.accept(new PictureChange(actor, now, id, List.copyOf(audience)));
        }
    }

    private void put(Jid subject, Picture picture) {
        Picture old = bySubject.put(subject, picture);
        if (old != null) {
            byFile.remove(old.file());
        }
        byFile.put(picture.file(), picture);
    }

    private String nextId() {
        lastId = Math.max(lastId + 1, clock.instant().getEpochSecond());
        return Long.toString(lastId);
    }

    private String freeFile() {
        byte[] name = new byte[20];
        random.nextBytes(name);
        return HexFormat.of().formatHex(name) + ".jpg";
    }

    /** Everything that a snapshot must hold. */
    public List<PictureState> states() {
        List<PictureState> states = new ArrayList<>();
        bySubject.forEach((subject, picture) ->
                states.add(new PictureState(subject.toString(), picture.id(), picture.file(), picture.jpeg())));
        return states;
    }

    /**
     * Pictures as they were saved.
     *
     * @throws IllegalArgumentException when one shows nobody
     */
    public void restore(List<PictureState> states) {
        for (PictureState state : states) {
            Jid subject = Jid.parse(state.subject())
                    .filter(jid ->
                            groups.find(jid).isPresent() || accounts.find(jid).isPresent())
                    .orElseThrow(() -> new IllegalArgumentException("a picture shows nobody: " + state.subject()));
            put(subject, new Picture(state.id(), state.file(), state.jpeg()));
            lastId = Math.max(lastId, Long.parseLong(state.id()));
        }
    }
}
