package io.tidemark.query.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What lies in our jars, by its path from their root. */
public final class Resource {
    private Resource() {}

    public static byte[] read(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A file of a WebJar. The version is the one that the jar's own POM names: a WebJar has it in its paths.
     *
     * @param group the Maven group, {@code org.webjars} or {@code org.webjars.npm}
     */
    public static byte[] ofWebJar(String group, String artifact, String file) {
        var pom = new Properties();
        try (InputStream in = open("/META-INF/maven/" + group + "/" + artifact + "/pom.properties")) {
            pom.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return read("/META-INF/resources/webjars/" + artifact + "/" + pom.getProperty("version") + "/" + file);
    }

    private static InputStream open(String path) {
        InputStream in = Resource.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("not in a jar: " + path);
        }
        return in;
    }
}
