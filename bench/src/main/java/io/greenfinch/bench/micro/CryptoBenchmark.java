package io.greenfinch.bench.micro;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.XEdDsa;
import io.greenfinch.protocol.noise.CertificateAuthority;
import io.greenfinch.protocol.noise.InitiatorHandshake;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.protocol.noise.ResponderHandshake;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Signatures, a whole Noise handshake of both sides, and one encrypted frame each way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CryptoBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys = KeyPair.generate(random);
    private final byte[] message = new byte[100];
    private final byte[] signature = keys.sign(message, random);
    private final CertificateAuthority authority = CertificateAuthority.create(NOW, random);
    private final KeyPair noiseKey = KeyPair.generate(random);
    private final Transports established = handshakeOnce();

    @Benchmark
    public byte[] sign() {
        return keys.sign(message, random);
    }

    @Benchmark
    public boolean verify() {
        return XEdDsa.verify(keys.publicKey(), message, signature);
    }

    @Benchmark
    public Object handshake() {
        return handshakeOnce();
    }

    @Benchmark
    public byte[] frame() {
        return established.server().decrypt(established.client().encrypt(message));
    }

    private Transports handshakeOnce() {
        InitiatorHandshake client = new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random);
        ResponderHandshake server = new ResponderHandshake(authority.serverKey(), authority.chain(), random);
        byte[] finish = client.clientFinish(server.serverHello(client.clientHello()), message);
        server.finish(finish);
        return new Transports(client.transport(), server.transport());
    }

    private record Transports(NoiseTransport client, NoiseTransport server) {}
}
