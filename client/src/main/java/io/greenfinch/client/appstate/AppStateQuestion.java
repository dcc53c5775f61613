package io.greenfinch.client.appstate;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.CollectionState;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Map;

/** Asks for what was written behind the versions that we know (specification §23.1). */
record AppStateQuestion() implements Question<List<CollectionAnswer>> {

    static Node stanza(Map<AppStateCollection, CollectionState> known) {
        Node.Builder sync = Node.element("sync");
        known.forEach((collection, state) -> sync.child(Node.element("collection")
                .attribute("name", collection.wireName())
                .attribute("version", state.version())
                .attribute("return_snapshot", Boolean.toString(state.version() == 0))));
        return iq(sync);
    }

    static Node iq(Node.Builder sync) {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "w:sync:app:state")
                .child(sync)
                .build();
    }

    @Override
    public Verdict<List<CollectionAnswer>> result(
            Attempt<Node, List<CollectionAnswer>> attempt, Node stanza, long reminder) {
        return CollectionAnswer.read(stanza).map(Verdict::done).orElseGet(() -> Verdict.refused(Refusal.OTHER, 0));
    }

    @Override
    public Verdict<List<CollectionAnswer>> refused(
            Attempt<Node, List<CollectionAnswer>> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        return code == 408 || code >= 500 ? new Verdict.Verify<>(code) : Verdict.refused(Refusal.OTHER, code);
    }
}
