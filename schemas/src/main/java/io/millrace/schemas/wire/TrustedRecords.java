package io.millrace.schemas.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes Avro load the generated classes of the contract, which it refuses by default, without a system property on every
 * JVM.
 *
 * <p>Avro keeps one predicate for the whole JVM. This class extends it, and never replaces it, by the exact names of a
 * record and of the types inside it, and by nothing outside of {@value #NAMESPACE}. The added predicate is one of Avro's
 * own and holds strings only, so an Avro that outlives the class loader of a job does not keep that class loader alive.
 */
final class TrustedRecords {

    private static final String NAMESPACE = "io.millrace.schemas";

    /** The predicate is read and written back, so whoever shares this Avro, from any class loader, must share the lock. */
    private static final Object SHARED = ClassSecurityValidator.class;

    private TrustedRecords() {}

    /** Trusts {@code record}, whose schema is {@code schema}, and the named types that it is made of. */
    static void trust(Class<?> record, Schema schema) {
        synchronized (SHARED) {
            ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
            if (before.isTrusted(record)) {
                return;
            }
            ClassSecurityValidator.Builder names = ClassSecurityValidator.builder();
            namedTypes(schema).stream().filter(TrustedRecords::inContract).forEach(names::add);
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, names.build()));
        }
    }

    private static boolean inContract(String fullName) {
        return fullName.startsWith(NAMESPACE + ".");
    }

    private static Set<String> namedTypes(Schema root) {
        Set<String> names = new LinkedHashSet<>();
        Deque<Schema> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Schema schema = open.remove();
            switch (schema.getType()) {
                case RECORD -> {
                    if (names.add(schema.getFullName())) {
                        schema.getFields().forEach(field -> open.add(field.schema()));
                    }
                }
                case ENUM, FIXED -> names.add(schema.getFullName());
                case ARRAY -> open.add(schema.getElementType());
                case MAP -> open.add(schema.getValueType());
                case UNION -> open.addAll(schema.getTypes());
                default -> {
                    // A primitive has no class of its own.
                }
            }
        }
        return names;
    }
}
