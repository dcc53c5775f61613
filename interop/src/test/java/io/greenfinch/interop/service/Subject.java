package io.greenfinch.interop.soak;

import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Person;
import java.net.URI;

/** One of our instances and the account it is linked to. */
record Subject(Gateway instance, Person account) {

    /** The instance on the process that serves it at present. */
    Gateway at(URI apiUrl) {
        return instance.at(apiUrl);
    }
}
