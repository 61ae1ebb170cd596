/** What watches a system: alerting rules, dashboard and runbook, checked against each other and against a running one. */
@NullMarked
package io.millrace.local.monitoring;

import org.jspecify.annotations.NullMarked;
