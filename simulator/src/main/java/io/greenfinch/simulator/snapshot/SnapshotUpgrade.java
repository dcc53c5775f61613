package io.greenfinch.simulator.snapshot;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes of a snapshot that an older simulator wrote one of today, of which it then has the version. */
final class SnapshotUpgrade {

    private static final int OLDEST = 2;
    private static final int ALIASES = 4;
    private static final int MESSAGES = 5;
    private static final int STATUSES = 6;
    private static final int APP_STATES = 7;

    private SnapshotUpgrade() {}

    static void apply(JsonNode saved) {
        int version = saved.path("version").asInt(0);
        if (saved instanceof ObjectNode world && version >= OLDEST && version < Snapshot.VERSION) {
            if (version == 2) {
                if (!world.has("pictures")) {
                    world.putArray("pictures");
                }
                world.path("accounts").forEach(SnapshotUpgrade::account);
                world.path("groups").forEach(SnapshotUpgrade::group);
            }
            if (version < ALIASES) {
                // Until then every number could be written in one way only.
                world.path("accounts").forEach(account -> ((ObjectNode) account).putArray("aliases"));
            }
            if (version < MESSAGES) {
                world.path("accounts").forEach(SnapshotUpgrade::messages);
            }
            if (version < STATUSES) {
                world.path("accounts")
                        .forEach(account -> ((ObjectNode) account)
                                .put("statusRule", "CONTACTS")
                                .putArray("statusPeople"));
            }
            if (version < APP_STATES) {
                // Until then every app state was empty.
                world.path("accounts").forEach(account -> ((ObjectNode) account).putObject("appState"));
            }
            // Until then nobody was a business.
            world.path("accounts").forEach(account -> ((ObjectNode) account).putNull("business"));
            world.put("version", Snapshot.VERSION);
        }
    }

    /** Phones did not keep the prekeys that they handed out, and what they missed was not saved. */
    private static void account(JsonNode each) {
        if (each instanceof ObjectNode account) {
            rename(account, "devices", "companions");
            if (account.path("phone") instanceof ObjectNode phone) {
                phone.putObject("preKeys");
                phone.putArray("waiting");
            }
        }
    }

    /** Until version 5 no messages were delivered. */
    private static void messages(JsonNode each) {
        ObjectNode newChats = ((ObjectNode) each).putObject("newChats").put("rule", "ALLOWED");
        newChats.putArray("writers");
        newChats.putObject("given");
        for (JsonNode companion : each.path("companions")) {
            ObjectNode device = (ObjectNode) companion;
            device.put("equipped", !device.path("preKeys").asString("").isEmpty());
            device.putArray("sentIds");
        }
    }

    /** The oldest files have no more than a code where there are the rules of who comes in now. */
    private static void group(JsonNode each) {
        if (each instanceof ObjectNode group) {
            if (group.remove("inviteCode") instanceof StringNode code) {
                ObjectNode access = group.putObject("access");
                access.put("approval", false).put("membersLink", false).set("code", code);
                for (String list : new String[] {"revoked", "banished", "requests", "invitations"}) {
                    access.putArray(list);
                }
            }
            rename(group, "door", "access");
            for (JsonNode member : group.path("members")) {
                rename((ObjectNode) member, "rank", "role");
            }
        }
    }

    private static void rename(ObjectNode object, String before, String now) {
        JsonNode value = object.remove(before);
        if (value != null) {
            object.set(now, value);
        }
    }
}
