package io.greenfinch.interop.methods;

import java.util.List;

/** Some methods of the API as one caller uses them, and what it knows of them. For one thread. */
interface Area {

    /** How each is called once, by name: each call holds its answer against the service. */
    Calls methods();

    /** When all has settled: what the gateway tells and is not so at the service, as sentences. */
    default List<String> differences() {
        return List.of();
    }
}
