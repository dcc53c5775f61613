package io.greenfinch.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar that this class came in. */
public final class Version implements IVersionProvider {

    /** A version, or that there is none. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"greenfinch " + text()};
    }
}
