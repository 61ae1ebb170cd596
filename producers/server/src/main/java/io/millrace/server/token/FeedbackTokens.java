package io.millrace.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.server.problem.ProblemException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * Issues and checks feedback tokens: JSON Web Tokens signed with HMAC-SHA-256 (RFC 7519, RFC 7518).
 *
 * <p>A token says which step of which trajectory may be rewarded, and until when. A token of another algorithm, {@code none}
 * included, is refused before its signature is looked at; signatures are compared in constant time. Thread-safe.
 */
public final class FeedbackTokens {

    /** A token and when it expires, on a whole second. */
    public record Issued(String token, Instant expiresAt) {}

    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

    private static final String POLICY = "policy";

    private static final String STEP = "step";

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final Duration lifetime;
    private final InstantSource clock;

    public FeedbackTokens(FeedbackSecret secret, Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            this.signer = new MACSigner(secret.bytes());
            this.verifier = new MACVerifier(secret.bytes());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("feedback-token.secret-file: expected a key for HMAC-SHA-256", e);
        }
    }

    public Issued issue(GeneratedStep generated) {
        Instant expiresAt = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        var claims = new JWTClaimsSet.Builder()
                .subject(generated.trajectoryId())
                .claim(POLICY, generated.policy())
                .claim(STEP, generated.step())
                .expirationTime(Date.from(expiresAt))
                .build();
        var token = new SignedJWT(HEADER, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("feedback token could not be signed", e);
        }
        return new Issued(token.serialize(), expiresAt);
    }

    /**
     * What a token is about.
     *
     * @throws ProblemException 401 when it is not one of ours, 403 when it has expired
     */
    public GeneratedStep check(String token) {
        JWTClaimsSet claims = claims(token);
        GeneratedStep generated = generated(claims);
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw notOurs("a token without an expiry");
        }
        if (!clock.instant().isBefore(expires.toInstant())) {
            throw new ProblemException(
                    403,
                    "feedbackToken: expected one that has not expired, found one that expired at " + expires.toInstant()
                            + "; reward an output sooner");
        }
        return generated;
    }

    private JWTClaimsSet claims(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
                throw notOurs("a token of another algorithm");
            }
            if (!jwt.verify(verifier)) {
                throw notOurs("a token with another signature");
            }
            return jwt.getJWTClaimsSet();
        } catch (ParseException | JOSEException e) {
            throw new ProblemException(401, sentence("something else"), e);
        }
    }

    private static GeneratedStep generated(JWTClaimsSet claims) {
        try {
            String policy = claims.getStringClaim(POLICY);
            String trajectoryId = claims.getSubject();
            Integer step = claims.getIntegerClaim(STEP);
            if (policy == null || trajectoryId == null || step == null) {
                throw notOurs("a token without policy, trajectory and step");
            }
            return new GeneratedStep(policy, trajectoryId, step);
        } catch (ParseException e) {
            throw new ProblemException(401, sentence("a token with other claims"), e);
        }
    }

    private static ProblemException notOurs(String found) {
        return new ProblemException(401, sentence(found));
    }

    private static String sentence(String found) {
        return "feedbackToken: expected one that came with an output, found " + found
                + "; send the token as it was received";
    }
}
