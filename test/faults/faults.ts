/**
 * The long version: `npm run faults -- --help`.
 *
 * @module
 */

import { scriptFlags } from "../script_flags.ts";
import { createBench } from "./_bench.ts";
import { listAttempts, ROOMS } from "./_rooms.ts";
import { createTally } from "./_tally.ts";

const HELP =
  `Makes faults in runs of a small pipeline and counts what is wrong afterwards.

  --only <room>   ${ROOMS.join(", ")}; may be repeated
  --count <n>     random kills of each kind, and edits of each file (default 40)
  --seed <n>      of all that is random (default 1)
  --share <i/n>   every n-th attempt from the i-th on (default 1/1: all)
  --minutes <n>   stops after so long, wherever it is`;

const values = scriptFlags({
  only: { type: "string", multiple: true, default: [...ROOMS] },
  count: { type: "string", default: "40" },
  seed: { type: "string", default: "1" },
  share: { type: "string", default: "1/1" },
  minutes: { type: "string", default: "Infinity" },
  help: { type: "boolean", default: false },
});
if (values.help) {
  console.log(HELP);
} else {
  const [index, of] = values.share.split("/").map(Number) as [number, number];
  const seed = Number(values.seed);
  const bench = await createBench();
  const tally = createTally();
  console.log(`Seed ${seed}, share ${values.share}`);
  try {
    const attempts = await listAttempts(bench, {
      rooms: values.only,
      seed,
      count: Number(values.count),
    });
    const mine = attempts.filter((_, i) => i % of === index - 1);
    const end = performance.now() + Number(values.minutes) * 60_000;
    for (const [i, attempt] of mine.entries()) {
      if (performance.now() > end) {
        console.log(`Stopped after ${i} of ${mine.length}`);
        break;
      }
      const before = tally.failures().length;
      await tally.add(attempt);
      for (const failure of tally.failures().slice(before)) {
        console.log(`WRONG: ${failure}`);
      }
    }
  } finally {
    bench.project.remove();
  }
  console.log(tally.table());
  process.exitCode = tally.failures().length === 0 ? 0 : 1;
}
