package io.greenfinch.client.group;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredGroup;
import io.greenfinch.client.proto.StoredMemberChange;
import io.greenfinch.client.proto.StoredPerson;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The form in which groups are kept, in the store and in memory. */
public final class StoredGroups {

    private StoredGroups() {}

    /** A group as bytes. */
    public static byte[] encode(KnownGroup known) {
        Group group = known.group();
        Group.Settings settings = group.settings();
        StoredGroup.Builder stored = StoredGroup.newBuilder()
                .setId(group.id().toString())
                .setSubject(group.subject())
                .setSubjectTime(group.subjectTime().getEpochSecond())
                .setCreation(group.creation().getEpochSecond())
                .setLidAddressed(group.lidAddressed())
                .setDescription(settings.description())
                .setDescriptionId(settings.descriptionId())
                .setLocked(settings.locked())
                .setAnnouncement(settings.announcement())
                .setEphemeralSeconds(settings.ephemeralSeconds())
                .setMembersAdd(settings.membersAdd())
                .setMembersLink(settings.membersLink())
                .setApproval(settings.approval())
                .setCommunity(settings.community())
                .setDefaultSubGroup(settings.defaultSubGroup())
                .setParent(settings.parent().map(Jid::toString).orElse(""))
                .setVersion(known.version())
                .setTold(known.told())
                .setSettingsAt(known.settingsAt().getEpochSecond())
                .setIncomplete(!group.complete());
        group.subjectOwner().ifPresent(owner -> stored.setSubjectOwner(person(owner, Role.MEMBER)));
        group.creator().ifPresent(creator -> stored.setCreator(person(creator, Role.MEMBER)));
        group.participants().forEach(member -> stored.addParticipants(person(member.person(), member.role())));
        return stored.build().toByteArray();
    }

    /**
     * The group as bytes after a change of its members: what was there before, and the change behind it. Costs what the change does,
     * however many members there are.
     *
     * @param before the bytes of the group before the change
     * @param after the group after it, which differs in nothing but members and what versions tell
     */
    static byte[] changed(byte[] before, List<Participant> people, GroupUpdate.Action action, KnownGroup after) {
        StoredGroup.Builder change =
                StoredGroup.newBuilder().setVersion(after.version()).setTold(after.told());
        people.forEach(changed -> change.addChanges(StoredMemberChange.newBuilder()
                .setAction(number(action))
                .setPerson(person(changed.person(), changed.role()))));
        // Of a field that comes twice the last one counts, and lists are joined: so Protocol Buffers define it.
        byte[] behind = change.build().toByteArray();
        byte[] all = Arrays.copyOf(before, before.length + behind.length);
        System.arraycopy(behind, 0, all, before.length, behind.length);
        return all;
    }

    /**
     * The group in these bytes.
     *
     * @throws IllegalArgumentException when they are none
     */
    public static KnownGroup decode(byte[] bytes) {
        StoredGroup stored;
        try {
            stored = StoredGroup.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a stored group that can't be read", e);
        }
        Group.Settings settings = new Group.Settings(
                stored.getDescription(),
                stored.getDescriptionId(),
                stored.getLocked(),
                stored.getAnnouncement(),
                stored.getEphemeralSeconds(),
                stored.getMembersAdd(),
                stored.getMembersLink(),
                stored.getApproval(),
                stored.getCommunity(),
                stored.getDefaultSubGroup(),
                stored.getParent().isEmpty() ? Optional.empty() : Jid.parse(stored.getParent()));
        Jid id = Jid.parse(stored.getId())
                .orElseThrow(() -> new IllegalArgumentException("a stored group without an id"));
        List<Participant> participants = new ArrayList<>();
        stored.getParticipantsList().forEach(member -> participant(member).ifPresent(participants::add));
        stored.getChangesList()
                .forEach(change -> participant(change.getPerson())
                        .ifPresent(member -> KnownGroup.change(participants, action(change.getAction()), member)));
        Group group = new Group(
                id,
                stored.getSubject(),
                Instant.ofEpochSecond(stored.getSubjectTime()),
                stored.hasSubjectOwner() ? person(stored.getSubjectOwner()) : Optional.empty(),
                Instant.ofEpochSecond(stored.getCreation()),
                stored.hasCreator() ? person(stored.getCreator()) : Optional.empty(),
                stored.getLidAddressed(),
                settings,
                participants,
                !stored.getIncomplete());
        return new KnownGroup(
                group, stored.getVersion(), stored.getTold(), Instant.ofEpochSecond(stored.getSettingsAt()));
    }

    private static Optional<Participant> participant(StoredPerson member) {
        return person(member).map(person -> new Participant(person, role(member.getRole())));
    }

    private static int number(GroupUpdate.Action action) {
        return switch (action) {
            case ADD -> 0;
            case REMOVE -> 1;
            case PROMOTE -> 2;
            case DEMOTE -> 3;
        };
    }

    private static GroupUpdate.Action action(int number) {
        return switch (number) {
            case 0 -> GroupUpdate.Action.ADD;
            case 1 -> GroupUpdate.Action.REMOVE;
            case 2 -> GroupUpdate.Action.PROMOTE;
            case 3 -> GroupUpdate.Action.DEMOTE;
            default -> throw new IllegalArgumentException("a stored group with an unknown change");
        };
    }

    private static StoredPerson person(Person person, Role role) {
        StoredPerson.Builder stored = StoredPerson.newBuilder().setRole(number(role));
        person.pn().map(Jid::user).ifPresent(user -> {
            if (isNumber(user)) {
                stored.setPn(Long.parseLong(user));
            } else {
                stored.setPnText(user);
            }
        });
        person.lid().map(Jid::user).ifPresent(user -> {
            if (isNumber(user)) {
                stored.setLid(Long.parseLong(user));
            } else {
                stored.setLidText(user);
            }
        });
        person.other().map(Jid::toString).ifPresent(stored::setOther);
        return stored.build();
    }

    private static int number(Role role) {
        return switch (role) {
            case MEMBER -> 0;
            case ADMIN -> 1;
            case SUPERADMIN -> 2;
        };
    }

    private static Role role(int number) {
        return switch (number) {
            case 1 -> Role.ADMIN;
            case 2 -> Role.SUPERADMIN;
            default -> Role.MEMBER;
        };
    }

    private static Optional<Person> person(StoredPerson stored) {
        return Person.of(
                user(stored.getPn(), stored.getPnText()).map(Jid::pn).or(() -> Jid.parse(stored.getOther())),
                user(stored.getLid(), stored.getLidText()).map(Jid::lid));
    }

    private static Optional<String> user(long number, String text) {
        if (number != 0) {
            return Optional.of(Long.toString(number));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** True when the number's decimal form is this very text. */
    private static boolean isNumber(String user) {
        return user.length() <= 18
                && !user.startsWith("0")
                && !user.isEmpty()
                && user.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
