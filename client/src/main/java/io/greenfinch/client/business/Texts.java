package io.greenfinch.client.business;

import io.greenfinch.protocol.binary.Node;
import java.net.URI;
import java.net.URISyntaxException;

/** Texts that strangers have written, out of the elements that hold them. */
final class Texts {

    /** No text of a profile or a product is as long. */
    private static final int LONGEST = 10_000;

    private Texts() {}

    /** What the child of this name holds; empty where there is none, or nothing that could be meant. */
    static String of(Node parent, String child) {
        return parent.child(child)
                .map(Node::contentText)
                .filter(text -> text.length() <= LONGEST)
                .orElse("");
    }

    /** An address of the web; empty for any other: hosts pass them on to browsers. */
    static String web(Node parent, String child) {
        String text = of(parent, child);
        try {
            String scheme = new URI(text).getScheme();
            return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme) ? text : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
