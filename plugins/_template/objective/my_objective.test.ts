// What `vae-priors check ./my_objective.ts` asks, as tests; then what only this
// objective can be asked.

import { describe, expect, it } from "vitest";
import { testObjective } from "vae-priors/testing";
import myObjective from "./my_objective.ts";

await testObjective(myObjective, { describe, it });
await testObjective(myObjective, { describe, it, options: { samples: 5 } });

it("refuses what is no number of draws", async () => {
  const wrong = testObjective(myObjective, {
    describe,
    it,
    options: { samples: 0 },
  });
  await expect(wrong).rejects.toThrow(
    'Cannot read "my_objective.samples": found 0, want a whole number from 1 to 100',
  );
});
