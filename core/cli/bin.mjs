#!/usr/bin/env node
// Starts the command line: registers tsx, so that TypeScript needs no build.
import nodeModule from "node:module";
import { register } from "tsx/esm/api";

// Node 22 and later: starts sooner from the second time on.
nodeModule.enableCompileCache?.();
register();
process.setSourceMapsEnabled(true);
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
