package io.greenfinch.client.media;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.util.Optional;

/** Asks where files can be stored (specification §20.1). */
record MediaHostsQuestion(Clock clock) implements Question<MediaHosts> {

    static Node stanza() {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "w:m")
                .child(Node.empty("media_conn"))
                .build();
    }

    @Override
    public Verdict<MediaHosts> result(Attempt<Node, MediaHosts> attempt, Node stanza, long reminder) {
        Optional<MediaHosts> hosts =
                stanza.child("media_conn").flatMap(connection -> MediaHosts.of(connection, clock.instant()));
        return hosts.<Verdict<MediaHosts>>map(Verdict::done).orElseGet(() -> new Verdict.Verify<>(0));
    }

    @Override
    public Verdict<MediaHosts> refused(Attempt<Node, MediaHosts> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        return code >= 500 || code == 408 ? new Verdict.Verify<>(code) : Verdict.refused(Refusal.OTHER, code);
    }
}
