/**
 * Asks a run's models for what they refuse, and prints the messages as one line
 * of JSON:
 *
 *     tsx _refused.ts PATH
 *
 * @module
 */

import { argv } from "node:process";
import { openRun, type OpenRunOptions } from "../../core/mod.ts";

const run = await openRun(argv[2]!);
const [first] = run.trials;
const model = await first!.model();
const told: string[] = [];

async function refused(call: () => unknown): Promise<void> {
  try {
    await call();
    told.push("nothing");
  } catch (error) {
    told.push((error as Error).message);
  }
}

await refused(() => openRun("outputs/latests"));
await refused(() => openRun("outputs"));
await refused(() => openRun("my_prior.ts"));
const wrong = { weights: "bets" } as unknown as OpenRunOptions;
await refused(() => openRun("outputs/latest", wrong));
await refused(() => run.trial("Bta(1,1)"));
await refused(() => model.encode(new Float32Array(1000)));
await refused(() => model.reconstruct(new Uint8Array(0)));
await refused(() => model.encode([0.5] as unknown as Float32Array));
const grey = new Float32Array(2 * 784);
grey[784 + 3] = 255;
await refused(() => model.encode(grey));
await refused(() => model.decode(new Float32Array(4)));
await refused(() => model.decode(Float32Array.of(0, 0, 0, 0, NaN, 0)));
await refused(() => model.sample(0));
await refused(() => model.sample(1, { seed: 0.5 }));
await refused(() => model.logLikelihood(new Uint8Array(784), { samples: 0 }));

// Disposed of at once, what is under way ends; else it is waited for.
const other = await openRun(argv[2]!);
const cut = (await other.trials[0]!.model()).sample(8);
other[Symbol.dispose]();
await refused(() => cut);
const whole = model.sample(8);
await run[Symbol.asyncDispose]();
told.push((await whole).images.length === 8 * 784 ? "waited for" : "cut");
await refused(() => model.sample(8));
await refused(() => first!.model());
console.log(JSON.stringify(told));
