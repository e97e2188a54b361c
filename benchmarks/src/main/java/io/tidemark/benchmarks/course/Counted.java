package io.tidemark.benchmarks.course;

/**
 * What came of counting: the sums of all customers, as the finest, the middle and the coarsest spans of time that are kept
 * say it, and how many records were repeats. Equal for everybody who counted the same course.
 *
 * @param minutes out of the finest spans, for which a contestant can be asked to the minute
 * @param quarters out of the middle ones: quarter hours, or hours
 * @param days out of the coarsest
 */
public record Counted(long duplicates, Tally minutes, Tally quarters, Tally days) {

    /** Where all spans say the same. */
    public static Counted alike(long duplicates, Tally sums) {
        return new Counted(duplicates, sums, sums, sums);
    }

    /** Both together. */
    public Counted plus(Counted other) {
        return new Counted(
                duplicates + other.duplicates,
                minutes.plus(other.minutes),
                quarters.plus(other.quarters),
                days.plus(other.days));
    }
}
