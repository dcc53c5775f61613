package io.greenfinch.client.contact;

import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;

/** Asks whether somebody is on WhatsApp, and under which names (specification §13). */
record RegistrationQuestion(Jid number) implements Question<Optional<Person>> {

    Node stanza() {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "get")
                .attribute("xmlns", "usync")
                .child(Node.element("usync")
                        .attribute("sid", "registration")
                        .attribute("mode", "query")
                        .attribute("last", "true")
                        .attribute("index", "0")
                        .attribute("context", "interactive")
                        .child(Node.element("query")
                                .child(Node.empty("contact"))
                                .child(Node.empty("lid")))
                        .child(Node.element("list")
                                .child(Node.element("user").child(Node.text("contact", "+" + number.user())))))
                .build();
    }

    @Override
    public Verdict<Optional<Person>> result(Attempt<Node, Optional<Person>> attempt, Node stanza, long reminder) {
        Optional<Node> list = stanza.child("usync").flatMap(usync -> usync.child("list"));
        if (list.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        for (Node user : list.get().children("user")) {
            Optional<Node> contact = user.child("contact");
            if (contact.filter(each -> each.is("type", "in")).isPresent()) {
                Optional<Jid> lid = user.child("lid").flatMap(told -> told.jid("val"));
                return Verdict.done(
                        Person.of(user.jid("pn_jid").or(() -> user.jid("jid")), lid.or(() -> user.jid("jid"))));
            }
            if (contact.filter(each -> each.is("type", "out") || each.is("type", "invalid"))
                    .isPresent()) {
                return Verdict.done(Optional.empty());
            }
        }
        return list.get().children("user").isEmpty() ? Verdict.done(Optional.empty()) : new Verdict.Verify<>(0);
    }

    @Override
    public Verdict<Optional<Person>> refused(
            Attempt<Node, Optional<Person>> attempt, Answer.Refused error, long reminder) {
        return error.code() == 429 ? Verdict.limited(error.backoff()) : Verdict.refused(Refusal.OTHER, error.code());
    }
}
