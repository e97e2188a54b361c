package io.tidemark.streams.reading;

/**
 * Names a question that partitions answer, on its way between instances. Question and answer are records that Jackson writes and reads
 * as they are.
 *
 * @param name lower-case letters and hyphens; final, because instances of two releases speak to each other
 */
public record PartKind<Q, A>(String name, Class<Q> question, Class<A> answer) {

    public PartKind {
        if (!name.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("no name of a question: " + name);
        }
    }
}
