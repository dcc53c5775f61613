package io.greenfinch.gateway;

import io.greenfinch.gateway.s3.S3Bucket;
import io.greenfinch.gateway.s3.S3Files;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.FileServiceException;
import io.greenfinch.gateway.store.FileStore;
import io.greenfinch.gateway.store.UnusableDataException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Where files are kept: in the data folder, or in the bucket of the settings. */
final class KeptFiles {

    /** Where the folder tells who it is to a bucket. */
    private static final String OWNER_FILE = "files-owner";

    private static final int OWNER_BYTES = 16;

    private KeptFiles() {}

    /**
     * Opens it; what is opened is closed with the parts.
     *
     * @throws UnusableSettingsException when the bucket refuses
     * @throws UnusableDataException when it can't be reached, or the folder can't be used
     */
    static FileStore of(GatewaySettings settings, DataFolder folder, OpenParts parts) {
        return settings.filesBucket().isPresent()
                ? inBucket(settings.filesBucket().get(), folder, settings.random(), parts)
                : folder.kept();
    }

    private static FileStore inBucket(S3Bucket bucket, DataFolder folder, SecureRandom random, OpenParts parts) {
        S3Files files = parts.opened(S3Files.in(bucket));
        try {
            files.claim(folder.secretFile(OWNER_FILE, () -> owner(random)));
            return files;
        } catch (FileServiceException e) {
            String sentence = String.valueOf(e.getMessage());
            throw e.isLasting() ? new UnusableSettingsException(sentence) : new UnusableDataException(sentence, e);
        }
    }

    private static String owner(SecureRandom random) {
        byte[] owner = new byte[OWNER_BYTES];
        random.nextBytes(owner);
        return HexFormat.of().formatHex(owner);
    }
}
