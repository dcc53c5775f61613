package io.greenfinch.interop.program;

/** What the tests may expect of the machine they run on. */
public final class Machine {
    private Machine() {}

    /** Whether {@code CI} is set: then nothing may be skipped for want of a tool. */
    public static boolean isCi() {
        String ci = System.getenv("CI");
        return ci != null && !ci.isEmpty();
    }
}
