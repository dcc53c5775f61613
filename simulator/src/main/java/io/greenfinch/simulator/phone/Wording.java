package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.stanza.GroupElements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts what a phone is told of groups into the words that it shows its owner. */
final class Wording {

    private final SimulatedAccount reader;
    private final Accounts accounts;

    Wording(SimulatedAccount reader, Accounts accounts) {
        this.reader = reader;
        this.accounts = accounts;
    }

    /**
     * The words for a notification from a group; empty for one that phones don't show.
     *
     * @param subject what the group is called now
     * @param before what the reader knew it by
     */
    Optional<String> of(Node notification, String subject, Optional<String> before) {
        Node what = notification.children().getFirst();
        Optional<SimulatedAccount> actor =
                notification.jid("participant").or(() -> what.jid("author")).flatMap(accounts::find);
        return actor.flatMap(by -> of(what, by, "\"" + subject + "\"", before));
    }

    private Optional<String> of(Node what, SimulatedAccount actor, String group, Optional<String> before) {
        String by = actor == reader ? "You" : actor.displayName();
        List<SimulatedAccount> people = people(what);
        boolean own = people.size() == 1 && people.getFirst() == actor;
        return Optional.ofNullable(
                switch (what.tag()) {
                    case "create" -> created(what, by, group);
                    case "add" -> own ? joined(by, group) : by + " added " + names(people) + " to " + group;
                    case "remove" -> own ? by + " left " + group : by + " removed " + names(people) + " from " + group;
                    case "promote" -> role(people, "now", group);
                    case "demote" -> role(people, "no longer", group);
                    case "subject" ->
                        by + " changed the subject "
                                + before.map(old -> "from \"" + old + "\" ").orElse("") + "to " + group;
                    case "description" ->
                        by + (what.child("body").isPresent() ? " changed" : " deleted") + " the description of "
                                + group;
                    case "invite" -> by + " reset the invite link of " + group;
                    case "created_membership_requests" ->
                        own ? by + " asked to join " + group : by + " asked to add " + names(people) + " to " + group;
                    case "revoked_membership_requests" ->
                        own
                                ? by + " no longer ask" + (actor == reader ? "" : "s") + " to join " + group
                                : by + " declined to let " + names(people) + " into " + group;
                    case "link" -> by + " added " + related(what, group);
                    case "unlink" -> by + " removed " + related(what, group);
                    case "set" -> by + " changed the picture of " + group;
                    case "delete" -> by + " removed the picture of " + group;
                    default ->
                        GroupElements.setting(what)
                                .map(setting -> by + " " + setting(setting) + " " + group)
                                .orElse(null);
                });
    }

    /** A group is created anew for its reader when it is new, and when the reader comes into it. */
    private static String created(Node create, String by, String group) {
        if (create.is("type", "new")) {
            return by + " created group " + group;
        }
        return create.is("reason", "invite") ? joined(by, group) : by + " added you to " + group;
    }

    /** Which group belongs to which community, or no longer. */
    private static String related(Node what, String group) {
        String other = what.child("group")
                .flatMap(named -> named.attribute("subject"))
                .map(subject -> "\"" + subject + "\"")
                .orElse("a group");
        boolean community = what.is("link_type", "parent_group") || what.is("unlink_type", "parent_group");
        String preposition = what.tag().equals("link") ? " to" : " from";
        return community
                ? group + preposition + " the community " + other
                : other + preposition + " the community " + group;
    }

    private static String joined(String by, String group) {
        return by + " joined " + group + " with its invite link";
    }

    /** Whom a notification is about. */
    private List<SimulatedAccount> people(Node what) {
        return what.children().stream()
                .filter(child ->
                        child.tag().equals("participant") || child.tag().equals("requested_user"))
                .flatMap(child -> child.jid("jid").flatMap(accounts::find).stream())
                .toList();
    }

    private static String setting(GroupSetting setting) {
        return switch (setting) {
            case GroupSetting.Locked(boolean on) ->
                on ? "allowed only admins to edit the info of" : "allowed all members to edit the info of";
            case GroupSetting.Announcement(boolean on) ->
                on ? "allowed only admins to send messages to" : "allowed all members to send messages to";
            case GroupSetting.Ephemeral(long seconds) ->
                seconds == 0
                        ? "turned off disappearing messages in"
                        : "set messages to disappear after " + seconds + " seconds in";
            case GroupSetting.AdminsAdd(boolean on) ->
                on ? "allowed only admins to add members to" : "allowed all members to add members to";
            case GroupSetting.MembersLink(boolean on) ->
                on
                        ? "allowed all members to share the invite link of"
                        : "allowed only admins to share the invite link of";
            case GroupSetting.Approval(boolean on) ->
                on ? "allowed only admins to let people into" : "allowed everybody with the invite link to join";
        };
    }

    private String role(List<SimulatedAccount> people, String adverb, String group) {
        String who = names(people);
        String subject = people.contains(reader) ? "Y" + who.substring(1) : who;
        String role = people.size() > 1 ? "admins" : "an admin";
        String verb = people.size() > 1 || people.contains(reader) ? "are" : "is";
        return String.join(" ", subject, verb, adverb, role, "of", group);
    }

    private String names(List<SimulatedAccount> people) {
        List<String> names = new ArrayList<>();
        if (people.contains(reader)) {
            names.add("you");
        }
        people.stream()
                .filter(person -> person != reader)
                .map(SimulatedAccount::displayName)
                .forEach(names::add);
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
