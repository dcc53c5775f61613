package io.greenfinch.interop.peer;

import io.greenfinch.interop.service.Person;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A group as a third-party client reads it.
 *
 * @param id the whole id, {@code …@g.us}
 * @param mode {@code pn} or {@code lid}: which of their two names members go by
 * @param announcement whether only admins send; as far as Baileys tells, of whatsmeow never
 * @param locked whether only admins edit; likewise
 */
public record PeerGroup(
        String id, String subject, String mode, boolean announcement, boolean locked, List<Member> members) {

    /**
     * A member.
     *
     * @param jid the name that the group uses
     * @param alias the other one, where the client knows it
     * @param role {@code member}, {@code admin} or {@code superadmin}
     */
    public record Member(String jid, Optional<String> alias, String role) {}

    /** The role of somebody, empty when they are no member. */
    public Optional<String> roleOf(Person person) {
        return members.stream()
                .filter(member -> person.isNamed(member.jid()))
                .map(Member::role)
                .findFirst();
    }

    static PeerGroup read(JsonNode json) {
        List<Member> members =
                json.get("people").valueStream().map(PeerGroup::readMember).toList();
        return new PeerGroup(
                json.get("id").asString(),
                json.get("subject").asString(),
                json.get("mode").asString(),
                json.path("announcement").asBoolean(false),
                json.path("locked").asBoolean(false),
                members);
    }

    private static Member readMember(JsonNode json) {
        JsonNode alias = json.path("alias");
        return new Member(
                json.get("jid").asString(),
                alias.isString() ? Optional.of(alias.asString()) : Optional.empty(),
                json.get("role").asString());
    }
}
