package io.tidemark.query.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of IPv4 or IPv6 with the same beginning, as CIDR writes them: {@code 10.0.0.0/8}, {@code fd00::/8}; or a single
 * one.
 *
 * @param address the first of them, 4 or 16 bytes
 * @param bits how many bits all of them share
 */
public record AddressRange(InetAddress address, int bits) {
    private static final Pattern DECIMALS =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern RANGE = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

    public AddressRange {
        int all = address.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("a range has from 0 to " + all + " bits");
        }
        if (!Arrays.equals(address.getAddress(), beginning(address, bits))) {
            throw new IllegalArgumentException("an address has bits beyond those of its range");
        }
    }

    /** Empty where the text is neither a range nor an address; a range whose address has further bits is a slip and none. */
    public static Optional<AddressRange> parse(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return Optional.empty();
        }
        return literal(range.group(1)).flatMap(address -> of(address, range.group(2) == null ? "" : range.group(2)));
    }

    private static Optional<AddressRange> of(InetAddress address, String bits) {
        int all = address.getAddress().length * Byte.SIZE;
        int shared = bits.isEmpty() ? all : Integer.parseInt(bits);
        boolean sound = shared <= all && Arrays.equals(address.getAddress(), beginning(address, shared));
        return sound ? Optional.of(new AddressRange(address, shared)) : Optional.empty();
    }

    /** An address that is written as one: nothing is looked up. An IPv4 address within IPv6 is the IPv4 address. */
    static Optional<InetAddress> literal(String text) {
        boolean decimals = DECIMALS.matcher(text).matches();
        if (!decimals && !(text.contains(":") && COLONS.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(decimals ? text : "[" + text + "]"));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    /** Never of the other family: {@code 0.0.0.0/0} says nothing of IPv6. */
    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && Arrays.equals(beginning(other, bits), address.getAddress());
    }

    private static byte[] beginning(InetAddress of, int bits) {
        byte[] bytes = of.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            bytes[i] &= (byte) (0xff00 >> kept);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
