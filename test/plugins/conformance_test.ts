// The four systems of `npm start`; every prior is in conformance_*_proof.ts.

import { nativeMissing } from "../engine/backends.ts";
import { testOnePrior } from "./_conformance.ts";

const engine = nativeMissing() ? "wasm" : "native";

await testOnePrior(engine, "gaussian");
await testOnePrior(engine, "gaussian", { mean: 1, variance: 2 });
await testOnePrior(engine, "beta", { alpha: 1, beta: 1 });
await testOnePrior(engine, "gamma", { concentration: 3, rate: 2 });
