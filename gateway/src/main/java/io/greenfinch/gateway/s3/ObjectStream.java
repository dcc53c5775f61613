package io.greenfinch.gateway.s3;

import io.greenfinch.gateway.store.FileServiceException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of a file as they come. For one thread; who does not read them to the end ends the connection by closing. */
final class ObjectStream extends InputStream {

    private final ResponseInputStream<GetObjectResponse> bytes;
    private long left;

    private ObjectStream(ResponseInputStream<GetObjectResponse> bytes, long length) {
        this.bytes = bytes;
        this.left = length;
    }

    /** A stream that knows how much there is to come: what is cut off must not be taken for the whole. */
    static ObjectStream of(ResponseInputStream<GetObjectResponse> bytes) throws FileServiceException {
        Long length = bytes.response().contentLength();
        if (length == null) {
            bytes.abort();
            throw FileServiceException.passing("it does not tell how long a file is");
        }
        return new ObjectStream(bytes, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        try {
            int read = bytes.read(into, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw FileServiceException.passing("a file was cut off");
            }
            left -= read;
            return read;
        } catch (FileServiceException e) {
            throw e;
        } catch (IOException e) {
            throw FileServiceException.passing(
                    "a file was cut off (" + e.getClass().getSimpleName() + ")");
        } catch (SdkException e) {
            throw BucketFailure.of(e);
        }
    }

    /** A connection on which nothing is left serves the next call. */
    @Override
    public void close() {
        try {
            if (left == 0) {
                bytes.close();
            } else {
                bytes.abort();
            }
        } catch (IOException | SdkException e) {
            // It has told what was wanted of it.
        }
    }
}
