package io.greenfinch.interop.methods;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** State, settings and token of the instance. */
final class AccountMethods implements Area {

    private static final List<String> STATES = List.of("authorized", "starting");
    private static final List<String> SWITCHES = List.of("stateWebhook", "keepOnlineStatus", "incomingCallWebhook");
    private static final int LONGEST_DELAY = 500;

    /** In the form of an answer; nobody has demanded one. */
    private static final Map<String, Object> CREDENTIAL = Map.of(
            "rawId",
            "AAAA",
            "response",
            Map.of("clientDataJSON", "AAAA", "authenticatorData", "AAAA", "signature", "AAAA"));

    private final Caller caller;
    private final Map<String, Object> set = new TreeMap<>();

    AccountMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("getStateInstance", _ -> state())
                .with("getStatusInstance", _ -> caller.get("getStatusInstance"))
                .with("getStateInstanceHistory", _ -> history())
                .with("getSettings", _ -> getSettings())
                .with("setSettings", this::setSettings)
                .with("getWaSettings", _ -> waSettings())
                .with("qr", _ -> qr())
                .with("getAuthorizationCode", _ -> code())
                .with("getPasskeyChallenge", _ -> undemanded())
                .with("sendPasskeyAnswer", _ -> refusal("sendPasskeyAnswer", Map.of("credential", CREDENTIAL)))
                .with("confirmPasskey", _ -> refusal("confirmPasskey", Map.of()))
                .with("updateApiToken", _ -> token())
                .with("reboot", this::reboot);
    }

    private void undemanded() {
        Told told = caller.get("getPasskeyChallenge");
        caller.hold(!told.flag("demanded"), "getPasskeyChallenge", "linked, and a passkey is demanded");
    }

    private void refusal(String method, Map<String, ?> body) {
        caller.hold(!caller.post(method, body).flag(method), method, "true, and nothing was demanded");
    }

    private void state() {
        String state =
                caller.get("getStateInstance").json().path("stateInstance").asString("");
        caller.hold(STATES.contains(state), "getStateInstance", "linked and " + state);
    }

    private void history() {
        JsonNode newest = caller.get("getStateInstanceHistory").json().path(0);
        caller.hold(
                newest.path("stateInstance").asString("").equals("authorized")
                        && newest.path("phoneNumber").asString("").equals(caller.phone() + "@c.us"),
                "getStateInstanceHistory",
                "the newest is not that of the link");
    }

    private void getSettings() {
        Told told = caller.get("getSettings");
        differences(told.json()).forEach(each -> caller.untrue("getSettings", each));
    }

    private List<String> differences(JsonNode settings) {
        caller.hold(
                settings.path("wid").asString("").equals(caller.phone() + "@c.us"), "getSettings", "wid of another");
        return set.entrySet().stream()
                .filter(each -> !settings.path(each.getKey())
                        .asString("")
                        .equals(each.getValue().toString()))
                .map(each -> "%s was set to %s and is %s"
                        .formatted(each.getKey(), each.getValue(), settings.path(each.getKey())))
                .toList();
    }

    private void setSettings(RandomGenerator random) {
        Map<String, Object> wanted = random.nextBoolean()
                ? Map.of(Caller.any(SWITCHES, random), random.nextBoolean() ? "yes" : "no")
                : Map.of("delaySendMessagesMilliseconds", random.nextBoolean() ? 0 : random.nextInt(LONGEST_DELAY));
        if (caller.post("setSettings", wanted).flag("saveSettings")) {
            set.putAll(wanted);
        }
    }

    private void waSettings() {
        JsonNode told = caller.get("getWaSettings").json();
        boolean authorized = told.path("stateInstance").asString("").equals("authorized");
        caller.hold(
                !authorized
                        || (told.path("phone").asString("").equals(caller.phone())
                                && caller.account().isNamed(told.path("chatId").asString(""))),
                "getWaSettings",
                "another account");
    }

    private void qr() {
        String type = caller.get("qr").json().path("type").asString("");
        caller.hold(type.equals("alreadyLogged"), "qr", "linked and " + type);
    }

    private void code() {
        Told told = caller.post("getAuthorizationCode", Map.of("phoneNumber", Long.parseLong(caller.phone())));
        caller.hold(!told.flag("status"), "getAuthorizationCode", "a code though it is linked");
    }

    private void token() {
        Told told = caller.get("updateApiToken");
        if (told.done()) {
            Caller before = caller.withTokenOfNow();
            caller.token().renew(told.json().get("apiTokenInstance").asString());
            int status = before.gateway().get("getStateInstance").status();
            caller.hold(status == 401, "updateApiToken", "the old one is answered " + status);
        }
    }

    /** Not each time: it takes a moment until all is as before. */
    private void reboot(RandomGenerator random) {
        if (random.nextInt(3) == 0) {
            caller.hold(caller.get("reboot").flag("isReboot"), "reboot", "not rebooted");
        }
    }

    @Override
    public List<String> differences() {
        return differences(caller.get("getSettings").json());
    }
}
