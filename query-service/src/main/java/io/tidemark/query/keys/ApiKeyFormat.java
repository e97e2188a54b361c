package io.tidemark.query.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Keys of ours: {@code tm_<env>_<id>_<secret><crc>}. The prefix lets scanners find a leaked key, the id names it without
 * giving it away, the checksum tells a mistyped key from a wrong one without asking.
 */
public final class ApiKeyFormat {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 8;
    /** 62^43 is a little more than 2^256. */
    private static final int SECRET_LENGTH = 43;

    private static final int CRC_LENGTH = 6;
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9]{1,16}");
    private static final Pattern SHAPE = Pattern.compile("tm_[a-z0-9]{1,16}_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");

    private ApiKeyFormat() {}

    /**
     * A new key.
     *
     * @param environment 1 to 16 lower-case letters and digits, such as {@code live} or {@code dev}
     */
    public static String generate(String environment, SecureRandom random) {
        if (!isEnvironment(environment)) {
            throw new IllegalArgumentException("not the name of an environment: " + environment);
        }
        String open = "tm_" + environment + "_" + digits(ID_LENGTH, random) + "_" + digits(SECRET_LENGTH, random);
        return open + checksum(open);
    }

    /** Whether it has 1 to 16 lower-case letters and digits. */
    public static boolean isEnvironment(String text) {
        return ENVIRONMENT.matcher(text).matches();
    }

    /** What names a key of this format. */
    public static String id(String key) {
        int end = key.lastIndexOf('_');
        return key.substring(end - ID_LENGTH, end);
    }

    /** Whether a key is of this format at all; operators may choose keys of their own. */
    public static boolean isOurs(String key) {
        return SHAPE.matcher(key).matches();
    }

    /** Whether a key of this format was typed right. */
    public static boolean checksumHolds(String key) {
        int end = key.length() - CRC_LENGTH;
        return isOurs(key) && checksum(key.substring(0, end)).equals(key.substring(end));
    }

    private static String digits(int length, SecureRandom random) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return text.toString();
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        var digits = new StringBuilder(CRC_LENGTH);
        for (int i = 0; i < CRC_LENGTH; i++) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return digits.reverse().toString();
    }
}
