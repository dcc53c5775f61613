package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A wire without a network: answers come from the test; {@code Unanswered} is silence. */
final class ScriptedWire extends SteppedWire {

    /** What the server says to a request. */
    interface Reply {
        Answer to(Node request);
    }

    private final Deque<Reply> leaves = new ArrayDeque<>();
    private final Map<Jid, Deque<Reply>> queries = new HashMap<>();
    final List<List<Jid>> leaveRequests = Collections.synchronizedList(new ArrayList<>());
    final List<Jid> queried = Collections.synchronizedList(new ArrayList<>());
    final List<Request> sent = Collections.synchronizedList(new ArrayList<>());
    boolean online = true;
    Runnable beforeAnswer = () -> {};

    /** The answers to leaves, one after the other; the last one stays. */
    final void leaves(Reply... answers) {
        leaves.clear();
        leaves.addAll(List.of(answers));
    }

    /** The answers to queries of a group, one after the other; the last one stays. */
    final void queries(Jid group, Reply... answers) {
        queries.put(group, new ArrayDeque<>(List.of(answers)));
    }

    @Override
    public void send(Request request) {
        if (!online || !clock.instant().isBefore(request.deadline())) {
            request.complete(new Answer.NotSent());
            return;
        }
        request.send();
        Answer answer = next(request.stanza()).to(request.stanza());
        sent.add(request);
        if (request.stanza().child("leave").isPresent()) {
            beforeAnswer.run();
        }
        if (!(answer instanceof Answer.Unanswered)) {
            request.complete(answer);
        }
    }

    private synchronized Reply next(Node request) {
        Deque<Reply> answers;
        if (request.child("leave").isPresent()) {
            leaveRequests.add(asked(request));
            answers = leaves;
        } else {
            Jid group = request.jid("to").orElseThrow();
            queried.add(group);
            answers = queries.getOrDefault(group, new ArrayDeque<>());
        }
        if (answers.isEmpty()) {
            throw new AssertionError("no answer was expected to " + request);
        }
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    static List<Jid> asked(Node request) {
        List<Jid> groups = new ArrayList<>();
        for (Node group : request.child("leave").orElseThrow().children()) {
            groups.add(group.jid(group.tag().equals("group") ? "id" : "parent_group_jid")
                    .orElseThrow());
        }
        return groups;
    }

    @Override
    public boolean awaitOnline(Instant deadline) {
        if (!online) {
            clock.set(deadline);
        }
        return online;
    }
}
