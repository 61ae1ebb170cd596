package io.millrace.schemas.wire;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** The rule of evolution: whatever was ever released and what is now can read each other. */
final class FullTransitive {

    private static final SchemaValidator VALIDATOR =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    private FullTransitive() {}

    static void check(Schema current, List<Schema> released) throws SchemaValidationException {
        VALIDATOR.validate(current, released);
    }
}
