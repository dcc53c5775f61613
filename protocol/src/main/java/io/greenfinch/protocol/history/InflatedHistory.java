package io.greenfinch.protocol.history;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** A compressed part of a history, made readable: no more than it may be, however small it comes. For one thread. */
final class InflatedHistory extends FilterInputStream {

    private final long most;
    private long passed;

    /** @param most bytes that it may have */
    InflatedHistory(InputStream compressed, long most) {
        super(new InflaterInputStream(compressed));
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int read;
        try {
            read = in.read(into, offset, count);
        } catch (ZipException | EOFException e) {
            throw new MalformedHistoryException("a history can't be inflated", e);
        }
        passed += Math.max(0, read);
        if (passed > most) {
            throw new MalformedHistoryException("a history is larger than " + most);
        }
        return read;
    }

    /** By reading: what is passed over counts as well. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[Math.clamp(count, 1, 8192)];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
