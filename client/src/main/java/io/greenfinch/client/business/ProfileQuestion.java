package io.greenfinch.client.business;

import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;

/** Asks for the profile of a business (specification §25); who is none has no {@code <profile>} in the answer. */
record ProfileQuestion(Jid person) implements BusinessQuestion<Optional<BusinessProfile>> {

    /** The version of the profile that is understood here. */
    private static final String VERSION = "244";

    Node stanza() {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "get")
                .attribute("xmlns", "w:biz")
                .child(Node.element("business_profile")
                        .attribute("v", VERSION)
                        .child(Node.element("profile").attribute("jid", person)))
                .build();
    }

    @Override
    public Verdict<Optional<BusinessProfile>> result(
            Attempt<Node, Optional<BusinessProfile>> attempt, Node stanza, long reminder) {
        return Verdict.done(told(stanza));
    }

    static Optional<BusinessProfile> told(Node stanza) {
        return stanza.child("business_profile")
                .flatMap(told -> told.child("profile"))
                .map(ProfileQuestion::profile);
    }

    private static BusinessProfile profile(Node told) {
        return new BusinessProfile(
                Texts.of(told, "description"),
                told.child("categories").map(all -> Texts.of(all, "category")).orElse(""),
                Texts.of(told, "email"),
                Texts.of(told, "address"),
                Texts.web(told, "website"));
    }

    @Override
    public Optional<BusinessProfile> nothing() {
        return Optional.empty();
    }
}
