package io.greenfinch.gateway.http;

/** The HTTP verbs of GREEN-API's methods. */
public enum Verb {
    GET,
    POST,
    DELETE
}
