package io.millrace.policy.parameters;

/** One copy of θ, changed in place: for a reader that is the writer's own thread. */
final class SingleCopy implements ParameterStore {

    private final float[] theta;
    private View view;

    SingleCopy(ParameterLayout layout) {
        this.theta = new float[layout.size()];
        this.view = view(0, 0);
    }

    @Override
    public void replace(SnapshotPayload snapshot, long epoch, long version) {
        snapshot.copyTo(theta);
        view = view(epoch, version);
    }

    @Override
    public void add(DeltaPayload delta, long epoch, long version) {
        delta.addTo(theta);
        view = view(epoch, version);
    }

    @Override
    public float[] newest() {
        return theta;
    }

    @Override
    public View enter(int stripe) {
        return view;
    }

    @Override
    public void leave(View left, int stripe) {
        // Nobody waits for a reader to leave.
    }

    private View view(long epoch, long version) {
        return new View(new Parameters(theta, epoch, version), NOBODY);
    }

    private static final ReaderCount NOBODY = new ReaderCount();
}
