package io.greenfinch.gateway.http;

import java.nio.file.Path;
import java.util.Optional;

/** What a site answers a browser. Immutable. */
public sealed interface SiteReply {

    /** A page, or a part of one. */
    record Page(int status, String html) implements SiteReply {}

    /**
     * Another page is to be shown.
     *
     * @param location path of this site
     * @param cookie what is to be remembered; an empty text is to be forgotten
     */
    record Redirect(String location, Optional<Cookie> cookie) implements SiteReply {}

    /** What a browser remembers until it is closed, and shows to nobody else. */
    record Cookie(String name, String value, String path) {
        @Override
        public String toString() {
            return "Cookie[" + name + "]";
        }
    }

    /** A file that never changes under its path. */
    record Asset(String type, byte[] bytes) implements SiteReply {}

    /** JSON for a script of the site. */
    record Data(String json) implements SiteReply {}

    /**
     * A file to be saved.
     *
     * @param name what it is to be called
     * @param file where it is; it is deleted once it was sent, or could not be
     * @param over runs then
     */
    record Download(String name, Path file, Runnable over) implements SiteReply {}

    /** A stream of events of the instance {@code owner}. */
    record Events(long owner, EventStream.Program program) implements SiteReply {}

    static SiteReply page(String html) {
        return new Page(200, html);
    }

    static SiteReply redirect(String location) {
        return new Redirect(location, Optional.empty());
    }
}
