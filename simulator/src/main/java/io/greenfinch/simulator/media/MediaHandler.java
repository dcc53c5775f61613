package io.greenfinch.simulator.media;

import io.greenfinch.simulator.media.MediaHost.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import tools.jackson.databind.json.JsonMapper;

/**
 * The media host over HTTP (specification §20.3, §20.4): {@code POST /mms/TYPE/TOKEN} with a permit stores a file, {@code GET} of its
 * path fetches it or a part of it; everything else is passed on.
 */
public final class MediaHandler extends Handler.Wrapper {

    static final String FOLDER = "/v/t62.7118-24/";

    private static final String STORE = "/mms/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MediaHost host;
    private final String address;

    /** @param address of this host, as clients reach it */
    public MediaHandler(MediaHost host, String address, Handler others) {
        super(others);
        this.host = host;
        this.address = address;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (path.startsWith(STORE)) {
            stored(request, response, callback, path.substring(STORE.length()));
            return true;
        }
        if (path.startsWith(FOLDER)) {
            fetched(request, response, callback, path.substring(FOLDER.length()));
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void stored(Request request, Response response, Callback callback, String rest) throws IOException {
        Fields query = Request.extractQueryParameters(request);
        String permit = Optional.ofNullable(query.getValue("auth")).orElse("");
        String[] parts = rest.split("/");
        if (!host.admits(permit)) {
            passOver(request);
            refuse(request, response, callback, HttpStatus.UNAUTHORIZED_401, "the permit is none, or has ended");
        } else if (parts.length != 2 || parts[1].isEmpty()) {
            passOver(request);
            refuse(request, response, callback, HttpStatus.NOT_FOUND_404, "a type and a token are expected");
        } else if ("1".equals(query.getValue("resume"))) {
            answer(
                    response,
                    callback,
                    host.find(parts[1]).<Map<String, Object>>map(this::told).orElseGet(() -> Map.of("resume", 0)));
        } else if (request.getMethod().equals("POST")) {
            try (InputStream bytes = Content.Source.asInputStream(request)) {
                switch (host.store(parts[1], bytes)) {
                    case Outcome.Stored(String path) -> answer(response, callback, told(path));
                    case Outcome.Altered altered ->
                        refuse(
                                request,
                                response,
                                callback,
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                                "not what its token says");
                    case Outcome.Full full ->
                        refuse(request, response, callback, HttpStatus.INSUFFICIENT_STORAGE_507, "there is no room");
                }
            }
        } else if (request.getMethod().equals("DELETE")) {
            passOver(request);
            answer(
                    response, callback,
                    Map.of()); // a client needs it no more; it goes when its time is over (specification §20.4)
        } else {
            response.getHeaders().put(HttpHeader.ALLOW, "POST, DELETE");
            refuse(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only POST and DELETE here");
        }
    }

    /** Whoever is still sending would not read an answer. */
    private static void passOver(Request request) throws IOException {
        try (InputStream bytes = Content.Source.asInputStream(request)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
    }

    private Map<String, Object> told(String path) {
        return Map.of("url", "https://" + address + path, "direct_path", path, "resume", "complete");
    }

    private static void answer(Response response, Callback callback, Map<String, Object> body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8)), callback);
    }

    private void fetched(Request request, Response response, Callback callback, String id) throws IOException {
        Optional<StoredFile> found = host.file(id);
        if (found.isEmpty()) {
            refuse(request, response, callback, HttpStatus.GONE_410, "there is no such file any more");
            return;
        }
        StoredFile file = found.get();
        String asked = request.getHeaders().get(HttpHeader.RANGE);
        boolean part = asked != null && ByteRange.isOne(asked);
        Optional<ByteRange> range =
                part ? ByteRange.of(asked, file.length()) : Optional.of(new ByteRange(0, file.length() - 1));
        response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        if (range.isEmpty()) {
            response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + file.length());
            refuse(request, response, callback, HttpStatus.RANGE_NOT_SATISFIABLE_416, "the file has no such part");
            return;
        }
        ByteRange bytes = range.get();
        if (part) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
            response.getHeaders()
                    .put(HttpHeader.CONTENT_RANGE, "bytes " + bytes.first() + "-" + bytes.last() + "/" + file.length());
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length());
        try (InputStream content = Files.newInputStream(file.content());
                OutputStream to = Content.Sink.asOutputStream(response)) {
            content.skipNBytes(bytes.first());
            byte[] buffer = new byte[64 * 1024];
            for (long left = bytes.length(); left > 0; ) {
                int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException("a file has become shorter");
                }
                to.write(buffer, 0, read);
                left -= read;
            }
        }
        callback.succeeded();
    }

    private static void refuse(Request request, Response response, Callback callback, int status, String why) {
        Response.writeError(request, response, callback, status, why);
    }
}
