package io.greenfinch.gateway.chat;

import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/** Addresses of WhatsApp as the API writes them (green-api.md §1.5). */
public final class ChatNames {

    private ChatNames() {}

    /** A chat or somebody: the number as {@code …@c.us}, all else as WhatsApp has it, without a device. */
    public static String of(Jid jid) {
        Jid account = jid.isGroup() ? jid : jid.account();
        return account.isPn() ? account.user() + "@c.us" : account.toString();
    }

    /** Somebody, by the number where it is known; empty for nobody. */
    public static String of(Optional<Person> person) {
        return person.map(ChatNames::of).orElse("");
    }

    /** Somebody, by the number where it is known. */
    public static String of(Person person) {
        return person.pn().or(person::lid).or(person::other).map(ChatNames::of).orElse("");
    }

    /** The address behind an id that passed the checks of the API. */
    public static Jid jid(String id) {
        int at = id.indexOf('@');
        String user = id.substring(0, at);
        return switch (id.substring(at)) {
            case "@g.us" -> Jid.group(user);
            case "@lid" -> Jid.lid(user);
            case "@broadcast" -> Jid.STATUS;
            default -> Jid.pn(user);
        };
    }
}
