// What `vae-priors check ./my_prior.ts` asks, as tests; then what only this
// prior can be asked.

import { describe, expect, it } from "vitest";
import { testPrior } from "vae-priors/testing";
import myPrior from "./my_prior.ts";

await testPrior(myPrior, { describe, it });
await testPrior(myPrior, {
  describe,
  it,
  options: { location: 2, scale: 0.5 },
});

it("refuses what is no scale", async () => {
  const wrong = testPrior(myPrior, { describe, it, options: { scale: 0 } });
  await expect(wrong).rejects.toThrow(
    'Cannot read "my_prior.scale": found 0, want a finite number above 0',
  );
});
