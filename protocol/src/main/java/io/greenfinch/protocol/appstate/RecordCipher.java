package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.proto.SyncActionData;
import io.greenfinch.protocol.proto.SyncdBlob;
import io.greenfinch.protocol.proto.SyncdKeyId;
import io.greenfinch.protocol.proto.SyncdRecord;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and decrypts single entries of the app state (specification §23.2). Pure functions. */
final class RecordCipher {

    private static final int IV = 16;

    private RecordCipher() {}

    static SyncdRecord encrypt(AppStateKey key, boolean removal, SyncActionData data, SecureRandom random) {
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        ByteString content;
        try {
            content = ByteString.copyFrom(iv)
                    .concat(ByteString.copyFrom(
                            cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(data.toByteArray())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't encrypt with AES-256-CBC", e);
        }
        return SyncdRecord.newBuilder()
                .setIndex(SyncdBlob.newBuilder()
                        .setBlob(AppStateMacs.ofIndex(key, data.getIndex().toByteArray())))
                .setValue(SyncdBlob.newBuilder().setBlob(content.concat(AppStateMacs.ofValue(key, removal, content))))
                .setKeyId(SyncdKeyId.newBuilder().setId(ByteString.copyFrom(key.id())))
                .build();
    }

    /** Whether a record has all its parts. */
    static boolean whole(SyncdRecord record) {
        return record.getIndex().getBlob().size() == AppStateMacs.LENGTH
                && record.getValue().getBlob().size() > IV + AppStateMacs.LENGTH;
    }

    /** What it counts for in the sum; of a {@link #whole} record. */
    static ByteString valueMac(SyncdRecord record) {
        ByteString blob = record.getValue().getBlob();
        return blob.substring(blob.size() - AppStateMacs.LENGTH);
    }

    /** The mutation that a {@link #whole} record of this key is; empty when it is not genuine. */
    static Optional<AppStateMutation> decrypt(AppStateKey key, boolean removal, SyncdRecord record) {
        ByteString blob = record.getValue().getBlob();
        ByteString content = blob.substring(0, blob.size() - AppStateMacs.LENGTH);
        ByteString valueMac = valueMac(record);
        if (!AppStateMacs.same(valueMac, AppStateMacs.ofValue(key, removal, content))) {
            return Optional.empty();
        }
        ByteString indexMac = record.getIndex().getBlob();
        return plaintext(key, content.toByteArray())
                .flatMap(RecordCipher::data)
                .filter(data -> AppStateMacs.same(
                        indexMac, AppStateMacs.ofIndex(key, data.getIndex().toByteArray())))
                .flatMap(data -> ActionIndex.read(data.getIndex().toByteArray())
                        .map(index -> new AppStateMutation(removal, index, data.getValue(), indexMac, valueMac)));
    }

    private static Optional<byte[]> plaintext(AppStateKey key, byte[] content) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, content).doFinal(content, IV, content.length - IV));
        } catch (BadPaddingException | IllegalBlockSizeException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't decrypt with AES-256-CBC", e);
        }
    }

    private static Optional<SyncActionData> data(byte[] plaintext) {
        try {
            return Optional.of(SyncActionData.parseFrom(plaintext));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    /** @param vector begins with it */
    private static Cipher cipher(int mode, AppStateKey key, byte[] vector) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key.ofValues(), "AES"), new IvParameterSpec(vector, 0, IV));
        return cipher;
    }
}
