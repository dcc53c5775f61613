package io.greenfinch.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser asks of a site. Immutable.
 *
 * @param verb {@code GET} or {@code POST}
 * @param path segments below the site's own, decoded
 * @param fields of the query and of a form; one name may stand there several times
 * @param files of a form; gone when the request has been answered
 * @param refused whether a form came that can't be read, or is too large, or came at a bad moment
 * @param cookie what the site gave it to remember
 * @param csrf what a page of the site sent beside the request in the header {@code X-Csrf-Token}
 * @param ours whether the request was made by a page of the same origin, as far as the browser tells
 * @param secure whether it came by TLS, or says so
 * @param languages that its user reads, the best first
 */
public record Visit(
        String verb,
        List<String> path,
        Map<String, List<String>> fields,
        Map<String, UploadedFile> files,
        boolean refused,
        Optional<String> cookie,
        Optional<String> csrf,
        boolean ours,
        boolean secure,
        List<String> languages) {

    /** The same, whose form was not taken. */
    Visit refusing() {
        return new Visit(verb, path, fields, files, true, cookie, csrf, ours, secure, languages);
    }

    /** A field; empty text where it is not there. */
    public String field(String name) {
        return fields.getOrDefault(name, List.of("")).getFirst();
    }

    /** A file; browsers send one of no bytes where none was chosen. */
    public Optional<UploadedFile> file(String name) {
        return Optional.ofNullable(files.get(name)).filter(file -> file.size() > 0);
    }

    /** All values of a field. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** What was typed stays out of logs. */
    @Override
    public String toString() {
        return "Visit[" + verb + " " + path.size() + " segments]";
    }
}
