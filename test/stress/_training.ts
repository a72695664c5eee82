/**
 * A whole training of one of the four priors of the comparison, on two threads,
 * for a debugger to look at: `node ... _training.ts normal`.
 *
 * @module
 */

import { startEngine } from "../../core/engine/start.ts";
import { SEED_PRIORS } from "./_seed_priors.ts";
import { trainWhole } from "./_work.ts";

const [name = "normal"] = process.argv.slice(2);
await startEngine("native", { threads: 2 });
await trainWhole(SEED_PRIORS[name]!(), { epochs: 3, steps: 100 });
