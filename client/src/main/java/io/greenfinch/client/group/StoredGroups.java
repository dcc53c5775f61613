package io.greenfinch.client.group;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredGroup;
import io.greenfinch.client.proto.StoredPerson;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
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
        List<Participant> participants = stored.getParticipantsList().stream()
                .flatMap(member ->
                        person(member).stream().map(person -> new Participant(person, role(member.getRole()))))
                .toList();
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
