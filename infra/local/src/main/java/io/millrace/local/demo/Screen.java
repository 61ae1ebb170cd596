package io.millrace.local.demo;

/** Where progress is shown. */
interface Screen {

    /** Something that happened once. */
    void say(String line);

    void show(Progress progress);
}
