package io.millrace.learner.gradient;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's name for the type of a partial gradient. */
public final class PartialGradientType extends TypeInformation<PartialGradient> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<PartialGradient> getTypeClass() {
        return PartialGradient.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<PartialGradient> createSerializer(SerializerConfig config) {
        return PartialGradientSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "PartialGradient";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartialGradientType;
    }

    @Override
    public int hashCode() {
        return PartialGradientType.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof PartialGradientType;
    }
}
