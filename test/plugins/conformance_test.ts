// Every prior of plugins/ through the checks of `vae-priors check`: with its
// defaults on native and wasm, with other options on the first of them.

import { describe, it } from "vitest";
import { builtInPriors } from "../../core/plugin/built_in.ts";
import { loadPrior } from "../../core/plugin/load.ts";
import { testPrior } from "../../core/testing.ts";
import { ENGINES } from "../engine/backends.ts";

/** Options besides the defaults, by the prior's name. */
const OPTIONS: Readonly<Record<string, readonly Record<string, number>[]>> = {
  beta: [{ alpha: 2, beta: 5 }],
  gamma: [{ concentration: 0.3, rate: 0.3 }],
  gaussian: [{ mean: 1, variance: 2 }],
};

const engines = ENGINES.filter(({ name, missing }) =>
  name !== "cpu" && !missing
);

for (const { name: engine } of engines) {
  for (const { url, name } of builtInPriors()) {
    const plugin = await loadPrior(url);
    for (const options of [{}, ...OPTIONS[name] ?? []]) {
      await testPrior(plugin, {
        describe,
        it,
        engine,
        options: { ...options },
      });
    }
  }
}
