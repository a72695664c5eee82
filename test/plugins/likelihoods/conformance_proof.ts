// The likelihoods of the project pass what `vae-priors check` asks.

import { describe, it } from "vitest";
import { testLikelihood } from "../../../core/testing.ts";
import {
  bernoulli,
  continuousBernoulli,
  discretizedLogistic,
  gaussian,
} from "../../../plugins/likelihoods/mod.ts";
import { nativeMissing } from "../../engine/backends.ts";

const engine = nativeMissing() ? "wasm" : "native";
const settings = { describe, it, engine, drawShare: 0.2 } as const;

await testLikelihood(bernoulli, settings);
await testLikelihood(continuousBernoulli, settings);
await testLikelihood(discretizedLogistic, settings);
for (const learn of ["no", "shared", "pixel"]) {
  await testLikelihood(gaussian, { ...settings, options: { learn } });
}
for (const options of [{ scale: 0.001, learn: "no" }, { minScale: 0.001 }]) {
  await testLikelihood(gaussian, { ...settings, options });
}
