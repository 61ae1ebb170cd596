package io.millrace.policy.spec;

/** Between the section {@code estimator} of a policy's file and its specification. */
final class EstimatorFile {

    private EstimatorFile() {}

    static EstimatorSpec read(Section section) {
        section.refuseOthers(PolicyKeys.namesIn("estimator"));
        return new EstimatorSpec(
                section.get(EstimatorKeys.ALGORITHM),
                baseline(section),
                importance(section),
                returns(known(section, "returns")),
                clip(known(section, "clip")),
                kl(known(section, "kl")),
                section.get(EstimatorKeys.ENTROPY),
                section.get(EstimatorKeys.LENGTH_NORMALIZATION),
                section.get(EstimatorKeys.DEMONSTRATIONS),
                section.get(EstimatorKeys.PASSES));
    }

    private static Section known(Section estimator, String name) {
        Section section = estimator.section(name);
        section.refuseOthers(PolicyKeys.namesIn("estimator." + name));
        return section;
    }

    private static BaselineSpec baseline(Section section) {
        return new BaselineSpec(
                section.get(EstimatorKeys.BASELINE),
                section.get(EstimatorKeys.EMA_RATE),
                section.get(EstimatorKeys.GROUP_SIZE),
                section.get(EstimatorKeys.NORMALIZE_ADVANTAGE));
    }

    private static ImportanceSpec importance(Section section) {
        return new ImportanceSpec(
                section.get(EstimatorKeys.IMPORTANCE_LEVEL),
                section.get(EstimatorKeys.IMPORTANCE_MODE),
                section.get(EstimatorKeys.IMPORTANCE_CLIP),
                section.get(EstimatorKeys.IMPORTANCE_FLOOR),
                section.get(EstimatorKeys.IMPORTANCE_VETO));
    }

    private static ReturnsSpec returns(Section section) {
        return new ReturnsSpec(
                section.get(EstimatorKeys.RETURNS),
                section.get(EstimatorKeys.DISCOUNT),
                section.get(EstimatorKeys.STEPS),
                section.get(EstimatorKeys.LAMBDA),
                section.get(EstimatorKeys.RHO_CLIP),
                section.get(EstimatorKeys.C_CLIP),
                section.get(EstimatorKeys.VALUE_COEFFICIENT));
    }

    private static ClipSpec clip(Section section) {
        return new ClipSpec(
                section.get(EstimatorKeys.CLIP_LOW),
                section.get(EstimatorKeys.CLIP_HIGH),
                section.get(EstimatorKeys.CLIP_DUAL),
                section.get(EstimatorKeys.PROXIMAL),
                section.get(EstimatorKeys.PROXIMAL_LAG));
    }

    private static KlSpec kl(Section section) {
        return new KlSpec(
                section.get(EstimatorKeys.KL_COEFFICIENT),
                section.get(EstimatorKeys.KL_REFERENCE),
                section.get(EstimatorKeys.KL_SNAPSHOT_VERSION));
    }

    static PolicyFileWriter write(EstimatorSpec spec) {
        return new PolicyFileWriter()
                .put(EstimatorKeys.ALGORITHM, spec.algorithm())
                .put(EstimatorKeys.BASELINE, spec.baseline().kind())
                .put(EstimatorKeys.EMA_RATE, spec.baseline().emaRate())
                .put(EstimatorKeys.GROUP_SIZE, spec.baseline().groupSize())
                .put(EstimatorKeys.NORMALIZE_ADVANTAGE, spec.baseline().normalizeAdvantage())
                .put(EstimatorKeys.IMPORTANCE_LEVEL, spec.importance().level())
                .put(EstimatorKeys.IMPORTANCE_MODE, spec.importance().mode())
                .put(EstimatorKeys.IMPORTANCE_CLIP, spec.importance().clip())
                .put(EstimatorKeys.IMPORTANCE_FLOOR, spec.importance().floor())
                .put(EstimatorKeys.IMPORTANCE_VETO, spec.importance().veto())
                .section("returns", returns(spec.returns()))
                .section("clip", clip(spec.clip()))
                .section("kl", kl(spec.kl()))
                .put(EstimatorKeys.ENTROPY, spec.entropy())
                .put(EstimatorKeys.LENGTH_NORMALIZATION, spec.lengthNormalization())
                .put(EstimatorKeys.DEMONSTRATIONS, spec.demonstrations())
                .put(EstimatorKeys.PASSES, spec.passes());
    }

    private static PolicyFileWriter returns(ReturnsSpec spec) {
        return new PolicyFileWriter()
                .put(EstimatorKeys.RETURNS, spec.kind())
                .put(EstimatorKeys.DISCOUNT, spec.discount())
                .put(EstimatorKeys.STEPS, spec.steps())
                .put(EstimatorKeys.LAMBDA, spec.lambda())
                .put(EstimatorKeys.RHO_CLIP, spec.rhoClip())
                .put(EstimatorKeys.C_CLIP, spec.cClip())
                .put(EstimatorKeys.VALUE_COEFFICIENT, spec.valueCoefficient());
    }

    private static PolicyFileWriter clip(ClipSpec spec) {
        return new PolicyFileWriter()
                .put(EstimatorKeys.CLIP_LOW, spec.low())
                .put(EstimatorKeys.CLIP_HIGH, spec.high())
                .put(EstimatorKeys.CLIP_DUAL, spec.dual())
                .put(EstimatorKeys.PROXIMAL, spec.proximal())
                .put(EstimatorKeys.PROXIMAL_LAG, spec.proximalLag());
    }

    private static PolicyFileWriter kl(KlSpec spec) {
        return new PolicyFileWriter()
                .put(EstimatorKeys.KL_COEFFICIENT, spec.coefficient())
                .put(EstimatorKeys.KL_REFERENCE, spec.reference())
                .put(EstimatorKeys.KL_SNAPSHOT_VERSION, spec.snapshotVersion());
    }
}
