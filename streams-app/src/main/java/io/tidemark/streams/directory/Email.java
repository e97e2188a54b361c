package io.tidemark.streams.directory;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/** When two e-mail addresses are the same to us: however they were typed, one mailbox has one customer. */
public final class Email {
    private Email() {}

    /**
     * What all spellings of an address have in common: its characters in one form, in lower case, without blanks around, the
     * domain as DNS has it. Mail systems may tell {@code Ann@} from {@code ann@}; people do not.
     */
    public static String fold(String address) {
        String lower = nfkc(nfkc(address).toLowerCase(Locale.ROOT)).strip();
        int at = lower.lastIndexOf('@');
        return at < 0 ? lower : lower.substring(0, at + 1) + ascii(lower.substring(at + 1));
    }

    private static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /** A domain that DNS cannot have is compared as it is. */
    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noDomain) {
            return domain;
        }
    }
}
