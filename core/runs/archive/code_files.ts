/**
 * Files of an archive that somebody's program might run: nothing that a run
 * makes by itself is one, but for the report.
 *
 * @module
 */

import { REPORT_FILES } from "../../report/paths.ts";

/** Paths of the code among `paths`, which are those of an archive; sorted. */
export function codeAmong(paths: Iterable<string>): readonly string[] {
  return [...paths]
    .filter((path) => path !== `run/${REPORT_FILES.html}`)
    .filter((path) => {
      const name = path.split("/").at(-1)!.toLowerCase();
      return CODE.test(name) || SETTINGS.includes(name);
    })
    .sort();
}

const CODE =
  /\.(?:[mc]?[jt]sx?|node|wasm|so|dll|dylib|exe|com|bat|cmd|ps1|vbs|jar|py[cw]?|ipynb|pth|pkl|rb|pl|lua|r|jl|sh|bash|zsh|fish|command|desktop|x?html?|svg)$/;
/** They say what is run, or how. */
const SETTINGS = [
  "package.json",
  "pipeline.config.json",
  "tsconfig.json",
  "deno.json",
  "makefile",
  ".npmrc",
  ".envrc",
];
