package io.millrace.server;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** One thing that can be asked for: its method, its path as OpenAPI writes it, and what answers. */
record Route(HandlerType method, String path, Handler handler) {}
