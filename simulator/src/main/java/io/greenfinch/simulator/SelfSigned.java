package io.greenfinch.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A key and a certificate for localhost and the listening address, made at start. Put together from ASN.1 parts, since the JDK can read
 * certificates but not make them.
 */
final class SelfSigned {

    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(365);

    private SelfSigned() {}

    /** A key store with one entry, which {@code password} opens. */
    static KeyStore keyStore(InetAddress address, Instant now, SecureRandom random, char[] password) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("simulator", keys.getPrivate(), password, new X509Certificate[] {
                certificate(keys, address, now, random)
            });
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private static X509Certificate certificate(KeyPair keys, InetAddress address, Instant now, SecureRandom random)
            throws GeneralSecurityException, IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        X500Name name = new X500Name("CN=Greenfinch simulator");
        V3TBSCertificateGenerator parts = new V3TBSCertificateGenerator();
        parts.setSerialNumber(new ASN1Integer(new BigInteger(64, random).add(BigInteger.ONE)));
        parts.setSignature(algorithm);
        parts.setIssuer(name);
        parts.setSubject(name);
        parts.setStartDate(new Time(Date.from(now.minus(BEFORE))));
        parts.setEndDate(new Time(Date.from(now.plus(AFTER))));
        parts.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        parts.setExtensions(extensions(address));
        TBSCertificate unsigned = parts.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate(), random);
        signature.update(unsigned.getEncoded("DER"));
        byte[] encoded = new DERSequence(new ASN1Encodable[] {unsigned, algorithm, new DERBitString(signature.sign())})
                .getEncoded("DER");
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static Extensions extensions(InetAddress address) throws IOException {
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1"),
            new GeneralName(GeneralName.iPAddress, address.getHostAddress())
        });
        return new Extensions(new Extension[] {
            new Extension(Extension.subjectAlternativeName, false, new DEROctetString(names)),
            // A client that is to trust it takes it for its own authority.
            new Extension(Extension.basicConstraints, true, new DEROctetString(new BasicConstraints(true)))
        });
    }
}
