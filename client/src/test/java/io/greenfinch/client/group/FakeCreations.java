package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A service that knows our groups, on a wire without a network. For one thread. */
final class FakeCreations extends SteppedWire implements PartialGroupState {

    static final Jid SELF = Jid.pn("15550001001");
    static final Jid BOB = Jid.pn("15550001002");

    /** Carries a request to create a group out, or does not. */
    interface Maker {
        Answer make(String subject, String key);
    }

    final Map<Jid, KnownGroup> groups = new LinkedHashMap<>();
    final Map<String, Consumer<KnownGroup>> expected = new LinkedHashMap<>();
    final List<Jid> told = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Maker onCreate = (subject, _) -> answer(node(found(subject), subject));
    Answer onList = new Answer.NotLinked();
    Consumer<Request> onSent = request -> {};
    boolean hidden;
    boolean community;
    boolean willSend = true;
    long creation;

    Jid found(String subject) {
        Jid group = Jid.group(Long.toString(120363000000000001L + groups.size()));
        groups.put(group, GroupParser.parse(node(group, subject).build()).orElseThrow());
        return group;
    }

    /** Makes a group, and says so. */
    Answer made(String subject) {
        return answer(node(found(subject), subject));
    }

    /** The notification of a group comes, under the key of the request. */
    void tell(String key, Jid group) {
        KnownGroup known = groups.get(group);
        Consumer<KnownGroup> birth = expected.get(key);
        assertThat(birth).isNotNull();
        if (known != null && birth != null) {
            birth.accept(known);
        }
    }

    private Node.Builder node(Jid group, String subject) {
        Node.Builder node = Node.element("group")
                .attribute("id", group)
                .attribute("subject", subject)
                .attribute("creator", SELF)
                .attribute("size", 2)
                .child(Node.element("participant").attribute("jid", SELF))
                .child(Node.element("participant").attribute("jid", BOB));
        return community ? node.child(Node.element("parent")) : node;
    }

    private static Answer answer(Node.Builder child) {
        return Answer.of(
                Node.element("iq").attribute("type", "result").child(child).build());
    }

    @Override
    public void send(Request request) {
        if (!clock.instant().isBefore(request.deadline())) {
            request.complete(new Answer.NotSent());
            return;
        }
        Node child = request.stanza().children().getFirst();
        boolean create = child.tag().equals("create");
        if (!create || willSend) {
            asked.add(child.tag());
            request.send();
            if (create) {
                onSent.accept(request);
            }
        }
        Answer answer = create
                ? onCreate.make(
                        child.attribute("subject").orElseThrow(),
                        child.attribute("key").orElseThrow())
                : list();
        if (!(answer instanceof Answer.Unanswered)) {
            request.complete(answer);
        }
    }

    private Answer list() {
        if (!(onList instanceof Answer.NotLinked)) {
            return onList;
        }
        Node.Builder list = Node.element("groups");
        groups.values()
                .forEach(known -> list.child(
                        node(known.group().id(), known.group().subject()).attribute("creation", creation)));
        return answer(list);
    }

    @Override
    public Set<Jid> known() {
        return hidden ? Set.of() : Set.copyOf(groups.keySet());
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public boolean isSelf(Person person) {
        return person.is(SELF);
    }

    @Override
    public void created(KnownGroup group) {
        told.add(group.group().id());
    }

    @Override
    public void expect(String key, Consumer<KnownGroup> birth) {
        expected.put(key, birth);
    }

    @Override
    public void expectNoMore(String key) {
        expected.remove(key);
    }
}
