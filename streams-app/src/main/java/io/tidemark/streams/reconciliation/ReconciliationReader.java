package io.tidemark.streams.reconciliation;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.accounts.StoredTallies;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import java.util.List;

/** Says of partitions what became of their records, hour by hour. */
public final class ReconciliationReader implements PartReader<TallyQuestion, Reconciliation> {
    public static final PartKind<TallyQuestion, Reconciliation> KIND =
            new PartKind<>("reconciliation", TallyQuestion.class, Reconciliation.class);

    private final StoredTallies tallies;
    private final StoredProgress progress;

    public ReconciliationReader(StoredTallies tallies, StoredProgress progress) {
        this.tallies = tallies;
        this.progress = progress;
    }

    @Override
    public PartKind<TallyQuestion, Reconciliation> kind() {
        return KIND;
    }

    @Override
    public Reconciliation read(TallyQuestion question, int partition) {
        return new Books(partition, tallies.of(partition), progress::topic).of(question);
    }

    @Override
    public Reconciliation merge(TallyQuestion question, List<Reconciliation> parts) {
        return Reconciliation.merge(parts);
    }
}
