package io.greenfinch.gateway.s3;

import io.greenfinch.gateway.store.FileServiceException;
import io.greenfinch.gateway.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Files in a bucket, each under the bucket's prefix and its id. Whatever else is there is never touched. Thread-safe; blocks, but
 * never for ever.
 */
public final class S3Files implements FileStore, AutoCloseable {

    /** Under the prefix too, and no id: whose files these are. */
    private static final String OWNER = "greenfinch-owner";

    private static final String PROBE = "greenfinch-probe";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private static final int PAGE = 1000;
    private static final int CHUNK = 64 * 1024;
    private static final int BEYOND_ITS_END = 416;
    private static final String BYTES = "application/octet-stream";

    private final S3Bucket bucket;
    private final BucketClient client;
    private final int page;

    private S3Files(S3Bucket bucket, int page, Duration patience) {
        this.bucket = bucket;
        this.client = new BucketClient(bucket, patience);
        this.page = page;
    }

    /** The files in a bucket, which is not called yet. */
    public static S3Files in(S3Bucket bucket) {
        return in(bucket, PAGE, BucketClient.PATIENCE);
    }

    /** The same, listed in pages of so many, where calls that bring no file may take so long. */
    static S3Files in(S3Bucket bucket, int page, Duration patience) {
        return new S3Files(bucket, page, patience);
    }

    /**
     * Sees that the bucket is there, may be listed, read and written, and is nobody else's: what no row of ours knows is deleted,
     * and the files of another gateway would be such.
     *
     * @param owner who we are, always the same; goes into the bucket when it is nobody's yet
     * @throws FileServiceException with a sentence for the operator
     */
    public void claim(String owner) throws FileServiceException {
        try {
            list(null, 1);
            Optional<String> before = owner();
            if (before.isEmpty()) {
                RequestBody body = RequestBody.fromString(owner + "\n");
                client.call(s3 -> s3.putObject(
                        put -> put.bucket(bucket.name())
                                .key(bucket.prefix() + OWNER)
                                .contentType("text/plain")
                                .overrideConfiguration(client.within()),
                        body));
            } else if (!before.get().equals(owner)) {
                throw FileServiceException.lasting(
                        "it holds the files of another gateway. Choose another prefix; or, if"
                                + " that gateway is gone or was moved to this data folder, delete the object "
                                + bucket.prefix() + OWNER);
            }
            probe();
        } catch (FileServiceException e) {
            String sentence = bucket.called() + " can't be used: " + e.getMessage() + ".";
            throw e.isLasting() ? FileServiceException.lasting(sentence) : FileServiceException.passing(sentence);
        }
    }

    /** Files come and go: both must be allowed. */
    private void probe() throws FileServiceException {
        client.call(s3 -> s3.putObject(
                put -> put.bucket(bucket.name())
                        .key(bucket.prefix() + PROBE)
                        .contentType("text/plain")
                        .overrideConfiguration(client.within()),
                RequestBody.fromString("tried\n")));
        client.call(s3 -> s3.deleteObject(delete ->
                delete.bucket(bucket.name()).key(bucket.prefix() + PROBE).overrideConfiguration(client.within())));
    }

    private Optional<String> owner() throws FileServiceException {
        Optional<InputStream> content = open(OWNER, 0);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream text = content.get()) {
            return Optional.of(new String(text.readNBytes(100), StandardCharsets.UTF_8).strip());
        } catch (FileServiceException e) {
            throw e;
        } catch (IOException e) {
            throw FileServiceException.passing("it was cut off");
        }
    }

    @Override
    public void put(String id, Path file) throws IOException {
        long size = Files.size(file);
        String digest = digest(file);
        client.call(s3 -> s3.putObject(
                put -> put.bucket(bucket.name())
                        .key(bucket.prefix() + id)
                        .contentLength(size)
                        .contentMD5(digest)
                        .contentType(BYTES)
                        .overrideConfiguration(client.within(size)),
                RequestBody.fromFile(file)));
    }

    /** By this the store sees that all has come as it was; as a checksum it is as good as ever, and all stores know it. */
    private static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] chunk = new byte[CHUNK];
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public Optional<InputStream> open(String id, long from) throws FileServiceException {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.prefix() + id)
                .overrideConfiguration(client.within());
        if (from > 0) {
            request.range("bytes=" + from + "-");
        }
        GetObjectRequest wanted = request.build();
        Optional<ResponseInputStream<GetObjectResponse>> found = client.call(s3 -> {
            try {
                return Optional.of(s3.getObject(wanted));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            } catch (S3Exception e) {
                if (e.statusCode() == BEYOND_ITS_END) {
                    return Optional.of(new ResponseInputStream<>(
                            GetObjectResponse.builder().contentLength(0L).build(), InputStream.nullInputStream()));
                }
                throw e;
            }
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(ObjectStream.of(found.get()));
    }

    @Override
    public boolean holds(String id) throws IOException {
        boolean held = client.call(s3 -> {
            try {
                s3.headObject(head ->
                        head.bucket(bucket.name()).key(bucket.prefix() + id).overrideConfiguration(client.within()));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
        return held || isReadable(id);
    }

    /** An answer to HEAD has no body: a 404 may be of something in between that knows no store. That of a GET tells whose it is. */
    private boolean isReadable(String id) throws IOException {
        Optional<InputStream> content = open(id, 0);
        if (content.isPresent()) {
            content.get().close();
        }
        return content.isPresent();
    }

    @Override
    public void delete(String id) throws FileServiceException {
        client.call(s3 -> s3.deleteObject(delete ->
                delete.bucket(bucket.name()).key(bucket.prefix() + id).overrideConfiguration(client.within())));
    }

    @Override
    public void visit(Consumer<Kept> visitor) throws FileServiceException {
        String next = null;
        do {
            ListObjectsV2Response some = list(next, page);
            for (S3Object object : some.contents()) {
                String name = object.key().substring(bucket.prefix().length());
                if (ID.matcher(name).matches()) {
                    visitor.accept(new Kept(name, object.lastModified()));
                }
            }
            next = Boolean.TRUE.equals(some.isTruncated()) ? some.nextContinuationToken() : null;
        } while (next != null);
    }

    private ListObjectsV2Response list(@Nullable String from, int most) throws FileServiceException {
        return client.call(s3 -> s3.listObjectsV2(list -> list.bucket(bucket.name())
                .prefix(bucket.prefix())
                .delimiter("/")
                .continuationToken(from)
                .maxKeys(most)
                .overrideConfiguration(client.within())));
    }

    @Override
    public void close() {
        client.close();
    }
}
