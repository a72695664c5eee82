#!/usr/bin/env node
/** Starts the command line. @module */

// First: who has started this may be dead when the rest is loaded.
import { starters } from "../load/starter.mjs";
import nodeModule from "node:module";
import { launch } from "../load/launch.mjs";

// Node 22 and later: starts sooner from the second time on.
/** @type {{ enableCompileCache?(): void }} */ (nodeModule)
  .enableCompileCache?.();
process.exitCode = await launch(
  "cli/main.ts",
  ({ main }) => main(process.argv.slice(2), starters),
);
