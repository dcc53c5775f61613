package io.greenfinch.app;

import java.util.Arrays;

/** The command line. It tells its version; commands come with the parts they start. */
public final class Main {
    private Main() {}

    /** Prints the version and exits with 0, or the usage and exits with 2, the code for bad usage. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--version")) {
            System.out.println("greenfinch " + Main.class.getPackage().getImplementationVersion());
            return;
        }
        System.err.println("usage: greenfinch sandbox | serve | simulator | test | bench");
        System.exit(2);
    }
}
