package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People and groups as admin requests name them, and people as admin answers show them. To be used inside a change of the world. */
final class PersonLookup {

    private final World world;

    PersonLookup(World world) {
        this.world = world;
    }

    /** The person with this phone number, name, or address. */
    SimulatedAccount named(String text) {
        return find(text).orElseThrow(() -> BadInput.malformed("there is nobody called " + text));
    }

    /** The same for the person that a path names. */
    SimulatedAccount at(String text) {
        return find(text).orElseThrow(() -> BadInput.missing("there is nobody called " + text));
    }

    /** The same, if there is one. */
    Optional<SimulatedAccount> find(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        return world.accounts()
                .byNumber(digits)
                .or(() -> world.accounts().byName(text))
                .or(() -> Jid.parse(text).flatMap(world.accounts()::find));
    }

    /** The group that has this id; empty where somebody may be called so. */
    Optional<SimulatedGroup> group(String text) {
        boolean address = text.endsWith("@" + Jid.GROUPS);
        Optional<SimulatedGroup> group = address
                ? Jid.parse(text).flatMap(world.groups()::find)
                : world.groups().byId(text);
        if (group.isEmpty() && address) {
            throw BadInput.malformed("there is no group " + text);
        }
        return group;
    }

    /** A person as JSON shows them. */
    Map<String, Object> show(SimulatedAccount account) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", account.pushName().orElse(""));
        shown.put("phone", account.number());
        shown.put("aliases", List.copyOf(account.aliases()));
        shown.put("jid", account.pn().toString());
        shown.put("lid", account.lid().toString());
        shown.put("hosted", account.hosted());
        shown.put(
                "blocked",
                account.blocked().stream().map(SimulatedAccount::number).toList());
        shown.put("business", account.business().isPresent());
        shown.put("passkey", account.passkeyDemanded());
        shown.put("shownCode", account.shownCode());
        shown.put("online", account.phone().online());
        List<Map<String, Object>> devices = new ArrayList<>();
        account.companions().forEach(companion -> devices.add(show(companion)));
        shown.put("devices", devices);
        return shown;
    }

    private static Map<String, Object> show(Companion companion) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("jid", companion.pn().toString());
        shown.put("lid", companion.lid().toString());
        shown.put("os", companion.os());
        shown.put("keyIndex", companion.keyIndex().orElseThrow());
        shown.put("connected", companion.line().isPresent());
        companion.line().ifPresent(line -> {
            shown.put("resumed", line.intro().resumed());
            shown.put("routed", line.intro().routingInfo().length > 0);
        });
        shown.put("preKeys", companion.preKeys().size());
        shown.put("unacknowledged", companion.mailbox().size());
        return shown;
    }
}
