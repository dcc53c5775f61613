package io.greenfinch.gateway.http;

import io.greenfinch.gateway.store.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves files under links, whole or in part (RFC 9110 §14), to whoever knows the link. What somebody else has written can't run
 * there: nothing is sniffed, nothing may load or run anything, and what browsers could take for a page is saved. Thread-safe;
 * runs on virtual threads.
 */
public final class FileHandler extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(FileHandler.class);

    private final String folder;
    private final BiFunction<String, Instant, FileReply> files;
    private final Duration patience;
    private final Clock clock;
    private final Replies replies;

    /**
     * A handler.
     *
     * @param first the first segment of all paths
     * @param files what is under a path, by when it must be known
     * @param patience how long a file may take to be there
     */
    public FileHandler(String first, BiFunction<String, Instant, FileReply> files, Duration patience, Clock clock) {
        this.folder = "/" + first + "/";
        this.files = files;
        this.patience = patience;
        this.clock = clock;
        this.replies = new Replies(clock, true);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "/");
        if (!path.startsWith(folder)) {
            return false;
        }
        String verb = request.getMethod();
        // The path is as good as a password: it stays out of answers and logs.
        switch (reply(verb, path)) {
            case FileReply.Failed(Reply failed) -> {
                if (verb.equals("OPTIONS")) {
                    Replies.preflight(response.getHeaders());
                }
                replies.send(failed, folder, response, callback);
            }
            case FileReply.Found found -> serve(found, verb.equals("HEAD"), request, response, callback);
        }
        return true;
    }

    private FileReply reply(String verb, String path) {
        if (verb.equals("OPTIONS")) {
            return new FileReply.Failed(Reply.empty(204));
        }
        if (!verb.equals("GET") && !verb.equals("HEAD")) {
            return new FileReply.Failed(Reply.error(404, "Cannot " + verb + " " + folder));
        }
        try {
            return files.apply(path, clock.instant().plus(patience));
        } catch (RuntimeException e) {
            log.error("A file can't be served: {}", e.toString());
            return new FileReply.Failed(Reply.error(500, "Internal Server Error"));
        }
    }

    private void serve(FileReply.Found file, boolean head, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put(HttpHeader.CACHE_CONTROL, "private, max-age=86400");
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        headers.put(HttpHeader.CONTENT_TYPE, file.type());
        headers.put(HttpHeader.CONTENT_DISPOSITION, FileBody.disposition(file.shown(), file.name()));
        List<String> asked = request.getHeaders().getValuesList(HttpHeader.RANGE);
        List<ByteRange> ranges = asked.isEmpty() ? List.of() : ByteRange.parse(asked, file.size());
        if (!asked.isEmpty() && asked.getFirst().startsWith("bytes=") && ranges.isEmpty()) {
            headers.put(HttpHeader.CONTENT_RANGE, ByteRange.toNonSatisfiableHeaderValue(file.size()));
            Response.writeError(request, response, callback, HttpStatus.RANGE_NOT_SATISFIABLE_416);
            return;
        }
        // Whoever asks for several parts at once gets the whole, as RFC 9110 allows.
        ByteRange part = ranges.size() == 1 ? ranges.getFirst() : new ByteRange(0, file.size() - 1);
        if (ranges.size() == 1) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
            headers.put(HttpHeader.CONTENT_RANGE, part.toHeaderValue(file.size()));
        }
        if (head) {
            headers.put(HttpHeader.CONTENT_LENGTH, part.getLength());
            response.write(true, null, callback);
            return;
        }
        try (InputStream content = file.content().open(part.first())) {
            headers.put(HttpHeader.CONTENT_LENGTH, part.getLength());
            FileBody.send(content, part.getLength(), response, callback);
        } catch (IOException e) {
            log.warn("A file can't be read: {}", FileFailure.withoutPath(e));
            headers.clear();
            replies.send(FileReply.unavailable(), folder, response, callback);
        }
    }
}
