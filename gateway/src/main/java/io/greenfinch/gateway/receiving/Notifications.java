package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.Shape;

/** What notifications look like (green-api.md §6): one shape for each kind. */
final class Notifications {

    private static final Shape STATE =
            Shape.words("notAuthorized", "authorized", "blocked", "suspended").named("NotedState");

    private static final Shape INSTANCE = Shape.object("idInstance", Shape.NUMBER)
            .and("wid", Shape.pattern("$|^[0-9]+@c\\.us"))
            .and("typeInstance", Shape.constant("whatsapp"))
            .named("InstanceData");

    private static final Shape STATE_INSTANCE_CHANGED = kind("stateInstanceChanged")
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("stateInstance", STATE)
            .named("StateInstanceChanged");

    /** Any of them. */
    static final Shape ANY = Shape.either(STATE_INSTANCE_CHANGED).named("Notification");

    private Notifications() {}

    private static Shape kind(String typeWebhook) {
        return Shape.object("typeWebhook", Shape.constant(typeWebhook));
    }
}
