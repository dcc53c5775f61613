package io.greenfinch.client.group;

import io.greenfinch.client.Account;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A group's metadata (specification §16.2). Immutable.
 *
 * @param id the group's JID
 * @param subject its name
 * @param subjectTime when the name was set; epoch when unknown
 * @param subjectOwner who set the name
 * @param creation when the group was made; epoch when unknown
 * @param creator who made it
 * @param lidAddressed true when members are named by LID
 * @param settings the rest
 * @param participants members, in the server's order
 * @param complete whether these are all: of who is not among some of the members nothing is known
 */
public record Group(
        Jid id,
        String subject,
        Instant subjectTime,
        Optional<Person> subjectOwner,
        Instant creation,
        Optional<Person> creator,
        boolean lidAddressed,
        Settings settings,
        List<Participant> participants,
        boolean complete) {

    public Group {
        participants = List.copyOf(participants);
    }

    /** A group all of whose members are listed. */
    public Group(
            Jid id,
            String subject,
            Instant subjectTime,
            Optional<Person> subjectOwner,
            Instant creation,
            Optional<Person> creator,
            boolean lidAddressed,
            Settings settings,
            List<Participant> participants) {
        this(id, subject, subjectTime, subjectOwner, creation, creator, lidAddressed, settings, participants, true);
    }

    /**
     * What may be done in the group and what kind of group it is.
     *
     * @param description empty when there is none
     * @param descriptionId what this wording is called; empty when there is none, or it is not known
     * @param locked only admins edit the group's info
     * @param announcement only admins send
     * @param ephemeralSeconds life of disappearing messages, 0 when off
     * @param membersAdd every member may add others
     * @param membersLink every member may have the invite link
     * @param approval admins approve who joins
     * @param community this is a community's parent group
     * @param defaultSubGroup this is a community's announcement group
     * @param parent the community this group belongs to
     */
    public record Settings(
            String description,
            String descriptionId,
            boolean locked,
            boolean announcement,
            int ephemeralSeconds,
            boolean membersAdd,
            boolean membersLink,
            boolean approval,
            boolean community,
            boolean defaultSubGroup,
            Optional<Jid> parent) {

        Settings withDescription(String text, String wording) {
            return new Settings(
                    text,
                    wording,
                    locked,
                    announcement,
                    ephemeralSeconds,
                    membersAdd,
                    membersLink,
                    approval,
                    community,
                    defaultSubGroup,
                    parent);
        }

        Settings withLocked(boolean on) {
            return new Settings(
                    description,
                    descriptionId,
                    on,
                    announcement,
                    ephemeralSeconds,
                    membersAdd,
                    membersLink,
                    approval,
                    community,
                    defaultSubGroup,
                    parent);
        }

        Settings withAnnouncement(boolean on) {
            return new Settings(
                    description,
                    descriptionId,
                    locked,
                    on,
                    ephemeralSeconds,
                    membersAdd,
                    membersLink,
                    approval,
                    community,
                    defaultSubGroup,
                    parent);
        }

        Settings withEphemeralSeconds(int seconds) {
            return new Settings(
                    description,
                    descriptionId,
                    locked,
                    announcement,
                    seconds,
                    membersAdd,
                    membersLink,
                    approval,
                    community,
                    defaultSubGroup,
                    parent);
        }

        Settings withMembersAdd(boolean on) {
            return new Settings(
                    description,
                    descriptionId,
                    locked,
                    announcement,
                    ephemeralSeconds,
                    on,
                    membersLink,
                    approval,
                    community,
                    defaultSubGroup,
                    parent);
        }

        Settings withMembersLink(boolean on) {
            return new Settings(
                    description,
                    descriptionId,
                    locked,
                    announcement,
                    ephemeralSeconds,
                    membersAdd,
                    on,
                    approval,
                    community,
                    defaultSubGroup,
                    parent);
        }

        Settings withApproval(boolean on) {
            return new Settings(
                    description,
                    descriptionId,
                    locked,
                    announcement,
                    ephemeralSeconds,
                    membersAdd,
                    membersLink,
                    on,
                    community,
                    defaultSubGroup,
                    parent);
        }
    }

    /** The member with this name, matched by phone number or LID. */
    public Optional<Participant> participant(Person person) {
        return participants.stream()
                .filter(participant -> participant.person().sameAs(person))
                .findFirst();
    }

    /** The account itself as a member, under either of its names. */
    public Optional<Participant> participant(Account account) {
        return participants.stream()
                .filter(participant -> participant.person().is(account.pn())
                        || account.lid().map(participant.person()::is).orElse(false))
                .findFirst();
    }

    /**
     * Whether this person is a member. Empty when nobody can tell: not all members are listed, or they are named in another way
     * than the person. This is the one place that decides what a list proves (specification §17.1).
     */
    public Optional<Boolean> lists(Person person) {
        if (participant(person).isPresent()) {
            return Optional.of(true);
        }
        boolean comparable =
                complete && participants.stream().map(Participant::person).allMatch(person::comparable);
        return comparable ? Optional.of(false) : Optional.empty();
    }

    /** The same group with another name. */
    public Group withSubject(String name, Instant at, Optional<Person> owner) {
        return new Group(
                id,
                name,
                at,
                owner.or(() -> subjectOwner),
                creation,
                creator,
                lidAddressed,
                settings,
                participants,
                complete);
    }

    /** The same group with other settings. */
    public Group withSettings(Settings changed) {
        return new Group(
                id,
                subject,
                subjectTime,
                subjectOwner,
                creation,
                creator,
                lidAddressed,
                changed,
                participants,
                complete);
    }

    /** The same group with other members. */
    public Group withParticipants(List<Participant> changed) {
        return new Group(
                id, subject, subjectTime, subjectOwner, creation, creator, lidAddressed, settings, changed, complete);
    }
}
