package io.greenfinch.gateway.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps what callers name from leading into networks of the operator's own: of the addresses that a name stands for, only those
 * of the public internet are called (design §6). It is asked with what DNS has answered, for each connection anew. Immutable.
 *
 * @param everything whether the operator has allowed all addresses
 */
public record AddressGuard(boolean everything) {

    /** What is not the public internet, by the registries of IANA for special addresses (RFC 6890 and its successors). */
    private static final List<Block> SPECIAL = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 3));

    /** Only what is assigned for the whole internet is public in IPv6, and of that not everything. */
    private static final Block GLOBAL = Block.of("2000::", 3);

    private static final List<Block> SPECIAL_GLOBAL =
            List.of(Block.of("2001::", 23), Block.of("2001:db8::", 32), Block.of("2002::", 16), Block.of("3fff::", 20));

    /** Translates to the IPv4 address in its last four bytes (RFC 6052). */
    private static final Block TRANSLATED = Block.of("64:ff9b::", 96);

    private record Block(byte[] start, int bits) {

        static Block of(String start, int bits) {
            return new Block(InetAddress.ofLiteral(start).getAddress(), bits);
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            int whole = bits / 8;
            int mask = bits % 8 == 0 ? 0 : 0xff << (8 - bits % 8);
            return Arrays.equals(address, 0, whole, start, 0, whole)
                    && (mask == 0 || (address[whole] & mask) == (start[whole] & mask));
        }
    }

    /** Whether this address may be called. */
    public boolean admits(InetAddress address) {
        return everything
                || switch (address) {
                    case Inet4Address four -> isPublic(four.getAddress());
                    case Inet6Address six -> isPublicSix(six.getAddress());
                    default -> false;
                };
    }

    private static boolean isPublic(byte[] address) {
        return SPECIAL.stream().noneMatch(block -> block.holds(address));
    }

    private static boolean isPublicSix(byte[] address) {
        if (TRANSLATED.holds(address)) {
            return isPublic(Arrays.copyOfRange(address, 12, 16));
        }
        return GLOBAL.holds(address) && SPECIAL_GLOBAL.stream().noneMatch(block -> block.holds(address));
    }
}
