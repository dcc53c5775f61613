package io.greenfinch.interop.scenario;

import io.greenfinch.interop.peer.PeerKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** Each client in each addressing mode: the arguments of the scenarios. */
final class Casting {
    private Casting() {}

    static Stream<Arguments> clientsAndModes() {
        return Stream.of(PeerKind.values())
                .flatMap(kind ->
                        Stream.of("lid", "pn").map(mode -> Arguments.of(kind, Named.of(mode + " group", mode))));
    }
}
