package io.greenfinch.interop.service;

import java.net.URI;

/** One of our instances and the account it is linked to. */
public record Subject(Gateway instance, Person account) {

    /** The instance on the process that serves it at present. */
    public Gateway at(URI apiUrl) {
        return instance.at(apiUrl);
    }
}
