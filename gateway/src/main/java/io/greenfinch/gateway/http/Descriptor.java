package io.greenfinch.gateway.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the server has to know of a method before it is called, and the API's description has to tell of it. Immutable;
 * each wither gives another.
 *
 * @param name as documented
 * @param verbs most have one; the first is the documented one
 * @param rate calls per {@code window} and caller (green-api.md §2.5)
 * @param window the time in which so many calls are admitted
 * @param fields what it reads of a request
 * @param segment what follows the token in its path, if anything
 * @param answer what stands in the body of a success, in the frames of a WebSocket where it opens one
 * @param reasons the words of {@code Greenfinch-Reason}, by status and separated by blanks; {@link #REFUSED} for any code
 */
public record Descriptor(
        String name,
        List<Verb> verbs,
        int rate,
        Duration window,
        Fields fields,
        Optional<Segment> segment,
        Shape answer,
        Map<Integer, String> reasons,
        Set<Trait> traits) {

    /** Stands for {@code refused-} and WhatsApp's own code. */
    public static final String REFUSED = "refused-N";

    private static final int PARTNER_RATE = 50;

    /** A part of a path; its method looks at it. */
    public record Segment(String name, Shape shape) {}

    /** What else there is to say of a method. */
    public enum Trait {
        /** A call changes nothing, so that HEAD may be answered as well. */
        SAFE,
        /** The body may be the file itself, instead of a form that has it. */
        RAW,
        /** A success has no body. */
        EMPTY,
        /** A success is a WebSocket. */
        SOCKET,
        /** A success is a stream of server-sent events, each of which is as the answer's shape says. */
        STREAM,
        /** It serves polling: what is no number of an instance is told as such (green-api.md §6.2, §6.3). */
        POLLED,
        /** What became of a GET may stay unknown: 502, as with every POST. */
        UNCERTAIN
    }

    /** A method of instances without parameters that changes something. */
    public static Descriptor of(String name, int perSecond, Verb... verbs) {
        return new Descriptor(
                name,
                List.of(verbs),
                perSecond,
                Duration.ofSeconds(1),
                Fields.NONE,
                Optional.empty(),
                Shape.ANY,
                Map.of(),
                Set.of());
    }

    /** One that is called by GET. */
    public static Descriptor get(String name, int perSecond) {
        return of(name, perSecond, Verb.GET);
    }

    /** One that is called by POST. */
    public static Descriptor post(String name, int perSecond) {
        return of(name, perSecond, Verb.POST);
    }

    /** A method of partners. */
    public static Descriptor partner(String name, Verb... verbs) {
        return of(name, PARTNER_RATE, verbs);
    }

    /** With these fields, in their documented order. */
    public Descriptor taking(Field<?>... known) {
        return taking(new Fields(List.of(known), List.of(), false));
    }

    /** With these fields. */
    public Descriptor taking(Fields known) {
        return new Descriptor(name, verbs, rate, window, known, segment, answer, reasons, traits);
    }

    /** With a path that goes on behind the token. */
    public Descriptor withSegment(String called, Shape shape) {
        Optional<Segment> last = Optional.of(new Segment(called, shape));
        return new Descriptor(name, verbs, rate, window, fields, last, answer, reasons, traits);
    }

    /** With a success of this shape. */
    public Descriptor answering(Shape shape) {
        return new Descriptor(name, verbs, rate, window, fields, segment, shape, reasons, traits);
    }

    /** Where a success may bear a reason. */
    public Descriptor withReasons(String words) {
        return withReasons(200, words);
    }

    /** Where an answer of another status may bear one. */
    public Descriptor withReasons(int status, String words) {
        Map<Integer, String> more = new TreeMap<>(reasons);
        more.put(status, words);
        return new Descriptor(name, verbs, rate, window, fields, segment, answer, Map.copyOf(more), traits);
    }

    public Descriptor with(Trait... more) {
        EnumSet<Trait> all = EnumSet.copyOf(Arrays.asList(more));
        all.addAll(traits);
        return new Descriptor(name, verbs, rate, window, fields, segment, answer, reasons, Set.copyOf(all));
    }

    /** Its rate holds per this time instead of per second. */
    public Descriptor per(Duration time) {
        return new Descriptor(name, verbs, rate, time, fields, segment, answer, reasons, traits);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
