package io.greenfinch.client.contact;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.UsyncErrors;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Asks whether somebody is on WhatsApp, and under which names (specification §13).
 *
 * @param named told of two names of one person, on the session's thread
 */
record RegistrationQuestion(Jid number, BiConsumer<Jid, Jid> named) implements Question<Registration> {

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
    public Verdict<Registration> result(Attempt<Node, Registration> attempt, Node stanza, long reminder) {
        Optional<Verdict<Registration>> failure = UsyncErrors.verdict(stanza, "contact");
        if (failure.isPresent()) {
            return failure.get();
        }
        Optional<Node> list = stanza.child("usync").flatMap(usync -> usync.child("list"));
        if (list.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        for (Node user : list.get().children("user")) {
            Optional<Node> contact = user.child("contact");
            if (contact.filter(each -> each.is("type", "in")).isPresent()) {
                List<Jid> names = Stream.of(
                                user.jid("pn_jid"),
                                user.jid("jid"),
                                user.child("lid").flatMap(told -> told.jid("val")))
                        .flatMap(Optional::stream)
                        .map(Jid::account)
                        .toList();
                Optional<Jid> pn = names.stream().filter(Jid::isPn).findFirst();
                Optional<Jid> lid = names.stream().filter(Jid::isLid).findFirst();
                pn.ifPresent(one -> lid.ifPresent(other -> named.accept(one, other)));
                return Verdict.done(new Registration(pn, lid, false));
            }
            if (contact.filter(each -> each.is("type", "out") || each.is("type", "invalid"))
                    .isPresent()) {
                return Verdict.done(Registration.NOBODY);
            }
        }
        return list.get().children("user").isEmpty() ? Verdict.done(Registration.NOBODY) : new Verdict.Verify<>(0);
    }

    @Override
    public Verdict<Registration> refused(Attempt<Node, Registration> attempt, Answer.Refused error, long reminder) {
        return error.judged();
    }
}
