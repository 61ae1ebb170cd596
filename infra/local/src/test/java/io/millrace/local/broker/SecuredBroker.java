package io.millrace.local.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A broker that takes nobody without a password or a certificate, and lets them do only what an ACL allows: SASL/SCRAM over
 * TLS on one port, mutual TLS on another. The listener that is neither is the broker's own, and this class's for setting up.
 */
public final class SecuredBroker implements AutoCloseable {

    static final String CERTIFICATE = "broker";

    private final BareBroker server;
    private final int internal = freePort();
    private final int scram = freePort();
    private final int mutualTls = freePort();

    private SecuredBroker(Path directory, Certificates certificates) throws Exception {
        Properties properties = BrokerProperties.of(directory, Ports.pick(0));
        secure(properties, certificates);
        server = BareBroker.start(directory, properties);
    }

    /** The certificates are of {@value #CERTIFICATE} and of the clients. */
    public static SecuredBroker start(Path directory, Certificates certificates) throws Exception {
        return new SecuredBroker(directory, certificates);
    }

    /** Where a user name and a password are asked for. */
    public String scramServers() {
        return "127.0.0.1:" + scram;
    }

    /** Where a certificate is asked for. */
    public String mutualTlsServers() {
        return "127.0.0.1:" + mutualTls;
    }

    public void addUsers(Map<String, String> passwords) throws Exception {
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(passwords.entrySet().stream()
                            .map(user -> new UserScramCredentialUpsertion(
                                    user.getKey(),
                                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                                    user.getValue()))
                            .<UserScramCredentialAlteration>map(user -> user)
                            .toList())
                    .all()
                    .get();
        }
    }

    public void allow(Collection<AclBinding> rights) throws Exception {
        try (Admin admin = admin()) {
            admin.createAcls(rights).all().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + internal));
    }

    private void secure(Properties properties, Certificates certificates) {
        String controller =
                List.of(properties.getProperty("listeners").split(",", -1)).get(1);
        String own =
                "INTERNAL://127.0.0.1:" + internal + ",SASL_SSL://" + scramServers() + ",SSL://" + mutualTlsServers();
        properties.setProperty("listeners", own + "," + controller);
        properties.setProperty("advertised.listeners", own);
        properties.setProperty(
                "listener.security.protocol.map",
                "INTERNAL:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL," + BrokerProperties.CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.setProperty("inter.broker.listener.name", "INTERNAL");
        properties.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.setProperty(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.setProperty("listener.name.ssl.ssl.client.auth", "required");
        properties.setProperty("listener.name.ssl.ssl.principal.mapping.rules", "RULE:^CN=([^,]+)$/$1/");
        properties.setProperty("ssl.keystore.type", "PKCS12");
        properties.setProperty(
                "ssl.keystore.location", certificates.keyStore(CERTIFICATE).toString());
        properties.setProperty("ssl.keystore.password", Certificates.PASSWORD);
        properties.setProperty("ssl.truststore.type", "PKCS12");
        properties.setProperty(
                "ssl.truststore.location", certificates.trustStore().toString());
        properties.setProperty("ssl.truststore.password", Certificates.PASSWORD);
        properties.setProperty("authorizer.class.name", StandardAuthorizer.class.getName());
        properties.setProperty("super.users", "User:ANONYMOUS");
        properties.setProperty("allow.everyone.if.no.acl.found", "false");
    }

    @Override
    public void close() {
        server.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
