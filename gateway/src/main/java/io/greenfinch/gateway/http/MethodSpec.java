package io.greenfinch.gateway.http;

import java.time.Duration;

/**
 * What the server has to know of a method before it is called. Immutable; each wither gives another.
 *
 * @param name as documented
 * @param rate calls per {@code window} and instance (green-api.md §2.5)
 * @param window the time in which so many calls are admitted
 * @param schema the fields it knows
 * @param safe whether a call changes nothing, so that HEAD may be answered as well
 * @param takesExtra whether a fourth path segment may follow the token
 */
public record MethodSpec(
        String name, Verb verb, int rate, Duration window, Need need, Schema schema, boolean safe, boolean takesExtra) {

    /** What a method needs of its instance; a deleted one serves none. */
    public enum Need {
        /** Any state will do. */
        NOTHING,
        /** It must be linked and not in a state in which WhatsApp refuses it. */
        AUTHORIZED
    }

    /** A method without parameters that needs nothing and changes something. */
    public static MethodSpec of(Verb verb, String name, int perSecond) {
        return new MethodSpec(name, verb, perSecond, Duration.ofSeconds(1), Need.NOTHING, Schema.IGNORED, false, false);
    }

    /** One that is called by GET. */
    public static MethodSpec get(String name, int perSecond) {
        return of(Verb.GET, name, perSecond);
    }

    /** One that is called by POST. */
    public static MethodSpec post(String name, int perSecond) {
        return of(Verb.POST, name, perSecond);
    }

    /** With fields in its body. */
    public MethodSpec taking(Schema fields) {
        return new MethodSpec(name, verb, rate, window, need, fields, safe, takesExtra);
    }

    /** Only for an instance that is linked. */
    public MethodSpec authorized() {
        return new MethodSpec(name, verb, rate, window, Need.AUTHORIZED, schema, safe, takesExtra);
    }

    /** Changes nothing. */
    public MethodSpec asSafe() {
        return new MethodSpec(name, verb, rate, window, need, schema, true, takesExtra);
    }

    /** May be called with a fourth path segment. */
    public MethodSpec takingExtra() {
        return new MethodSpec(name, verb, rate, window, need, schema, safe, true);
    }

    /** Its rate holds per this time instead of per second. */
    public MethodSpec per(Duration time) {
        return new MethodSpec(name, verb, rate, time, need, schema, safe, takesExtra);
    }
}
