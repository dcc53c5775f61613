package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a group. Members stand in the order they came in. Guarded by the world's lock; only this package changes it.
 *
 * <p>A group whose last member left stays, without members and out of everybody's reach.
 */
public final class SimulatedGroup {

    private final String id;
    private final Addressing addressing;
    private final GroupKind kind;
    private final SimulatedAccount creator;
    private final Instant creation;
    private final Map<SimulatedAccount, Member> members = new LinkedHashMap<>();
    private final Map<SimulatedAccount, Instant> departures = new HashMap<>();
    private final GroupAccess access = new GroupAccess();
    private final MembershipIndex memberships;
    private @Nullable SimulatedGroup community;
    private String subject;
    private SimulatedAccount subjectOwner;
    private Instant subjectTime;
    private @Nullable Description description;
    private boolean locked;
    private boolean announcement;
    private boolean adminsAdd;
    private long ephemeral;
    private long participantVersion;
    private long announcementVersion = 1;

    SimulatedGroup(GroupOrigin origin, String subject, MembershipIndex memberships) {
        this.memberships = memberships;
        this.id = origin.id();
        this.addressing = origin.addressing();
        this.kind = origin.kind();
        this.community = origin.community().orElse(null);
        this.creator = origin.creator();
        this.creation = origin.creation();
        this.subject = subject;
        this.subjectOwner = creator;
        this.subjectTime = creation;
        this.participantVersion = micros(creation);
        this.announcement = kind == GroupKind.ANNOUNCEMENTS;
    }

    /** The id without server, as metadata has it. */
    public String id() {
        return id;
    }

    public Jid jid() {
        return Jid.group(id);
    }

    public Addressing addressing() {
        return addressing;
    }

    public GroupKind kind() {
        return kind;
    }

    /** The community this group belongs to. */
    public Optional<SimulatedGroup> community() {
        return Optional.ofNullable(community);
    }

    /** Puts the group into a community, or out of the one it was in. */
    void community(@Nullable SimulatedGroup other) {
        community = other;
    }

    public SimulatedAccount creator() {
        return creator;
    }

    public Instant creation() {
        return creation;
    }

    public String subject() {
        return subject;
    }

    public SimulatedAccount subjectOwner() {
        return subjectOwner;
    }

    public Instant subjectTime() {
        return subjectTime;
    }

    public Optional<Description> description() {
        return Optional.ofNullable(description);
    }

    public boolean locked() {
        return locked;
    }

    public boolean announcement() {
        return announcement;
    }

    public boolean adminsAdd() {
        return adminsAdd;
    }

    /** After how many seconds messages disappear, 0 for never. */
    public long ephemeral() {
        return ephemeral;
    }

    public long participantVersion() {
        return participantVersion;
    }

    public long announcementVersion() {
        return announcementVersion;
    }

    /** How people come in without being added. */
    public GroupAccess access() {
        return access;
    }

    /** Members, the longest-standing first. Unmodifiable. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    /** The members' accounts, the longest-standing first; a copy. */
    public List<SimulatedAccount> accounts() {
        return new ArrayList<>(members.keySet());
    }

    public Optional<Member> member(SimulatedAccount account) {
        return Optional.ofNullable(members.get(account));
    }

    public boolean has(SimulatedAccount account) {
        return members.containsKey(account);
    }

    boolean isAdmin(SimulatedAccount account) {
        return member(account).filter(member -> member.role().admin()).isPresent();
    }

    /** The admins' accounts, the longest-standing first; a copy. */
    List<SimulatedAccount> admins() {
        return members.values().stream()
                .filter(member -> member.role().admin())
                .map(Member::account)
                .toList();
    }

    void put(SimulatedAccount account, MemberRole role, Instant since) {
        members.put(account, new Member(account, role, since));
        departures.remove(account);
        access.entered(account);
        memberships.add(account, this);
    }

    void role(SimulatedAccount account, MemberRole role) {
        members.computeIfPresent(account, (_, member) -> member.with(role));
    }

    /** Takes somebody out whom others removed, and who can't come back by themselves. */
    void banish(SimulatedAccount account, Instant at) {
        remove(account, at);
        access.banish(account);
    }

    void remove(SimulatedAccount account, Instant at) {
        members.remove(account);
        departures.put(account, at);
        memberships.remove(account, this);
    }

    /** When somebody who is not a member went, if they ever were one. */
    Optional<Instant> departure(SimulatedAccount account) {
        return Optional.ofNullable(departures.get(account));
    }

    /** Steps the participant version. */
    Versions step(Instant now) {
        long before = participantVersion;
        participantVersion = Math.max(before + 1, micros(now));
        return new Versions(participantVersion, before);
    }

    /** Sets what no client can: versions go on where they were. */
    void versions(long participants, long announcements) {
        participantVersion = participants;
        announcementVersion = announcements;
    }

    void subject(String text, SimulatedAccount owner, Instant at) {
        subject = text;
        subjectOwner = owner;
        subjectTime = at;
    }

    void description(@Nullable Description text) {
        description = text;
    }

    /** Puts a setting into a new state; says whether that was another than before. */
    boolean apply(GroupSetting setting) {
        return switch (setting) {
            case GroupSetting.Locked(boolean on) -> {
                boolean changed = locked != on;
                locked = on;
                yield changed;
            }
            case GroupSetting.Announcement(boolean on) -> {
                boolean changed = announcement != on;
                announcement = on;
                announcementVersion += changed ? 1 : 0;
                yield changed;
            }
            case GroupSetting.Ephemeral(long seconds) -> {
                boolean changed = ephemeral != seconds;
                ephemeral = seconds;
                yield changed;
            }
            case GroupSetting.AdminsAdd(boolean on) -> {
                boolean changed = adminsAdd != on;
                adminsAdd = on;
                yield changed;
            }
            case GroupSetting.MembersLink(boolean on) -> access.membersLink(on);
            case GroupSetting.Approval(boolean on) -> access.approval(on);
        };
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @Override
    public String toString() {
        return subject + " (" + id + ")";
    }
}
