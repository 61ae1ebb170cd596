package io.millrace.local.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "millrace "
                    + Optional.ofNullable(MillraceCli.class.getPackage().getImplementationVersion())
                            .orElse("(not from a jar)")
        };
    }
}
