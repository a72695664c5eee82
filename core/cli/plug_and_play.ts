/**
 * Yarn's Plug'n'Play, which a yarn of today takes unless it is told otherwise:
 * packages lie in archives, and Node's file system is one that does not know all
 * of Node's calls. TensorFlow's parts are looked for beside each other there.
 *
 * @module
 */

import process from "node:process";
import { UserError } from "../lib/errors.ts";

/** Says how a project is set up where its packages lie in no folder. */
export function refusePlugAndPlay(): void {
  if (process.versions["pnp"] === undefined) return;
  throw new UserError(
    "Cannot work with packages that Yarn's Plug'n'Play gives: found no node_modules, want packages in folders",
    {
      hint:
        'Write "nodeLinker: node-modules" in .yarnrc.yml, and run yarn install',
    },
  );
}
