package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeTest {

    private final Node node = Node.element("iq")
            .attribute("id", "7")
            .attribute("from", Jid.group("120363"))
            .child(Node.text("subject", "a secret"))
            .child(Node.empty("participant"))
            .child(Node.empty("participant"))
            .build();

    @Test
    void findsChildrenByTag() {
        assertThat(node.child("subject"))
                .hasValueSatisfying(child -> assertThat(child.contentText()).isEqualTo("a secret"));
        assertThat(node.children("participant")).hasSize(2);
        assertThat(node.child("body")).isEmpty();
    }

    @Test
    void readsAttributesAsWhatTheyAre() {
        assertThat(node.number("id")).hasValue(7);
        assertThat(node.number("from")).isEmpty();
        assertThat(node.jid("from")).contains(Jid.group("120363"));
        assertThat(node.jid("id")).isEmpty();
        assertThat(node.is("from", "120363@g.us")).isTrue();
        assertThat(node.attribute("to")).isEmpty();
    }

    @Test
    void readsNoNumberOutOfAnythingElse() {
        for (String text : new String[] {"-1", "+1", "1.0", "1e3", "٣", " 1", "1234567890123456789"}) {
            assertThat(Node.element("x").attribute("n", text).build().number("n"))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void hidesContentInItsText() {
        assertThat(node)
                .hasToString("<iq id=\"7\" from=\"120363@g.us\">"
                        + "<subject>[8 bytes]</subject><participant/><participant/></iq>");
    }

    @Test
    void leavesEmptyAttributesOut() {
        assertThat(Node.element("x").attribute("a", "").build().has("a")).isFalse();
    }

    @Test
    void refusesChildrenBesideBytes() {
        assertThatThrownBy(
                        () -> Node.element("x").text("a").child(Node.empty("y")).build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBuilderFromAnElementStartsWithAllOfIt() {
        assertThat(node.toBuilder().build()).isEqualTo(node).hasSameHashCodeAs(node);
        assertThat(node.toBuilder().attribute("id", "8").build()).isNotEqualTo(node);
    }
}
