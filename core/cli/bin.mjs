#!/usr/bin/env node
/** Starts the command line. @module */

import nodeModule from "node:module";
import { launch } from "../start/launch.mjs";

// Node 22 and later: starts sooner from the second time on.
/** @type {{ enableCompileCache?(): void }} */ (nodeModule)
  .enableCompileCache?.();
process.exitCode = await launch(
  "cli/main.ts",
  ({ main }) => main(process.argv.slice(2)),
);
