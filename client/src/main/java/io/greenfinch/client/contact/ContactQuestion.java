package io.greenfinch.client.contact;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.UsyncErrors;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks under which names WhatsApp has the people with these numbers (specification §13); told are those that it has. A refusal
 * of the question tells of none: the numbers are then used as they are, and WhatsApp decides about those.
 */
record ContactQuestion(List<Jid> numbers) implements Question<Map<Jid, Jid>> {

    static Node stanza(List<Jid> numbers) {
        Node.Builder list = Node.element("list");
        for (Jid number : numbers) {
            list.child(Node.element("user").child(Node.text("contact", "+" + number.user())));
        }
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "get")
                .attribute("xmlns", "usync")
                .child(Node.element("usync")
                        .attribute("sid", "contacts")
                        .attribute("mode", "query")
                        .attribute("last", "true")
                        .attribute("index", "0")
                        .attribute("context", "interactive")
                        .child(Node.element("query").child(Node.empty("contact")))
                        .child(list))
                .build();
    }

    @Override
    public Verdict<Map<Jid, Jid>> result(Attempt<Node, Map<Jid, Jid>> attempt, Node stanza, long reminder) {
        Optional<Verdict<Map<Jid, Jid>>> failure = UsyncErrors.verdict(stanza, "contact");
        if (failure.isPresent()) {
            return failure.get();
        }
        Optional<Node> list = stanza.child("usync").flatMap(usync -> usync.child("list"));
        if (list.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        Map<Jid, Jid> names = new HashMap<>();
        for (Node user : list.get().children("user")) {
            Optional<Node> contact = user.child("contact").filter(each -> each.is("type", "in"));
            Optional<Jid> asked = contact.map(each -> Jid.pn(each.contentText().replaceAll("[^0-9]", "")));
            Optional<Jid> name = user.jid("pn_jid").or(() -> user.jid("jid")).map(Jid::account);
            if (asked.filter(numbers::contains).isPresent()
                    && name.filter(jid -> jid.isPn() || jid.isLid()).isPresent()) {
                names.put(asked.get(), name.get());
            }
        }
        return Verdict.done(Map.copyOf(names));
    }

    @Override
    public Verdict<Map<Jid, Jid>> refused(Attempt<Node, Map<Jid, Jid>> attempt, Answer.Refused error, long reminder) {
        Verdict<Map<Jid, Jid>> verdict = error.judged();
        return verdict instanceof Verdict.Certain && error.code() >= 400 ? Verdict.done(Map.of()) : verdict;
    }
}
