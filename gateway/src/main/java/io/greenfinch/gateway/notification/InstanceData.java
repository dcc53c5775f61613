package io.greenfinch.gateway.notification;

import io.greenfinch.client.Account;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose notification it is (green-api.md §6.5).
 *
 * @param wid the account's own id; empty while none is linked
 */
public record InstanceData(long idInstance, String wid) {

    public static InstanceData of(long instance, Optional<Account> account) {
        return new InstanceData(
                instance, account.map(known -> known.pn().user() + "@c.us").orElse(""));
    }

    /** As it stands in every notification. */
    public ObjectNode node() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("idInstance", idInstance)
                .put("wid", wid)
                .put("typeInstance", "whatsapp");
    }

    /** Whose account it is stays out of logs. */
    @Override
    public String toString() {
        return "InstanceData[" + idInstance + "]";
    }
}
