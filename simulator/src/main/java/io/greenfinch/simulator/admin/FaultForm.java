package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.fault.Fault;
import io.greenfinch.simulator.fault.Match;
import io.greenfinch.simulator.group.ServiceRefusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Faults as JSON has them. */
final class FaultForm {

    private static final String KINDS =
            "error, no-answer, delay, cut, half-open, duplicate, reorder, corrupt, fragment,"
                    + " echo-first, leave-error, empty-leave, absent-group, participant-error, unreadable, stream-error, login-failure or link-down";
    private static final int LONGEST_DELAY = 3_600_000;

    private FaultForm() {}

    /** The effect that a request describes. */
    static Effect effect(Input input) {
        return switch (input.requiredText("kind")) {
            case "error" -> error(input);
            case "no-answer" -> new Effect.NoAnswer(processed(input, false));
            case "delay" ->
                new Effect.Delay(
                        Duration.ofMillis(input.number("millis", 1, LONGEST_DELAY)
                                .orElseThrow(() -> BadInput.malformed("\"millis\" is missing"))),
                        processed(input, false));
            case "cut" -> new Effect.Cut(processed(input, false));
            case "half-open" -> new Effect.HalfOpen(processed(input, false));
            case "duplicate" -> new Effect.Duplicate();
            case "reorder" -> new Effect.Reorder();
            case "corrupt" -> new Effect.Corrupt();
            case "fragment" -> new Effect.Fragment();
            case "echo-first" -> new Effect.EchoFirst();
            case "leave-error" -> new Effect.LeaveError(code(input), group(input));
            case "empty-leave" -> new Effect.EmptyLeave(processed(input, true));
            case "absent-group" -> new Effect.AbsentGroup(group(input), processed(input, true));
            case "participant-error" -> new Effect.ParticipantError(code(input));
            case "unreadable" -> new Effect.Unreadable();
            case "stream-error" -> new Effect.StreamError(input.number("code", 1, 999), input.text("conflict"));
            case "login-failure" ->
                new Effect.LoginFailure(
                        input.number("reason", 1, 999).orElseThrow(() -> BadInput.malformed("\"reason\" is missing")),
                        input.map("attributes"));
            case "link-down" -> new Effect.LinkDown();
            default -> throw BadInput.malformed("\"kind\" must be " + KINDS);
        };
    }

    private static Effect error(Input input) {
        int code = code(input);
        OptionalInt backoff = input.number("backoff", 0, LONGEST_DELAY);
        return new Effect.AnswerError(
                code,
                input.text("text").orElseGet(() -> text(code)),
                backoff.isPresent() ? OptionalLong.of(backoff.getAsInt()) : OptionalLong.empty(),
                processed(input, false));
    }

    private static String text(int code) {
        for (ServiceRefusal refusal : ServiceRefusal.values()) {
            if (refusal.code() == code) {
                return refusal.text();
            }
        }
        return "error-" + code;
    }

    private static int code(Input input) {
        return input.number("code", 1, 9999).orElseThrow(() -> BadInput.malformed("\"code\" is missing"));
    }

    private static boolean processed(Input input, boolean otherwise) {
        return input.flag("processed").orElse(otherwise);
    }

    private static Optional<Jid> group(Input input) {
        return input.text("group").map(id -> {
            String jid = id.indexOf('@') < 0 ? id + "@" + Jid.GROUPS : id;
            return Jid.parse(jid).filter(Jid::isGroup).orElseThrow(() -> BadInput.malformed(id + " is no group id"));
        });
    }

    /** What the effect applies to: leaves for those that only leaves can have, else every request unless told otherwise. */
    static Match match(Input input, Effect effect, Optional<String> account) {
        boolean leave = effect instanceof Effect.LeaveError
                || effect instanceof Effect.EmptyLeave
                || effect instanceof Effect.AbsentGroup;
        return new Match(
                input.text("stanza").orElse(effect instanceof Effect.Unreadable ? "message" : Match.IQ),
                input.text("xmlns").or(() -> leave ? Optional.of("w:g2") : Optional.empty()),
                input.text("type"),
                input.text("child").or(() -> leave ? Optional.of("leave") : Optional.empty()),
                input.text("id"),
                account,
                input.number("device", 0, 0xFFFF));
    }

    static Map<String, Object> show(Fault fault) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", fault.id());
        shown.put("effect", fault.effect().toString());
        Match match = fault.match();
        shown.put("stanza", match.stanza());
        match.xmlns().ifPresent(value -> shown.put("xmlns", value));
        match.type().ifPresent(value -> shown.put("type", value));
        match.child().ifPresent(value -> shown.put("child", value));
        match.id().ifPresent(value -> shown.put("stanzaId", value));
        match.account().ifPresent(value -> shown.put("account", value));
        match.device().ifPresent(value -> shown.put("device", value));
        shown.put("times", fault.times());
        shown.put("fired", fault.fired());
        shown.put("armed", fault.armed());
        return shown;
    }
}
