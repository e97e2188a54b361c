# syntax=docker/dockerfile:1
# The image of `tidemark serve` and of every command but `dev`.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -B -ntp -pl query-service -am -Dquick package
RUN mkdir -p /opt/tidemark/lib && cp query-service/target/query-service-*.jar query-service/target/lib/*.jar /opt/tidemark/lib/

# Not an Alpine image: RocksDB's library needs glibc.
FROM eclipse-temurin:25-jre
RUN mkdir -p /var/lib/tidemark && chown 10001:10001 /var/lib/tidemark
COPY --from=build /opt/tidemark /opt/tidemark
USER 10001:10001
WORKDIR /var/lib/tidemark
VOLUME /var/lib/tidemark
ENV TIDEMARK_HOST=0.0.0.0 \
    TIDEMARK_STATE_DIR=/var/lib/tidemark
EXPOSE 8080
# Half the memory for the heap: RocksDB takes the rest, outside of it. JAVA_TOOL_OPTIONS=-Xmx… says otherwise. The thresholds: docs/decisions/0038.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:Tier4InvocationThreshold=20000", "-XX:Tier4MinInvocationThreshold=2400", "-XX:Tier4CompileThreshold=60000", "-XX:Tier4BackEdgeThreshold=160000", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-cp", "/opt/tidemark/lib/*", "io.tidemark.query.Main"]
CMD ["serve"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["env", "-u", "JAVA_TOOL_OPTIONS", "java", "-XX:TieredStopAtLevel=1", "-cp", "/opt/tidemark/lib/*", "io.tidemark.query.Main", "health"]
