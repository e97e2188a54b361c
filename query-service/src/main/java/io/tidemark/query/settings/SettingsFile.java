package io.tidemark.query.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings in a Java properties file in UTF-8, as Kafka's own tools have them. */
final class SettingsFile {
    private SettingsFile() {}

    /** What it says, by name; adds a fault where it cannot be read or says something twice. */
    static Map<String, String> read(Path file, List<String> faults) {
        var twice = new ArrayList<String>();
        var lines = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object name, Object value) {
                if (containsKey(name)) {
                    twice.add(String.valueOf(name));
                }
                return super.put(name, value);
            }
        };
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            faults.add("settings file " + file + " cannot be read: " + unreadable);
        }
        twice.stream().distinct().forEach(name -> faults.add(file + ": " + name + " is given twice"));
        var settings = new TreeMap<String, String>();
        lines.stringPropertyNames().forEach(name -> settings.put(name, lines.getProperty(name)));
        return settings;
    }
}
