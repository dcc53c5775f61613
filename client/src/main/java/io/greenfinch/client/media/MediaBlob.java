package io.greenfinch.client.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a media host has stored, from its first byte to its last: where the connection is cut it is opened anew at the byte where it
 * was cut. What can't be had is a {@link TransferException}. For one thread.
 */
final class MediaBlob extends InputStream {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    /** Opens it. */
    @FunctionalInterface
    interface Source {

        /**
         * A host's answer from a byte on, with status 200 or 206.
         *
         * @param failures how often in a row nothing could be read
         * @throws TransferException when it is not to be tried again
         */
        MediaServer.Reply open(long from, int failures) throws IOException;
    }

    private final Source source;
    private final long most;
    private MediaServer.@Nullable Reply reply;
    private long position;
    private OptionalLong length = OptionalLong.empty();
    private int failures;

    /** @param most bytes that it may have */
    MediaBlob(Source source, long most) {
        this.source = source;
        this.most = most;
    }

    /** More than it may have. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("a file that is too large");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        while (count > 0) {
            if (length.isPresent() && position >= length.getAsLong()) {
                return -1;
            }
            try {
                int read = opened().body().read(into, offset, count);
                if (read > 0) {
                    position += read;
                    failures = 0;
                    if (position > most) {
                        throw new TooLarge();
                    }
                    return read;
                }
                if (length.isEmpty()) {
                    return -1; // a host that does not tell lengths tells the end by ending
                }
                failed();
            } catch (TransferException | TooLarge e) {
                throw e;
            } catch (IOException e) {
                failed();
            }
        }
        return 0;
    }

    private void failed() throws IOException {
        failures++;
        close();
    }

    private MediaServer.Reply opened() throws IOException {
        MediaServer.Reply current = reply;
        if (current != null) {
            return current;
        }
        MediaServer.Reply fresh = source.open(position, failures);
        reply = fresh;
        long start = start(fresh);
        if (start > position) {
            throw new TransferException("a media host left something out", 0);
        }
        fresh.body().skipNBytes(position - start);
        return fresh;
    }

    /** The byte with which an answer begins; learns how long the whole is. */
    private long start(MediaServer.Reply fresh) throws IOException {
        long start = 0;
        OptionalLong whole = OptionalLong.empty();
        if (fresh.status() == 206) {
            Matcher range =
                    CONTENT_RANGE.matcher(fresh.header(HttpHeader.CONTENT_RANGE).orElse(""));
            if (!range.matches()) {
                throw new TransferException("a media host does not say which part it sends", 0);
            }
            start = Long.parseLong(range.group(1));
            whole = range.group(2).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(range.group(2)));
        } else {
            whole = fresh.header(HttpHeader.CONTENT_LENGTH)
                    .filter(text -> text.matches("\\d{1,18}"))
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElse(whole);
        }
        if (whole.isPresent()) {
            if (whole.getAsLong() > most) {
                throw new TooLarge();
            }
            if (length.isPresent() && length.getAsLong() != whole.getAsLong()) {
                throw new TransferException("a file has changed while it was fetched", 0);
            }
            length = whole;
        }
        return start;
    }

    @Override
    public void close() throws IOException {
        MediaServer.Reply current = reply;
        reply = null;
        if (current != null) {
            current.close();
        }
    }
}
