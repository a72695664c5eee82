// What `vae-priors check ./my_likelihood.ts` asks, as tests; then what only this
// likelihood can be asked.

import { describe, expect, it } from "vitest";
import { testLikelihood } from "vae-priors/testing";
import myLikelihood from "./my_likelihood.ts";

await testLikelihood(myLikelihood, { describe, it });
await testLikelihood(myLikelihood, { describe, it, options: { flip: 0.2 } });

it("refuses what is no share of the pixels", async () => {
  const wrong = testLikelihood(myLikelihood, {
    describe,
    it,
    options: { flip: 0.5 },
  });
  await expect(wrong).rejects.toThrow(
    'Cannot read "my_likelihood.flip": found 0.5, want a number from 0.001 to 0.4',
  );
});
