/**
 * The conformance kit: what must hold for a prior, checked. Needs a started
 * engine.
 *
 * @module
 */

export type { Check, Verdict } from "./check.ts";
export { CHECKS } from "./checks/mod.ts";
export { type CheckResult, runCheck, runChecks } from "./run_checks.ts";
export { createSubject, type Subject } from "./subject.ts";
