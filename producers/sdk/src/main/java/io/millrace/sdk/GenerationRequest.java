package io.millrace.sdk;

import io.millrace.policy.Prompt;
import io.millrace.policy.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request for an output of a policy. Built by {@link #forPolicy}. */
public final class GenerationRequest {

    /** How the output is drawn. */
    public enum Draw {
        /** At random, as the policy has learned to: the way to learn. */
        SAMPLE,
        /** The likeliest output: the way to measure. */
        GREEDY
    }

    private static final int MAX_TEXT = 200;

    private final String policy;
    private final Prompt prompt;
    private final Draw draw;
    private final Sampling.Stochastic sampling;
    private final @Nullable String segment;
    private final @Nullable String group;
    private final @Nullable String trajectoryId;
    private final int step;
    private final boolean last;

    private GenerationRequest(Builder builder, Prompt prompt, Sampling.Stochastic sampling) {
        this.policy = builder.policy;
        this.prompt = prompt;
        this.draw = builder.draw;
        this.sampling = sampling;
        this.segment = builder.segment;
        this.group = builder.group;
        this.trajectoryId = builder.trajectoryId;
        this.step = builder.step;
        this.last = builder.last;
    }

    public static Builder forPolicy(String policy) {
        return new Builder(policy);
    }

    public String policy() {
        return policy;
    }

    Prompt prompt() {
        return prompt;
    }

    public Draw draw() {
        return draw;
    }

    public double temperature() {
        return sampling.temperature();
    }

    /** Likeliest tokens that a draw is restricted to at every step; 0: no restriction. */
    public int topK() {
        return sampling.topK();
    }

    /** Share that the likeliest tokens have together to which a draw is restricted at every step; 1: no restriction. */
    public double topP() {
        return sampling.topP();
    }

    /** How the policy draws. */
    Sampling sampling() {
        return switch (draw) {
            case GREEDY -> Sampling.GREEDY;
            case SAMPLE -> sampling;
        };
    }

    public Optional<String> segment() {
        return Optional.ofNullable(segment);
    }

    public Optional<String> group() {
        return Optional.ofNullable(group);
    }

    /** Trajectory that this is a further step of; empty: a new one. */
    public Optional<String> trajectoryId() {
        return Optional.ofNullable(trajectoryId);
    }

    public int step() {
        return step;
    }

    public boolean last() {
        return last;
    }

    /** Collects a request. Exactly one of tokens, vector and candidates must be given. */
    public static final class Builder {
        private final String policy;
        private @Nullable List<String> tokens;
        private float @Nullable [] vector;
        private final Map<String, Float> features = new LinkedHashMap<>();
        private final List<Prompt.Option> candidates = new ArrayList<>();
        private Draw draw = Draw.SAMPLE;
        private double temperature = 1.0;
        private int topK;
        private double topP = 1.0;
        private @Nullable String segment;
        private @Nullable String group;
        private @Nullable String trajectoryId;
        private int step;
        private boolean last = true;

        private Builder(String policy) {
            this.policy = policy;
        }

        public Builder tokens(List<String> tokens) {
            this.tokens = tokens;
            return this;
        }

        public Builder vector(float... values) {
            this.vector = values;
            return this;
        }

        /** A feature shared by all candidates. */
        public Builder feature(String name, double value) {
            features.put(name, (float) value);
            return this;
        }

        public Builder candidate(String id, Map<String, Float> features) {
            candidates.add(new Prompt.Option(id, features));
            return this;
        }

        /** A candidate that is there but must not be chosen this time; its probability is 0. */
        public Builder excludedCandidate(String id, Map<String, Float> features) {
            candidates.add(new Prompt.Option(id, features, Prompt.Eligibility.EXCLUDED));
            return this;
        }

        public Builder draw(Draw draw) {
            this.draw = draw;
            return this;
        }

        public Builder temperature(double temperature) {
            this.temperature = temperature;
            return this;
        }

        /** Draws each token from the {@code topK} likeliest only; 0: from all. For policies that write sequences. */
        public Builder topK(int topK) {
            this.topK = topK;
            return this;
        }

        /**
         * Draws each token from the fewest likeliest ones only that together have the probability {@code topP}, above 0; 1:
         * from all. For policies that write sequences.
         */
        public Builder topP(double topP) {
            this.topP = topP;
            return this;
        }

        /** The baseline's key, such as a locale or cohort. */
        public Builder segment(String segment) {
            this.segment = segment;
            return this;
        }

        public Builder group(String group) {
            this.group = group;
            return this;
        }

        /** Makes this a step of a longer trajectory. */
        public Builder step(String trajectoryId, int step) {
            this.trajectoryId = trajectoryId;
            this.step = step;
            return this;
        }

        /** False when more steps of the trajectory follow. */
        public Builder last(boolean last) {
            this.last = last;
            return this;
        }

        /**
         * The request.
         *
         * @throws InvalidRequestException when not exactly one kind of input was given, or something in it is impossible
         */
        public GenerationRequest build() {
            requireText("policy", policy);
            requireText("segment", segment);
            requireText("group", group);
            requireText("trajectoryId", trajectoryId);
            if (step < 0) {
                throw new InvalidRequestException("step: expected 0 or more, found " + step);
            }
            Sampling.Stochastic sampling = sampling();
            int given = (tokens != null ? 1 : 0) + (vector != null ? 1 : 0) + (candidates.isEmpty() ? 0 : 1);
            if (given != 1) {
                throw new InvalidRequestException(
                        "input: expected exactly one of tokens, vector and candidates, found " + given);
            }
            if (tokens != null) {
                return new GenerationRequest(this, new Prompt.Tokens(tokens), sampling);
            }
            if (vector != null) {
                for (int i = 0; i < vector.length; i++) {
                    requireFinite("vector", Integer.toString(i), vector[i]);
                }
                return new GenerationRequest(this, new Prompt.Dense(vector), sampling);
            }
            features.forEach((name, value) -> requireFinite("features", name, value));
            for (Prompt.Option candidate : candidates) {
                requireText("candidate id", candidate.id());
                candidate
                        .features()
                        .forEach((name, value) -> requireFinite("candidate " + candidate.id(), name, value));
            }
            return new GenerationRequest(this, new Prompt.Choice(features, candidates), sampling);
        }

        private static void requireText(String field, @Nullable String value) {
            if (value != null && (value.isBlank() || value.length() > MAX_TEXT)) {
                throw new InvalidRequestException(field + ": expected 1 to " + MAX_TEXT + " characters, found "
                        + (value.isBlank() ? "none" : value.length()));
            }
        }

        private Sampling.Stochastic sampling() {
            requireTemperature(temperature);
            if (topK < 0) {
                throw new InvalidRequestException("topK: expected 0 (no restriction) or more, found " + topK);
            }
            if (!(topP > 0 && topP <= 1)) {
                throw new InvalidRequestException(
                        "topP: expected a number above 0 and at most 1 (no restriction), found " + topP
                                + "; ask for a greedy draw to have the likeliest output");
            }
            return temperature == 1 && topK == 0 && topP == 1
                    ? Sampling.AS_LEARNED
                    : new Sampling.Stochastic(temperature, topK, topP);
        }

        private static void requireTemperature(double temperature) {
            double least = Sampling.Stochastic.LEAST_TEMPERATURE;
            double greatest = Sampling.Stochastic.GREATEST_TEMPERATURE;
            if (!(temperature >= least && temperature <= greatest)) {
                throw new InvalidRequestException("temperature: expected " + least + " to " + greatest + ", found "
                        + temperature + "; ask for a greedy draw to have the likeliest output");
            }
        }

        private static void requireFinite(String field, String at, float value) {
            if (!Float.isFinite(value)) {
                throw new InvalidRequestException(field + "[" + at + "]: expected a finite number, found " + value);
            }
        }
    }
}
