package io.greenfinch.interop.methods;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Notifications, taken one after the other. */
final class ReceivingMethods implements Area {

    private static final int PATIENCE = 5;

    /** So many are taken at a time; then other methods have their turn. */
    private static final int AT_A_TIME = 100;

    private final Caller caller;
    private final boolean clears;
    private final Map<String, Integer> statuses = new HashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private long last;

    /**
     * Takes them.
     *
     * @param clears whether all of them are dropped now and then, so that nobody can say what was told
     */
    ReceivingMethods(Caller caller, boolean clears) {
        this.caller = caller;
        this.clears = clears;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("receiveNotification", _ -> receive(AT_A_TIME))
                .with("deleteNotification", _ -> deleteNothing())
                .with("getWebhooksCount", _ -> caller.get("getWebhooksCount"))
                .with("clearWebhooksQueue", _ -> clear());
    }

    /** Takes so many of them, or as many as there are. */
    private void receive(int most) {
        for (int i = 0; i < most; i++) {
            Told told = caller.judged("receiveNotification", caller.gateway().receiveNotification(PATIENCE));
            if (!told.done() || told.answer().body().equals("null")) {
                return;
            }
            long receipt = told.json().get("receiptId").asLong();
            caller.hold(!deleted.contains(receipt), "receiveNotification", "what was deleted comes again: " + receipt);
            caller.hold(receipt > last, "receiveNotification", receipt + " after " + last);
            last = receipt;
            note(told.json().get("body"));
            caller.hold(delete(receipt).flag("result"), "deleteNotification", "what was just told is not there");
            deleted.add(receipt);
        }
    }

    private Told delete(long receipt) {
        return caller.judged("deleteNotification", caller.gateway().deleteNotification(receipt));
    }

    private void deleteNothing() {
        caller.hold(!delete(last).flag("result"), "deleteNotification", "deleted twice");
    }

    private void note(JsonNode body) {
        if (body.get("typeWebhook").asString().equals("outgoingMessageStatus")) {
            statuses.merge(
                    body.get("idMessage").asString() + " " + body.get("status").asString(), 1, Integer::sum);
        }
    }

    private void clear() {
        if (clears) {
            caller.judged("clearWebhooksQueue", caller.gateway().delete("clearWebhooksQueue"));
        }
    }

    /** Of each message that was sent it is told so, once. */
    @Override
    public List<String> differences() {
        receive(Integer.MAX_VALUE);
        List<String> found = new ArrayList<>();
        if (!clears) {
            for (Chat chat : caller.chats()) {
                for (SentMessage message : chat.taken()) {
                    int sent = statuses.getOrDefault(message.id() + " sent", 0);
                    int failed = statuses.getOrDefault(message.id() + " failed", 0);
                    if (sent + failed != 1) {
                        found.add("outgoingMessageStatus: %s was told as sent %d times, as failed %d times"
                                .formatted(message, sent, failed));
                    }
                }
            }
        }
        return found;
    }
}
