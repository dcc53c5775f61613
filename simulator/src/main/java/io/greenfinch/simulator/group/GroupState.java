package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as a snapshot has it. People are named by phone number, times as ISO 8601 has them.
 *
 * @param community id of the community it belongs to
 */
public record GroupState(
        String id,
        Addressing addressing,
        GroupKind kind,
        @Nullable String community,
        String creator,
        String creation,
        String subject,
        String subjectOwner,
        String subjectTime,
        @Nullable DescriptionState description,
        boolean locked,
        boolean announcement,
        boolean adminsAdd,
        long ephemeral,
        long participantVersion,
        long announcementVersion,
        DoorState door,
        List<MemberState> members) {

    /** A member as a snapshot has it. */
    public record MemberState(String number, Rank rank, String since) {}

    /** A description as a snapshot has it. */
    public record DescriptionState(String id, String body, String author, String at) {}

    /** The present state of a group. */
    public static GroupState of(Group group) {
        return new GroupState(
                group.id(),
                group.addressing(),
                group.kind(),
                group.community().map(Group::id).orElse(null),
                group.creator().number(),
                group.creation().toString(),
                group.subject(),
                group.subjectOwner().number(),
                group.subjectTime().toString(),
                group.description()
                        .map(text -> new DescriptionState(
                                text.id(),
                                text.body(),
                                text.author().number(),
                                text.at().toString()))
                        .orElse(null),
                group.locked(),
                group.announcement(),
                group.adminsAdd(),
                group.ephemeral(),
                group.participantVersion(),
                group.announcementVersion(),
                DoorState.of(group.door()),
                group.members().stream()
                        .map(member -> new MemberState(
                                member.account().number(),
                                member.rank(),
                                member.since().toString()))
                        .toList());
    }

    /** Makes {@code group}, which has no members yet, what it was. */
    void restore(Group group, Accounts accounts) {
        members.forEach(
                member -> group.put(account(accounts, member.number()), member.rank(), Instant.parse(member.since())));
        group.subject(subject, account(accounts, subjectOwner), Instant.parse(subjectTime));
        DescriptionState text = description;
        if (text != null) {
            group.description(new Description(
                    text.id(), text.body(), account(accounts, text.author()), Instant.parse(text.at())));
        }
        group.apply(new Setting.Locked(locked));
        group.apply(new Setting.Announcement(announcement));
        group.apply(new Setting.AdminsAdd(adminsAdd));
        group.apply(new Setting.Ephemeral(ephemeral));
        door.restore(group.door(), accounts);
        group.versions(participantVersion, announcementVersion);
    }

    static Account account(Accounts accounts, String number) {
        return accounts.byNumber(number).orElseThrow(() -> new IllegalArgumentException(number + " is unknown"));
    }
}
