package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as a snapshot has it. People are named by phone number, times as ISO 8601 has them.
 *
 * @param community id of the community it belongs to
 */
public record GroupSnapshot(
        String id,
        Addressing addressing,
        GroupKind kind,
        @Nullable String community,
        String creator,
        Instant creation,
        String subject,
        String subjectOwner,
        Instant subjectTime,
        @Nullable DescriptionState description,
        boolean locked,
        boolean announcement,
        boolean adminsAdd,
        long ephemeral,
        long participantVersion,
        long announcementVersion,
        AccessSnapshot access,
        List<MemberState> members) {

    /** A member as a snapshot has it. */
    public record MemberState(String number, MemberRole role, Instant since) {}

    /** A description as a snapshot has it. */
    public record DescriptionState(String id, String body, String author, Instant at) {}

    /** The present state of a group. */
    public static GroupSnapshot of(SimulatedGroup group) {
        return new GroupSnapshot(
                group.id(),
                group.addressing(),
                group.kind(),
                group.community().map(SimulatedGroup::id).orElse(null),
                group.creator().number(),
                group.creation(),
                group.subject(),
                group.subjectOwner().number(),
                group.subjectTime(),
                group.description()
                        .map(text -> new DescriptionState(
                                text.id(), text.body(), text.author().number(), text.at()))
                        .orElse(null),
                group.locked(),
                group.announcement(),
                group.adminsAdd(),
                group.ephemeral(),
                group.participantVersion(),
                group.announcementVersion(),
                AccessSnapshot.of(group.access()),
                group.members().stream()
                        .map(member -> new MemberState(member.account().number(), member.role(), member.since()))
                        .toList());
    }

    /** Makes {@code group}, which has no members yet, what it was. */
    void restore(SimulatedGroup group, Accounts accounts) {
        members.forEach(member -> group.put(account(accounts, member.number()), member.role(), member.since()));
        group.subject(subject, account(accounts, subjectOwner), subjectTime);
        DescriptionState text = description;
        if (text != null) {
            group.description(new Description(text.id(), text.body(), account(accounts, text.author()), text.at()));
        }
        group.apply(new GroupSetting.Locked(locked));
        group.apply(new GroupSetting.Announcement(announcement));
        group.apply(new GroupSetting.AdminsAdd(adminsAdd));
        group.apply(new GroupSetting.Ephemeral(ephemeral));
        access.restore(group.access(), accounts);
        group.versions(participantVersion, announcementVersion);
    }

    static SimulatedAccount account(Accounts accounts, String number) {
        return accounts.byNumber(number).orElseThrow(() -> new IllegalArgumentException(number + " is unknown"));
    }
}
