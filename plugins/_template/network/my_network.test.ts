// What `vae-priors check ./my_network.ts` asks, as tests; then what only this
// network can be asked.

import { describe, expect, it } from "vitest";
import { testNetwork } from "vae-priors/testing";
import myNetwork from "./my_network.ts";

await testNetwork(myNetwork, { describe, it });
await testNetwork(myNetwork, { describe, it, options: { units: 7 } });

it("refuses what is no number of units", async () => {
  const wrong = testNetwork(myNetwork, { describe, it, options: { units: 0 } });
  await expect(wrong).rejects.toThrow(
    'Cannot read "my_network.units": found 0, want a whole number of at least 1',
  );
});
