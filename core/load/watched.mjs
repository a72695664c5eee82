/** Starts a round of `run --watch`, on what the sources are by then. @module */

import { once } from "node:events";
import process from "node:process";
import { launch } from "./launch.mjs";

const [order] = await once(process, "message");
process.exitCode = await launch(
  "cli/watch/round.ts",
  ({ runRound }) => runRound(order),
);
process.disconnect?.();
