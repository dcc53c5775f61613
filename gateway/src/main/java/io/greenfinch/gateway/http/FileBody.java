package io.greenfinch.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a file to whoever asked for it, blocking the request's virtual thread. */
final class FileBody {

    private static final Logger log = LoggerFactory.getLogger(FileBody.class);

    private static final int CHUNK = 64 * 1024;

    private FileBody() {}

    /** Sends so many bytes. Where it can't, the connection ends: what came is not to be taken for the whole. */
    static void send(InputStream content, long length, Response response, Callback callback) {
        try (OutputStream to = Content.Sink.asOutputStream(response)) {
            byte[] chunk = new byte[CHUNK];
            for (long left = length; left > 0; ) {
                int read = content.read(chunk, 0, (int) Math.min(left, chunk.length));
                if (read < 0) {
                    throw new IOException("a file is shorter than it was");
                }
                to.write(chunk, 0, read);
                left -= read;
            }
        } catch (IOException e) {
            log.debug("A file could not be served to its end: {}", e.getClass().getSimpleName());
            callback.failed(new IOException("cut off"));
            return;
        }
        callback.succeeded();
    }

    /** The value of {@code Content-Disposition} for a file of this name. */
    static String disposition(boolean shown, String name) {
        return (shown ? "inline" : "attachment") + "; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
