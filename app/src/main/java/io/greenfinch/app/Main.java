package io.greenfinch.app;

/** The command line. It has no commands yet. */
public final class Main {
    private Main() {}

    /** Prints the usage to standard error and exits with 2, the code for bad usage. */
    public static void main(String[] args) {
        System.err.println("usage: greenfinch sandbox | serve | simulator | test | bench");
        System.exit(2);
    }
}
