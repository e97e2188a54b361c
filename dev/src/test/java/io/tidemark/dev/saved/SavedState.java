package io.tidemark.dev.saved;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The data directory of {@code dev} as a release left it after a clean stop, with the answers it must give. */
record SavedState(String version) {
    private static final Path ALL = Path.of("src", "test", "resources", "saved");
    private static final String ARCHIVE = ".zip";

    /** Of every release that was saved, the oldest names first. */
    static List<SavedState> all() throws IOException {
        try (Stream<Path> files = Files.list(ALL)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ARCHIVE))
                    .map(name -> new SavedState(name.substring(0, name.length() - ARCHIVE.length())))
                    .sorted((one, other) -> one.version.compareTo(other.version))
                    .toList();
        }
    }

    /** Saves a directory nobody runs on; what was saved once is never overwritten. */
    static void save(String version, Path directory, SavedAnswers answers) throws IOException {
        var saved = new SavedState(version);
        if (Files.exists(saved.archive())) {
            throw new IllegalStateException(saved.archive() + " is there: a release is saved once");
        }
        Files.createDirectories(ALL);
        try (var zip = new ZipOutputStream(Files.newOutputStream(saved.archive()));
                Stream<Path> files = Files.walk(directory)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            files.filter(SavedState::isNeeded).sorted().forEach(file -> add(zip, directory, file));
        }
        answers.writeTo(saved.answersFile());
    }

    /** Locks mean nothing in an archive, and the journals of RocksDB are for people. */
    private static boolean isNeeded(Path path) {
        String name = path.getFileName().toString();
        return Files.isRegularFile(path) && !name.endsWith("lock") && !name.equals("LOCK") && !name.startsWith("LOG");
    }

    private static void add(ZipOutputStream zip, Path directory, Path file) {
        try {
            zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
            Files.copy(file, zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void unpackInto(Path directory) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.copy(zip, file);
            }
        }
    }

    SavedAnswers answers() throws IOException {
        return SavedAnswers.readFrom(answersFile());
    }

    private Path archive() {
        return ALL.resolve(version + ARCHIVE);
    }

    private Path answersFile() {
        return ALL.resolve(version + ".json");
    }

    @Override
    public String toString() {
        return version;
    }
}
