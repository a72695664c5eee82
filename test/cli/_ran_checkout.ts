/** Checkouts whose records name code of somebody else's. @module */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordFile } from "../../core/runs/keep_record.ts";
import { type CheckoutOptions, createCheckout } from "../runs/_checkout.ts";

/** A prior that the checkout's stages make nothing of. */
export const PRIOR = `import { definePrior, real, v } from "vae-priors";
export default definePrior({
  name: "mine", version: "1.0.0", apiVersion: 1, module: import.meta.url,
  description: "For tests", options: v.strictObject({}), label: () => "Mine",
  head: () => ({}), create: () => ({ support: real }),
});
`;

/** A prior that leaves a file behind where it is loaded. */
export function traced(mark: string): string {
  return `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(mark)}, "");
${PRIOR}`;
}

/** A checkout with a run, whose record may be changed. */
export async function ranCheckout(options: CheckoutOptions = {}) {
  const here = createCheckout({ hasOwnStages: true, ...options });
  await here.run();
  const file = recordFile(await here.plan());
  const change = (edit: (record: Changed) => void, to = file) => {
    const record = JSON.parse(readFileSync(file, "utf8"));
    edit(record);
    writeFileSync(to, JSON.stringify(record));
  };
  return { ...here, file, change, mark: join(here.folder, "executed") };
}

/** What of a record is changed. */
interface Changed {
  config: Record<string, unknown>;
  plugins: unknown[];
}
