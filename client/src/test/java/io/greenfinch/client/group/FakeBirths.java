package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A service that knows our groups, on a wire without a network. For one thread. */
final class FakeBirths implements Wire, Births {

    static final Jid SELF = Jid.pn("15550001001");
    static final Jid BOB = Jid.pn("15550001002");

    /** Carries a request to create a group out, or does not. */
    interface Maker {
        Answer make(String subject, String key);
    }

    final SteppedClock clock = SteppedClock.atSomeTime();
    final Map<Jid, KnownGroup> groups = new LinkedHashMap<>();
    final Map<String, Birth> expected = new LinkedHashMap<>();
    final List<Jid> told = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Maker onCreate = (subject, _) -> answer(node(found(subject), subject));
    Answer onList = new Answer.NotLinked();
    boolean hidden;
    long creation;

    Jid found(String subject) {
        Jid group = Jid.group(Long.toString(120363000000000001L + groups.size()));
        groups.put(group, GroupAnswers.created(answer(node(group, subject))).orElseThrow());
        return group;
    }

    /** The notification of a group comes, under the key of the request. */
    void tell(String key, Jid group) {
        KnownGroup known = groups.get(group);
        Birth birth = expected.get(key);
        assertThat(birth).isNotNull();
        if (known != null && birth != null) {
            birth.told(known);
        }
    }

    private static Node.Builder node(Jid group, String subject) {
        return Node.element("group")
                .attribute("id", group)
                .attribute("subject", subject)
                .attribute("creator", SELF)
                .child(Node.element("participant").attribute("jid", SELF))
                .child(Node.element("participant").attribute("jid", BOB));
    }

    private static Answer answer(Node.Builder child) {
        return Answer.of(
                Node.element("iq").attribute("type", "result").child(child).build());
    }

    @Override
    public Answer ask(Node request, Instant deadline, Exchange exchange) {
        Node child = request.children().getFirst();
        asked.add(child.tag());
        exchange.sent();
        Answer answer = child.tag().equals("create")
                ? onCreate.make(
                        child.attribute("subject").orElseThrow(),
                        child.attribute("key").orElseThrow())
                : list();
        exchange.answered(answer);
        return answer;
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
    public boolean awaitOnline(Instant deadline) {
        return true;
    }

    @Override
    public boolean pause(Instant until) {
        clock.set(until);
        return true;
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
    public void expect(String key, Birth birth) {
        expected.put(key, birth);
    }

    @Override
    public void expectNoMore(String key) {
        expected.remove(key);
    }
}
