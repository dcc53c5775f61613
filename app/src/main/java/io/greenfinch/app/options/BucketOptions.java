package io.greenfinch.app.options;

import io.greenfinch.app.cli.Environment;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.gateway.s3.S3Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which bucket of an S3-compatible store keeps the files, if any. */
final class BucketOptions {

    private static final String BUCKET = "--files-s3-bucket";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,62}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST_PREFIX = 500;
    private static final String SECRET_FILE = "--files-s3-secret-key-file";

    private final OptionSpec bucket = Specs.option(
                    BUCKET,
                    String.class,
                    "NAME",
                    "Keep files in this bucket of an S3-compatible store instead of the data folder.")
            .build();

    private final OptionSpec endpoint = Specs.option(
                    "--files-s3-endpoint",
                    URI.class,
                    "URL",
                    "Where that store is, e.g. https://minio.example.org:9000 (default: Amazon's of the region).")
            .build();

    private final OptionSpec region = Specs.option(
                    "--files-s3-region", String.class, "NAME", "The bucket's region (default: ${DEFAULT-VALUE}).")
            .defaultValue(S3Bucket.REGION)
            .build();

    private final OptionSpec prefix = Specs.option(
                    "--files-s3-prefix",
                    String.class,
                    "TEXT",
                    "What the names of all files begin with, e.g. greenfinch/. Each gateway needs a bucket or a prefix of"
                            + " its own.")
            .build();

    private final OptionSpec accessKey = Specs.option(
                    "--files-s3-access-key", String.class, "ID", "The id of the access key.")
            .build();

    private final OptionSpec secretKeyFile = Specs.option(
                    SECRET_FILE,
                    Path.class,
                    "FILE",
                    "The file with its secret; or give that in " + Environment.FILES_SECRET + ".")
            .build();

    CommandSpec addTo(CommandSpec command) {
        return command.addOption(bucket)
                .addOption(endpoint)
                .addOption(region)
                .addOption(prefix)
                .addOption(accessKey)
                .addOption(secretKeyFile);
    }

    /** The bucket; empty when files stay in the data folder. */
    Optional<S3Bucket> bucket(Map<String, String> variables) {
        Optional<String> name = Specs.optional(bucket);
        if (name.isEmpty()) {
            if (Stream.of(endpoint, prefix, accessKey, secretKeyFile).anyMatch(each -> each.getValue() != null)) {
                throw new UsageException("--files-s3-… is of no use without " + BUCKET);
            }
            return Optional.empty();
        }
        Optional<URI> url = Specs.optional(endpoint);
        check(url.isEmpty() || isStore(url.get()), "--files-s3-endpoint must look like https://minio.example.org:9000");
        String where = region.getValue();
        String begin = Specs.<String>optional(prefix).orElse("");
        check(
                NAME.matcher(name.get()).matches(),
                BUCKET + " must be a name of 3 to 63 letters, digits, dots and dashes");
        check(REGION.matcher(where).matches(), "--files-s3-region must look like eu-central-1");
        check(
                begin.length() <= LONGEST_PREFIX,
                "--files-s3-prefix must have at most " + LONGEST_PREFIX + " characters");
        String key = Specs.<String>optional(accessKey).map(String::strip).orElse("");
        check(!key.isEmpty(), "--files-s3-access-key is missing");
        return Optional.of(new S3Bucket(url, where, name.get(), begin, key, secret(variables)));
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new UsageException(otherwise);
        }
    }

    private static boolean isStore(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        return web && url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null;
    }

    private String secret(Map<String, String> variables) {
        Optional<Path> file = Specs.optional(secretKeyFile);
        Optional<String> variable = Optional.ofNullable(variables.get(Environment.FILES_SECRET));
        check(
                file.isPresent() != variable.isPresent(),
                "The secret of the access key has to stand either in " + Environment.FILES_SECRET
                        + " or in the file that " + SECRET_FILE + " names");
        String secret =
                file.map(BucketOptions::read).or(() -> variable).orElseThrow().strip();
        check(!secret.isEmpty(), "The secret of the access key is empty");
        return secret;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(SECRET_FILE + " " + file + " can't be read: " + e);
        }
    }
}
