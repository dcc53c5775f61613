package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Gateway.Answer;
import tools.jackson.databind.JsonNode;

/** What a caller was told, and what that says of what became of the call. {@link #toString} has no ids and no texts. */
record Told(Answer answer) {

    private static final int SHORT = 60;

    /** A success; what it says stands in the body. */
    boolean done() {
        return answer.status() == 200;
    }

    /** Nobody knows what became of it: it may still take effect. */
    boolean unknown() {
        return answer.status() == 502 && reason().equals("unknown");
    }

    /** Nothing was done, since WhatsApp could not be reached or wanted to be left alone. */
    boolean nothing() {
        return (answer.status() == 502 && reason().equals("not-sent"))
                || (answer.status() == 429 && reason().equals("whatsapp-rate-limit"))
                || (answer.status() == 400 && answer.body().contains("instance in starting process"));
    }

    /** WhatsApp failed, as faults have it fail: nothing was done. */
    boolean failed() {
        return answer.status() == 502 && failure(reason());
    }

    /** Whether a reason says that WhatsApp failed. */
    static boolean failure(String reason) {
        return reason.equals("refused-500") || reason.equals("refused-503") || reason.equals("server-error");
    }

    String reason() {
        return answer.reason().orElse("");
    }

    JsonNode json() {
        return answer.json();
    }

    /** A field of the answer that is true or false. */
    boolean flag(String name) {
        return done() && json().path(name).asBoolean(false);
    }

    @Override
    public String toString() {
        String words = done() ? ofSuccess() : ofRefusal();
        return (answer.status() + " " + words + " " + reason()).strip().replaceAll(" +", " ");
    }

    private String ofSuccess() {
        return answer.body().length() <= SHORT && !answer.body().matches("(?s).*[0-9\\[].*") ? answer.body() : "";
    }

    private String ofRefusal() {
        return answer.reason().isPresent() || answer.body().isEmpty()
                ? ""
                : json().path("message").asString("").replaceAll("[0-9A-F]{16,}", "…");
    }
}
