package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers answer at the door, in all forms. */
final class JoinAnswersTest {

    private static Node iq(Node.Builder child) {
        return Node.element("iq").attribute("type", "result").child(child).build();
    }

    @Test
    void readsHowWeCameIn() {
        Joined in = new Joined(FakeJoining.GROUP, false);
        for (Node.Builder form : new Node.Builder[] {
            Node.element("group").attribute("jid", FakeJoining.GROUP),
            Node.element("group").attribute("jid", FakeJoining.GROUP.toString()),
            Node.element("group").attribute("id", "120363000000000001")
        }) {
            assertThat(JoinAnswers.joined(iq(form))).hasValue(in);
        }
        assertThat(JoinAnswers.joined(
                        iq(Node.element("membership_approval_request").attribute("jid", FakeJoining.GROUP))))
                .hasValue(new Joined(FakeJoining.GROUP, true));
        assertThat(JoinAnswers.joined(iq(Node.element("group").attribute("jid", JoinDecisionsTest.ANNA))))
                .isEmpty();
        assertThat(JoinAnswers.joined(Node.empty("iq"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "../x", "é", "?a=b"})
    void aCodeIsFitForALink(String text) {
        assertThat(JoinAnswers.link(iq(Node.element("invite").attribute("code", text))))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new InviteCode(text));
    }

    @Test
    void codesAreNotShown() {
        assertThat(new InviteCode("Secret1").toString()).doesNotContain("Secret1");
        assertThat(new Invitation(FakeJoining.GROUP, JoinDecisionsTest.ANNA, "Secret1", Instant.EPOCH).toString())
                .doesNotContain("Secret1");
        assertThatIllegalArgumentException().isThrownBy(() -> new InviteCode("x".repeat(65)));
    }

    @Test
    void aSizeIsNeverLessThanThoseWhoAreListed() {
        Node.Builder group = Node.element("group")
                .attribute("id", FakeJoining.GROUP)
                .attribute("size", 0)
                .child(Node.element("participant").attribute("jid", JoinDecisionsTest.ANNA));
        assertThat(JoinAnswers.found(iq(group)).orElseThrow().size()).isEqualTo(1);
        group.attribute("size", "99999999999999");
        assertThat(JoinAnswers.found(iq(group)).orElseThrow().size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(JoinAnswers.found(iq(group), Jid.group("5"))).isEmpty();
    }

    @Test
    void readsRequestsInEveryForm() {
        Node.Builder list = Node.element("membership_approval_requests")
                .child(Node.element("membership_approval_request")
                        .attribute("jid", JoinDecisionsTest.ANNA)
                        .attribute("phone_number", Jid.pn("15550001002"))
                        .attribute("request_method", "non_admin_add")
                        .attribute("requestor", Jid.lid("9")))
                .child(Node.element("membership_approval_request")
                        .attribute("jid", Jid.pn("15550001003"))
                        .attribute("request_method", "something_new")
                        .attribute("requestor", FakeJoining.GROUP))
                .child(Node.element("membership_approval_request").attribute("jid", "nobody"))
                .child(Node.element("participant").attribute("jid", JoinDecisionsTest.ANNA));

        assertThat(JoinAnswers.requests(iq(list)).orElseThrow())
                .satisfiesExactly(
                        one -> {
                            assertThat(one.person().pn()).hasValue(Jid.pn("15550001002"));
                            assertThat(one.person().lid()).hasValue(JoinDecisionsTest.ANNA);
                            assertThat(one.method()).isEqualTo(JoinRequest.Method.NON_ADMIN_ADD);
                            assertThat(one.requestor()).hasValue(Jid.lid("9"));
                            assertThat(one.at()).isEqualTo(Instant.EPOCH);
                        },
                        other -> {
                            assertThat(other.method()).isEqualTo(JoinRequest.Method.OTHER);
                            assertThat(other.requestor()).isEqualTo(Optional.empty());
                        });
        assertThat(JoinAnswers.requests(Node.empty("iq"))).isEmpty();
    }
}
