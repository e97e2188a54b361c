package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PageKeyTest {
    private static final List<String> TENANTS = List.of("a", "a-", "ab", "b");
    private static final List<String> CUSTOMERS =
            List.of("a", "a ", "a/", "ab", "\u00e9", "\uffff", "\ud83d\ude00", "x".repeat(256));
    private static final List<String> METERS = List.of("m", "m.", "mm");
    private static final Comparator<String> BY_BYTES =
            (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
    private static final Comparator<PageKey> BY_PARTS = Comparator.comparing(PageKey::tenant, BY_BYTES)
            .thenComparing(key -> key.granularity().code())
            .thenComparing(PageKey::period)
            .thenComparing(PageKey::customer, BY_BYTES)
            .thenComparing(key -> key.series().kind().code())
            .thenComparing(key -> key.series().meter())
            .thenComparing(key -> key.series().currency());

    @Test
    void sortsAsItsPartsDo() {
        List<PageKey> keys = keys(600);
        var byParts = new ArrayList<>(keys);
        byParts.sort(BY_PARTS);
        var byBytes = new ArrayList<>(keys);
        byBytes.sort(Comparator.comparing(PageKey::toBytes));
        assertThat(byBytes).isEqualTo(byParts);
    }

    @Test
    void isAnotherForOtherParts() {
        List<PageKey> keys = keys(600);
        var bytes = new HashSet<Bytes>();
        keys.forEach(key -> bytes.add(key.toBytes()));
        assertThat(bytes).hasSameSizeAs(new HashSet<>(keys));
    }

    @Test
    void readsBackWhoseItIs() {
        for (PageKey key : keys(200)) {
            Bytes bytes = key.toBytes();
            assertThat(PageKey.tenantOf(bytes)).isEqualTo(key.tenant());
            PageKey.Tail tail = PageKey.tailOf(bytes.get(), key.tenant().getBytes(UTF_8).length);
            assertThat(tail).isEqualTo(new PageKey.Tail(key.customer(), key.series()));
        }
    }

    @Test
    void beginsLikeEveryKeyOfItsPeriodAndNoOther() {
        for (PageKey key : keys(200)) {
            Bytes from = PageKey.prefix(key.tenant(), key.granularity(), key.period())
                    .toKey();
            Bytes to = PageKey.prefix(key.tenant(), key.granularity(), key.period() + 1)
                    .toKey();
            assertThat(key.toBytes()).isGreaterThanOrEqualTo(from).isLessThan(to);
        }
    }

    @Test
    void neverChangesItsLayout() {
        var key = new PageKey("t", Granularity.DAY, 20_000, "c", new Series(EventKind.USAGE, "m", "", "USD"));
        assertThat(HexFormat.of().formatHex(key.toBytes().get()))
                .isEqualTo("02" + "7400" + "02" + "00004e20" + "6300" + "02" + "6d00" + "00" + "555344");
        var free = new PageKey("t", Granularity.HOUR, 1, "c", new Series(EventKind.REQUEST, "m", "", ""));
        assertThat(HexFormat.of().formatHex(free.toBytes().get()))
                .isEqualTo("02" + "7400" + "03" + "00000001" + "6300" + "01" + "6d00" + "00" + "000000");
    }

    private static List<PageKey> keys(int many) {
        var random = new Random(6);
        var keys = new ArrayList<PageKey>();
        for (int i = 0; i < many; i++) {
            keys.add(new PageKey(
                    TENANTS.get(random.nextInt(TENANTS.size())),
                    List.of(Granularity.values()).get(random.nextInt(3)),
                    random.nextInt(3) == 0 ? random.nextInt(3) : 490_000 + random.nextInt(300),
                    CUSTOMERS.get(random.nextInt(CUSTOMERS.size())),
                    new Series(
                            random.nextBoolean() ? EventKind.REQUEST : EventKind.USAGE,
                            METERS.get(random.nextInt(METERS.size())),
                            "",
                            random.nextBoolean() ? "" : "EUR")));
        }
        return keys;
    }
}
