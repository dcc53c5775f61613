package io.greenfinch.gateway.s3;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A bucket, or a part of one, and how it is entered. Immutable; {@link #toString} shows no secrets.
 *
 * @param endpoint where the store is; Amazon's own of the region when empty
 * @param prefix what all keys begin with; may be empty
 * @param accessKey the name of the key
 * @param secretKey the key
 */
public record S3Bucket(
        Optional<URI> endpoint, String region, String name, String prefix, String accessKey, String secretKey) {

    /** The region of stores that have none. */
    public static final String REGION = "us-east-1";

    /** Amazon has the bucket in the name of the host; others know it in the path at least. */
    boolean hasPathStyle() {
        String host = endpoint.map(URI::getHost).orElse("amazonaws.com").toLowerCase(Locale.ROOT);
        return !host.endsWith("amazonaws.com") && !host.endsWith("amazonaws.com.cn");
    }

    /** What it is called in sentences for the operator. */
    String called() {
        return "The bucket " + name
                + endpoint.map(url -> " at " + url).orElse(" of Amazon's region " + region)
                + (prefix.isEmpty() ? "" : " (prefix " + prefix + ")");
    }

    @Override
    public String toString() {
        return "S3Bucket[" + name + "]";
    }
}
