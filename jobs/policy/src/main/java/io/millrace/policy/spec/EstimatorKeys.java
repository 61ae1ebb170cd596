package io.millrace.policy.spec;

import static io.millrace.policy.spec.Key.optional;
import static io.millrace.policy.spec.ValueType.atLeast;
import static io.millrace.policy.spec.ValueType.greaterThan;
import static io.millrace.policy.spec.ValueType.integer;
import static io.millrace.policy.spec.ValueType.number;
import static io.millrace.policy.spec.ValueType.oneOf;
import static io.millrace.policy.spec.ValueType.orUnlimited;
import static io.millrace.policy.spec.ValueType.wholeNumber;

import java.util.List;

/** The keys of the section {@code estimator}. */
final class EstimatorKeys {

    static final Key<EstimatorSpec.Algorithm> ALGORITHM = optional(
            "estimator.algorithm",
            oneOf(EstimatorSpec.Algorithm.class),
            EstimatorSpec.Algorithm.REINFORCE,
            "Estimator of the gradient of the expected reward.");

    static final Key<BaselineSpec.Kind> BASELINE = optional(
            "estimator.baseline",
            oneOf(BaselineSpec.Kind.class),
            BaselineSpec.Kind.MEAN,
            "What is subtracted from a reward: nothing; the mean of its segment's earlier rewards, or of these and"
                    + " itself, or their exponential moving average; the mean of the others of its group (RLOO), the"
                    + " mean of its group divided by the group's standard deviation (GRPO) or not (Dr. GRPO); the"
                    + " value head's estimate.");
    static final Key<Double> EMA_RATE = optional(
            "estimator.ema-rate",
            number("a number greater than 0, at most 1", new Range(Double.MIN_VALUE, 1)),
            0.01,
            "Weight of the newest reward in the baseline `ema`.");
    static final Key<Integer> GROUP_SIZE = optional(
            "estimator.group-size",
            integer(2, 10_000),
            4,
            "Outputs of one prompt that make a group, for the baselines `leave-one-out` and `group-…`.");
    static final Key<Boolean> NORMALIZE_ADVANTAGE = optional(
            "estimator.normalize-advantage",
            ValueType.FLAG,
            false,
            "Whether advantages are divided by the running standard deviation of their segment's rewards.");

    static final Key<ImportanceSpec.Level> IMPORTANCE_LEVEL = optional(
            "estimator.importance-level",
            oneOf(ImportanceSpec.Level.class),
            ImportanceSpec.Level.SEQUENCE,
            "What the importance weight ρ = π/μ is a ratio of: each token, the whole sequence, or the sequence by the"
                    + " geometric mean of its tokens.");
    static final Key<ImportanceSpec.Mode> IMPORTANCE_MODE = optional(
            "estimator.importance-mode",
            oneOf(ImportanceSpec.Mode.class),
            ImportanceSpec.Mode.TRUNCATE,
            "What happens to a weight outside its bounds: it is cut to them, or it is masked, that is, counts nothing.");
    static final Key<Double> IMPORTANCE_CLIP = optional(
            "estimator.importance-clip",
            orUnlimited(atLeast(0)),
            2.0,
            "Greatest importance weight; 0: no importance weight. In `ppo` that of the proximal policy, π_p/μ;"
                    + " `gspo` and `cispo` have their own.");
    static final Key<Double> IMPORTANCE_FLOOR =
            optional("estimator.importance-floor", atLeast(0), 0.0, "Least importance weight that is not masked.");
    static final Key<Double> IMPORTANCE_VETO = optional(
            "estimator.importance-veto",
            atLeast(0),
            0.0,
            "A trajectory with a token whose ρ is below this counts nothing; 0: none is refused.");

    static final Key<ReturnsSpec.Kind> RETURNS = optional(
            "estimator.returns.kind",
            oneOf(ReturnsSpec.Kind.class),
            ReturnsSpec.Kind.TRAJECTORY,
            "What each action is credited with: the reward of the whole trajectory; the rewards after it; or these"
                    + " completed by the value head.");
    static final Key<Double> DISCOUNT = optional(
            "estimator.returns.discount",
            number("a number greater than 0, at most 1", new Range(Double.MIN_VALUE, 1)),
            1.0,
            "Discount γ a time step; every action is one.");
    static final Key<Integer> STEPS = optional(
            "estimator.returns.steps", integer(1, 1_000_000), 5, "Rewards that `n-step` sums before the value head.");
    static final Key<Double> LAMBDA =
            optional("estimator.returns.lambda", unit(), 0.95, "Decay λ of `gae` and `v-trace`.");
    static final Key<Double> RHO_CLIP = optional(
            "estimator.returns.rho-clip",
            orUnlimited(greaterThan(0)),
            1.0,
            "Bound ρ̄ of `v-trace`: decides which policy's values are learned.");
    static final Key<Double> C_CLIP = optional(
            "estimator.returns.c-clip",
            orUnlimited(greaterThan(0)),
            1.0,
            "Bound c̄ of `v-trace`: decides how far back a surprise reaches.");
    static final Key<Double> VALUE_COEFFICIENT = optional(
            "estimator.returns.value-coefficient",
            atLeast(0),
            0.5,
            "Coefficient c_v of the value loss ½ c_v (target − V)², and of that of the reward model in `doubly-robust`"
                    + " and `reward-regression`.");

