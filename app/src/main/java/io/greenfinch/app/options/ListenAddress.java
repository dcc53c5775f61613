package io.greenfinch.app.options;

import io.greenfinch.app.cli.UsageException;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to listen: {@code host:port}, {@code [ipv6]:port}, or a host alone; {@code *} is every address of this machine,
 * port 0 picks a free one.
 *
 * @param host a name or a literal address, without brackets
 * @param port 0 to 65535; empty for the usual one
 */
public record ListenAddress(String host, OptionalInt port) {

    private static final String ALL = "0.0.0.0";

    public ListenAddress(String host, int port) {
        this(host, OptionalInt.of(port));
    }

    public static ListenAddress parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        String digits = colon < 0 ? "" : text.substring(colon + 1);
        boolean known = colon < 0 || (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 0xFFFF);
        String bare = bracket > 0 && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || !known || bare.matches("[0-9]+") || bare.matches(".*[\\[\\]/\\s].*")) {
            throw new IllegalArgumentException("'" + text + "' is not host:port, e.g. 127.0.0.1:8080 or [::1]:8080");
        }
        return new ListenAddress(
                bare.equals("*") ? ALL : bare,
                colon < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits)));
    }

    /** Whether this is no single address of the machine, but all of them. */
    public boolean isEveryAddress() {
        return host.equals(ALL) || host.matches("[0:]+");
    }

    /**
     * The address to bind.
     *
     * @throws UsageException when there is no host of this name
     */
    public InetSocketAddress socketAddress(int usualPort) {
        InetSocketAddress address = new InetSocketAddress(host, port.orElse(usualPort));
        if (address.isUnresolved()) {
            throw new UsageException("There is no host '" + host + "' to listen on.");
        }
        return address;
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return port.isPresent() ? literal + ":" + port.getAsInt() : literal;
    }

    /** Reads the option's text. */
    public static final class Converter implements ITypeConverter<ListenAddress> {
        @Override
        public ListenAddress convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
