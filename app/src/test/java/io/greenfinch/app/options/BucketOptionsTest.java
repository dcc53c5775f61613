package io.greenfinch.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.greenfinch.app.cli.Environment;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.gateway.s3.S3Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Which bucket the options name, and that its secret stands on no command line. */
class BucketOptionsTest {

    private static final Map<String, String> SECRET = Map.of("GREENFINCH_FILES_S3_SECRET_KEY", "a-secret");

    @TempDir
    private Path folder;

    private static Optional<S3Bucket> parse(Map<String, String> environment, String... arguments) {
        BucketOptions options = new BucketOptions();
        new CommandLine(options.addTo(CommandSpec.create()))
                .setDefaultValueProvider(new Environment(environment))
                .parseArgs(arguments);
        return options.bucket(environment);
    }

    @Test
    void filesStayInTheFolderUnlessABucketIsNamed() {
        assertThat(parse(Map.of())).isEmpty();
        assertThat(parse(SECRET)).isEmpty();
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(SECRET, "--files-s3-endpoint=https://minio.example.org"))
                .withMessageContaining("without --files-s3-bucket");
    }

    @Test
    void aBucketIsNamedOnTheCommandLineOrInTheEnvironment() throws IOException {
        assertThat(parse(SECRET, "--files-s3-bucket=files", "--files-s3-access-key=key"))
                .hasValue(new S3Bucket(Optional.empty(), "us-east-1", "files", "", "key", "a-secret"));
        Path file = Files.writeString(folder.resolve("secret"), "another\n");
        Map<String, String> environment = new HashMap<>(Map.of(
                "GREENFINCH_FILES_S3_BUCKET", "files",
                "GREENFINCH_FILES_S3_ENDPOINT", "https://minio.example.org:9000",
                "GREENFINCH_FILES_S3_REGION", "eu-central-1",
                "GREENFINCH_FILES_S3_PREFIX", "greenfinch/",
                "GREENFINCH_FILES_S3_ACCESS_KEY", "key",
                "GREENFINCH_FILES_S3_SECRET_KEY_FILE", file.toString()));
        assertThat(parse(environment))
                .hasValue(new S3Bucket(
                        Optional.of(URI.create("https://minio.example.org:9000")),
                        "eu-central-1",
                        "files",
                        "greenfinch/",
                        "key",
                        "another"));
        assertThat(new Environment(SECRET).hasOptions()).isFalse();

        environment.putAll(SECRET);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(environment))
                .withMessageContaining("either in GREENFINCH_FILES_S3_SECRET_KEY or in the file");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(SECRET, "--files-s3-bucket=files"))
                .withMessageContaining("--files-s3-access-key is missing");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(Map.of(), "--files-s3-bucket=files", "--files-s3-access-key=key"))
                .withMessageContaining("The secret of the access key");
        for (String wrong : new String[] {"--files-s3-region=a b", "--files-s3-region=", "--files-s3-access-key="}) {
            assertThatExceptionOfType(UsageException.class)
                    .as(wrong)
                    .isThrownBy(() -> parse(
                            SECRET,
                            wrong.contains("region") ? "--files-s3-access-key=key" : "--files-s3-region=r",
                            "--files-s3-bucket=files",
                            wrong));
        }
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(SECRET, "--files-s3-bucket=a/b", "--files-s3-access-key=key"))
                .withMessageContaining("must be a name of 3 to 63");
        for (String wrong : new String[] {"minio:9000", "ftp://minio", "https://key:secret@minio", "/minio"}) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> parse(
                            SECRET,
                            "--files-s3-bucket=files",
                            "--files-s3-access-key=key",
                            "--files-s3-endpoint=" + wrong))
                    .withMessageContaining("--files-s3-endpoint must look like");
        }
    }
}
