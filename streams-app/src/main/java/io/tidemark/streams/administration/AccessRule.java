package io.tidemark.streams.administration;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What somebody must be allowed to do at a cluster that has an authorizer. */
public record AccessRule(String principal, ResourceType type, PatternType pattern, String name, Set<AclOperation> may) {
    private static final String CLUSTER = "kafka-cluster";

    public AccessRule {
        may = EnumSet.copyOf(may);
    }

    /** What instances need, to make topics included. */
    public static List<AccessRule> ofInstances(MeteringSettings settings, String principal) {
        var topics = Topics.withPrefix(settings.topicPrefix());
        String internal = settings.applicationId() + "-";
        Set<AclOperation> everyday = EnumSet.of(
                AclOperation.CREATE,
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.READ,
                AclOperation.WRITE);
        var rules = new ArrayList<AccessRule>();
        topics.all()
                .forEach(topic -> rules.add(
                        new AccessRule(principal, ResourceType.TOPIC, PatternType.LITERAL, topic.name(), everyday)));
        // It is emptied behind its reader.
        rules.add(new AccessRule(
                principal,
                ResourceType.TOPIC,
                PatternType.LITERAL,
                topics.rekey().name(),
                EnumSet.of(AclOperation.DELETE)));
        // The doctor looks how many replicas they have.
        ClusterChecks.INTERNAL.forEach(name -> rules.add(new AccessRule(
                principal, ResourceType.TOPIC, PatternType.LITERAL, name, EnumSet.of(AclOperation.DESCRIBE))));
        rules.add(new AccessRule(principal, ResourceType.TOPIC, PatternType.PREFIXED, internal, everyday));
        rules.add(new AccessRule(
                principal,
                ResourceType.GROUP,
                PatternType.LITERAL,
                settings.applicationId(),
                EnumSet.of(AclOperation.READ, AclOperation.DESCRIBE)));
        // Their own transactions, and to see and end those of instances that died: decision 0019.
        rules.add(new AccessRule(
                principal,
                ResourceType.TRANSACTIONAL_ID,
                PatternType.PREFIXED,
                internal,
                EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE)));
        rules.add(new AccessRule(
                principal, ResourceType.CLUSTER, PatternType.LITERAL, CLUSTER, EnumSet.of(AclOperation.DESCRIBE)));
        return rules;
    }

    /** What those need that send events. */
    public static List<AccessRule> ofProducers(MeteringSettings settings, String principal) {
        var topics = Topics.withPrefix(settings.topicPrefix());
        return Stream.of(topics.requests(), topics.usage())
                .map(topic -> new AccessRule(
                        principal,
                        ResourceType.TOPIC,
                        PatternType.LITERAL,
                        topic.name(),
                        EnumSet.of(AclOperation.DESCRIBE, AclOperation.WRITE)))
                .toList();
    }

    /** For {@code Admin.createAcls}. */
    public List<AclBinding> bindings() {
        return may.stream()
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }

    /** As arguments of {@code kafka-acls.sh}. */
    public String arguments() {
        String operations =
                may.stream().map(each -> "--operation " + camel(each.name())).collect(Collectors.joining(" "));
        String resource = type == ResourceType.CLUSTER
                ? "--cluster"
                : "--" + type.name().toLowerCase(Locale.ROOT).replace('_', '-') + " '" + name + "'"
                        + (pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
        return "--add --allow-principal '" + principal + "' " + operations + " " + resource;
    }

    private static String camel(String constant) {
        return Stream.of(constant.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
