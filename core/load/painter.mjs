/** Starts a painter's process as its parent was started. @module */

import process from "node:process";
import { launch } from "./launch.mjs";

// It listens to its parent as soon as it is imported.
await launch("report/live/painting/painter.ts", () => {}, process.argv[2]);
