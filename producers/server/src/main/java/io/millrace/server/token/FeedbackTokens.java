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
import java.util.Optional;

/**
 * Issues and checks feedback tokens: JSON Web Tokens signed with HMAC-SHA-256 (RFC 7519, RFC 7518).
 *
 * <p>A token says which step of which trajectory may be rewarded, and until when. A token of another algorithm, {@code none}
 * included, is refused before its signature is looked at; signatures are compared in constant time. Thread-safe.
 */
public final class FeedbackTokens {

    /** A token and when it expires. */
    public record Issued(String token, Instant expiresAt) {}

    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

    private static final String POLICY = "policy";

    private static final String STEP = "step";
    /** The expiry in milliseconds since 1970: the standard's own claim knows whole seconds only. */
    private static final String UNTIL = "until";

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

    /** A token for a step generated now; {@code rewardWindow}: how long its policy counts rewards, where that is known. */
    public Issued issue(GeneratedStep generated, Optional<Duration> rewardWindow) {
        Duration shorter =
                rewardWindow.filter(window -> window.compareTo(lifetime) < 0).orElse(lifetime);
        Instant expiresAt = clock.instant().plus(shorter).truncatedTo(ChronoUnit.MILLIS);
        var claims = new JWTClaimsSet.Builder()
                .subject(generated.trajectoryId())
                .claim(POLICY, generated.policy())
                .claim(STEP, generated.step())
                .claim(UNTIL, expiresAt.toEpochMilli())
                .expirationTime(Date.from(expiresAt.plusMillis(999)))
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
     * What a token is about; {@code field}: what the request calls it.
     *
     * @throws ProblemException 401 when it is not one of ours, 403 when it has expired
     */
    public GeneratedStep check(String field, String token) {
        JWTClaimsSet claims = claims(field, token);
        GeneratedStep generated = generated(field, claims);
        Instant expiresAt = expiresAt(field, claims);
        if (!clock.instant().isBefore(expiresAt)) {
            throw new ProblemException(
                    403,
                    field + ": expected one that has not expired, found one that expired at " + expiresAt
                            + "; use a token within the reward window of its policy (join.reward-window)");
        }
        return generated;
    }

    private static Instant expiresAt(String field, JWTClaimsSet claims) {
        try {
            Long until = claims.getLongClaim(UNTIL);
            if (until == null) {
                throw notOurs(field, "a token without an expiry");
            }
            return Instant.ofEpochMilli(until);
        } catch (ParseException e) {
            throw otherClaims(field, e);
        }
    }

    private JWTClaimsSet claims(String field, String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
                throw notOurs(field, "a token of another algorithm");
            }
            if (!jwt.verify(verifier)) {
                throw notOurs(field, "a token with another signature");
            }
            return jwt.getJWTClaimsSet();
        } catch (ParseException | JOSEException e) {
            throw new ProblemException(401, sentence(field, "something else"), e);
        }
    }

    private static GeneratedStep generated(String field, JWTClaimsSet claims) {
        try {
            String policy = claims.getStringClaim(POLICY);
            String trajectoryId = claims.getSubject();
            Integer step = claims.getIntegerClaim(STEP);
            if (policy == null || trajectoryId == null || step == null) {
                throw notOurs(field, "a token without policy, trajectory and step");
            }
            return new GeneratedStep(policy, trajectoryId, step);
        } catch (ParseException e) {
            throw otherClaims(field, e);
        }
    }

    private static ProblemException otherClaims(String field, ParseException e) {
        return new ProblemException(401, sentence(field, "a token with other claims"), e);
    }

    private static ProblemException notOurs(String field, String found) {
        return new ProblemException(401, sentence(field, found));
    }

    private static String sentence(String field, String found) {
        return field + ": expected one that came with an output, found " + found
                + "; send the token as it was received";
    }
}
