package io.greenfinch.interop.page;

/** What a client got: the status and the body, as it shows them. */
record Answer(int status, String body) {
    static Answer ok(String body) {
        return new Answer(200, body);
    }
}
