/**
 * The conformance kit: what must hold for a plugin, by its kind, checked. Needs
 * a started engine.
 *
 * @module
 */

export type { Verdict } from "./check.ts";
export { CHECKS } from "./checks/mod.ts";
export { kitOf } from "./kits.ts";
export { likelihoodKit } from "./likelihoods/likelihood_kit.ts";
export { networkKit } from "./networks/kit.ts";
export { objectiveKit } from "./objectives/objective_kit.ts";
export { priorKit } from "./prior_kit.ts";
export { type CheckResult, runCheck, runChecks } from "./run_checks.ts";
export { createSubject } from "./subject.ts";
