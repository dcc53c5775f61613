package io.greenfinch.client.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom TLS connections believe. */
public final class TrustStore {

    private TrustStore() {}

    /**
     * The CAs of the JDK and those of a PEM file.
     *
     * @throws IllegalArgumentException when it can't be read, or holds none
     */
    public static KeyStore withFurther(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            addDefaults(store);
            int before = store.size();
            try (InputStream in = Files.newInputStream(pem)) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("further-" + store.size(), certificate);
                }
            }
            if (store.size() == before) {
                throw new GeneralSecurityException("the file is empty");
            }
            return store;
        } catch (IOException e) {
            throw new IllegalArgumentException("The certificates in " + pem + " can't be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(pem + " holds no certificates to trust", e);
        }
    }

    private static void addDefaults(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory defaults = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        defaults.init((KeyStore) null);
        for (TrustManager manager : defaults.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (Certificate certificate : x509.getAcceptedIssuers()) {
                    store.setCertificateEntry("default-" + store.size(), certificate);
                }
            }
        }
    }
}