    static final Key<Boolean> NORMALIZE = optional(
            "estimator.returns.normalize",
            ValueType.FLAG,
            false,
            "Whether the advantages of the actions of a micro-batch are brought to mean 0 and standard deviation 1, so that"
                    + " one learning rate fits rewards of any size; biased, since the mean knows each action's own reward.");

    static final Key<Double> CLIP_LOW =
            optional("estimator.clip.low", unit(), 0.2, "How far below 1 `ppo`, `gspo` and `cispo` let a ratio fall.");
    static final Key<Double> CLIP_HIGH = optional(
            "estimator.clip.high",
            orUnlimited(atLeast(0)),
            0.2,
            "How far above 1 `ppo`, `gspo` and `cispo` let a ratio rise.");
    static final Key<Double> CLIP_DUAL = optional(
            "estimator.clip.dual",
            orUnlimited(greaterThan(1)),
            Double.POSITIVE_INFINITY,
            "Bound of the ratio where the advantage is negative, in `ppo` and `gspo`.");
    static final Key<ClipSpec.Proximal> PROXIMAL = optional(
            "estimator.clip.proximal",
            oneOf(ClipSpec.Proximal.class),
            ClipSpec.Proximal.BEHAVIOUR,
            "What `ppo` stays near: the behaviour policy, or one interpolated between it and the current one.");
    static final Key<Integer> PROXIMAL_LAG = optional(
            "estimator.clip.proximal-lag",
            integer(1, 1_000_000),
            1,
            "Versions that the interpolated proximal policy is behind the current one.");

    static final Key<Double> KL_COEFFICIENT = optional(
            "estimator.kl.coefficient", atLeast(0), 0.0, "Coefficient of the KL divergence from a reference policy.");
    static final Key<KlSpec.Reference> KL_REFERENCE = optional(
            "estimator.kl.reference",
            oneOf(KlSpec.Reference.class),
            KlSpec.Reference.NONE,
            "The reference policy: none, that of the initial parameters, or that of a snapshot.");
    static final Key<Long> KL_SNAPSHOT_VERSION = optional(
            "estimator.kl.snapshot-version",
            wholeNumber(0, Long.MAX_VALUE),
            0L,
            "Version of the snapshot that is the reference.");

    static final Key<Double> ENTROPY =
            optional("estimator.entropy", atLeast(0), 0.0, "Coefficient of the entropy bonus.");
    static final Key<Boolean> LENGTH_NORMALIZATION = optional(
            "estimator.length-normalization",
            ValueType.FLAG,
            false,
            "Whether a trajectory's gradient is divided by its number of actions, as in GRPO.");
    static final Key<Double> DEMONSTRATIONS = optional(
            "estimator.demonstrations",
            atLeast(0),
            1.0,
            "Weight of ∇ log π of a demonstrated output, beside the generated ones.");
    static final Key<Integer> PASSES = optional(
            "estimator.passes",
            integer(1, 100),
            1,
            "Passes of `ppo`, `gspo` and `cispo` over a micro-batch, each a step of the optimizer.");

    /** In the order of the reference page. */
    static final List<Key<?>> ALL = List.of(
            ALGORITHM,
            BASELINE,
            EMA_RATE,
            GROUP_SIZE,
            NORMALIZE_ADVANTAGE,
            IMPORTANCE_LEVEL,
            IMPORTANCE_MODE,
            IMPORTANCE_CLIP,
            IMPORTANCE_FLOOR,
            IMPORTANCE_VETO,
            RETURNS,
            DISCOUNT,
            STEPS,
            LAMBDA,
            RHO_CLIP,
            C_CLIP,
            VALUE_COEFFICIENT,
            NORMALIZE,
            CLIP_LOW,
            CLIP_HIGH,
            CLIP_DUAL,
            PROXIMAL,
            PROXIMAL_LAG,
            KL_COEFFICIENT,
            KL_REFERENCE,
            KL_SNAPSHOT_VERSION,
            ENTROPY,
            LENGTH_NORMALIZATION,
            DEMONSTRATIONS,
            PASSES);

    private EstimatorKeys() {}

    private static ValueType<Double> unit() {
        return number("a number from 0 to 1", new Range(0, 1));
    }
}
