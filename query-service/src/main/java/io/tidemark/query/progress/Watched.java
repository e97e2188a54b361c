package io.tidemark.query.progress;

/** A work that says how far it is; asked by another thread than its own. */
public interface Watched {
    /** Its name. */
    String task();

    /** What is counted, in the plural. */
    String unit();

    /** How many it will be, as far as is known; 0 until anything is. */
    long total();

    /** How many are done, also by a run before this one. */
    long done();

    /** The same when it began. */
    default long doneBefore() {
        return 0;
    }

    /** What is not as it should be, as the end of a sentence; empty where all is. */
    String troubles();

    /**
     * How far it is.
     *
     * @param nanos since it began
     */
    String line(long nanos);
}
