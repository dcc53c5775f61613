package io.greenfinch.simulator.world;

import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.group.GroupChange;
import io.greenfinch.simulator.group.Setting;
import java.util.ArrayList;
import java.util.List;

/** Puts changes of groups into the words that one reader's phone shows. */
final class Wording {

    private final Account reader;

    Wording(Account reader) {
        this.reader = reader;
    }

    String of(GroupChange change) {
        String actor = sentenceStart(change.scene().actor());
        String group = "\"" + change.scene().group().subject() + "\"";
        return switch (change) {
            case GroupChange.Created _ -> actor + " created group " + group;
            case GroupChange.Added added when added.joined() -> actor + " joined " + group + " with its invite link";
            case GroupChange.Added added -> actor + " added " + names(added.added()) + " to " + group;
            case GroupChange.Removed removed when removed.left() -> actor + " left " + group;
            case GroupChange.Removed removed -> actor + " removed " + names(removed.removed()) + " from " + group;
            case GroupChange.Promoted promoted -> rank(promoted.promoted(), "now", group);
            case GroupChange.Demoted demoted -> rank(demoted.demoted(), "no longer", group);
            case GroupChange.SubjectChanged subject ->
                actor + " changed the subject from \"" + subject.before() + "\" to " + group;
            case GroupChange.DescriptionChanged description ->
                actor + (description.now().isPresent() ? " changed" : " deleted") + " the description of " + group;
            case GroupChange.LinkReset _ -> actor + " reset the invite link of " + group;
            case GroupChange.Requested requested when requested.own() -> actor + " asked to join " + group;
            case GroupChange.Requested requested ->
                actor + " asked to add " + names(requested.people()) + " to " + group;
            case GroupChange.RequestsRevoked revoked
            when revoked.own() ->
                actor + " no longer ask" + (revoked.scene().actor() == reader ? "" : "s") + " to join " + group;
            case GroupChange.RequestsRevoked revoked ->
                actor + " declined to let " + names(revoked.people()) + " into " + group;
            case GroupChange.PictureChanged picture ->
                actor + (picture.id().isPresent() ? " changed" : " removed") + " the picture of " + group;
            case GroupChange.SettingChanged setting -> actor + " " + setting(setting.setting()) + " " + group;
        };
    }

    private static String setting(Setting setting) {
        return switch (setting) {
            case Setting.Locked(boolean on) ->
                on ? "allowed only admins to edit the info of" : "allowed all members to edit the info of";
            case Setting.Announcement(boolean on) ->
                on ? "allowed only admins to send messages to" : "allowed all members to send messages to";
            case Setting.Ephemeral(long seconds) ->
                seconds == 0
                        ? "turned off disappearing messages in"
                        : "set messages to disappear after " + seconds + " seconds in";
            case Setting.AdminsAdd(boolean on) ->
                on ? "allowed only admins to add members to" : "allowed all members to add members to";
            case Setting.MembersLink(boolean on) ->
                on
                        ? "allowed all members to share the invite link of"
                        : "allowed only admins to share the invite link of";
            case Setting.Approval(boolean on) ->
                on ? "allowed only admins to let people into" : "allowed everybody with the invite link to join";
        };
    }

    private String rank(List<Account> people, String adverb, String group) {
        String who = names(people);
        String subject = people.contains(reader) ? "Y" + who.substring(1) : who;
        String rank = people.size() > 1 ? "admins" : "an admin";
        String verb = people.size() > 1 || people.contains(reader) ? "are" : "is";
        return String.join(" ", subject, verb, adverb, rank, "of", group);
    }

    private String sentenceStart(Account account) {
        return account == reader ? "You" : account.displayName();
    }

    private String names(List<Account> people) {
        List<String> names = new ArrayList<>();
        if (people.contains(reader)) {
            names.add("you");
        }
        people.stream()
                .filter(person -> person != reader)
                .map(Account::displayName)
                .forEach(names::add);
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
