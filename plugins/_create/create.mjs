#!/usr/bin/env node
/** `npm create vae-priors`: as `vae-priors init`. @module */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const manifest = createRequire(import.meta.url).resolve(
  "vae-priors/package.json",
);
const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
process.argv.splice(2, 0, "init");
await import(
  pathToFileURL(join(dirname(manifest), bin["vae-priors"])).href
);
