package io.tidemark.dev.registry;

import java.util.Collection;

/** A refusal as Confluent documents it: an error code, whose first three digits are the HTTP status, and a sentence. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    private Fault(int code, String message) {
        // No stack trace: it is an answer, not a bug.
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    int status() {
        return code < 1_000 ? code : code / 100;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    static Fault badRequest(String why) {
        return new Fault(400, why);
    }

    static Fault unsupportedMediaType(String type) {
        return new Fault(415, "Content type " + type + " is not JSON");
    }

    static Fault incompatible(String subject, Collection<String> details) {
        return new Fault(
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + details);
    }

    static Fault subjectNotFound(String subject) {
        return new Fault(40401, "Subject '" + subject + "' not found.");
    }

    static Fault versionNotFound(VersionId version) {
        return new Fault(40402, "Version " + version + " not found.");
    }

    static Fault schemaNotFound() {
        return new Fault(40403, "Schema not found");
    }

    static Fault schemaNotFound(int id) {
        return new Fault(40403, "Schema " + id + " not found");
    }

    static Fault subjectSoftDeleted(String subject) {
        return new Fault(40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
    }

    static Fault subjectNotSoftDeleted(String subject) {
        return new Fault(40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }

    static Fault versionSoftDeleted(StoredSchema it) {
        return new Fault(
                40406,
                "Subject '" + it.subject() + "' Version " + it.version()
                        + " was soft deleted. Set permanent=true to delete permanently");
    }

    static Fault versionNotSoftDeleted(StoredSchema it) {
        return new Fault(
                40407,
                "Subject '" + it.subject() + "' Version " + it.version()
                        + " was not deleted first before being permanently deleted");
    }

    static Fault noLevelOf(String subject) {
        return new Fault(40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static Fault noModeOf(String subject) {
        return new Fault(40409, "Subject '" + subject + "' does not have subject-level mode configured");
    }

    static Fault invalidSchema(String why) {
        return new Fault(42201, "Invalid schema: " + why);
    }

    static Fault invalidVersion(String version) {
        return new Fault(
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    static Fault invalidLevel() {
        return new Fault(
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive,"
                        + " forward_transitive, and full_transitive");
    }

    static Fault invalidMode() {
        return new Fault(42204, "Invalid mode. Valid values are READWRITE, READONLY, READONLY_OVERRIDE, and IMPORT");
    }

    static Fault notPermitted(String why) {
        return new Fault(42205, why);
    }

    static Fault referenced(StoredSchema it) {
        return new Fault(
                42206,
                "One or more references exist to the schema of subject '" + it.subject() + "' version " + it.version());
    }

    static Fault storeFailed(String why) {
        return new Fault(50001, "Error in the backend data store: " + why);
    }
}
