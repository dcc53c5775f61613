package io.greenfinch.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.store.FileServiceException;
import io.greenfinch.gateway.store.FileStore;
import io.greenfinch.gateway.store.FileStoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket is a store of files, in pages of three; whatever else is in it is left alone, and it is one gateway's. */
class S3FilesIT implements FileStoreContract {

    private static final String PREFIX = "greenfinch/";

    private static @Nullable MotoServer moto;
    private static int buckets;

    @TempDir
    private Path folder;

    private @Nullable StoreRelay relay;
    private @Nullable S3Bucket bucket;
    private @Nullable S3Files files;

    @BeforeAll
    static void startStore() {
        moto = MotoServer.start();
    }

    @AfterAll
    static void stopStore() {
        if (moto != null) {
            moto.close();
        }
    }

    @BeforeEach
    void makeBucket() {
        relay = new StoreRelay(moto().url());
        bucket = moto().bucket("bucket-" + ++buckets, relay.url(), PREFIX);
        files = S3Files.in(bucket, 3, BucketClient.PATIENCE);
    }

    @AfterEach
    void closeAll() {
        Objects.requireNonNull(files).close();
        relay().close();
    }

    private static MotoServer moto() {
        return Objects.requireNonNull(moto);
    }

    private StoreRelay relay() {
        return Objects.requireNonNull(relay);
    }

    private S3Bucket bucket() {
        return Objects.requireNonNull(bucket);
    }

    @Override
    public FileStore files() {
        return Objects.requireNonNull(files);
    }

    @Override
    public Path outside() {
        return folder;
    }

    @Test
    void leavesAloneWhatIsNoFileOfOurs() throws IOException {
        Objects.requireNonNull(files).claim("us");
        for (String foreign : List.of("", PREFIX, PREFIX + "other/", PREFIX + "a")) {
            moto().request("PUT", "/" + bucket().name() + "/" + foreign + OTHER.replace('f', 'F'), "theirs");
            if (!foreign.equals(PREFIX)) {
                moto().request("PUT", "/" + bucket().name() + "/" + foreign + OTHER, "theirs");
            }
        }
        files().put(ID, Files.writeString(folder.resolve("new"), "ours"));
        List<String> seen = new ArrayList<>();
        files().visit(kept -> seen.add(kept.id()));

        assertThat(seen).containsExactly(ID);
        assertThat(files().holds(OTHER)).isFalse();
    }

    @Test
    void aBucketBelongsToOneGateway() throws IOException {
        try (S3Files other = S3Files.in(bucket());
                S3Files elsewhere = S3Files.in(new S3Bucket(
                        bucket().endpoint(), S3Bucket.REGION, bucket().name(), "other/", "key", "secret"))) {
            Objects.requireNonNull(files).claim("us");
            Objects.requireNonNull(files).claim("us");
            assertThatExceptionOfType(FileServiceException.class)
                    .isThrownBy(() -> other.claim("them"))
                    .matches(FileServiceException::isLasting)
                    .withMessageContaining("the files of another gateway")
                    .withMessageContaining("greenfinch/greenfinch-owner");
            elsewhere.claim("them");
            other.delete("greenfinch-owner");
            other.claim("them");
        }
    }

    @Test
    void saysThatThereIsNoBucket() {
        S3Bucket none = new S3Bucket(bucket().endpoint(), S3Bucket.REGION, "no-such", "", "key", "a-secret");
        try (S3Files nowhere = S3Files.in(none)) {
            assertThatExceptionOfType(FileServiceException.class)
                    .isThrownBy(() -> nowhere.claim("us"))
                    .matches(FileServiceException::isLasting)
                    .withMessage("The bucket no-such at " + relay().url()
                            + " can't be used: there is no such bucket (NoSuchBucket, status 404).");
            assertThatExceptionOfType(FileServiceException.class).isThrownBy(() -> nowhere.holds(ID));
        }
    }

    @Test
    void failsWhileTheStoreIsAwayAndGoesOnWhenItIsBack() throws IOException {
        // More than can be on its way when it goes.
        Path file = Files.write(folder.resolve("new"), new byte[30_000_000]);
        files().put(ID, file);
        InputStream cut = files().open(ID, 0).orElseThrow();
        assertThat(cut.read()).isZero();
        relay().goAway();

        assertThatExceptionOfType(FileServiceException.class)
                .isThrownBy(cut::readAllBytes)
                .withMessageStartingWith("a file was cut off");
        cut.close();
        for (Action action : List.<Action>of(
                () -> files().holds(ID),
                () -> files().open(ID, 0),
                () -> files().put(ID, file),
                () -> files().delete(ID),
                () -> files().visit(kept -> {}))) {
            assertThatExceptionOfType(FileServiceException.class)
                    .isThrownBy(action::run)
                    .matches(failure -> !failure.isLasting())
                    .withMessage("no connection can be made, or it was cut (ConnectException)");
        }

        relay().comeBack();
        assertThat(files().holds(ID)).isTrue();
        files().delete(ID);
        assertThat(files().holds(ID)).isFalse();
    }

    private interface Action {
        void run() throws IOException;
    }

    @Test
    void leavesNoConnectionBehindAReader() throws IOException {
        files().put(ID, Files.write(folder.resolve("new"), new byte[3_000_000]));
        for (int i = 0; i < 10; i++) {
            InputStream stream = files().open(ID, 0).orElseThrow();
            assertThat(stream.read()).isZero();
            stream.close();
        }
        await().untilAsserted(() -> assertThat(relay().connections()).isLessThanOrEqualTo(1));
    }
}
