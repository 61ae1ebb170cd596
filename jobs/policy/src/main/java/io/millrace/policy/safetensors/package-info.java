/** Parameters as files in the safetensors format, see {@link io.millrace.policy.safetensors.ParameterFile}. */
@NullMarked
package io.millrace.policy.safetensors;

import org.jspecify.annotations.NullMarked;
