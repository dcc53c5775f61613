package io.greenfinch.simulator.picture;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupDirectory;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceDecision.Done;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.group.SimulatedGroupEvent;
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
public final class PictureStore {

    /** Nobody knows where the real server's limit lies; clients send some ten thousand bytes. */
    static final int LARGEST = 1 << 20;

    private static final String PROFILE = "profile";

    private final GroupDirectory groups;
    private final Accounts accounts;
    private final Clock clock;
    private final SecureRandom random;
    private final Consumer<SimulatedGroupEvent> groupChanges;
    private final Consumer<PictureReplacement> changes;
    private final Map<Jid, ServedPicture> bySubject = new LinkedHashMap<>();
    private final Map<String, ServedPicture> byFile = new LinkedHashMap<>();
    private long lastId;

    public PictureStore(
            GroupDirectory groups,
            Accounts accounts,
            Clock clock,
            SecureRandom random,
            Consumer<SimulatedGroupEvent> groupChanges,
            Consumer<PictureReplacement> changes) {
        this.groups = groups;
        this.accounts = accounts;
        this.clock = clock;
        this.random = random;
        this.groupChanges = groupChanges;
        this.changes = changes;
    }

    /** Gives a person's own account, or a group whose info they may edit, a picture. */
    public ServiceDecision<ServedPicture> set(SimulatedAccount actor, Jid subject, byte[] jpeg) {
        return editable(actor, subject).then(key -> {
            if (!acceptable(jpeg)) {
                return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
            }
            ServedPicture picture = new ServedPicture(nextId(), freeFile(), jpeg.clone());
            put(key, picture);
            tell(actor, key, Optional.of(picture.id()));
            return ServiceDecision.granted(picture);
        });
    }

    /** Takes a picture away again. Nobody hears of it when there is none. */
    public ServiceDecision<Done> remove(SimulatedAccount actor, Jid subject) {
        return editable(actor, subject).then(key -> {
            ServedPicture old = bySubject.remove(key);
            if (old != null) {
                byFile.remove(old.file());
                tell(actor, key, Optional.empty());
            }
            return ServiceDecision.done();
        });
    }

    /** The picture of a person or a group, as somebody gets to see it: 401 for one that is hidden from them, 404 for none. */
    public ServiceDecision<ServedPicture> seenBy(SimulatedAccount viewer, Jid subject) {
        Optional<SimulatedGroup> group = groups.find(subject);
        Optional<SimulatedAccount> person = group.isPresent() ? Optional.empty() : accounts.find(subject.account());
        if (group.filter(found -> !found.has(viewer)).isPresent()
                || person.filter(found -> !visible(found, viewer)).isPresent()) {
            return ServiceDecision.refused(ServiceRefusal.NOT_AUTHORIZED);
        }
        return group.map(SimulatedGroup::jid)
                .or(() -> person.map(SimulatedAccount::pn))
                .map(bySubject::get)
                .<ServiceDecision<ServedPicture>>map(ServiceDecision::granted)
                .orElseGet(() -> ServiceDecision.refused(ServiceRefusal.ITEM_NOT_FOUND));
    }

    /** What is served under this name. */
    public Optional<ServedPicture> served(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    private ServiceDecision<Jid> editable(SimulatedAccount actor, Jid subject) {
        if (!subject.isGroup()) {
            return accounts.find(subject.account()).filter(actor::equals).isPresent()
                    ? ServiceDecision.granted(actor.pn())
                    : ServiceDecision.refused(ServiceRefusal.FORBIDDEN);
        }
        return groups.ofMember(actor, subject)
                .then(group -> group.locked() && !isAdmin(group, actor)
                        ? ServiceDecision.refused(ServiceRefusal.NOT_AUTHORIZED)
                        : ServiceDecision.granted(group.jid()));
    }

    private static boolean isAdmin(SimulatedGroup group, SimulatedAccount actor) {
        return group.member(actor).filter(member -> member.role().admin()).isPresent();
    }

    /** Whether these bytes begin like a JPEG: many do without their end, and are shown all the same. */
    private static boolean acceptable(byte[] jpeg) {
        int length = jpeg.length;
        return length >= 4 && length <= LARGEST && jpeg[0] == (byte) 0xFF && jpeg[1] == (byte) 0xD8;
    }

    private boolean visible(SimulatedAccount owner, SimulatedAccount viewer) {
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

    private Set<SimulatedAccount> acquaintances(SimulatedAccount account) {
        Set<SimulatedAccount> found = new LinkedHashSet<>();
        groups.of(account).forEach(group -> found.addAll(group.accounts()));
        return found;
    }

    private void tell(SimulatedAccount actor, Jid subject, Optional<String> id) {
        Instant now = clock.instant();
        Optional<SimulatedGroup> group = groups.find(subject);
        if (group.isPresent()) {
            List<SimulatedAccount> members = List.copyOf(group.get().accounts());
            SimulatedGroupEvent.Context context = new SimulatedGroupEvent.Context(group.get(), actor, now, members);
            groupChanges.accept(new SimulatedGroupEvent.PictureChanged(context, id));
        } else {
            Set<SimulatedAccount> audience = acquaintances(actor);
            audience.removeIf(other -> !visible(actor, other));
            audience.add(actor);
            changes.accept(new PictureReplacement(actor, now, id, List.copyOf(audience)));
        }
    }

    private void put(Jid subject, ServedPicture picture) {
        ServedPicture old = bySubject.put(subject, picture);
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
    public List<PictureSnapshot> states() {
        List<PictureSnapshot> states = new ArrayList<>();
        bySubject.forEach((subject, picture) ->
                states.add(new PictureSnapshot(subject.toString(), picture.id(), picture.file(), picture.jpeg())));
        return states;
    }

    /**
     * Pictures as they were saved.
     *
     * @throws IllegalArgumentException when one shows nobody
     */
    public void restore(List<PictureSnapshot> states) {
        for (PictureSnapshot state : states) {
            Jid subject = Jid.parse(state.subject())
                    .filter(jid ->
                            groups.find(jid).isPresent() || accounts.find(jid).isPresent())
                    .orElseThrow(() -> new IllegalArgumentException("a picture shows nobody: " + state.subject()));
            put(subject, new ServedPicture(state.id(), state.file(), state.jpeg()));
            lastId = Math.max(lastId, Long.parseLong(state.id()));
        }
    }
}
