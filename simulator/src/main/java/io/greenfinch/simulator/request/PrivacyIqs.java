package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Privacy settings and block lists, whose changes are told to the account's other devices, and tokens for those who may write to the
 * account, which they are given (specification §25).
 */
final class PrivacyIqs {

    private static final String ALL = "all";
    private static final String TRUSTED = "trusted_contact";
    private static final int TOKEN_BYTES = 16;
    private static final Set<String> VALUES =
            Set.of(ALL, "contacts", "contact_blacklist", "none", "match_last_seen", "known");
    private static final List<String> CATEGORIES = List.of(
            "groupadd",
            "last",
            "status",
            "profile",
            "readreceipts",
            "online",
            "calladd",
            "messages",
            "defense",
            "stickers",
            "linked_profiles");

    private final World world;
    private final Supplier<String> ids;

    private PrivacyIqs(World world, Supplier<String> ids) {
        this.world = world;
        this.ids = ids;
    }

    static void register(IqRouter router, World world, Supplier<String> ids) {
        PrivacyIqs iqs = new PrivacyIqs(world, ids);
        router.on("privacy", "get", "privacy", request -> IqAnswer.result(settings(request.account())))
                .on("privacy", "set", "privacy", iqs::change)
                .on("privacy", "set", "tokens", iqs::tokens)
                .on("status", "get", "privacy", request -> IqAnswer.result(statusPrivacy(request.account())))
                .on("blocklist", "get", "", request -> IqAnswer.result(list(request.account())))
                .on("blocklist", "set", "item", iqs::block);
    }

    private static Node settings(SimulatedAccount account) {
        Node.Builder privacy = Node.element("privacy");
        CATEGORIES.forEach(
                name -> privacy.child(category(name, account.privacy().getOrDefault(name, ALL))));
        return privacy.build();
    }

    private static Node.Builder category(String name, String value) {
        return Node.element("category").attribute("name", name).attribute("value", value);
    }

    private static Node statusPrivacy(SimulatedAccount account) {
        Node.Builder list = Node.element("list")
                .attribute("type", account.statusPrivacy().rule().word())
                .attribute("default", "true");
        account.statusPrivacy()
                .people()
                .forEach(person -> list.child(Node.element("user").attribute("jid", person.lid())));
        return Node.element("privacy").child(list).build();
    }

    private IqAnswer change(IqRequest request) {
        Node.Builder changed = Node.element("privacy");
        for (Node category : request.child().children("category")) {
            String name = category.attribute("name").orElse("");
            String value = category.attribute("value").orElse("");
            if (!CATEGORIES.contains(name) || !VALUES.contains(value)) {
                return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
            }
            request.account().privacy().put(name, value);
            changed.child(category(name, value));
        }
        world.privacyChanged(request.device());
        return IqAnswer.result(changed.build());
    }

    private IqAnswer block(IqRequest request) {
        Node item = request.child();
        Optional<SimulatedAccount> other = item.jid("jid").flatMap(world.accounts()::find);
        if (other.isEmpty()) {
            return IqAnswer.refused(item.has("jid") ? ServiceRefusal.ITEM_NOT_FOUND : ServiceRefusal.BAD_REQUEST);
        }
        switch (item.attribute("action").orElse("")) {
            case "block" -> world.block(request.device(), other.get(), true);
            case "unblock" -> world.block(request.device(), other.get(), false);
            default -> {
                return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
            }
        }
        return IqAnswer.result(list(request.account()));
    }

    /** Those who are trusted from now on get their tokens; nobody does when one of them can't. */
    private IqAnswer tokens(IqRequest request) {
        List<Node> asked = request.child().children("token");
        if (asked.isEmpty() || !asked.stream().allMatch(token -> token.is("type", TRUSTED) && token.has("jid"))) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        List<SimulatedAccount> trusted = asked.stream()
                .flatMap(token -> token.jid("jid").stream())
                .flatMap(jid -> world.accounts().find(jid.account()).stream())
                .toList();
        if (trusted.size() < asked.size()) {
            return IqAnswer.refused(ServiceRefusal.ITEM_NOT_FOUND);
        }
        trusted.forEach(account -> give(request.account(), account));
        return IqAnswer.result();
    }

    private void give(SimulatedAccount issuer, SimulatedAccount trusted) {
        byte[] token = new byte[TOKEN_BYTES];
        world.random().nextBytes(token);
        issuer.newChats().gave(trusted, token);
        Node notification = Node.element("notification")
                .attribute("from", issuer.pn())
                .attribute("sender_lid", issuer.lid())
                .attribute("type", "privacy_token")
                .attribute("id", ids.get())
                .attribute("t", world.seconds())
                .child(Node.element("tokens")
                        .child(Node.element("token")
                                .attribute("jid", trusted.lid())
                                .attribute("type", TRUSTED)
                                .attribute("t", world.seconds())
                                .bytes(token)))
                .build();
        trusted.devices().forEach(device -> device.deliver(notification));
    }

    private static Node list(SimulatedAccount account) {
        Node.Builder list = Node.element("list").attribute("dhash", account.blockListHash());
        account.blocked().forEach(person -> list.child(Node.element("item").attribute("jid", person.lid())));
        return list.build();
    }
}
