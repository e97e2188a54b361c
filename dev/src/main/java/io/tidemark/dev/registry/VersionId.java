package io.tidemark.dev.registry;

/** A version as it stands in an address: a number from 1, or the latest one. */
record VersionId(int number) {
    static final VersionId LATEST = new VersionId(-1);

    static VersionId parse(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return LATEST;
        }
        try {
            var number = Integer.parseInt(text);
            if (number > 0) {
                return new VersionId(number);
            }
        } catch (NumberFormatException notANumber) {
            throw Fault.invalidVersion(text);
        }
        throw Fault.invalidVersion(text);
    }

    boolean isLatest() {
        return number == LATEST.number;
    }

    @Override
    public String toString() {
        return isLatest() ? "latest" : Integer.toString(number);
    }
}
