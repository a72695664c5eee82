/** Starts a worker process as its parent was started. @module */

import process from "node:process";
import { launch } from "./launch.mjs";

// It listens to its parent as soon as it is imported.
await launch("pipeline/execute/worker.ts", () => {}, process.argv[2]);
