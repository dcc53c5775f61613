package io.greenfinch.gateway;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import java.util.List;
import java.util.stream.Stream;

/**
 * A method of GREEN-API that this version does not offer, and says so: its name is known, so that a caller can tell it
 * from a misspelt one (docs/deviations.md).
 *
 * @param off whether GREEN-API itself has switched it off, and answers 403
 */
record KnownMethod(String name, Verb verb, int rate, boolean off) implements ApiMethod.OfInstance {

    /** By verb and calls a second (green-api.md §3). Whoever builds one takes its name out. */
    private static final List<String> NOT_OFFERED = List.of("POST 50 sendTemplate");

    private static final String OFF = "POST 50 sendButtons sendTemplateButtons sendListMessage";

    /** All of them. */
    static Stream<KnownMethod> all() {
        return Stream.concat(NOT_OFFERED.stream().flatMap(row -> ofRow(row, false)), ofRow(OFF, true));
    }

    private static Stream<KnownMethod> ofRow(String row, boolean off) {
        List<String> words = List.of(row.split(" "));
        Verb verb = Verb.valueOf(words.get(0));
        int rate = Integer.parseInt(words.get(1));
        return words.stream().skip(2).map(name -> new KnownMethod(name, verb, rate, off));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.of(name, rate, verb);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return off
                ? Reply.error(403, "Forbidden")
                : Reply.error(501, "Method " + name + " is not implemented in this version of Greenfinch");
    }
}
