package io.greenfinch.app.doctor;

import io.greenfinch.app.cli.Failure;
import io.greenfinch.client.connection.TrustStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a server by name, connection, certificate and clock, as a client of it would.
 *
 * @param about what it is called
 * @param ca a file with further certificates to trust
 */
record ServiceLook(String about, URI url, Optional<Path> ca, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceLook.class);

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MAX_HEAD = 16 * 1024;
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration OFF = Duration.ofSeconds(60);
    private static final Pattern DATE = Pattern.compile("(?im)^date: *([^\r\n]+)$");

    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        boolean secure = url.getScheme().matches("(?i)wss|https");
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        String host = url.getHost();
        try (Socket plain = new Socket()) {
            closeLate(plain);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.connect(new InetSocketAddress(InetAddress.getByName(bare(host)), port), PATIENCE_MILLIS);
            if (secure) {
                SSLSocket tls = tls(plain, host, port);
                findings.add(Finding.ok(about, host + ":" + port + " is reached"));
                certificate(tls.getSession().getPeerCertificates()).ifPresent(findings::add);
                time(tls, host).ifPresent(findings::add);
            } else {
                findings.add(Finding.ok(about, host + ":" + port + " is reached, without encryption by TLS"));
                time(plain, host).ifPresent(findings::add);
            }
        } catch (UnknownHostException e) {
            findings.add(Finding.failed(about, "there is no host " + host, "look at the resolver, /etc/resolv.conf"));
        } catch (SSLException e) {
            findings.add(
                    isDistrust(e)
                            ? Finding.failed(
                                    about + " certificate",
                                    "the certificate of " + host + " is not trusted: " + e.getMessage(),
                                    "look at the clock first; where a proxy opens TLS, name its certificate with"
                                            + " --whatsapp-ca")
                            : Finding.failed(
                                    about,
                                    host + ":" + port + " speaks no TLS that we speak: " + e.getMessage(),
                                    "look at the port, and at proxies on the way"));
        } catch (IOException e) {
            findings.add(Finding.failed(
                    about,
                    host + ":" + port + " is not reached: " + Objects.requireNonNullElse(e.getMessage(), "no answer"),
                    "let this machine connect to port " + port + " of " + host));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            findings.add(Finding.failed(
                    about + " certificate", Failure.sentence(e), "name a PEM file with --whatsapp-ca, or none"));
        }
        return findings;
    }

    private static boolean isDistrust(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /** Whatever it does, a server is looked at for so long only. */
    private static void closeLate(Socket socket) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(Duration.ofMillis(2 * PATIENCE_MILLIS));
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing a slow connection", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private SSLSocket tls(Socket plain, String host, int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        @Nullable KeyStore store = ca.map(TrustStore::withFurther).orElse(null);
        trust.init(store);
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private Optional<Finding> certificate(Certificate[] chain) {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate own)) {
            return Optional.empty();
        }
        Instant end = own.getNotAfter().toInstant();
        String found = "trusted, until " + end;
        return Optional.of(
                end.isBefore(clock.instant().plus(SOON))
                        ? Finding.warning(about + " certificate", found, "see that it is renewed in time")
                        : Finding.ok(about + " certificate", found));
    }

    /** By what the server says of the time in an answer, whatever that is. */
    private Optional<Finding> time(Socket socket, String host) {
        try {
            return asked(socket, host);
        } catch (IOException e) {
            LOG.debug("no time is told", e);
            return Optional.empty();
        }
    }

    private Optional<Finding> asked(Socket socket, String host) throws IOException {
        String request = "HEAD / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        Matcher date = DATE.matcher(head(socket.getInputStream()));
        if (!date.find()) {
            return Optional.empty();
        }
        try {
            Instant there = ZonedDateTime.parse(date.group(1).strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration off = Duration.between(there, clock.instant()).abs();
            String found = off.toSeconds() + " s off that of " + host;
            return Optional.of(
                    off.compareTo(OFF) > 0
                            ? Finding.failed("clock", found, "set the clock, and keep it right by NTP")
                            : Finding.ok("clock", found));
        } catch (DateTimeException e) {
            return Optional.empty(); // no date that anybody could compare with
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < MAX_HEAD) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
