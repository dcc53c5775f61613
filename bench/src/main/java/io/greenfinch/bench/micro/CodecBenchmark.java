package io.greenfinch.bench.micro;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
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

/** A leave notification and a group of 256 members, through the stanza codec. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private final Node notification = leaveNotification();
    private final Node group = group(256);
    private final byte[] encodedNotification = NodeEncoder.encode(notification);
    private final byte[] encodedGroup = NodeEncoder.encode(group);

    @Benchmark
    public byte[] encodeNotification() {
        return NodeEncoder.encode(notification);
    }

    @Benchmark
    public Node decodeNotification() {
        return NodeDecoder.decode(encodedNotification);
    }

    @Benchmark
    public byte[] encodeGroup() {
        return NodeEncoder.encode(group);
    }

    @Benchmark
    public Node decodeGroup() {
        return NodeDecoder.decode(encodedGroup);
    }

    private static Node leaveNotification() {
        return Node.element("notification")
                .attribute("from", Jid.group("120363000000000001"))
                .attribute("type", "w:gp2")
                .attribute("id", "1000000042")
                .attribute("participant", Jid.lid("900000000000002"))
                .attribute("participant_pn", Jid.pn("15550001002"))
                .attribute("t", "1795400000")
                .child(Node.element("remove")
                        .attribute("v_id", "1795400000000002")
                        .attribute("prev_v_id", "1795400000000001")
                        .child(Node.element("participant")
                                .attribute("jid", Jid.lid("900000000000002"))
                                .attribute("phone_number", Jid.pn("15550001002"))))
                .build();
    }

    private static Node group(int members) {
        Node.Builder group = Node.element("group")
                .attribute("id", "120363000000000001")
                .attribute("subject", "Neighbours")
                .attribute("addressing_mode", "lid");
        for (int i = 0; i < members; i++) {
            group.child(Node.element("participant")
                    .attribute("jid", Jid.lid(Long.toString(900_000_000_000_000L + i)))
                    .attribute("phone_number", Jid.pn(Long.toString(15_550_001_000L + i))));
        }
        return group.build();
    }
}
