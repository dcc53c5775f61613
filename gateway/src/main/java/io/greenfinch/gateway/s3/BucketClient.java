package io.greenfinch.gateway.s3;

import io.greenfinch.gateway.store.FileServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Calls a store. What it does is asked for three times at most and within a time, and what goes wrong is a
 * {@link FileServiceException}. Nothing is read from the files and variables of Amazon's own tools: all of it is in our settings.
 * Thread-safe; blocks.
 */
final class BucketClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Of the store, in the middle of an answer. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** With a call that brings no file. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Bytes of a file a second, at least: 100 MB may take seven minutes. */
    private static final long SLOWEST = 256 * 1024;

    private final Duration patience;
    private final ScheduledExecutorService deadlines;
    private final S3Client client;

    /** @param patience with a call that brings no file, all tries together */
    BucketClient(S3Bucket bucket, Duration patience) {
        this.patience = patience;
        deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("s3-deadlines").factory());
        var builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .forcePathStyle(bucket.hasPathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(bucket.accessKey(), bucket.secretKey())))
                // Stores that are not Amazon's need not know its newer checksums; Content-MD5 they all look at.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        // The JDK's client would wait for its whole time-out where a store says nothing before the
                        // body.
                        S3Configuration.builder().expectContinueEnabled(false).build())
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .proxyConfiguration(ProxyConfiguration.builder()
                                .useEnvironmentVariablesValues(false)
                                .build())
                        .build())
                .overrideConfiguration(common -> common.scheduledExecutorService(deadlines)
                        .retryStrategy(RetryMode.STANDARD)
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .defaultProfileName("none"));
        for (URI endpoint : bucket.endpoint().stream().toList()) {
            builder.endpointOverride(endpoint);
        }
        client = builder.build();
    }

    /** One call; nothing else may be done in it. */
    <T> T call(Function<S3Client, T> what) throws FileServiceException {
        try {
            return what.apply(client);
        } catch (SdkException e) {
            throw BucketFailure.of(e);
        } catch (RejectedExecutionException e) {
            throw FileServiceException.passing("the gateway stops");
        }
    }

    /** How long a call may take, all tries together. */
    AwsRequestOverrideConfiguration within() {
        return within(0);
    }

    /** The same for one that brings so many bytes. */
    AwsRequestOverrideConfiguration within(long bytes) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(patience.plusSeconds(bytes / SLOWEST))
                .build();
    }

    /** What is under way is cut off by its own time-outs. */
    @Override
    public void close() {
        client.close();
        deadlines.shutdownNow();
    }
}
