package io.greenfinch.app.operator;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.protocol.text.Printable;
import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/**
 * What a command prints: lines for people, or JSON for programs. Nothing of what servers and people have written reaches a terminal
 * as it is where it could do anything there; in JSON it is escaped, and read as it was.
 */
public record Output(PrintWriter out, boolean json) {

    /** A line for people. */
    public void line(String text) {
        print(text);
    }

    /** A value for programs, on a line. */
    public void value(JsonNode value) {
        // What is escaped stands inside of texts, for JSON has such characters nowhere else.
        print(value.toString());
    }

    private void print(String text) {
        out.println(Printable.of(text).stripTrailing());
        if (out.checkError()) {
            throw new RefusedException("Standard output takes nothing any more.");
        }
    }
}
